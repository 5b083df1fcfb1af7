"""The single signs of a list of persons: what a heading says, what a column's values look like.

Every rule here stands in ``persons-signs.js`` as well; ``tests/data/persons`` holds both to it.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib import resources
from statistics import median
from typing import Final

from wirknetz.core.files.grid import Content


class Kind(StrEnum):
    """What a column says about a person."""

    NAME = "name"
    BIRTH_DATE = "birth_date"
    BIRTH_YEAR = "birth_year"
    EMAIL = "email"
    PHONE = "phone"
    ADDRESS = "address"
    INSURANCE = "insurance"
    CASE_NUMBER = "case_number"
    NUMBER = "number"
    GENDER = "gender"
    AGE = "age"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign and how much it weighs."""

    kind: Kind
    weight: int


@dataclass(frozen=True, slots=True)
class Words:
    """The word lists both languages share."""

    headings: tuple[tuple[str, re.Pattern[str]], ...]
    genders: frozenset[str]
    things: frozenset[str]
    first_names: frozenset[str]
    last_names: frozenset[str]


MOST_HEADING: Final = 60
_MOST_NAME: Final = 60
_FEW: Final = 3
_YEARS_APART: Final = 8
_EMAIL: Final = re.compile(r"[^\s@;,<>]+@[^\s@;,<>]+\.[A-Za-z]{2,}")
_PHONE: Final = re.compile(r"(?:\+|00|0)[0-9][0-9 /()-]{5,20}")
_HOUSE: Final = re.compile(r"\D{3,40}[ .][0-9]{1,4} ?[a-zA-Z]?(?:,.*)?")
_INSURANCE: Final = re.compile(r"[0-9]{8}[A-Z][0-9]{3}|[A-Z][0-9]{9}|[A-Z]{2}[0-9]{20}")
_NAME_SIGNS: Final = frozenset("'’`´.- ,")
_GERMAN_DAY: Final = re.compile(r"[0-9]{1,2}[./] ?[0-9]{1,2}[./] ?([0-9]{4}|[0-9]{2})")
_ISO_DAY: Final = re.compile(r"([0-9]{4})-[0-9]{2}-[0-9]{2}(?:[T ].*)?")
_IN: Final = re.compile(r"(?<=[a-z])[*:_/]-?(?=in)")
_OPTIONAL_IN: Final = re.compile(r"\((innen|in|en|n|e|r|s)\)")
_BRACKETS: Final = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_NOT_WORD: Final = re.compile(r"[^a-z0-9]+")
_NOT_LETTER: Final = re.compile(r"[^a-z]+")
_SPELLED: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_LETTERS: Final = str.maketrans({"ß": "ss", "ł": "l", "ı": "i", "ø": "o", "đ": "d"})


@cache
def words() -> Words:
    """The lists of ``persons.json``, read once."""
    raw = json.loads(
        resources.files("wirknetz.core.files").joinpath("persons.json").read_text("utf-8")
    )
    headings = tuple(
        (kind, re.compile("|".join(f"(?:{p})" for p in patterns), re.ASCII))
        for kind, patterns in raw["headings"].items()
    )
    lists = (frozenset(map(name_key, " ".join(raw[name]).split())) for name in _LISTS)
    return Words(headings, *lists)


_LISTS: Final = ("genders", "things", "first_names", "last_names")


def heading_key(text: str) -> str:
    """A heading in small letters and words: ``Klient*in (m/w)`` becomes ``klientin``."""
    small = unicodedata.normalize("NFKC", text).lower().translate(_SPELLED)
    joined = _OPTIONAL_IN.sub(r"\1", _IN.sub("", small))
    return _NOT_WORD.sub(" ", _stripped(_BRACKETS.sub(" ", joined))).strip()


def name_key(word: str) -> str:
    """A name without marks, however its umlauts are spelled: ``Jörg`` and ``Joerg`` alike."""
    small = _stripped(word.lower().translate(_LETTERS))
    for spelled in ("ae", "oe", "ue"):
        small = small.replace(spelled, spelled[0])
    return _NOT_LETTER.sub("", small)


def _stripped(text: str) -> str:
    return "".join(
        sign
        for sign in unicodedata.normalize("NFKD", text)
        if not unicodedata.category(sign).startswith("M")
    )


@cache
def _kind_of_heading(text: str) -> str:
    key = heading_key(text)
    return next((kind for kind, pattern in words().headings if pattern.fullmatch(key)), "")


def heading_kind(content: Content) -> str:
    """Which kind of heading this is; empty for values and for headings that say nothing."""
    if not isinstance(content, str) or len(content) > MOST_HEADING:
        return ""
    return _kind_of_heading(content)


def sign_of(values: Sequence[Content], heading: str, *, by_content: bool) -> Sign | None:
    """What a column's values say, under a heading of this kind.

    ``by_content``: the values may speak where no heading we know stands above them.
    """
    if heading in _UNDER:
        return _UNDER[heading](values)
    if not by_content or heading == "staff":
        return None
    if heading == "thing":
        sign = _names(values)
        return sign if sign and sign.weight == _FEW else None
    return next(filter(None, (look(values) for look in _BARE)), None)


# ------------------------------------------------------------------ columns


def _share(values: Sequence[Content], test: Callable[[Content], bool]) -> float:
    return sum(map(test, values)) / len(values) if values else 0.0


def _when(
    kind: Kind, weight: int, test: Callable[[Content], bool], least: float = 0.5
) -> Callable[[Sequence[Content]], Sign | None]:
    """A sign where so many of the values pass."""

    def look(values: Sequence[Content]) -> Sign | None:
        return Sign(kind, weight) if _share(values, test) >= least else None

    return look


def _bare(
    look: Callable[[Sequence[Content]], Sign | None],
) -> Callable[[Sequence[Content]], Sign | None]:
    """The same without a heading: several different values are needed."""

    def careful(values: Sequence[Content]) -> Sign | None:
        return look(values) if len({text_of(v) for v in values}) >= _FEW else None

    return careful


def _numbered(weight: int, distinct: float) -> Callable[[Sequence[Content]], Sign | None]:
    def look(values: Sequence[Content]) -> Sign | None:
        texts = [text_of(value) for value in values]
        many = len(texts) > 1 and len(set(texts)) / len(texts) >= distinct
        marked = _share(values, _is_mark) >= 0.5
        kind = Kind.CASE_NUMBER if weight > 1 else Kind.NUMBER
        return Sign(kind, weight) if many and marked else None

    return look


def _names(values: Sequence[Content]) -> Sign | None:
    """Names of persons: by known names, or all written ``Nachname, Vorname``."""
    texts = [value for value in values if isinstance(value, str) and is_name_like(value)]
    if len(texts) < len(values) * 0.6 or len(set(texts)) < _FEW:
        return None
    whole = sum(map(_is_full_name, texts)) / len(texts)
    if whole >= 0.3:
        return Sign(Kind.NAME, 3)
    return Sign(Kind.NAME, 2) if sum(map(_is_known_name, texts)) / len(texts) >= 0.5 else None


def _days(values: Sequence[Content]) -> Sign | None:
    """Days; birth dates where the years lie far apart and long ago."""
    years = [year for value in values if (year := year_of(value))]
    if len(years) < max(_FEW, len(values) * 0.8):
        return _when(Kind.DAY, 1, is_day)(values)
    spread = max(years) - min(years)
    if spread < _YEARS_APART or not 1930 <= median(years) <= 2012:
        return Sign(Kind.DAY, 1)
    return Sign(Kind.BIRTH_DATE, 3 if spread >= 2 * _YEARS_APART else 2)


def _genders(values: Sequence[Content]) -> Sign | None:
    single = len(values) >= _FEW and _share(values, _is_gender) == 1
    return Sign(Kind.GENDER, 1) if single else None


# ------------------------------------------------------------------ values


def text_of(value: Content) -> str:
    """A value as text, numbers without an exponent."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value).strip()


def is_name_like(value: Content) -> bool:
    """Letters and the signs names have, nothing else."""
    if not isinstance(value, str) or not 2 <= len(value.strip()) <= _MOST_NAME:
        return False
    return all(
        sign in _NAME_SIGNS or unicodedata.category(sign)[0] in "LM" for sign in value.strip()
    )


def _parts(text: str) -> list[str]:
    return [key for part in re.split(r"[\s,-]+", text.strip()) if (key := name_key(part))]


def _is_full_name(text: str) -> bool:
    """A first name we know and another word, none of which names a thing."""
    parts = _parts(text)
    listed = words()
    if not 2 <= len(parts) <= 5 or listed.things.intersection(parts):
        return False
    return any(part in listed.first_names for part in parts)


def _is_known_name(text: str) -> bool:
    listed = words()
    parts = _parts(text)
    if not parts or listed.things.intersection(parts):
        return False
    return any(part in listed.first_names or part in listed.last_names for part in parts)


def is_day(value: Content) -> bool:
    """A calendar day, or text that is one."""
    if isinstance(value, dt.date):
        return True
    if not isinstance(value, str):
        return False
    text = value.strip()
    return bool(_GERMAN_DAY.fullmatch(text) or _ISO_DAY.fullmatch(text))


def year_of(value: Content) -> int:
    """The year of a day written with four digits; 0 for anything else."""
    if isinstance(value, dt.date):
        return value.year
    if not isinstance(value, str):
        return 0
    match = _GERMAN_DAY.fullmatch(value.strip()) or _ISO_DAY.fullmatch(value.strip())
    return int(match[1]) if match and len(match[1]) == 4 else 0


def _whole(value: Content) -> int | None:
    text = text_of(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None


def _between(low: int, high: int) -> Callable[[Content], bool]:
    def test(value: Content) -> bool:
        number = _whole(value)
        return number is not None and low <= number <= high

    return test


def _full(pattern: re.Pattern[str]) -> Callable[[Content], bool]:
    def test(value: Content) -> bool:
        return isinstance(value, str) and pattern.fullmatch(value.strip()) is not None

    return test


def _is_insurance(value: Content) -> bool:
    return _INSURANCE.fullmatch(re.sub(r"[ /.-]", "", text_of(value))) is not None


def _is_long_number(value: Content) -> bool:
    text = text_of(value)
    digits = sum(sign in "0123456789" for sign in text)
    return digits >= 6 and len(text) <= 40 and not is_day(value)


def _is_mark(value: Content) -> bool:
    text = text_of(value)
    return len(text) <= 30 and not is_day(value) and any(sign in "0123456789" for sign in text)


def _is_gender(value: Content) -> bool:
    return isinstance(value, str) and name_key(value) in words().genders


_NAMED: Final = _when(Kind.NAME, 2, is_name_like, 0.6)
_UNDER: Final[dict[str, Callable[[Sequence[Content]], Sign | None]]] = {
    "surname": _NAMED,
    "first_name": _NAMED,
    "full_name": _names,
    "birth_date": _when(Kind.BIRTH_DATE, 3, is_day),
    "birth_year": _when(Kind.BIRTH_YEAR, 1, _between(1900, 2100), 0.8),
    "email": _when(Kind.EMAIL, 3, _full(_EMAIL)),
    "phone": _when(Kind.PHONE, 1, _full(_PHONE)),
    "address": _when(Kind.ADDRESS, 1, _full(_HOUSE)),
    "insurance": _when(Kind.INSURANCE, 3, _is_long_number),
    "case_number": _numbered(2, 0.5),
    "number": _numbered(1, 0.9),
    "gender": _when(Kind.GENDER, 1, _is_gender, 0.8),
    "age": _when(Kind.AGE, 1, _between(0, 120), 0.8),
    "day": _when(Kind.DAY, 1, is_day),
}
_BARE: Final[Iterable[Callable[[Sequence[Content]], Sign | None]]] = (
    _bare(_when(Kind.INSURANCE, 3, _is_insurance)),
    _bare(_when(Kind.EMAIL, 3, _full(_EMAIL))),
    _names,
    _days,
    _genders,
    _bare(_when(Kind.PHONE, 1, _full(_PHONE), 0.8)),
)
