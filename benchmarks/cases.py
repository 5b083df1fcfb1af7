"""What is measured: our public call, and the best query one would write by hand.

Queries by hand give what a page shows: the figure, its parts, how many organisations stand
behind it and how many of them with gaps.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from benchmarks import frames
from benchmarks.engines import ASKED, TABLE, Engine
from benchmarks.generate import Size
from wirknetz.core.measures import (
    Definition,
    MeasureSpec,
    compile_completeness,
    compile_query,
    outliers,
    rows_to_completeness,
    rows_to_table,
    rows_to_tables,
)
from wirknetz.core.values import Counts, Table

Side = Callable[[], Any]
MEASURES: Final = {
    name: MeasureSpec(key, counts=Counts.PERSONS) for key, name in enumerate("abcdef", start=1)
}
SIX: Final = tuple(Definition.of(name, MEASURES) for name in MEASURES)
RATIO: Final = Definition.of("a / b", MEASURES, factor=100)
SINGLE: Final = Definition.of("a", MEASURES)
FRAMES: Final = frozenset({"pandas", "polars"})


@dataclass(frozen=True, slots=True)
class Case:
    """One thing measured: how to make both sides for an engine, and how to compare them."""

    name: str
    sides: Callable[[Engine, Size], tuple[Side, Sequence[Side]] | None]
    check: Callable[[Any, Any], None]
    note: str = ""

    def on(self, engine: Engine, size: Size) -> tuple[Side, Sequence[Side]] | None:
        """Both sides on this engine; None where it has nothing to compare."""
        return self.sides(engine, size)


def last_four(size: Size) -> str:
    return ", ".join(str(period) for period in size.periods[-4:])


def six_measures(engine: Engine, size: Size) -> tuple[Side, Sequence[Side]]:
    if engine.name in FRAMES:
        return frames.six_measures(engine, SIX, size.periods[-4:])
    quarters = f"period IN ({last_four(size)})"
    where = f"measure IN (1, 2, 3, 4, 5, 6) AND {quarters}"
    distinct = "COUNT(DISTINCT CASE WHEN amount IS {} NULL THEN organisation END)"
    naive = f"""SELECT measure, period, SUM(amount), {distinct.format("NOT")},
            {distinct.format("")}, COUNT(DISTINCT organisation)
        FROM {TABLE} WHERE base AND {where} GROUP BY measure, period"""
    stepped = f"""SELECT measure, period, SUM(amount), COUNT(amount), SUM(gap), COUNT(*)
        FROM (SELECT measure, period, organisation, SUM(amount) AS amount,
                CASE WHEN COUNT(*) > COUNT(amount) THEN 1 ELSE 0 END AS gap
            FROM {TABLE} WHERE base AND {where} GROUP BY measure, period, organisation) AS houses
        GROUP BY measure, period"""

    def ours() -> tuple[Table, ...]:
        query = compile_query(*SIX, by=("period",), dialect=engine.name)
        facts = f"SELECT * FROM {TABLE} WHERE {quarters}"
        return rows_to_tables(engine.run(query.over(facts, interpolated=False)), query=query)

    return ours, [partial(engine.run, sql) for sql in (naive, stepped)]


def check_six(ours: tuple[Table, ...], theirs: Sequence[Sequence[Any]]) -> None:
    found = sorted(
        (measure, row.period, float(row.value or 0), row.organisations, row.reporting)
        for measure, table in enumerate(ours, start=1)
        for row in table
    )
    shown = ((int(m), int(p), float(total), int(n), int(r)) for m, p, total, n, _, r in theirs)
    _same(found, sorted(shown))


def ratio(engine: Engine, size: Size) -> tuple[Side, Sequence[Side]]:
    if engine.name in FRAMES:
        return frames.ratio(engine, RATIO)
    first, second = (f"SUM(amount) FILTER (WHERE measure = {key})" for key in (1, 2))
    answer = f"organisation, period, 100.0 * {first} / NULLIF({second}, 0), {first}, {second}"
    both = f"FROM {TABLE} WHERE base AND measure IN (1, 2)"
    sums = "SUM(amount) AS amount, COUNT(*) - COUNT(amount) AS gaps"
    at_once = f"SELECT {answer}, COUNT(*) - COUNT(amount) {both} GROUP BY organisation, period"
    stepped = f"""SELECT {answer}, SUM(gaps)
        FROM (SELECT measure, period, organisation, {sums} {both}
            GROUP BY measure, period, organisation) AS sums
        GROUP BY organisation, period"""

    def ours() -> Table:
        return _evaluated(engine, RATIO)

    return ours, [partial(engine.run, sql) for sql in (at_once, stepped)]


def single(engine: Engine, size: Size) -> tuple[Side, Sequence[Side]]:
    if engine.name in FRAMES:
        return frames.single(engine, SINGLE)
    by_hand = f"""SELECT organisation, period, SUM(amount), COUNT(*) - COUNT(amount) FROM {TABLE}
        WHERE base AND measure = 1 GROUP BY organisation, period"""

    def ours() -> Table:
        return _evaluated(engine, SINGLE)

    return ours, [partial(engine.run, by_hand)]


def _evaluated(engine: Engine, definition: Definition) -> Table:
    query = compile_query(definition, by=("organisation", "period"), dialect=engine.name)
    statement = query.over(f"SELECT * FROM {TABLE}", interpolated=False)
    return rows_to_table(engine.run(statement), query=query)


def check_by_house(ours: Table, theirs: Sequence[Sequence[Any]]) -> None:
    found = [(row.organisation, row.period, row.value) for row in ours]
    _same(found, sorted(tuple(row[:3]) for row in theirs))


def completeness(engine: Engine, size: Size) -> tuple[Side, Sequence[Side]] | None:
    if engine.name in FRAMES:
        return None
    where = f"period IN ({last_four(size)})"
    by_hand = f"""SELECT a.organisation, COUNT(*),
            SUM(CASE WHEN r.amounts > 0 THEN 1 ELSE 0 END),
            SUM(CASE WHEN r.amounts = 0 THEN 1 ELSE 0 END),
            SUM(CASE WHEN r.amounts IS NULL THEN 1 ELSE 0 END),
            SUM(CASE WHEN r.late > 0 OR (r.amounts IS NULL AND a.overdue) THEN 1 ELSE 0 END)
        FROM {ASKED} a LEFT JOIN (
            SELECT organisation, period, measure, COUNT(amount) AS amounts,
                MAX(CASE WHEN late THEN 1 ELSE 0 END) AS late
            FROM {TABLE} WHERE {where} GROUP BY organisation, period, measure
        ) r ON r.organisation = a.organisation AND r.period = a.period AND r.measure = a.measure
        GROUP BY a.organisation"""

    def ours() -> Any:
        query = compile_completeness(by=("organisation",), dialect=engine.name)
        statement = query.over(
            asked=f"SELECT * FROM {ASKED}",
            facts=f"SELECT * FROM {TABLE} WHERE {where}",
            interpolated=False,
        )
        return rows_to_completeness(engine.run(statement), query=query)

    return ours, [partial(engine.run, by_hand)]


def check_completeness(ours: Any, theirs: Sequence[Sequence[Any]]) -> None:
    found = [(c.organisation, c.asked, c.answered, c.explicit, c.open, c.late) for c in ours]
    _same(found, sorted(tuple(int(number) for number in row) for row in theirs))


KEYS: Final = ("organisation", "measure", "gender", "age")


def robust_outliers(engine: Engine, size: Size) -> tuple[Side, Sequence[Side]]:
    if engine.name in FRAMES:
        return frames.robust_outliers(engine, KEYS)
    if engine.name == "duckdb":
        return partial(_outliers_of_arrow, engine), [partial(engine.run, _duckdb_outliers())]
    return partial(_outliers_of_rows, engine), [partial(engine.run, _ranked_outliers())]


def _outliers_of_arrow(engine: Engine) -> Any:
    select = f"SELECT {', '.join(KEYS)}, CAST(amount AS DOUBLE) AS amount FROM {TABLE}"
    columns = engine.table.sql(f"{select} WHERE amount IS NOT NULL").to_arrow_table()
    return outliers(series=[columns[key] for key in KEYS], amounts=columns["amount"])


def _outliers_of_rows(engine: Engine) -> Any:
    rows = engine.run(f"SELECT {', '.join(KEYS)}, CAST(amount AS DOUBLE PRECISION) FROM {TABLE}"
                      " WHERE amount IS NOT NULL")  # fmt: skip
    *series, amounts = zip(*rows, strict=True)
    return outliers(series=[list(column) for column in series], amounts=list(amounts))


_FAR: Final = """c > 4 AND ABS(amount - m) > 3.5 * CASE
    WHEN d / 0.6745 > SQRT(CASE WHEN m > 1 THEN m ELSE 1 END) THEN d / 0.6745
    ELSE SQRT(CASE WHEN m > 1 THEN m ELSE 1 END) END"""


def _duckdb_outliers() -> str:
    keys = ", ".join(KEYS)
    return f"""SELECT {keys}, amount FROM {TABLE} JOIN (
            SELECT {keys}, median(amount) AS m, mad(amount) AS d, count(amount) AS c
            FROM {TABLE} GROUP BY {keys}) AS s USING ({keys})
        WHERE {_FAR}"""


def _ranked_outliers() -> str:
    """By row numbers: SQLite has no median, and PostgreSQL's percentile_cont, which has to be
    joined or unnested to find the scatter, takes two to twenty times as long.
    """
    keys = ", ".join(KEYS)
    series = f"PARTITION BY {keys}"
    middle = "AVG(CASE WHEN {rank} IN ((c + 1) / 2, c / 2 + 1) THEN {value} END)"
    return f"""WITH ranked AS (
            SELECT {keys}, amount, COUNT(*) OVER ({series}) AS c,
                ROW_NUMBER() OVER ({series} ORDER BY amount) AS r
            FROM {TABLE} WHERE amount IS NOT NULL),
        centred AS (
            SELECT *, {middle.format(rank="r", value="amount")} OVER ({series}) AS m FROM ranked),
        spread AS (
            SELECT *, ROW_NUMBER() OVER ({series} ORDER BY ABS(amount - m)) AS q FROM centred),
        v AS (
            SELECT *, {middle.format(rank="q", value="ABS(amount - m)")} OVER ({series}) AS d
            FROM spread)
        SELECT {keys}, amount FROM v WHERE {_FAR}"""


def check_outliers(ours: Any, theirs: Sequence[Sequence[Any]]) -> None:
    _same(sorted(o.amount for o in ours), sorted(float(row[-1]) for row in theirs))


def _same(ours: Sequence[Any], theirs: Sequence[Any]) -> None:
    """Both sides give the same rows, numbers to six decimals."""
    if len(ours) != len(theirs) or any(map(_differ, ours, theirs)):
        raise AssertionError(f"different answers: {ours[:3]} and {theirs[:3]}")


def _differ(left: Any, right: Any) -> bool:
    pairs = zip(left, right, strict=True) if isinstance(left, tuple) else [(left, right)]
    return any((a is None) != (b is None) or abs(float(a or 0) - float(b or 0)) > 1e-6
               for a, b in pairs)  # fmt: skip


CASES: Final = (
    Case("six measures over four quarters", six_measures, check_six),
    Case("a ratio by organisation and quarter", ratio, check_by_house),
    Case("one measure by organisation and period", single, check_by_house),
    Case("completeness by organisation", completeness, check_completeness),
    Case("robust outliers", robust_outliers, check_outliers),
)
