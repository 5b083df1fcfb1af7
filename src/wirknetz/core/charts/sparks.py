"""The sparkline: a series as small as a word; gaps and breaks stay visible."""

from __future__ import annotations

from typing import Final

from wirknetz.core.charts import palette
from wirknetz.core.charts.figures import nice_axis
from wirknetz.core.charts.look import Drawing, Look, rule
from wirknetz.core.charts.model import LineChart, Mark, Point, Sparkline
from wirknetz.core.charts.plot import Plot, amounts, gaps, place
from wirknetz.core.charts.shapes import circle_path, coloured, missing_sign, secret_sign
from wirknetz.core.charts.summaries import as_line_chart
from wirknetz.core.charts.svg import Element, el, path
from wirknetz.core.charts.timeline import last_value, middle, ordered_breaks, runs, timeline

_HEIGHT: Final = 28
_PAD: Final = 4
_COLOUR: Final = palette.SERIES[0].colour


def draw_spark(spark: Sparkline, look: Look) -> Drawing:
    """Draw it 28 pixels high; the axis reaches from the lowest to the highest value."""
    chart = as_line_chart(spark)
    axis = nice_axis(amounts(chart), from_zero=False, decimals=chart.decimals, steps=12)
    time = timeline(chart)
    lane = 6 if gaps(chart.series[0], chart, time) else 0
    plot = Plot(_PAD, look.width - _PAD, _PAD, _HEIGHT - _PAD - lane, time, axis)
    body = [*_breaks(plot, chart), *_gaps(plot, chart), coloured(0, *_line(plot, chart))]
    return Drawing(look.width, _HEIGHT, tuple(body))


def _line(plot: Plot, chart: LineChart) -> list[Element]:
    series = chart.series[0]
    found = [
        _stretch(plot, run) if len(run) > 1 else _dot(plot, run[0], 1.5)
        for run in runs(series, chart.breaks)
    ]
    last = last_value(series)
    return [*found, _dot(plot, last, 2.75)] if last else found


def _stretch(plot: Plot, run: tuple[Point, ...]) -> Element:
    letters = ("M", *("L" for _ in run[1:]))
    places = (place(plot, point) for point in run)
    d = path((letter, *xy) for letter, xy in zip(letters, places, strict=True))
    return el(
        "path", class_="wn-chart__line", d=d, fill="none", stroke=_COLOUR, stroke_width=1.5,
        stroke_linejoin="round",
    )  # fmt: skip


def _dot(plot: Plot, point: Point, radius: float) -> Element:
    d = circle_path(*place(plot, point), radius)
    return el("path", class_="wn-chart__marker", d=d, fill=_COLOUR, stroke="none")


def _gaps(plot: Plot, chart: LineChart) -> list[Element]:
    found = []
    for point in gaps(chart.series[0], chart, plot.time):
        draw = secret_sign if point.mark is Mark.SUPPRESSED else missing_sign
        x = plot.x(middle(point.period))
        found.append(draw(x, _HEIGHT - 3.5, palette.MUTED, radius=min(2.5, plot.slot / 2.6)))
    return found


def _breaks(plot: Plot, chart: LineChart) -> list[Element]:
    xs = (plot.x(each.period.ordinal) for each in ordered_breaks(chart.breaks, plot.time))
    return [rule(x, 1, x, _HEIGHT - 1, kind="break", stroke=palette.BREAK, dash="3 2") for x in xs]
