"""Charts as accessible SVG text, the one renderer for pages, print and PDF.

``render`` draws, ``as_table`` gives the same content as a table, ``describe`` says it in one or
two sentences. The SVG has no style attribute, no style element and no script, so it passes a
strict content security policy; its classes (``wn-chart__…``) let a style sheet recolour it.
"""

from wirknetz.core.charts.model import (
    Bar,
    BarChart,
    Break,
    Chart,
    ChartTable,
    Coverage,
    Formatter,
    LineChart,
    Mark,
    Point,
    Series,
    SmallMultiples,
    Sparkline,
    StateIcon,
    Target,
)
from wirknetz.core.charts.renderer import NARROW, WIDE, as_table, describe, render, render_pair
from wirknetz.core.measures import Direction, TargetState

__all__ = [
    "NARROW",
    "WIDE",
    "Bar",
    "BarChart",
    "Break",
    "Chart",
    "ChartTable",
    "Coverage",
    "Direction",
    "Formatter",
    "LineChart",
    "Mark",
    "Point",
    "Series",
    "SmallMultiples",
    "Sparkline",
    "StateIcon",
    "Target",
    "TargetState",
    "as_table",
    "describe",
    "render",
    "render_pair",
]
