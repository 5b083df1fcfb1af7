"""What a chart says, before anybody draws it: plain frozen values.

All amounts are already in the unit the reader sees: 35.2 with unit ``%`` is "35,2 %".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from wirknetz.core.measures import Direction, TargetState
from wirknetz.core.values import Period

Formatter = Callable[[Decimal], str]
"""Turns an amount into the text a reader sees, unit included."""

MAX_SERIES: Final = 4


class Mark(StrEnum):
    """What stands at one place of a chart: a value, or why there is none."""

    VALUE = "value"
    NOT_BROKEN_DOWN = "not_broken_down"  # a value nobody broke down by this dimension
    MISSING = "missing"  # never drawn as 0
    SUPPRESSED = "suppressed"  # known, but kept secret


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a series. ``note`` says what a reader must know ("nicht erhoben")."""

    period: Period
    value: Decimal | None
    note: str = ""
    mark: Mark = Mark.VALUE

    def __post_init__(self) -> None:
        """Settle the mark; refuse a secret that carries its value, and what is no number."""
        object.__setattr__(self, "mark", settled(self.value, self.mark))


@dataclass(frozen=True, slots=True)
class Series:
    """A named row of points. Periods that have no point are gaps, like points without value."""

    name: str
    points: tuple[Point, ...] = ()

    def __post_init__(self) -> None:
        """Refuse two points for one period; keep them in order of time."""
        if len({point.period for point in self.points}) != len(self.points):
            raise ValueError(f"{self.name!r} has a period twice")
        ordered = tuple(sorted(self.points, key=lambda point: point.period))
        object.__setattr__(self, "points", ordered)


@dataclass(frozen=True, slots=True)
class Target:
    """What is to be reached in a period. ``tolerance`` >= 0, in the unit of the value."""

    period: Period
    value: Decimal
    tolerance: Decimal = Decimal(0)

    def __post_init__(self) -> None:
        """Refuse what is no number and a tolerance below zero."""
        settled(self.value, Mark.VALUE)
        settled(self.tolerance, Mark.VALUE)
        if self.tolerance < 0:
            raise ValueError("a tolerance is never below zero")


@dataclass(frozen=True, slots=True)
class Break:
    """From this period on the definition is another one; no line crosses its start."""

    period: Period
    label: str


@dataclass(frozen=True, slots=True)
class LineChart:
    """Values over periods. The first series is the network, the second the own organisation.

    ``from_zero=False`` lets the axis begin elsewhere where all values lie in its last quarter
    (then the picture says so); counts keep it true. The tolerance of a target lies on the
    worse side of it by ``direction``, on both with ``Direction.KEEP``. ``summary`` replaces
    the generated description. At most four series.
    """

    title: str
    series: tuple[Series, ...]
    unit: str = ""
    decimals: int = 0
    targets: tuple[Target, ...] = ()
    breaks: tuple[Break, ...] = ()
    direction: Direction = Direction.HIGHER
    from_zero: bool = True
    summary: str = ""

    def __post_init__(self) -> None:
        """Refuse more series than shapes and dashes can tell apart."""
        if len(self.series) > MAX_SERIES:
            raise ValueError(f"a line chart shows at most {MAX_SERIES} series; use small multiples")


@dataclass(frozen=True, slots=True)
class Bar:
    """One category. ``mark`` NOT_BROKEN_DOWN has a value; SUPPRESSED and MISSING have none."""

    label: str
    value: Decimal | None
    note: str = ""
    mark: Mark = Mark.VALUE

    def __post_init__(self) -> None:
        """Settle the mark; refuse a secret that carries its value, and what is no number."""
        object.__setattr__(self, "mark", settled(self.value, self.mark))


@dataclass(frozen=True, slots=True)
class BarChart:
    """Values by category; ``category_name`` is the name of the dimension ("Geschlecht")."""

    title: str
    bars: tuple[Bar, ...]
    category_name: str = ""
    unit: str = ""
    decimals: int = 0
    summary: str = ""


@dataclass(frozen=True, slots=True)
class SmallMultiples:
    """One small line chart per organisation or indicator; the panel's title is its name.

    ``shared_scale`` draws all panels on one axis, so that heights can be compared.
    """

    title: str
    panels: tuple[LineChart, ...]
    shared_scale: bool = True
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Sparkline:
    """A series as small as a word, for lists; the value itself stands beside it."""

    title: str
    series: Series
    unit: str = ""
    decimals: int = 0
    breaks: tuple[Break, ...] = ()
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of how many: ``11 von 14 Organisationen``. 0 <= done <= asked."""

    title: str
    done: int
    asked: int
    noun: str = "Organisationen"
    summary: str = ""

    def __post_init__(self) -> None:
        """Refuse more done than asked."""
        if not 0 <= self.done <= self.asked:
            raise ValueError(f"{self.done} of {self.asked} cannot be")


@dataclass(frozen=True, slots=True)
class StateIcon:
    """Target state as shape and colour. ``title`` replaces the generated words."""

    state: TargetState
    title: str = ""


Chart = LineChart | BarChart | SmallMultiples | Sparkline | Coverage | StateIcon


@dataclass(frozen=True, slots=True)
class ChartTable:
    """The equal view of a chart: same content, all texts ready to show, first column = header.

    ``numeric`` says for each column whether it holds numbers (aligned to the right).
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]


def settled(value: Decimal | None, mark: Mark) -> Mark:
    """The mark that fits the value: without a value, VALUE becomes MISSING.

    ValueError where a value stands beside MISSING or SUPPRESSED (a secret must not travel in
    a chart) or is not finite.
    """
    if value is None:
        return mark if mark is Mark.SUPPRESSED else Mark.MISSING
    if not value.is_finite():
        raise ValueError(f"{value} is not a number that can be drawn")
    if mark in {Mark.MISSING, Mark.SUPPRESSED}:
        raise ValueError(f"{mark.value} has no value")
    return mark
