"""From what python-calamine says to the content of a cell, exact and without guessing."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from math import isfinite
from typing import Final

from wirknetz.core.files.grid import Content, GridCell

Raw = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta
_WHOLE: Final = 1e15
LONGEST_TEXT: Final = 32_767
"""No spreadsheet program keeps a longer text in one cell."""


def plain_text(text: str) -> str | None:
    """The text with one kind of line end; None if nothing is to be seen."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text[:LONGEST_TEXT] if text.strip() else None


def number(value: float) -> Decimal | str:
    """The shortest decimal number that is this float: what the person typed.

    A float that is no number stays as text, so that it is asked.
    """
    if not isfinite(value):
        return str(value)
    if value.is_integer() and abs(value) < _WHOLE:
        return Decimal(int(value))
    return Decimal(repr(value))


class Contents:
    """Makes cells; equal ones are one object, since a list repeats them often."""

    def __init__(self) -> None:
        """Know no cell yet."""
        self._known: dict[type, dict[Raw, GridCell | None]] = {}

    def cell(self, raw: Raw) -> GridCell | None:
        """A cell that is neither calculated nor a percentage; None for an empty one."""
        known = self._known.get(type(raw))
        if known is None:  # True and 1 are equal, and not the same content
            known = self._known[type(raw)] = {}
        try:
            return known[raw]
        except KeyError:
            content = _content(raw)
            made = None if content is None else GridCell(content, formula=False)
            return known.setdefault(raw, made)


def _content(raw: Raw) -> Content | None:
    if isinstance(raw, str):
        return plain_text(raw)
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        return raw
    return number(raw) if isinstance(raw, float) else Decimal(raw)
