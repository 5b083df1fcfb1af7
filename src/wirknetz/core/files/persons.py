"""Lists of persons: noticed before anything is kept, so that they never reach the server.

A table with one row per person shows itself by several weak signs together: names, birth
dates, numbers of cases or insurances, and beside them a gender or a day in every row. Each
sign has a weight; a page whose signs weigh :data:`ENOUGH` holds a list of persons. Counts by
age or month have one such sign at most.

The browser does the same before it sends (``persons.js``); ``persons.json`` holds the words of
both, and both are tested with the same cases.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from wirknetz.core.files.grid import Book, Content, Page, column_name
from wirknetz.core.files.persons_signs import Kind, Sign, heading_kind, is_day, sign_of

ENOUGH: Final = 3
CERTAIN: Final = 5
"""From this weight on a single row is enough."""
MOST_ROWS: Final = 2000
"""Rows looked at per page; a list of persons shows itself at once."""
_HEADING_ROWS: Final = 30
_FORM_ROWS: Final = 40
_CAP: Final = {Kind.NAME: 4}
_CONTACT: Final = frozenset({Kind.EMAIL, Kind.PHONE, Kind.ADDRESS})
_OWN: Final = frozenset({
    Kind.NAME, Kind.BIRTH_DATE, Kind.BIRTH_YEAR, Kind.INSURANCE, Kind.CASE_NUMBER,
})  # fmt: skip
_WHO: Final = frozenset({
    Kind.NAME, Kind.BIRTH_DATE, Kind.EMAIL, Kind.PHONE, Kind.INSURANCE, Kind.CASE_NUMBER,
})  # fmt: skip
"""Signs that point at somebody; a gender or a day alone does not."""


@dataclass(frozen=True, slots=True)
class PersonsColumn:
    """A column (or, in a form, a row) that speaks of persons.

    ``heading`` is empty where there is none: what stands there could itself be a name.
    """

    place: str
    heading: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class PersonsFound:
    """Where a file holds a list of persons: its page, the columns, how many rows."""

    page: str
    columns: tuple[PersonsColumn, ...]
    rows: int


def looks_like_persons(book: Book) -> PersonsFound | None:
    """The first page that holds a list of persons, hidden pages included; None if none does.

    Says which columns by place and heading, never by what stands in them.
    """
    return next(filter(None, map(_on_page, book)), None)


def _on_page(page: Page) -> PersonsFound | None:
    numbers = sorted({row for row, _column in page.cells})[:MOST_ROWS]
    last = numbers[-1] if numbers else -1
    lines: dict[int, dict[int, Content]] = {number: {} for number in numbers}
    for (row, column), cell in page.cells.items():
        if row <= last and _filled(cell.content):
            lines[row][column] = _plain(cell.content)
    found = _in_columns(lines, named=column_name, alone=True)
    if found is None and len(lines) <= _FORM_ROWS:
        found = _in_columns(_turned(lines), named=lambda row: str(row + 1), alone=False)
    return PersonsFound(page.name, *found) if found else None


def _filled(content: Content) -> bool:
    return not isinstance(content, str) or bool(content.strip())


def _plain(content: Content) -> Content:
    if isinstance(content, dt.datetime):
        return content.date()
    return unicodedata.normalize("NFC", content) if isinstance(content, str) else content


def _turned(lines: dict[int, dict[int, Content]]) -> dict[int, dict[int, Content]]:
    """Rows as columns: a form with the labels on the left is a table on its side."""
    turned: dict[int, dict[int, Content]] = {}
    for row, cells in lines.items():
        for column, content in cells.items():
            turned.setdefault(column, {})[row] = content
    return dict(sorted(turned.items()))


def _in_columns(
    lines: dict[int, dict[int, Content]], *, named: Callable[[int], str], alone: bool
) -> tuple[tuple[PersonsColumn, ...], int] | None:
    """Columns and number of rows; ``alone``: columns without a heading may speak, too."""
    head = _heading_row(lines)
    if head is None and not alone:
        return None
    below = [cells for row, cells in lines.items() if head is None or row > head]
    titles = lines[head] if head is not None else {}
    signs = list(_signs(below, titles, alone=alone))
    weight = _weight(signs, titles.values())
    who = {column for column, sign in signs if sign.kind in _WHO}
    rows = sum(1 for cells in below if who & cells.keys())
    if weight < ENOUGH or not who or (rows < 2 and weight < CERTAIN):
        return None
    columns = (
        PersonsColumn(named(column), _heading(titles.get(column)), sign.kind)
        for column, sign in signs
    )
    return tuple(columns), rows


def _heading_row(lines: dict[int, dict[int, Content]]) -> int | None:
    """The row with the most headings we know; the first of several, None without any."""
    best, most = None, 0
    for row in list(lines)[:_HEADING_ROWS]:
        contents = lines[row].values()
        words = all(isinstance(content, str) and not is_day(content) for content in contents)
        known = sum(1 for content in contents if heading_kind(content)) if words else 0
        if known > most:
            best, most = row, known
    return best


def _signs(
    below: Sequence[dict[int, Content]], titles: dict[int, Content], *, alone: bool
) -> Iterable[tuple[int, Sign]]:
    columns: dict[int, list[Content]] = {}
    for cells in below:
        for column, content in cells.items():
            columns.setdefault(column, []).append(content)
    for column in sorted(columns):
        heading = heading_kind(titles.get(column, ""))
        if sign := sign_of(columns[column], heading, by_content=alone):
            yield column, sign


def _weight(signs: Iterable[tuple[int, Sign]], titles: Iterable[Content]) -> int:
    """What all signs weigh together, each kind once; addresses of places weigh nothing."""
    best: Counter[Kind] = Counter()
    for _column, sign in signs:
        cap = _CAP.get(sign.kind, sign.weight)
        best[sign.kind] = max(best[sign.kind], min(cap, best[sign.kind] + sign.weight))
    places = any(heading_kind(title) == "thing" for title in titles)
    if places and not (best.keys() & _OWN):
        return sum(weight for kind, weight in best.items() if kind not in _CONTACT)
    return best.total()


def _heading(title: Content | None) -> str:
    return str(title).strip() if title is not None and heading_kind(title) else ""
