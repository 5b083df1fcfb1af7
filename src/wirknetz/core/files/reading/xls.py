"""XLS."""

from __future__ import annotations

import io

from python_calamine import load_workbook

from wirknetz.core.files.reading.limits import Limits
from wirknetz.core.files.reading.scanned import Looked, Scan


def look(content: bytes, limits: Limits) -> Looked:
    """Look at the sheets of an XLS file."""
    workbook = load_workbook(io.BytesIO(content))
    scans = dict[str, Scan]()
    for number, name in enumerate(workbook.sheet_names[: limits.pages]):
        sheet = workbook.get_sheet_by_index(number)
        scan = scans[name] = Scan(name)
        for row, values in enumerate(sheet.iter_rows(), (sheet.start or (0, 0))[0]):
            for column, value in enumerate(values, (sheet.start or (0, 0))[1]):
                if value != "":
                    scan.add(row, column)
    return Looked(content, scans, ())
