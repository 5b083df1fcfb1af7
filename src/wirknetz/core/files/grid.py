"""A file as the person knows it: sheets of cells, with what a reader can tell about them.

Rows and columns count from 0, as in the file: hidden and empty ones keep their numbers, so
that an address is the one the person sees in her own program.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Final, NamedTuple

Content = str | Decimal | bool | dt.date | dt.datetime | dt.time | dt.timedelta
"""What stands in a cell. Numbers of the file are Decimal; numbers typed as text stay text."""

_ADDRESS: Final = re.compile(r"^([A-Z]{1,3})([1-9]\d{0,6})$")


class FileKind(StrEnum):
    """What the bytes are, whatever the name says."""

    XLSX = "xlsx"  # with XLSM: macros are never read
    XLS = "xls"
    ODS = "ods"
    TEXT = "text"  # CSV, TSV and their kin


class NoteCode(StrEnum):
    """What is worth a word about a file, without being wrong."""

    MACROS = "macros"  # ignored
    LINKS_OUTSIDE = "links_outside"  # cells that point into other files; their last value counts
    FORMULA_WITHOUT_VALUE = "formula_without_value"  # read as empty. params: page, place, count
    ERROR_VALUE = "error_value"  # #DIV/0! and the like. params: page, place, count, text
    ENCODING = "encoding"  # text was not UTF-8. params: encoding
    REPLACED = "replaced"  # a sign could not be read. params: page, place, count
    CUT = "cut"  # more than what is read. params: rows, columns, kept_rows, kept_columns, page
    FILTERED = "filtered"  # a filter hides rows. params: page
    HIDDEN_SHEET = "hidden_sheet"  # params: page
    OTHER_SHEET = "other_sheet"  # a chart or dialog sheet. params: page


class Address(NamedTuple):
    """Where a cell stands."""

    page: str
    row: int
    column: int

    @property
    def a1(self) -> str:
        """``C7``."""
        return f"{column_name(self.column)}{self.row + 1}"


class Area(NamedTuple):
    """A rectangle of cells, both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, row: int, column: int) -> bool:
        """Whether the cell lies in it."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    @property
    def a1(self) -> str:
        """``B5:F9``, or ``B5`` for one cell."""
        start = f"{column_name(self.left)}{self.top + 1}"
        end = f"{column_name(self.right)}{self.bottom + 1}"
        return start if start == end else f"{start}:{end}"


@dataclass(frozen=True, slots=True)
class GridCell:
    """What stands in a cell and how the file shows it.

    ``percent`` says that the file shows this number as a percentage; ``formula`` that the
    number was calculated (None: the format does not tell). A merged cell stands at its upper
    left corner; see :attr:`Page.merged`.
    """

    content: Content
    percent: bool = False
    formula: bool | None = None

    @property
    def text(self) -> str:
        """As plain text, numbers without trailing zeros and with a decimal point."""
        if isinstance(self.content, Decimal):
            return f"{self.content:f}"
        if isinstance(self.content, bool):
            return "ja" if self.content else "nein"
        return str(self.content)


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet; only cells with content are kept, by ``(row, column)``."""

    name: str
    cells: Mapping[tuple[int, int], GridCell]
    merged: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    hidden: bool = False
    rows: int = 0
    """How many rows the sheet has up to the last content, also beyond what was read."""
    columns: int = 0

    def cell(self, row: int, column: int) -> GridCell | None:
        """What stands there."""
        return self.cells.get((row, column))

    def address(self, row: int, column: int) -> Address:
        """The address of a cell on this page."""
        return Address(self.name, row, column)

    def is_hidden(self, row: int, column: int) -> bool:
        """Whether the person does not see this cell in her own program."""
        return self.hidden or row in self.hidden_rows or column in self.hidden_columns


@dataclass(frozen=True, slots=True)
class Note:
    """A word about the file."""

    code: NoteCode
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Book:
    """A whole file. ``sha256`` is the hash of its bytes, in hexadecimal."""

    name: str
    kind: FileKind
    sha256: str
    pages: tuple[Page, ...]
    notes: tuple[Note, ...] = ()

    @property
    def cut(self) -> bool:
        """Whether the file holds more than was read, so that nothing may be taken from it."""
        return any(note.code is NoteCode.CUT for note in self.notes)

    def page(self, name: str) -> Page:
        """The page with this name; KeyError if there is none."""
        for page in self.pages:
            if page.name == name:
                return page
        raise KeyError(name)

    def __iter__(self) -> Iterator[Page]:
        """Over the pages, in the order of the file."""
        return iter(self.pages)


class FlawCode(StrEnum):
    """Why a file cannot be read at all. Each has one German sentence on the page."""

    EMPTY = "empty"
    TOO_BIG = "too_big"  # params: size, limit (bytes)
    UNPACKS_TOO_BIG = "unpacks_too_big"  # a bomb, or a file nobody fills by hand
    DAMAGED = "damaged"  # truncated, or not what its first bytes promise
    NOT_A_TABLE = "not_a_table"  # a picture, a PDF, a Word document … params: looks_like
    PASSWORD = "password"  # noqa: S105
    TOO_WIDE = "too_wide"  # params: columns, limit
    TOO_MANY_CELLS = "too_many_cells"  # params: limit
    NO_CONTENT = "no_content"  # a workbook without a single filled cell
    TOOK_TOO_LONG = "took_too_long"
    OLD_FORMAT = "old_format"  # a spreadsheet format we do not read. params: looks_like


class NotReadable(ValueError):  # noqa: N818
    """The file cannot be read; says why, never shows a trace."""

    def __init__(self, code: FlawCode, **params: str) -> None:
        """Keep the reason and what a sentence needs."""
        super().__init__(code.value)
        self.code = code
        self.params = params


def column_name(column: int) -> str:
    """``A`` for 0, ``AA`` for 26."""
    name = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(65 + letter) + name
    return name


def parse_a1(text: str) -> tuple[int, int]:
    """``(6, 2)`` for ``C7``; ValueError otherwise."""
    match = _ADDRESS.match(text.strip().upper())
    if match is None:
        raise ValueError(f"{text!r} is not a cell such as C7")
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1
