"""Entries as the relation the analysis core reads, run on Django's own cursor.

A connection of its own would see the past of a running transaction (and on SQLite commit it),
so compiled SQL is wrapped around a plain SELECT and sent through Django.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection

from wirknetz.core.measures import Definition, Dialect, compile_query, rows_to_table
from wirknetz.core.values import PeriodKind, Table

Asked = tuple[Collection[int], Mapping[int, Collection[int]]]
"""Measures, and the rounds of each period (by its ordinal)."""

_COLUMNS = (
    "e.organisation_id AS organisation, e.period AS period, e.measure_id AS measure, "
    "e.amount AS amount, e.state AS state, e.n AS n, e.base AS base"
)
_COUNTED = "e.counted_from IS NOT NULL AND e.counted_until IS NULL"
_OF_ROUNDS = "SELECT s.id FROM measurement_submission s WHERE s.round_id IN"
_COUNTED_THEN = "e.counted_from <= %s AND (e.counted_until IS NULL OR e.counted_until > %s)"

_COUNTED_BEFORE = "e.counted_from < %s AND (e.counted_until IS NULL OR e.counted_until >= %s)"


@dataclass(frozen=True, slots=True)
class Scope:
    """Which entries are read: of which organisations and periods, as of when, of which rounds.

    None means all organisations, now, all rounds. ``held`` names submissions of which only
    counts what counted before a moment; without ``as_of`` only.
    """

    periods: tuple[int, ...]
    organisations: tuple[int, ...] | None = None
    as_of: dt.datetime | None = None
    rounds: tuple[int, ...] | None = None
    held: tuple[tuple[int, dt.datetime], ...] = ()

    @property
    def moments(self) -> tuple[dt.datetime, ...]:
        """The parameters of the statement, in their order."""
        if self.as_of is not None:
            return (self.as_of, self.as_of)
        return tuple(moment for _, moment in self.held for _ in range(2))


def evaluate(
    definition: Definition,
    scope: Scope,
    *,
    by: Sequence[str] = (),
    dimensions: Mapping[str, int] | None = None,
    every: PeriodKind | None = None,
) -> Table:
    """The indicator over these entries, in one query.

    ``dimensions`` maps the codes in ``by`` to primary keys; ``every`` is how often is collected.
    """
    one_period = len(scope.periods) == 1
    query = compile_query(definition, by=by, one_period=one_period, dialect=dialect())
    if not scope.periods:
        return rows_to_table((), query=query, every=every)
    moments = [_moment(moment) for moment in scope.moments]
    statement = query.over(_facts(scope, dimensions or {}), interpolated=bool(moments))
    with connection.cursor() as cursor:
        cursor.execute(statement, moments or None)
        return rows_to_table(cursor.fetchall(), query=query, every=every)


def expected(wanted: Mapping[int, Asked]) -> dict[int, dict[int, int]]:
    """How many organisations were asked for all measures of each definition, by period.

    One query, none where no round asked for anything. No line where nobody was asked.
    """
    statements = [
        _asked(number, measure_ids, rounds)
        for number, (measure_ids, rounds) in wanted.items()
        if measure_ids and rounds
    ]
    found: dict[int, dict[int, int]] = {number: {} for number in wanted}
    if statements:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(statements))
            for number, ordinal, organisations in cursor.fetchall():
                found[int(number)][int(ordinal)] = int(organisations)
    return found


def _asked(number: int, measure_ids: Collection[int], rounds: Mapping[int, Collection[int]]) -> str:
    """The statement for one definition."""
    numbers = [pk for of_period in rounds.values() for pk in of_period]
    # Of two rounds of a period the same measure must not count twice; one round has it once.
    once = len(numbers) == len(rounds)
    count = "COUNT(*)" if once else "COUNT(DISTINCT e.measure_id)"
    asked = " ".join((
        "SELECT r.period_ordinal AS ordinal, e.organisation_id FROM measurement_expectation e",
        "JOIN measurement_round r ON r.id = e.round_id",
        "WHERE e.round_id IN", _listed(numbers), "AND e.measure_id IN", _listed(measure_ids),
        "GROUP BY 1, 2 HAVING", count, "=", str(len(measure_ids)),
    ))  # fmt: skip
    return " ".join((
        "SELECT", str(int(number)), "AS definition, ordinal, COUNT(*) FROM (", asked,
        ") AS asked GROUP BY ordinal",
    ))  # fmt: skip


def dialect() -> Dialect:
    """The dialect of the site's database."""
    return Dialect.POSTGRES if connection.vendor == "postgresql" else Dialect.SQLITE


def _facts(scope: Scope, dimensions: Mapping[str, int]) -> str:
    """Entries of all measures: the query around them picks those of its definition."""
    columns, joins = _dimension_columns(dimensions)
    select = " ".join(
        ("SELECT", columns, "FROM measurement_entry e", joins, "WHERE", _where(scope), "AND")
    )
    if scope.as_of is not None:
        return f"{select} {_COUNTED_THEN}"
    if not scope.held:
        return f"{select} {_COUNTED}"
    # Apart, so that all but a few rows are still found by the index of what counts.
    held = [int(number) for number, _ in scope.held]
    before = " OR ".join(f"(e.submission_id = {number} AND {_COUNTED_BEFORE})" for number in held)
    others = f"{select} {_COUNTED} AND e.submission_id NOT IN {_listed(held)}"
    return f"{others} UNION ALL {select} ({before})"


def _dimension_columns(dimensions: Mapping[str, int]) -> tuple[str, str]:
    """Columns and joins that bring categories; codes are quoted."""
    if not dimensions:
        return _COLUMNS, ""
    collate = ' COLLATE "C"' if connection.vendor == "postgresql" else ""
    columns = [_COLUMNS, f"c.grain{collate} AS grain"]
    joins = ["JOIN measurement_cell c ON c.id = e.cell_id"]
    for number, (code, pk) in enumerate(sorted(dimensions.items())):
        columns.append(f"k{number}.code AS {connection.ops.quote_name(code)}")
        joins.append(
            f"LEFT JOIN measurement_cellcategory j{number} "
            f"ON j{number}.cell_id = c.id AND j{number}.dimension_id = {int(pk)} "
            f"LEFT JOIN measurement_category k{number} ON k{number}.id = j{number}.category_id"
        )
    return ", ".join(columns), " ".join(joins)


def _where(scope: Scope) -> str:
    """Which entries, whenever they counted."""
    parts = [f"e.period IN {_listed(scope.periods)}"]
    if scope.organisations is not None:
        parts.append(f"e.organisation_id IN {_listed(scope.organisations)}")
    if scope.rounds is not None:
        parts.append(f"e.submission_id IN ({_OF_ROUNDS} {_listed(scope.rounds)})")
    return " AND ".join(parts)


def _moment(as_of: dt.datetime) -> str | None:
    return connection.ops.adapt_datetimefield_value(as_of)


def _listed(numbers: Collection[int]) -> str:
    """Whole numbers written out: as parameters Django would rewrite the statement each time."""
    return f"({', '.join(str(int(number)) for number in numbers) or 'NULL'})"
