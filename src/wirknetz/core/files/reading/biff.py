"""The records of an XLS workbook: what it hides, merges, calculates, shows as percent.

Source of the layout: Microsoft, [MS-XLS] Excel Binary File Format; BIFF5 (Excel 5 and 95) and
BIFF8 (97 to 2003).
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from wirknetz.core.files.grid import Area, FlawCode, NotReadable
from wirknetz.core.files.reading.scanned import Budget, Scan

_BOF: Final = 0x0809
_EOF: Final = 0x000A
_FILEPASS: Final = 0x002F
_BOUNDSHEET: Final = 0x0085
_FORMAT: Final = 0x041E
_XF: Final = 0x00E0
_SUPBOOK: Final = 0x01AE
_OWN_BOOK: Final = (0x0401, 0x3A01)
_WORKSHEET: Final = 0
_PERCENT_BUILT_IN: Final = (9, 10)
_ERRORS: Final = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!",
    0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip
_HIDDEN_ROW: Final = 0x20
_NEVER_CALCULATED: Final = 0x3
"""The program is asked to calculate when it opens the file, as writers do that cannot."""
_MOST_MERGED: Final = 50_000

Record = tuple[int, int, bytes]
"""Where it stands, its number, its content."""


@dataclass(slots=True)
class Workbook:
    """What the first part of the stream tells. ``sheets`` are where the sheets begin."""

    sheets: list[tuple[int, int]] = field(default_factory=list)
    percent: set[int] = field(default_factory=set)
    links_outside: bool = False


def records(stream: bytes, at: int) -> Iterator[Record]:
    """The records from there to the end of the part; NotReadable where the stream breaks off."""
    depth = 0
    while True:
        if at + 4 > len(stream):
            raise NotReadable(FlawCode.DAMAGED)
        number, size = struct.unpack_from("<HH", stream, at)
        content = stream[at + 4 : at + 4 + size]
        if len(content) < size:
            raise NotReadable(FlawCode.DAMAGED)
        depth += (number == _BOF) - (number == _EOF)  # charts stand inside sheets
        yield at, number, content
        if depth <= 0:
            return
        at += 4 + size


def workbook(stream: bytes) -> Workbook:
    """The sheets and the styles; NotReadable where a password is needed."""
    found, formats, styles = Workbook(), set(_PERCENT_BUILT_IN), list[int]()
    for _, number, content in records(stream, 0):
        if number == _FILEPASS:
            raise NotReadable(FlawCode.PASSWORD)
        if number == _BOUNDSHEET:
            start, _, kind = struct.unpack_from("<IBB", content)
            found.sheets.append((start, kind))
        elif number == _FORMAT and b"%" in content[2:]:
            formats.add(struct.unpack_from("<H", content)[0])
        elif number == _XF:
            styles.append(struct.unpack_from("<H", content, 2)[0])
        elif number == _SUPBOOK and len(content) >= 4:
            found.links_outside |= struct.unpack_from("<H", content, 2)[0] not in _OWN_BOOK
    found.percent = {place for place, shown in enumerate(styles) if shown in formats}
    return found


class Sheet:
    """Fills one scan. ``cut`` is where the stream has to end, None if all of it is kept."""

    def __init__(self, percent: set[int], budget: Budget) -> None:
        """Expect the first record."""
        self.scan = Scan()
        self.cut: int | None = None
        self._percent = percent
        self._budget = budget
        self._at = self._row = -1
        self._does: dict[int, Callable[[bytes], None]] = {
            0x0203: self._one, 0x027E: self._one, 0x00FD: self._one, 0x0204: self._one,
            0x00D6: self._one, 0x0205: self._truth, 0x0006: self._formula, 0x00BD: self._many,
            0x0208: self._on_row, 0x007D: self._on_columns, 0x00E5: self._on_merged,
            0x009B: self._on_filter,
        }  # fmt: skip

    def over(self, found: Iterator[Record]) -> None:
        """Look at every record; after the cut only how far the sheet reaches."""
        depth = 0
        for at, number, content in found:
            depth += (number == _BOF) - (number == _EOF)
            if depth == 1 and (does := self._does.get(number)):
                self._at = at
                does(content)
        self._budget.take(self.scan)

    def _add(self, row: int, column: int, style: int) -> bool:
        """Whether the cell is kept."""
        scan = self.scan
        self._budget.wide(column)
        if self.cut is not None:
            scan.rows, scan.columns = max(scan.rows, row + 1), max(scan.columns, column + 1)
            return False
        scan.add(row, 1 << column)
        if self._budget.full(scan):
            self.cut, scan.kept_rows = self._at, row
            return False
        if style in self._percent:
            scan.percent.add((row, column))
        return True

    def _one(self, content: bytes) -> None:
        self._add(*struct.unpack_from("<HHH", content))

    def _truth(self, content: bytes) -> None:
        row, column, style, value, is_error = struct.unpack_from("<HHHBB", content)
        if self._add(row, column, style) and is_error:
            self.scan.errors[row, column] = _ERRORS.get(value, "#?")

    def _formula(self, content: bytes) -> None:
        row, column, style, kind, value, mark, calc = struct.unpack_from("<HHHBxB3xHH", content)
        if not self._add(row, column, style):
            return
        self.scan.formulas.add((row, column))
        if mark == 0xFFFF and (kind == 0 or (kind == 3 and not calc & _NEVER_CALCULATED)):
            self.scan.empty_results.add((row, column))
        if mark == 0xFFFF and kind == 2:
            self.scan.errors[row, column] = _ERRORS.get(value, "#?")

    def _many(self, content: bytes) -> None:
        row, first = struct.unpack_from("<HH", content)
        for place in range((len(content) - 6) // 6):
            style = struct.unpack_from("<H", content, 4 + 6 * place)[0]
            self._add(row, first + place, style)

    def _on_row(self, content: bytes) -> None:
        row, flags = struct.unpack_from("<H10xH", content)
        if flags & _HIDDEN_ROW:
            self.scan.hidden_rows.add(row)

    def _on_columns(self, content: bytes) -> None:
        first, last, width, _, flags = struct.unpack_from("<5H", content)
        if flags & 1 or not width:
            self.scan.hide_columns(first, last, self._budget.limits)

    def _on_merged(self, content: bytes) -> None:
        for at in range(2, len(content) - 7, 8):
            top, bottom, left, right = struct.unpack_from("<4H", content, at)
            if len(self.scan.merged) < _MOST_MERGED and top <= bottom and left <= right:
                self.scan.merged.append(Area(top, left, bottom, right))

    def _on_filter(self, _: bytes) -> None:
        self.scan.filtered = True


def scans(
    stream: bytes, about: Workbook, budget: Budget
) -> Iterator[tuple[Scan | None, int | None]]:
    """For each sheet of the book its scan (None for a chart) and where it was cut."""
    for start, kind in about.sheets:
        if kind != _WORKSHEET:
            yield None, None
            continue
        sheet = Sheet(about.percent, budget)
        sheet.over(records(stream, start))
        yield sheet.scan, sheet.cut
