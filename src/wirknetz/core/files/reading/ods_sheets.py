"""One look at the sheets of an ODS file: what they hide, merge, calculate, show as percent."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final
from xml.parsers import expat

from wirknetz.core.files.grid import Area, FlawCode, NotReadable
from wirknetz.core.files.reading.limits import Limits
from wirknetz.core.files.reading.scanned import Budget, Scan
from wirknetz.core.files.reading.xml import Attributes, only_utf8, parser, whole_tags

_REPEATED_ROWS: Final = "table:number-rows-repeated"
_REPEATED_COLUMNS: Final = "table:number-columns-repeated"
_MOST_ROWS: Final = 1_048_576
_MOST_MERGED: Final = 50_000
_EMPTY_ROWS: Final = re.compile(
    rb'(?:<table:table-row(?: table:style-name="[^"<>]*+")?+>'
    rb'(?:<table:table-cell(?: table:style-name="[^"<>]*+")?+/>)*+</table:table-row>){2,}+'
)
_UNSEEN: Final = ("collapse", "filter")
_OUTSIDE: Final = ("'file:", "'http:", "'https:", "'smb:")
_COLUMNS_SPANNED: Final = "table:number-columns-spanned"
_ROWS_SPANNED: Final = "table:number-rows-spanned"
_SPANS: Final = frozenset({_COLUMNS_SPANNED, _ROWS_SPANNED})
_CELLS: Final = frozenset({"table:table-cell", "table:covered-table-cell"})


class _Cell:
    """A cell of the row that passes; ``text`` fills while it does."""

    __slots__ = ("attributes", "column", "covered", "holds", "text", "times")

    def __init__(self, column: int, times: int, attributes: Attributes, *, covered: bool) -> None:
        self.column = column
        self.times = times
        self.attributes = attributes
        self.covered = covered
        self.holds = "office:value-type" in attributes
        self.text: list[str] = []


def _fewer_rows(chunk: bytes) -> bytes:
    """The XML with one repeated row for many empty ones."""
    return chunk if b"<!" in chunk else _EMPTY_ROWS.sub(_as_one, chunk)


def _as_one(match: re.Match[bytes]) -> bytes:
    return b'<table:table-row table:number-rows-repeated="%d"/>' % match[0].count(
        b"<table:table-row"
    )


class Sheets:
    """Fills one :class:`Scan` per sheet while the XML passes."""

    def __init__(self, limits: Limits) -> None:
        """Expect the first sheet."""
        self.scans: list[Scan] = []
        self.links_outside = False
        self._budget = Budget(limits)
        self._kept = bytearray()
        self._open: list[str] = []
        self._scan: Scan | None = None
        self._cell: _Cell | None = None
        self._cells: list[_Cell] = []
        self._row = self._column = self._declared = 0
        self._row_times, self._row_at, self._row_hidden = 1, 0, False
        self._deep = 0
        self._cut: tuple[int, tuple[str, ...]] | None = None
        self._starts: dict[str, Callable[[Attributes], None]] = {
            "table:table": self._on_table, "table:table-column": self._on_columns,
            "table:table-row": self._on_row, "table:table-source": self._on_source,
            "office:annotation": self._on_aside,
        }  # fmt: skip
        self._ends: dict[str, Callable[[], None]] = {
            "table:table": self._end_table, "table:table-row": self._end_row,
            "table:table-cell": self._end_cell, "table:covered-table-cell": self._end_cell,
            "text:p": self._end_paragraph, "office:annotation": self._end_aside,
        }  # fmt: skip
        self._parser = parser()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._chars

    def over(self, chunks: Iterable[bytes]) -> bytes:
        """Look at everything up to the limit; the XML that may be read."""
        try:
            for number, whole in enumerate(whole_tags(chunks)):
                if not number:
                    only_utf8(whole[:2])
                chunk = _fewer_rows(whole)
                self._kept += chunk
                if len(self._kept) > 2 * self._budget.limits.text:
                    raise NotReadable(FlawCode.UNPACKS_TOO_BIG)
                self._parser.Parse(chunk, False)
                if self._cut is not None:
                    return self._until_cut(*self._cut)
            self._parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise NotReadable(FlawCode.DAMAGED) from error
        return bytes(self._kept)

    def _until_cut(self, at: int, still_open: tuple[str, ...]) -> bytes:
        del self._kept[at:]
        self._kept += "".join(f"</{name}>" for name in reversed(still_open)).encode()
        return bytes(self._kept)

    def _start(self, name: str, attributes: Attributes) -> None:
        if self._cut is not None:
            return
        self._open.append(name)
        if self._deep:
            self._deep += name == "office:annotation"
            return
        if name in _CELLS:
            self._on_cell(attributes, covered=name != "table:table-cell")
        elif handler := self._starts.get(name):
            handler(attributes)

    def _end(self, name: str) -> None:
        if self._cut is not None:
            return
        self._open.pop()
        if self._deep and name != "office:annotation":
            return
        if handler := self._ends.get(name):
            handler()

    def _chars(self, text: str) -> None:
        if self._cell is not None and not self._deep and self._cut is None:
            self._cell.text.append(text)

    def _on_table(self, attributes: Attributes) -> None:
        if self._scan is not None:  # a table inside a cell
            raise NotReadable(FlawCode.DAMAGED)
        self._scan = Scan(attributes.get("table:name", ""))
        self._row = self._declared = 0
        if self._scan.name.startswith(_OUTSIDE):
            self._on_source({})

    def _on_source(self, _: Attributes) -> None:
        """A copy of another file, kept beside the sheets and never seen."""
        self.links_outside = True
        if self._scan is not None:
            self._scan.outside = True

    def _end_table(self) -> None:
        if self._scan is not None:
            self._budget.take(self._scan)
            self.scans.append(self._scan)
        self._scan = None

    def _on_columns(self, attributes: Attributes) -> None:
        times = _times(attributes, _REPEATED_COLUMNS)
        first, self._declared = self._declared, self._declared + times
        if self._scan is not None and attributes.get("table:visibility") in _UNSEEN:
            self._scan.hide_columns(first, self._declared - 1, self._budget.limits)

    def _on_row(self, attributes: Attributes) -> None:
        self._row_at = self._parser.CurrentByteIndex
        self._row_times = _times(attributes, _REPEATED_ROWS)
        self._column = 0
        self._cells.clear()
        visibility = attributes.get("table:visibility")
        self._row_hidden = visibility in _UNSEEN
        if self._scan is not None and visibility == "filter":
            self._scan.filtered = True

    def _on_cell(self, attributes: Attributes, *, covered: bool) -> None:
        if self._scan is None or self._cell is not None:
            raise NotReadable(FlawCode.DAMAGED)
        times = _times(attributes, _REPEATED_COLUMNS)
        self._cell = _Cell(self._column, times, attributes, covered=covered)
        self._column += times

    def _end_paragraph(self) -> None:
        if self._cell is not None:
            self._cell.text.append("\n")

    def _on_aside(self, _: Attributes) -> None:
        self._deep = 1

    def _end_aside(self) -> None:
        self._deep -= 1

    def _end_cell(self) -> None:
        cell, self._cell = self._cell, None
        if cell is not None:
            cell.holds = cell.holds or any(map(str.strip, cell.text))
            if cell.holds or cell.attributes:
                self._cells.append(cell)

    def _end_row(self) -> None:
        scan, last = self._scan, self._row + self._row_times
        if scan is None or last > _MOST_ROWS:
            raise NotReadable(FlawCode.DAMAGED)
        holding = [cell for cell in self._cells if cell.holds]
        if holding and self._too_much(scan, holding):
            return
        for cell in self._cells:
            self._mark(scan, cell)
        if holding:
            self._add(scan, holding)
            if self._row_hidden:
                scan.hidden_rows.update(range(self._row, last))
        self._row = last

    def _add(self, scan: Scan, holding: list[_Cell]) -> None:
        mask = 0
        for cell in holding:
            mask |= ((1 << cell.times) - 1) << cell.column
        filled = sum(cell.times for cell in holding)
        for row in range(self._row, self._row + self._row_times):
            scan.add(row, mask, filled)

    def _too_much(self, scan: Scan, holding: list[_Cell]) -> bool:
        """Whether the book ends before this row, since with it there would be too much."""
        budget, limits, times = self._budget, self._budget.limits, self._row_times
        wide = max(cell.column + cell.times for cell in holding)
        budget.wide(wide - 1)
        cells = sum(cell.times for cell in holding) * times
        budget.text += times * sum(cell.times * sum(map(len, cell.text)) for cell in holding)
        top = min(scan.top, self._row)
        area = (self._row + times - top) * max(wide, scan.columns)
        full = (
            budget.cells + scan.filled + cells > limits.cells
            or budget.area + area > limits.area
            or budget.text > limits.text
        )
        if full:
            if not budget.cells + scan.filled:
                raise NotReadable(FlawCode.TOO_MANY_CELLS, limit=str(limits.cells))
            scan.rows, scan.kept_rows = self._row + times, self._row
            self.scans.append(scan)
            self._cut = (self._row_at, (*self._open,))
        return full

    def _mark(self, scan: Scan, cell: _Cell) -> None:
        attributes = cell.attributes
        if _SPANS & attributes.keys() and len(scan.merged) < _MOST_MERGED:
            right = cell.column + _times(attributes, _COLUMNS_SPANNED) - 1
            down = _times(attributes, _ROWS_SPANNED)
            scan.merged.append(Area(self._row, cell.column, self._row + down - 1, right))
        formula = attributes.get("table:formula")
        if formula and any(start in formula for start in _OUTSIDE):
            self.links_outside = True
        kind = attributes.get("office:value-type")
        error = attributes.get("calcext:value-type") == "error"
        if not (formula or error or kind == "percentage"):
            return
        if cell.times * self._row_times > self._budget.limits.cells:
            raise NotReadable(FlawCode.TOO_MANY_CELLS, limit=str(self._budget.limits.cells))
        for row in range(self._row, self._row + self._row_times):
            for column in range(cell.column, cell.column + cell.times):
                self._mark_one(scan, cell, (row, column))

    def _mark_one(self, scan: Scan, cell: _Cell, place: tuple[int, int]) -> None:
        kind = cell.attributes.get("office:value-type")
        if "table:formula" in cell.attributes:
            scan.formulas.add(place)
            if kind == "string":
                scan.empty_results.add(place)
        if kind == "percentage":
            scan.percent.add(place)
        if cell.attributes.get("calcext:value-type") == "error":
            scan.errors[place] = "".join(cell.text).strip()


def _times(attributes: Attributes, name: str) -> int:
    written = attributes.get(name)
    if written is None:
        return 1
    if not (written.isascii() and written.isdigit() and len(written) < 10):
        raise NotReadable(FlawCode.DAMAGED)
    return max(1, int(written))
