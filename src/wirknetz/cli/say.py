"""How the command line speaks: short, in German or English, standard library only.

The German sentence is the message id, as everywhere in the product; the English one comes
from the same catalogue the site uses. The terminal's language decides (`LC_ALL`, `LANG`).
"""

import gettext as catalogues
import os
import sys
from functools import cache
from pathlib import Path

LOCALE = Path(__file__).resolve().parents[1] / "locale"


class Stop(Exception):  # noqa: N818
    """Ends the command with a sentence for people: what is wrong and what to do."""


def language() -> str:
    """`en` when the terminal speaks English, else `de`."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "en" if value.lower().startswith("en") else "de"
    return "de"


@cache
def _catalogue(code: str) -> catalogues.NullTranslations:
    return catalogues.translation("django", str(LOCALE), languages=[code], fallback=True)


def gettext(message: str) -> str:
    """The sentence in the terminal's language; German where there is no translation."""
    return _catalogue(language()).gettext(message) if message else ""


def say(message: str = "") -> None:
    """A line for the person at the terminal, seen at once even through a pipe."""
    print(message, flush=True)


def complain(message: str) -> None:
    """A line about what went wrong."""
    print(message, file=sys.stderr, flush=True)


def confirmed(question: str) -> bool:
    """Ask once; only a typed yes counts, silence and a missing terminal mean no."""
    if not sys.stdin or not sys.stdin.isatty():
        return False
    try:
        answer = input(question + gettext(" [ja/nein] "))
    except EOFError:
        return False
    return answer.strip().lower() in {"j", "ja", "y", "yes"}
