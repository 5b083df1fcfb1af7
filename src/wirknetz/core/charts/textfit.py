"""Texts made harmless, measured, wrapped and shortened, before they are placed."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from wirknetz.core.charts.glyphs import BOLD, REGULAR

_BLANKS: Final = re.compile(r"[ \t\r\n\f\v\u2028\u2029]+")
_FORBIDDEN: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(chr(plane * 0x10000 + end) for plane in range(1, 17) for end in (0xFFFE, 0xFFFF))
    + "]"
)
_UNKNOWN: Final = 750  # a letter outside the table: Cyrillic, Greek, Arabic, Hebrew
_FULL: Final = 1150  # ideographs, emoji
ELLIPSIS: Final = "…"


def clean(text: str) -> str:
    """The text without control characters, direction overrides and what XML forbids."""
    if text.isprintable() and "  " not in text:  # nearly always, and much faster
        return text.strip(" ")
    return _FORBIDDEN.sub("", _BLANKS.sub(" ", text)).strip(" ")


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Width in pixels, an upper estimate for the typefaces the charts name."""
    table = BOLD if bold else REGULAR
    return sum(_letter_width(letter, table) for letter in text) * size / 1000


def _letter_width(letter: str, table: dict[str, int]) -> int:
    known = table.get(letter)
    if known is not None:
        return known
    if unicodedata.combining(letter) or unicodedata.category(letter) == "Mn":
        return 0
    wide = unicodedata.east_asian_width(letter) in {"W", "F"} or ord(letter) > 0xFFFF
    return _FULL if wide or ord(letter) > 0x2E80 else _UNKNOWN


def shorten(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """The text, cut with an ellipsis where it is wider than the room."""
    if text_width(text, size, bold=bold) <= room:
        return text
    kept = _head(text, room - text_width(ELLIPSIS, size, bold=bold), size, bold=bold)
    return kept.rstrip() + ELLIPSIS


def _head(text: str, room: float, size: float, *, bold: bool) -> str:
    """As many first letters as fit."""
    used = 0.0
    for index, letter in enumerate(text):
        used += text_width(letter, size, bold=bold)
        if used > room:
            return text[:index]
    return text


def wrap(
    text: str, room: float, size: float, *, lines: int = 99, bold: bool = False
) -> tuple[str, ...]:
    """The text in at most so many lines of the room's width; the last is cut if need be.

    Words longer than a line are cut with a hyphen. The empty text has no line.
    """
    done: list[str] = []
    rest = text
    while rest and len(done) < lines - 1 and text_width(rest, size, bold=bold) > room:
        line, rest = _first_line(rest, room, size, bold=bold)
        done.append(line)
    return (*done, shorten(rest, room, size, bold=bold)) if rest else tuple(done)


def _first_line(text: str, room: float, size: float, *, bold: bool) -> tuple[str, str]:
    head = _head(text, room, size, bold=bold) or text[0]
    cut = _last_cut(head, text[len(head) : len(head) + 1])
    if cut == len(head) > 2 and head[-2:].isalpha() and text[cut : cut + 1].isalpha():
        kept = head[:-1] if text_width(head[:-1] + "-", size, bold=bold) <= room else head[:-2]
        return kept + "-", text[len(kept) :]
    return (text[:cut].rstrip(" ") or head, text[cut:].lstrip(" "))


def _last_cut(head: str, following: str) -> int:
    """Where to end the line: after its last blank, hyphen or slash; its end where none is."""
    if following == " ":
        return len(head)
    cut = max(head.rfind(sign) for sign in (" ", "-", "/", "–")) + 1
    return cut if cut > len(head) // 4 else len(head)


def widest(texts: tuple[str, ...], size: float, *, bold: bool = False) -> float:
    """Width of the widest of the texts; 0 for none."""
    return max((text_width(text, size, bold=bold) for text in texts), default=0.0)
