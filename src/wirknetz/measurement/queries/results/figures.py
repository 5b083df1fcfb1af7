"""What a results page shows, as plain frozen values in the unit a reader sees."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from wirknetz.core.measures import Direction, TargetState
from wirknetz.core.values import Period


class Gap(StrEnum):
    """Why there is no value to see."""

    NOT_REPORTED = "not_reported"
    NO_AMOUNT = "no_amount"
    NOT_TOGETHER = "not_together"
    DIVISION_BY_ZERO = "division_by_zero"
    NOT_DEFINED = "not_defined"  # no definition is in force for this period
    RUNNING = "running"  # the round is not closed yet
    TOO_FEW = "too_few"  # too few other organisations stand behind it


@dataclass(frozen=True, slots=True)
class Figure:
    """One value of the network (or of the viewer's own organisations), or why there is none.

    ``value``, ``target`` and ``tolerance`` are in the unit shown (35.2 for 35,2 %). ``held``
    organisations changed something after closing that partners do not see yet; for whoever
    sees everything it is included.
    """

    period: Period
    value: Decimal | None
    gap: Gap | None
    organisations: int = 0
    expected: int | None = None
    partial: int = 0
    persons_doubled: bool = False
    version: int | None = None
    closed: bool = True
    target: Decimal | None = None
    tolerance: Decimal = Decimal(0)
    state: TargetState = TargetState.NO_TARGET
    own: Decimal | None = None
    incomplete: bool = False
    held: int = 0
    held_included: bool = False


@dataclass(frozen=True, slots=True)
class VersionNote:
    """One definition in force: from when, in which words, adopted by whom, why."""

    number: int
    valid_from: Period
    formula: str
    definition: str
    reason: str
    adopted: str
    in_force_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Result:
    """An indicator and its series, oldest period first; ``current`` is what the page is about."""

    pk: int
    code: str
    name: str
    goal: str
    unit: str
    decimals: int
    direction: Direction
    baseline: Decimal | None
    baseline_note: str
    versions: tuple[VersionNote, ...]
    figures: tuple[Figure, ...]
    current: Figure | None
    own_name: str = ""

    @property
    def version(self) -> VersionNote | None:
        """The definition in force for the current figure, else the latest one."""
        if not self.versions:
            return None
        wanted = self.current.version if self.current else None
        return next((v for v in self.versions if v.number == wanted), self.versions[-1])


@dataclass(frozen=True, slots=True)
class Group:
    """One row of a breakdown; ``label`` is empty on the row that nobody broke down."""

    label: str
    value: Decimal | None
    gap: Gap | None
    organisations: int
    own: Decimal | None = None
    broken_down: bool = True


@dataclass(frozen=True, slots=True)
class Breakdown:
    """An indicator of one period by one dimension; no groups where one may not see them."""

    dimension: str
    period: Period
    groups: tuple[Group, ...]
    gap: Gap | None = None
    coarser: bool = False
