"""What the coordinating office says, on its way from a form to a table."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from wirknetz.core.values import Period


@dataclass(frozen=True, slots=True)
class CategoryDraft:
    """A category; ``id`` None for a new one, an empty ``code`` is made from the name."""

    name: str
    code: str = ""
    id: int | None = None
    is_unknown: bool = False
    retired: bool = False


@dataclass(frozen=True, slots=True)
class DimensionDraft:
    """A dimension with all its categories, in the order they are asked."""

    name: str
    code: str = ""
    position: int = 0
    retired: bool = False
    categories: tuple[CategoryDraft, ...] = ()


@dataclass(frozen=True, slots=True)
class MeasureDraft:
    """A measure. An empty ``code`` is made from the name.

    ``reason`` says why its wording changes; needed once somebody counts by it.
    """

    name: str
    definition: str
    level: str
    counts: str
    adds: str
    code: str = ""
    unit: str = ""
    group: str = ""
    decimals: int = 0
    maximum: Decimal | None = None
    position: int = 0
    dimension_ids: frozenset[int] = frozenset()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class IndicatorDraft:
    """What an indicator is called and belongs to. An empty ``code`` is made from the name."""

    name: str
    code: str = ""
    goal: str = ""
    position: int = 0


@dataclass(frozen=True, slots=True)
class VersionDraft:
    """A definition. ``baseline`` is in the unit of the formula: 0.45 for 45 %."""

    formula: str
    definition: str
    direction: str
    accumulate: str
    valid_from: Period
    unit: str = ""
    percent: bool = False
    decimals: int = 0
    baseline: Decimal | None = None
    baseline_note: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TargetDraft:
    """What is aimed at in a period, in the unit of the formula."""

    period: Period
    value: Decimal
    tolerance: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class CheckDraft:
    """A validation rule."""

    expression: str
    severity: str
    message: str
    position: int = 0
    active: bool = True


@dataclass(frozen=True, slots=True)
class RoundDraft:
    """A round: its period and its three days. The closing day still counts as open."""

    period: Period
    title: str
    opens_on: dt.date
    due_on: dt.date
    closes_on: dt.date
    note: str = ""
