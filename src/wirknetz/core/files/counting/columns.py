"""The columns a profile speaks of: where they are in the list, and what their cells say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from wirknetz.core.files.counting.folding import Doubt, Reading, day_of, fold, number_of, word
from wirknetz.core.files.counting.model import GapCode, QuestionCode
from wirknetz.core.files.counting.profile import (
    OF_DAYS,
    OF_NUMBERS,
    Breakdown,
    Condition,
    Edge,
    MeasureRule,
    Profile,
)
from wirknetz.core.files.grid import Content


class Use(StrEnum):
    """As what a column is read."""

    WORD = "word"
    DAY = "day"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Flaw:
    """Why a cell cannot be counted: a gap, or something to ask. ``word`` is for the question."""

    code: GapCode | QuestionCode
    column: str
    word: str = ""


Said = str | dt.date | Decimal | None | Flaw
"""What a cell says in one use: a folded word, a day, an amount, nothing, or why not."""
Record = tuple[Said, ...]
Slot = tuple[str, Use]

_OF_DOUBT: Final[dict[tuple[Use, Doubt], GapCode | QuestionCode]] = {
    (Use.DAY, Doubt.UNREADABLE): GapCode.UNREADABLE_DAY,
    (Use.DAY, Doubt.TWO_DIGITS): QuestionCode.TWO_DIGIT_YEAR,
    (Use.DAY, Doubt.SLASHES): QuestionCode.SLASH_DAY,
    (Use.NUMBER, Doubt.UNREADABLE): GapCode.UNREADABLE_NUMBER,
    (Use.NUMBER, Doubt.STYLE): QuestionCode.NUMBER_STYLE,
    (Use.NUMBER, Doubt.NEGATIVE): GapCode.NEGATIVE,
}


def slots_of(profile: Profile) -> tuple[Slot, ...]:
    """Every column the profile speaks of, with every use it has for it, each once."""
    return tuple(dict.fromkeys(_slots(profile)))


def _slots(profile: Profile) -> Iterator[Slot]:
    if profile.case_number:
        yield profile.case_number, Use.WORD
    yield from ((heading, Use.WORD) for heading in profile.required)
    yield from ((heading, Use.DAY) for heading in profile.in_order)
    yield from _of_conditions(profile.only)
    for measure in profile.measures:
        yield from _of_measure(profile, measure)


def _of_measure(profile: Profile, measure: MeasureRule) -> Iterator[Slot]:
    yield from _of_conditions(measure.conditions)
    if measure.summed:
        yield measure.summed, Use.NUMBER
    for code in measure.breakdowns:
        breakdown = profile.breakdown(code)
        yield breakdown.column, use_of(breakdown)
        at = measure.at or breakdown.at
        if breakdown.born and isinstance(at, str) and not isinstance(at, Edge):
            yield at, Use.DAY


def use_of(breakdown: Breakdown) -> Use:
    """As what its column is read."""
    if breakdown.born:
        return Use.DAY
    return Use.NUMBER if breakdown.bands else Use.WORD


def _of_conditions(conditions: Iterable[Condition]) -> Iterator[Slot]:
    for condition in conditions:
        yield from _of_conditions(condition.either)
        if condition.column:
            yield condition.column, use_in(condition)


def use_in(condition: Condition) -> Use:
    """As what its column is read."""
    if condition.test in OF_DAYS:
        return Use.DAY
    return Use.NUMBER if condition.test in OF_NUMBERS else Use.WORD


class Columns:
    """Reads the cells of a row, each in its uses."""

    def __init__(self, profile: Profile, places: dict[str, int]) -> None:
        """``places`` are the columns of the list by heading."""
        self.slots = slots_of(profile)
        self.headings = tuple(dict.fromkeys(heading for heading, _use in self.slots))
        self.places = tuple(places[heading] for heading in self.headings)
        self._at = tuple(places[heading] for heading, _use in self.slots)
        self._readers = tuple(_reader(profile, *slot) for slot in self.slots)

    def number(self, heading: str, use: Use) -> int:
        """Where in a record this column stands in this use."""
        return self.slots.index((heading, use))

    def cells(self, values: Sequence[Content | None]) -> tuple[Content | None, ...]:
        """What stands in these columns of a row."""
        known = len(values)
        return tuple(values[place] if place < known else None for place in self.places)

    def record(self, values: Sequence[Content | None]) -> Record:
        """What a row says."""
        known = len(values)
        return tuple(
            read(values[place] if place < known else None)
            for place, read in zip(self._at, self._readers, strict=True)
        )


def _reader(profile: Profile, heading: str, use: Use) -> Callable[[Content | None], Said]:
    """Reads one column; equal cells are read once, since lists repeat them often."""
    how = Reading(profile.latest_year, profile.slashes, profile.style)
    empty = frozenset(profile.empty_words)
    known: dict[tuple[type, Content], Said] = {}

    def read(content: Content | None) -> Said:
        if content is None:
            return "" if use is Use.WORD else None
        key = (type(content), content)
        if key not in known:
            known[key] = _said(content, heading, use, how, empty)
        return known[key]

    return read


def _said(content: Content, heading: str, use: Use, how: Reading, empty: frozenset[str]) -> Said:
    plain = word(content)
    if not plain or plain in empty:
        return "" if use is Use.WORD else None
    if use is Use.WORD:
        return plain
    read = day_of(content, how) if use is Use.DAY else number_of(content, how)
    return Flaw(_OF_DOUBT[use, read], heading) if isinstance(read, Doubt) else read


def places_in(values: Sequence[Content | None], headings: Iterable[str]) -> dict[str, list[int]]:
    """Where these headings stand in a row, for those that do."""
    words = [fold(value) if isinstance(value, str) else "" for value in values]
    found = {
        heading: [place for place, text in enumerate(words) if text == fold(heading)]
        for heading in headings
    }
    return {heading: places for heading, places in found.items() if places}
