"""German labels made comparable: spelling, gender forms, footnotes, endings."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_UMLAUTS: Final = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "ß": "ss",
        "♀": " weiblich ",
        "♂": " maennlich ",
        "⚧": " divers ",
    }
)
_FOOTNOTE: Final = re.compile(r"(?:[*†‡¹²³⁰⁴-⁹]+|(?<=\S)\s+\d\)|\s*\(\d\))\s*:?\s*$")
_UNSEEN: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_DASH: Final = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_GENDERED: Final = re.compile(r"(?<=[a-z])[*:_/]-?in(?:nen)?\b")
"""Signs between a word and its feminine ending mean everybody; the bare ending means women."""
_INNER_I: Final = re.compile(r"(?<=[a-zäöüß])In(nen)?\b")
_PAIRED: Final = re.compile(r"\b([a-z]{4,})innen (?:und|oder|/|u\.) ([a-z]{4,})\b")
_SPACE: Final = re.compile(r"\s+")
_SIGNS: Final = re.compile(r"[^a-z0-9%<>=+§]+")
_ENDINGS: Final = ("ungen", "innen", "ung", "ern", "em", "en", "er", "es", "nd", "e", "n", "s", "t")
_STEM_LEAST: Final = 4


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """Lower case, umlauts spelled out, one kind of dash, no marks without a shape, no footnotes.

    Signs that can mean something (``/``, ``-``, ``.``, ``%``, brackets) stay.
    """
    text = _DASH.sub("-", _UNSEEN.sub("", unicodedata.normalize("NFC", text)))
    text = _SPACE.sub(" ", _FOOTNOTE.sub("", text.strip())).strip(" :;")
    text = _INNER_I.sub("en", text)
    text = unicodedata.normalize("NFKC", text).casefold().translate(_UMLAUTS).strip()
    text = _PAIRED.sub(r"\2", text)
    return _SPACE.sub(" ", _GENDERED.sub("en", text))


@lru_cache(maxsize=8192)
def squeezed(text: str) -> str:
    """Only letters, digits and signs of comparison, words apart by one space."""
    return _SIGNS.sub(" ", plain(text)).strip()


def words_of(text: str) -> tuple[str, ...]:
    """The words of a label, in order."""
    return tuple(squeezed(text).split())


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """A word without its endings and without the ``ge`` of a participle.

    Light on purpose: it must bring ``beendete`` and ``beendet`` together, and keep ``termin``
    and ``terminal`` apart.
    """
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM_LEAST:
            return stem(word[: -len(ending)])
    return word
