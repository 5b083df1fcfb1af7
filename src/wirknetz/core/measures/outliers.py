"""Outliers in bulk: every value against its own series, a million at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wirknetz.core.measures.robust import (
    MEAN_TO_SIGMA,
    MINIMUM_HISTORY,
    TENFOLD_SLACK,
    THRESHOLD,
    TO_SIGMA,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Outlier:
    """One value far from the others of its series.

    ``row`` is its place in what was given, ``usual`` the median of the series, ``score`` the
    modified z-score, ``power`` the power of ten it seems off by (0 if none).
    """

    row: int
    amount: float
    usual: float
    score: float
    power: int


def outliers(
    *,
    series: Sequence[Any],
    amounts: Any,
    counting: bool = True,
    threshold: float = THRESHOLD,
    minimum: int = MINIMUM_HISTORY,
) -> tuple[Outlier, ...]:
    """All outliers, in the order given, by the modified z-score (see :mod:`.robust`).

    ``series`` is a list of key columns (organisation, measure, categories …), each as long as
    ``amounts``: Arrow, numpy, polars or pandas columns, or lists; rows that agree in all of
    them form one series. Missing amounts (None, NaN) are skipped, and so are series with no
    more than ``minimum`` amounts.
    """
    import numpy as np

    numbers = _numbers(amounts)
    rows = np.flatnonzero(~np.isnan(numbers))
    groups = _groups(series, len(numbers))[rows]
    values = numbers[rows]
    middle, spread, sizes = _scales(groups, values, counting=counting)
    with np.errstate(divide="ignore", invalid="ignore"):
        scores = (values - middle[groups]) / spread[groups]
    far = (np.abs(scores) > threshold) & (spread[groups] > 0) & (sizes[groups] > minimum)
    return tuple(
        Outlier(int(rows[i]), float(values[i]), float(middle[groups[i]]), float(scores[i]), power)
        for i, power in zip(*_with_powers(np.flatnonzero(far), values, middle[groups]), strict=True)
    )


def _with_powers(
    found: NDArray[np.intp], values: NDArray[np.float64], usual: NDArray[np.float64]
) -> tuple[list[int], list[int]]:
    import numpy as np

    with np.errstate(divide="ignore", invalid="ignore"):
        factors = np.log10(values[found] / usual[found])
        powers = np.rint(factors)
        near = np.abs(factors - powers) <= TENFOLD_SLACK
    return found.tolist(), np.where(near, powers, 0).astype(int).tolist()


def _numbers(amounts: Any) -> NDArray[np.float64]:
    import numpy as np
    import pyarrow as pa

    column = amounts if isinstance(amounts, np.ndarray) else _arrow(amounts)
    if isinstance(column, np.ndarray):
        return column.astype(np.float64)
    floats = column.cast(pa.float64()).to_numpy(zero_copy_only=False)
    return np.asarray(floats, dtype=np.float64)


def _arrow(column: Any) -> Any:
    import pyarrow as pa

    if hasattr(column, "to_arrow"):  # polars
        column = column.to_arrow()
    made = column if isinstance(column, pa.Array | pa.ChunkedArray) else pa.array(column)
    return made.combine_chunks() if isinstance(made, pa.ChunkedArray) else made


def _groups(series: Sequence[Any], rows: int) -> NDArray[np.int64]:
    """Number the series from 0 without gaps."""
    import numpy as np

    combined = np.zeros(rows, dtype=np.int64)
    for column in series:
        codes, size = _coded(_arrow(column))
        combined, _ = _coded(_arrow(combined * size + codes))
    return combined


def _coded(column: Any) -> tuple[NDArray[np.int64], int]:
    import numpy as np

    encoded = column.dictionary_encode(null_encoding="encode")
    return np.asarray(encoded.indices, dtype=np.int64), max(len(encoded.dictionary), 1)


def _scales(
    groups: NDArray[np.int64], values: NDArray[np.float64], *, counting: bool
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]:
    """Median, scatter and size of every series."""
    import numpy as np

    sizes = np.bincount(groups, minlength=1)
    medians = _Medians(groups, sizes)
    middle = medians.of(values)
    away = np.abs(values - middle[groups])
    spread = TO_SIGMA * medians.of(away)
    if counting:
        return middle, np.maximum(spread, np.sqrt(np.maximum(np.abs(middle), 1.0))), sizes
    means = np.bincount(groups, weights=away, minlength=1) / np.maximum(sizes, 1)
    spread = np.where(spread > 0, spread, MEAN_TO_SIGMA * means)
    return middle, np.where(spread > 0, spread, np.abs(middle) / 10), sizes


class _Medians:
    """Medians of many groups, for several columns of values.

    Groups of similar size are laid out as the rows of a matrix, which sorts much faster than
    one long list; very uneven ones are sorted as a list, so that memory stays bounded.
    """

    def __init__(self, groups: NDArray[np.int64], sizes: NDArray[np.int64]) -> None:
        import numpy as np

        self.groups, self.sizes = groups, sizes
        self.starts = np.cumsum(sizes) - sizes
        self.shape = (len(sizes), max(int(sizes.max()), 1))
        self.even = self.shape[0] * self.shape[1] <= 4 * len(groups) + 1000
        if self.even:
            order = np.argsort(groups, kind="stable")
            self.places = np.empty(len(groups), dtype=np.int64)
            self.places[order] = np.arange(len(groups)) - self.starts[groups[order]]

    def of(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """The median of every group; 0 where a group is empty."""
        import numpy as np

        if not len(values):
            return np.zeros(len(self.sizes))
        low, high = (self.sizes - 1) // 2, self.sizes // 2
        pair = self._pair(values, np.maximum(low, 0), high)
        return np.where(self.sizes > 0, pair / 2, 0.0)

    def _pair(
        self, values: NDArray[np.float64], low: NDArray[np.int64], high: NDArray[np.int64]
    ) -> NDArray[np.float64]:
        import numpy as np

        if self.even:
            matrix = np.full(self.shape, np.inf)
            matrix[self.groups, self.places] = values
            matrix.sort(axis=1)
            rows = np.arange(self.shape[0])
            found: NDArray[np.float64] = matrix[rows, low] + matrix[rows, high]
            return found
        ordered = values[np.lexsort((values, self.groups))]
        last = len(ordered) - 1
        middles = [ordered[np.clip(self.starts + at, 0, last)] for at in (low, high)]
        return np.asarray(middles[0] + middles[1])
