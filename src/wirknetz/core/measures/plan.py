"""What compiled SQL depends on, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from wirknetz.core.values import Adds


@dataclass(frozen=True, slots=True)
class PlanPart:
    """One part: the measures whose rows it sums, and which of them add up specially."""

    keys: tuple[int | str, ...]
    means: tuple[int | str, ...] = ()
    stocks: tuple[int | str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """What the SQL depends on, and nothing else: equal plans share it.

    ``together`` parts count only where one organisation has them all in one period.
    ``by_measure`` keeps one row per measure (several simple indicators in one pass) and
    goes with a single part. ``bucket`` is the length in months of the periods of the
    result, 0 where each reported period stands for itself; ``one_period`` facts are all of one
    reported period. ``one_by_one`` sums each measure by itself before parts are put side by side.
    """

    parts: tuple[PlanPart, ...]
    together: bool
    by_measure: bool
    by_organisation: bool
    by_period: bool
    bucket: int
    dimensions: tuple[str, ...]
    measure_type: str = "int64"
    one_period: bool = False
    one_by_one: bool = False

    @property
    def over_time(self) -> bool:
        """Whether several reported periods may end up in one row."""
        return self.bucket > 0 or not (self.by_period or self.one_period)

    @property
    def keys(self) -> tuple[str, ...]:
        """The leading columns of the result."""
        wanted = (
            ("measure", self.by_measure),
            ("organisation", self.by_organisation),
            ("period", self.by_period),
        )
        return (*(name for name, used in wanted if used), *self.dimensions)

    @property
    def per_unit(self) -> bool:
        """Whether each row is one organisation in one reported period: nothing to gather."""
        return self.by_organisation and not self.over_time

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """All columns of the result in order."""
        numbers = range(len(self.parts))
        amounts = tuple(f"amount_{i}" for i in numbers)
        weights = tuple(f"weight_{i}" for i in numbers if self.parts[i].means)
        if self.per_unit:
            return (*self.keys, *amounts, *weights, "unusable")
        # Of a single part, and without gathering time, who is seen is who counts.
        seen = tuple(f"seen_{i}" for i in numbers) if len(numbers) > 1 or self.over_time else ()
        return (*self.keys, *amounts, *weights, *seen, "organisations", "partial", "reporting")


def facts_columns(plan: Plan) -> dict[str, str]:
    """The columns the plan reads from ``facts``, with their Ibis types."""
    columns = {
        "organisation": "int64",  # or text: it is only grouped by
        "period": "int64",
        "measure": plan.measure_type,
        "amount": "float64",
        "base": "boolean",
    }
    if any(part.means for part in plan.parts):
        columns["n"] = "int64"
    if plan.dimensions:
        columns |= {"grain": "string"} | dict.fromkeys(plan.dimensions, "string")
    return columns


def plan_part(name_keys: tuple[tuple[int | str, Adds], ...]) -> PlanPart:
    """The part that sums the rows of these measures."""
    return PlanPart(
        tuple(key for key, _ in name_keys),
        tuple(key for key, adds in name_keys if adds is Adds.MEAN),
        tuple(key for key, adds in name_keys if adds is Adds.STOCK),
    )
