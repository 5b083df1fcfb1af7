"""The values that travel between the rooms: periods, cells, reported values, result tables.

All of them are frozen; amounts are :class:`decimal.Decimal` so that nothing is lost to
binary fractions on the way from a form to a report.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import total_ordering
from typing import Final, NamedTuple, Self


class PeriodKind(StrEnum):
    """How long a period is. The value is what is stored."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"

    @property
    def months(self) -> int:
        """Length in months."""
        return _MONTHS[self]

    @property
    def per_year(self) -> int:
        """How many of them make a year."""
        return 12 // _MONTHS[self]


_MONTHS: Final[dict[PeriodKind, int]] = {
    PeriodKind.MONTH: 1,
    PeriodKind.QUARTER: 3,
    PeriodKind.HALF_YEAR: 6,
    PeriodKind.YEAR: 12,
}
_LETTER: Final[dict[PeriodKind, str]] = {PeriodKind.QUARTER: "Q", PeriodKind.HALF_YEAR: "H"}
_KIND_OF_LETTER: Final = {letter: kind for kind, letter in _LETTER.items()}
_CODE: Final = re.compile(r"^(?P<year>\d{4})(?:-(?P<month>\d{2})|(?P<letter>[QH])(?P<number>\d))?$")
_MONTH_NAMES: Final = {
    "de": (
        "Januar", "Februar", "März", "April", "Mai", "Juni",
        "Juli", "August", "September", "Oktober", "November", "Dezember",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip


@total_ordering
@dataclass(frozen=True, slots=True)
class Period:
    """One calendar period. Ordered by start, then by length.

    ``ordinal`` counts months since year 0 (``year * 12 + month - 1`` of its first month), so
    periods of different kinds can be compared and rolled up with integer arithmetic:
    ``ordinal // kind.months * kind.months``.
    """

    kind: PeriodKind
    year: int
    number: int = 1

    def __post_init__(self) -> None:
        """Refuse periods that no calendar has."""
        if not 1 <= self.number <= self.kind.per_year:
            raise ValueError(f"{self.kind.value} {self.number} does not exist in a year")
        if not 1900 <= self.year <= 2999:
            raise ValueError(f"year {self.year} is outside 1900 to 2999")

    @classmethod
    def parse(cls, code: str) -> Self:
        """Read ``2025``, ``2025H1``, ``2025Q3`` or ``2025-07``. ValueError otherwise."""
        match = _CODE.match(code.strip())
        if match is None:
            raise ValueError(f"{code!r} is not a period such as 2025, 2025H1, 2025Q3 or 2025-07")
        year = int(match["year"])
        if match["month"]:
            return cls(PeriodKind.MONTH, year, int(match["month"]))
        if match["letter"]:
            return cls(_KIND_OF_LETTER[match["letter"]], year, int(match["number"]))
        return cls(PeriodKind.YEAR, year)

    @classmethod
    def containing(cls, kind: PeriodKind, day: dt.date) -> Self:
        """The period of this kind in which the day lies."""
        return cls(kind, day.year, (day.month - 1) // kind.months + 1)

    @classmethod
    def from_ordinal(cls, kind: PeriodKind, ordinal: int) -> Self:
        """The period of this kind in which the month with this ordinal lies."""
        year, month = divmod(ordinal, 12)
        return cls(kind, year, month // kind.months + 1)

    @property
    def code(self) -> str:
        """The short form that :meth:`parse` reads, for instance ``2025Q3``."""
        if self.kind is PeriodKind.YEAR:
            return f"{self.year}"
        if self.kind is PeriodKind.MONTH:
            return f"{self.year}-{self.number:02}"
        return f"{self.year}{_LETTER[self.kind]}{self.number}"

    @property
    def ordinal(self) -> int:
        """Months since year 0 of its first month."""
        return self.year * 12 + (self.number - 1) * self.kind.months

    @property
    def start(self) -> dt.date:
        """First day."""
        return dt.date(self.year, (self.number - 1) * self.kind.months + 1, 1)

    @property
    def end(self) -> dt.date:
        """Last day."""
        return self.shift(1).start - dt.timedelta(days=1)

    def shift(self, steps: int) -> Self:
        """The period so many steps later (earlier if negative)."""
        return type(self).from_ordinal(self.kind, self.ordinal + steps * self.kind.months)

    def label(self, language: str = "de") -> str:
        """As a reader expects it: ``3. Quartal 2025``, ``Juli 2025``, ``2025``."""
        if self.kind is PeriodKind.YEAR:
            return str(self.year)
        if self.kind is PeriodKind.MONTH:
            return f"{_MONTH_NAMES[_known(language)][self.number - 1]} {self.year}"
        if _known(language) == "en":
            noun = "Q" if self.kind is PeriodKind.QUARTER else "H"
            return f"{noun}{self.number} {self.year}"
        noun = "Quartal" if self.kind is PeriodKind.QUARTER else "Halbjahr"
        return f"{self.number}. {noun} {self.year}"

    def short_label(self, language: str = "de") -> str:
        """Short enough for an axis: ``Q3 25``, ``07/25``, ``H1 25``, ``2025``."""
        if self.kind is PeriodKind.YEAR:
            return str(self.year)
        if self.kind is PeriodKind.MONTH:
            return f"{self.number:02}/{self.year % 100:02}"
        letter = "Hj. " if language == "de" and self.kind is PeriodKind.HALF_YEAR else ""
        return f"{letter or _LETTER[self.kind]}{self.number} {self.year % 100:02}"

    def __lt__(self, other: object) -> bool:
        """Earlier start first; of the same start, the shorter first."""
        if not isinstance(other, Period):
            return NotImplemented
        return (self.ordinal, self.kind.months) < (other.ordinal, other.kind.months)

    def __str__(self) -> str:
        """Return the code."""
        return self.code


def _known(language: str) -> str:
    return "en" if language.startswith("en") else "de"


class State(StrEnum):
    """What an entry says: an amount (0 is one), or why there is none."""

    AMOUNT = "amount"
    NOT_APPLICABLE = "not_applicable"
    NOT_COLLECTED = "not_collected"
    REFUSED = "refused"


class Adds(StrEnum):
    """How a measure adds up."""

    FLOW = "flow"  # over partners and over time
    STOCK = "stock"  # over partners, never over time: the latest counts
    MEAN = "mean"  # by the number of cases behind it


class Counts(StrEnum):
    """What a measure counts."""

    PERSONS = "persons"
    CASES = "cases"
    EVENTS = "events"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Cell:
    """Where in the breakdown a value stands: category by dimension, sparse and sorted.

    The empty cell is the total. ``key`` is canonical: ``age=50+|gender=w``.
    """

    items: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, categories: Mapping[str, str] | Iterable[tuple[str, str]] = ()) -> Self:
        """Build from ``{"gender": "w", "age": "50+"}``; ValueError for a dimension twice."""
        pairs = tuple(sorted(dict(categories).items()))
        if any(not d or not c or set("=|") & set(d + c) for d, c in pairs):
            raise ValueError("dimension and category codes are not empty and hold no = or |")
        return cls(pairs)

    @classmethod
    def parse(cls, key: str) -> Self:
        """Read a canonical key; the empty string is the total."""
        return cls.of(tuple(part.split("=", 1)) for part in key.split("|")) if key else cls()  # type: ignore[misc]

    @property
    def key(self) -> str:
        """Canonical text form."""
        return "|".join(f"{d}={c}" for d, c in self.items)

    @property
    def grain(self) -> str:
        """The dimensions it is broken down by, canonical: ``age,gender``; empty for a total."""
        return ",".join(d for d, _ in self.items)

    def category(self, dimension: str) -> str | None:
        """Its category in this dimension, None where it is not broken down by it."""
        return dict(self.items).get(dimension)


@dataclass(frozen=True, slots=True)
class Value:
    """One reported value: an amount, or a state without one. ``n`` stands behind a mean."""

    state: State = State.AMOUNT
    amount: Decimal | None = None
    n: int | None = None

    def __post_init__(self) -> None:
        """An amount has a number, a state has none."""
        if (self.state is State.AMOUNT) != (self.amount is not None):
            raise ValueError("an amount needs a number, and only an amount has one")


class Missing(StrEnum):
    """Why a result has no value. Nothing missing is ever shown as 0."""

    NOT_REPORTED = "not_reported"  # nobody said anything
    NO_AMOUNT = "no_amount"  # only states came: not applicable, not collected, refused
    NOT_TOGETHER = "not_together"  # amounts came, but no organisation had all parts in one period
    DIVISION_BY_ZERO = "division_by_zero"


class Part(NamedTuple):
    """What one measure contributes to a result: the sum, or the mean with its ``n`` cases.

    ``amount`` is None where nothing was reported. ``n`` is None unless the measure is a mean.
    """

    name: str
    amount: Decimal | None
    n: int | None = None


class Row(NamedTuple):
    """One figure with everything needed to say what stands behind it.

    ``organisation`` and ``period`` (an ordinal, see :class:`Period`) are None where the figure
    covers all of them. ``cell`` holds the categories asked for; ``broken_down`` is False on the
    one row that collects what organisations reported only coarser than asked, so that a
    breakdown still adds up.

    ``organisations`` contributed an amount; ``partial`` of these did so with gaps (a state
    among their cells, a summand or a period left out); ``reporting`` said anything at all.
    ``persons_doubled`` marks sums of persons over more than one organisation.
    ``lacking`` names the measures nobody reported an amount for. In a running total ``gap``
    says that a period before or at this one is missing from it; ``carried`` that the value is
    an earlier period's. (Parts and rows are named tuples: results can have many thousands.)
    """

    value: Decimal | None
    missing: Missing | None
    parts: tuple[Part, ...]
    organisation: int | str | None = None
    period: int | None = None
    cell: Cell = Cell()
    broken_down: bool = True
    organisations: int = 0
    partial: int = 0
    reporting: int = 0
    expected: int | None = None
    persons_doubled: bool = False
    lacking: tuple[str, ...] = ()
    gap: bool = False
    carried: bool = False

    def part(self, name: str) -> Part:
        """The part of this measure; KeyError where the figure has none."""
        for part in self.parts:
            if part.name == name:
                return part
        raise KeyError(name)


@dataclass(frozen=True, slots=True)
class Table:
    """Result rows, grouped by ``by`` (any of organisation, period and dimension names).

    Sorted by organisation, period and categories, the row that is not broken down last.
    There is a row only where somebody reported something, except that a table grouped by
    nothing always has exactly one. ``rows`` are a tuple, or make each row when it is read.
    """

    by: tuple[str, ...]
    rows: Sequence[Row]

    def __iter__(self) -> Iterator[Row]:
        """Over the rows."""
        return iter(self.rows)

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.rows)

    def one(self) -> Row:
        """The only row. LookupError if there are none or several."""
        if len(self.rows) != 1:
            raise LookupError(f"{len(self.rows)} rows, not one")
        return self.rows[0]

    def where(
        self,
        *,
        organisation: int | str | None = None,
        period: Period | int | None = None,
        cell: Cell | None = None,
    ) -> Table:
        """The rows that match everything given."""
        ordinal = period.ordinal if isinstance(period, Period) else period
        kept = (
            row
            for row in self.rows
            if (organisation is None or row.organisation == organisation)
            and (ordinal is None or row.period == ordinal)
            and (cell is None or (row.broken_down and row.cell == cell))
        )
        return Table(self.by, tuple(kept))

    @property
    def coarser(self) -> bool:
        """Whether somebody reported coarser than asked, so that one row is not broken down."""
        return any(not row.broken_down for row in self.rows)

    def records(self) -> list[dict[str, object]]:
        """As plain dictionaries, for ``pandas.DataFrame(table.records())`` and exports."""
        return [_record(self.by, row) for row in self.rows]


def _record(by: tuple[str, ...], row: Row) -> dict[str, object]:
    keys: dict[str, object] = {
        name: getattr(row, name) if name in {"organisation", "period"} else row.cell.category(name)
        for name in by
    }
    parts: dict[str, object] = {part.name: part.amount for part in row.parts}
    return keys | {
        "value": row.value,
        "missing": row.missing.value if row.missing else None,
        **{f"part_{name}": amount for name, amount in parts.items()},
        "organisations": row.organisations,
        "partial": row.partial,
        "reporting": row.reporting,
        "expected": row.expected,
    }
