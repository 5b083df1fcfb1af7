"""Writing results of file commands: never over what was given, never half."""

import tempfile
from collections.abc import Iterable
from pathlib import Path

from wirknetz.cli.say import Stop, confirmed, gettext


def may_write(target: Path, given: Iterable[Path | None], *, sure: bool) -> None:
    """Stop before anything is worked out where the result cannot or must not be written."""
    if target.resolve() in [path.resolve() for path in given if path]:
        raise Stop(gettext("{file} würde überschrieben.").format(file=target))
    if not target.parent.is_dir():
        raise Stop(gettext("Den Ordner {folder} gibt es nicht.").format(folder=target.parent))
    there = target.exists() and not sure
    if there and not confirmed(gettext("{file} gibt es schon. Ersetzen?").format(file=target)):
        raise Stop(gettext("Nichts geschrieben. Mit --yes wird ohne Rückfrage ersetzt."))


def write(target: Path, content: bytes) -> None:
    """All of it or nothing."""
    try:
        with tempfile.TemporaryDirectory(prefix=".wirknetz-", dir=target.absolute().parent) as near:
            (Path(near) / target.name).write_bytes(content)
            (Path(near) / target.name).replace(target)
    except OSError as error:
        raise Stop(gettext("{file} kann nicht geschrieben werden.").format(file=target)) from error
