"""Every number with the labels that speak of it, the nearest last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum

from wirknetz.core.files.recognition.geometry.heads import heads_over, stubs_over
from wirknetz.core.files.recognition.geometry.tables import BodyRow, Table
from wirknetz.core.files.recognition.tokens import Kind, Token
from wirknetz.core.files.words import Role, Understood


class Side(Enum):
    """Where a label stands, seen from the number. The value says how near: the most counts."""

    KEPT = 1  # the title of an earlier table
    TITLE = 2
    SECTION = 3
    COLUMN = 4
    ROW = 5


@dataclass(frozen=True, slots=True, eq=False)
class Link:
    """A label that speaks of a number.

    ``level`` tells lines of headings and columns of labels apart; ``stub`` is what heads the
    column of labels.
    """

    side: Side
    token: Token
    level: int = 0
    stub: Token | None = None

    @property
    def said(self) -> Understood:
        """What the label says."""
        return self.token.said


@dataclass(frozen=True, slots=True, eq=False)
class Spot:
    """A number and its labels: those of its row and of its column, outer first."""

    token: Token
    table: Table
    by_row: tuple[Link, ...]
    by_column: tuple[Link, ...]
    sections: tuple[Link, ...] = ()
    titles: tuple[Link, ...] = ()

    @property
    def links(self) -> Iterator[Link]:
        """All of them, outer first."""
        yield from self.titles
        yield from self.sections
        yield from self.by_column
        yield from self.by_row


@dataclass(slots=True)
class _Fill:
    """Labels of the rows above, for those that leave repeated labels blank."""

    columns: Sequence[int]
    bottoms: dict[int, int] = field(default_factory=dict)
    held: dict[int, Token] = field(default_factory=dict)


def spots_of(table: Table) -> Iterator[Spot]:
    """All numbers of a table, row by row."""
    heads = heads_over(table.heads, table.columns.values, table.sheet)
    stubs = stubs_over(table.heads, table.columns.labels)
    columns = {
        column: tuple(Link(Side.COLUMN, token, level) for level, token in found)
        for column, found in heads.items()
    }
    titles = _titles(table, stubs)
    fill = _Fill(table.columns.labels)
    section: tuple[Token, ...] = ()
    for row in table.body:
        if row.sections != section:
            fill, section = _Fill(table.columns.labels), row.sections
        groups = list(_groups(row, table, fill))
        sections = tuple(Link(Side.SECTION, token) for token in row.sections)
        for token, labels in groups:
            links = tuple(Link(Side.ROW, t, t.column, stubs.get(t.column)) for t in labels)
            yield Spot(token, table, links, columns.get(token.column, ()), sections, titles)


def _titles(table: Table, stubs: dict[int, Token]) -> tuple[Link, ...]:
    """Titles, and a corner of the heading that names more than the column below it."""
    corner = [t for t in stubs.values() if t.said.meaning(Role.HEADING) is None]
    kept = [Link(Side.KEPT, token) for token in table.kept]
    return (*kept, *(Link(Side.TITLE, token) for token in (*table.titles, *corner)))


def _groups(row: BodyRow, table: Table, fill: _Fill) -> Iterator[tuple[Token, list[Token]]]:
    """Each number of a row with the labels left of it, up to the numbers before those."""
    labels: list[Token] = []
    after_number = False
    filled = _filled(row, table, fill)
    for token in sorted((*filled, *row.tokens), key=lambda t: (t.column, t.row)):
        if token.column in table.columns.dropped:
            continue
        if _is_value(token, table, row):
            after_number = True
            yield token, list(labels)
            continue
        if after_number and token.kind is Kind.LABEL:
            if not _is_second_stub(token.column, table):
                continue
            labels, after_number = [], False
        if not _is_blank(token):
            labels.append(token)


def _is_value(token: Token, table: Table, row: BodyRow) -> bool:
    if token.is_value:
        return token.column not in table.columns.labels or token.kind is Kind.PERCENT
    if token.column not in table.columns.values:
        return False
    return token.kind is Kind.EITHER or _stands_for_number(token, row)


def _stands_for_number(token: Token, row: BodyRow) -> bool:
    """A text nobody knows at the end of a labelled row: "siehe Anlage"."""
    before = any(t.column < token.column for t in row.tokens)
    after = any(t.column > token.column and t.is_value for t in row.tokens)
    return before and not after and not token.said.meanings


def _is_second_stub(column: int, table: Table) -> bool:
    """Whether labels between numbers name the numbers after them, and are no remarks."""
    if column not in table.columns.labels:
        return True
    labelled = sum(any(t.column == column for t in row.tokens) for row in table.body)
    followed = [
        row for row in table.body if any(t.column > column and t.is_value for t in row.tokens)
    ]
    return bool(followed) and 2 * labelled >= len(followed)


def _filled(row: BodyRow, table: Table, fill: _Fill) -> list[Token]:
    """Labels that stand above and hold on: only left of a label of the row's own."""
    own = {t.column for t in row.tokens if t.column in fill.columns and not _is_blank(t)}
    found = []
    for group in _stub_groups(table):
        first = min((c for c in group if c in own), default=-1)
        for column in group:
            held = fill.held.get(column)
            bottom = fill.bottoms.get(column, row.row)
            if column < first and held is not None and bottom >= row.row:
                found.append(held)
    _hold(row, table, fill, own)
    return found


def _stub_groups(table: Table) -> list[list[int]]:
    """Columns of labels without numbers between them."""
    groups: list[list[int]] = [[]]
    for column in sorted((*table.columns.labels, *table.columns.values)):
        if column in table.columns.labels:
            groups[-1].append(column)
        elif groups[-1]:
            groups.append([])
    return [group for group in groups if group]


def _hold(row: BodyRow, table: Table, fill: _Fill, own: set[int]) -> None:
    for token in row.tokens:
        if token.column not in own:
            continue
        for column in [c for c in fill.held if c >= token.column]:
            fill.held.pop(column)
            fill.bottoms.pop(column, None)
        fill.held[token.column] = token
        reach = table.sheet.reach(token)
        if reach.bottom > reach.top:
            fill.bottoms[token.column] = reach.bottom


def _is_blank(token: Token) -> bool:
    """A dash among labels stands for nothing."""
    return token.read.doubt == "dash" and not token.said.meanings
