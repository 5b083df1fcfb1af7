"""What counting a list says: counts, rows that could not be counted, what has to be asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from wirknetz.core.values import Cell, Period


class GapCode(StrEnum):
    """Why a row could not be counted. Each has one German sentence."""

    MISSING = "missing"  # an empty cell
    UNREADABLE_DAY = "unreadable_day"
    UNREADABLE_NUMBER = "unreadable_number"
    NEGATIVE = "negative"
    AGE_OUTSIDE = "age_outside"  # no band holds this age
    AGE_ODD = "age_odd"  # below 0 or above 120
    ORDER = "order"  # a later day stands before an earlier one
    PART_EXCEEDS = "part_exceeds"  # more than what it is a part of
    NO_CASE_NUMBER = "no_case_number"
    TOTAL_ROW = "total_row"  # looks like a sum of the rows above


class QuestionCode(StrEnum):
    """What only the person knows. Each has one German sentence."""

    PAGES = "pages"  # several sheets hold such a list. params: pages
    NO_PAGE = "no_page"  # params: page, pages
    NO_COLUMN = "no_column"  # params: columns
    COLUMN_TWICE = "column_twice"  # params: columns
    NO_ROWS = "no_rows"
    DOUBLES_DIFFER = "doubles_differ"  # params: columns
    TWO_DIGIT_YEAR = "two_digit_year"  # params: column
    SLASH_DAY = "slash_day"  # params: column
    NUMBER_STYLE = "number_style"  # params: column
    UNKNOWN_WORD = "unknown_word"  # params: column, words
    HIDDEN_ROWS = "hidden_rows"
    WITHOUT_VALUE = "without_value"  # a formula that was never calculated. params: column


@dataclass(frozen=True, slots=True)
class Gap:
    """Rows that could not be counted in these measures. Rows count from 1, as on the screen."""

    code: GapCode
    column: str
    rows: tuple[int, ...]
    measures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What has to be settled in the list or in the profile before anything is counted."""

    code: QuestionCode
    rows: tuple[int, ...] = ()
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CountedMeasure:
    """One measure: its total, and the cells of its breakdown, all of them, 0 included."""

    code: str
    name: str
    total: Decimal
    cells: tuple[tuple[Cell, Decimal], ...] = ()


@dataclass(frozen=True, slots=True)
class Rows:
    """What became of the rows, in numbers."""

    read: int = 0
    doubles: int = 0
    filtered: int = 0
    hidden: int = 0
    headings: int = 0
    left_out: int = 0  # rows that stand in a gap

    @property
    def counted(self) -> int:
        """The rows that were looked at for every measure."""
        return self.read - self.doubles - self.filtered - self.hidden - self.headings


@dataclass(frozen=True, slots=True)
class Counted:
    """What a list says. With questions there are no measures: nothing is guessed."""

    period: Period
    page: str
    measures: tuple[CountedMeasure, ...]
    rows: Rows
    gaps: tuple[Gap, ...] = ()
    questions: tuple[Question, ...] = ()
    empty_cells: tuple[tuple[str, int], ...] = ()
    """By column: how many of the counted rows have nothing there."""
    sha256: str = ""
    """Hash of the list; empty where the lines did not come from a file."""

    @property
    def ready(self) -> bool:
        """Whether every row could be counted."""
        return not self.questions and not self.gaps
