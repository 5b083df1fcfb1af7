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
from typing import Final

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


def to_csv(sheet: Sheet, *, decimal_comma: bool = True) -> bytes:
    """The sheet as German offices open it: UTF-8 with mark, semicolons, decimal comma.

    Notes stand below the table, after an empty line.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow([defused(h) for h in sheet.header])
    writer.writerows(
        [_csv_value(v, decimal_comma=decimal_comma) for v in row] for row in sheet.rows
    )
    if sheet.notes:
        writer.writerow([])
        writer.writerows([defused(note)] for note in sheet.notes)
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def to_xlsx(sheets: Iterable[Sheet]) -> bytes:
    """A workbook with one worksheet per sheet, in order; numbers stay numbers."""
    import xlsxwriter  # its import costs more than most requests

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_date_format": "dd.mm.yyyy",
            "remove_timezone": True,
        },
    )
    sheets_ = tuple(sheets)
    names = _sheet_names([sheet.name for sheet in sheets_])
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    for name, sheet in zip(names, sheets_, strict=True):
        _write_sheet(book.add_worksheet(name), sheet, bold)
    book.close()
    return buffer.getvalue()


def _write_sheet(page: object, sheet: Sheet, bold: object) -> None:
    from xlsxwriter.worksheet import Worksheet

    if not isinstance(page, Worksheet):  # narrows the type for the reader and for mypy
        raise TypeError("not a worksheet")
    for column, title in enumerate(sheet.header):
        page.write_string(0, column, title, bold)
        page.set_column(column, column, min(60, max(12, len(title) + 2)))
    for number, row in enumerate(sheet.rows, start=1):
        for column, value in enumerate(row):
            _write_cell(page, number, column, value)
    for offset, note in enumerate(sheet.notes, start=len(sheet.rows) + 2):
        page.write_string(offset, 0, note[:_XLSX_TEXT_LIMIT])
    page.freeze_panes(1, 0)


def _write_cell(page: object, row: int, column: int, value: Plain) -> None:
    match value:
        case None:
            return
        case bool() | str():
            text = _yes_no(value) if isinstance(value, bool) else value
            page.write_string(row, column, text[:_XLSX_TEXT_LIMIT])  # type: ignore[attr-defined]
        case Decimal() | int():
            page.write_number(row, column, float(value))  # type: ignore[attr-defined]
        case _:
            page.write_datetime(row, column, value)  # type: ignore[attr-defined]


def _csv_value(value: Plain, *, decimal_comma: bool) -> str:
    match value:
        case None | bool() | str():
            return defused(value) if isinstance(value, str) else _yes_no(value)
        case Decimal() | int():
            text = format(value, "f") if isinstance(value, Decimal) else str(value)
            return text.replace(".", ",") if decimal_comma else text
        case dt.datetime():
            return value.strftime("%d.%m.%Y %H:%M")
        case _:
            return value.strftime("%d.%m.%Y")


def _yes_no(value: bool | None) -> str:
    return "" if value is None else "ja" if value else "nein"


def _sheet_names(wanted: Sequence[str]) -> list[str]:
    """Names a workbook accepts: at most 31 characters, no brackets, each once."""
    taken: list[str] = []
    for name in wanted:
        plain = "".join(sign if sign.isprintable() else " " for sign in name)
        base = _cut(plain.translate(_SHEET_FORBIDDEN), 31) or "Tabelle"
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
