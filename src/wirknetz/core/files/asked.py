"""What a file is read for: measures, breakdown and period asked of one organisation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from wirknetz.core.values import Adds, Counts, Period


@dataclass(frozen=True, slots=True)
class WantedCategory:
    """One category; ``words`` are further names for it, of the network or of partners."""

    code: str
    name: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WantedDimension:
    """A way to break values down."""

    code: str
    name: str
    categories: tuple[WantedCategory, ...]
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """One measure that is asked for.

    ``grains`` are the breakdowns that are accepted, the one asked for first and the total
    (``""``) last. ``words`` are further names: the network's vocabulary, former profiles.
    ``history`` holds the organisation's own totals of earlier periods of the same kind, newest
    first. ``part_of`` names measures this one can never exceed (``integriert`` → ``beendet``).
    """

    code: str
    name: str
    definition: str = ""
    unit: str = ""
    counts: Counts = Counts.PERSONS
    adds: Adds = Adds.FLOW
    decimals: int = 0
    grains: tuple[str, ...] = ("",)
    words: tuple[str, ...] = ()
    history: tuple[Decimal, ...] = ()
    part_of: tuple[str, ...] = ()
    maximum: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """Everything asked of one organisation for one period.

    ``own_names`` are the names under which the organisation may stand in its file,
    ``other_names`` those of the other partners: a row that names another is not its own.
    ``silent`` are words that say nothing in this network's labels, such as its own name.
    """

    period: Period
    measures: tuple[Wanted, ...]
    dimensions: tuple[WantedDimension, ...] = ()
    own_names: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    by_code: Mapping[str, Wanted] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the measures."""
        object.__setattr__(self, "by_code", {m.code: m for m in self.measures})

    def measure(self, code: str) -> Wanted:
        """The measure with this code; KeyError if it is not asked."""
        return self.by_code[code]

    def dimension(self, code: str) -> WantedDimension:
        """The dimension with this code; KeyError if there is none."""
        return next((d for d in self.dimensions if d.code == code), None) or _missing(code)


def _missing(code: str) -> WantedDimension:
    raise KeyError(code)
