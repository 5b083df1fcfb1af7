"""The line chart: values over periods beside their targets, with honest gaps and breaks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from wirknetz.core.charts import palette
from wirknetz.core.charts.axes import (
    draw_time_axis,
    draw_value_axis,
    is_cut,
    tick_margin,
    tick_texts,
)
from wirknetz.core.charts.breaks import draw_break_labels
from wirknetz.core.charts.ends import BESIDE, EndLabel, draw_ends, series_labels, target_label
from wirknetz.core.charts.facts import numbers_of
from wirknetz.core.charts.figures import Axis
from wirknetz.core.charts.labels import Legend, draw_legend, draw_notes
from wirknetz.core.charts.legends import line_keys
from wirknetz.core.charts.look import Drawing, Look, text
from wirknetz.core.charts.model import LineChart
from wirknetz.core.charts.plot import (
    Plot,
    amounts,
    draw_breaks,
    draw_gaps,
    draw_series,
    draw_targets,
    lanes,
    value_axis,
)
from wirknetz.core.charts.svg import Element
from wirknetz.core.charts.textfit import ELLIPSIS, clean, shorten, wrap
from wirknetz.core.charts.timeline import (
    Timeline,
    last_value,
    ordered_breaks,
    timeline,
)

_NAME_SHARE: Final = 0.24
_LABEL_SHARE: Final = 0.34
_EDGE: Final = 6  # air at the right edge of the plane


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is settled before anything has a place."""

    chart: LineChart
    look: Look
    time: Timeline
    axis: Axis
    ticks: tuple[str, ...]
    named: bool  # names stand at the ends of the lines
    labels: tuple[EndLabel, ...]


def draw_lines(chart: LineChart, look: Look) -> Drawing:
    """Draw the chart for the width of the look; its height follows from its content."""
    plan = _plan(chart, look)
    keys = line_keys(chart, plan.time, look, with_names=not plan.named)
    head = _head(plan, draw_legend(keys, 0, look))
    lane = look.line if ordered_breaks(chart.breaks, plan.time) else 0
    plot = _plane(plan, head.height + lane + (12 if lane else 8))
    names, notes = draw_break_labels(plot, chart, look, room=look.width)
    foot = _foot(plan, plot, (*notes, *_own_notes(plan)))
    body = (*head.elements, *_plane_content(plan, plot, lane), *names, *foot.elements)
    return Drawing(look.width, foot.height, body)


def _plan(chart: LineChart, look: Look) -> _Plan:
    axis = value_axis(
        amounts(chart),
        from_zero=chart.from_zero,
        decimals=chart.decimals,
        steps=5 if look.wide else 4,
    )
    ticks = tick_texts(axis, numbers_of(chart, look), look.width * 0.28, look.size)
    named = _can_name(chart, look)
    names = tuple(_name(series.name, look) for series in chart.series) if named else ()
    room = look.width * _LABEL_SHARE
    labels = (*series_labels(chart, look, room, names), *target_label(chart, look, room))
    return _Plan(chart, look, timeline(chart), axis, ticks, named, labels)


def _can_name(chart: LineChart, look: Look) -> bool:
    """Names go to the ends of the lines where all have an end and fit in two lines."""
    return look.wide and all(
        last_value(series) is not None and ELLIPSIS not in "".join(_name(series.name, look))
        for series in chart.series
    )


def _name(name: str, look: Look) -> tuple[str, ...]:
    return wrap(clean(name), look.width * _NAME_SHARE, look.size, lines=2)


def _head(plan: _Plan, legend: Legend) -> Legend:
    """The legend and, where the unit is a word, the unit above the axis."""
    look, unit = plan.look, numbers_of(plan.chart, plan.look).spoken_unit
    if not unit or not amounts(plan.chart):
        return legend
    said = shorten(unit, look.width, look.size)
    line = text(0, legend.height + look.size, said, look, kind="unit", fill=palette.MUTED)
    return Legend(legend.height + look.line, (*legend.elements, line))


def _plane(plan: _Plan, top: float) -> Plot:
    """The plane, as wide as ticks and labels allow and as high as its labels need."""
    look = plan.look
    if not amounts(plan.chart):
        return Plot(0, look.width - _EDGE, top, top + 56, plan.time, plan.axis)
    height = max(220 if look.wide else 180, sum(each.height(look) for each in plan.labels))
    left = tick_margin(plan.ticks, look.size)
    return Plot(left, _right(plan, left), top, top + height, plan.time, plan.axis)


def _right(plan: _Plan, left: float) -> float:
    """How far the plane may reach so that every label still fits beside its end."""
    time, width = plan.time, plan.look.width
    limits = [width - _EDGE]
    for label in plan.labels:
        share = (label.at - time.start) / (time.end - time.start)
        limits.append(left + (width - BESIDE - label.width(plan.look) - left) / share)
    return max(min(limits), left + 20)


def _plane_content(plan: _Plan, plot: Plot, lane: float) -> list[Element]:
    chart, look = plan.chart, plan.look
    if not amounts(chart):
        return [*_nothing(plot, look), *draw_gaps(plot, chart, look)]
    return [
        *draw_value_axis(plot, plan.ticks, look, look.size),
        *draw_targets(plot, chart, look),
        *draw_breaks(plot, chart.breaks, look, rise=lane),
        *draw_gaps(plot, chart, look),
        *draw_series(plot, chart, look),
        *draw_ends(plan.labels, plot, chart, look),
    ]


def _nothing(plot: Plot, look: Look) -> list[Element]:
    y = (plot.top + plot.bottom) / 2 + look.size * 0.35
    said = look.words.nothing_yet
    x = look.width / 2
    return [text(x, y, said, look, kind="nothing", anchor="middle", fill=palette.MUTED)]


def _foot(plan: _Plan, plot: Plot, notes: tuple[str, ...]) -> Legend:
    """Time axis and notes; its height is the height of the whole picture."""
    look, chart = plan.look, plan.chart
    y = plot.bottom + lanes(chart, plan.time) + 4
    rows, drawn = draw_time_axis(plot, y, look)
    below = y + look.line * rows + 8
    said = draw_notes(notes, below, look)
    return Legend(below + said.height, (*drawn, *said.elements))


def _own_notes(plan: _Plan) -> tuple[str, ...]:
    words, found = plan.look.words, []
    if amounts(plan.chart) and is_cut(plan.axis):
        found.append(words.axis_from)
    if plan.chart.targets and all(last_value(series) is None for series in plan.chart.series):
        found.append(words.nothing_yet)
    return tuple(found)
