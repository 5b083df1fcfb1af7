"""Numbers without a measure among numbers that have one: sums, or rows whose label is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from wirknetz.core.files.recognition.geometry.tables import Table
from wirknetz.core.files.recognition.joining.claims import Claim, When
from wirknetz.core.files.recognition.model import AsideCode, Choice, QuestionCode
from wirknetz.core.files.recognition.said import ROW_KEY
from wirknetz.core.files.recognition.work import Work
from wirknetz.core.files.words import Role


@dataclass(frozen=True, slots=True)
class Orphans:
    """Looks at the rows of all tables."""

    work: Work

    def ask(self) -> None:
        """One question per row that cannot be told."""
        by_table: dict[int, list[Claim]] = {}
        for claim in self.work.claims:
            by_table.setdefault(id(claim.spot.table), []).append(claim)
        for claims in by_table.values():
            rows = list(_rows(claims))
            measures = self._measures(claims[0].spot.table, by_table) if rows else []
            for row in rows if measures else ():
                self._look(row, claims, measures)

    @staticmethod
    def _measures(table: Table | None, by_table: dict[int, list[Claim]]) -> list[str]:
        """The measures of a table, or of the nearest one above it that has some."""
        found: dict[str, None] = {}
        while table is not None and not found:
            found = {c.measure: None for c in by_table.get(id(table), ()) if c.measure}
            table = table.above
        return list(found)

    def _look(self, row: Sequence[Claim], claims: Sequence[Claim], measures: Sequence[str]) -> None:
        if _adds_up(row, claims):
            for claim in row:
                self.work.desk.aside(AsideCode.SUM_AGREES, claim.address)
            return
        first = row[0]
        labels = [link.token for link in first.spot.by_row]
        choices = [self._choice(code) for code in measures]
        self.work.desk.ask(
            QuestionCode.LABEL,
            f"{ROW_KEY}{first.spot.table.sheet.key}!{first.address.row + 1}",
            [*(t.address(first.address.page) for t in labels[-1:]), *(c.address for c in row)],
            (*choices, Choice("ignore")),
            params={"text": " ".join(token.text for token in labels)},
        )

    def _choice(self, code: str) -> Choice:
        name = self.work.questionnaire.measure(code).name
        return Choice(f"{Role.MEASURE.value}:{code}", {"name": name})


def _rows(claims: Sequence[Claim]) -> Iterator[list[Claim]]:
    rows: dict[int, list[Claim]] = {}
    for claim in claims:
        if _is_orphan(claim):
            rows.setdefault(claim.address.row, []).append(claim)
    yield from rows.values()


def _is_orphan(claim: Claim) -> bool:
    known = not claim.unknown and not claim.strange and not claim.sums
    labelled = bool(claim.parts) or not claim.spot.by_row
    amount = claim.spot.token.amount
    now = claim.timing.when in (When.THIS, When.WITHIN) and claim.aside is None
    return known and labelled and now and not claim.options and bool(amount)


def _adds_up(row: Sequence[Claim], claims: Sequence[Claim]) -> bool:
    """Whether every number of a row is the sum of those above it."""
    return all(_is_sum(claim, claims) for claim in row)


def _is_sum(claim: Claim, claims: Sequence[Claim]) -> bool:
    above = [
        other.spot.token.amount
        for other in claims
        if other.address.column == claim.address.column
        and other.address.row < claim.address.row
        and other.spot.token.amount is not None
    ]
    return len(above) > 1 and sum(above, Decimal(0)) == claim.spot.token.amount
