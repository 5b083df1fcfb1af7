"""Words made comparable, days and numbers read from text.

Every rule here stands in ``count-values.js`` as well; ``tests/data/counting`` holds both to it.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from wirknetz.core.files.counting.profile import Slashes, Style
from wirknetz.core.files.grid import Content

_UNSEEN: Final = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_SPACE: Final = re.compile("[ \t\n\r\f\v\u0085\u2028\u2029]+")
_GERMAN: Final = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4}|\d{2})", re.ASCII)
_ISO: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_SLASHED: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})", re.ASCII)
_NAMED: Final = re.compile(r"(\d{1,2})\. ?([a-zä]+)\.? (\d{4})", re.ASCII)
_TIME: Final = re.compile(r"(?:[ t]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: uhr|z)?)$", re.ASCII)
_MONTHS: Final = (
    "jan",
    "feb",
    "mär",
    "apr",
    "mai",
    "jun",
    "jul",
    "aug",
    "sep",
    "okt",
    "nov",
    "dez",
)
_LONG_MONTHS: Final = (
    "januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober",
    "november", "dezember",
)  # fmt: skip
_EARLIEST, _LATEST = 1880, 2100
_PLAIN: Final = re.compile(r"-?\d+", re.ASCII)
_GROUPED: Final = {
    Style.GERMAN: re.compile(r"-?\d{1,3}(?:\.\d{3})+", re.ASCII),
    Style.ENGLISH: re.compile(r"-?\d{1,3}(?:,\d{3})+", re.ASCII),
}
_WITH_DECIMALS: Final = {
    Style.GERMAN: re.compile(r"-?(?:\d{1,3}(?:\.\d{3})+|\d+),\d{1,4}", re.ASCII),
    Style.ENGLISH: re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)\.\d{1,4}", re.ASCII),
}
_MOST_DECIMALS: Final = Decimal("0.0001")
_LARGEST: Final = Decimal(10**12)


class Doubt(StrEnum):
    """What keeps a value from being read."""

    UNREADABLE = "unreadable"
    TWO_DIGITS = "two_digits"
    SLASHES = "slashes"
    STYLE = "style"
    NEGATIVE = "negative"


@dataclass(frozen=True, slots=True)
class Reading:
    """How text is to be read: what the profile says about days and numbers."""

    latest_year: int | None = None
    slashes: Slashes | None = None
    style: Style | None = None


def fold(text: str) -> str:
    """Small letters, one kind of space, ``ß`` as ``ss``: what a person takes for the same word."""
    small = _UNSEEN.sub("", unicodedata.normalize("NFKC", text)).lower().replace("ß", "ss")
    return _SPACE.sub(" ", small).strip(" ")


def word(content: Content | None) -> str:
    """A cell as a folded word; empty for an empty cell."""
    if content is None:
        return ""
    if isinstance(content, Decimal):
        return number_text(content)
    if isinstance(content, bool):
        return "ja" if content else "nein"
    if isinstance(content, dt.date):
        return content.isoformat()[:10]
    return fold(str(content))


def number_text(number: Decimal) -> str:
    """In digits, without an exponent and without zeros at its end."""
    return f"{number.normalize():f}" if number else "0"


def day_of(content: Content, how: Reading) -> dt.date | Doubt:
    """The calendar day a cell holds."""
    if isinstance(content, dt.datetime):
        return _sensible(content.date())
    if isinstance(content, dt.date):
        return _sensible(content)
    return _day_in(fold(content), how) if isinstance(content, str) else Doubt.UNREADABLE


def _day_in(text: str, how: Reading) -> dt.date | Doubt:
    plain = _TIME.sub("", text)
    if match := _GERMAN.fullmatch(plain):
        return _made(match[3], match[2], match[1], how)
    if match := _ISO.fullmatch(plain):
        return _made(match[1], match[2], match[3], how)
    if match := _SLASHED.fullmatch(plain):
        return _slashed(match, how)
    if (match := _NAMED.fullmatch(plain)) and (month := _month(match[2])):
        return _made(match[3], str(month), match[1], how)
    return Doubt.UNREADABLE


def _month(name: str) -> int:
    for names in (_LONG_MONTHS, _MONTHS):
        if name in names:
            return names.index(name) + 1
    return 0


def _slashed(match: re.Match[str], how: Reading) -> dt.date | Doubt:
    if how.slashes is None:
        return Doubt.SLASHES
    first, second = match[1], match[2]
    day, month = (first, second) if how.slashes is Slashes.DAY_FIRST else (second, first)
    return _made(match[3], month, day, how)


def _made(year: str, month: str, day: str, how: Reading) -> dt.date | Doubt:
    full = int(year)
    if len(year) == 2:
        if how.latest_year is None:
            return Doubt.TWO_DIGITS
        full += how.latest_year // 100 * 100
        full -= 100 if full > how.latest_year else 0
    try:
        return _sensible(dt.date(full, int(month), int(day)))
    except ValueError:
        return Doubt.UNREADABLE


def _sensible(day: dt.date) -> dt.date | Doubt:
    return day if _EARLIEST <= day.year <= _LATEST else Doubt.UNREADABLE


def number_of(content: Content, how: Reading) -> Decimal | Doubt:
    """The amount a cell holds: not negative, at most four decimals."""
    if isinstance(content, Decimal):
        return _amount(content)
    if not isinstance(content, str):
        return Doubt.UNREADABLE
    text = fold(content).replace("\u2212", "-").replace(" ", "")
    if _PLAIN.fullmatch(text):
        return _amount(Decimal(text))
    return _styled(text, how)


def _styled(text: str, how: Reading) -> Decimal | Doubt:
    readings = {
        style: _in_style(text, style)
        for style in (Style.GERMAN, Style.ENGLISH)
        if _GROUPED[style].fullmatch(text) or _WITH_DECIMALS[style].fullmatch(text)
    }
    if how.style is not None:
        return _amount(readings[how.style]) if how.style in readings else Doubt.UNREADABLE
    if len(set(readings.values())) > 1:
        return Doubt.STYLE
    return _amount(next(iter(readings.values()))) if readings else Doubt.UNREADABLE


def _in_style(text: str, style: Style) -> Decimal:
    if style is Style.GERMAN:
        return Decimal(text.replace(".", "").replace(",", "."))
    return Decimal(text.replace(",", ""))


def _amount(number: Decimal) -> Decimal | Doubt:
    if number < 0:
        return Doubt.NEGATIVE
    exact = number <= _LARGEST and number == number.quantize(_MOST_DECIMALS)
    return number if exact else Doubt.UNREADABLE
