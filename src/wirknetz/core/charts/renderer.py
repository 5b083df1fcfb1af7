"""The public door: a chart in, SVG text, table or words out."""

from __future__ import annotations

import re
from typing import Final

from wirknetz.core.charts import palette, summaries, tables
from wirknetz.core.charts.bars import draw_bars
from wirknetz.core.charts.coverage import draw_coverage
from wirknetz.core.charts.icons import draw_icon
from wirknetz.core.charts.lines import draw_lines
from wirknetz.core.charts.look import Drawing, Look, text
from wirknetz.core.charts.model import (
    BarChart,
    Chart,
    ChartTable,
    Coverage,
    Formatter,
    LineChart,
    SmallMultiples,
    Sparkline,
    StateIcon,
)
from wirknetz.core.charts.multiples import draw_multiples
from wirknetz.core.charts.sparks import draw_spark
from wirknetz.core.charts.svg import Element, el
from wirknetz.core.charts.textfit import clean, wrap

WIDE: Final = 640
NARROW: Final = 320
_LEAST: Final = 200
_SMALL: Final = {Sparkline: 96, Coverage: 240, StateIcon: 20}
_ID: Final = re.compile(r"^[A-Za-z][A-Za-z0-9_-]*$")
_FONT: Final = "'Fira Sans', Arial, 'Liberation Sans', sans-serif"
_TITLE_SIZE: Final = 16


def render(
    chart: Chart,
    *,
    id_prefix: str,
    width: int | None = None,
    language: str = "de",
    formatter: Formatter | None = None,
    standalone: bool = False,
) -> str:
    """One complete ``<svg>`` element as text, safe to put into a page unescaped.

    ``id_prefix`` must be unique in the page: all ids begin with it (letters, digits, ``-``,
    ``_``; ValueError otherwise). ``width`` is the width in pixels for which the text sizes
    hold (default: WIDE, or the small size of sparklines, coverage bars and icons; charts with
    text are at least 200 wide). ``formatter`` replaces the number format of ``language``.
    ``standalone`` adds the title in sight and a white ground, for downloads.
    """
    if not _ID.match(id_prefix):
        raise ValueError(f"{id_prefix!r} is not a usable id: letters, digits, - and _")
    look = Look(_width(chart, width), id_prefix, language, formatter)
    drawing = _draw(chart, look)
    if standalone:
        drawing = _with_title(drawing, title_of(chart, look), look)
    return str(_root(chart, drawing, look))


def render_pair(
    chart: Chart, *, id_prefix: str, language: str = "de", formatter: Formatter | None = None
) -> str:
    """A ``<div class="wn-chart-frame">`` with a wide and a narrow picture.

    ``charts.css`` shows the one that fits; the other is hidden from screen readers too.
    Sparklines, coverage bars and icons have one size and come alone, in ``wn-chart-small``.
    """
    if type(chart) in _SMALL:
        svg = render(chart, id_prefix=id_prefix, language=language, formatter=formatter)
        return f'<div class="wn-chart-small">{svg}</div>'
    wide, narrow = (
        render(chart, id_prefix=f"{id_prefix}-{name}", width=width, language=language,
               formatter=formatter)
        for name, width in (("wide", WIDE), ("narrow", NARROW))
    )  # fmt: skip
    return f'<div class="wn-chart-frame">{wide}{narrow}</div>'


def as_table(
    chart: Chart, *, language: str = "de", formatter: Formatter | None = None
) -> ChartTable:
    """The equal view: every value of the picture, missing and secret ones in words."""
    look = Look(WIDE, "t", language, formatter)
    match chart:
        case LineChart():
            return tables.table_of_lines(chart, look)
        case Sparkline():
            return tables.table_of_lines(summaries.as_line_chart(chart), look)
        case BarChart():
            return tables.table_of_bars(chart, look)
        case SmallMultiples():
            return tables.table_of_multiples(chart, look)
        case Coverage():
            return tables.table_of_coverage(chart, look)
        case StateIcon():
            return tables.table_of_state(chart, look)


def describe(chart: Chart, *, language: str = "de", formatter: Formatter | None = None) -> str:
    """What the picture shows in plain sentences; it is the ``<desc>`` of the SVG."""
    return _description(chart, Look(WIDE, "d", language, formatter))


def _description(chart: Chart, look: Look) -> str:
    match chart:
        case LineChart():
            return summaries.describe_lines(chart, look)
        case Sparkline():
            return summaries.describe_spark(chart, look)
        case BarChart():
            return summaries.describe_bars(chart, look)
        case SmallMultiples():
            return summaries.describe_multiples(chart, look)
        case Coverage():
            return summaries.describe_coverage(chart, look)
        case StateIcon():
            return summaries.state_words(chart, look)


def _draw(chart: Chart, look: Look) -> Drawing:
    match chart:
        case LineChart():
            return draw_lines(chart, look)
        case Sparkline():
            return draw_spark(chart, look)
        case BarChart():
            return draw_bars(chart, look)
        case SmallMultiples():
            return draw_multiples(chart, look)
        case Coverage():
            return draw_coverage(chart, look)
        case StateIcon():
            return draw_icon(chart, look)


def _width(chart: Chart, width: int | None) -> int:
    small = _SMALL.get(type(chart))
    if small is not None:
        return max(width or small, 16)
    return max(width or WIDE, _LEAST)


def title_of(chart: Chart, look: Look) -> str:
    """The title, or for an icon its words."""
    return summaries.state_words(chart, look) if isinstance(chart, StateIcon) else chart.title


def _root(chart: Chart, drawing: Drawing, look: Look) -> Element:
    title, desc = look.ref("title"), look.ref("desc")
    defs = (el("defs", *drawing.defs),) if drawing.defs else ()
    return el(
        "svg",
        el("title", title_of(chart, look), id=title),
        el("desc", _description(chart, look), id=desc),
        *defs,
        *drawing.body,
        xmlns="http://www.w3.org/2000/svg",
        class_=_classes(chart, look),
        role="img",
        lang="en" if look.language.startswith("en") else "de",
        aria_labelledby=f"{title} {desc}",
        viewBox=f"0 0 {drawing.width:g} {drawing.height:g}",
        width=drawing.width,
        height=drawing.height,
        font_family=_FONT,
        font_size=look.size,
        font_weight=400,
        direction="ltr",
    )


def _classes(chart: Chart, look: Look) -> str:
    kind = {
        LineChart: "lines", BarChart: "bars", SmallMultiples: "multiples",
        Sparkline: "spark", Coverage: "coverage", StateIcon: "state",
    }[type(chart)]  # fmt: skip
    size = "" if type(chart) in _SMALL else f" wn-chart--{'wide' if look.wide else 'narrow'}"
    return f"wn-chart wn-chart--{kind}{size}"


def _with_title(drawing: Drawing, title: str, look: Look) -> Drawing:
    """The same picture below its title, on white, with a margin."""
    margin = 16
    lines = wrap(clean(title), drawing.width, _TITLE_SIZE, bold=True)
    top = margin + len(lines) * 22 + 8
    size = (drawing.width + 2 * margin, top + drawing.height + margin)
    ground = el("rect", class_="wn-chart__surface", width=size[0], height=size[1],
                fill=palette.SURFACE)  # fmt: skip
    heads = tuple(
        text(margin, margin + _TITLE_SIZE + number * 22, line, look, kind="title", bold=True,
             size=_TITLE_SIZE)
        for number, line in enumerate(lines)
    )  # fmt: skip
    moved = el("g", *drawing.body, transform=f"translate({margin} {top:g})")
    return Drawing(*size, (ground, *heads, moved), drawing.defs)
