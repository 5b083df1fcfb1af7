"""Small multiples: the same small line chart for each organisation or indicator."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from math import ceil
from typing import Final

from wirknetz.core.charts import palette
from wirknetz.core.charts.axes import draw_value_axis, is_cut, slots, tick_margin, tick_texts
from wirknetz.core.charts.ends import BESIDE, EndLabel, draw_ends, series_labels
from wirknetz.core.charts.facts import numbers_of
from wirknetz.core.charts.figures import Axis
from wirknetz.core.charts.labels import draw_legend, draw_notes
from wirknetz.core.charts.legends import panel_keys
from wirknetz.core.charts.look import Drawing, Look, text
from wirknetz.core.charts.model import LineChart, SmallMultiples
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
from wirknetz.core.charts.summaries import shares_scale
from wirknetz.core.charts.svg import Element, group
from wirknetz.core.charts.textfit import clean, shorten, text_width, widest, wrap
from wirknetz.core.charts.timeline import Timeline, joint_timeline

_BETWEEN: Final = 20
_PLANE: Final = 96  # height of a plane
_LEAST_PLANE: Final = 68  # width of a plane
_MOST_COLUMNS: Final = 3
_PANEL_SIZES: Final = 320  # panels use the type size of a picture this wide


@dataclass(frozen=True, slots=True)
class _Panel:
    """One panel with its settled axis and texts."""

    chart: LineChart
    axis: Axis
    ticks: tuple[str, ...]
    labels: tuple[EndLabel, ...]


@dataclass(frozen=True, slots=True)
class _Grid:
    """What all panels share; ``look`` holds the sizes inside a panel.

    On a shared axis its numbers stand once in a ``gutter`` left of each row, else in every
    panel (``left``). ``right`` is the room for last values.
    """

    look: Look
    time: Timeline
    panels: tuple[_Panel, ...]
    width: float
    gutter: float
    left: float
    right: float
    columns: int = 1

    @property
    def panel(self) -> float:
        """Width of a panel."""
        room = self.width - self.gutter - _BETWEEN * (self.columns - 1)
        return room / self.columns

    @property
    def plane(self) -> float:
        """Width of the plane of a panel."""
        return self.panel - self.left - self.right


def draw_multiples(chart: SmallMultiples, look: Look) -> Drawing:
    """Draw all panels in rows; each plane has the same size."""
    if not chart.panels:
        said = look.words.nothing_yet
        nothing = text(0, look.size, said, look, kind="nothing", fill=palette.MUTED)
        return Drawing(look.width, look.line + 4, (nothing,))
    grid = _grid(chart, look)
    legend = draw_legend(panel_keys(chart.panels, look), 0, look)
    body, y = list(legend.elements), legend.height
    for start in range(0, len(grid.panels), grid.columns):
        drawn, y = _row(grid, grid.panels[start : start + grid.columns], y)
        body += drawn
    cut = any(is_cut(panel.axis) for panel in grid.panels)
    notes = draw_notes((look.words.axis_from,) if cut else (), y, look)
    return Drawing(look.width, y + notes.height, (*body, *notes.elements))


def _grid(chart: SmallMultiples, look: Look) -> _Grid:
    inner, shared = replace(look, width=min(look.width, _PANEL_SIZES)), shares_scale(chart)
    panels = _panels(chart, inner, shared=shared)
    ticks = max(tick_margin(panel.ticks, inner.size) for panel in panels)
    right = max((each.width(inner) for panel in panels for each in panel.labels), default=0.0)
    grid = _Grid(
        inner,
        joint_timeline(chart.panels),
        panels,
        look.width,
        gutter=ticks if shared else 0,
        left=0 if shared else ticks,
        right=right + BESIDE,
    )
    return _with_columns(grid)


def _with_columns(grid: _Grid) -> _Grid:
    """As many columns as leave each plane wide enough, rows filled evenly."""
    count = len(grid.panels)
    options = (replace(grid, columns=n) for n in range(min(_MOST_COLUMNS, count), 0, -1))
    fitting = next((each for each in options if each.plane >= _LEAST_PLANE), grid)
    return replace(grid, columns=ceil(count / ceil(count / fitting.columns)))


def _panels(chart: SmallMultiples, look: Look, *, shared: bool) -> tuple[_Panel, ...]:
    common = tuple(amount for panel in chart.panels for amount in amounts(panel))
    from_zero = any(panel.from_zero for panel in chart.panels)
    return tuple(
        _panel(panel, common if shared else amounts(panel), look,
               from_zero=from_zero if shared else panel.from_zero)
        for panel in chart.panels
    )  # fmt: skip


def _panel(chart: LineChart, shown: tuple[Decimal, ...], look: Look, *, from_zero: bool) -> _Panel:
    axis = value_axis(shown, from_zero=from_zero, decimals=chart.decimals, steps=4)
    ticks = tick_texts(axis, numbers_of(chart, look), look.width * 0.28, look.size)
    return _Panel(chart, axis, ticks, series_labels(chart, look, look.width * 0.36))


def _row(grid: _Grid, row: tuple[_Panel, ...], y: float) -> tuple[list[Element], float]:
    """The panels of one row, and where the next row begins."""
    look = grid.look
    names = [_name(panel, grid) for panel in row]
    top = y + max(len(name) for name in names) * look.line + 10
    high = max(_PLANE, *(look.line * len(panel.labels) for panel in row))
    found = []
    for column, (panel, name) in enumerate(zip(row, names, strict=True)):
        x = grid.gutter + column * (grid.panel + _BETWEEN)
        left = x + grid.left
        plot = Plot(left, left + max(grid.plane, 20), top, top + high, grid.time, panel.axis)
        titles = _titles(name, x, y, look)
        drawn = _draw(grid, panel, plot, numbered=not (grid.gutter and column))
        found.append(group([*titles, *drawn], class_="wn-chart__panel"))
    lane = max(lanes(panel.chart, grid.time) for panel in row)
    return found, top + high + lane + look.line + 22


def _name(panel: _Panel, grid: _Grid) -> tuple[str, ...]:
    return wrap(clean(panel.chart.title), grid.panel, grid.look.size, lines=2, bold=True)


def _titles(name: tuple[str, ...], x: float, y: float, look: Look) -> list[Element]:
    return [
        text(x, y + look.size + number * look.line, line, look, kind="panel", bold=True)
        for number, line in enumerate(name)
    ]


def _draw(grid: _Grid, panel: _Panel, plot: Plot, *, numbered: bool) -> list[Element]:
    look, chart = grid.look, panel.chart
    ticks = panel.ticks if numbered else ("",) * len(panel.ticks)
    below = plot.bottom + lanes(chart, grid.time) + 4 + look.size
    return [
        *draw_value_axis(plot, ticks, look, look.size),
        *draw_targets(plot, chart, look),
        *draw_breaks(plot, chart.breaks, look, rise=4),
        *draw_gaps(plot, chart, look),
        *draw_series(plot, chart, look),
        *(draw_ends(panel.labels, plot, chart, look) if panel.labels else _nothing(grid, plot)),
        *_ends_of_time(plot, below, look),
    ]


def _nothing(grid: _Grid, plot: Plot) -> list[Element]:
    look = grid.look
    said = shorten(look.words.nothing_yet, grid.panel - grid.left - 4, look.size)
    return [
        text(plot.left + 4, plot.bottom - 8, said, look, kind="nothing", fill=palette.MUTED,
             halo=True)
    ]  # fmt: skip


def _ends_of_time(plot: Plot, y: float, look: Look) -> list[Element]:
    """First and last period; only the last where both have no room."""
    if not plot.time.periods:
        return []
    shown = slots(plot.time)
    first, last = (each.short_label(look.language) for each in (shown[0], shown[-1]))
    drawn = [_end(plot.right, y, last, look, anchor="end")]
    if widest((first,), look.size) + text_width(last, look.size) + 8 <= plot.right - plot.left:
        drawn.append(_end(plot.left, y, first, look, anchor=None))
    return drawn


def _end(x: float, y: float, said: str, look: Look, *, anchor: str | None) -> Element:
    return text(x, y, said, look, kind="period", anchor=anchor, fill=palette.MUTED)
