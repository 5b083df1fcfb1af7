"""Books drawn as text: columns between bars, one line per row.

Plain digits are numbers, ``'12`` is the text "12", ``50%`` a percentage; ``<`` joins a cell to
the one on its left and ``^`` to the one above. A line of dashes is an empty row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from textwrap import dedent

from wirknetz.core.files.grid import Area, Book, FileKind, GridCell, Note, Page

_NUMBER = re.compile(r"^-?\d+(\.\d+)?$")
_PERCENT = re.compile(r"^(\d+(?:\.\d+)?)%$")


def drawn(
    *drawings: str,
    names: Iterable[str] = (),
    name: str = "meldung.xlsx",
    hidden: Iterable[str] = (),
    notes: tuple[Note, ...] = (),
) -> Book:
    """A book with one page per drawing."""
    given = [*names, *(f"Tabelle{n}" for n in range(1, 99))]
    pages = tuple(
        page(text, name=n, hidden=n in set(hidden))
        for text, n in zip(drawings, given, strict=False)
    )
    return Book(name, FileKind.XLSX, "0" * 64, pages, notes)


def page(
    text: str,
    *,
    name: str = "Tabelle1",
    hidden: bool = False,
    hidden_rows: Iterable[int] = (),
    hidden_columns: Iterable[int] = (),
) -> Page:
    """One page; hidden rows and columns count from 0."""
    rows = [line.split("|") for line in dedent(text).strip().splitlines()]
    cells: dict[tuple[int, int], GridCell] = {}
    joined: dict[tuple[int, int], Area] = {}
    for r, row in enumerate(rows):
        for c, raw in enumerate(row):
            _draw(cells, joined, r, c, raw.strip())
    return Page(
        name, cells, tuple(a for a in joined.values() if a.top < a.bottom or a.left < a.right),
        frozenset(hidden_rows), frozenset(hidden_columns), hidden,
        len(rows), max(map(len, rows), default=0),
    )  # fmt: skip


def _draw(
    cells: dict[tuple[int, int], GridCell],
    joined: dict[tuple[int, int], Area],
    row: int,
    column: int,
    raw: str,
) -> None:
    if raw in ("<", "^"):
        r, c = (row, column - 1) if raw == "<" else (row - 1, column)
        start = next(place for place, area in joined.items() if area.holds(r, c))
        area = joined[start]
        joined[start] = Area(area.top, area.left, max(area.bottom, row), max(area.right, column))
    elif (raw and not set(raw) <= {"-"}) or raw == "-":
        joined[row, column] = Area(row, column, row, column)
        cells[row, column] = _cell(raw)


def _cell(raw: str) -> GridCell:
    if _NUMBER.match(raw):
        return GridCell(Decimal(raw))
    if percent := _PERCENT.match(raw):
        return GridCell(Decimal(percent[1]) / 100, percent=True)
    return GridCell(raw.removeprefix("'").replace("\\n", "\n"))
