"""What a counting profile says, once its TOML is read and checked."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from wirknetz.core.values import Period

PROFILE_FORMAT: Final = 1


class Doubles(StrEnum):
    """What to do with rows of the same case number. The values stand in the TOML file."""

    ONCE = "einmal"  # equal rows count once; different ones are asked
    LAST = "letzte"  # the last row counts
    EVERY = "jede"  # every row is something of its own


class Hidden(StrEnum):
    """What to do with hidden rows; without a word about it, they are asked."""

    COUNT = "zaehlen"
    LEAVE = "auslassen"


class Slashes(StrEnum):
    """How ``05/06/2025`` is meant."""

    DAY_FIRST = "TT/MM/JJJJ"
    MONTH_FIRST = "MM/TT/JJJJ"


class Style(StrEnum):
    """How numbers typed as text are meant."""

    GERMAN = "1.234,5"
    ENGLISH = "1,234.5"


class Test(StrEnum):
    """What a condition asks of a column. The values stand in the TOML file."""

    IS = "ist"
    IS_NOT = "ist_nicht"
    EMPTY = "leer"
    IN_PERIOD = "im_zeitraum"
    BEFORE = "vor"
    AFTER = "nach"
    FROM = "ab"
    UNTIL = "bis"
    AT_LEAST = "mindestens"
    AT_MOST = "hoechstens"


OF_DAYS: Final = frozenset({Test.IN_PERIOD, Test.BEFORE, Test.AFTER, Test.FROM, Test.UNTIL})
OF_NUMBERS: Final = frozenset({Test.AT_LEAST, Test.AT_MOST})


class Edge(StrEnum):
    """An end of the period, as a day to compare with."""

    START = "zeitraum_anfang"
    END = "zeitraum_ende"


Moment = Edge | dt.date
Against = tuple[str, ...] | bool | Moment | int
"""What a condition compares with: words, yes or no, a day, a number."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One question to a row; with ``either`` it holds where one of these holds."""

    column: str = ""
    test: Test = Test.EMPTY
    against: Against = False
    either: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Band:
    """Ages from ``low`` to ``high``, both included; ``high`` None: no end."""

    code: str
    low: int
    high: int | None = None

    def __contains__(self, age: int) -> bool:
        """Whether somebody of this age belongs to it."""
        return self.low <= age and (self.high is None or age <= self.high)


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A way to break counts down: by words of a column, or by age.

    ``words`` pairs a category with a word that means it; ``bands`` are ages, either at the
    moment ``at`` from the birth date in ``column``, or as they stand there (``at`` None).
    ``empty`` is the category of an empty cell; without one an empty cell is a gap.
    """

    code: str
    name: str
    column: str
    categories: tuple[str, ...]
    words: tuple[tuple[str, str], ...] = ()
    bands: tuple[Band, ...] = ()
    at: str | Moment | None = None
    empty: str = ""

    @property
    def born(self) -> bool:
        """Whether the column holds birth dates."""
        return self.at is not None


@dataclass(frozen=True, slots=True)
class MeasureRule:
    """How one measure is counted.

    Rows where all ``conditions`` hold; their number, or the sum of the column ``summed``.
    ``part_of`` is a measure whose conditions hold too and which this one never exceeds.
    ``at`` overrides when ages are taken. ``empty_is_zero``: an empty cell adds nothing.
    """

    code: str
    name: str
    conditions: tuple[Condition, ...] = ()
    summed: str = ""
    breakdowns: tuple[str, ...] = ()
    part_of: str = ""
    at: str | Moment | None = None
    empty_is_zero: bool = False


@dataclass(frozen=True, slots=True)
class Profile:
    """How a list is counted; ``period`` where the file names one.

    ``sha256`` is the hash of the TOML file's bytes.
    """

    name: str
    measures: tuple[MeasureRule, ...]
    breakdowns: tuple[Breakdown, ...] = ()
    only: tuple[Condition, ...] = ()
    page: str = ""
    case_number: str = ""
    doubles: Doubles = Doubles.ONCE
    required: tuple[str, ...] = ()
    in_order: tuple[str, ...] = ()
    empty_words: tuple[str, ...] = ()
    latest_year: int | None = None
    slashes: Slashes | None = None
    style: Style | None = None
    hidden: Hidden | None = None
    period: Period | None = None
    sha256: str = ""

    def breakdown(self, code: str) -> Breakdown:
        """The breakdown with this code; KeyError without one."""
        return {one.code: one for one in self.breakdowns}[code]

    def measure(self, code: str) -> MeasureRule:
        """The measure with this code; KeyError without one."""
        return {one.code: one for one in self.measures}[code]
