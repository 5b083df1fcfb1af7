"""All words one questionnaire knows, and what a label means in their light."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from wirknetz.core.files.asked import Questionnaire, WantedDimension
from wirknetz.core.files.words import common
from wirknetz.core.files.words.categories import PEOPLE, Band, CategoryWords, band_in
from wirknetz.core.files.words.keys import label_key
from wirknetz.core.files.words.likeness import Likeness, Resemblance
from wirknetz.core.files.words.model import Meaning, Role, Understood, Why
from wirknetz.core.files.words.normal import plain, squeezed, words_of
from wirknetz.core.files.words.periods import periods_in
from wirknetz.core.values import Adds

_LONGEST: Final = 200
_ALTERNATIVES: Final = 6
_BRACKETED_UNIT: Final = re.compile(
    r"\((?:anzahl|personen|faelle|anz\.?|n|stk\.?|abs\.?|absolut)\)"
)
_IN_BRACKETS: Final = re.compile(r"\([^()]*\)")
_CODED: Final = re.compile(r"[_\d]")
_DIGIT: Final = re.compile(r"\d")
_LETTER: Final = re.compile(r"[a-z]")
_UNNAMED: Final = re.compile(r"^[\s\d.,()/%<>=+-]*$")


@dataclass(slots=True)
class _Read:
    """A label on its way: what is left of it and what it said so far."""

    text: str
    rest: str
    meanings: list[Meaning] = field(default_factory=list)

    def take(self, start: int, end: int, meaning: Meaning) -> None:
        """Note what a part says and take it out."""
        if meaning not in self.meanings:
            self.meanings.append(meaning)
        self.rest = plain(f"{self.rest[:start]} {self.rest[end:]}")

    def has(self, role: Role) -> bool:
        """Whether something with this role was found."""
        return any(m.role is role for m in self.meanings)


class Lexicon:
    """What labels mean for one questionnaire.

    ``taught`` maps label keys to what the organisation said they mean, as in
    :class:`~wirknetz.core.files.recognition.model.Step`.
    """

    def __init__(self, questionnaire: Questionnaire, taught: Mapping[str, str]) -> None:
        """Gather all names."""
        self.questionnaire = questionnaire
        self.taught = dict(taught)
        self.categories = {d.code: CategoryWords(d) for d in questionnaire.dimensions}
        self._names = dict(_names(questionnaire))
        self._headings = dict(_headings(questionnaire.dimensions))
        self._resemblance = Resemblance(questionnaire.measures, questionnaire.silent)
        self._own = {squeezed(name) for name in questionnaire.own_names}
        self._other = {squeezed(name) for name in questionnaire.other_names} - self._own
        self._cache: dict[str, Understood] = {}

    @classmethod
    def of(cls, questionnaire: Questionnaire, taught: Mapping[str, str] | None = None) -> Lexicon:
        """The lexicon of this questionnaire and of what was taught."""
        return cls(questionnaire, taught or {})

    def understand(self, text: str) -> Understood:
        """What a label says; nothing where nothing is known of it."""
        if text not in self._cache:
            self._cache[text] = self._understand(text[:_LONGEST])
        return self._cache[text]

    def band(self, dimension: str, category: str) -> Band | None:
        """The band a category stands for; None where it is none."""
        words = self.categories.get(dimension)
        return words.bands.get(category) if words else None

    def _understand(self, text: str) -> Understood:
        key = label_key(text)
        of_which = bool(common.OF_WHICH.match(plain(text)))
        base = Understood(text, key, of_which=of_which)
        if key in self.taught:
            return replace(base, meanings=tuple(_said(self.taught[key])))
        exact = self._exact(text)
        if exact:
            return replace(base, meanings=(exact,), others=_also(exact, text))
        read = self._read(text)
        ranked = self._measures(read)
        return self._joined(base, read, ranked)

    def _exact(self, text: str) -> Meaning | None:
        """The label is a name, a code, a heading, an organisation or a remark as a whole."""
        whole = squeezed(text)
        bare = squeezed(_bare(text))
        for word in (whole, bare):
            if word in self._names:
                return self._names[word]
        for word in (whole, squeezed(_IN_BRACKETS.sub(" ", plain(text)))):
            if word in self._headings:
                return Meaning(Role.HEADING, self._headings[word])
        if whole in self._own or whole in self._other:
            return Meaning(Role.ORGANISATION, "own" if whole in self._own else "other")
        if common.REMARK.match(plain(text)):
            return Meaning(Role.REMARK)
        return None

    def _read(self, text: str) -> _Read:
        """Take out of a label what is not the measure: period, total, rate, plan, categories."""
        read = _Read(text, _bare(text))
        self._take_periods(read)
        for role, pattern in (
            (Role.RATIO, common.RATIO), (Role.PLAN, common.PLAN), (Role.TOTAL, common.TOTAL),
        ):  # fmt: skip
            while match := pattern.search(read.rest):
                read.take(*match.span(), Meaning(role))
        self._take_organisations(read)
        self._take_bands(read)
        self._take_categories(read)
        return read

    def _take_periods(self, read: _Read) -> None:
        """All periods; two readings of the same place ("3/2025") make both unsure."""
        while found := periods_in(read.rest):
            first, *others = [f for f in found if f.start == found[0].start]
            sure = 0.5 if others else 1.0
            for other in others:
                read.meanings.append(Meaning(Role.PERIOD, other.code, sure))
            said = Meaning(Role.PERIOD, first.code, sure)
            read.take(first.start, first.end, Meaning(Role.REMARK) if first.code == "day" else said)

    def _take_organisations(self, read: _Read) -> None:
        """Names of partners inside a label; short ones only as a whole (see :meth:`_exact`)."""
        padded = f" {squeezed(read.rest)} "
        for names, code in ((self._own, "own"), (self._other, "other")):
            for name in sorted(names, key=len, reverse=True):
                if len(name) > 3 and f" {name} " in padded:
                    padded = padded.replace(f" {name} ", " ")
                    read.meanings.append(Meaning(Role.ORGANISATION, code))
                    read.rest = padded.strip()
                    return

    def _take_bands(self, read: _Read) -> None:
        banded = [w for w in self.categories.values() if w.is_banded]
        found = band_in(read.rest) if banded else None
        if found is None:
            return
        band, start, end = found
        if _DIGIT.search(read.rest[:start] + read.rest[end:]):  # a telephone number, a paragraph
            return
        for words in banded:
            code = words.of_band(band)
            if code:
                sure = 0.9 if band.unclear else 1.0
                read.take(start, end, Meaning(Role.CATEGORY, f"{words.code}={code}", sure))
                return
        if len(banded) == 1 and _speaks_of_age(read.rest, start, end):
            read.take(start, end, Meaning(Role.CATEGORY, f"{banded[0].code}~{band.code}"))

    def _take_categories(self, read: _Read) -> None:
        for words in self.categories.values():
            if any(m.code.startswith((f"{words.code}=", f"{words.code}~")) for m in read.meanings):
                continue
            label = words_of(read.rest)
            if words.names_several(label):
                continue
            found = list(words.in_words(label))
            if len({code for code, _, _ in found}) == 1:
                code, first, last = found[0]
                kept = (*label[:first], *label[last:])
                read.rest = " ".join(kept)
                read.meanings.append(Meaning(Role.CATEGORY, f"{words.code}={code}"))

    def _measures(self, read: _Read) -> list[Likeness]:
        """Measures that what is left of a label resembles."""
        rest = _BRACKETED_UNIT.sub(" ", read.rest)
        if not _LETTER.search(rest) or (read.has(Role.CATEGORY) and self._is_heading(rest)):
            return []
        return self._resemblance.ranked(rest)

    def _is_heading(self, rest: str) -> bool:
        """Whether all words left are headings or say nothing: "Alter 18-29", "Anzahl Frauen"."""
        words = words_of(rest)
        return all(w in common.HARMLESS or w in self._headings or w in PEOPLE for w in words)

    def _joined(self, base: Understood, read: _Read, ranked: list[Likeness]) -> Understood:
        said = tuple(self._without_mean(read, ranked))
        if not ranked or any(m.role is Role.RATIO for m in said):
            rest = " ".join(w for w in words_of(read.rest) if w not in common.HARMLESS)
            known = said and self._is_heading(read.rest)
            return replace(base, meanings=said, rest="" if known else rest)
        likely = [_meaning(one) for one in ranked[:_ALTERNATIVES]]
        return replace(
            base,
            meanings=(likely[0], *said),
            others=tuple((other, *said) for other in likely[1:]),
        )

    def _without_mean(self, read: _Read, ranked: list[Likeness]) -> Iterator[Meaning]:
        """Where a mean is asked for, "durchschnittlich" is no reason to leave it aside."""
        mean = ranked and self.questionnaire.measure(ranked[0].code).adds is Adds.MEAN
        yield from (m for m in read.meanings if not (mean and m.role is Role.RATIO))


_AGE: Final = re.compile(r"jahr|alter|jaehr|\bj\b|\bu\s?\d|\bue\s?\d|\+|aelter|unter|bis")


def _bare(text: str) -> str:
    """Without "davon" and without the number of an enumeration."""
    return common.OF_WHICH.sub("", common.NUMBERED.sub("", plain(text)))


def _also(exact: Meaning, text: str) -> tuple[tuple[Meaning, ...], ...]:
    """A column headed "Quartal" holds periods, or the whole quarter's numbers beside months."""
    if exact.role is Role.HEADING and exact.code == "period":
        return tuple((Meaning(Role.PERIOD, found.code),) for found in periods_in(text))
    return ()


def _speaks_of_age(rest: str, start: int, end: int) -> bool:
    """A band nobody asked for is one only if the label says years, or nothing else."""
    around = rest[:start] + rest[end:]
    return bool(_AGE.search(rest)) or bool(_UNNAMED.match(around))


def _meaning(one: Likeness) -> Meaning:
    return Meaning(Role.MEASURE, one.code, one.score, Why.SIMILAR, {"word": one.word})


def _names(questionnaire: Questionnaire) -> Iterator[tuple[str, Meaning]]:
    """Names and words of measures, the certain ones last so that they win.

    A code counts only where no word of the language looks like it: "Beendet" may well count
    everybody who left, though the measure of regular endings has the code ``beendet``.
    """
    for why, sure in ((Why.WORD, 0.97), (Why.NAME, 1.0)):
        met: dict[str, set[str]] = {}
        for measure in questionnaire.measures:
            code = (measure.code,) if _CODED.search(measure.code) else ()
            for text in measure.words if why is Why.WORD else (measure.name, *code):
                met.setdefault(squeezed(text), set()).add(measure.code)
        for word, codes in met.items():
            if word and len(codes) == 1:
                yield word, Meaning(Role.MEASURE, next(iter(codes)), sure, why, {"word": word})


def _headings(dimensions: tuple[WantedDimension, ...]) -> Iterator[tuple[str, str]]:
    yield from common.HEADING_OF.items()
    for dimension in dimensions:
        words = {squeezed(t) for t in (dimension.code, dimension.name, *dimension.words)}
        for known, alike in common.DIMENSION_WORDS.items():
            if known in words or words & set(alike):
                words |= set(alike)
        for word in words:
            yield word, f"dimension:{dimension.code}"


def _said(says: str) -> Iterator[Meaning]:
    """Meanings of a step; what cannot be read says "leave aside"."""
    for part in says.split():
        role, _, code = part.partition(":")
        known = role in set(Role)
        yield Meaning(Role(role) if known else Role.IGNORE, code, 1.0, Why.TAUGHT)
