"""Files that leave: sheets as XLSX and CSV, harmless when a spreadsheet opens them.

A cell that begins like a formula is kept as text (OWASP, CSV injection): in CSV by a leading
apostrophe, in XLSX by its type.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Plain = str | int | Decimal | dt.date | dt.datetime | bool | None

MEDIA_TYPE_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEDIA_TYPE_CSV: Final = "text/csv; charset=utf-8"
_FORMULA_START: Final = (*"=+-@\t\r\n|%", *"\uff1d\uff0b\uff0d\uff20")
"""The last four are the wide forms of the first four, which some programs read alike."""
_UNSEEN: Final = " \u00a0\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff" + "".join(
    map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
)
"""Spaces and marks without a shape; a spreadsheet may drop them."""
_SHEET_FORBIDDEN: Final = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_XLSX_TEXT_LIMIT: Final = 32_767


@dataclass(frozen=True, slots=True)
class _Style:
    """How a reader's language writes what is neither text nor number."""

    yes: str
    no: str
    table: str
    day: str
    xlsx_day: str

    @property
    def moment(self) -> str:
        """A day with its time."""
        return f"{self.day} %H:%M"

    @property
    def xlsx_moment(self) -> str:
        """The same as a spreadsheet says it."""
        return f"{self.xlsx_day} hh:mm"


_GERMAN: Final = _Style("ja", "nein", "Tabelle", "%d.%m.%Y", "dd.mm.yyyy")
_ENGLISH: Final = _Style("yes", "no", "Table", "%Y-%m-%d", "yyyy-mm-dd")
"""Days as ISO 8601: the short English forms are read in two ways."""


def _style(language: str) -> _Style:
    return _ENGLISH if language.startswith("en") else _GERMAN


@dataclass(frozen=True, slots=True)
class Sheet:
    """A named table of plain values; every row is as long as the header."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[Plain, ...], ...]
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse rows of another length."""
        if any(len(row) != len(self.header) for row in self.rows):
            raise ValueError(f"a row of {self.name!r} is not as long as its header")


def defused(text: str) -> str:
    """The text, with an apostrophe before what a spreadsheet would run as a formula."""
    return f"'{text}" if text.lstrip(_UNSEEN).startswith(_FORMULA_START) else text


def to_csv(sheet: Sheet, *, language: str = "de", decimal_comma: bool = True) -> bytes:
    """The sheet as German offices open it: UTF-8 with mark, semicolons, decimal comma.

    ``language`` is that of yes, no and days. Separators do not follow it: they depend on the
    reader's spreadsheet, not on what she reads. Notes stand below the table, after an empty line.
    """
    style = _style(language)
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow([defused(h) for h in sheet.header])
    writer.writerows(
        [_csv_value(v, style, decimal_comma=decimal_comma) for v in row] for row in sheet.rows
    )
    if sheet.notes:
        writer.writerow([])
        writer.writerows([defused(note)] for note in sheet.notes)
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def to_xlsx(sheets: Iterable[Sheet], *, language: str = "de") -> bytes:
    """A workbook with one worksheet per sheet, in order; numbers stay numbers, days stay days.

    ``language`` is that of yes and no, and how days are shown.
    """
    import xlsxwriter  # its import costs more than most requests

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "remove_timezone": True,
        },
    )
    sheets_, style = tuple(sheets), _style(language)
    names = _sheet_names([sheet.name for sheet in sheets_], style.table)
    looks = _Looks(
        style=style,
        bold=book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
        day=book.add_format({"num_format": style.xlsx_day}),
        moment=book.add_format({"num_format": style.xlsx_moment}),
    )
    for name, sheet in zip(names, sheets_, strict=True):
        _write_sheet(book.add_worksheet(name), sheet, looks)
    book.close()
    return buffer.getvalue()


@dataclass(frozen=True, slots=True)
class _Looks:
    """The formats of one workbook."""

    style: _Style
    bold: Format
    day: Format
    moment: Format


def _write_sheet(page: Worksheet, sheet: Sheet, looks: _Looks) -> None:
    for column, title in enumerate(sheet.header):
        page.write_string(0, column, title, looks.bold)
        page.set_column(column, column, _width(title, [row[column] for row in sheet.rows]))
    for number, row in enumerate(sheet.rows, start=1):
        for column, value in enumerate(row):
            _write_cell(page, (number, column), value, looks)
    for offset, note in enumerate(sheet.notes, start=len(sheet.rows) + 2):
        page.write_string(offset, 0, note[:_XLSX_TEXT_LIMIT])
    page.freeze_panes(1, 0)


def _width(title: str, values: Iterable[Plain]) -> int:
    """Wide enough for the title and for a day with its time, which else is only crosses."""
    least = 18 if any(isinstance(value, dt.datetime) for value in values) else 12
    return min(60, max(least, len(title) + 2))


def _write_cell(page: Worksheet, at: tuple[int, int], value: Plain, looks: _Looks) -> None:
    match value:
        case None:
            return
        case bool() | str():
            text = _yes_no(value, looks.style) if isinstance(value, bool) else value
            page.write_string(*at, text[:_XLSX_TEXT_LIMIT])
        case Decimal() | int():
            page.write_number(*at, float(value))
        case dt.datetime():
            page.write_datetime(*at, value, looks.moment)
        case _:
            page.write_datetime(*at, value, looks.day)


def _csv_value(value: Plain, style: _Style, *, decimal_comma: bool) -> str:
    match value:
        case None | bool() | str():
            return defused(value) if isinstance(value, str) else _yes_no(value, style)
        case Decimal() | int():
            text = format(value, "f") if isinstance(value, Decimal) else str(value)
            return text.replace(".", ",") if decimal_comma else text
        case dt.datetime():
            return value.strftime(style.moment)
        case _:
            return value.strftime(style.day)


def _yes_no(value: bool | None, style: _Style) -> str:
    return "" if value is None else style.yes if value else style.no


def _sheet_names(wanted: Sequence[str], unnamed: str) -> list[str]:
    """Names a workbook accepts: at most 31 characters, no brackets, each once."""
    taken: list[str] = []
    for name in wanted:
        plain = "".join(sign if sign.isprintable() else " " for sign in name)
        base = _cut(plain.translate(_SHEET_FORBIDDEN), 31) or unnamed
        free, number = base, 2
        while free.casefold() in {t.casefold() for t in taken}:
            suffix = f" {number}"
            free, number = _cut(base, 31 - len(suffix)) + suffix, number + 1
        taken.append(free)
    return taken


def _cut(name: str, most: int) -> str:
    """At most so many units as a workbook counts them, without apostrophes at the ends."""
    units = name.strip(" '").encode("utf-16-le")[: 2 * most]
    return units.decode("utf-16-le", errors="ignore").rstrip(" '")
