"""How alike a label and the measures asked are: shared concepts, shared words, nothing opposed.

The share of what the label says that the measure knows, and the share of what the measure
says that the label knows, weighted by how few measures share it (Robertson and Spärck Jones,
1976), joined by their harmonic mean. It ranks; :mod:`lexicon` decides what is asked.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from wirknetz.core.files.asked import Wanted
from wirknetz.core.files.words.common import HARMLESS, OF_WHICH
from wirknetz.core.files.words.concepts import NARROWS, OPPOSED, WEIGHT, Concept, concepts_in
from wirknetz.core.files.words.normal import plain, stem, words_of

ASKED: Final = 0.8
"""Above this a suggestion is taken and shown, below it is asked."""
_OPPOSED_FACTOR: Final = 0.2
_WORD_WEIGHT: Final = 0.6
_MOST: Final = 0.95
_CLOSE: Final = 0.25
_CONTAINED_LEAST: Final = 5
_ALIKE_LEAST: Final = 0.75
_MILD: Final = frozenset({Concept.JOINT, Concept.CASE, Concept.ADVICE, Concept.APPOINTMENT})


@dataclass(frozen=True, slots=True)
class Features:
    """What a label or a name says: concepts and the stems of its other words."""

    concepts: frozenset[Concept]
    stems: tuple[str, ...]
    text: str
    narrow: frozenset[Concept] = frozenset()
    """What the measure is restricted to, also where this one of its names does not say so."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """A measure a label may mean, how likely, and the name it resembles."""

    code: str
    score: float
    word: str


@lru_cache(maxsize=4096)
def features(text: str) -> Features:
    """Concepts and stems of a label, without words that say nothing."""
    source = OF_WHICH.sub("", plain(text))
    concepts, rest = concepts_in(source)
    kept = [w for w in words_of(rest) if w not in HARMLESS and not w.isdigit() and len(w) > 1]
    return Features(concepts, tuple(dict.fromkeys(map(stem, kept))), text)


class Resemblance:
    """The measures of one questionnaire, ready to be compared with labels."""

    def __init__(self, measures: Iterable[Wanted], silent: Iterable[str] = ()) -> None:
        """Gather the names of each measure; ``silent`` words say nothing in this network."""
        self._silent = frozenset(stem(word) for text in silent for word in words_of(text))
        self._variants = {m.code: tuple(_variants(m)) for m in measures}
        self._weights = self._count()

    def ranked(self, text: str) -> list[Likeness]:
        """Measures that a label resembles at all, the likeliest first."""
        label = features(text)
        if self._silent:
            label = replace(label, stems=tuple(s for s in label.stems if s not in self._silent))
        if not (label.concepts - {Concept.CASE} or label.stems):
            return []
        found = [self._best(label, code) for code in self._variants]
        found = sorted((f for f in found if f.score > 0.1), key=lambda f: (-f.score, f.code))
        return _told_apart(found)

    def _best(self, label: Features, code: str) -> Likeness:
        scored = ((self._score(label, v), v.text) for v in self._variants[code])
        score, word = max(scored, default=(0.0, ""))
        return Likeness(code, score, word)

    def _score(self, label: Features, name: Features) -> float:
        hits = label.concepts & name.concepts
        pairs = [(s, _nearest(s, name.stems)) for s in label.stems]
        shared_words = sum(_WORD_WEIGHT * likeness for _, likeness in pairs)
        shared = sum(map(self._weight, hits))
        said = sum(map(self._weight, label.concepts)) + _WORD_WEIGHT * len(label.stems)
        asked = sum(map(self._weight, name.concepts)) + _WORD_WEIGHT * len(name.stems)
        back = sum(_WORD_WEIGHT * _nearest(s, label.stems) for s in name.stems)
        recall, cover = (shared + shared_words) / (said or 1), (shared + back) / (asked or 1)
        if not recall or not cover:
            return 0.0
        unexplained = any(likeness < _ALIKE_LEAST for _, likeness in pairs)
        score = 2 * recall * cover / (recall + cover)
        return _held_back(score, label.concepts, name, unexplained=unexplained)

    def _weight(self, concept: Concept) -> float:
        return self._weights.get(concept, WEIGHT.get(concept, 1.0))

    def _count(self) -> dict[Concept, float]:
        number = len(self._variants) or 1
        shared: dict[Concept, int] = {}
        for variants in self._variants.values():
            for concept in frozenset().union(*(v.concepts for v in variants)):
                shared[concept] = shared.get(concept, 0) + 1
        most = math.log(1 + number)
        return {
            concept: WEIGHT.get(concept, 1.0) * (0.4 + 0.6 * math.log(1 + number / count) / most)
            for concept, count in shared.items()
        }


def _variants(measure: Wanted) -> Iterator[Features]:
    """Name and code apart, and together where the name alone leans on the one above it."""
    named, coded = features(measure.name), features(measure.code.replace("_", " "))
    both = named.concepts | coded.concepts
    if OF_WHICH.match(plain(measure.name)):
        yield replace(named, concepts=both, narrow=both)
    else:
        yield replace(named, narrow=both)
    yield replace(coded, text=measure.name, narrow=both)
    for word in map(features, measure.words):
        yield replace(word, narrow=word.concepts)


def _held_back(
    score: float, said: frozenset[Concept], name: Features, *, unexplained: bool
) -> float:
    """Lower where something contradicts; below :data:`ASKED` where something is left open."""
    asked = name.concepts | name.narrow
    if (Concept.NOT in said) != (Concept.NOT in asked):
        return score * _OPPOSED_FACTOR
    for group in OPPOSED:
        if said & group and asked & group and not said & asked & group:
            return score * _OPPOSED_FACTOR
    lacking = asked & NARROWS - said
    extra = said - asked - _MILD
    if lacking or extra or unexplained:
        return min(score, ASKED - 0.01)
    return min(score, _MOST)


def _told_apart(found: list[Likeness]) -> list[Likeness]:
    """Two that come close make both unsure."""
    if len(found) < 2 or found[0].score - found[1].score >= _CLOSE:
        return found
    gap = found[0].score - found[1].score
    most = min(found[0].score, ASKED - 0.01) * (0.75 + gap)
    return [replace(one, score=min(one.score, most)) for one in found]


@lru_cache(maxsize=16384)
def _nearest(one: str, others: tuple[str, ...]) -> float:
    return max((_alike(one, other) for other in others), default=0.0)


def _alike(one: str, other: str) -> float:
    """Likeness of two stems from 0 to 1: the same, a part of a compound, shared trigrams."""
    if one == other:
        return 1.0
    short, long = sorted((one, other), key=len)
    if len(short) >= _CONTAINED_LEAST and (long.startswith(short) or long.endswith(short)):
        return 0.85
    first, second = _trigrams(one), _trigrams(other)
    dice = 2 * len(first & second) / (len(first) + len(second) or 1)
    return dice if dice >= _ALIKE_LEAST else 0.0


def _trigrams(word: str) -> frozenset[str]:
    padded = f"  {word} "
    return frozenset(padded[i : i + 3] for i in range(len(padded) - 2))
