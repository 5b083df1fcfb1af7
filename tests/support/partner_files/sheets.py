"""Sheets before they are bytes, and the bytes in each kind of file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

Cell = str | int | float | None


@dataclass(slots=True)
class Draft:
    """A sheet as somebody would fill it. Rows may be of different length."""

    name: str
    rows: list[list[Cell]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    percent: set[tuple[int, int]] = field(default_factory=set)

    def put(self, row: int, column: int, value: Cell) -> None:
        """Write a cell, growing the sheet."""
        while len(self.rows) <= row:
            self.rows.append([])
        line = self.rows[row]
        line.extend([None] * (column + 1 - len(line)))
        line[column] = value

    def filled(self) -> Iterator[tuple[int, int, str | int | float]]:
        """Every cell with content: row, column, value."""
        for r, line in enumerate(self.rows):
            for c, value in enumerate(line):
                if value is not None:
                    yield r, c, value

    def add(self, *values: Cell, at: int = 0) -> int:
        """Append a row; its number."""
        self.rows.append([*[None] * at, *values])
        return len(self.rows) - 1


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """How numbers are typed where they are text."""

    thousands: str = ""
    decimal: str = ","
    decimals: int = 0
    as_text: bool = False

    def text(self, value: int) -> str:
        """The number as typed."""
        whole = f"{value:,}".replace(",", self.thousands)
        return whole + (self.decimal + "0" * self.decimals if self.decimals else "")


def to_xlsx(drafts: Sequence[Draft], style: NumberStyle) -> bytes:
    """A workbook as Excel writes it."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_numbers": False})
    percent = book.add_format({"num_format": "0.0%"})
    for draft in drafts:
        sheet = book.add_worksheet(draft.name[:31])
        for r, c, value in draft.filled():
            if isinstance(value, str) or (style.as_text and isinstance(value, int)):
                sheet.write_string(r, c, value if isinstance(value, str) else style.text(value))
            else:
                sheet.write_number(r, c, value, percent if (r, c) in draft.percent else None)
        for top, left, bottom, right in draft.merged:
            sheet.merge_range(top, left, bottom, right, draft.rows[top][left] or "")
        for r in draft.hidden_rows:
            sheet.set_row(r, None, None, {"hidden": True})
        for c in draft.hidden_columns:
            sheet.set_column(c, c, None, None, {"hidden": True})
    book.close()
    return buffer.getvalue()


def to_ods(drafts: Sequence[Draft], style: NumberStyle) -> bytes:
    """A spreadsheet as LibreOffice writes it (hidden parts and percentages included)."""
    from odf.opendocument import OpenDocumentSpreadsheet

    document = OpenDocumentSpreadsheet()
    for draft in drafts:
        document.spreadsheet.addElement(_ods_table(draft, style))
    buffer = io.BytesIO()
    document.write(buffer)
    return buffer.getvalue()


def _ods_table(draft: Draft, style: NumberStyle) -> Any:
    from odf.table import Table, TableColumn, TableRow

    table, width = Table(name=draft.name), max(map(len, draft.rows), default=0)
    for c in range(width):
        table.addElement(TableColumn(**_visibility(c in draft.hidden_columns)))
    for r in range(len(draft.rows)):
        row = TableRow(**_visibility(r in draft.hidden_rows))
        for c in range(width):
            row.addElement(_ods_cell(draft, style, r, c))
        table.addElement(row)
    return table


def _visibility(hidden: bool) -> dict[str, str]:
    return {"visibility": "collapse"} if hidden else {}


def _ods_cell(draft: Draft, style: NumberStyle, r: int, c: int) -> Any:
    from odf.table import CoveredTableCell, TableCell
    from odf.text import P

    span = next((m for m in draft.merged if m[0] <= r <= m[2] and m[1] <= c <= m[3]), None)
    if span and span[:2] != (r, c):
        return CoveredTableCell()
    extra: dict[str, Any] = {}
    if span:
        extra = {"numberrowsspanned": span[2] - r + 1, "numbercolumnsspanned": span[3] - c + 1}
    value = draft.rows[r][c] if c < len(draft.rows[r]) else None
    if value is None:
        return TableCell(**extra)
    if isinstance(value, str) or (style.as_text and isinstance(value, int)):
        shown = value if isinstance(value, str) else style.text(value)
        cell = TableCell(valuetype="string", **extra)
    else:
        shown = str(value)
        kind = "percentage" if (r, c) in draft.percent else "float"
        cell = TableCell(valuetype=kind, value=shown, **extra)
    for part in shown.split("\n"):
        cell.addElement(P(text=part))
    return cell


def to_text(draft: Draft, style: NumberStyle, *, delimiter: str, encoding: str) -> bytes:
    """A text file as programs export it; only the first sheet."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n")
    width = max(map(len, draft.rows), default=0)
    for r, line in enumerate(draft.rows):
        cells = [_typed(v, style, percent=(r, c) in draft.percent) for c, v in enumerate(line)]
        writer.writerow(cells + [""] * (width - len(cells)))
    return buffer.getvalue().encode(encoding, errors="replace")


def _typed(value: Cell, style: NumberStyle, *, percent: bool) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    if percent:
        return f"{value * 100:.1f}".replace(".", style.decimal) + " %"
    if isinstance(value, float):
        return str(value).replace(".", style.decimal)
    return style.text(value)
