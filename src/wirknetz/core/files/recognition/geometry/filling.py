"""Repeated labels left blank: a label holds on for the rows below that say less than it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from wirknetz.core.files.recognition.geometry.tables import BodyRow, Table
from wirknetz.core.files.recognition.tokens import Token


@dataclass(slots=True)
class Fill:
    """The labels that hold on, by column.

    A label holds only for rows that leave its column blank and have a label of their own
    further right: a row without any label may be a sum. Merged labels hold for their cells.
    """

    table: Table
    groups: Sequence[Sequence[int]]
    held: dict[int, Token] = field(default_factory=dict)
    bottoms: dict[int, int] = field(default_factory=dict)
    carried: set[int] = field(default_factory=set)
    sections: tuple[Token, ...] = ()

    @classmethod
    def of(cls, table: Table, above: Fill | None) -> Fill:
        """Begin a table; one that goes on below an empty row goes on with its labels, too."""
        fill = cls(table, _stub_groups(table))
        if above is not None and above.table.columns.labels == table.columns.labels:
            fill.held = dict(above.held)
            fill.bottoms = dict(above.bottoms)
            fill.carried = set(above.held)
        return fill

    def row(self, row: BodyRow) -> tuple[list[Token], bool]:
        """The labels that hold for a row, and whether one of them stands above an empty row."""
        if row.sections != self.sections:
            self.held.clear()
            self.sections = row.sections
        own = {t.column for t in row.tokens if t.column in self._columns and not is_blank(t)}
        found = [token for group in self.groups for token in self._left_of(group, own, row.row)]
        carried = any(token.column in self.carried for token in found)
        for token in row.tokens:
            if token.column in own:
                self._hold(token)
        return found, carried

    @property
    def _columns(self) -> tuple[int, ...]:
        return self.table.columns.labels

    def _left_of(self, group: Sequence[int], own: set[int], row: int) -> list[Token]:
        first = min((c for c in group if c in own), default=-1)
        return [
            self.held[c]
            for c in group
            if c < first and c in self.held and self.bottoms.get(c, row) >= row
        ]

    def _hold(self, token: Token) -> None:
        for column in [c for c in self.held if c >= token.column]:
            self.held.pop(column)
            self.bottoms.pop(column, None)
            self.carried.discard(column)
        self.held[token.column] = token
        reach = self.table.sheet.reach(token)
        if reach.bottom > reach.top:
            self.bottoms[token.column] = reach.bottom


def is_blank(token: Token) -> bool:
    """A dash among labels stands for nothing."""
    return token.read.doubt == "dash" and not token.said.meanings


def _stub_groups(table: Table) -> list[list[int]]:
    """Columns of labels without numbers between them."""
    groups: list[list[int]] = [[]]
    for column in sorted((*table.columns.labels, *table.columns.values)):
        if column in table.columns.labels:
            groups[-1].append(column)
        elif groups[-1]:
            groups.append([])
    return [group for group in groups if group]
