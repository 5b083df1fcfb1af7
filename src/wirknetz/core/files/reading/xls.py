"""XLS."""

from __future__ import annotations

import io

from python_calamine import load_workbook

from wirknetz.core.files.grid import GridCell, Page
from wirknetz.core.files.reading.assembled import Read, filled
from wirknetz.core.files.reading.limits import Limits
from wirknetz.core.files.reading.values import Contents


def read_xls(content: bytes, limits: Limits) -> Read:
    """The sheets of an XLS file."""
    workbook, contents = load_workbook(io.BytesIO(content)), Contents()
    pages = []
    for number, name in enumerate(workbook.sheet_names[: limits.pages]):
        sheet = workbook.get_sheet_by_index(number)
        cells = {(row, column): GridCell(value) for row, column, value in filled(sheet, contents)}
        pages.append(Page(name, cells, rows=sheet.total_height, columns=sheet.total_width))
    return Read(tuple(pages), ())
