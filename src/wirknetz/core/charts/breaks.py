"""Names of definition breaks above the plane; letters and notes where names have no room."""

from __future__ import annotations

from string import ascii_uppercase

from wirknetz.core.charts import palette
from wirknetz.core.charts.look import Look, text
from wirknetz.core.charts.model import Break, LineChart
from wirknetz.core.charts.plot import Plot
from wirknetz.core.charts.svg import Element
from wirknetz.core.charts.textfit import clean, text_width
from wirknetz.core.charts.timeline import ordered_breaks

_BESIDE = 5


def draw_break_labels(
    plot: Plot, chart: LineChart, look: Look, *, room: float
) -> tuple[list[Element], tuple[str, ...]]:
    """The labels in the lane above the plane, and the notes that letters refer to."""
    breaks = ordered_breaks(chart.breaks, plot.time)
    direct = _side_by_side(plot, breaks, look, room)
    if direct is not None:
        return direct, ()
    return _letters(plot, breaks, look, room), _notes(breaks, look)


def _side_by_side(
    plot: Plot, breaks: tuple[Break, ...], look: Look, room: float
) -> list[Element] | None:
    """Full names, each right of its line or else left of it; None where one has no room."""
    found, edge = [], 0.0
    lines = [plot.x(each.period.ordinal) for each in breaks]
    for each, x, following in zip(breaks, lines, [*lines[1:], room], strict=False):
        name = clean(each.label)
        width = text_width(name, look.size)
        if x + _BESIDE + width <= following - (0 if following == room else _BESIDE):
            found.append(_label(x + _BESIDE, plot, name, look))
            edge = x + _BESIDE + width
        elif x - _BESIDE - width >= edge + _BESIDE:
            found.append(_label(x - _BESIDE, plot, name, look, anchor="end"))
            edge = x
        else:
            return None
    return found


def _label(x: float, plot: Plot, name: str, look: Look, *, anchor: str | None = None) -> Element:
    y = plot.top - look.line * 0.85
    return text(x, y, name, look, kind="break-label", anchor=anchor, fill=palette.BREAK)


def _letters(plot: Plot, breaks: tuple[Break, ...], look: Look, room: float) -> list[Element]:
    """A letter beside each line, left out where it would touch the one before."""
    found, edge = [], 0.0
    for letter, each in zip(_names(len(breaks)), breaks, strict=True):
        x = plot.x(each.period.ordinal) + _BESIDE
        end = x + text_width(letter, look.size)
        if edge <= x and end <= room:
            found.append(_label(x, plot, letter, look))
            edge = end + 3
    return found


def _names(count: int) -> tuple[str, ...]:
    """A, B, … Z, A1, B1, …."""
    return tuple(ascii_uppercase[i % 26] + (str(i // 26) if i >= 26 else "") for i in range(count))


def _notes(breaks: tuple[Break, ...], look: Look) -> tuple[str, ...]:
    return tuple(
        f"{letter}: {each.period.label(look.language)} – {clean(each.label)}"
        for letter, each in zip(_names(len(breaks)), breaks, strict=True)
    )
