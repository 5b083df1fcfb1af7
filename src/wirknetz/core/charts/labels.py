"""Texts around the plane: the legend above, notes below."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from wirknetz.core.charts import palette
from wirknetz.core.charts.look import Look, text
from wirknetz.core.charts.svg import Element
from wirknetz.core.charts.textfit import shorten, text_width, wrap

GLYPH: Final = 30
_APART: Final = 18


@dataclass(frozen=True, slots=True)
class Key:
    """An entry of the legend: how to draw its sign at (x, middle), and its words."""

    sign: Callable[[float, float], Element]
    words: str
    glyph: float = GLYPH


@dataclass(frozen=True, slots=True)
class Legend:
    """A drawn legend and the height it takes."""

    height: float
    elements: tuple[Element, ...]


def draw_legend(keys: tuple[Key, ...], top: float, look: Look) -> Legend:
    """The entries in rows from top downwards; words that do not fit a row are cut."""
    x, row = 0.0, 0
    found: list[Element] = []
    for key in keys:
        words = shorten(key.words, look.width - key.glyph - 4, look.size)
        width = key.glyph + text_width(words, look.size)
        if x and x + width > look.width:
            x, row = 0.0, row + 1
        middle = top + row * (look.line + 2) + look.line / 2
        found.append(key.sign(x, middle))
        found.append(text(x + key.glyph, middle + look.size * 0.35, words, look, kind="key"))
        x += width + _APART
    height = (row + 1) * (look.line + 2) + 8 if keys else 0.0
    return Legend(height, tuple(found))


def draw_notes(notes: tuple[str, ...], top: float, look: Look) -> Legend:
    """Sentences below the picture, wrapped to its width."""
    lines = [line for note in notes for line in wrap(note, look.width, look.size)]
    found = tuple(
        text(0, top + look.size + number * look.line, line, look, kind="note", fill=palette.MUTED)
        for number, line in enumerate(lines)
    )
    return Legend(look.line * len(lines) + (8 if lines else 0), found)
