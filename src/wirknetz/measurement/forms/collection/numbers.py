"""Numbers as people type them: ``1.234,5``, ``1234,5``, ``12,0``; asks where two readings fit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

LONGEST: Final = 40
_SPACES: Final = re.compile(r"[\s\u00a0\u2009\u202f'’_]")
_PLAIN: Final = re.compile(r"[+-]?[0-9]+")
_MINUS: Final = str.maketrans({"\u2212": "-", "\u2013": "-"})


class NotANumber(ValueError):  # noqa: N818
    """The text is not a number."""


class TooLong(NotANumber):
    """The text is longer than any number here."""


class Ambiguous(NotANumber):
    """The text can be read as two different numbers."""

    def __init__(self, first: Decimal, second: Decimal) -> None:
        """Keep both readings."""
        super().__init__(f"{first} or {second}")
        self.first, self.second = first, second


@dataclass(frozen=True, slots=True)
class _Marks:
    group: str
    decimal: str


_GERMAN: Final = _Marks(group=".", decimal=",")
_ENGLISH: Final = _Marks(group=",", decimal=".")


def read_number(text: str, *, decimals: int = 0, language: str = "de") -> Decimal:
    """The number somebody typed.

    With both marks the last one stands before the decimals. The language's own decimal mark is
    one wherever it stands once. The grouping mark alone groups (``1.234.567``, and ``1.500``
    where only whole numbers are counted) or, where it cannot group, stands before the decimals
    (``12.5``, as some keyboards write it).

    Raises:
        TooLong: more than forty characters.
        Ambiguous: ``1.500`` where decimals are allowed.
        NotANumber: anything else.
    """
    if len(text) > LONGEST * 5:
        raise TooLong(text[:LONGEST])
    plain = _SPACES.sub("", text.strip()).translate(_MINUS)
    if len(plain) > LONGEST:
        raise TooLong(plain[:LONGEST])
    marks = _ENGLISH if language.startswith("en") else _GERMAN
    if "." in plain and "," in plain:
        return _with_both(plain, text)
    if marks.group in plain:
        return _with_group_mark(plain, marks.group, decimals, text)
    return _decimal(plain, marks.decimal, text)


def _with_both(plain: str, text: str) -> Decimal:
    decimal = max(".,", key=plain.rfind)
    group = "," if decimal == "." else "."
    whole, _, rest = plain.partition(decimal)
    if not _grouped(whole, group) or group in rest or decimal in rest:
        raise NotANumber(text)
    return _decimal(whole.replace(group, "") + decimal + rest, decimal, text)


def _with_group_mark(plain: str, group: str, decimals: int, text: str) -> Decimal:
    if _grouped(plain, group):
        whole = _decimal(plain.replace(group, ""), group, text)
        once = plain.count(group) == 1 and not plain.lstrip("+-").startswith("0")
        if decimals > 0 and once:
            raise Ambiguous(whole, _decimal(plain, group, text))
        if not plain.lstrip("+-").startswith("0"):
            return whole
    return _decimal(plain, group, text)


def _grouped(plain: str, group: str) -> bool:
    return re.fullmatch(rf"[+-]?[0-9]{{1,3}}(\{group}[0-9]{{3}})+", plain) is not None


def _decimal(plain: str, mark: str, text: str) -> Decimal:
    whole, found, rest = plain.partition(mark)
    if not _PLAIN.fullmatch(whole) or (found and not re.fullmatch(r"[0-9]+", rest)):
        raise NotANumber(text)
    return Decimal(f"{whole}.{rest}" if found else whole)
