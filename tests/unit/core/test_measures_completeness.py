"""Completeness counts content: asked, answered, explicitly missing, open, late."""

from __future__ import annotations

import sqlite3
from decimal import Decimal

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.core.engines import has_postgres
from wirknetz.core.measures import (
    Completeness,
    compile_completeness,
    completeness,
    overall,
    rows_to_completeness,
)
from wirknetz.core.values import State, Value

FIVE = Value(State.AMOUNT, Decimal(5))
ZERO = Value(State.AMOUNT, Decimal(0))
REFUSED = Value(State.REFUSED)


def test_one_submission():
    given_values = {"a": [FIVE], "b": [ZERO, REFUSED], "c": [REFUSED], "not asked": [FIVE]}
    found = completeness(["a", "b", "c", "d"], given_values)
    assert found == Completeness(asked=4, answered=2, explicit=1, open=1, late=0)
    assert found.share == Decimal("0.75")


def test_a_late_submission_is_late_as_a_whole():
    assert completeness(["a", "b"], {"a": [FIVE]}, late=True).late == 2


def test_where_nothing_was_asked_there_is_no_share():
    assert completeness([], {"a": [FIVE]}).share is None


def test_all_together():
    parts = [Completeness(4, 2, 1, 1, 0, organisation=1), Completeness(2, 0, 0, 2, 2)]
    assert overall(parts) == Completeness(6, 2, 1, 3, 2)


def counted(asked, facts, by):
    """The reference: every asked value looked up in turn."""
    found: dict[tuple, list[int]] = {}
    for organisation, period, measure, overdue in asked:
        unit = (organisation, period, measure)
        reports = [(amount, late) for *key, amount, late in facts if tuple(key) == unit]
        answered = any(amount is not None for amount, _ in reports)
        late = any(late for _, late in reports) or (not reports and overdue)
        key = tuple(dict(zip(("organisation", "period"), unit, strict=False))[name] for name in by)
        row = found.setdefault(key, [0] * 5)
        for place, hit in enumerate(
            (True, answered, bool(reports) and not answered, not reports, late)
        ):
            row[place] += hit
    if not by:
        found.setdefault((), [0] * 5)
    return sorted((*key, *row) for key, row in found.items())


def run_sqlite(statement):
    with sqlite3.connect(":memory:") as connection:
        return connection.execute(statement).fetchall()


def run_duckdb(statement):
    with duckdb.connect() as connection:
        return connection.execute(statement).fetchall()


def run_postgres(statement):
    import psycopg

    if not has_postgres():
        pytest.skip("PostgreSQL is not there")
    with psycopg.connect("host=127.0.0.1 user=postgres") as connection:
        return connection.execute(statement).fetchall()


def select(rows, names):
    """Rows as a SELECT; one row that is filtered away gives the types."""

    def texts(row):
        return ["NULL" if value is None else str(value).upper() for value in row]

    unions = "".join(f" UNION ALL SELECT {', '.join(texts(row))}" for row in rows)
    types = ", ".join(
        f"{'FALSE' if name in {'overdue', 'late'} else '1'} AS {name}" for name in names
    )
    return "SELECT * FROM (SELECT " + types + unions + ") AS given WHERE organisation > 1"  # noqa: S608 - numbers


units = st.tuples(st.integers(2, 4), st.integers(10, 12), st.integers(5, 7))


@pytest.mark.parametrize(
    ("dialect", "run"),
    [
        ("sqlite", run_sqlite),
        ("duckdb", run_duckdb),
        pytest.param("postgres", run_postgres, marks=pytest.mark.postgres),
    ],
)
@settings(max_examples=25, deadline=None)
@given(
    asked=st.dictionaries(units, st.booleans(), max_size=12),
    facts=st.lists(
        st.tuples(units, st.one_of(st.none(), st.integers(0, 3)), st.booleans()), max_size=15
    ),
    by=st.sampled_from(((), ("organisation",), ("period",), ("organisation", "period"))),
)
def test_engines_count_as_one_would_by_hand(dialect, run, asked, facts, by):
    asked_rows = [(*unit, overdue) for unit, overdue in asked.items()]
    fact_rows = [(*unit, amount, late) for unit, amount, late in facts]
    query = compile_completeness(by=by, dialect=dialect)
    statement = query.over(
        asked=select(asked_rows, ("organisation", "period", "measure", "overdue")),
        facts=select(fact_rows, ("organisation", "period", "measure", "amount", "late")),
        interpolated=False,
    )
    found = rows_to_completeness(run(statement), query=query)
    plain = [
        (*(getattr(c, name) for name in by), c.asked, c.answered, c.explicit, c.open, c.late)
        for c in found
    ]
    assert plain == counted(asked_rows, fact_rows, by)
