"""Every number with the labels that speak of it, the nearest last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from wirknetz.core.files.recognition.geometry.filling import Fill, is_blank
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
    """A number and its labels: those of its row and of its column, outer first.

    ``loose``: a label of its row stands above an empty row, or the column beside it has no
    heading, so that its own might be meant for both. ``over_bare``: the row below has no label.
    """

    token: Token
    table: Table
    by_row: tuple[Link, ...]
    by_column: tuple[Link, ...]
    sections: tuple[Link, ...] = ()
    titles: tuple[Link, ...] = ()
    loose: bool = False
    over_bare: bool = False

    @property
    def links(self) -> Iterator[Link]:
        """All of them, outer first."""
        yield from self.titles
        yield from self.sections
        yield from self.by_column
        yield from self.by_row


def spots_of(tables: Iterable[Table]) -> Iterator[tuple[Table, list[Spot]]]:
    """All numbers of a sheet's tables, row by row."""
    fills: dict[int, Fill] = {}
    for table in tables:
        fill = Fill.of(table, fills.get(id(table.above)))
        fills[id(table)] = fill
        yield table, list(_Reader.of(table, fill).spots())


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the rows of one table."""

    table: Table
    fill: Fill
    heads: Mapping[int, tuple[Link, ...]]
    stubs: Mapping[int, Token]
    titles: tuple[Link, ...]
    second: frozenset[int]
    shared: frozenset[int]
    mirrored: bool

    @classmethod
    def of(cls, table: Table, fill: Fill) -> _Reader:
        """Look at headings and titles once."""
        heads = heads_over(table.heads, table.columns.values, table.sheet)
        stubs = stubs_over(table.heads, table.columns.labels)
        links = {
            column: tuple(Link(Side.COLUMN, token, level) for level, token in found)
            for column, found in heads.items()
        }
        titles = tuple(_titles(table, stubs))
        values, labels = table.columns.values, table.columns.labels
        mirrored = bool(values and labels) and values[0] < labels[0]
        return cls(
            table, fill, links, stubs, titles, _second_stubs(table), _shared(table, links), mirrored
        )

    def spots(self) -> Iterator[Spot]:
        """All numbers with their labels."""
        for row, after in zip(self.table.body, (*self.table.body[1:], None), strict=True):
            filled, carried = self.fill.row(row)
            bare = self._is_bare(after)
            sections = tuple(Link(Side.SECTION, token) for token in row.sections)
            for token, labels in self._labelled(row, filled):
                links = tuple(Link(Side.ROW, t, t.column, self.stubs.get(t.column)) for t in labels)
                heads = self.heads.get(token.column, ())
                loose = carried or token.column in self.shared
                yield Spot(token, self.table, links, heads, sections, self.titles, loose, bare)

    def _is_bare(self, row: BodyRow | None) -> bool:
        """Whether a row has numbers and no label, so that the one above may be meant for it."""
        labels = self.table.columns.labels
        if row is None or not labels:
            return False
        return all(token.is_value or token.column not in labels for token in row.tokens)

    def _labelled(self, row: BodyRow, filled: list[Token]) -> list[tuple[Token, list[Token]]]:
        """Each number with its labels; where all labels stand right of the numbers, with those."""
        groups = list(self._groups(row, filled))
        if not self.mirrored:
            return groups
        right = [t for t in row.tokens if t.column in self.table.columns.labels]
        return [(token, labels or right) for token, labels in groups]

    def _groups(self, row: BodyRow, filled: list[Token]) -> Iterator[tuple[Token, list[Token]]]:
        """Each number of a row with the labels left of it, up to the numbers before those."""
        labels: list[Token] = []
        after_number = False
        for token in sorted((*filled, *row.tokens), key=lambda t: (t.column, t.row)):
            if token.column in self.table.columns.dropped:
                continue
            if self._is_value(token, row):
                after_number = True
                yield token, list(labels)
                continue
            if after_number and token.kind is Kind.LABEL:
                if not self._is_second(token.column):
                    continue
                labels, after_number = [], False
            if not is_blank(token):
                labels.append(token)

    def _is_second(self, column: int) -> bool:
        return column not in self.table.columns.labels or column in self.second

    def _is_value(self, token: Token, row: BodyRow) -> bool:
        if token.is_value:
            return token.column not in self.table.columns.labels or token.kind is Kind.PERCENT
        if token.column not in self.table.columns.values:
            return False
        return token.kind is Kind.EITHER or self._stands_for_number(token, row)

    def _stands_for_number(self, token: Token, row: BodyRow) -> bool:
        """A text nobody knows where a number belongs: "siehe Anlage"."""
        if token.said.meanings or not any(t.column < token.column for t in row.tokens):
            return False
        after = any(t.column > token.column and t.is_value for t in row.tokens)
        return token.column in self.heads or not after


def _titles(table: Table, stubs: Mapping[int, Token]) -> Iterator[Link]:
    """Titles, and a corner of the heading that names more than the column below it."""
    yield from (Link(Side.KEPT, token) for token in table.kept)
    yield from (Link(Side.TITLE, token) for token in table.titles)
    yield from (Link(Side.TITLE, t) for t in stubs.values() if t.said.meaning(Role.HEADING) is None)


def _shared(table: Table, heads: Mapping[int, tuple[Link, ...]]) -> frozenset[int]:
    """Columns whose heading may be meant for the one without a heading right of them, too."""
    values = table.columns.values
    return frozenset(c for c, after in pairwise(values) if heads.get(c) and not heads.get(after))


def _second_stubs(table: Table) -> frozenset[int]:
    """Columns of labels between numbers that name the numbers after them, and are no remarks."""
    labelled: Counter[int] = Counter()
    followed: Counter[int] = Counter()
    for row in table.body:
        last = max((t.column for t in row.tokens if t.is_value), default=-1)
        labelled.update({t.column for t in row.tokens if t.column in table.columns.labels})
        followed.update(c for c in table.columns.labels if c < last)
    return frozenset(c for c in labelled if followed[c] and 2 * labelled[c] >= followed[c])
