"""The same facts on every engine that is there."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

import duckdb

from tests.unit.core.reference import Fact, base_grain

COLUMNS = ("organisation", "period", "measure", "amount", "state", "n", "base", "grain",
           "age", "gender")  # fmt: skip
CREATE = """CREATE {kind} TABLE facts_here (organisation INTEGER, period INTEGER, measure TEXT,
    amount {number}, state TEXT, n INTEGER, base BOOLEAN, grain TEXT {collate},
    age TEXT, gender TEXT)"""
SELECT = "SELECT " + ", ".join(COLUMNS) + " FROM facts_here"  # noqa: S608 - constant names
Run = Callable[[str, Sequence[Any]], list[tuple[Any, ...]]]


def rows(facts: list[Fact], number: Callable[[Any], Any]) -> list[tuple[Any, ...]]:
    of_report: dict[tuple, list[Fact]] = {}
    for fact in facts:
        of_report.setdefault((fact.organisation, fact.period, fact.measure), []).append(fact)
    found = []
    for report in of_report.values():
        base = base_grain(report)
        for f in report:
            cell = dict(f.cell)
            amount = None if f.amount is None else number(f.amount)
            state = "amount" if f.amount is not None else "refused"
            told = (f.organisation, f.period, f.measure, amount, state, f.n)
            found.append((*told, f.grain == base, f.grain, cell.get("age"), cell.get("gender")))
    return found


@cache
def _sqlite() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute(CREATE.format(kind="", number="NUMERIC", collate=""))
    return connection


@cache
def _duckdb() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(CREATE.format(kind="", number="DECIMAL(16,4)", collate=""))
    return connection


@cache
def _postgres() -> Any:
    import psycopg

    url = os.environ.get("WIRKNETZ_TEST_POSTGRES", "host=127.0.0.1 user=postgres connect_timeout=2")
    connection = psycopg.connect(url, autocommit=True)
    create = CREATE.format(kind="TEMPORARY", number="NUMERIC(16,4)", collate='COLLATE "C"')
    connection.execute(create)
    return connection


def has_postgres() -> bool:
    try:
        _postgres()
    except Exception:
        return False
    return True


def on_sqlite(facts: list[Fact]) -> Run:
    connection = _sqlite()
    # As the site stores them: whole numbers as INTEGER, others as REAL.
    _fill(connection, "?", rows(facts, float))
    return lambda sql, params: connection.execute(sql.replace("%%", "%"), params).fetchall()


def on_duckdb(facts: list[Fact]) -> Run:
    connection = _duckdb()
    _fill(connection, "?", rows(facts, lambda amount: amount))
    return lambda sql, params: connection.execute(sql.replace("%%", "%"), params).fetchall()


def on_postgres(facts: list[Fact]) -> Run:
    connection = _postgres()
    _fill(connection.cursor(), "%s", rows(facts, lambda amount: amount))
    return lambda sql, params: connection.execute(sql, list(params)).fetchall()


def _fill(connection: Any, mark: str, values: Iterable[tuple[Any, ...]]) -> None:
    connection.execute("DELETE FROM facts_here")
    marks = ", ".join([mark] * len(COLUMNS))
    if values:
        connection.executemany(f"INSERT INTO facts_here VALUES ({marks})", values)  # noqa: S608


ENGINES: dict[str, Callable[[list[Fact]], Run]] = {
    "sqlite": on_sqlite,
    "duckdb": on_duckdb,
    "postgres": on_postgres,
}
