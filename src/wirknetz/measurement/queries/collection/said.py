"""What organisations said: current values, earlier ones, the history of one value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db.models import F, QuerySet

from wirknetz.core.values import Cell, Period, PeriodKind, State, Value
from wirknetz.foundation.models import User
from wirknetz.measurement.models import Cell as CellRow
from wirknetz.measurement.models import Entry, FindingAnswer, Submission
from wirknetz.measurement.queries.collection.sentences import value_words
from wirknetz.measurement.queries.collection.sources import origin_words

_cell = lru_cache(maxsize=4096)(Cell.parse)
_COLUMNS = (
    "id", "measure_id", "cell_id", "cell__key", "state", "amount", "n", "base", "counted_from",
    "recorded_at", "recorded_by_id", "reason", "source",
)  # fmt: skip
PERIODS_OF_HISTORY = 12


@dataclass(frozen=True, slots=True)
class Said:
    """One value an organisation says at the moment."""

    id: int
    measure_id: int
    cell_id: int
    cell: Cell
    value: Value
    base: bool
    counted: bool
    recorded_at: dt.datetime
    recorded_by: int | None
    reason: str
    source: Mapping[str, Any] | None = field(default=None, compare=False)

    @property
    def place(self) -> tuple[int, Cell]:
        """Measure and cell."""
        return self.measure_id, self.cell


Places = Mapping[tuple[int, Cell], Said]


@lru_cache(maxsize=4096)
def value_of(state: str, amount: Decimal | None, n: int | None) -> Value:
    """As the rooms pass it on; whole amounts without their stored decimals.

    Kept, because the same small numbers come thousands of times.
    """
    if amount is not None:
        amount = (
            amount.quantize(Decimal(1)) if amount == amount.to_integral() else amount.normalize()
        )
    return Value(State(state), amount, n)


def current(
    submission_id: int, measure_ids: Iterable[int] | None = None
) -> dict[tuple[int, Cell], Said]:
    """Everything the submission says now, by measure and cell. One query."""
    rows = Entry.objects.filter(submission_id=submission_id, superseded_at__isnull=True)
    if measure_ids is not None:
        rows = rows.filter(measure_id__in=list(measure_ids))
    return {said.place: said for said in map(_said, rows.values_list(*_COLUMNS))}


def by_number(submission_id: int, entry_ids: Iterable[int]) -> dict[int, Said]:
    """Values of this submission by number, superseded ones too. One query."""
    rows = Entry.objects.filter(submission_id=submission_id, id__in=list(entry_ids))
    return {said.id: said for said in map(_said, rows.values_list(*_COLUMNS))}


def names(user_ids: Iterable[int | None]) -> dict[int, str]:
    """Names of these users. One query, none where there is nobody."""
    wanted = [number for number in user_ids if number]
    return dict(User.objects.filter(id__in=wanted).values_list("id", "name")) if wanted else {}


def last_said(submission_id: int, measure_ids: Iterable[int]) -> dict[tuple[int, Cell], Said]:
    """The latest row of every place, withdrawn ones too. One query."""
    rows = Entry.objects.filter(submission_id=submission_id, measure_id__in=list(measure_ids))
    return {said.place: said for said in map(_said, rows.order_by("id").values_list(*_COLUMNS))}


def _said(row: tuple[Any, ...]) -> Said:
    pk, measure, cell_id, key, state, amount, n, base, counted, at, by, reason, source = row
    return Said(
        id=pk,
        measure_id=measure,
        cell_id=cell_id,
        cell=_cell(key),
        value=value_of(state, amount, n),
        base=base,
        counted=counted is not None,
        recorded_at=at,
        recorded_by=by,
        reason=reason,
        source=source,
    )


@dataclass(frozen=True, slots=True)
class Earlier:
    """One value of an earlier period that counts."""

    period: int
    value: Value


def earlier(
    *, organisation_id: int, measure_ids: Iterable[int], period: Period
) -> dict[tuple[int, Cell], tuple[Earlier, ...]]:
    """Values of the last twelve periods of the same kind, oldest first. Three queries.

    A month says nothing about a quarter. Thousands of rows: in the order of their index, and
    without a join to their few cells.
    """
    since = period.shift(-PERIODS_OF_HISTORY).ordinal
    rows = Entry.objects.filter(
        organisation_id=organisation_id,
        measure_id__in=list(measure_ids),
        period__lt=period.ordinal,
        period__gte=since,
        submission_id__in=_alike(organisation_id, period.kind, since),
        counted_from__isnull=False,
        counted_until__isnull=True,
    ).order_by("measure_id", "period")
    found: dict[tuple[int, int], list[Earlier]] = {}
    columns = ("measure_id", "cell_id", "period", "state", "amount", "n")
    for measure, cell, start, state, amount, n in rows.values_list(*columns):
        found.setdefault((measure, cell), []).append(Earlier(start, value_of(state, amount, n)))
    keys = dict(CellRow.objects.filter(id__in={c for _, c in found}).values_list("id", "key"))
    return {(m, _cell(keys[c])): tuple(values) for (m, c), values in found.items()}


def _alike(organisation_id: int, kind: PeriodKind, since: int) -> list[int]:
    """What the organisation was asked since then for periods of this kind. One query."""
    asked = Submission.objects.filter(
        organisation_id=organisation_id, round__period_ordinal__gte=since
    )
    codes = asked.values_list("pk", "round__period_code")
    return [pk for pk, code in codes if Period.parse(code).kind is kind]


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One row of the history of a value; ``withdrawn`` where nothing follows it."""

    value: Value
    recorded_at: dt.datetime
    recorded_by: str
    superseded_at: dt.datetime | None
    superseded_by: str
    withdrawn: bool
    counted_from: dt.datetime | None
    counted_until: dt.datetime | None
    revision: int
    reason: str
    source: Mapping[str, Any] | None = None

    @property
    def origin(self) -> str:
        """File, sheet and cell; for the own organisation only."""
        return origin_words(self.source)

    @property
    def words(self) -> str:
        """The amount or state in words."""
        return value_words(self.value) + (f" (n = {self.value.n})" if self.value.n else "")


def history(*, submission_id: int, measure_id: int, cell: Cell) -> tuple[HistoryRow, ...]:
    """Everything ever said at this place, latest first. One query."""
    rows = list(_history_rows(submission_id, measure_id, cell).order_by("-id"))
    starts = {row.recorded_at for row in rows}
    return tuple(_history_row(row, starts) for row in rows)


def _history_rows(submission_id: int, measure_id: int, cell: Cell) -> QuerySet[Entry]:
    return Entry.objects.filter(
        submission_id=submission_id, measure_id=measure_id, cell__key=cell.key
    ).annotate(who=F("recorded_by__name"), by_whom=F("superseded_by__name"))


def _history_row(row: Entry, starts: set[dt.datetime]) -> HistoryRow:
    return HistoryRow(
        value=value_of(row.state, row.amount, row.n),
        recorded_at=row.recorded_at,
        recorded_by=getattr(row, "who", "") or "",
        superseded_at=row.superseded_at,
        superseded_by=getattr(row, "by_whom", "") or "",
        withdrawn=row.superseded_at is not None and row.superseded_at not in starts,
        counted_from=row.counted_from,
        counted_until=row.counted_until,
        revision=row.revision,
        reason=row.reason,
        source=row.source,
    )


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """What was asked about a value and answered; until when, where it was changed."""

    question: str
    text: str
    at: dt.datetime
    by: str
    superseded_at: dt.datetime | None
    superseded_by: str


def answers(*, submission_id: int, measure_id: int, cell: Cell) -> tuple[AnswerRow, ...]:
    """Every answer ever given at this place, latest first. One query."""
    rows = FindingAnswer.objects.filter(
        submission_id=submission_id, measure_id=measure_id, cell=cell.key
    ).order_by("-id")
    columns = ("question", "text", "at", "by__name", "superseded_at", "superseded_by__name")
    return tuple(
        AnswerRow(question, text, at, by, until, by_whom or "")
        for question, text, at, by, until, by_whom in rows.values_list(*columns)
    )
