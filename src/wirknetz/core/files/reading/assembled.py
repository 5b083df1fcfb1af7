"""Values and what was seen beside them, put together to pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from wirknetz.core.files.grid import (
    FlawCode,
    GridCell,
    Note,
    NoteCode,
    NotReadable,
    Page,
    column_name,
)
from wirknetz.core.files.reading.scanned import Place, Scan
from wirknetz.core.files.reading.values import Contents

Row = list[tuple[int, GridCell]]
_SHEET: Final = SheetTypeEnum.WorkSheet
_MOST_COVERED: Final = 2_000_000


@dataclass(frozen=True, slots=True)
class Read:
    """The pages of a book and what is to be said about them."""

    pages: tuple[Page, ...]
    notes: tuple[Note, ...]


def assemble(workbook: CalamineWorkbook, scans: Mapping[str, Scan], *, most: int) -> Read:
    """All pages of the workbook; sheets without a scan are left out with a note."""
    pages, notes, contents = list[Page](), list[Note](), Contents()
    for place, about in enumerate(workbook.sheets_metadata):
        scan = scans.get(about.name)
        if scan is not None and scan.outside:
            continue
        if about.typ != _SHEET or scan is None:
            notes.append(Note(NoteCode.OTHER_SHEET, {"page": about.name}))
        elif len(pages) >= most:
            notes.append(_cut(scan, 0))
        else:
            hidden = about.visible != SheetVisibleEnum.Visible
            sheet = workbook.get_sheet_by_index(place)
            pages.append(_page(sheet, scan, contents, notes, hidden=hidden))
    return Read(tuple(pages), tuple(notes))


def filled(sheet: CalamineSheet, contents: Contents) -> Iterator[tuple[int, Row]]:
    """What stands where, row by row; rows without content are left out."""
    if sheet.start is None or sheet.end is None:
        return
    left, last, number = sheet.start[1], sheet.end[0], -1
    cell = contents.cell
    for number, raws in enumerate(sheet.iter_rows()):  # from the first row, but only from `left`
        row = [(at, made) for at, raw in enumerate(raws, left) if raw != "" and (made := cell(raw))]
        if row:
            yield number, row
    if number != last:  # rows were not counted as we thought
        raise NotReadable(FlawCode.DAMAGED)


def seen_by_both(scan: Scan, number: int, row: Row) -> None:
    """Refuse a file of which two readers have two opinions: no number would be safe."""
    seen = scan.seen.get(number, 0)
    if any(not seen >> column & 1 for column, _ in row):
        raise NotReadable(FlawCode.DAMAGED)


def _page(
    sheet: CalamineSheet, scan: Scan, contents: Contents, notes: list[Note], *, hidden: bool
) -> Page:
    cells = dict[Place, GridCell]()
    for number, row in filled(sheet, contents):
        seen_by_both(scan, number, row)
        cells.update({(number, column): cell for column, cell in row})
    _mark(cells, scan)
    _uncover(cells, scan)
    notes.extend(_said(scan, cells, hidden=hidden))
    return Page(
        scan.name,
        cells,
        tuple(scan.merged),
        frozenset(scan.hidden_rows),
        frozenset(scan.hidden_columns),
        hidden,
        scan.rows,
        scan.columns,
    )


def _mark(cells: dict[Place, GridCell], scan: Scan) -> None:
    """What is calculated, what is a percentage, and where an error stands."""
    for place, text in scan.errors.items():
        if place[0] in scan.seen:
            cells[place] = GridCell(text or "#?", formula=False)
    for place in (scan.formulas | scan.percent) & cells.keys():
        content = cells[place].content
        percent = place in scan.percent and isinstance(content, Decimal)
        cells[place] = GridCell(content, percent, place in scan.formulas)


def _uncover(cells: dict[Place, GridCell], scan: Scan) -> None:
    """Take out what lies unseen under a merged cell."""
    left = _MOST_COVERED
    for area in scan.merged:
        bottom, right = min(area.bottom, scan.rows - 1), min(area.right, scan.columns - 1)
        left -= max(0, bottom - area.top + 1) * max(0, right - area.left + 1)
        if left < 0:
            raise NotReadable(FlawCode.DAMAGED)
        for row in range(area.top, bottom + 1):
            for column in range(area.left, right + 1):
                if (row, column) != (area.top, area.left):
                    cells.pop((row, column), None)


def _said(scan: Scan, cells: Mapping[Place, GridCell], *, hidden: bool) -> Iterator[Note]:
    if hidden:
        yield Note(NoteCode.HIDDEN_SHEET, {"page": scan.name})
    if scan.filtered and scan.hidden_rows:
        yield Note(NoteCode.FILTERED, {"page": scan.name})
    if scan.kept_rows is not None:
        yield _cut(scan, scan.kept_rows)
    errors = sorted(place for place in scan.errors if place in cells)
    if errors:
        first = errors[0]
        yield Note(NoteCode.ERROR_VALUE, _where(scan, errors) | {"text": cells[first].text})
    empty = sorted(
        place
        for place in scan.formulas - scan.empty_results
        if place not in cells and (scan.kept_rows is None or place[0] < scan.kept_rows)
    )
    if empty:
        yield Note(NoteCode.FORMULA_WITHOUT_VALUE, _where(scan, empty))


def _where(scan: Scan, places: list[Place]) -> dict[str, str]:
    row, column = places[0]
    place = f"{column_name(column)}{row + 1}"
    return {"page": scan.name, "place": place, "count": str(len(places))}


def _cut(scan: Scan, kept_rows: int) -> Note:
    return Note(
        NoteCode.CUT,
        {
            "page": scan.name,
            "rows": str(scan.rows),
            "columns": str(scan.columns),
            "kept_rows": str(kept_rows),
            "kept_columns": str(scan.columns),
        },
    )
