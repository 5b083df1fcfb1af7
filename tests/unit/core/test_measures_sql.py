"""The compiled SQL on the site's terms: a CTE before it, parameters, indexes, one compilation."""

from __future__ import annotations

import sqlite3
import subprocess
import sys

import pytest

from tests.unit.core.engines import has_postgres
from wirknetz.core.measures import (
    Definition,
    Dialect,
    MeasureSpec,
    compile_completeness,
    compile_query,
    rows_to_table,
)
from wirknetz.core.values import Adds, PeriodKind

MEASURES = {"a": MeasureSpec(1), "b": MeasureSpec(2), "s": MeasureSpec(3, Adds.STOCK)}
ENTRY = """CREATE {temporary} TABLE entry_here (organisation_id INTEGER, period INTEGER,
    measure_id INTEGER, amount NUMERIC(16, 4), state TEXT, n INTEGER, base BOOLEAN,
    note TEXT, grain TEXT, gender TEXT)"""
INDEX = "CREATE INDEX entry_here_index ON entry_here (measure_id, period, organisation_id)"
FACTS = """SELECT e.organisation_id AS organisation, e.period AS period, e.measure_id AS measure,
    e.amount AS amount, e.state AS state, e.n AS n, e.base AS base, e.grain, e.gender
    FROM entry_here e
    WHERE e.period >= {mark} AND e.note NOT LIKE '%%x'"""


def every_query(dialect):
    for formula in ("a", "a / b", "s / a"):
        for by in ((), ("period",), ("organisation", "period"), ("period", "gender")):
            roll_up = PeriodKind.YEAR if "period" in by else None
            definition = Definition.of(formula, MEASURES)
            yield compile_query(definition, by=by, roll_up=roll_up, dialect=dialect)
            yield compile_query(definition, by=by, one_period=True, dialect=dialect)


@pytest.mark.parametrize("dialect", list(Dialect))
def test_facts_are_referenced_once(dialect):
    for query in every_query(dialect):
        assert query.over("SELECT 1", interpolated=False).count('"facts"') == 1


def test_on_sqlite_the_index_of_the_table_is_used():
    connection = sqlite3.connect(":memory:")
    connection.execute(ENTRY.format(temporary=""))
    connection.execute(INDEX)
    for query in every_query("sqlite"):
        statement = query.over(FACTS.format(mark="?"), interpolated=False).replace("%%x", "%x")
        plan = str(connection.execute(f"EXPLAIN QUERY PLAN {statement}", (1,)).fetchall())
        assert "SEARCH e USING INDEX entry_here_index (measure_id=?" in plan
        assert "MATERIALIZE facts" not in plan


@pytest.mark.postgres
def test_on_postgres_the_facts_are_folded_in_and_the_index_is_used():
    if not has_postgres():
        pytest.skip("PostgreSQL is not there")
    import psycopg

    with psycopg.connect("host=127.0.0.1 user=postgres", autocommit=True) as connection:
        connection.execute(ENTRY.format(temporary="TEMPORARY"))
        connection.execute(INDEX)
        connection.execute("SET enable_seqscan = off")
        for query in every_query("postgres"):
            statement = "EXPLAIN " + query.over(FACTS.format(mark="%s"))
            lines = [row[0] for row in connection.execute(statement, [1]).fetchall()]
            assert any("entry_here_index" in line for line in lines)
            assert not any("CTE" in line for line in lines)


def test_percent_signs_survive_a_cursor_that_interpolates():
    query = compile_query(
        Definition.of("a", MEASURES), by=("period",), roll_up=PeriodKind.YEAR, dialect="sqlite"
    )
    assert "% 12" in query.over("SELECT 1", interpolated=False)
    assert "%% 12" in query.over("SELECT 1")
    assert query.over("SELECT 1") % () == query.over("SELECT 1", interpolated=False)


def test_a_period_in_months_is_rolled_up_without_functions_sqlite_may_lack():
    query = compile_query(
        Definition.of("a", MEASURES), by=("period",), roll_up=PeriodKind.YEAR, dialect="sqlite"
    )
    assert "MOD(" not in query.body


@pytest.mark.parametrize("dialect", ["sqlite", "postgres"])
def test_rows_are_not_sorted_by_two_measures_at_once(dialect):
    query = compile_query(Definition.of("a / b", MEASURES), by=("period",), dialect=dialect)
    first = query.body.split("GROUP BY")[0]
    assert '"measure"' in first
    assert "FILTER" not in first


def test_of_one_period_nothing_is_gathered_over_time():
    single = compile_query(Definition.of("a", MEASURES), one_period=True, dialect="sqlite")
    assert single.body.count("GROUP BY") == 1
    assert "period" not in single.body


def test_equal_definitions_are_compiled_once():
    first = compile_query(Definition.of("a / b", MEASURES), by=("period",), dialect="sqlite")
    again = compile_query(Definition.of("a / b", MEASURES), by=["period"], dialect="sqlite")
    assert first is again


def test_the_vendor_name_of_a_connection_is_understood():
    assert Dialect.of("postgresql") is Dialect.POSTGRES
    with pytest.raises(ValueError, match="oracle"):
        compile_query(Definition.of("a", MEASURES), dialect="oracle")


def test_a_query_tells_which_columns_it_reads():
    plain = compile_query(Definition.of("a", MEASURES), dialect="sqlite").facts_columns
    assert plain == ("organisation", "period", "measure", "amount", "base")
    cut = compile_query(Definition.of("a", MEASURES), by=("gender",), dialect="sqlite")
    assert cut.facts_columns == (*plain, "grain", "gender")
    mean = {"m": MeasureSpec(1, Adds.MEAN)}
    assert "n" in compile_query(Definition.of("m", mean), dialect="sqlite").facts_columns


def test_no_query_without_a_definition():
    with pytest.raises(ValueError, match="definition"):
        compile_query(dialect="sqlite")


def test_completeness_is_counted_by_organisation_and_period_only():
    with pytest.raises(ValueError, match="organisation"):
        compile_completeness(by=("gender",), dialect="sqlite")


def test_odd_names_of_dimensions_are_quoted():
    connection = sqlite3.connect(":memory:")
    query = compile_query(Definition.of("a", MEASURES), by=('wo"hn; ort',), dialect="sqlite")
    facts = """SELECT 1 AS organisation, 1 AS period, 1 AS measure, 5 AS amount, 1 AS base,
        'w' AS grain, 'Süd' AS "wo""hn; ort" """
    rows = connection.execute(query.over(facts, interpolated=False)).fetchall()
    assert rows_to_table(rows, query=query).one().cell.key == 'wo"hn; ort=Süd'


def test_importing_the_core_loads_neither_ibis_nor_pandas_nor_duckdb():
    code = (
        "import sys, wirknetz.core.measures\n"
        "print([m for m in ('ibis', 'pandas', 'polars', 'duckdb', 'pyarrow', 'numpy', 'django')"
        " if m in sys.modules])"
    )
    done = subprocess.run(  # noqa: S603 - our own interpreter and text
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        env={"PYTHONPATH": "src"},
    )  # fmt: skip
    assert done.stdout.strip() == "[]"
