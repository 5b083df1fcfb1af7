"""Target states as signs: each has its own shape, the colour only repeats it."""

from __future__ import annotations

from typing import Final

from wirknetz.core.charts.look import Drawing, Look
from wirknetz.core.charts.model import StateIcon
from wirknetz.core.charts.palette import STATES, SURFACE
from wirknetz.core.charts.svg import Element, el
from wirknetz.core.measures import TargetState

_DISC: Final = "M1 10a9 9 0 1 0 18 0a9 9 0 1 0 -18 0z"
_RING: Final = "M2 10a8 8 0 1 0 16 0a8 8 0 1 0 -16 0z"
_DIAMOND: Final = "M10 0.8L19.2 10L10 19.2L0.8 10z"
_SQUARE: Final = "M2.5 2.5h15v15h-15z"
_CHECK: Final = "M5.5 10.4l3.1 3.1l6 -6.6"
_WAVE: Final = "M5.8 11c1.4 -2.4 2.8 -2.4 4.2 -1s2.8 1.4 4.2 -1"
_CROSS: Final = "M6.5 6.5l7 7M13.5 6.5l-7 7"
_HANDS: Final = "M10 5.2v5l3.4 2"
_DASH: Final = "M4 10h12"


def draw_icon(chart: StateIcon, look: Look) -> Drawing:
    """Disc with tick, diamond with wave, square with cross, clock, or a dash."""
    scale = look.width / 20
    parts = _sign(chart.state)
    state = el(
        "g",
        *parts,
        class_=f"wn-chart__state wn-chart__state--{chart.state.value}",
        transform=None if scale == 1 else f"scale({scale:g})",
    )
    return Drawing(look.width, look.width, (state,))


def _sign(state: TargetState) -> tuple[Element, ...]:
    colour = STATES[state.value]
    match state:
        case TargetState.REACHED:
            return _solid(_DISC, colour), _stroke(_CHECK, SURFACE, "inner", 2.2)
        case TargetState.CLOSE:
            return _solid(_DIAMOND, colour), _stroke(_WAVE, SURFACE, "inner", 2)
        case TargetState.MISSED:
            return _solid(_SQUARE, colour), _stroke(_CROSS, SURFACE, "inner", 2.2)
        case TargetState.OPEN:
            return _stroke(_RING, colour, "outline", 1.8), _stroke(_HANDS, colour, "outline", 1.8)
        case TargetState.NO_TARGET:
            return (_stroke(_DASH, colour, "outline", 2.4),)


def _solid(d: str, colour: str) -> Element:
    return el("path", class_="wn-chart__state-shape", d=d, fill=colour)


def _stroke(d: str, colour: str, kind: str, width: float) -> Element:
    return el(
        "path",
        class_=f"wn-chart__state-{kind}",
        d=d,
        fill="none",
        stroke=colour,
        stroke_width=width,
        stroke_linecap="round",
        stroke_linejoin="round",
    )
