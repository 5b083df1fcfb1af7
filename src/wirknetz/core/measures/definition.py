"""What an indicator is: a formula, how its measures add up, how it accumulates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from enum import StrEnum
from functools import cached_property
from itertools import repeat
from typing import Final, Self

from wirknetz.core.measures.formula import Formula
from wirknetz.core.measures.parser import parse_formula
from wirknetz.core.values import Adds, Counts

PRECISION: Final = 6
"""Results have no more decimals than this, rounded half away from zero, on every engine."""
AMOUNT_DECIMALS: Final = 4
"""Amounts, and sums of amounts, carry at most so many decimals."""
_WIDE: Final = Context(prec=80, rounding=ROUND_HALF_UP)
_STEPS: Final = tuple(Decimal(1).scaleb(-decimals) for decimals in range(16))


class Accumulate(StrEnum):
    """How an indicator runs through the periods of a series."""

    PER_PERIOD = "per_period"  # each period by itself
    CUMULATIVE = "cumulative"  # flows from the first period on, stocks as they stand
    LATEST = "latest"  # the latest period that has a value


class Direction(StrEnum):
    """Which way is better."""

    HIGHER = "higher"
    LOWER = "lower"
    KEEP = "keep"  # as near to the target as possible


@dataclass(frozen=True, slots=True)
class MeasureSpec:
    """How one measure is found in the facts and how it adds up.

    ``key`` is what the facts relation holds in its column ``measure``.
    """

    key: int | str
    adds: Adds = Adds.FLOW
    counts: Counts = Counts.OTHER


@dataclass(frozen=True)
class Definition:
    """One version of an indicator. Hashable; equal definitions share compiled SQL.

    ``factor`` multiplies the formula's value (100 for a percentage), ``decimals`` is for
    display only: results are exact to :data:`PRECISION` decimals.
    """

    formula: Formula
    measures: tuple[tuple[str, MeasureSpec], ...]
    accumulate: Accumulate = Accumulate.PER_PERIOD
    decimals: int = 0
    factor: Decimal = Decimal(1)
    direction: Direction = Direction.HIGHER

    def __post_init__(self) -> None:
        """Refuse formulas with unknown names and measures the formula does not use."""
        names, known = set(self.formula.names()), {name for name, _ in self.measures}
        if unknown := sorted(names - known):
            raise UnknownMeasureError(unknown)
        if len(known) != len(self.measures) or known - names:
            raise ValueError("every measure of a definition is used by its formula and given once")

    @classmethod
    def of(
        cls,
        formula: Formula | str,
        measures: Mapping[str, MeasureSpec],
        *,
        accumulate: Accumulate = Accumulate.PER_PERIOD,
        decimals: int = 0,
        factor: Decimal | int = 1,
        direction: Direction = Direction.HIGHER,
    ) -> Self:
        """Build from a formula and all measures known; those it does not use are left out.

        Raises:
            FormulaError: the formula cannot be read.
            UnknownMeasureError: it names a measure that is not among them.
        """
        parsed = parse_formula(formula) if isinstance(formula, str) else formula
        if unknown := sorted(set(parsed.names()) - set(measures)):
            raise UnknownMeasureError(unknown)
        used = tuple((name, measures[name]) for name in parsed.names())
        return cls(parsed, used, accumulate, decimals, Decimal(factor), direction)

    @cached_property
    def counts_persons(self) -> bool:
        """Whether a sum over organisations may count the same person twice."""
        return any(
            spec.counts is Counts.PERSONS and spec.adds is not Adds.MEAN
            for _, spec in self.measures
        )

    def rounded(self, value: Decimal) -> Decimal:
        """For display: to ``decimals`` places, half away from zero."""
        return rounded(value, self.decimals)


class UnknownMeasureError(ValueError):
    """A formula names measures that are not known; ``names`` lists them."""

    def __init__(self, names: list[str]) -> None:
        """Keep the names for the sentence beside the form."""
        super().__init__(f"unknown measures: {', '.join(names)}")
        self.names = tuple(names)


def rounded(value: Decimal, decimals: int = PRECISION) -> Decimal:
    """The value to so many decimals, half away from zero (kaufmännisch).

    Values too large to carry the decimals come back as they are.
    """
    try:
        return _WIDE.plus(_WIDE.quantize(value, _STEPS[decimals]))
    except InvalidOperation:
        return value


def rounded_column(values: Sequence[Decimal]) -> list[Decimal]:
    """Many values at once, to :data:`PRECISION` decimals."""
    try:
        found = list(map(_WIDE.quantize, values, repeat(_STEPS[PRECISION])))
        below = any(map(Decimal.is_signed, found))  # there may be a -0 among them
        return list(map(_WIDE.plus, found)) if below else found
    except InvalidOperation:
        return [rounded(value) for value in values]
