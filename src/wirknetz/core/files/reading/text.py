"""CSV, TSV and other text files; numbers stay as they were typed.

How a number is meant (``1.204``) is decided from whole columns, not here.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from wirknetz.core.files.grid import (
    FlawCode,
    GridCell,
    Note,
    NoteCode,
    NotReadable,
    Page,
    column_name,
)
from wirknetz.core.files.reading import delimiter
from wirknetz.core.files.reading.assembled import Read
from wirknetz.core.files.reading.encoding import decode
from wirknetz.core.files.reading.kinds import refuse_markup
from wirknetz.core.files.reading.limits import Limits
from wirknetz.core.files.reading.values import plain_text

PAGE_NAME: Final = "Tabelle"
"""A text file has one table without a name."""
_USUAL: Final = frozenset({"utf-8", "utf-16-le", "utf-16-be"})
_REPLACED: Final = "\ufffd"
_MOST_UNREADABLE: Final = 0.02
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def read_text(content: bytes, limits: Limits) -> Read:
    """The one page of a text file; NotReadable for what is no text or a table of another kind."""
    text, encoding = readable(content)
    page, notes = _page(divided(text), limits)
    said = () if encoding in _USUAL else (Note(NoteCode.ENCODING, {"encoding": encoding}),)
    return Read((page,), (*said, *notes))


def readable(content: bytes) -> tuple[str, str]:
    """The text without control signs, and its encoding; NotReadable for what is no text."""
    decoded = decode(content)
    text = decoded.text.removeprefix("\ufeff")
    if _CONTROL.search(text):
        text = _CONTROL.sub("", text)
    odd = len(decoded.text) - len(text) + text.count(_REPLACED)
    if odd > 3 + _MOST_UNREADABLE * len(text):
        raise NotReadable(FlawCode.NOT_A_TABLE, looks_like="unknown")
    refuse_markup(text)
    return text, decoded.encoding


@dataclass(frozen=True, slots=True)
class Divided:
    """A text and what separates its columns."""

    text: str
    mark: str

    def __iter__(self) -> Iterator[list[str]]:
        """The rows; NotReadable where a cell has no end."""
        try:
            yield from delimiter.split(self.text, self.mark)
        except csv.Error as error:
            raise NotReadable(FlawCode.NOT_A_TABLE, looks_like="unknown") from error


def divided(text: str) -> Divided:
    """The text divided as it says itself, else by evidence."""
    said = delimiter.said_first(text)
    mark, rest = said or (delimiter.separator(text), text)
    return Divided(rest, mark)


def refuse_width(columns: int, limits: Limits) -> None:
    """NotReadable for a row that nobody can look over."""
    if columns > limits.columns:
        raise NotReadable(FlawCode.TOO_WIDE, columns=str(columns), limit=str(limits.columns))


@dataclass(slots=True)
class _Size:
    rows: int = 0
    columns: int = 0
    kept_rows: int | None = None


def _page(table: Divided, limits: Limits) -> tuple[Page, list[Note]]:
    cells, size = dict[tuple[int, int], GridCell](), _Size()
    known = _Cells()
    for number, row in enumerate(table):
        found = [(column, raw) for column, raw in enumerate(row) if raw and not raw.isspace()]
        if not found:
            continue
        size.rows, size.columns = number + 1, max(size.columns, found[-1][0] + 1)
        refuse_width(size.columns, limits)
        if size.kept_rows is None and len(cells) + len(found) > limits.cells:
            size.kept_rows = number
            if '"' not in table.text:  # what follows needs no dividing to be counted
                size.rows = delimiter.rows_without_quotes(table.text, table.mark)
                break
        if size.kept_rows is None:
            cells.update({(number, column): known[raw] for column, raw in found})
    page = Page(PAGE_NAME, cells, rows=size.rows, columns=size.columns)
    return page, [*_replaced(page), *_cut(size)]


class _Cells(dict[str, GridCell]):
    """Cells by their text: equal ones are one object, since tables repeat them."""

    def __missing__(self, raw: str) -> GridCell:
        self[raw] = made = GridCell(plain_text(raw) or "", formula=False)
        return made


def _replaced(page: Page) -> Iterator[Note]:
    places = [place for place, cell in page.cells.items() if _REPLACED in cell.text]
    if places:
        row, column = places[0]
        where = f"{column_name(column)}{row + 1}"
        count = str(len(places))
        yield Note(NoteCode.REPLACED, {"page": PAGE_NAME, "place": where, "count": count})


def _cut(size: _Size) -> Iterator[Note]:
    if size.kept_rows is not None:
        yield Note(
            NoteCode.CUT,
            {
                "page": PAGE_NAME,
                "rows": str(size.rows),
                "columns": str(size.columns),
                "kept_rows": str(size.kept_rows),
                "kept_columns": str(size.columns),
            },
        )
