"""How a drawing looks: sizes for its width, language, ids; and the two kinds of text in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from wirknetz.core.charts import palette
from wirknetz.core.charts.figures import Numbers
from wirknetz.core.charts.model import Formatter
from wirknetz.core.charts.svg import Element, el
from wirknetz.core.charts.words import Words, words_for

_WIDE_FROM: Final = 480


@dataclass(frozen=True, slots=True)
class Look:
    """Everything a drawing needs to know besides its content."""

    width: float
    prefix: str
    language: str = "de"
    formatter: Formatter | None = None

    @property
    def wide(self) -> bool:
        """Room for names beside lines and bars."""
        return self.width >= _WIDE_FROM

    @property
    def size(self) -> float:
        """Type size in pixels at this width."""
        return 14 if self.wide else 13

    @property
    def line(self) -> float:
        """Height of a line of text."""
        return round(self.size * 1.3)

    @property
    def words(self) -> Words:
        """The words of the language."""
        return words_for(self.language)

    def numbers(self, unit: str, decimals: int) -> Numbers:
        """Number format for a unit."""
        return Numbers(self.language, unit, decimals, self.formatter)

    def ref(self, name: str) -> str:
        """An id of this drawing."""
        return f"{self.prefix}-{name}"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A finished picture: its size, what is in it, and its patterns."""

    width: float
    height: float
    body: tuple[Element, ...]
    defs: tuple[Element, ...] = ()


def text(
    x: float,
    y: float,
    content: str,
    look: Look,
    *,
    kind: str = "text",
    anchor: str | None = None,
    fill: str = palette.INK,
    bold: bool = False,
    size: float | None = None,
    halo: bool = False,
) -> Element:
    """A line of text with its baseline at y. ``halo`` keeps lines behind it away."""
    return el(
        "text",
        content,
        class_=f"wn-chart__{kind}" + (" wn-chart__halo" if halo else ""),
        x=x,
        y=y,
        fill=fill,
        font_size=size or look.size,
        font_weight=600 if bold else None,
        text_anchor=anchor,
        paint_order="stroke" if halo else None,
        stroke=palette.SURFACE if halo else None,
        stroke_width=4 if halo else None,
        stroke_linejoin="round" if halo else None,
    )


def rule(
    x1: float,
    y1: float,
    x2: float,
    y2: float,
    *,
    kind: str,
    stroke: str,
    width: float = 1,
    dash: str | None = None,
) -> Element:
    """A straight line."""
    return el(
        "line",
        class_=f"wn-chart__{kind}",
        x1=x1,
        y1=y1,
        x2=x2,
        y2=y2,
        stroke=stroke,
        stroke_width=width,
        stroke_dasharray=dash,
    )
