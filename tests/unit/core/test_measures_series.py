"""Series: one segment per version, and never a line across a break or a gap."""

from __future__ import annotations

from decimal import Decimal

import pytest

from wirknetz.core.measures import Versioned, series
from wirknetz.core.values import Missing, Period, PeriodKind, Row, Table

QUARTER = PeriodKind.QUARTER


def table(**values):
    """``q("2025Q1")`` style keywords: Q2025_1=5, None for a row without a value."""
    rows = []
    for name, value in values.items():
        year, number = name[1:].split("_")
        period = Period(QUARTER, int(year), int(number)).ordinal
        missing = Missing.NO_AMOUNT if value is None else None
        rows.append(Row(None if value is None else Decimal(value), missing, (), period=period))
    return Table(("period",), tuple(rows))


def codes(points):
    return [point.period.code for point in points]


def test_without_versions_there_is_one_segment_and_no_break():
    made = series([Versioned("1", None, table(Q2025_1=1, Q2025_2=2))], kind=QUARTER)
    assert made.breaks == ()
    assert [codes(line) for line in made.lines()] == [["2025Q1", "2025Q2"]]


def test_a_new_version_breaks_the_line():
    made = series(
        [
            Versioned("2", Period.parse("2025Q3"), table(Q2025_2=20, Q2025_3=30, Q2025_4=40)),
            Versioned("1", None, table(Q2025_1=1, Q2025_2=2, Q2025_3=3)),
        ],
        kind=QUARTER,
    )
    assert made.breaks == (Period.parse("2025Q3"),)
    assert [codes(line) for line in made.lines()] == [["2025Q1", "2025Q2"], ["2025Q3", "2025Q4"]]
    assert [point.row.value for point in made.points] == [1, 2, 30, 40]
    assert [segment.version for segment in made.segments] == ["1", "2"]


def test_a_missing_period_interrupts_the_line_and_stays_visible():
    made = series([Versioned("1", None, table(Q2025_1=1, Q2025_3=3, Q2025_4=None))], kind=QUARTER)
    assert codes(made.points) == ["2025Q1", "2025Q2", "2025Q3", "2025Q4"]
    assert [codes(line) for line in made.lines()] == [["2025Q1"], ["2025Q3"]]
    assert made.points[1].row is None
    assert made.latest.period.code == "2025Q3"


def test_a_version_without_results_yet_leaves_no_segment():
    made = series(
        [
            Versioned("1", None, table(Q2025_1=1)),
            Versioned("2", Period.parse("2026Q1"), table()),
        ],
        kind=QUARTER,
    )
    assert [segment.version for segment in made.segments] == ["1"]
    assert made.breaks == ()


def test_periods_without_results_after_a_break_belong_to_the_new_version():
    made = series(
        [
            Versioned("1", None, table(Q2025_1=1)),
            Versioned("2", Period.parse("2025Q2"), table(Q2025_4=4)),
        ],
        kind=QUARTER,
    )
    assert [codes(segment.points) for segment in made.segments] == [
        ["2025Q1"], ["2025Q2", "2025Q3", "2025Q4"],
    ]  # fmt: skip


def test_of_nothing_an_empty_series():
    made = series([Versioned("1", None, table())], kind=QUARTER)
    assert (made.segments, made.points, made.latest) == ((), (), None)


def test_two_versions_cannot_start_together():
    start = Period.parse("2025Q1")
    with pytest.raises(ValueError, match="same period"):
        series([Versioned("1", start, table()), Versioned("2", start, table())], kind=QUARTER)


def test_a_table_with_two_rows_for_a_period_is_no_series():
    row = Row(Decimal(1), None, (), period=Period.parse("2025Q1").ordinal)
    with pytest.raises(ValueError, match="one row"):
        series([Versioned("1", None, Table(("period",), (row, row)))], kind=QUARTER)
