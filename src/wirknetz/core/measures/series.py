"""Series over time: segments per definition version, and never a line across a break."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wirknetz.core.values import Period, PeriodKind, Row, Table


@dataclass(frozen=True, slots=True)
class Point:
    """One period of a series. ``row`` is None where nobody reported anything."""

    period: Period
    row: Row | None

    @property
    def known(self) -> bool:
        """Whether there is a value to draw."""
        return self.row is not None and self.row.value is not None


@dataclass(frozen=True, slots=True)
class Segment:
    """The periods in which one version of a definition held, without gaps in time."""

    version: str
    points: tuple[Point, ...]

    @property
    def start(self) -> Period:
        """Its first period."""
        return self.points[0].period

    def lines(self) -> tuple[tuple[Point, ...], ...]:
        """Runs of neighbouring known points; a single point is a run of one."""
        return tuple(tuple(run) for run in _runs(self.points))


@dataclass(frozen=True, slots=True)
class Series:
    """An indicator over time. Segments follow each other; between two of them is a break."""

    kind: PeriodKind
    segments: tuple[Segment, ...]

    @property
    def points(self) -> tuple[Point, ...]:
        """All points in order of time."""
        return tuple(point for segment in self.segments for point in segment.points)

    @property
    def breaks(self) -> tuple[Period, ...]:
        """The first period of each new version, except the first version's."""
        return tuple(segment.start for segment in self.segments[1:])

    def lines(self) -> tuple[tuple[Point, ...], ...]:
        """What may be joined by a line: never across a missing period, never across a break."""
        return tuple(line for segment in self.segments for line in segment.lines())

    @property
    def latest(self) -> Point | None:
        """The last point with a value."""
        return next((point for point in reversed(self.points) if point.known), None)


@dataclass(frozen=True, slots=True)
class Versioned:
    """Results of one version of a definition, valid from ``start`` (None: from the beginning).

    ``table`` is grouped by period alone, or narrowed to one organisation and cell.
    """

    version: str
    start: Period | None
    table: Table


def series(versions: Iterable[Versioned], *, kind: PeriodKind) -> Series:
    """One series from the results of all versions.

    Each version speaks from its start to the period before the next version's start. Periods
    without a row between the first and the last become points without one.

    Raises:
        ValueError: a table has two rows for one period, or two versions start together.
    """
    ordered = sorted(versions, key=lambda version: _start(version.start))
    starts = [_start(version.start) for version in ordered]
    if len(set(starts)) < len(starts):
        raise ValueError("two versions start with the same period")
    ends = [*starts[1:], None]
    rows = [_rows(v.table, s, e) for v, s, e in zip(ordered, starts, ends, strict=True)]
    known = [ordinal for found in rows for ordinal in found]
    segments = []
    for version, found, start, end in zip(ordered, rows, starts, ends, strict=True):
        points = tuple(_points(found, kind, _span(known, start, end, kind))) if known else ()
        if points:
            segments.append(Segment(version.version, points))
    return Series(kind, tuple(segments))


def _start(period: Period | None) -> int:
    return period.ordinal if period else 0


def _rows(table: Table, start: int, end: int | None) -> dict[int, Row]:
    found: dict[int, Row] = {}
    for row in table:
        if row.period is None or row.period < start or (end is not None and row.period >= end):
            continue
        if row.period in found:
            raise ValueError("a series has one row per period")
        found[row.period] = row
    return found


def _span(known: list[int], start: int, end: int | None, kind: PeriodKind) -> range:
    """The ordinals of one version between the first and the last period of the series."""
    first, last = min(known), max(known) + kind.months
    begin = max(first, start + (first - start) % kind.months)
    return range(begin, last if end is None else min(end, last), kind.months)


def _points(found: dict[int, Row], kind: PeriodKind, span: range) -> Iterator[Point]:
    for ordinal in span:
        yield Point(Period.from_ordinal(kind, ordinal), found.get(ordinal))


def _runs(points: Iterable[Point]) -> Iterator[list[Point]]:
    run: list[Point] = []
    for point in points:
        if point.known:
            run.append(point)
        elif run:
            yield run
            run = []
    if run:
        yield run
