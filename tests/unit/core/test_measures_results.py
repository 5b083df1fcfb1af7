"""What a result says: pairs, stocks, means, gaps, running totals, and why a value is missing."""

from __future__ import annotations

from decimal import Decimal

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from wirknetz.core.measures import (
    Accumulate,
    Definition,
    FactsError,
    MeasureSpec,
    UnknownMeasureError,
    compile_query,
    evaluate,
    evaluate_all,
    rows_to_table,
    rows_to_tables,
    with_base,
)
from wirknetz.core.values import Adds, Cell, Counts, Missing, Period, PeriodKind

MEASURES = {
    "a": MeasureSpec("a", Adds.FLOW, Counts.PERSONS),
    "b": MeasureSpec("b", Adds.FLOW, Counts.PERSONS),
    "s": MeasureSpec("s", Adds.STOCK, Counts.PERSONS),
    "m": MeasureSpec("m", Adds.MEAN),
}
Q = {code: Period.parse(code).ordinal for code in ("2025Q1", "2025Q2", "2025Q3", "2025Q4")}
Q1, Q2, Q3, Q4 = Q.values()


def facts(*rows, **columns):
    """A table of (organisation, period, measure, amount[, n]) rows."""
    names = ("organisation", "period", "measure", "amount", "n")
    filled = [(*row, *[None] * (5 - len(row))) for row in rows]
    table = {name: [row[i] for row in filled] for i, name in enumerate(names)}
    types = {"organisation": pa.int64(), "period": pa.int64(), "measure": pa.string(),
             "amount": pa.float64(), "n": pa.int64()}  # fmt: skip
    return pa.table(
        {name: pa.array(values, types[name]) for name, values in table.items()} | columns
    )


def ask(table, formula, **options):
    accumulate = options.pop("accumulate", Accumulate.PER_PERIOD)
    definition = Definition.of(formula, MEASURES, accumulate=accumulate)
    return evaluate(table, definition, **options)


class TestPairs:
    REPORTS = facts((1, Q1, "a", 1), (1, Q1, "b", 4), (2, Q1, "a", 100), (3, Q1, "b", 6))

    def test_a_ratio_takes_only_who_reported_both_parts(self):
        row = ask(self.REPORTS, "a / b").one()
        assert (row.value, row.organisations, row.reporting) == (Decimal("0.25"), 1, 3)
        assert (row.part("a").amount, row.part("b").amount) == (1, 4)

    def test_a_sum_takes_whoever_reported_and_says_who_did_so_in_part(self):
        row = ask(self.REPORTS, "a + b").one()
        assert (row.value, row.organisations, row.partial) == (111, 3, 2)

    def test_both_parts_must_come_in_the_same_period(self):
        row = ask(facts((1, Q1, "a", 1), (1, Q2, "b", 4)), "a / b").one()
        assert (row.value, row.missing, row.lacking) == (None, Missing.NOT_TOGETHER, ())

    def test_a_ratio_of_the_network_is_not_the_mean_of_ratios(self):
        table = facts((1, Q1, "a", 1), (1, Q1, "b", 2), (2, Q1, "a", 0), (2, Q1, "b", 98))
        assert ask(table, "a / b").one().value == Decimal("0.01")


class TestMissing:
    def test_of_nothing_one_empty_figure_remains(self):
        row = ask(facts(), "a").one()
        assert (row.value, row.missing, row.lacking) == (None, Missing.NOT_REPORTED, ("a",))
        assert (row.organisations, row.reporting) == (0, 0)

    def test_states_alone_are_no_amount(self):
        row = ask(facts((1, Q1, "a", None)), "a").one()
        assert (row.value, row.missing, row.reporting) == (None, Missing.NO_AMOUNT, 1)

    def test_a_part_nobody_reported_is_named(self):
        row = ask(facts((1, Q1, "a", 5)), "a + b").one()
        assert (row.value, row.missing, row.lacking) == (None, Missing.NOT_REPORTED, ("b",))

    def test_zero_is_an_amount(self):
        row = ask(facts((1, Q1, "a", 0)), "a").one()
        assert (row.value, row.missing, row.organisations) == (0, None, 1)

    def test_dividing_by_zero_is_missing_with_its_reason(self):
        row = ask(facts((1, Q1, "a", 0), (1, Q1, "b", 0)), "a / b").one()
        assert (row.value, row.missing, row.organisations) == (None, Missing.DIVISION_BY_ZERO, 1)

    def test_a_state_among_the_cells_makes_an_organisation_partial(self):
        table = facts((1, Q1, "a", 5), (1, Q1, "a", None), (2, Q1, "a", 7), (2, Q1, "a", 1),
                      gender=pa.array(["m", "w", "m", "w"]))  # fmt: skip
        row = ask(table, "a").one()
        assert (row.value, row.organisations, row.partial) == (13, 2, 1)


class TestTime:
    def test_a_flow_adds_over_time_and_a_stock_does_not(self):
        table = facts((1, Q1, "a", 1), (1, Q2, "a", 2), (1, Q1, "s", 10), (1, Q2, "s", 20))
        assert ask(table, "a").one().value == 3
        assert ask(table, "s").one().value == 20

    def test_quarters_roll_up_into_half_years(self):
        table = facts(*((1, q, "a", n) for n, q in enumerate(Q.values())))
        rolled = ask(table, "a", by=("period",), roll_up=PeriodKind.HALF_YEAR)
        assert [(row.period, row.value) for row in rolled] == [(Q1, 1), (Q3, 5)]

    def test_each_organisation_stands_with_its_latest_stock(self):
        table = facts((1, Q1, "s", 10), (1, Q2, "s", 20), (2, Q1, "s", 5))
        row = ask(table, "s").one()
        assert (row.value, row.organisations, row.partial) == (25, 2, 1)

    def test_who_left_a_period_out_is_partial(self):
        table = facts((1, Q1, "a", 1), (1, Q2, "a", 1), (2, Q2, "a", 1))
        row = ask(table, "a").one()
        assert (row.value, row.organisations, row.partial) == (3, 2, 1)

    def test_a_flow_over_a_stock(self):
        table = facts((1, Q1, "a", 6), (1, Q2, "a", 4), (1, Q1, "s", 8), (1, Q2, "s", 5))
        assert ask(table, "a / s").one().value == 2

    def test_a_stock_in_a_ratio_stands_where_the_other_part_came_too(self):
        table = facts((1, Q1, "a", 6), (1, Q1, "s", 3), (1, Q2, "s", 5))
        row = ask(table, "a / s").one()
        assert (row.value, row.part("s").amount) == (2, 3)

    def test_roll_up_without_periods_is_refused(self):
        with pytest.raises(ValueError, match="period"):
            ask(facts(), "a", roll_up=PeriodKind.YEAR)


class TestMeans:
    def test_a_mean_is_weighted_by_its_cases(self):
        row = ask(facts((1, Q1, "m", 10, 1), (2, Q1, "m", 20, 3)), "m").one()
        assert (row.value, row.part("m").n) == (Decimal("17.5"), 4)

    def test_a_mean_without_cases_does_not_count(self):
        row = ask(facts((1, Q1, "m", 10, 2), (2, Q1, "m", 20, None), (3, Q1, "m", 9, 0)), "m").one()
        assert (row.value, row.organisations, row.reporting) == (10, 1, 3)


class TestGrains:
    TABLE = facts(
        (1, Q1, "a", 10), (1, Q1, "a", 4), (1, Q1, "a", 6), (1, Q1, "a", 3), (2, Q1, "a", 5),
        gender=pa.array([None, "m", "w", None, None]),
        age=pa.array([None, None, None, "-17", None]),
    )  # fmt: skip

    def test_grains_are_never_added_to_each_other(self):
        assert ask(self.TABLE, "a").one().value == 15

    def test_a_breakdown_collects_who_reported_coarser_in_one_row(self):
        table = ask(self.TABLE, "a", by=("gender",))
        assert [(row.cell.key, row.broken_down, row.value) for row in table] == [
            ("gender=m", True, 4), ("gender=w", True, 6), ("", False, 5),
        ]  # fmt: skip
        assert table.coarser

    def test_parts_that_belong_together_are_broken_down_together(self):
        table = facts((1, Q1, "a", 1), (1, Q1, "a", 1), (1, Q1, "a", 2), (1, Q1, "b", 4),
                      gender=pa.array(["m", "w", None, None]))  # fmt: skip
        row = ask(table, "a / b", by=("gender",)).one()
        assert (row.broken_down, row.value) == (False, Decimal("0.5"))

    def test_a_part_known_only_broken_down_joins_one_known_only_as_a_total(self):
        table = facts((1, Q1, "a", 1), (1, Q1, "a", 1), (1, Q1, "b", 4),
                      gender=pa.array(["m", "w", None]))  # fmt: skip
        row = ask(table, "a / b", by=("gender",)).one()
        assert (row.broken_down, row.value) == (False, Decimal("0.5"))

    def test_the_base_is_the_coarsest_grain_with_an_amount(self):
        table = facts((1, Q1, "a", None), (1, Q1, "a", 2), (1, Q1, "a", 3), (2, Q1, "a", None),
                      gender=pa.array([None, "m", None, None]),
                      age=pa.array([None, None, "-17", None]))  # fmt: skip
        marked = with_base(table).to_pylist()
        chosen = {(row["organisation"], row["grain"]) for row in marked if row["base"]}
        assert chosen == {(1, "age"), (2, "")}
        assert len(marked) == 4

    def test_a_table_that_says_its_base_is_believed(self):
        table = facts((1, Q1, "a", 10), (1, Q1, "a", 4), base=pa.array([False, True]))
        assert ask(table, "a").one().value == 4


class TestAccumulating:
    TABLE = facts((1, Q1, "a", 1), (1, Q3, "a", 4), (2, Q1, "a", 10), (2, Q2, "a", 20),
                  (1, Q1, "s", 7), (2, Q2, "s", 5))  # fmt: skip

    def test_a_running_total_says_who_left_a_period_out(self):
        table = ask(self.TABLE, "a", by=("period",), accumulate=Accumulate.CUMULATIVE)
        found = [(row.period, row.value, row.organisations, row.partial) for row in table]
        assert found == [(Q1, 11, 2, 0), (Q2, 31, 2, 1), (Q3, 35, 2, 2)]

    def test_a_running_total_marks_periods_nobody_reported(self):
        table = facts((1, Q1, "a", 1), (1, Q3, "a", 4))
        running = ask(table, "a", by=("period",), accumulate=Accumulate.CUMULATIVE,
                      every=PeriodKind.QUARTER)  # fmt: skip
        assert [(row.period, row.value, row.gap) for row in running] == [
            (Q1, 1, False), (Q3, 5, True),
        ]  # fmt: skip

    def test_in_a_running_total_stocks_stand_and_do_not_add(self):
        table = ask(self.TABLE, "s", by=("period",), accumulate=Accumulate.CUMULATIVE)
        assert [(row.period, row.value) for row in table] == [(Q1, 7), (Q2, 12)]

    def test_a_running_ratio_divides_running_sums(self):
        table = facts((1, Q1, "a", 1), (1, Q1, "b", 2), (1, Q2, "a", 3), (1, Q2, "b", 3))
        running = ask(table, "a / b", by=("period",), accumulate=Accumulate.CUMULATIVE)
        assert [row.value for row in running] == [Decimal("0.5"), Decimal("0.8")]

    def test_running_totals_by_organisation(self):
        table = ask(
            self.TABLE, "a", by=("organisation", "period"), accumulate=Accumulate.CUMULATIVE
        )
        assert [row.organisation for row in table] == [1, 1, 1, 2, 2, 2]
        mine = table.where(organisation=1)
        found = [(row.period, row.value, row.gap) for row in mine]
        assert found == [(Q1, 1, False), (Q2, 1, True), (Q3, 5, True)]

    def test_running_totals_by_category_keep_only_the_standing_stock(self):
        table = facts((1, Q1, "s", 3), (1, Q1, "s", 4), (1, Q2, "s", 9),
                      gender=pa.array(["m", "w", "m"]))  # fmt: skip
        running = ask(table, "s", by=("period", "gender"), accumulate=Accumulate.CUMULATIVE)
        women = running.where(cell=Cell.of({"gender": "w"}))
        assert [(row.period, row.value) for row in women] == [(Q1, 4), (Q2, None)]

    def test_without_periods_a_running_total_is_the_total(self):
        assert ask(self.TABLE, "a", accumulate=Accumulate.CUMULATIVE).one().value == 35

    def test_the_latest_value_is_carried_and_says_so(self):
        table = facts((1, Q1, "a", 1), (1, Q2, "a", None))
        rows = ask(table, "a", by=("period",), accumulate=Accumulate.LATEST).rows
        assert [(r.period, r.value, r.carried) for r in rows] == [(Q1, 1, False), (Q2, 1, True)]

    def test_the_latest_value_alone_tells_its_period(self):
        table = facts((1, Q1, "a", 1), (1, Q2, "a", 2), (1, Q3, "a", None))
        row = ask(table, "a", accumulate=Accumulate.LATEST).one()
        assert (row.period, row.value) == (Q2, 2)

    def test_the_latest_of_nothing_is_missing(self):
        assert ask(facts(), "a", accumulate=Accumulate.LATEST).one().missing is Missing.NOT_REPORTED
        row = ask(facts((1, Q1, "a", None)), "a", accumulate=Accumulate.LATEST).one()
        assert row.missing is Missing.NO_AMOUNT


class TestTables:
    ROWS = {"organisation": ["Nord", "Süd"], "period": ["2025Q1", "2025Q1"],
            "measure": ["a", "a"], "amount": [1.5, 2.25]}  # fmt: skip

    @pytest.mark.parametrize(
        "table", [pa.table(ROWS), pl.DataFrame(ROWS), pd.DataFrame(ROWS)],
        ids=["arrow", "polars", "pandas"],
    )  # fmt: skip
    def test_tables_of_any_kind_with_codes_as_periods(self, table):
        found = ask(table, "a", by=("organisation", "period"))
        assert [(row.organisation, row.period, row.value) for row in found] == [
            ("Nord", Q1, Decimal("1.5")), ("Süd", Q1, Decimal("2.25")),
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("code", "ordinal"),
        [("2025", 24300), ("2025H2", 24306), ("2025Q4", 24309), ("2025-12", 24311)],
    )
    def test_every_kind_of_period_code(self, code, ordinal):
        table = pa.table(self.ROWS | {"period": [code, code]})
        assert ask(table, "a", by=("period",)).one().period == ordinal

    def test_a_duckdb_connection_with_facts(self):
        with duckdb.connect() as connection:
            connection.execute("CREATE TABLE facts AS SELECT 1 AS organisation, 24300 AS period,"
                               " 'a' AS measure, 1.1 AS amount")  # fmt: skip
            before = connection.execute("SHOW ALL TABLES").fetchall()
            assert ask(connection, "a").one().value == Decimal("1.1")
            assert connection.execute("SHOW ALL TABLES").fetchall() == before

    def test_not_a_number_is_missing(self):
        table = pl.DataFrame(self.ROWS | {"amount": [float("nan"), 2.0]})
        row = ask(table, "a").one()
        assert (row.value, row.organisations, row.reporting) == (2, 1, 2)

    def test_binary_fractions_do_not_add_up_to_nonsense(self):
        table = facts(*((house, Q1, "a", 0.1) for house in range(30)))
        assert ask(table, "a").one().part("a").amount == 3

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"amount": None}, "no column amount"),
            ({"period": ["2025Q5", "2025Q1"]}, "column period"),
            ({"period": [None, "2025Q1"]}, "column period"),
        ],
    )
    def test_a_table_that_cannot_be_read_says_why(self, change, said):
        columns = {name: v for name, v in (self.ROWS | change).items() if v is not None}
        with pytest.raises(FactsError, match=said):
            ask(pa.table(columns), "a")

    def test_an_unknown_dimension_is_refused(self):
        with pytest.raises(FactsError, match="gender"):
            ask(pa.table(self.ROWS), "a", by=("gender",))

    def test_records_for_a_data_frame(self):
        records = ask(pa.table(self.ROWS), "a", by=("organisation",)).records()
        assert records[0]["organisation"] == "Nord"
        assert records[0]["value"] == Decimal("1.5")


class TestRows:
    TABLE = facts((2, Q1, "a", 2), (1, Q2, "a", 4), (1, Q1, "a", 3))

    def test_rows_come_in_the_order_of_organisation_and_period(self):
        found = ask(self.TABLE, "a", by=("period", "organisation"))
        keys = [(row.organisation, row.period) for row in found]
        assert keys == [(1, Q1), (1, Q2), (2, Q1)]

    def test_a_row_is_the_same_by_place_and_in_passing(self):
        rows = ask(self.TABLE, "a", by=("organisation", "period")).rows
        assert [rows[at] for at in range(len(rows))] == list(rows) == list(rows[:])
        assert (rows[-1].organisation, rows[-1].part("a").amount) == (2, 2)
        with pytest.raises(IndexError):
            rows[3]

    def test_tables_with_equal_rows_are_equal(self):
        options = {"by": ("organisation", "period")}
        table = ask(self.TABLE, "a", **options)
        assert table == ask(self.TABLE, "a", **options)
        assert table != ask(facts((1, Q1, "a", 3)), "a", **options)


class TestSeveral:
    def test_several_measures_in_one_pass_answer_as_one_by_one(self):
        table = facts((1, Q1, "a", 1), (1, Q2, "a", 2), (2, Q1, "s", 5), (1, Q1, "s", 4),
                      (1, Q2, "s", 3), (1, Q1, "m", 10, 2), (1, Q2, "m", 20, 2))  # fmt: skip
        definitions = [Definition.of(name, MEASURES) for name in ("m", "a", "s", "b")]
        for options in ({}, {"by": ("period",)}, {"by": ("organisation",)}):
            together = evaluate_all(table, definitions, **options)
            assert together == tuple(evaluate(table, d, **options) for d in definitions)

    def test_formulas_do_not_share_a_pass(self):
        with pytest.raises(ValueError, match="one measure"):
            compile_query(Definition.of("a / b", MEASURES), Definition.of("a", MEASURES),
                          dialect="sqlite")  # fmt: skip

    def test_several_tables_are_not_taken_for_one(self):
        query = compile_query(*(Definition.of(name, MEASURES) for name in "ab"), dialect="sqlite")
        with pytest.raises(ValueError, match="several"):
            rows_to_table((), query=query)
        assert [len(table) for table in rows_to_tables((), query=query)] == [1, 1]


def test_a_definition_names_only_known_measures():
    with pytest.raises(UnknownMeasureError) as caught:
        Definition.of("a / unbekannt", MEASURES)
    assert caught.value.names == ("unbekannt",)


def test_expected_organisations_by_period():
    table = facts((1, Q1, "a", 1), (1, Q2, "a", 1))
    rows = ask(table, "a", by=("period",), expected={Q1: 14}).rows
    assert [row.expected for row in rows] == [14, None]


@pytest.mark.parametrize(
    ("value", "shown"), [("2.5", "3"), ("-2.5", "-3"), ("0.4", "0"), ("-0.4", "0")]
)
def test_rounding_is_half_away_from_zero(value, shown):
    rounded = Definition.of("a", MEASURES, decimals=0).rounded(Decimal(value))
    assert str(rounded) == shown


def test_results_are_rounded_half_away_from_zero_to_six_decimals():
    table = facts((1, Q1, "a", 1), (1, Q1, "b", 128))
    assert ask(table, "a / b / 1000").one().value == Decimal("0.000008")
