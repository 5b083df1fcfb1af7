"""A sheet of the file as the person knows it, with what was recognised marked in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Final

from wirknetz.core.files.grid import Address, Area, Page, column_name
from wirknetz.core.files.recognition.model import Mark, Reading
from wirknetz.measurement.queries.files.words import Names, aside_at, cell_words, mark_words

ROWS_SHOWN: Final = 100
COLUMNS_SHOWN: Final = 40
GAP: Final = 3
"""More empty rows than this one after the other are shown as one line."""
LONGEST_TEXT: Final = 200


@dataclass(frozen=True, slots=True)
class CellView:
    """One cell. ``kind`` is how it is marked, ``words`` say the same for reading aloud."""

    a1: str
    text: str
    kind: str
    words: str
    number: bool
    hidden: bool
    rows: int = 1
    columns: int = 1

    @property
    def merged(self) -> bool:
        """Whether it covers other cells."""
        return self.rows > 1 or self.columns > 1


@dataclass(frozen=True, slots=True)
class RowView:
    """One row with its number in the file, or a line that stands for ``skipped`` empty ones."""

    number: int
    cells: tuple[CellView, ...]
    hidden: bool = False
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class ColumnView:
    """A column by its letter."""

    name: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class SheetView:
    """The part of a sheet that is shown. ``pages`` counts parts of a hundred rows."""

    name: str
    columns: tuple[ColumnView, ...]
    rows: tuple[RowView, ...]
    part: int
    parts: int
    window: int
    windows: int
    hidden: bool
    has_hidden: bool

    @property
    def empty(self) -> bool:
        """Whether nothing stands on it."""
        return not self.rows

    @property
    def width(self) -> int:
        """How many columns are shown."""
        return len(self.columns)


@dataclass(frozen=True)
class Layout:
    """Where the rows of a sheet stand when long stretches of empty ones are folded."""

    page: Page

    @cached_property
    def lines(self) -> tuple[tuple[int, int], ...]:
        """``(row, 0)`` for a row, ``(row, n)`` for n empty rows from there on."""
        found: list[tuple[int, int]] = []
        following = 0
        for row in sorted({row for row, _column in self.page.cells}):
            empty = row - following
            if empty > GAP:
                found.append((following, empty))
            else:
                found.extend((number, 0) for number in range(following, row))
            found.append((row, 0))
            following = row + 1
        return tuple(found)

    @property
    def parts(self) -> int:
        """How many parts of a hundred lines, at least one."""
        return max(1, -(-len(self.lines) // ROWS_SHOWN))

    def part_of(self, row: int) -> int:
        """The part in which this row stands, counted from 1."""
        starts = [first for first, _skipped in self.lines]
        return max(0, bisect_right(starts, row) - 1) // ROWS_SHOWN + 1

    @cached_property
    def width(self) -> int:
        """How many columns hold something."""
        return max((column for _row, column in self.page.cells), default=-1) + 1

    @property
    def windows(self) -> int:
        """How many groups of columns, at least one."""
        return max(1, -(-self.width // COLUMNS_SHOWN))

    @staticmethod
    def window_of(column: int) -> int:
        """The group in which this column stands, counted from 1."""
        return column // COLUMNS_SHOWN + 1


def sheet_of(
    page: Page, reading: Reading, names: Names, *, part: int = 1, window: int = 1
) -> SheetView:
    """The part of a sheet to be shown; a part that does not exist is the nearest that does."""
    layout = Layout(page)
    part, window = _within(part, layout.parts), _within(window, layout.windows)
    left = (window - 1) * COLUMNS_SHOWN
    columns = range(left, min(layout.width, left + COLUMNS_SHOWN))
    lines = layout.lines[(part - 1) * ROWS_SHOWN : part * ROWS_SHOWN]
    draw = _Drawing(page, reading, names, columns, [row for row, skipped in lines if not skipped])
    return SheetView(
        name=page.name,
        columns=tuple(ColumnView(column_name(c), c in page.hidden_columns) for c in columns),
        rows=tuple(draw.row(row, skipped) for row, skipped in lines),
        part=part,
        parts=layout.parts,
        window=window,
        windows=layout.windows,
        hidden=page.hidden,
        has_hidden=bool(page.hidden or page.hidden_rows or page.hidden_columns),
    )


def _within(number: int, most: int) -> int:
    return min(max(1, number), most)


class _Drawing:
    """Draws the rows of one part; merged cells as far as they lie in it."""

    def __init__(
        self, page: Page, reading: Reading, names: Names, columns: range, rows: Iterable[int]
    ) -> None:
        self.page, self.names, self.columns = page, names, columns
        self.marks: Mapping[Address, Mark] = reading.marks
        self.reading = reading
        self.shown = set(rows)
        self.corners: dict[tuple[int, int], tuple[int, int]] = {}
        self.covered: set[tuple[int, int]] = set()
        for area in page.merged:
            self._merge(area)

    def _merge(self, area: Area) -> None:
        """Only whole rows and columns that are shown side by side can be covered."""
        rows = [r for r in range(area.top, min(area.bottom, area.top + 500) + 1) if r in self.shown]
        last = min(area.right, self.columns.stop - 1)
        if area.top not in self.shown or area.left not in self.columns or not rows:
            return
        height = next((i for i, r in enumerate(rows) if r != area.top + i), len(rows))
        self.corners[area.top, area.left] = (height, last - area.left + 1)
        self.covered |= {
            (r, c) for r in range(area.top, area.top + height) for c in range(area.left, last + 1)
        } - {(area.top, area.left)}

    def row(self, row: int, skipped: int) -> RowView:
        if skipped:
            return RowView(row + 1, (), skipped=skipped)
        cells = tuple(self._cell(row, c) for c in self.columns if (row, c) not in self.covered)
        return RowView(row + 1, cells, hidden=row in self.page.hidden_rows)

    def _cell(self, row: int, column: int) -> CellView:
        place, cell = self.page.address(row, column), self.page.cell(row, column)
        mark = self.marks.get(place)
        rows, columns = self.corners.get((row, column), (1, 1))
        return CellView(
            a1=place.a1,
            text=cell_words(cell)[:LONGEST_TEXT] if cell else "",
            kind=mark.kind.value if mark else "",
            words=mark_words(mark, self.names, aside_at(self.reading, place, mark)) if mark else "",
            number=cell is not None and isinstance(cell.content, Decimal),
            hidden=self.page.is_hidden(row, column),
            rows=rows,
            columns=columns,
        )
