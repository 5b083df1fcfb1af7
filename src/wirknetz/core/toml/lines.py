"""Where the keys of a TOML file stand, so that a mistake can be found by its line."""

from __future__ import annotations

import re
from typing import Final

Path = tuple[str | int, ...]

_HEAD: Final = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?")
_TABLE: Final = re.compile(r"^\s*\{")
_KEY: Final = re.compile(r"""^\s*("[^"]*"|'[^']*'|[\w.-]+)\s*=""")


def lines_of(text: str) -> dict[Path, int]:
    """The line of every key and table head, counted from 1.

    Of a list over several lines also the lines that begin a table; keys inside are not told.
    """
    found: dict[Path, int] = {}
    count: dict[Path, int] = {}
    here: Path = ()
    inside: Path = ()
    for number, line in enumerate(text.splitlines(), 1):
        if head := _HEAD.match(line):
            here, inside = _path(head[2], is_list=head[1] == "[[", count=count), ()
            found.setdefault(here, number)
            found.setdefault(here[:-1] or here, number)
        elif key := _KEY.match(line):
            inside = (*here, _bare(key[1]))
            found.setdefault(inside, number)
        elif inside and _TABLE.match(line):
            place = sum(1 for path in found if path[:-1] == inside)
            found[*inside, place] = number
    return found


def line_at(lines: dict[Path, int], path: Path) -> int | None:
    """The line of this key or of the nearest thing around it; None where nothing is known."""
    for length in range(len(path), 0, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    return None


def _path(name: str, *, is_list: bool, count: dict[Path, int]) -> Path:
    """The path a head names; inside lists of tables that of the table named last."""
    path: Path = ()
    parts = [_bare(part.strip()) for part in name.split(".")]
    for number, part in enumerate(parts, 1):
        path = (*path, part)
        if number == len(parts) and is_list:
            count[path] = count.get(path, -1) + 1
        if path in count:
            path = (*path, count[path])
    return path


def _bare(key: str) -> str:
    return key[1:-1] if key[:1] in {'"', "'"} else key
