"""What a single value must fulfil before it is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Final

from wirknetz.core.values import Cell, Value

LIMIT: Final = Decimal(10) ** 12
"""Amounts are smaller than this."""
N_LIMIT: Final = 2**31 - 1


TOTAL: Final = Cell()


class ProblemCode(StrEnum):
    """Why a value was not stored. In brackets the params each carries."""

    NOT_A_NUMBER = "not_a_number"  # (text)
    AMBIGUOUS = "ambiguous"  # (text, first, second) two readings
    TOO_LONG = "too_long"
    MEAN_MISSING = "mean_missing"  # a number of cases without its mean
    N_NOT_WHOLE = "n_not_whole"  # (text)
    N_ZERO = "n_zero"  # a mean of no cases
    NEGATIVE = "negative"
    NOT_WHOLE = "not_whole"  # (amount)
    DECIMALS = "decimals"  # (decimals)
    TOO_LARGE = "too_large"
    NOT_ASKED = "not_asked"
    UNKNOWN_CATEGORY = "unknown_category"  # (cell)
    NOT_BROKEN_DOWN = "not_broken_down"  # (cell)
    TWICE = "twice"
    CONFLICT = "conflict"  # (theirs, who, at, entry) somebody else changed it since


NO_PLACE: Final = frozenset(
    {ProblemCode.NOT_ASKED, ProblemCode.UNKNOWN_CATEGORY, ProblemCode.NOT_BROKEN_DOWN}
)
"""Problems of values for which the form has no field."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that keeps a value from being stored, with its place."""

    code: ProblemCode
    measure_id: int
    cell: Cell = TOTAL
    params: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    n_text: str = ""

    @property
    def place(self) -> tuple[int, Cell]:
        """Measure and cell."""
        return self.measure_id, self.cell


Flaw = tuple[ProblemCode, dict[str, str]]


def flaw(value: Value, *, decimals: int, is_mean: bool) -> Flaw | None:
    """What is wrong with this value by itself; None if nothing is."""
    if value.amount is None:
        return None
    if not value.amount.is_finite() or abs(value.amount) >= LIMIT:
        return ProblemCode.TOO_LARGE, {}
    if value.amount < 0 and not is_mean:
        return ProblemCode.NEGATIVE, {}
    if value.amount != value.amount.quantize(Decimal(1).scaleb(-decimals)):
        return _fraction(value.amount, decimals)
    return _flaw_of_cases(value, is_mean=is_mean)


def _fraction(amount: Decimal, decimals: int) -> Flaw:
    if decimals == 0:
        return ProblemCode.NOT_WHOLE, {"amount": f"{amount:f}"}
    return ProblemCode.DECIMALS, {"decimals": str(decimals)}


def _flaw_of_cases(value: Value, *, is_mean: bool) -> Flaw | None:
    if not is_mean or value.n is None:
        return None
    if value.n == 0:
        return ProblemCode.N_ZERO, {}
    if not 0 < value.n <= N_LIMIT:
        return ProblemCode.TOO_LARGE, {}
    return None
