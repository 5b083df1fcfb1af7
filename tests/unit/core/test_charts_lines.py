"""Line charts: honest about gaps, breaks and targets; picture and table say the same."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings

from tests.unit.core.charts_support import (
    BREAKS,
    FULL,
    NETWORK,
    OWN,
    SVG,
    TARGETS,
    corners,
    line_charts,
    of_class,
    parsed,
    row,
    tips,
)
from wirknetz.core.charts import (
    Break,
    Direction,
    LineChart,
    Mark,
    Point,
    Series,
    Sparkline,
    Target,
    as_table,
    describe,
    render,
)
from wirknetz.core.charts.textfit import clean
from wirknetz.core.values import Period

NBSP = "\u00a0"
many = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def picture(chart: LineChart, width: int = 640) -> list[list[tuple[float, float]]]:
    """The stretches of line that are drawn on the plane."""
    root = parsed(render(chart, id_prefix="x", width=width))
    return [corners(line) for line in of_class(root, "wn-chart__line") if line.tag == f"{SVG}path"]


def test_a_line_joins_neighbours_with_values() -> None:
    (line,) = picture(LineChart("a", (row("n", "2024Q1", "1", "2", "3"),)))
    assert len(line) == 3
    assert [x for x, _ in line] == sorted(x for x, _ in line)
    assert [y for _, y in line] == sorted((y for _, y in line), reverse=True)


def test_no_line_over_a_missing_value_and_never_a_zero_for_it() -> None:
    chart = LineChart("a", (row("n", "2024Q1", "5", "6", None, "7", "8"),))
    one, two = picture(chart)
    assert len(one) == len(two) == 2
    root = parsed(render(chart, id_prefix="x"))
    assert len(of_class(root, "wn-chart__point")) == 4
    (gap,) = of_class(root, "wn-chart__gap")
    assert gap[0].text == "n, 3. Quartal 2024: keine Angabe"


def test_a_period_nobody_named_is_a_gap_too() -> None:
    points = (Point(Period.parse("2024Q1"), Decimal(1)), Point(Period.parse("2024Q4"), Decimal(2)))
    chart = LineChart("a", (Series("n", points),))
    assert picture(chart) == []
    assert [cells[1] for cells in as_table(chart).rows] == [
        "1",
        "keine Angabe",
        "keine Angabe",
        "2",
    ]


def test_no_line_over_a_break_which_is_marked_and_named() -> None:
    root = parsed(render(FULL, id_prefix="x"))
    (mark,) = of_class(root, "wn-chart__break")
    x = float(mark.get("x1", "0"))
    stretches = picture(FULL)
    assert sorted(len(line) for line in stretches) == [2, 3, 3, 3]
    assert all(line[-1][0] < x or line[0][0] > x for line in stretches)
    (label,) = of_class(root, "wn-chart__break-label")
    assert mark.get("x1") == mark.get("x2")
    assert label.text == "Neue Definition"
    assert "Ab hier neue Definition: Neue Definition" in tips(root)


@many
@given(line_charts())
def test_no_drawn_segment_ever_crosses_a_break_or_a_hole(chart: LineChart) -> None:
    root = parsed(render(chart, id_prefix="x"))
    breaks = [float(each.get("x1", "0")) for each in of_class(root, "wn-chart__break")]
    drawn = picture(chart)
    for line in drawn:
        for (left, _), (right, _) in pairwise(line):
            assert not any(left + 0.01 < x < right - 0.01 for x in breaks)
    joined = sum(len(line) - 1 for line in drawn)
    assert joined == sum(_neighbours(series, chart.breaks) for series in chart.series)


def _neighbours(series: Series, breaks: tuple[Break, ...]) -> int:
    """How many pairs may be joined, counted the plain way."""
    valued = {p.period for p in series.points if p.value is not None}
    starts = {each.period for each in breaks}
    return sum(1 for p in valued if p.shift(1) in valued and p.shift(1) not in starts)


@many
@given(line_charts())
def test_picture_and_table_hold_the_same_facts(chart: LineChart) -> None:
    facts = tips(parsed(render(chart, id_prefix="x")))
    table = as_table(chart)
    for position, series in enumerate(chart.series, start=1):
        for cells in table.rows:
            if cells[position] != "–":
                fact = clean(f"{clean(series.name)}, {cells[0]}: {cells[position]}")
                assert any(clean(each).startswith(fact) for each in facts)
    values = [p for series in chart.series for p in series.points if p.value is not None]
    said = [cell for cells in table.rows for cell in cells[1 : 1 + len(chart.series)]]
    shown = [c for c in said if c not in {"–", "keine Angabe", "geheim gehalten"}]
    assert len(shown) == len(values)


def test_the_table_has_values_targets_and_notes() -> None:
    table = as_table(FULL)
    assert table.caption == "Integriert in Arbeit"
    assert table.header == ("Zeitraum", "Netzwerk", "Wegwarte e. V.", "Ziel", "Hinweis")
    assert table.numeric == (False, True, True, True, False)
    rows = {cells[0]: cells[1:] for cells in table.rows}
    assert rows["3. Quartal 2024"][:2] == ("keine Angabe", f"30,9{NBSP}%")
    assert rows["4. Quartal 2024"][1] == "geheim gehalten"
    assert rows["1. Quartal 2025"][3] == "Ab hier neue Definition: Neue Definition"
    assert rows["2025"][2] == f"45{NBSP}% (Spielraum 3{NBSP}%)"


def test_the_summary_compares_only_what_can_be_compared() -> None:
    plain = LineChart("a", (NETWORK,), unit="%", decimals=1, targets=TARGETS[1:])
    assert describe(plain).replace(NBSP, " ") == (
        "Von 35,2 % (1. Quartal 2024) auf 42,1 % (3. Quartal 2025). Ziel 45 %. "
        "Netzwerk: 1 Zeitraum ohne Angabe."
    )
    broken = describe(LineChart("a", (NETWORK,), unit="%", decimals=1, breaks=BREAKS))
    assert broken.replace(NBSP, " ").startswith("Von 40,4 % (1. Quartal 2025) auf 42,1 %")
    assert "Neue Definition ab 1. Quartal 2025" in broken
    assert "nicht vergleichbar" in broken


def test_the_summary_in_english_and_in_the_callers_words() -> None:
    english = describe(LineChart("a", (NETWORK,), unit="%", decimals=1), language="en")
    assert english.replace(NBSP, " ").startswith("From 35.2 % (Q1 2024) to 42.1 % (Q3 2025).")
    assert describe(LineChart("a", (NETWORK,), summary="So ist es.")) == "So ist es."


@pytest.mark.parametrize(
    ("series", "said"),
    [
        ((), "Noch keine Werte."),
        ((Series("n"),), "Noch keine Werte."),
        ((row("n", "2025Q1", "7"),), "7 (1. Quartal 2025)."),
        ((row("n", "2025Q1", "7", "7"),), "Unverändert 7 (1. Quartal 2025 bis 2. Quartal 2025)."),
    ],
)
def test_the_summary_of_little(series: tuple[Series, ...], said: str) -> None:
    assert describe(LineChart("a", series)) == said


def test_series_differ_in_colour_dash_and_shape() -> None:
    four = tuple(row(name, "2024", "1", "2") for name in "abcd")
    root = parsed(render(LineChart("a", four), id_prefix="x"))
    looks = []
    for number in range(1, 5):
        for group in of_class(root, f"wn-chart__series--{number}"):
            lines = [e for e in group if e.get("class") == "wn-chart__line" and e.get("d")]
            marks = [e for e in group.iter() if "wn-chart__marker" in (e.get("class") or "")]
            if lines:
                (x, y), *others = corners(marks[0])
                shape = tuple((round(a - x), round(b - y)) for a, b in others)
                looks.append((lines[0].get("stroke"), lines[0].get("stroke-dasharray"), shape))
    assert len(looks) == 4
    assert all(len(set(column)) == 4 for column in zip(*looks, strict=True))


@pytest.mark.parametrize(
    ("direction", "above", "below"),
    [(Direction.HIGHER, 0, 1), (Direction.LOWER, 1, 0), (Direction.KEEP, 1, 1)],
)
def test_the_tolerance_lies_on_the_worse_side(direction: Direction, above: int, below: int) -> None:
    chart = LineChart("a", (NETWORK,), targets=TARGETS[1:], direction=direction)
    root = parsed(render(chart, id_prefix="x"))
    band = of_class(root, "wn-chart__band")[-1]
    line = next(e for e in of_class(root, "wn-chart__target") if e.get("d"))
    y = corners(line)[2][1]
    top, height = float(band.get("y", "0")), float(band.get("height", "0"))
    assert ((y - top) > 0.1, (top + height - y) > 0.1) == (bool(above), bool(below))


def test_the_last_value_is_labelled_at_its_end() -> None:
    root = parsed(render(FULL, id_prefix="x"))
    labels = [each.text for each in of_class(root, "wn-chart__label")]
    assert labels == [f"43,5{NBSP}%", "Wegwarte e. V.", f"42,1{NBSP}%", "Netzwerk"]


def test_a_cut_axis_says_so_and_counts_are_never_cut() -> None:
    high = row("n", "2024Q1", "91", "94", "92")
    cut = parsed(render(LineChart("a", (high,), from_zero=False), id_prefix="x"))
    assert of_class(cut, "wn-chart__cut")
    assert "Achtung: Die Achse beginnt nicht bei 0." in [
        each.text for each in of_class(cut, "wn-chart__note")
    ]
    whole = parsed(render(LineChart("a", (high,)), id_prefix="x"))
    assert not of_class(whole, "wn-chart__cut")
    assert "0" in [each.text for each in of_class(whole, "wn-chart__tick")]


def test_values_far_from_the_top_quarter_keep_the_zero() -> None:
    chart = LineChart("a", (row("n", "2024Q1", "50", "94"),), from_zero=False)
    assert not of_class(parsed(render(chart, id_prefix="x")), "wn-chart__cut")


def test_break_names_without_room_become_letters_with_notes() -> None:
    breaks = tuple(
        Break(Period.parse(code), f"Sehr lange Erklärung einer neuen Definition Nummer {code}")
        for code in ("2024Q2", "2024Q3", "2024Q4")
    )
    chart = LineChart("a", (row("n", "2024Q1", "1", "2", "3", "4"),), breaks=breaks)
    root = parsed(render(chart, id_prefix="x", width=320))
    assert [each.text for each in of_class(root, "wn-chart__break-label")] == ["A", "B", "C"]
    notes = " ".join(each.text or "" for each in of_class(root, "wn-chart__note"))
    assert "A: 2. Quartal 2024" in notes
    assert "Nummer 2024Q4" in notes


def test_periods_of_different_kinds_share_one_time() -> None:
    chart = LineChart("a", (row("n", "2024Q1", "1", "2"),), targets=(
        Target(Period.parse("2024"), Decimal(3)),
    ))  # fmt: skip
    root = parsed(render(chart, id_prefix="x"))
    names = [each.text for each in of_class(root, "wn-chart__period")]
    assert names == ["Q1", "Q2", "Q3", "Q4", "2024"]


def test_a_target_alone_is_drawn_before_there_are_values() -> None:
    chart = LineChart("a", (Series("n"),), unit="%", targets=TARGETS)
    root = parsed(render(chart, id_prefix="x"))
    assert [e.text for e in of_class(root, "wn-chart__note")] == ["Noch keine Werte"]
    assert [e.text for e in of_class(root, "wn-chart__target-label")] == [f"Ziel 45{NBSP}%"]


def test_a_sparkline_keeps_gaps_and_breaks() -> None:
    spark = Sparkline("a", NETWORK, "%", 1, breaks=BREAKS)
    root = parsed(render(spark, id_prefix="x"))
    assert len(of_class(root, "wn-chart__line")) == 2
    assert len(of_class(root, "wn-chart__break")) == 1
    assert len(of_class(root, "wn-chart__missing")) == 1
    assert as_table(spark).header == ("Zeitraum", "Netzwerk", "Hinweis")


def test_notes_of_points_stand_in_picture_and_table() -> None:
    point = Point(Period.parse("2024"), Decimal(3), "vorläufig")
    chart = LineChart("a", (Series("Netzwerk", (point,)),))
    assert as_table(chart).rows == (("2024", "3", "vorläufig"),)
    assert "Netzwerk, 2024: 3 (vorläufig)" in tips(parsed(render(chart, id_prefix="x")))


def test_what_cannot_be_drawn_honestly_is_refused() -> None:
    period = Period.parse("2024")
    with pytest.raises(ValueError, match="has no value"):
        Point(period, Decimal(2), mark=Mark.SUPPRESSED)
    with pytest.raises(ValueError, match="not a number"):
        Point(period, Decimal("NaN"))
    with pytest.raises(ValueError, match="period twice"):
        Series("n", (Point(period, Decimal(1)), Point(period, Decimal(2))))
    with pytest.raises(ValueError, match="at most 4"):
        LineChart("a", tuple(Series(name) for name in "abcde"))
    with pytest.raises(ValueError, match="never below zero"):
        Target(period, Decimal(1), Decimal(-1))


def test_own_beside_network_needs_no_unique_names() -> None:
    chart = LineChart("a", (NETWORK, Series("Netzwerk", OWN.points)), unit="%")
    assert as_table(chart).header[1:3] == ("Netzwerk", "Netzwerk")
