"""Categories in German: gender in all its spellings, bands such as ``30 bis unter 50``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from wirknetz.core.files.asked import WantedDimension
from wirknetz.core.files.words.normal import plain, squeezed

_SAME: Final = (
    frozenset((
        "w", "f", "weibl", "weiblich", "weibliche", "weiblichen", "frau", "frauen", "fr", "female",
        "maedchen", "women", "weibl personen", "weibliche personen",
    )),
    frozenset((
        "m", "maennl", "maennlich", "maennliche", "maennlichen", "mann", "maenner", "male",
        "jungen",
        "men", "herren", "maennliche personen", "herr",
    )),
    frozenset((
        "d", "div", "divers", "diverse", "x", "inter", "nichtbinaer", "nicht binaer", "non binary",
        "divers inter", "inter divers", "d x", "tin", "anderes geschlecht", "sonstiges geschlecht",
    )),
    frozenset((
        "u", "unbekannt", "unbek", "k a", "ka", "keine angabe", "ohne angabe", "o a", "unknown",
        "nicht bekannt", "nicht angegeben", "ohne", "offen", "ungeklaert",
    )),
    frozenset(("ja", "yes", "j", "vorhanden")),
    frozenset(("nein", "no", "n", "nicht vorhanden")),
)  # fmt: skip
_ONE_LETTER: Final = 1
_FEMININE: Final = re.compile(r"^\w{4,}innen$")
PEOPLE: Final = frozenset((
    "personen", "person", "klienten", "teilnehmer", "teilnehmende", "teilnehmenden", "tn",
    "menschen",
    "faelle", "jahre", "jahren", "jaehrige", "jaehrigen", "j", "patienten", "kunden", "betreute",
    "klientinnen", "teilnehmerinnen", "patientinnen", "kundinnen",
))  # fmt: skip
_AGE: Final = r"\d{1,3}"
_YEARS: Final = r"(?:\s*-?\s*(?:jaehrige?n?|jahren?|j\b\.?|lj\.?))?"
_FROM: Final = rf"(?P<a>{_AGE}){_YEARS}"
_AND: Final = r"(?:u\.?|und|o\.?|oder|&)\s*"
_OLDER: Final = rf"(?:{_AND}(?:mehr|aelter|ae\.?|darueber|m\.)|aufwaerts|plus\b|\+)"
_YOUNGER: Final = rf"(?:{_AND}(?:juenger|j\.|weniger|darunter))"
_BAND_PATTERNS: Final = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("below", rf"{_FROM}\s*(?:bis|b\.|-)\s*(?:unter|u\.|<)\s*(?P<b>{_AGE}){_YEARS}"),
        ("between", rf"{_FROM}\s*(?:-|bis(?: einschl\w*)?|b\.|/)\s*(?P<b>{_AGE}){_YEARS}"),
        ("between", rf"zwischen\s*{_FROM}\s*und\s*(?P<b>{_AGE}){_YEARS}"),
        ("from", rf"(?:ab|>=|≥)\s*(?P<a>{_AGE}){_YEARS}(?:\s*{_OLDER})?"),
        ("from", rf"(?P<a>{_AGE})\s*{_YEARS}\s*{_OLDER}"),
        ("over", rf"(?:ue(?:ber)?|aelter als|>)\s*-?\s*(?P<a>{_AGE}){_YEARS}"),
        ("to", rf"(?P<b>{_AGE})\s*{_YEARS}\s*{_YOUNGER}"),
        ("to", rf"(?:bis(?: zu)?|<=|≤)\s*(?P<b>{_AGE}){_YEARS}"),
        ("under", rf"(?:unter|u|juenger als|<)\s*-?\s*(?P<b>{_AGE}){_YEARS}"),
    )
)  # fmt: skip
OPEN: Final = 999
"""The upper end of a band without one."""


@dataclass(frozen=True, slots=True)
class Band:
    """A span of whole numbers, both ends included; ``unclear`` where "Ü50" may mean 50 or 51."""

    low: int
    high: int = OPEN
    unclear: bool = False

    @property
    def code(self) -> str:
        """``18-29``, ``50-``."""
        return f"{self.low}-{'' if self.high == OPEN else self.high}"


@lru_cache(maxsize=4096)
def band_in(text: str) -> tuple[Band, int, int] | None:
    """The band a label names and where it stands in :func:`plain` of it; None without one."""
    source = plain(text)
    for name, pattern in _BAND_PATTERNS:
        for match in pattern.finditer(source):
            band = _band(name, match) if _stands_alone(source, match) else None
            if band:
                return band, match.start(), match.end()
    return None


def _stands_alone(source: str, match: re.Match[str]) -> bool:
    """Not inside a longer number, a date or a word."""
    before, after = source[: match.start()][-1:], source[match.end() :][:1]
    return not (before.isalnum() or before in ("/", "-") or after.isalnum())


def _band(name: str, match: re.Match[str]) -> Band | None:
    parts = match.groupdict()
    low = int(parts.get("a") or 0)
    high = int(parts.get("b") or OPEN)
    if name in {"below", "under"}:
        high -= 1
    elif name == "over":  # "Ü50" is said for 50 and older, and for older than 50
        return Band(low, OPEN, unclear=True)
    return Band(low, high) if low <= high else None


def same_words(text: str) -> frozenset[str]:
    """All words that mean the same as this one, itself included."""
    word = squeezed(text)
    return next((group | {word} for group in _SAME if word in group), frozenset({word}))


class CategoryWords:
    """All names of the categories of one dimension."""

    def __init__(self, dimension: WantedDimension) -> None:
        """Gather names, codes, words and what means the same; bands where they are bands."""
        self.code = dimension.code
        self.by_word: dict[str, str] = {}
        self.bands: dict[str, Band] = {}
        for category in dimension.categories:
            for text in (category.code, category.name, *category.words):
                self._add(text, category.code)
        self.is_banded = len(self.bands) > 1

    def _add(self, text: str, code: str) -> None:
        if found := band_in(text):
            self.bands.setdefault(code, found[0])
            return
        for word in sorted(same_words(text)):
            self.by_word.setdefault(word, code)

    def of_band(self, band: Band) -> str | None:
        """The category with this band; "Ü50" is taken for 50+ or 51+ if just one is there."""
        starts = (band.low, band.low + 1) if band.unclear else (band.low,)
        found = [
            code for code, own in self.bands.items() if own.low in starts and own.high == band.high
        ]
        return found[0] if len(found) == 1 else None

    def in_words(self, words: tuple[str, ...]) -> Iterator[tuple[str, int, int]]:
        """Categories named in a row of words: code, first word and the one behind the last.

        "Teilnehmerinnen" names women and stays in the row: it says something else besides.
        """
        at = 0
        while at < len(words):
            for length in (3, 2, 1):
                text = " ".join(words[at : at + length])
                if at + length <= len(words) and self._is_named(text, words):
                    yield self.by_word[text], at, at + length
                    at += length - 1
                    break
            else:
                if _FEMININE.search(words[at]) and "frauen" in self.by_word:
                    yield self.by_word["frauen"], at, at
            at += 1

    def names_several(self, words: tuple[str, ...]) -> bool:
        """Whether a label names more than one category, as "m/w/d" does."""
        return len({self.by_word[word] for word in words if word in self.by_word}) > 1

    def _is_named(self, text: str, words: tuple[str, ...]) -> bool:
        """A single letter only where it stands alone, at the end, or beside words for people."""
        if text not in self.by_word:
            return False
        return len(text) > _ONE_LETTER or words[-1] == text or set(words) <= PEOPLE | {text}
