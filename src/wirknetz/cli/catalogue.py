"""Are all sentences translated, and is what is shipped (.mo) what was written (.po)?

Works on a copy of the source, so that looking changes nothing. Needs the gettext tools.
`scripts/translations.py` brings the catalogue up to date with the same collection.
"""

import ast
import gettext
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FOLDER = Path("locale/en/LC_MESSAGES")
STALE = "django.mo is older than django.po (wirknetz manage compilemessages)"
MARKED = {"_": 1, "gettext": 1, "gettext_lazy": 1, "ngettext": 1, "pgettext": 2, "npgettext": 2}
"""What marks a sentence, and which of its arguments is the (first) sentence."""


def missing(root: Path) -> list[str]:
    """German sentences without an English one or with a wrong one, and a stale .mo file."""
    package = root / "src" / "wirknetz"
    with collected(root) as fresh:
        found = [*_without_translation(fresh), *_wrong(fresh), *_unseen(fresh)]
    if not found and _is_stale(package / FOLDER):
        found.append(STALE)
    return found


@contextmanager
def collected(root: Path) -> Iterator[Path]:
    """A copy of the catalogue with every sentence of today; beside it the bare list (.pot)."""
    with tempfile.TemporaryDirectory(prefix="wirknetz-") as folder:
        copy = Path(folder) / "wirknetz"
        unwanted = shutil.ignore_patterns("static", "__pycache__")
        shutil.copytree(root / "src" / "wirknetz", copy, ignore=unwanted)
        _collect(copy)
        yield copy / FOLDER / "django.po"


def _collect(package: Path) -> None:
    environment = dict(os.environ) | {
        "PYTHONPATH": str(package.parent),
        "DJANGO_SETTINGS_MODULE": "wirknetz.web.settings_test",
    }
    (package / "locale").mkdir(exist_ok=True)
    command = "makemessages -l en -v 0 --keep-pot --no-obsolete --no-wrap --add-location file"
    subprocess.run(  # noqa: S603 – words of our own
        [sys.executable, "-m", "django", *command.split()],
        cwd=package,
        env=environment,
        check=True,
    )


def _without_translation(po: Path) -> Iterator[str]:
    for wish in ("--untranslated", "--only-fuzzy"):
        listed = _output(["msgattrib", wish, "--no-obsolete", "--no-wrap", str(po)])
        yield from filter(None, _ids(listed))


def _ids(listed: str) -> Iterator[str]:
    """Every `msgid`, also one over several lines."""
    lines = iter(listed.splitlines())
    for line in lines:
        if line.startswith("msgid "):
            text = ast.literal_eval(line.removeprefix("msgid "))
            while (line := next(lines, "")).startswith('"'):
                text += ast.literal_eval(line)
            yield text


def _wrong(po: Path) -> Iterator[str]:
    """Translations whose placeholders are not those of the German sentence."""
    words = ["msgfmt", "--check-format", "-o", os.devnull, str(po)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        yield from done.stderr.splitlines()


def _unseen(po: Path) -> Iterator[str]:
    """Sentences xgettext overlooks, as it does inside f-strings."""
    known, package = set(_ids(po.read_text())), po.parents[3]
    for path in sorted(package.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            sentence = _sentence(node)
            if sentence and sentence not in known:
                yield f"{path.relative_to(package)}: {sentence}"


def _sentence(node: ast.AST) -> str:
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
        return ""
    at = MARKED.get(node.func.id.removesuffix("_lazy"), 0) or MARKED.get(node.func.id, 0)
    given = node.args[at - 1] if 0 < at <= len(node.args) else None
    text = given.value if isinstance(given, ast.Constant) else ""
    return text if isinstance(text, str) else ""


def _output(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    return done.stdout


def _is_stale(folder: Path) -> bool:
    with tempfile.TemporaryDirectory(prefix="wirknetz-") as scratch:
        fresh = Path(scratch) / "django.mo"
        _output(["msgfmt", "-o", str(fresh), str(folder / "django.po")])
        return _entries(fresh) != _entries(folder / "django.mo")


def _entries(mo: Path) -> dict[str, str] | None:
    try:
        with mo.open("rb") as file:
            return dict(vars(gettext.GNUTranslations(file))["_catalog"])
    except FileNotFoundError:
        return None
