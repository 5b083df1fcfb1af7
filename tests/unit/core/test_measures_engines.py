"""The same answers on SQLite, PostgreSQL and DuckDB as by the plain-Python reference."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.core.engines import ENGINES, SELECT, has_postgres
from tests.unit.core.reference import Answer, Fact, answers
from wirknetz.core.measures import (
    Accumulate,
    Definition,
    MeasureSpec,
    compile_query,
    rows_to_table,
)
from wirknetz.core.values import Adds, PeriodKind, Table

MEASURES = {
    "a": MeasureSpec("a", Adds.FLOW),
    "b": MeasureSpec("b", Adds.FLOW),
    "s": MeasureSpec("s", Adds.STOCK),
    "t": MeasureSpec("t", Adds.STOCK),
    "m": MeasureSpec("m", Adds.MEAN),
}
FORMULAS = ("a", "s", "m", "a + b", "2 * a + s / 4", "a / b * 100", "a - b", "s / t", "s + t",
            "a / s", "m * a", "m + a", "min(a, b)")  # fmt: skip
BY = ("organisation", "period", "gender", "age")
QUARTERS = tuple(24300 + 3 * quarter for quarter in range(6))  # 2025Q1 to 2026Q2
GRAINS = ((), ("gender",), ("age",), ("age", "gender"))
CATEGORIES = {"age": ("-17", "18+"), "gender": ("m", "w")}

cells = st.one_of(
    st.tuples(*(st.tuples(st.just(d), st.sampled_from(CATEGORIES[d])) for d in grain))
    for grain in GRAINS
)
amounts = st.one_of(
    st.none(),
    st.integers(0, 12).map(Decimal),
    st.decimals(min_value=0, max_value=999_999, places=4, allow_nan=False),
)


def facts_of(periods):
    return st.lists(
        st.builds(
            Fact,
            organisation=st.integers(1, 3),
            period=st.sampled_from(periods),
            measure=st.sampled_from(tuple(MEASURES)),
            cell=cells,
            amount=amounts,
            n=st.one_of(st.none(), st.integers(0, 9)),
        ),
        max_size=45,
        unique_by=lambda fact: (fact.organisation, fact.period, fact.measure, fact.cell),
    )


groupings = st.lists(st.sampled_from(BY), unique=True).map(tuple)
engines = pytest.mark.parametrize(
    "engine", ["sqlite", "duckdb", pytest.param("postgres", marks=pytest.mark.postgres)]
)


def definition(formula: str) -> Definition:
    return Definition.of(formula, MEASURES, factor=100 if "/" in formula else 1)


def read(table: Table, by: tuple[str, ...]) -> dict[tuple, Answer]:
    dimensions = sorted({*by} - {"organisation", "period"})
    return {
        (row.organisation, row.period, tuple(row.cell.category(d) for d in dimensions)): Answer(
            row.value,
            row.missing.value if row.missing else None,
            tuple(part.amount for part in row.parts),
            row.organisations,
            row.partial,
            row.reporting,
        )
        for row in table
    }


@engines
@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    facts=facts_of(QUARTERS),
    formula=st.sampled_from(FORMULAS),
    by=groupings,
    roll_up=st.sampled_from((None, PeriodKind.HALF_YEAR, PeriodKind.YEAR)),
)
def test_an_engine_answers_as_the_reference(engine, facts, formula, by, roll_up):
    if engine == "postgres" and not has_postgres():
        pytest.skip("PostgreSQL is not there")
    asked, roll_up = definition(formula), roll_up if "period" in by else None
    query = compile_query(asked, by=by, roll_up=roll_up, dialect=engine)
    rows = ENGINES[engine](facts)(query.over(SELECT), [])
    found = read(rows_to_table(rows, query=query), by)
    assert found == answers(facts, asked, by, roll_up)


@engines
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(facts=facts_of(QUARTERS[:1]), formula=st.sampled_from(FORMULAS), by=groupings)
def test_facts_of_one_period_are_answered_as_by_the_reference(engine, facts, formula, by):
    if engine == "postgres" and not has_postgres():
        pytest.skip("PostgreSQL is not there")
    asked = definition(formula)
    query = compile_query(asked, by=by, one_period=True, dialect=engine)
    rows = ENGINES[engine](facts)(query.over(SELECT), [])
    assert read(rows_to_table(rows, query=query), by) == answers(facts, asked, by, None)


@settings(max_examples=60, deadline=None)
@given(
    facts=facts_of(QUARTERS[:1]),
    formula=st.sampled_from(FORMULAS),
    by=groupings,
    accumulate=st.sampled_from(Accumulate),
)
def test_saying_that_there_is_one_period_changes_no_answer(facts, formula, by, accumulate):
    asked, run = Definition.of(formula, MEASURES, accumulate=accumulate), ENGINES["sqlite"](facts)
    queries = [
        compile_query(asked, by=by, one_period=said, dialect="sqlite") for said in (True, False)
    ]
    tables = [rows_to_table(run(query.over(SELECT), []), query=query) for query in queries]
    assert tables[0].records() == tables[1].records()
