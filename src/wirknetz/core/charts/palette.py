"""Colours of the charts, and how contrast is computed.

Every colour that carries meaning has at least 4.5:1 against white (text may wear it) and can be
told from its neighbours without full colour vision; shape, dash and pattern say it again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

INK: Final = "#1d2433"
MUTED: Final = "#566072"
GRID: Final = "#e4e7ec"  # decoration, carries nothing
AXIS: Final = "#7c8698"
SURFACE: Final = "#ffffff"
TARGET: Final = "#3d4658"
BAND: Final = "#e7ebdc"  # decoration beside the target line
BREAK: Final = "#5b4a86"
TRACK: Final = "#7c8698"


@dataclass(frozen=True, slots=True)
class SeriesLook:
    """What makes a series unmistakable: colour, dash and shape of its markers."""

    colour: str
    dash: str | None
    shape: str
    hollow: bool


SERIES: Final = (
    SeriesLook("#0b4f6c", None, "circle", hollow=False),
    SeriesLook("#b3460b", "7 4", "square", hollow=True),
    SeriesLook("#7d2e8d", "2 4", "triangle", hollow=False),
    SeriesLook("#5f6600", "10 3 2 3", "diamond", hollow=True),
)
STATES: Final = {
    "reached": "#0a6b4c",
    "close": "#8a5a00",
    "missed": "#b3261e",
    "open": "#0b4f6c",
    "no_target": "#566072",
}


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb`` (W3C, WCAG 2.2, 2023)."""
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (W3C, WCAG 2.2, 2023)."""
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
