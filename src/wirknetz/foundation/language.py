"""The language of the page or mail that is being made, its dates and its numbers.

Whoever writes to somebody else does it in the language of that person: hand lazy texts to
``actions.notify``, or write inside ``translation.override(language)``.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Final

from django.utils.translation import get_language

_ENGLISH_MONTHS: Final = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)


def language() -> str:
    """``de`` or ``en``, whichever the page is in."""
    return "en" if (get_language() or "de").startswith("en") else "de"


def format_day(day: dt.date, *, year: bool = True) -> str:
    """``21.11.2026`` in German, ``21 Nov 2026`` in English; without the year if unwanted."""
    if language() == "en":
        short = f"{day.day} {_ENGLISH_MONTHS[day.month - 1]}"
        return f"{short} {day.year}" if year else short
    return f"{day.day:02}.{day.month:02}.{day.year if year else ''}"


MINUS: Final = "\u2212"
_GERMAN_MARKS: Final = str.maketrans(",.", ".,")


def format_number(value: Decimal) -> str:
    """``1.234,5`` in German, ``1,234.5`` in English; with the decimals it has."""
    plain = f"{abs(value):,f}"
    marked = plain if language() == "en" else plain.translate(_GERMAN_MARKS)
    return f"{MINUS if value < 0 else ''}{marked}"


class LazyDay:
    """A day that is written in the language of whoever reads it in the end."""

    def __init__(self, day: dt.date) -> None:
        """Keep the day."""
        self.day = day

    def __str__(self) -> str:
        """Write it in the language of this moment."""
        return format_day(self.day)
