"""A list of rounds, and one round as a page shows it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q

from wirknetz.core.values import Period
from wirknetz.measurement.models import Expectation, Round, Submission
from wirknetz.measurement.queries.rounds.asking import Pair, expected_pairs
from wirknetz.measurement.rules.rounds import OUTSTANDING, RoundState, state_of
from wirknetz.network.models import Organisation


@dataclass(frozen=True, slots=True)
class RoundRow:
    """One round in the list; ``reported`` is submitted or approved."""

    id: int
    title: str
    period: Period
    state: RoundState
    opens_on: dt.date
    due_on: dt.date
    closes_on: dt.date
    organisations: int
    reported: int
    approved: int


@dataclass(frozen=True, slots=True)
class AskedMeasure:
    """A measure of a round, and what it is broken down by."""

    id: int
    code: str
    name: str
    unit: str
    dimensions: tuple[str, ...]
    organisations: int


@dataclass(frozen=True, slots=True)
class AskedOrganisation:
    """An organisation of a round; ``state`` is empty before the round opens."""

    id: int
    name: str
    measures: int
    state: str
    state_label: str


@dataclass(frozen=True, slots=True)
class RoundPage:
    """A round as one page shows it."""

    row: RoundRow
    note: str
    opened_at: dt.datetime | None
    closed_at: dt.datetime | None
    measures: tuple[AskedMeasure, ...]
    organisations: tuple[AskedOrganisation, ...]

    @property
    def missing(self) -> tuple[AskedOrganisation, ...]:
        """Who still has to report."""
        return tuple(o for o in self.organisations if o.state in {"", *OUTSTANDING})


def round_of(network_id: int, pk: int) -> Round | None:
    """A round of this network; None where it has no such round."""
    return Round.objects.filter(network_id=network_id, pk=pk).first()


def state(one: Round) -> RoundState:
    """Where the round is."""
    return state_of(opened_at=one.opened_at, closed_at=one.closed_at)


def rounds(network_id: int) -> tuple[RoundRow, ...]:
    """All rounds, the newest period first. Two queries."""
    found = list(Round.objects.filter(network_id=network_id))
    return rows_of(found)


def row_of(one: Round) -> RoundRow:
    """One round with how many reported. One or two queries."""
    return rows_of([one])[0]


def rows_of(found: list[Round]) -> tuple[RoundRow, ...]:
    """These rounds with how many reported. Two queries."""
    reported = Q(state__in=[Submission.State.SUBMITTED, Submission.State.APPROVED])
    counted = {
        round_id: (every, reported, approved)
        for round_id, every, reported, approved in Submission.objects.filter(round__in=found)
        .values_list("round_id")
        .annotate(
            every=Count("pk"),
            reported=Count("pk", filter=reported),
            approved=Count("pk", filter=Q(state=Submission.State.APPROVED)),
        )
    }
    planned = [r.pk for r in found if r.opened_at is None]
    asked = dict(
        Expectation.objects.filter(round__in=planned)
        .values_list("round_id")
        .annotate(Count("organisation_id", distinct=True))
    ) if planned else {}  # fmt: skip
    return tuple(_row(r, counted.get(r.pk, (asked.get(r.pk, 0), 0, 0))) for r in found)


def _row(one: Round, counted: tuple[int, int, int]) -> RoundRow:
    organisations, reported, approved = counted
    return RoundRow(
        id=one.pk,
        title=one.title,
        period=one.period,
        state=state(one),
        opens_on=one.opens_on,
        due_on=one.due_on,
        closes_on=one.closes_on,
        organisations=organisations,
        reported=reported,
        approved=approved,
    )


def round_page(network_id: int, pk: int) -> RoundPage | None:
    """Everything about one round; None where there is none. Seven queries."""
    one = round_of(network_id, pk)
    if one is None:
        return None
    pairs = expected_pairs(one)
    return RoundPage(
        row=rows_of([one])[0],
        note=one.note,
        opened_at=one.opened_at,
        closed_at=one.closed_at,
        measures=_asked_measures(one, pairs),
        organisations=_asked_organisations(one, pairs),
    )


def _asked_measures(one: Round, pairs: frozenset[Pair]) -> tuple[AskedMeasure, ...]:
    names = dict(one.network.dimensions.values_list("code", "name"))
    asked = one.asked.select_related("measure").order_by("measure__position", "measure__code")
    organisations: dict[int, int] = defaultdict(int)
    for _, measure_id in pairs:
        organisations[measure_id] += 1
    return tuple(
        AskedMeasure(
            id=a.measure_id,
            code=a.measure.code,
            name=a.measure.name,
            unit=a.measure.unit,
            dimensions=tuple(names.get(code, code) for code in a.grain.split(",") if code),
            organisations=organisations[a.measure_id],
        )
        for a in asked
    )


def _asked_organisations(one: Round, pairs: frozenset[Pair]) -> tuple[AskedOrganisation, ...]:
    submissions = {s.organisation_id: s for s in Submission.objects.filter(round=one)}
    measures: dict[int, int] = defaultdict(int)
    for organisation_id, _ in pairs:
        measures[organisation_id] += 1
    found = Organisation.objects.filter(pk__in={*measures, *submissions}).order_by("name")
    return tuple(
        AskedOrganisation(
            id=o.pk,
            name=o.name,
            measures=measures[o.pk],
            state=submissions[o.pk].state if o.pk in submissions else "",
            state_label=(str(submissions[o.pk].get_state_display()) if o.pk in submissions else ""),
        )
        for o in found
    )
