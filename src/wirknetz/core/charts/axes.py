"""The two axes of a line chart: amounts to the left, time below."""

from __future__ import annotations

from typing import Final

from wirknetz.core.charts import palette
from wirknetz.core.charts.figures import Axis, Numbers
from wirknetz.core.charts.look import Look, rule, text
from wirknetz.core.charts.plot import Plot
from wirknetz.core.charts.svg import Element, el, path
from wirknetz.core.charts.textfit import shorten, text_width, widest
from wirknetz.core.charts.timeline import Timeline
from wirknetz.core.values import Period, PeriodKind

_GAP: Final = 8
_YEAR_STEPS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


def tick_texts(axis: Axis, numbers: Numbers, room: float, size: float) -> tuple[str, ...]:
    """The texts at the value axis, none wider than the room."""
    texts = (numbers.tick(tick, axis.step) for tick in axis.ticks)
    return tuple(shorten(each, room, size) for each in texts)


def tick_margin(texts: tuple[str, ...], size: float) -> float:
    """Room the value axis needs to the left of the plane."""
    return widest(texts, size) + _GAP


def draw_value_axis(plot: Plot, texts: tuple[str, ...], look: Look, size: float) -> list[Element]:
    """Thin lines at each step; the zero line stronger, the foot of a cut axis dashed."""
    found: list[Element] = []
    for tick, label in zip(plot.axis.ticks, texts, strict=True):
        y = plot.y(tick)
        foot = tick == plot.axis.low and is_cut(plot.axis)
        kind, stroke = ("axis", palette.AXIS) if foot or tick == 0 else ("grid", palette.GRID)
        dash = "2 3" if foot else None
        found.append(rule(plot.left, y, plot.right, y, kind=kind, stroke=stroke, dash=dash))
        if label:
            found.append(_tick_text(plot, y, label, look, size))
    return [*found, *_cut_axis(plot)]


def _tick_text(plot: Plot, y: float, label: str, look: Look, size: float) -> Element:
    return text(
        plot.left - _GAP, y + size * 0.35, label, look,
        kind="tick", anchor="end", fill=palette.MUTED, size=size,
    )  # fmt: skip


def _cut_axis(plot: Plot) -> list[Element]:
    """A zigzag at the foot of an axis that does not hold 0."""
    if not is_cut(plot.axis):
        return []
    x, y = plot.left, plot.bottom
    d = path([("M", x, y), ("L", x - 4, y - 4), ("L", x + 4, y - 9), ("L", x, y - 13)])
    return [
        el("path", class_="wn-chart__cut", d=d, fill="none", stroke=palette.AXIS, stroke_width=1.5)
    ]


def is_cut(axis: Axis) -> bool:
    """Whether 0 lies outside."""
    return axis.low > 0 or axis.high < 0


def draw_time_axis(plot: Plot, y: float, look: Look) -> tuple[int, list[Element]]:
    """Names of periods from y downwards, thinned out until none touches its neighbour.

    Gives the number of rows with the drawing: parts of a year where they fit, and years.
    """
    if not plot.time.periods:
        return 0, []
    parts = () if plot.time.kind is PeriodKind.YEAR else _parts(plot, look)
    drawn = [_time_text(plot.x(at), y + look.size, label, look) for at, label in parts]
    rows = 2 if parts else 1
    base = y + look.size + (rows - 1) * look.line
    return rows, [*drawn, *_years(plot, base, look)]


def _time_text(x: float, y: float, label: str, look: Look) -> Element:
    return text(x, y, label, look, kind="period", anchor="middle", fill=palette.MUTED)


def slots(time: Timeline) -> tuple[Period, ...]:
    """Every period of the chart's kind on the axis."""
    steps = range(time.start, time.end, time.kind.months)
    return tuple(Period.from_ordinal(time.kind, ordinal) for ordinal in steps)


def _parts(plot: Plot, look: Look) -> tuple[tuple[float, str], ...]:
    """Middle and name of the parts of a year that fit; none where nothing fits."""
    half = plot.time.kind.months / 2
    year = plot.time.kind.per_year
    for every, short in ((1, False), (1, True), (2, False), (3, False), (6, False)):
        if year % every or every == year:
            continue
        labels = tuple(
            (slot.ordinal + half, _part_name(slot, look, short=short))
            for slot in slots(plot.time)
            if (slot.number - 1) % every == 0
        )
        room = plot.slot * every - 4
        names = tuple(name for _, name in labels)
        if names and all(names) and widest(names, look.size) <= room:
            return _inside(plot, labels, look)
    return ()


def _inside(
    plot: Plot, labels: tuple[tuple[float, str], ...], look: Look
) -> tuple[tuple[float, str], ...]:
    """Without names that would run over the edge of the picture."""
    return tuple(
        (at, name)
        for at, name in labels
        if plot.x(at) - text_width(name, look.size) / 2 >= 0
        and plot.x(at) + text_width(name, look.size) / 2 <= look.width
    )


def _part_name(period: Period, look: Look, *, short: bool) -> str:
    words = look.words
    if period.kind is PeriodKind.QUARTER:
        return str(period.number) if short else f"Q{period.number}"
    if period.kind is PeriodKind.HALF_YEAR:
        return str(period.number) if short else words.half_year.format(number=period.number)
    return words.month_letters[period.number - 1] if short else words.month_names[period.number - 1]


def _years(plot: Plot, y: float, look: Look) -> list[Element]:
    """Years centred below their periods, and a small tick where a year begins."""
    time = plot.time
    found = [_year_tick(plot, year, y, look) for year in _year_starts(time)]
    taken: list[tuple[float, float]] = []
    for left, right, year in _fullest_first(plot, look):
        label = str(year)
        half = text_width(label, look.size) / 2
        x = min(max((left + right) / 2, half), look.width - half)
        if taken and 2 * half > right - left + 8:
            continue
        if all(x + half + 6 <= a or x - half - 6 >= b for a, b in taken):
            taken.append((x - half, x + half))
            found.append(_time_text(x, y, label, look))
    return found


def _year_tick(plot: Plot, year: int, y: float, look: Look) -> Element:
    x = plot.x(year * 12)
    return rule(x, y - look.size, x, y + 2, kind="year", stroke=palette.GRID)


def _year_starts(time: Timeline) -> list[int]:
    if time.kind is PeriodKind.YEAR:
        return []
    first, last = -(-time.start // 12), (time.end - 1) // 12
    return [year for year in range(first, last + 1) if year * 12 > time.start]


def _fullest_first(plot: Plot, look: Look) -> list[tuple[float, float, int]]:
    """Left, right and number of the years to name, whole years before parts of years."""
    time = plot.time
    years = range(time.start // 12, (time.end - 1) // 12 + 1)
    width = plot.x(time.start + 12) - plot.left
    room = text_width("2000", look.size) + 8
    every = next((n for n in _YEAR_STEPS if n * width >= room), _YEAR_STEPS[-1])
    named = [year for year in years if year % every == 0] or [years[0]]
    spans = [_span(plot, year) for year in named]
    return sorted(spans, key=lambda span: (round(span[0] - span[1]), span[2]))


def _span(plot: Plot, year: int) -> tuple[float, float, int]:
    left = max(year * 12, plot.time.start)
    right = min(year * 12 + 12, plot.time.end)
    return plot.x(left), plot.x(right), year
