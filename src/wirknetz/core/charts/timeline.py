"""Which periods a line chart shows, and which of its points a line may join."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from wirknetz.core.charts.model import Break, LineChart, Mark, Point, Series, Target
from wirknetz.core.values import Period, PeriodKind

_MOST_FILLED: Final = 400  # beyond that, holes in time are not spelled out one by one


@dataclass(frozen=True, slots=True)
class Timeline:
    """All periods of a chart in order, and the kind that makes its slots.

    ``start`` and ``end`` are the month ordinals at which the axis begins and ends (exclusive).
    """

    kind: PeriodKind
    periods: tuple[Period, ...]
    start: int
    end: int


def after(period: Period) -> int:
    """Month ordinal just after the period."""
    return period.ordinal + period.kind.months


def middle(period: Period) -> float:
    """Month ordinal of its middle."""
    return period.ordinal + period.kind.months / 2


def timeline(chart: LineChart) -> Timeline:
    """The time of one chart: its points with the holes between them, and its targets."""
    return joint_timeline((chart,))


def joint_timeline(charts: tuple[LineChart, ...]) -> Timeline:
    """The time several charts share."""
    periods = {p.period for c in charts for s in c.series for p in s.points}
    targets = {target.period for chart in charts for target in chart.targets}
    kinds = {period.kind for period in periods or targets}
    kind = min(kinds, key=lambda kind: kind.months, default=PeriodKind.QUARTER)
    shown = tuple(sorted(periods | targets | _holes(periods), key=_order))
    start = min((period.ordinal for period in shown), default=0)
    return Timeline(kind, shown, start, max(map(after, shown), default=start + kind.months))


def _order(period: Period) -> tuple[int, int]:
    return period.ordinal, period.kind.months


def _holes(periods: set[Period]) -> set[Period]:
    """Periods between first and last that nobody named, if all are of one kind."""
    kinds = {period.kind for period in periods}
    if len(kinds) != 1:
        return set()
    kind = kinds.pop()
    first, last = min(periods).ordinal, max(periods).ordinal
    if (last - first) // kind.months > _MOST_FILLED:
        return set()
    return {Period.from_ordinal(kind, o) for o in range(first, last, kind.months)}


def reported_span(chart: LineChart) -> tuple[int, int]:
    """Ordinals of the first and the last period that any series has a point for."""
    ordinals = [point.period.ordinal for series in chart.series for point in series.points]
    return (min(ordinals), max(ordinals)) if ordinals else (0, -1)


def completed(series: Series, chart: LineChart, periods: tuple[Period, ...]) -> tuple[Point, ...]:
    """The points of the series, one for each period within the reported span; holes missing."""
    known = {point.period: point for point in series.points}
    first, last = reported_span(chart)
    inside = (p for p in periods if first <= p.ordinal <= last or p in known)
    kinds = {point.period.kind for each in chart.series for point in each.points}
    return tuple(
        known.get(period) or Point(period, None)
        for period in inside
        if period in known or kinds == {period.kind}
    )


def runs(series: Series, breaks: tuple[Break, ...]) -> tuple[tuple[Point, ...], ...]:
    """Stretches of points a line may join: neighbours in time, all with values, no break."""
    found: list[list[Point]] = []
    for point in series.points:
        if point.value is None:
            continue
        if found and joined(found[-1][-1], point, breaks):
            found[-1].append(point)
        else:
            found.append([point])
    return tuple(tuple(run) for run in found)


def joined(first: Point, second: Point, breaks: tuple[Break, ...]) -> bool:
    """Whether a line may go from one point to the next."""
    crossing = (first.period.ordinal < b.period.ordinal <= second.period.ordinal for b in breaks)
    return after(first.period) == second.period.ordinal and not any(crossing)


def last_value(series: Series) -> Point | None:
    """The latest point that has a value."""
    return next((point for point in reversed(series.points) if point.value is not None), None)


def comparable(series: Series, breaks: tuple[Break, ...]) -> tuple[Point, ...]:
    """Points with values since the last definition break before the latest value."""
    last = last_value(series)
    if last is None:
        return ()
    starts = [b.period.ordinal for b in breaks if b.period.ordinal <= last.period.ordinal]
    since = max(starts, default=0)
    return tuple(p for p in series.points if p.value is not None and p.period.ordinal >= since)


def target_runs(targets: tuple[Target, ...]) -> tuple[tuple[Target, ...], ...]:
    """Targets in order of time; neighbours of the same height and tolerance together."""
    ordered = sorted(targets, key=lambda target: target.period)
    found: list[list[Target]] = [[target] for target in ordered[:1]]
    for before, target in pairwise(ordered):
        same = (before.value, before.tolerance) == (target.value, target.tolerance)
        if same and after(before.period) == target.period.ordinal:
            found[-1].append(target)
        else:
            found.append([target])
    return tuple(tuple(run) for run in found)


def ordered_breaks(breaks: tuple[Break, ...], time: Timeline) -> tuple[Break, ...]:
    """Breaks within the axis, in order of time."""
    inside = (b for b in breaks if time.start <= b.period.ordinal < time.end)
    return tuple(sorted(inside, key=lambda b: b.period))


def has_mark(chart: LineChart, mark: Mark, periods: tuple[Period, ...]) -> bool:
    """Whether any series shows this mark."""
    return any(
        point.mark is mark for each in chart.series for point in completed(each, chart, periods)
    )
