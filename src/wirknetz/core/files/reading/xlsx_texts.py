"""The texts of an XLSX file stand in one part and are shown in many cells.

One long text shown in every cell would fill the memory of the reader of values; and where there
are very many, only those that are shown are kept.
"""

from __future__ import annotations

import re
from array import array
from typing import Final

from wirknetz.core.files.grid import FlawCode, NotReadable
from wirknetz.core.files.reading.limits import MEGABYTE
from wirknetz.core.files.reading.scanned import Scan
from wirknetz.core.files.reading.xml import Attributes, Locals, feed, only_utf8, parser

_END: Final = re.compile(rb"</(?:(\w+):)?si>|<(?:(\w+):)?si\s*/>")
_TYPES: Final = (b"<!DOCTYPE", b"<!ENTITY")
_LONGEST_END: Final = 64
_MUCH: Final = 16 * MEGABYTE


class Texts:
    """The part with the shared texts; b"" for a workbook without."""

    def __init__(self, content: bytes = b"") -> None:
        """Note where each text ends."""
        only_utf8(content[:2])
        if any(sign in content for sign in _TYPES):
            raise NotReadable(FlawCode.DAMAGED)
        self._content = content
        self._ends = array("Q", (match.end() for match in _END.finditer(content)))
        self._longest = max(map(self._length, range(len(self._ends))), default=0)
        self._last_used = -1

    def shown(self, scan: Scan, sheet: bytes) -> int:
        """How much text the cells of a sheet show, where it could be a lot (else 0)."""
        if len(self._content) < _MUCH and self._longest * scan.shared < _MUCH:
            return 0
        used = shared_numbers(sheet)
        self._last_used = max(self._last_used, max(used, default=-1))
        return sum(self._length(number) for number in used if 0 <= number < len(self._ends))

    def kept(self) -> bytes:
        """The part as far as it is needed."""
        number = self._last_used
        if not 0 <= number < len(self._ends) or len(self._content) < _MUCH:
            return self._content
        end = _END.search(self._content, self._ends[number] - _LONGEST_END)
        prefix = (end and (end[1] or end[2])) or b""
        name = prefix + b":sst" if prefix else b"sst"
        return self._content[: self._ends[number]] + b"</" + name + b">"

    def _length(self, number: int) -> int:
        return self._ends[number] - (self._ends[number - 1] if number else 0)


def shared_numbers(sheet: bytes) -> array[int]:
    """The numbers of the shared texts that the cells of a sheet show."""
    found, local, text = array("q"), Locals(), list[str]()
    shared = False

    def start(name: str, attributes: Attributes) -> None:
        nonlocal shared
        if local[name] == "c":
            shared = attributes.get("t") == "s"
        elif local[name] == "v" and shared:
            text.clear()

    def end(name: str) -> None:
        if shared and local[name] == "v":
            number = "".join(text).strip()
            found.append(int(number) if number.isdecimal() and len(number) < 10 else -1)

    made = parser()
    made.StartElementHandler, made.EndElementHandler = start, end
    made.CharacterDataHandler = text.append
    feed(made, (sheet,))
    return found
