"""One measure being counted, row by row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from itertools import product

from wirknetz.core.files.counting.columns import Columns, Flaw, Record, Use, use_of
from wirknetz.core.files.counting.conditions import Answer, asks, day_at
from wirknetz.core.files.counting.model import CountedMeasure, GapCode, QuestionCode
from wirknetz.core.files.counting.profile import Breakdown, Edge, MeasureRule, Moment, Profile
from wirknetz.core.values import Cell, Period

Sort = Callable[[Record], str | Flaw]
OLDEST = 120
"""Nobody in a list is older."""


class Tally:
    """Counts one measure: what :meth:`add` is told is in, out, or cannot be said."""

    def __init__(self, profile: Profile, rule: MeasureRule, columns: Columns, period: Period):
        """Prepare questions and cells."""
        self.rule = rule
        self._breakdowns = [profile.breakdown(code) for code in rule.breakdowns]
        self._holds = asks(rule.conditions, columns, period)
        self._sorts = [_sort(one, rule, columns, period) for one in self._breakdowns]
        self._summed = columns.number(rule.summed, Use.NUMBER) if rule.summed else None
        self._whole = _summed_by_whole(profile, rule, columns)
        self._cells: dict[tuple[str, ...], Decimal] = {}
        self._total = Decimal(0)

    def add(self, record: Record, within: Answer = True) -> Answer:
        """Count the row; ``within`` is what its whole said. A flaw means: not counted."""
        if within is not True:
            return within
        held = self._holds(record)
        if held is not True:
            return held
        amount = self._amount(record)
        if isinstance(amount, Flaw):
            return amount
        place: list[str] = []
        for sort in self._sorts:
            category = sort(record)
            if isinstance(category, Flaw):
                return category
            place.append(category)
        self._total += amount
        self._cells[tuple(place)] = self._cells.get(tuple(place), Decimal(0)) + amount
        return True

    def _amount(self, record: Record) -> Decimal | Flaw:
        if self._summed is None:
            return Decimal(1)
        said = record[self._summed]
        if said is None:
            empty = Flaw(GapCode.MISSING, self.rule.summed)
            return Decimal(0) if self.rule.empty_is_zero else empty
        if not isinstance(said, Decimal):
            return said if isinstance(said, Flaw) else Flaw(GapCode.MISSING, self.rule.summed)
        whole = record[self._whole] if self._whole is not None else None
        if isinstance(whole, Decimal) and said > whole:
            return Flaw(GapCode.PART_EXCEEDS, self.rule.summed)
        return said

    def counted(self) -> CountedMeasure:
        """What came out, with every cell of the breakdown."""
        grid = product(*(one.categories for one in self._breakdowns)) if self._breakdowns else ()
        codes = [one.code for one in self._breakdowns]
        cells = (
            (Cell.of(zip(codes, place, strict=True)), self._cells.get(place, Decimal(0)))
            for place in grid
        )
        return CountedMeasure(self.rule.code, self.rule.name, self._total, tuple(cells))


def _summed_by_whole(profile: Profile, rule: MeasureRule, columns: Columns) -> int | None:
    whole = profile.measure(rule.part_of).summed if rule.part_of else ""
    return columns.number(whole, Use.NUMBER) if whole else None


def _sort(one: Breakdown, rule: MeasureRule, columns: Columns, period: Period) -> Sort:
    number = columns.number(one.column, use_of(one))
    if not one.bands:
        return _by_word(one, number)
    if not one.born:
        return _by_age(one, number)
    at = rule.at or one.at or Edge.START
    return _by_birth(one, number, _moment(at, columns, period))


def _by_word(one: Breakdown, number: int) -> Sort:
    meant = {word: category for category, word in one.words}

    def sort(record: Record) -> str | Flaw:
        said = record[number]
        if not isinstance(said, str) or said == "":
            return one.empty or Flaw(GapCode.MISSING, one.column)
        return meant.get(said) or Flaw(QuestionCode.UNKNOWN_WORD, one.column, said)

    return sort


def _by_age(one: Breakdown, number: int) -> Sort:
    def sort(record: Record) -> str | Flaw:
        said = record[number]
        if said is None:
            return one.empty or Flaw(GapCode.MISSING, one.column)
        if not isinstance(said, Decimal):
            return said if isinstance(said, Flaw) else Flaw(GapCode.MISSING, one.column)
        return _band(one, int(said)) if said == int(said) else Flaw(GapCode.AGE_ODD, one.column)

    return sort


def _moment(
    at: str | Moment, columns: Columns, period: Period
) -> Callable[[Record], dt.date | Flaw]:
    if isinstance(at, Edge | dt.date):
        day = day_at(at, period)
        return lambda _record: day
    number = columns.number(at, Use.DAY)

    def found(record: Record) -> dt.date | Flaw:
        said = record[number]
        return said if isinstance(said, dt.date | Flaw) else Flaw(GapCode.MISSING, at)

    return found


def _by_birth(one: Breakdown, number: int, moment: Callable[[Record], dt.date | Flaw]) -> Sort:
    def sort(record: Record) -> str | Flaw:
        born, day = record[number], moment(record)
        if born is None:
            return one.empty or Flaw(GapCode.MISSING, one.column)
        if isinstance(born, dt.date) and isinstance(day, dt.date):
            return _band(one, age_at(born, day))
        return next((said for said in (born, day) if isinstance(said, Flaw)), _missing(one))

    return sort


def _missing(one: Breakdown) -> Flaw:
    return Flaw(GapCode.MISSING, one.column)


def age_at(born: dt.date, day: dt.date) -> int:
    """Full years; below 0 before birth."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _band(one: Breakdown, age: int) -> str | Flaw:
    if not 0 <= age <= OLDEST:
        return Flaw(GapCode.AGE_ODD, one.column)
    found = next((band.code for band in one.bands if age in band), "")
    return found or Flaw(GapCode.AGE_OUTSIDE, one.column)
