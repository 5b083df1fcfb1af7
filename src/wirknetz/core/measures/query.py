"""One definition, compiled once to the SQL of an engine.

The SQL reads one relation named ``facts``, one row per reported value currently in force:

=============  =========================================================================
organisation   whole number or text
period         whole number, :attr:`wirknetz.core.values.Period.ordinal` of the period
measure        what :attr:`MeasureSpec.key` says: whole number or text
amount         number with at most four decimals, or NULL
state          text: amount, not_applicable, not_collected, refused; or NULL (not read by sums)
n              whole number of cases behind a mean, or NULL
base           boolean: counts for the total of its measure (see :mod:`.notebook`)
grain          text, :attr:`wirknetz.core.values.Cell.grain`; only where a dimension is asked
               for; must sort by bytes (PostgreSQL: ``COLLATE "C"``)
<dimension>    text, the category, or NULL; only the dimensions asked for
=============  =========================================================================
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import Any

from wirknetz.core.measures.definition import Accumulate, Definition
from wirknetz.core.measures.expression import expression
from wirknetz.core.measures.formula import Name
from wirknetz.core.measures.plan import Plan, facts_columns, plan_part
from wirknetz.core.values import PeriodKind


class Dialect(StrEnum):
    """Engines that SQL is made for. The value is the name Ibis and Django know."""

    SQLITE = "sqlite"
    POSTGRES = "postgres"
    DUCKDB = "duckdb"

    @classmethod
    def of(cls, vendor: str) -> Dialect:
        """Read the engine's name, or the ``vendor`` of a Django connection."""
        return cls("postgres" if vendor == "postgresql" else vendor)


@dataclass(frozen=True, slots=True)
class Query:
    """Compiled SQL together with what is needed to read its rows."""

    definitions: tuple[Definition, ...]
    by: tuple[str, ...]
    roll_up: PeriodKind | None
    dialect: Dialect
    body: str
    plan: Plan

    def over(self, facts: str, *, interpolated: bool = True) -> str:
        """The whole statement over ``facts``, a SELECT that yields the relation.

        For cursors that interpolate ``%s``, as Django's do, every percent sign of the body is
        doubled: pass a parameter list, even an empty one, and double literal ones in
        ``facts``. Otherwise say ``interpolated=False``. Facts are referenced once, so that
        PostgreSQL and SQLite fold the SELECT into the query and use the indexes of its tables.
        The query picks its measures itself: a SELECT that does so too has rows looked at twice.
        """
        return prepended(self.body, interpolated=interpolated, facts=facts)

    @property
    def facts_columns(self) -> tuple[str, ...]:
        """The columns ``facts`` must have for this query; others are not read."""
        return tuple(facts_columns(self.plan))


def compile_query(
    *definitions: Definition,
    by: Iterable[str] = (),
    roll_up: PeriodKind | None = None,
    one_period: bool = False,
    dialect: Dialect | str,
) -> Query:
    """SQL that computes an indicator, or several that are each one measure, in one pass.

    ``by`` is any of ``organisation``, ``period`` and names of dimensions. ``roll_up`` gathers
    periods into longer ones (month to quarter, quarter to year) and needs ``period`` in
    ``by``; without ``period`` all facts are gathered into one. ``one_period`` says that all
    facts are of the same period, which spares the engine that step. Compiled once per process
    for each combination, later calls return the same object.

    Raises:
        ValueError: no definition, an unknown dialect, ``roll_up`` without ``period``, or
            several definitions of which one is more than a measure times a constant or
            accumulates.
    """
    asked = tuple(dict.fromkeys(by))
    if roll_up is not None and "period" not in asked:
        raise ValueError("roll_up needs period in by")
    if not definitions or (len(definitions) > 1 and not all(map(_simple, definitions))):
        raise ValueError("one definition, or several that are one measure each")
    return _compiled(definitions, asked, roll_up, one_period, Dialect.of(dialect))


@lru_cache(maxsize=1024)
def _compiled(
    definitions: tuple[Definition, ...],
    by: tuple[str, ...],
    roll_up: PeriodKind | None,
    one_period: bool,
    dialect: Dialect,
) -> Query:
    plan = _plan(definitions, by, roll_up)
    # An engine of rows reads an index in order; one of columns gains nothing from it.
    plan = replace(plan, one_period=one_period, one_by_one=dialect is not Dialect.DUCKDB)
    return Query(definitions, by, roll_up, dialect, _sql(plan, dialect), plan)


def _plan(
    definitions: tuple[Definition, ...], by: tuple[str, ...], roll_up: PeriodKind | None
) -> Plan:
    several = len(definitions) > 1
    pairs = [tuple((s.key, s.adds) for _, s in definition.measures) for definition in definitions]
    flat = tuple(dict.fromkeys(pair for part in pairs for pair in part))
    running = definitions[0].accumulate is not Accumulate.PER_PERIOD
    summed = definitions[0].accumulate is Accumulate.CUMULATIVE and "period" in by
    return Plan(
        parts=(plan_part(flat),) if several else tuple(plan_part((pair,)) for pair in pairs[0]),
        together=not several and not definitions[0].formula.additive,
        by_measure=several,
        by_organisation="organisation" in by or summed,
        by_period="period" in by or (running and not _total(definitions[0])),
        bucket=roll_up.months if roll_up else 0,
        dimensions=tuple(sorted(set(by) - {"organisation", "period"})),
        measure_type="int64" if all(isinstance(key, int) for key, _ in flat) else "string",
    )


def _total(definition: Definition) -> bool:
    """Whether the sum over all periods is what accumulating asks for."""
    return definition.accumulate is Accumulate.CUMULATIVE


def _simple(definition: Definition) -> bool:
    """Whether it is one measure by itself and can share a query with others."""
    alone = isinstance(definition.formula.root, Name)
    return alone and definition.accumulate is Accumulate.PER_PERIOD


@lru_cache(maxsize=1024)
def _sql(plan: Plan, dialect: Dialect) -> str:
    return flat_sql(expression(plan), dialect)


def flat_sql(unbound: Any, dialect: Dialect) -> str:
    """SQL as a chain of named SELECTs instead of nested ones, which SQLite refuses when deep."""
    import ibis
    import sqlglot
    from sqlglot.optimizer.eliminate_subqueries import eliminate_subqueries

    nested = str(ibis.to_sql(unbound, dialect=dialect.value))
    flat = eliminate_subqueries(sqlglot.parse_one(nested, read=dialect.value))
    return str(flat.sql(dialect=dialect.value))


def prepended(body: str, *, interpolated: bool, **relations: str) -> str:
    """The body with the relations it reads put before it as named SELECTs."""
    escaped = body.replace("%", "%%") if interpolated else body
    named = ", ".join(f"{name} AS ({select})" for name, select in relations.items())
    rest = f", {escaped[5:]}" if escaped.startswith("WITH ") else f" {escaped}"
    return f"WITH {named}{rest}"
