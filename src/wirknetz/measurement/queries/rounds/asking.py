"""What a round asks of whom, and what it may ask."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from wirknetz.core.values import Period, PeriodKind
from wirknetz.measurement.models import Entry, Expectation, Measure, Round, RoundMeasure
from wirknetz.network.models import Membership, Organisation

Pair = tuple[int, int]
"""Organisation and measure, by number."""


@dataclass(frozen=True, slots=True)
class DimensionChoice:
    """A dimension a measure may be broken down by, and whether this round asks for it."""

    id: int
    code: str
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class MeasureChoice:
    """A measure that a round may ask for."""

    id: int
    name: str
    level: str
    unit: str
    asked: bool
    reported: bool
    retired: bool
    dimensions: tuple[DimensionChoice, ...]


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """Whether an organisation is asked for a measure; reported ones cannot be taken away."""

    measure_id: int
    measure: str
    asked: bool
    reported: bool


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One organisation."""

    organisation_id: int
    name: str
    cells: tuple[MatrixCell, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Who reports what."""

    measures: tuple[tuple[int, str], ...]
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True, slots=True)
class RoundProposal:
    """What the next round most likely is."""

    period: Period
    opens_on: dt.date
    due_on: dt.date
    closes_on: dt.date
    like: Round | None


def expected_pairs(one: Round) -> frozenset[Pair]:
    """Which organisation is asked for which measure. One query."""
    found = Expectation.objects.filter(round=one)
    return frozenset(found.values_list("organisation_id", "measure_id"))


def reported_pairs(one: Round) -> frozenset[Pair]:
    """Which organisation has said anything about which measure in this round. One query."""
    found = Entry.objects.filter(submission__round=one)
    return frozenset(found.values_list("organisation_id", "measure_id").distinct())


def measure_choices(one: Round) -> tuple[MeasureChoice, ...]:
    """Every measure this round asks for or may ask for. Four queries."""
    grains = dict(RoundMeasure.objects.filter(round=one).values_list("measure_id", "grain"))
    reported = {measure_id for _, measure_id in reported_pairs(one)}
    offered = Q(retired_on__isnull=True) | Q(pk__in=grains)
    found = Measure.objects.filter(offered, network_id=one.network_id)
    return tuple(
        MeasureChoice(
            id=m.pk,
            name=m.name,
            level=str(m.get_level_display()),
            unit=m.unit,
            asked=m.pk in grains,
            reported=m.pk in reported,
            retired=m.retired_on is not None,
            dimensions=_dimension_choices(m, grains.get(m.pk, "").split(",")),
        )
        for m in found.prefetch_related("dimensions")
    )


def _dimension_choices(one: Measure, chosen: list[str]) -> tuple[DimensionChoice, ...]:
    return tuple(
        DimensionChoice(d.pk, d.code, d.name, d.code in chosen)
        for d in one.dimensions.all()
        if d.code in chosen or not d.retired
    )


def matrix(one: Round) -> Matrix:
    """Who reports what: every member by every measure of the round. Four queries."""
    pairs, reported = expected_pairs(one), reported_pairs(one)
    measures = tuple(
        one.asked.order_by("measure__position", "measure__code").values_list(
            "measure_id", "measure__name"
        )
    )
    offered = Organisation.objects.filter(
        Q(pk__in=member_ids(one.network_id)) | Q(pk__in={o for o, _ in pairs})
    )
    rows = tuple(
        MatrixRow(
            o.pk,
            o.name,
            tuple(
                MatrixCell(m, name, (o.pk, m) in pairs, (o.pk, m) in reported)
                for m, name in measures
            ),
        )
        for o in offered.order_by("name").distinct()
    )
    return Matrix(measures, rows)


def member_ids(network_id: int) -> list[int]:
    """The organisations that are members now. One query."""
    members = Membership.objects.filter(network_id=network_id, stage=Membership.Stage.MEMBER)
    return list(members.values_list("organisation_id", flat=True))


def last_round(network_id: int, kind: PeriodKind | None = None) -> Round | None:
    """The round of the latest period, of this kind of period if one is given. One query."""
    found = Round.objects.filter(network_id=network_id).order_by("-period_ordinal", "-id")
    fitting = (r for r in found if kind is None or r.period.kind is kind)
    return next(fitting, None)


def proposal(network_id: int, today: dt.date) -> RoundProposal:
    """The next round: the period after the last one, else the last quarter that is over.

    Opens on the day after the period (today, if that is past), due three weeks later, closes
    two weeks after that.
    """
    last = last_round(network_id)
    period = (
        last.period.shift(1) if last else Period.containing(PeriodKind.QUARTER, today).shift(-1)
    )
    opens = max(today, period.end + dt.timedelta(days=1))
    due = opens + dt.timedelta(weeks=3)
    return RoundProposal(period, opens, due, due + dt.timedelta(weeks=2), last)


def clashes(one: Round, pairs: Iterable[Pair]) -> tuple[tuple[str, str, str], ...]:
    """Who would report the same thing twice: organisation, measure and the other round.

    Rounds whose periods overlap must not ask the same organisation for the same measure.
    """
    wanted = frozenset(pairs)
    others = [r.pk for r in overlapping(one.network_id, one.period) if r.pk != one.pk]
    if not others or not wanted:
        return ()
    found = Expectation.objects.filter(
        round__in=others, organisation_id__in={o for o, _ in wanted}
    ).values_list(
        "organisation_id", "measure_id", "organisation__name", "measure__name", "round__title"
    )
    return tuple((name, measure, title) for o, m, name, measure, title in found if (o, m) in wanted)


def overlapping(network_id: int, period: Period) -> list[Round]:
    """The rounds whose period shares a month with this one. One query."""
    end = period.ordinal + period.kind.months
    near = Round.objects.filter(network_id=network_id, period_ordinal__lt=end)
    return [r for r in near if r.period_ordinal + r.period.kind.months > period.ordinal]
