"""Markers, signs for what is missing, patterns: meaning by shape, not by colour alone."""

from __future__ import annotations

from wirknetz.core.charts import palette
from wirknetz.core.charts.look import Look
from wirknetz.core.charts.palette import SERIES, SeriesLook
from wirknetz.core.charts.svg import Element, el, path


def coloured(index: int, *children: Element) -> Element:
    """A group that wears the colour of the series with this index; style sheets recolour it."""
    return el("g", *children, class_=f"wn-chart__series wn-chart__series--{index + 1}")


def marker(x: float, y: float, index: int, radius: float) -> Element:
    """The marker of the series with this index: circle, square, triangle or diamond."""
    style = SERIES[index]
    return el(
        "path",
        class_="wn-chart__marker" + (" wn-chart__marker--hollow" if style.hollow else ""),
        d=_outline(style, x, y, radius),
        fill=palette.SURFACE if style.hollow else style.colour,
        stroke=style.colour,
        stroke_width=1.75 if style.hollow else 1,
    )


def _outline(style: SeriesLook, x: float, y: float, r: float) -> str:
    if style.shape == "circle":
        return circle_path(x, y, r)
    if style.shape == "square":
        r *= 0.9
        return _polygon(((x - r, y - r), (x + r, y - r), (x + r, y + r), (x - r, y + r)))
    if style.shape == "triangle":
        r *= 1.15
        return _polygon(((x, y - r), (x + r, y + r * 0.8), (x - r, y + r * 0.8)))
    r *= 1.2
    return _polygon(((x, y - r), (x + r, y), (x, y + r), (x - r, y)))


def circle_path(x: float, y: float, r: float) -> str:
    """A circle as path data, so that all markers are the same kind of element."""
    start = path([("M", x - r, y)])
    arc = f"a{r:g} {r:g} 0 1 0 {2 * r:g} 0a{r:g} {r:g} 0 1 0 {-2 * r:g} 0z"
    return start + arc


def _polygon(corners: tuple[tuple[float, float], ...]) -> str:
    letters = ("M", *("L" for _ in corners[1:]))
    return path((letter, x, y) for letter, (x, y) in zip(letters, corners, strict=True)) + "z"


def missing_sign(x: float, y: float, colour: str, *, radius: float = 3) -> Element:
    """A small cross: nobody reported."""
    d = path(
        [
            ("M", x - radius, y - radius),
            ("L", x + radius, y + radius),
            ("M", x - radius, y + radius),
            ("L", x + radius, y - radius),
        ]
    )
    return el(
        "path",
        class_="wn-chart__missing",
        d=d,
        fill="none",
        stroke=colour,
        stroke_width=1.5,
        stroke_linecap="round",
    )


def secret_sign(x: float, y: float, colour: str, *, radius: float = 4) -> Element:
    """A small padlock: known, but kept secret."""
    shackle = f"{path([('M', x - radius * 0.55, y)])}v{-radius * 0.4:g}"
    arc = f"a{radius * 0.55:g} {radius * 0.55:g} 0 0 1 {radius * 1.1:g} 0v{radius * 0.4:g}"
    return el(
        "g",
        el(
            "path",
            class_="wn-chart__shackle",
            d=shackle + arc,
            fill="none",
            stroke=colour,
            stroke_width=1.4,
        ),
        el(
            "rect",
            class_="wn-chart__lock",
            x=x - radius * 0.9,
            y=y - 0.3,
            width=radius * 1.8,
            height=radius * 1.25,
            fill=colour,
            rx=0.8,
        ),
        class_="wn-chart__secret",
    )


def hatch(look: Look, name: str, colour: str) -> Element:
    """Diagonal lines on the ground, as a pattern with an id of this drawing."""
    return el(
        "pattern",
        el("rect", class_="wn-chart__surface", width=6, height=6, fill=palette.SURFACE),
        el(
            "line",
            class_="wn-chart__hatch",
            x1=0,
            y1=0,
            x2=0,
            y2=6,
            stroke=colour,
            stroke_width=3,
        ),
        id=look.ref(name),
        width=6,
        height=6,
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    )
