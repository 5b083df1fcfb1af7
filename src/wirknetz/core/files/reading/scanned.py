"""What a look at the XML tells beside the values: the reader of values does not say it."""

from __future__ import annotations

from dataclasses import dataclass, field

from python_calamine import CalamineWorkbook

from wirknetz.core.files.grid import Area, FlawCode, Note, NotReadable
from wirknetz.core.files.reading.limits import Limits

Place = tuple[int, int]


@dataclass(slots=True)
class Scan:
    """One sheet. ``seen`` holds a bit for each column with content, by row.

    ``rows`` and ``columns`` are the true size, also beyond what is kept; ``kept_rows`` the
    number of rows up to the cut, None if nothing was cut.
    """

    name: str = ""
    top: int = 1 << 31
    rows: int = 0
    columns: int = 0
    filled: int = 0
    kept_rows: int | None = None
    shared: int = 0
    """Cells that show a text which stands elsewhere in the file."""
    seen: dict[int, int] = field(default_factory=dict)
    percent: set[Place] = field(default_factory=set)
    formulas: set[Place] = field(default_factory=set)
    empty_results: set[Place] = field(default_factory=set)
    """Formulas whose result is an empty text: nothing is missing there."""
    errors: dict[Place, str] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    filtered: bool = False
    outside: bool = False
    """A copy of a sheet of another file."""

    def add(self, row: int, columns: int, filled: int = 1) -> None:
        """Something stands in this row, in these columns (a bit for each)."""
        self.seen[row] = self.seen.get(row, 0) | columns
        self.filled += filled
        self.top = min(self.top, row)
        self.rows = max(self.rows, row + 1)
        self.columns = max(self.columns, columns.bit_length())

    @property
    def area(self) -> int:
        """Rows × columns from the first to the last content."""
        return max(0, self.rows - self.top) * self.columns

    def hide_columns(self, first: int, last: int, limits: Limits) -> None:
        """Hide a range; programs hide all that follow up to the last possible one."""
        self.hidden_columns.update(range(first, min(last, limits.columns) + 1))


@dataclass(slots=True)
class Budget:
    """What may still be kept of a whole book."""

    limits: Limits
    cells: int = 0
    area: int = 0
    text: int = 0

    def full(self, scan: Scan) -> bool:
        """Whether this sheet, after those before it, has reached the limit."""
        return (
            self.cells + scan.filled > self.limits.cells or self.area + scan.area > self.limits.area
        )

    def take(self, scan: Scan) -> None:
        """A sheet is done."""
        self.cells += scan.filled
        self.area += scan.area

    def wide(self, column: int) -> None:
        """Refuse a sheet that nobody can look over."""
        if column >= self.limits.columns:
            raise NotReadable(
                FlawCode.TOO_WIDE, columns=str(column + 1), limit=str(self.limits.columns)
            )


@dataclass(frozen=True, slots=True)
class Looked:
    """A workbook that can be read without fear, and what the values alone do not tell."""

    workbook: CalamineWorkbook
    scans: dict[str, Scan]
    notes: tuple[Note, ...]
