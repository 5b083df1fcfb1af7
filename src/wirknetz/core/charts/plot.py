"""The plane of a line chart: where a period and an amount lie, and what is drawn on it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from wirknetz.core.charts import palette
from wirknetz.core.charts.facts import break_fact, point_fact, target_fact
from wirknetz.core.charts.figures import Axis, nice_axis
from wirknetz.core.charts.look import Look, rule
from wirknetz.core.charts.model import Break, LineChart, Mark, Point, Series, Target
from wirknetz.core.charts.palette import SERIES
from wirknetz.core.charts.shapes import coloured, marker, missing_sign, secret_sign
from wirknetz.core.charts.svg import Element, el, group, path
from wirknetz.core.charts.timeline import (
    Timeline,
    after,
    completed,
    middle,
    ordered_breaks,
    runs,
    target_runs,
)
from wirknetz.core.measures import Direction

_FAR: Final = Decimal("0.75")
LANE: Final = 14  # height of the row that shows what is missing from one series


@dataclass(frozen=True, slots=True)
class Plot:
    """A rectangle in pixels with its time and value axis."""

    left: float
    right: float
    top: float
    bottom: float
    time: Timeline
    axis: Axis

    def x(self, ordinal: float) -> float:
        """Pixel of a month ordinal."""
        share = (ordinal - self.time.start) / (self.time.end - self.time.start)
        return self.left + share * (self.right - self.left)

    def y(self, amount: Decimal) -> float:
        """Pixel of an amount."""
        return self.bottom - self.axis.share(amount) * (self.bottom - self.top)

    @property
    def slot(self) -> float:
        """Width of one period of the chart's kind."""
        return self.x(self.time.start + self.time.kind.months) - self.left

    @property
    def radius(self) -> float:
        """Size of markers that leaves air between neighbours."""
        return max(1.5, min(4.0, self.slot / 3.2))


def amounts(chart: LineChart) -> tuple[Decimal, ...]:
    """Everything the value axis must hold: values, targets and their tolerance."""
    values = [p.value for s in chart.series for p in s.points if p.value is not None]
    edges = [edge for target in chart.targets for edge in band(target, chart.direction)]
    return (*values, *edges)


def value_axis(shown: tuple[Decimal, ...], *, from_zero: bool, decimals: int, steps: int) -> Axis:
    """The axis; it leaves 0 out only where that is allowed and all lies far from 0."""
    near, far = (pick((abs(each) for each in shown), default=Decimal(0)) for pick in (min, max))
    one_side = all(each > 0 for each in shown) or all(each < 0 for each in shown)
    cut = not from_zero and one_side and near > far * _FAR
    return nice_axis(shown, from_zero=not cut, decimals=decimals, steps=steps)


def band(target: Target, direction: Direction) -> tuple[Decimal, Decimal]:
    """Low and high end of what still counts as close to the target."""
    below = target.tolerance if direction is not Direction.LOWER else Decimal(0)
    above = target.tolerance if direction is not Direction.HIGHER else Decimal(0)
    return target.value - below, target.value + above


def draw_targets(plot: Plot, chart: LineChart, look: Look) -> list[Element]:
    """Bands first, lines over them; one step for each height."""
    found: list[Element] = []
    for run in target_runs(chart.targets):
        left, right = plot.x(run[0].period.ordinal), plot.x(after(run[-1].period))
        parts = [_band(plot, chart, run[0], left, right)] if run[0].tolerance else []
        parts.append(_target_line(left, right, plot.y(run[0].value)))
        tip = "; ".join(target_fact(target, chart, look) for target in run)
        found.append(group(parts, title=tip))
    return found


def _target_line(left: float, right: float, y: float) -> Element:
    ends = [("M", left, y - 4), ("L", left, y + 4), ("M", left, y), ("L", right, y)]
    caps = [*ends, ("M", right, y - 4), ("L", right, y + 4)]
    return el(
        "path",
        class_="wn-chart__target",
        d=path(caps),
        fill="none",
        stroke=palette.TARGET,
        stroke_width=1.5,
    )


def _band(plot: Plot, chart: LineChart, target: Target, left: float, right: float) -> Element:
    low, high = band(target, chart.direction)
    return el(
        "rect",
        class_="wn-chart__band",
        x=left,
        y=plot.y(high),
        width=right - left,
        height=plot.y(low) - plot.y(high),
        fill=palette.BAND,
    )


def draw_breaks(plot: Plot, breaks: tuple[Break, ...], look: Look, *, rise: float) -> list[Element]:
    """A vertical mark at the start of each new definition, ``rise`` pixels above the plane."""
    found = []
    for each in ordered_breaks(breaks, plot.time):
        x = plot.x(each.period.ordinal)
        line = rule(
            x, plot.top - rise, x, plot.bottom,
            kind="break", stroke=palette.BREAK, width=1.5, dash="6 3",
        )  # fmt: skip
        found.append(group([line], title=break_fact(each, look)))
    return found


def draw_series(plot: Plot, chart: LineChart, look: Look) -> list[Element]:
    """Lines and markers; the first series lies on top."""
    drawn = [_one_series(plot, chart, index, look) for index in range(len(chart.series))]
    return list(reversed(drawn))


def _one_series(plot: Plot, chart: LineChart, index: int, look: Look) -> Element:
    series = chart.series[index]
    lines = [_line(plot, run, index) for run in runs(series, chart.breaks) if len(run) > 1]
    dots = [
        group(
            [marker(*place(plot, point), index, plot.radius)],
            class_="wn-chart__point",
            title=point_fact(series.name, point, chart, look),
        )
        for point in series.points
        if point.value is not None
    ]
    return coloured(index, *lines, *dots)


def place(plot: Plot, point: Point) -> tuple[float, float]:
    """Where a point with a value lies."""
    return plot.x(middle(point.period)), plot.y(point.value or Decimal(0))


def _line(plot: Plot, run: tuple[Point, ...], index: int) -> Element:
    letters = ("M", *("L" for _ in run[1:]))
    places = (place(plot, point) for point in run)
    style = SERIES[index]
    return el(
        "path",
        class_="wn-chart__line",
        d=path((letter, *xy) for letter, xy in zip(letters, places, strict=True)),
        fill="none",
        stroke=style.colour,
        stroke_width=2.25 if index == 0 else 2,
        stroke_dasharray=style.dash,
        stroke_linejoin="round",
    )


def gaps(series: Series, chart: LineChart, time: Timeline) -> tuple[Point, ...]:
    """Points of the series that have no value."""
    return tuple(p for p in completed(series, chart, time.periods) if p.value is None)


def draw_gaps(plot: Plot, chart: LineChart, look: Look) -> list[Element]:
    """Below the plane one row of signs for each series that misses something."""
    found: list[Element] = []
    y = plot.bottom + LANE / 2 + 2
    for index, series in enumerate(chart.series):
        missing = gaps(series, chart, plot.time)
        signs = [
            _gap(plot, point, index, y, point_fact(series.name, point, chart, look))
            for point in missing
        ]
        if signs:
            found.append(coloured(index, *signs))
            y += LANE
    return found


def _gap(plot: Plot, point: Point, index: int, y: float, tip: str) -> Element:
    draw = secret_sign if point.mark is Mark.SUPPRESSED else missing_sign
    x, most = plot.x(middle(point.period)), 4.2 if point.mark is Mark.SUPPRESSED else 3.2
    radius = min(most, plot.slot / 2.6)
    sign = draw(x, y, SERIES[index].colour, radius=radius)
    return group([sign], class_="wn-chart__gap", title=tip)


def lanes(chart: LineChart, time: Timeline) -> float:
    """Height the signs for missing values need."""
    return LANE * sum(1 for series in chart.series if gaps(series, chart, time))
