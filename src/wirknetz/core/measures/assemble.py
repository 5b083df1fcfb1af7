"""From the rows a cursor fetched to result tables: the last arithmetic, exact in decimals.

Engines only add. Dividing, multiplying and rounding happen here, on
:class:`decimal.Decimal`, so that every engine gives the same answer.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from operator import itemgetter
from typing import Any

from wirknetz.core.measures.definition import Accumulate, Definition
from wirknetz.core.measures.figures import Expected, figures
from wirknetz.core.measures.query import Query
from wirknetz.core.measures.running import cumulative, latest
from wirknetz.core.measures.sums import nothing, read
from wirknetz.core.values import PeriodKind, Row, Table


def rows_to_table(
    rows: Iterable[tuple[Any, ...]],
    *,
    query: Query,
    expected: Expected = None,
    every: PeriodKind | None = None,
) -> Table:
    """The result of a query with one definition, from the rows a cursor fetched.

    ``expected`` is how many organisations were asked: one number, or one per period ordinal.
    ``every`` is how often is collected; with it, running totals mark skipped periods as gaps.

    Raises:
        ValueError: the query has several definitions; see :func:`rows_to_tables`.
    """
    if len(query.definitions) != 1:
        raise ValueError("several definitions give several tables")
    return rows_to_tables(rows, query=query, expected=expected, every=every)[0]


def rows_to_tables(
    rows: Iterable[tuple[Any, ...]],
    *,
    query: Query,
    expected: Expected = None,
    every: PeriodKind | None = None,
) -> tuple[Table, ...]:
    """One table per definition of the query, in their order; see :func:`rows_to_table`."""
    with _without_collector():
        if not query.plan.by_measure:
            rhythm = query.roll_up or every
            return (_table(rows, query, query.definitions[0], expected, rhythm),)
        of_measure: dict[Any, list[tuple[Any, ...]]] = {}
        for row in rows:
            of_measure.setdefault(row[0], []).append(row)
        return tuple(
            _table(of_measure.get(d.measures[0][1].key, ()), query, d, expected, None)
            for d in query.definitions
        )


def _table(
    rows: Iterable[tuple[Any, ...]],
    query: Query,
    definition: Definition,
    expected: Expected,
    every: PeriodKind | None,
) -> Table:
    found = _figures(rows, query, definition, expected, every)
    if definition.accumulate is Accumulate.LATEST:
        found = latest(found, by=query.by)
    if query.plan.dimensions:
        found = tuple(sorted(found, key=_in_breakdown))
    return Table(query.by, found)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Thousands of rows without a cycle among them: looking for cycles would take half the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _figures(
    rows: Iterable[tuple[Any, ...]],
    query: Query,
    definition: Definition,
    expected: Expected,
    every: PeriodKind | None,
) -> Sequence[Row]:
    dimensions = query.plan.dimensions
    ordered = rows if dimensions else _in_order(rows, len(query.plan.keys))
    sums = read(ordered, query=query, definition=definition)
    if definition.accumulate is Accumulate.CUMULATIVE and "period" in query.by:
        sums = cumulative(sums, definition=definition, by=query.by, every=every)
    if not len(sums) and not query.by:
        sums = nothing(len(definition.measures), len(dimensions))
    return figures(sums, definition=definition, dimensions=dimensions, expected=expected)


def _in_order(rows: Iterable[tuple[Any, ...]], keys: int) -> list[tuple[Any, ...]]:
    """Sorted by the keys they begin with: one at a time, since numbers compare faster than rows."""
    ordered = list(rows)
    for place in reversed(range(keys)):
        ordered.sort(key=itemgetter(place))
    return ordered


def _in_breakdown(row: Row) -> tuple[Any, ...]:
    return (row.organisation, row.period, not row.broken_down, row.cell.items)
