"""The same for tables in a notebook: our call over pandas and polars, and either by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from benchmarks.engines import Engine
from wirknetz.core.measures import Definition, evaluate, evaluate_all, outliers

Side = Callable[[], Any]
Sides = tuple[Side, Sequence[Side]]
DIMENSIONS = ("age", "gender")
HOUSE = ["organisation", "period"]


def six_measures(engine: Engine, six: Sequence[Definition], periods: list[int]) -> Sides:
    frame = engine.table
    by_hand = partial(_six_pandas if engine.name == "pandas" else _six_polars, frame, periods)

    def ours() -> Any:
        if engine.name == "pandas":
            kept = frame[frame.period.isin(periods)]
        else:
            import polars as pl

            kept = frame.filter(pl.col("period").is_in(periods))
        return evaluate_all(kept, six, by=("period",), dimensions=DIMENSIONS)

    return ours, [by_hand]


def _six_pandas(frame: Any, periods: list[int]) -> Any:
    kept = frame[frame.base & frame.measure.isin(range(1, 7)) & frame.period.isin(periods)]
    houses = kept.groupby(["measure", *HOUSE])["amount"].sum(min_count=1).reset_index()
    amounts = houses.groupby(["measure", "period"])["amount"]
    found = amounts.agg(sum="sum", n="count", gaps="size", reporting="size")
    return list(found.reset_index().itertuples(index=False, name=None))


def _six_polars(frame: Any, periods: list[int]) -> Any:
    import polars as pl

    kept = frame.lazy().filter(
        pl.col("base") & pl.col("measure").is_in(range(1, 7)) & pl.col("period").is_in(periods)
    )
    amount = pl.col("amount")
    total = pl.when(amount.count() > 0).then(amount.sum())
    houses = kept.group_by("measure", *HOUSE).agg(total.alias("amount"))
    found = houses.group_by("measure", "period").agg(
        total.alias("sum"), amount.count().alias("n"), gaps=pl.len(), reporting=pl.len()
    )
    return found.collect().rows()


def ratio(engine: Engine, definition: Definition) -> Sides:
    ours = partial(evaluate, engine.table, definition, by=HOUSE, dimensions=DIMENSIONS)
    by_hand = _ratio_pandas if engine.name == "pandas" else _ratio_polars
    return ours, [partial(by_hand, engine.table)]


def _ratio_pandas(frame: Any) -> Any:
    kept = frame[frame.base & frame.measure.isin((1, 2))]
    sums = kept.groupby([*HOUSE, "measure"])["amount"].sum(min_count=1).unstack()
    found = (100 * sums[1] / sums[2]).reset_index()
    return list(found.itertuples(index=False, name=None))


def _ratio_polars(frame: Any) -> Any:
    import polars as pl

    amount, measure = pl.col("amount"), pl.col("measure")
    kept = frame.lazy().filter(pl.col("base") & measure.is_in((1, 2)))
    found = kept.group_by(HOUSE).agg(
        100 * amount.filter(measure == 1).sum() / amount.filter(measure == 2).sum()
    )
    return found.collect().rows()


def single(engine: Engine, definition: Definition) -> Sides:
    ours = partial(evaluate, engine.table, definition, by=HOUSE, dimensions=DIMENSIONS)
    by_hand = _single_pandas if engine.name == "pandas" else _single_polars
    return ours, [partial(by_hand, engine.table)]


def _single_pandas(frame: Any) -> Any:
    kept = frame[frame.base & (frame.measure == 1)]
    found = kept.groupby(HOUSE)["amount"].sum(min_count=1).reset_index()
    return list(found.itertuples(index=False, name=None))


def _single_polars(frame: Any) -> Any:
    import polars as pl

    kept = frame.lazy().filter(pl.col("base") & (pl.col("measure") == 1))
    return kept.group_by(HOUSE).agg(pl.col("amount").sum()).collect().rows()


def robust_outliers(engine: Engine, keys: Sequence[str]) -> Sides:
    frame = engine.table
    by_hand = _outliers_pandas if engine.name == "pandas" else _outliers_polars

    def ours() -> Any:
        return outliers(series=[frame[key] for key in keys], amounts=frame["amount"])

    return ours, [partial(by_hand, frame, list(keys))]


def _outliers_pandas(frame: Any, keys: list[str]) -> Any:
    import numpy as np

    groups = [frame[key] for key in keys]
    amount = frame["amount"]
    middle = amount.groupby(groups).transform("median")
    away = (amount - middle).abs()
    spread = away.groupby(groups).transform("median") / 0.6745
    spread = np.maximum(spread, np.sqrt(np.maximum(middle, 1)))
    size = amount.groupby(groups).transform("count")
    return [(value,) for value in amount[(away > 3.5 * spread) & (size > 4)]]


def _outliers_polars(frame: Any, keys: list[str]) -> Any:
    import polars as pl

    amount = pl.col("amount")
    marked = frame.lazy().with_columns(
        m=amount.median().over(keys), c=amount.count().over(keys)
    ).with_columns(away=(amount - pl.col("m")).abs())  # fmt: skip
    spread = pl.max_horizontal(
        pl.col("away").median().over(keys) / 0.6745,
        pl.max_horizontal(pl.col("m"), pl.lit(1.0)).sqrt(),
    )
    far = marked.filter((pl.col("away") > 3.5 * spread) & (pl.col("c") > 4))
    return far.select("amount").collect().rows()
