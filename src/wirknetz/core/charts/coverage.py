"""How many of how many: one field for each where they can be counted, else a bar."""

from __future__ import annotations

from typing import Final

from wirknetz.core.charts import palette
from wirknetz.core.charts.look import Drawing, Look, text
from wirknetz.core.charts.model import Coverage
from wirknetz.core.charts.shapes import coloured
from wirknetz.core.charts.summaries import coverage_words
from wirknetz.core.charts.svg import Element, el
from wirknetz.core.charts.textfit import shorten

_BAR: Final = 12
_LEAST_FIELD: Final = 7
_BETWEEN: Final = 3


def draw_coverage(chart: Coverage, look: Look) -> Drawing:
    """The words, and below them full fields for what is done, empty ones for what is not."""
    said = shorten(coverage_words(chart, look), look.width, look.size)
    words = text(0, look.size, said, look, kind="value")
    top = look.line + 4
    counted = chart.asked and look.width / chart.asked >= _LEAST_FIELD + _BETWEEN
    body = _fields(chart, look, top) if counted else _bar(chart, look, top)
    return Drawing(look.width, top + _BAR + 2, (words, coloured(0, *body)))


def _fields(chart: Coverage, look: Look, top: float) -> list[Element]:
    step = min((look.width + _BETWEEN) / chart.asked, 24)
    return [
        _rect(index * step, top, step - _BETWEEN, full=index < chart.done)
        for index in range(chart.asked)
    ]


def _bar(chart: Coverage, look: Look, top: float) -> list[Element]:
    share = chart.done / chart.asked if chart.asked else 0
    track = _rect(0, top, look.width, full=False)
    return [track, _rect(0, top, max(2, look.width * share), full=True)] if share else [track]


def _rect(x: float, y: float, width: float, *, full: bool) -> Element:
    inset = 0 if full else 0.5
    return el(
        "rect",
        class_="wn-chart__bar" if full else "wn-chart__track",
        x=x + inset,
        y=y + inset,
        width=width - 2 * inset,
        height=_BAR - 2 * inset,
        fill=palette.SERIES[0].colour if full else "none",
        stroke=None if full else palette.TRACK,
    )
