"""Indicators as series over the rounds, beside the viewer's own figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from wirknetz.core.measures import Accumulate, Definition, Direction, judge
from wirknetz.core.values import Missing, Period, PeriodKind, Row, Table
from wirknetz.measurement.models import Target
from wirknetz.measurement.queries.results.definitions import Defined, Version, defined
from wirknetz.measurement.queries.results.facts import Asked, Scope, evaluate, expected
from wirknetz.measurement.queries.results.figures import Figure, Gap, Result
from wirknetz.measurement.queries.results.held import Held, held, held_for
from wirknetz.measurement.queries.results.remembered import Stamp, remembered, stamp
from wirknetz.measurement.queries.results.rhythms import Collected, Rhythms, rhythms
from wirknetz.measurement.rules.results import Sight, may_see_figure, may_see_step
from wirknetz.network.models import Network, Organisation


@dataclass(frozen=True, slots=True)
class Ground:
    """What all figures of a page stand on: who looks, as of when, the rounds, what is held."""

    sight: Sight
    as_of: dt.datetime | None
    every: Rhythms | None
    known: Stamp | None
    held: tuple[Held, ...] = ()


def ground_of(network: Network, sight: Sight, as_of: dt.datetime | None) -> Ground:
    """What stands for the network, as this viewer may know it. Three queries."""
    if as_of is not None:
        return Ground(sight, as_of, rhythms(network.pk), None)
    return Ground(sight, None, rhythms(network.pk), stamp(), held(network.pk))


def overview(
    network: Network, sight: Sight, *, as_of: dt.datetime | None = None
) -> tuple[Result, ...]:
    """All indicators with their series. Queries grow with definitions, not with organisations."""
    return results_on(ground_of(network, sight, as_of), defined(network.pk))


def results_on(
    ground: Ground, indicators: Sequence[Defined], *, period: Period | None = None
) -> tuple[Result, ...]:
    """These indicators, each with its current figure: of ``period``, else the latest to be seen."""
    every = ground.every
    if every is None:
        return tuple(_result(d, (), None, "") for d in indicators)
    own_name = _own_name(ground.sight)
    read = [_read(ground, of, every.of(of.measure_ids)) for of in indicators]
    asked = expected(
        {version.row.pk: each.asked(version) for each in read for version in each.of.versions}
    )
    return tuple(_result(each.of, _figures(each, asked), period, own_name) for each in read)


Tables = Mapping[int, Table]
"""Result tables by the primary key of the version."""


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read for one indicator: by version for the network and for the viewer's own."""

    of: Defined
    rounds: Collected
    sight: Sight
    whole: Tables
    own: Tables
    own_now: Tables
    steps: Tables = field(default_factory=dict)
    own_steps: Tables = field(default_factory=dict)
    held: tuple[Held, ...] = ()

    def settled(self, version: Version, period: Period) -> bool:
        """Whether all rounds that go into the figure of this period are closed."""
        return all(p in self.rounds.closed for p in self.behind(version, period))

    def behind(self, version: Version, period: Period) -> tuple[int, ...]:
        """The periods (by their ordinal) that go into the figure of this one."""
        if version.definition.accumulate is Accumulate.PER_PERIOD:
            return (period.ordinal,)
        before = (p.ordinal for p in self.rounds.periods if p <= period)
        return tuple(p for p in before if self.of.at(p) == version)

    def held_from(self, version: Version, period: Period) -> int:
        """How many organisations changed this figure after closing, not yet for all to see."""
        summed = version.definition.accumulate is Accumulate.CUMULATIVE
        periods = self.behind(version, period) if summed else (period.ordinal,)
        rounds = {pk for p in periods for pk in self.rounds.rounds.get(p, ())}
        changed = (h for h in self.held if h.measures & version.measure_ids)
        return len({h.organisation for h in changed if h.round in rounds})

    def may_see_step(self, version: Version, period: Period) -> bool:
        """Whether the step from the total before does not tell single reports."""
        step = row_at(self.steps.get(version.row.pk), period)
        own = row_at(self.own_steps.get(version.row.pk), period)
        return may_see_step(
            self.sight, contributors=behind(step, version), own=behind(own, version)
        )

    def asked(self, version: Version) -> Asked:
        """The measures of a version, and the rounds of the periods it holds for."""
        return version.measure_ids, {
            ordinal: pks
            for ordinal, pks in self.rounds.rounds.items()
            if self.of.at(ordinal) == version
        }


def _read(ground: Ground, of: Defined, rounds: Collected) -> _Read:
    """One query for each version, two where the viewer has organisations of her own.

    Where she does not see everything, running totals are read step by step as well. Her
    own values are those of now; for what stands behind a figure they are those in it.
    Answers for the network as of now are remembered.
    """
    sight, kind = ground.sight, rounds.kind
    seen = held_for(sight, ground.held, of.measure_ids)
    periods = tuple(p.ordinal for p in rounds.periods)
    whole = Scope(periods, as_of=ground.as_of, rounds=rounds.only, held=seen)
    own = replace(whole, organisations=sight.own)
    mine = _tables(of, of.versions, own, kind, None) if sight.own else {}
    steps = () if sight.everything else _running(of)
    return _Read(
        of=of,
        rounds=rounds,
        sight=sight,
        whole=_tables(of, of.versions, whole, kind, ground.known),
        own=mine,
        own_now=_tables(of, of.versions, replace(own, held=()), kind, None)
        if mine and seen
        else mine,
        steps=_tables(of, steps, whole, kind, ground.known),
        own_steps=_tables(of, steps, own, kind, None) if sight.own else {},
        held=ground.held,
    )


def _running(of: Defined) -> tuple[Version, ...]:
    """The versions that are running totals, to be read period by period."""
    return tuple(
        replace(v, definition=replace(v.definition, accumulate=Accumulate.PER_PERIOD))
        for v in of.versions
        if v.definition.accumulate is Accumulate.CUMULATIVE
    )


def _tables(
    of: Defined, versions: Sequence[Version], scope: Scope, kind: PeriodKind, known: Stamp | None
) -> Tables:
    """Running totals begin anew with each definition."""
    return {
        version.row.pk: _table(
            version.definition,
            replace(scope, periods=_span(of, version, scope.periods)),
            kind,
            known,
        )
        for version in versions
    }


def _table(definition: Definition, scope: Scope, kind: PeriodKind, known: Stamp | None) -> Table:
    def work_out() -> Table:
        return evaluate(definition, scope, by=("period",), every=kind)

    return remembered(known, (definition, scope, kind), work_out)


def _span(of: Defined, version: Version, periods: tuple[int, ...]) -> tuple[int, ...]:
    if version.definition.accumulate is Accumulate.PER_PERIOD:
        return periods
    return tuple(p for p in periods if of.at(p) == version)


def _own_name(sight: Sight) -> str:
    if not sight.own:
        return ""
    names = Organisation.objects.filter(pk__in=sight.own).values_list("short_name", flat=True)
    return " + ".join(sorted(names))


def _figures(read: _Read, asked: Mapping[int, Mapping[int, int]]) -> tuple[Figure, ...]:
    """The series, each figure with how many organisations were asked for it."""
    return tuple(_figure(read, period, asked) for period in read.rounds.periods)


def _figure(read: _Read, period: Period, asked: Mapping[int, Mapping[int, int]]) -> Figure:
    of, version = read.of, read.of.at(period.ordinal)
    if version is None:
        return Figure(period, None, Gap.NOT_DEFINED)
    row = row_at(read.whole.get(version.row.pk), period)
    mine = row_at(read.own.get(version.row.pk), period)
    mine_now = row_at(read.own_now.get(version.row.pk), period)
    figure = Figure(
        period=period,
        value=None,
        gap=_gap(read, version, period, row, mine),
        organisations=row.organisations if row else 0,
        expected=asked[version.row.pk].get(period.ordinal),
        partial=row.partial if row else 0,
        persons_doubled=bool(row and row.persons_doubled),
        version=version.row.number,
        closed=period.ordinal in read.rounds.closed,
        own=mine_now.value if mine_now else None,
        incomplete=bool(row and row.gap),
        held=read.held_from(version, period),
        held_included=read.sight.everything,
    )
    if row and figure.gap is None:
        figure = replace(figure, value=row.value)
    return _judged(figure, version, of.targets.get(period.ordinal))


def _gap(
    read: _Read, version: Version, period: Period, row: Row | None, mine: Row | None
) -> Gap | None:
    """Why the viewer sees no value of this period; None if she sees one."""
    if not read.sight.everything and not read.settled(version, period):
        return Gap.RUNNING
    if row is None or (row.value is None and row.missing is not Missing.DIVISION_BY_ZERO):
        return Gap(row.missing.value) if row and row.missing else Gap.NOT_REPORTED
    enough = may_see_figure(
        read.sight, contributors=behind(row, version), own=behind(mine, version)
    )
    if not enough or not read.may_see_step(version, period):
        return Gap.TOO_FEW
    return Gap(row.missing.value) if row.missing else None  # a divisor of 0 is a figure too


def behind(row: Row | None, version: Version) -> int:
    """How many organisations stand behind all of it.

    Summands may come from different organisations: then only those with all of them count,
    so that no summand is a single organisation's.
    """
    if row is None:
        return 0
    formula = version.definition.formula
    summed = formula.additive and len(formula.names()) > 1
    return row.organisations - row.partial if summed else row.organisations


def _judged(figure: Figure, version: Version, target: Target | None) -> Figure:
    """The figure beside its target."""
    if target is None:
        return figure
    aim = trimmed(target.value * version.factor)
    tolerance = trimmed(target.tolerance * version.factor)
    state = judge(
        figure.value,
        target=aim,
        tolerance=tolerance,
        direction=version.definition.direction,
        baseline=scaled(version.row.baseline, version),
    )
    return replace(figure, target=aim, tolerance=tolerance, state=state)


def row_at(table: Table | None, period: Period) -> Row | None:
    """The row of this period, None where nobody reported."""
    if table is None:
        return None
    return next((row for row in table.rows if row.period == period.ordinal), None)


def trimmed(value: Decimal) -> Decimal:
    """Without zeros at the end: 45 instead of 45.0000."""
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize()


def scaled(value: Decimal | None, version: Version) -> Decimal | None:
    """From the unit of the formula to the unit shown."""
    return None if value is None else value * version.factor


def _result(
    of: Defined, figures: tuple[Figure, ...], period: Period | None, own_name: str
) -> Result:
    current = _current(figures, period)
    shown = of.at(current.period.ordinal) if current else None
    version = shown or (of.versions[-1] if of.versions else None)
    row = version.row if version else None
    return Result(
        pk=of.indicator.pk,
        code=of.indicator.code,
        name=of.indicator.name,
        goal=of.indicator.goal,
        unit="%" if row and row.percent else (row.unit if row else ""),
        decimals=row.decimals if row else 0,
        direction=version.definition.direction if version else Direction.KEEP,
        baseline=scaled(row.baseline, version) if row and version else None,
        baseline_note=row.baseline_note if row else "",
        versions=tuple(v.note() for v in of.versions),
        figures=figures,
        current=current,
        own_name=own_name,
    )


def _current(figures: tuple[Figure, ...], period: Period | None) -> Figure | None:
    """The figure asked for; else the latest closed one with a value; else the latest."""
    if period is not None:
        return next((f for f in figures if f.period == period), None)
    with_value = [f for f in figures if f.closed and f.value is not None]
    return with_value[-1] if with_value else (figures[-1] if figures else None)


def by_organisation(
    network: Network, code: str, *, as_of: dt.datetime | None = None
) -> tuple[tuple[str, tuple[Figure, ...]], ...]:
    """The series of every organisation, by name. For the coordinating office only."""
    found, every = defined(network.pk, code=code), rhythms(network.pk)
    if not found or every is None:
        return ()
    of, rounds = found[0], every.of(found[0].measure_ids)
    scope = Scope(tuple(p.ordinal for p in rounds.periods), as_of=as_of, rounds=rounds.only)
    cells = {
        (v.row.pk, row.organisation, row.period): row
        for v in of.versions
        for row in evaluate(v.definition, scope, by=("organisation", "period"), every=rounds.kind)
    }
    names = Organisation.objects.filter(pk__in={key[1] for key in cells}).values_list(
        "pk", "short_name"
    )
    return tuple(
        (
            name,
            tuple(
                _own_figure(of, cells, pk, p) for p in rounds.periods if p.ordinal in rounds.closed
            ),
        )
        for pk, name in sorted(names, key=lambda pair: pair[1].casefold())
    )


def _own_figure(
    of: Defined,
    cells: Mapping[tuple[int, int | str | None, int | None], Row],
    pk: int,
    period: Period,
) -> Figure:
    version = of.at(period.ordinal)
    if version is None:
        return Figure(period, None, Gap.NOT_DEFINED)
    row = cells.get((version.row.pk, pk, period.ordinal))
    gap = None if row and row.value is not None else Gap.NOT_REPORTED
    return Figure(period, row.value if row else None, gap, version=version.row.number)
