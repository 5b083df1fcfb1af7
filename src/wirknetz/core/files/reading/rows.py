"""All rows of a list, one after another, on the partner's own machine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from python_calamine import CalamineWorkbook, SheetVisibleEnum

from wirknetz.core.files.grid import Content, FileKind, FlawCode, NotReadable
from wirknetz.core.files.reading.assembled import filled, seen_by_both
from wirknetz.core.files.reading.door import (
    NoSuchPage,
    enough_memory,
    guarded,
    looked_at,
    refuse_size,
)
from wirknetz.core.files.reading.kinds import kind_of
from wirknetz.core.files.reading.limits import LISTS, Limits
from wirknetz.core.files.reading.scanned import Scan
from wirknetz.core.files.reading.text import PAGE_NAME, divided, readable, refuse_width
from wirknetz.core.files.reading.values import Contents, plain_text


@dataclass(frozen=True, slots=True)
class ListRow:
    """A row with content. ``number`` counts from 0, as in the file.

    ``hidden`` rows are not seen in the person's own program (hidden, or filtered away).
    ``without_value`` are columns with a formula that has no value in the file, so that
    nothing may be counted by them.
    """

    number: int
    values: tuple[Content | None, ...]
    hidden: bool = False
    without_value: tuple[int, ...] = ()


def iter_rows(path: Path, page: str | None = None, *, limits: Limits = LISTS) -> Iterator[ListRow]:
    """Every row with content of one page: the named one, or the first that is not hidden.

    As safe as :func:`~wirknetz.core.files.reading.read`, and as exact; values end with the last
    content of the row. Raises NotReadable, also between two rows; :class:`NoSuchPage`
    for a name that is not there.
    """
    refuse_size(path.stat().st_size, limits)
    content = path.read_bytes()
    with enough_memory(), guarded():
        kind = kind_of(content)
        if kind is FileKind.TEXT:
            yield from _text_rows(content, page, limits)
        else:
            yield from _sheet_rows(content, kind, page, limits)


def _text_rows(content: bytes, page: str | None, limits: Limits) -> Iterator[ListRow]:
    if page not in {None, PAGE_NAME}:
        raise NoSuchPage(page)
    text, _ = readable(content)
    for number, raws in enumerate(divided(text)):
        values = _ending([plain_text(raw) for raw in raws])
        refuse_width(len(values), limits)
        if values:
            yield ListRow(number, values)


def _sheet_rows(
    content: bytes, kind: FileKind | None, page: str | None, limits: Limits
) -> Iterator[ListRow]:
    _, looked = looked_at(content, kind, limits)
    number, scan = _chosen(looked.workbook, looked.scans, page)
    if scan.kept_rows is not None:
        raise NotReadable(FlawCode.TOO_MANY_CELLS, limit=str(limits.cells))
    unknown, errors = _without_value(scan), _errors(scan)
    for at, row in filled(looked.workbook.get_sheet_by_index(number), Contents()):
        seen_by_both(scan, at, row)
        found: dict[int, Content | None] = {column: cell.content for column, cell in row}
        found |= errors.get(at, {})
        values = _ending([found.get(column) for column in range(scan.columns)])
        missing = tuple(column for column in unknown.get(at, ()) if column not in found)
        yield ListRow(at, values, at in scan.hidden_rows, missing)


def _ending(values: list[Content | None]) -> tuple[Content | None, ...]:
    """The values up to the last one that is there."""
    while values and values[-1] is None:
        values.pop()
    return tuple(values)


def _without_value(scan: Scan) -> dict[int, list[int]]:
    found = dict[int, list[int]]()
    for row, column in sorted(scan.formulas - scan.empty_results):
        found.setdefault(row, []).append(column)
    return found


def _errors(scan: Scan) -> dict[int, dict[int, Content | None]]:
    found = dict[int, dict[int, Content | None]]()
    for (row, column), text in scan.errors.items():
        found.setdefault(row, {})[column] = text
    return found


def _chosen(
    workbook: CalamineWorkbook, scans: Mapping[str, Scan], page: str | None
) -> tuple[int, Scan]:
    """The page that is meant."""
    for number, about in enumerate(workbook.sheets_metadata):
        scan = scans.get(about.name)
        seen = about.visible == SheetVisibleEnum.Visible and scan is not None and scan.filled
        if scan is not None and (about.name == page or (page is None and seen)):
            return number, scan
    raise NotReadable(FlawCode.NO_CONTENT) if page is None else NoSuchPage(page)
