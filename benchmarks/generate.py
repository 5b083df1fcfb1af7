"""Deterministic facts to measure with: S 190,000 and M 1,000,000 entries.

sites × measures × cells × quarters, every cell of every measure reported by gender and age,
three in a hundred as a state instead of an amount, one in two thousand ten times too large.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from wirknetz.core.values import Period

FIRST_QUARTER: Final = Period.parse("2021Q1").ordinal
GENDERS: Final = ("m", "w")
AGES: Final = ("-17", "18-29", "30-49", "50-64", "65+")
STATES: Final = ("not_applicable", "not_collected", "refused")
CELLS: Final = len(GENDERS) * len(AGES)


@dataclass(frozen=True, slots=True)
class Size:
    """How much is generated."""

    name: str
    sites: int
    measures: int
    quarters: int

    @property
    def entries(self) -> int:
        return self.sites * self.measures * CELLS * self.quarters

    @property
    def periods(self) -> list[int]:
        return [FIRST_QUARTER + 3 * step for step in range(self.quarters)]


SIZES: Final[Mapping[str, Size]] = {
    "XS": Size("XS", sites=6, measures=8, quarters=8),
    "S": Size("S", sites=50, measures=19, quarters=20),
    "M": Size("M", sites=200, measures=25, quarters=20),
}


@dataclass(frozen=True, slots=True)
class Facts:
    """Generated facts as Arrow, and the row numbers of the planted tenfold errors."""

    size: Size
    table: Any
    planted: tuple[int, ...]


def facts(size: str | Size, *, seed: int = 20261122) -> Facts:
    """The same facts for the same size and seed, ordered as reports arrive: by quarter."""
    wanted = SIZES[size] if isinstance(size, str) else size
    random = np.random.default_rng(seed)
    columns = _keys(wanted)
    amounts = _amounts(columns, wanted, random)
    planted = _plant(amounts, random)
    missing = random.random(wanted.entries) < 0.03
    missing[list(planted)] = False
    return Facts(wanted, _arrow(columns, amounts, missing, random), planted)


def _keys(size: Size) -> dict[str, Any]:
    shape = (size.quarters, size.sites, size.measures, CELLS)
    quarter, site, measure, cell = (axis.ravel() for axis in np.indices(shape))
    return {"period": FIRST_QUARTER + 3 * quarter, "organisation": site + 1,
            "measure": measure + 1, "cell": cell}  # fmt: skip


def _amounts(columns: dict[str, Any], size: Size, random: Any) -> Any:
    level = random.gamma(2.0, 20.0, size=(size.sites + 1, size.measures + 1, CELLS))
    usual = level[columns["organisation"], columns["measure"], columns["cell"]]
    return random.poisson(usual)


def _plant(amounts: Any, random: Any) -> tuple[int, ...]:
    eligible = np.flatnonzero(amounts >= 10)
    chosen = np.sort(random.choice(eligible, size=max(1, len(amounts) // 2000), replace=False))
    amounts[chosen] *= 10
    return tuple(int(row) for row in chosen)


def _arrow(columns: dict[str, Any], amounts: Any, missing: Any, random: Any) -> Any:
    import pyarrow as pa

    rows = len(amounts)
    states = np.where(missing, random.choice(STATES, size=rows), "amount")
    cell = columns["cell"]
    return pa.table(
        {
            "organisation": pa.array(columns["organisation"], pa.int64()),
            "period": pa.array(columns["period"], pa.int64()),
            "measure": pa.array(columns["measure"], pa.int64()),
            "amount": pa.array(amounts, pa.int64(), mask=missing),
            "state": pa.array(states),
            "n": pa.nulls(rows, pa.int64()),
            "base": pa.array(np.ones(rows, dtype=bool)),
            "grain": pa.array(np.full(rows, "age,gender")),
            "gender": pa.array(np.take(GENDERS, cell % len(GENDERS))),
            "age": pa.array(np.take(AGES, cell // len(GENDERS))),
        }
    )
