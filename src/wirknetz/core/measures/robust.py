"""Robust scores: how far a value lies from the usual, unmoved by single odd values.

The modified z-score of Iglewicz and Hoaglin (How to Detect and Handle Outliers, 1993):
0.6745 · (x − median) / MAD; beyond 3.5 a value is called an outlier. Counts are never taken
to scatter less than a Poisson count of that size, the square root of the median; otherwise a
partner that reported 4, 4, 4, 4 would be asked about a 5. For other amounts with a MAD of 0
the mean absolute deviation takes its place, as they propose, and a tenth of the median where
that is 0 too.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from math import isclose, log10, sqrt
from statistics import fmean, median
from typing import Final

THRESHOLD: Final = 3.5
"""Modified z-scores beyond this are outliers (Iglewicz and Hoaglin 1993)."""
MINIMUM_HISTORY: Final = 4
"""With fewer earlier values a jump cannot be told from ordinary scatter."""
MINIMUM_FOR_TENFOLD: Final = 2
"""A slip of the decimal point shows sooner than a jump."""
TO_SIGMA: Final = 1 / 0.6745
"""MAD to standard deviation of a normal distribution."""
MEAN_TO_SIGMA: Final = 1.253314
"""Mean absolute deviation to standard deviation of a normal distribution."""
TENFOLD_SLACK: Final = 0.15
"""In powers of ten: factors from 7 to 14 look like a tenfold error."""


def scale(values: Sequence[float], *, counting: bool) -> float:
    """How much the values usually scatter, as a standard deviation; 0 if it cannot be told."""
    middle = median(values)
    away = [abs(value - middle) for value in values]
    spread = TO_SIGMA * median(away)
    if counting:
        return max(spread, sqrt(max(abs(middle), 1.0)))
    return spread or MEAN_TO_SIGMA * fmean(away) or abs(middle) / 10


def score(value: float, values: Sequence[float], *, counting: bool) -> float:
    """The modified z-score of the value against the values; 0 where none can be told."""
    usual = scale(values, counting=counting)
    return (value - median(values)) / usual if usual else 0.0


def power_of_ten(value: float, usual: float) -> int:
    """By which power of ten the value seems off: 1 for tenfold, -2 for a hundredth, else 0."""
    if value <= 0 or usual <= 0:
        return 0
    factor = log10(value / usual)
    power = round(factor)
    return power if isclose(factor, power, abs_tol=TENFOLD_SLACK) else 0


def floats(amounts: Sequence[Decimal]) -> list[float]:
    """For scores binary fractions are exact enough."""
    return [float(amount) for amount in amounts]
