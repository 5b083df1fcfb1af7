"""Evaluating Arrow, polars and pandas tables, and DuckDB connections, in a notebook.

DuckDB runs underneath; it is imported where it is first needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from wirknetz.core.measures.assemble import rows_to_table, rows_to_tables
from wirknetz.core.measures.definition import Definition
from wirknetz.core.measures.figures import Expected
from wirknetz.core.measures.query import Dialect, Query, compile_query
from wirknetz.core.values import Period, PeriodKind, Table

FACTS: Final = frozenset(
    {"organisation", "period", "measure", "amount", "state", "n", "base", "grain"}
)
"""Columns of a facts table; every other text column is a dimension."""
_REQUIRED: Final = ("organisation", "period", "measure", "amount")


class FactsError(ValueError):
    """A table that cannot be read as facts; the message says which column and why."""


def evaluate(
    facts: Any,
    definition: Definition,
    *,
    by: Iterable[str] = (),
    roll_up: PeriodKind | None = None,
    expected: Expected = None,
    every: PeriodKind | None = None,
    dimensions: Sequence[str] | None = None,
) -> Table:
    """One indicator over a table of facts.

    ``facts`` is an Arrow, polars or pandas table with the columns organisation, period,
    measure and amount, and as far as they exist state, n, base, grain and one text column per
    dimension; or a DuckDB connection with a table or view named ``facts``. ``period`` may
    hold ordinals or codes such as ``2025Q3``. ``base`` and ``grain`` are worked out where
    they are absent, see :func:`with_base`. Nothing is written anywhere.

    ``dimensions`` names the breakdown columns; without it all columns of text that are not
    part of :data:`FACTS`. The other arguments are those of :func:`compile_query` and
    :func:`rows_to_table`.

    Raises:
        FactsError: a column is missing or cannot be read.
        ValueError: as :func:`compile_query`.
    """
    query = compile_query(definition, by=by, roll_up=roll_up, dialect=Dialect.DUCKDB)
    rows = _fetched(facts, query, dimensions)
    return rows_to_table(rows, query=query, expected=expected, every=every)


def with_base(facts: Any, *, dimensions: Sequence[str] | None = None) -> Any:
    """The facts as an Arrow table with ``base`` and ``grain`` worked out anew.

    Per organisation, period and measure ``base`` marks the coarsest grain that has an amount
    (ties: first in the alphabet), or the coarsest grain where only states came. Everything
    else is left as it is; text periods become ordinals.

    Raises:
        FactsError: as :func:`evaluate`.
    """
    connection, columns = _opened(facts)
    left = {name: kind for name, kind in columns.items() if name not in {"base", "grain"}}
    cuts = _dimensions(columns, dimensions, ())
    source = _source(connection, left, cuts, grain=True)
    return connection.sql(source).to_arrow_table()


def evaluate_all(
    facts: Any,
    definitions: Sequence[Definition],
    *,
    by: Iterable[str] = (),
    roll_up: PeriodKind | None = None,
    expected: Expected = None,
    dimensions: Sequence[str] | None = None,
) -> tuple[Table, ...]:
    """Several indicators that are one measure each, in one pass; see :func:`evaluate`."""
    query = compile_query(*definitions, by=by, roll_up=roll_up, dialect=Dialect.DUCKDB)
    return rows_to_tables(_fetched(facts, query, dimensions), query=query, expected=expected)


def _fetched(facts: Any, query: Query, dimensions: Sequence[str] | None) -> list[Any]:
    connection, columns = _opened(facts)
    cuts = _dimensions(columns, dimensions, query.plan.dimensions)
    source = _source(connection, columns, cuts, grain=bool(query.plan.dimensions))
    return list(connection.execute(query.over(source, interpolated=False)).fetchall())


def _opened(facts: Any) -> tuple[Any, dict[str, str]]:
    """A cursor that sees the relation as ``given``, and its columns with their types."""
    import duckdb

    if isinstance(facts, duckdb.DuckDBPyConnection):
        connection, name = facts.cursor(), "facts"
    else:
        connection, name = duckdb.connect(), "given"
        connection.register(name, facts)
    connection.execute(f"CREATE TEMP VIEW wirknetz_given AS SELECT * FROM {name}")  # noqa: S608
    described = connection.execute("DESCRIBE wirknetz_given").fetchall()
    columns = {str(row[0]): str(row[1]) for row in described}
    if missing := [name for name in _REQUIRED if name not in columns]:
        raise FactsError(f"the facts have no column {', '.join(missing)}")
    return connection, columns


def _dimensions(
    columns: dict[str, str], named: Sequence[str] | None, asked: Iterable[str]
) -> list[str]:
    """The breakdown columns, in alphabetical order."""
    text = [name for name, kind in columns.items() if kind.startswith(("VARCHAR", "ENUM"))]
    found = sorted(set(text) - FACTS) if named is None else sorted(named)
    if unknown := sorted({*asked, *found} - set(columns)):
        raise FactsError(f"the facts have no column {', '.join(unknown)}")
    if odd := sorted(set(asked) - set(found)):
        raise FactsError(f"no dimension of the facts: {', '.join(odd)}")
    return found


def _source(connection: Any, columns: dict[str, str], cuts: list[str], *, grain: bool) -> str:
    """A SELECT that yields facts in the canonical form."""
    select = [_column(connection, name, kind) for name, kind in columns.items()]
    if "n" not in columns:
        select.append("NULL::BIGINT AS n")
    if "grain" not in columns and (grain or "base" not in columns):
        select.append(f"{_grain(cuts)} AS grain")
    plain = f"SELECT {', '.join(select)} FROM wirknetz_given"  # noqa: S608
    return plain if "base" in columns else _based(plain)


def _column(connection: Any, name: str, kind: str) -> str:
    quoted = _quoted(name)
    if name == "period" and kind.startswith(("VARCHAR", "ENUM")):
        _check_periods(connection)
        return f"{_ORDINAL} AS period"
    if kind in {"DOUBLE", "FLOAT"}:
        return f"CASE WHEN NOT isnan({quoted}) THEN {quoted} END AS {quoted}"
    if name == "base":
        return "CAST(base AS BOOLEAN) AS base"
    return f"CAST({quoted} AS VARCHAR) AS {quoted}" if kind.startswith("ENUM") else quoted


_CODE: Final = "trim(CAST(period AS VARCHAR))"
_ORDINAL: Final = f"""
    CAST({_CODE}[1:4] AS BIGINT) * 12 + CASE {_CODE}[5]
        WHEN 'Q' THEN CAST({_CODE}[6] AS BIGINT) * 3 - 3
        WHEN 'H' THEN CAST({_CODE}[6] AS BIGINT) * 6 - 6
        WHEN '-' THEN CAST({_CODE}[6:7] AS BIGINT) - 1
        ELSE 0 END"""


def _check_periods(connection: Any) -> None:
    codes = connection.execute("SELECT DISTINCT CAST(period AS VARCHAR) FROM wirknetz_given")
    for (code,) in codes.fetchall():
        try:
            Period.parse(code or "")
        except ValueError as error:
            raise FactsError(f"column period: {error}") from error


def _grain(cuts: list[str]) -> str:
    parts = [f"CASE WHEN {_quoted(cut)} IS NOT NULL THEN '{_text(cut)}' END" for cut in cuts]
    return f"concat_ws(',', {', '.join(parts)})" if parts else "''"


def _based(plain: str) -> str:
    """The facts with ``base``: found per grain, so that no row has to be sorted."""
    rank = "CAST(COUNT(amount) = 0 AS INT) || lpad(CAST(len(grain) - len(replace(grain, ',', ''))"
    return f"""
        WITH plain AS ({plain}),
        grains AS (
            SELECT organisation, period, measure, grain,
                {rank} + CAST(grain <> '' AS INT) AS VARCHAR), 3, '0') || grain AS rank
            FROM plain GROUP BY organisation, period, measure, grain
        ),
        bases AS (
            SELECT organisation, period, measure, arg_min(grain, rank) AS chosen
            FROM grains GROUP BY organisation, period, measure
        )
        SELECT plain.*, plain.grain = bases.chosen AS base
        FROM plain JOIN bases USING (organisation, period, measure)"""  # noqa: S608


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


def _text(name: str) -> str:
    return name.replace("'", "''")
