"""What one number of a file claims to be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from wirknetz.core.files.grid import Address
from wirknetz.core.files.recognition.desk import digest
from wirknetz.core.files.recognition.geometry.paths import Link, Spot
from wirknetz.core.files.recognition.model import AsideCode
from wirknetz.core.files.words import Meaning, NumberRead
from wirknetz.core.values import Cell, Period, Value

UNKNOWN = "?"
"""A category that is not among those asked."""


class When(Enum):
    """How the period a number speaks of lies to the one asked for."""

    THIS = auto()  # it is the one, or nothing speaks of another
    WITHIN = auto()  # a part of it: a month of the quarter
    OTHER = auto()
    UNSURE = auto()  # the labels contradict each other, or can be read in two ways


@dataclass(frozen=True, slots=True)
class Timing:
    """The period a number speaks of. ``found`` is it as a code, empty where nothing is said."""

    when: When = When.THIS
    found: str = ""
    period: Period | None = None
    older_page: bool = False

    @property
    def within(self) -> Period | None:
        """The part of the period asked for; None for the whole."""
        return self.period if self.when is When.WITHIN else None


@dataclass(slots=True, eq=False)
class Claim:
    """A number and what its labels say.

    ``options`` are the measures it may mean, the likeliest first; ``by`` is the label that
    decides. ``parts`` holds the category by dimension, ``~18-24`` for a band that is not asked
    and ``?`` with the key of its label for an unknown category, which stands in ``strange``.
    ``unknown`` are labels that say something nobody knows. ``leaning``: the measure is that of
    a row or title further up, or a label is missing, so that it needs to be confirmed.
    ``adding``: the person said that several such numbers add up.
    ``needs`` are the keys of the questions it waits for, ``said`` is what the person said of
    this very cell, its row or its column. ``scale`` is a text that says that the numbers stand
    for thousands.
    """

    spot: Spot
    address: Address
    options: tuple[Meaning, ...] = ()
    by: Link | None = None
    key: str = ""
    parts: dict[str, str] = field(default_factory=dict)
    sums: tuple[Link, ...] = ()
    timing: Timing = Timing()
    aside: AsideCode | None = None
    params: Mapping[str, str] = field(default_factory=dict)
    unknown: tuple[Link, ...] = ()
    strange: tuple[Link, ...] = ()
    leaning: bool = False
    adding: bool = False
    read: NumberRead = field(default_factory=NumberRead)
    value: Value | None = None
    needs: set[str] = field(default_factory=set)
    sure: float = 1.0
    said: str = ""
    scale: str = ""

    @property
    def hidden_key(self) -> str:
        """The question whether the hidden numbers of its measure count."""
        return f"hidden|{self.spot.table.sheet.key}|{self.measure}"

    @property
    def period_key(self) -> str:
        """The question whether numbers of this other period are meant.

        It is about this file only: next time the period is another one.
        """
        return f"period|{self.spot.table.sheet.key}|{digest(self.timing.found)}"

    @property
    def measure(self) -> str:
        """The measure it is taken for, empty where there is none."""
        return self.options[0].code if self.options else ""

    @property
    def cell(self) -> Cell | None:
        """Its place in the breakdown; None where a category is not one that is asked."""
        if any(code.startswith((UNKNOWN, "~")) for code in self.parts.values()):
            return None
        return Cell.of(self.parts)

    @property
    def is_total(self) -> bool:
        """Whether a label calls it a sum."""
        return bool(self.sums)
