"""Outliers in bulk: the planted ones are found, the ordinary ones left alone."""

from __future__ import annotations

from statistics import median

import numpy as np
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.generate import facts
from wirknetz.core.measures import outliers
from wirknetz.core.measures.robust import THRESHOLD, scale

SERIES = [1] * 6 + [2] * 6
AMOUNTS = [20, 22, 19, 21, 200, 20, 5, 5, 5, 6, 5, 5]


@pytest.mark.parametrize("kind", [list, np.array, pa.array, pl.Series])
def test_columns_of_any_kind(kind):
    (found,) = outliers(series=[kind(SERIES)], amounts=kind(AMOUNTS))
    assert (found.row, found.amount, found.usual, found.power) == (4, 200, 20.5, 1)
    assert found.score > THRESHOLD


def test_keys_of_several_columns_form_one_series():
    houses, sexes = ["A"] * 12, ["m"] * 6 + ["w"] * 6
    assert [o.row for o in outliers(series=[houses, sexes], amounts=AMOUNTS)] == [4]


def test_a_missing_category_is_a_series_of_its_own():
    keys = [None] * 6 + ["w"] * 6
    assert [o.row for o in outliers(series=[keys], amounts=AMOUNTS)] == [4]


def test_missing_amounts_are_skipped_and_rows_keep_their_place():
    amounts = [None, *AMOUNTS[:6], float("nan")]
    assert [o.row for o in outliers(series=[[1] * 8], amounts=amounts)] == [5]


def test_short_series_are_left_alone():
    assert outliers(series=[[1] * 4], amounts=[5, 5, 5, 500]) == ()
    assert len(outliers(series=[[1] * 4], amounts=[5, 5, 5, 500], minimum=3)) == 1


def test_nothing_has_no_outliers():
    assert outliers(series=[[]], amounts=[]) == ()
    assert outliers(series=[[1]], amounts=[None]) == ()


def test_amounts_that_are_no_counts_may_scatter_less():
    amounts = [100.0, 100.1, 99.9, 100.0, 103.0]
    assert outliers(series=[[1] * 5], amounts=amounts) == ()
    found = outliers(series=[[1] * 5], amounts=amounts, counting=False)
    assert [o.row for o in found] == [4]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 3), st.integers(0, 400)), max_size=60),
    st.booleans(),
)
def test_in_bulk_as_one_by_one(rows, counting):
    found = outliers(
        series=[[key for key, _ in rows]], amounts=[amount for _, amount in rows],
        counting=counting,
    )  # fmt: skip
    expected = []
    for place, (key, amount) in enumerate(rows):
        others = [float(number) for other, number in rows if other == key]
        spread = scale(others, counting=counting)
        if len(others) > 4 and spread and abs(amount - median(others)) / spread > THRESHOLD:
            expected.append(place)
    assert [o.row for o in found] == expected


def test_series_of_very_different_length_are_scored_alike():
    long, short = list(range(1000, 1400)), [[i] * 1 for i in range(300)]
    keys = [0] * 400 + [1 + i for i in range(300)] + [500] * 6
    amounts = [*long, *(5 for _ in short), *AMOUNTS[:6]]
    assert [o.row for o in outliers(series=[keys], amounts=amounts)] == [704]


def test_planted_tenfold_errors_are_found():
    generated = facts("S")
    table = generated.table
    keys = [table[name] for name in ("organisation", "measure", "gender", "age")]
    found = outliers(series=keys, amounts=table["amount"])
    slips = {o.row for o in found if o.power == 1}
    planted = set(generated.planted)
    assert len(planted & slips) / len(planted) > 0.9
    assert len(found) < table.num_rows / 200
