"""Periods as German offices write them: ``Q3/2025``, ``Juli – September``, ``III. Quartal``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from wirknetz.core.files.words.normal import plain
from wirknetz.core.values import Period, PeriodKind

_MONTHS: Final = (
    "januar", "februar", "maerz", "april", "mai", "juni",
    "juli", "august", "september", "oktober", "november", "dezember",
)  # fmt: skip
_SHORT: Final = {name[:3]: number for number, name in enumerate(_MONTHS, 1)} | {
    "jaenner": 1, "jaen": 1, "feber": 2, "mrz": 3, "sept": 9, "oct": 10, "dec": 12, "may": 5,
}  # fmt: skip
_ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_MONTH: Final = rf"(?:{'|'.join((*_MONTHS, *sorted(_SHORT, key=len, reverse=True)))})\b\.?"
_YEAR: Final = r"(?:(?:19|20)\d\d|['’]?\d\d)"
_FULL_YEAR: Final = r"(?:19|20)\d\d"
_DAY: Final = rf"\d{{1,2}}\.\s?\d{{1,2}}\.\s?(?:{_FULL_YEAR}|\d\d)?"
_TO: Final = r"\s*(?:-|bis|/|\+)\s*(?:zum\s+)?"
_SEP: Final = r"[\s/.-]*"


@dataclass(frozen=True, slots=True)
class Found:
    """A period in a text: its code, and where it stands in :func:`plain` of the text.

    ``2025Q3``, ``2025-07``, ``2025H1``, ``2025`` where the year is given, else ``-Q3``,
    ``-07``, ``-H1``. ``this`` and ``previous`` where the text says so, ``-Q``, ``-M``, ``-Y``
    for a whole quarter, month or year without saying which. ``day`` is a single date.
    """

    code: str
    start: int
    end: int


_YEAR_BEHIND: Final = rf"(?:{_SEP}(?P<year>{_YEAR})\b)?"
_QUARTER: Final = r"(?:q\b\.?|quartals?\b|qu?\.|vierteljahr\w*)"
_HALF: Final = r"(?:hj\b\.?|halbjahr\w*|halbj\.)"
_OF_TIME: Final = r"(?:quartal|monat|jahr|halbjahr)(?:e?s)?"
_SOURCES: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("days", (rf"(?P<from>{_DAY}){_TO}(?P<to>{_DAY})",)),
    ("day", (
        r"(?<![\d.])\d{1,2}\.\s?\d{1,2}\.\s?(?:19|20)?\d\d(?!\d)",
        r"\b\d{4}-\d\d-\d\d\b",
    )),
    ("months", (
        rf"\b(?P<from>{_MONTH}){_SEP}(?P<year0>{_YEAR}\b)?{_TO}(?P<to>{_MONTH}){_YEAR_BEHIND}",
    )),
    ("quarter", (
        rf"\b(?P<n>[1-4])\.?\s?{_QUARTER}{_YEAR_BEHIND}",
        rf"\b(?P<r>iv|i{{1,3}})\.?\s?(?:quartals?\b|vierteljahr\w*|q\b){_YEAR_BEHIND}",
        rf"\bq(?:uartal|u|rt)?\.?\s?(?P<n>[1-4])\b{_YEAR_BEHIND}",
        rf"\b(?P<year>{_FULL_YEAR})[\s/.-]*q(?:uartal)?\s?(?P<n>[1-4])\b",
        rf"\b(?P<year>{_FULL_YEAR})[\s/.-]*(?P<n>[1-4])\.\s?(?:quartal|q)\b",
        rf"\bquartals?\w*\s(?:nr\.?\s)?(?P<n>[1-4])\s?[/.-]\s?(?P<year>{_YEAR})\b",
        rf"\b(?P<r>iv|i{{1,3}})\s?[/-]\s?(?P<year>{_YEAR})\b",
    )),
    ("half", (
        rf"\b(?P<n>[12])\.?\s?{_HALF}{_YEAR_BEHIND}",
        rf"\b(?P<r>i{{1,2}})\.?\s?halbjahr\w*{_YEAR_BEHIND}",
        rf"\b(?:h|hj\.?)\s?(?P<n>[12])\b{_YEAR_BEHIND}",
    )),
    ("month", (
        rf"\b(?P<m>{_MONTH})(?:{_SEP}(?P<year>{_FULL_YEAR}|['’]?\d\d\b))?",
        rf"(?<![\d.,])(?P<mm>0[1-9]|1[0-2])\s?[/.]\s?(?P<year>{_FULL_YEAR})\b",
        rf"\b(?P<year>{_FULL_YEAR})[-/](?P<mm>0[1-9]|1[0-2])\b",
    )),
    ("either", (rf"(?<![\d.,])(?P<n>[1-4])\s?[/-]\s?(?P<year>{_FULL_YEAR})\b",)),
    ("previous", (
        rf"\b(?:vor|vorheriges\s|letztes\s|voriges\s){_OF_TIME}(?:wert\w*|zahl\w*|stand)?\b",
        r"\bvorzeitraum\b", r"\bvorperiode\b", r"\bv[jq]\b\.?",
    )),
    ("this", (
        rf"\b(?:berichts|dieses\s|aktuelles\s|laufendes\s){_OF_TIME}\b",
        r"\bberichtszeitraum\b", r"\bberichtsperiode\b",
    )),
    ("whole", (r"^(?P<w>quartal|monat|jahr)(?:s?(?:summe|wert|gesamt|ergebnis))?$",)),
    ("year", (rf"(?<![\d.,/-])(?P<year>{_FULL_YEAR})(?![\d/-])",)),
)  # fmt: skip
"""In this order, the longer before the shorter it holds."""
_PATTERNS: Final = tuple(
    (name, re.compile(source)) for name, sources in _SOURCES for source in sources
)
_WHOLE: Final = {"quartal": "-Q", "monat": "-M", "jahr": "-Y"}


@lru_cache(maxsize=4096)
def periods_in(text: str) -> tuple[Found, ...]:
    """All periods a text names, from left to right; overlapping ones only once, the longest."""
    found: list[Found] = []
    source = plain(text)
    for name, pattern in _PATTERNS:
        for match in pattern.finditer(source):
            if all(match.end() <= f.start or match.start() >= f.end for f in found):
                found.extend(Found(code, *match.span()) for code in _codes(name, match))
    return tuple(sorted(found, key=lambda f: (f.start, f.code)))


def _codes(name: str, match: re.Match[str]) -> Iterator[str]:
    parts = match.groupdict()
    year = _year(parts.get("year"))
    number = _number(parts)
    if name in {"day", "this", "previous"}:
        yield name
    elif name == "whole":
        yield _WHOLE[parts["w"] or ""]
    elif name == "days":
        yield _of_days(parts["from"] or "", parts["to"] or "") or "day"
    elif name == "months":
        yield _of_months(parts, year)
    elif name == "year":
        yield year
    elif name == "either":  # "3/2025": the third quarter, or March
        yield f"{year}Q{number}"
        yield f"{year}-{number:02}"
    else:
        yield _code(name, number, year)


def _code(name: str, number: int, year: str) -> str:
    if name == "month":
        return f"{year}-{number:02}"
    return f"{year or '-'}{'Q' if name == 'quarter' else 'H'}{number}"


def _number(parts: dict[str, str | None]) -> int:
    for key in ("n", "mm"):
        if parts.get(key):
            return int(parts[key] or 0)
    if parts.get("r"):
        return _ROMAN[parts["r"] or "i"]
    return _month(parts["m"] or "") if parts.get("m") else 0


def _month(word: str) -> int:
    name = word.rstrip(".")
    return _MONTHS.index(name) + 1 if name in _MONTHS else _SHORT[name]


def _year(text: str | None) -> str:
    digits = (text or "").strip("'’")
    return f"20{digits}" if len(digits) == 2 else digits


def _of_months(parts: dict[str, str | None], year: str) -> str:
    first, last = _month(parts["from"] or ""), _month(parts["to"] or "")
    code = _span(first, last)
    return f"{year}{code}" if code and year else f"-{code}" if code else "other"


def _of_days(start: str, end: str) -> str:
    """The period that two dates enclose, empty where they enclose none of ours."""
    first, last = _day(start), _day(end)
    year = last[2] or first[2]
    if not year or (first[2] and first[2] != year) or first[0] != 1:
        return ""
    code = _span(first[1], last[1])
    found = Period.parse(f"{year}{code}") if code else None
    return found.code if found and found.end.day == last[0] else ""


def _day(text: str) -> tuple[int, int, str]:
    parts = [part.strip() for part in text.split(".")]
    return int(parts[0]), int(parts[1]), _year(parts[2] if len(parts) > 2 else "")


def _span(first: int, last: int) -> str:
    """``Q3`` for 7 to 9; empty where no kind of period has these months."""
    for kind in (PeriodKind.QUARTER, PeriodKind.HALF_YEAR):
        if last - first + 1 == kind.months and (first - 1) % kind.months == 0:
            letter = "Q" if kind is PeriodKind.QUARTER else "H"
            return f"{letter}{(first - 1) // kind.months + 1}"
    return f"-{first:02}" if first == last else ""
