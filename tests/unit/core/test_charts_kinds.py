"""Bars, small multiples, coverage, icons; numbers and axes; colours that everybody can tell."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.core.charts_support import (
    FULL,
    NETWORK,
    SVG,
    TARGETS,
    bar_charts,
    bars,
    numbers,
    of_class,
    parsed,
    row,
    small_multiples,
    tips,
)
from wirknetz.core.charts import (
    Bar,
    BarChart,
    Coverage,
    LineChart,
    Mark,
    SmallMultiples,
    StateIcon,
    TargetState,
    as_table,
    describe,
    render,
)
from wirknetz.core.charts.figures import Numbers, nice_axis
from wirknetz.core.charts.palette import AXIS, BREAK, INK, MUTED, SERIES, STATES, TARGET, contrast
from wirknetz.core.charts.textfit import clean, shorten, text_width, wrap

NBSP = "\u00a0"
many = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
CSS = Path(__file__).parents[3] / "src/wirknetz/web/static/wirknetz/charts.css"
MIXED = BarChart(
    "Erreicht",
    (
        Bar("weiblich", Decimal(412)),
        Bar("unbekannt", Decimal(0)),
        Bar("divers", None, mark=Mark.SUPPRESSED),
        Bar("Kurz", None, "nicht erhoben"),
        Bar("ohne Angabe", Decimal(55), mark=Mark.NOT_BROKEN_DOWN),
    ),
    category_name="Geschlecht",
    unit="Personen",
)


@pytest.mark.parametrize("width", [320, 640])
def test_bars_begin_at_zero_and_lengths_are_in_proportion(width: int) -> None:
    root = parsed(render(bars(("a", "100"), ("b", "25")), id_prefix="x", width=width))
    one, two = of_class(root, "wn-chart__bar")
    assert one.get("x") == two.get("x")
    assert float(one.get("width", "0")) > width * 0.75
    share = float(two.get("width", "0")) / float(one.get("width", "1"))
    assert share == pytest.approx(0.25, abs=0.01)


def test_negative_bars_go_the_other_way() -> None:
    root = parsed(render(bars(("a", "10"), ("b", "-10")), id_prefix="x"))
    plus, minus = of_class(root, "wn-chart__bar")
    end = float(minus.get("x", "0")) + float(minus.get("width", "0"))
    assert end == pytest.approx(float(plus.get("x", "0")), abs=0.1)


def test_what_has_no_value_has_no_bar_but_words_and_a_sign() -> None:
    root = parsed(render(MIXED, id_prefix="x"))
    said = [each.text for each in of_class(root, "wn-chart__nothing")]
    assert said == ["geheim gehalten", "keine Angabe"]
    assert len(of_class(root, "wn-chart__secret")) == len(of_class(root, "wn-chart__missing")) == 1
    rows = of_class(root, "wn-chart__row")
    assert [len(of_class(row, "wn-chart__bar")) for row in rows] == [1, 1, 0, 0, 1]
    assert of_class(rows[1], "wn-chart__bar")[0].get("width") == "0"


def test_not_broken_down_is_a_pattern_with_a_legend() -> None:
    root = parsed(render(MIXED, id_prefix="x"))
    hatched = of_class(root, "wn-chart__bar--hatched")
    assert {each.get("fill") for each in hatched} == {"url(#x-hatch)"}
    assert [p.get("id") for p in root.iter(f"{SVG}pattern")] == ["x-hatch"]
    assert "nicht aufgegliedert" in [each.text for each in of_class(root, "wn-chart__key")]


def test_the_table_of_bars_says_the_same() -> None:
    table = as_table(MIXED)
    assert table.header == ("Geschlecht", "Wert (Personen)", "Hinweis")
    assert table.rows == (
        ("weiblich", "412", ""),
        ("unbekannt", "0", ""),
        ("divers", "geheim gehalten", ""),
        ("Kurz", "keine Angabe", "nicht erhoben"),
        ("ohne Angabe", "55", "nicht aufgegliedert"),
    )
    assert describe(MIXED).startswith("Weiblich: 412; unbekannt: 0; divers: geheim gehalten;")


@many
@given(bar_charts())
def test_every_bar_of_the_table_is_in_the_picture(chart: BarChart) -> None:
    facts = [clean(each) for each in tips(parsed(render(chart, id_prefix="x")))]
    for cells in as_table(chart).rows:
        assert any(fact.startswith(clean(f"{cells[0]}: {cells[1]}")) for fact in facts)


def test_small_multiples_share_an_axis_only_for_one_unit() -> None:
    panels = (
        LineChart("a", (row("n", "2024", "10", "90"),), unit="%"),
        LineChart("b", (row("n", "2024", "1", "2"),), unit="%"),
    )
    shared = _heights(SmallMultiples("x", panels))
    assert shared[1] < shared[0] / 5
    own = _heights(SmallMultiples("x", panels, shared_scale=False))
    assert own[1] > shared[1] * 5
    mixed = SmallMultiples("x", (panels[0], LineChart("b", panels[1].series, unit="Personen")))
    assert "Jedes hat seine eigene Achse." in describe(mixed)


def _heights(chart: SmallMultiples) -> list[float]:
    root = parsed(render(chart, id_prefix="x"))
    lines = [e.get("d", "") for e in of_class(root, "wn-chart__line") if e.get("d")]
    found = [[float(y) for y in re.findall(r"[ML]-?[\d.]+ (-?[\d.]+)", d)] for d in lines]
    return [max(each) - min(each) for each in found]


def test_small_multiples_as_table_of_panels_by_periods() -> None:
    panels = tuple(LineChart(name, (row("n", "2024", "1", None),)) for name in ("Aue", "Nord"))
    table = as_table(SmallMultiples("Je Organisation", panels))
    assert table.header == ("Name", "2024", "2025")
    assert table.rows == (("Aue", "1", "keine Angabe"), ("Nord", "1", "keine Angabe"))


def test_small_multiples_with_targets_become_rows_for_each_period() -> None:
    table = as_table(SmallMultiples("x", (FULL,)))
    assert table.header == ("Name", "Zeitraum", "Wert", "Ziel", "Hinweis")
    assert (
        "Integriert in Arbeit, Netzwerk",
        "1. Quartal 2024",
        f"35,2{NBSP}%",
        "–",
        "",
    ) in table.rows


@many
@given(small_multiples)
def test_every_panel_is_there(chart: SmallMultiples) -> None:
    root = parsed(render(chart, id_prefix="x"))
    assert len(of_class(root, "wn-chart__panel")) >= len(chart.panels)
    points = sum(1 for p in chart.panels for s in p.series for x in s.points if x.value is not None)
    assert len(of_class(root, "wn-chart__point")) == points


def test_coverage_counts_in_fields_and_words() -> None:
    chart = Coverage("Bestätigt", 11, 14)
    root = parsed(render(chart, id_prefix="x"))
    assert len(of_class(root, "wn-chart__bar")) == 11
    assert len(of_class(root, "wn-chart__track")) == 3
    assert describe(chart) == "11 von 14 Organisationen."
    assert as_table(chart).rows == (("Bestätigt", "11 von 14 Organisationen"),)


def test_coverage_of_many_is_a_bar_in_proportion() -> None:
    root = parsed(render(Coverage("x", 50, 200), id_prefix="x", width=240))
    (full,) = of_class(root, "wn-chart__bar")
    assert float(full.get("width", "0")) == pytest.approx(60)


@pytest.mark.parametrize(("done", "asked"), [(5, 4), (-1, 3)])
def test_impossible_coverage_is_refused(done: int, asked: int) -> None:
    with pytest.raises(ValueError, match="cannot be"):
        Coverage("x", done, asked)


def test_every_state_has_its_own_shape_and_words() -> None:
    shapes, said = set(), set()
    for state in TargetState:
        root = parsed(render(StateIcon(state), id_prefix="x"))
        shapes.add(tuple(e.get("d") for e in root.iter(f"{SVG}path")))
        said.add(describe(StateIcon(state)))
    assert len(shapes) == len(said) == len(TargetState)


@pytest.mark.parametrize(
    ("amount", "decimals", "unit", "german", "english"),
    [
        ("1234.5", 1, "", "1.234,5", "1,234.5"),
        ("42.05", 1, "%", "42,1 %", "42.1 %"),
        ("0.125", 2, "", "0,13", "0.13"),
        ("-1234", 0, "€", "−1.234 €", "−1,234 €"),
        ("-0.04", 1, "", "0,0", "0.0"),
        ("12", 0, "Personen", "12", "12"),
        ("1e20", 0, "", "1,0 · 10^20", "1.0 · 10^20"),
    ],
)
def test_numbers_as_a_reader_expects(
    amount: str, decimals: int, unit: str, german: str, english: str
) -> None:
    for language, said in (("de", german), ("en", english)):
        shown = Numbers(language, unit, decimals).value(Decimal(amount))
        assert shown.replace(NBSP, " ") == said


def test_large_numbers_are_shortened_at_the_axis() -> None:
    german = Numbers("de", "€", 0)
    assert german.tick(Decimal(2_500_000_000), Decimal(500_000_000)) == f"2,5{NBSP}Mrd.{NBSP}€"
    assert german.tick(Decimal(0), Decimal(500_000_000)) == f"0{NBSP}€"


@many
@given(st.lists(numbers, max_size=8).map(tuple), st.booleans(), st.integers(0, 3))
def test_axes_hold_everything_in_few_equal_steps(
    amounts: tuple[Decimal, ...], from_zero: bool, decimals: int
) -> None:
    axis = nice_axis(amounts, from_zero=from_zero, decimals=decimals)
    assert axis.low < axis.high
    assert 2 <= len(axis.ticks) <= 9
    assert all(-1e-9 <= axis.share(amount) <= 1 + 1e-9 for amount in amounts)
    if from_zero:
        assert axis.low <= 0 <= axis.high
    shown = [Numbers("de", "", decimals).tick(tick, axis.step) for tick in axis.ticks]
    assert len(set(shown)) == len(shown)


@many
@given(st.text(max_size=80), st.integers(20, 300), st.integers(1, 3))
def test_wrapped_and_shortened_texts_fit(said: str, room: int, lines: int) -> None:
    text = clean(said)
    found = wrap(text, room, 13, lines=lines)
    assert len(found) <= lines
    assert all(text_width(line, 13) <= room for line in found)
    assert text_width(shorten(text, room, 13), 13) <= room
    if text_width(text, 13) <= room:
        assert "".join(found) == text


def test_colours_stand_out_from_white_for_lines_and_texts() -> None:
    for colour in (INK, MUTED, TARGET, BREAK, *STATES.values(), *(s.colour for s in SERIES)):
        assert contrast(colour, "#ffffff") >= 4.5
    assert contrast(AXIS, "#ffffff") >= 3


def test_colours_stand_out_from_dark_pages() -> None:
    found = dict(re.findall(r"--wn-chart-([\w-]+): (#[0-9a-f]{6})", CSS.read_text("utf-8")))
    quiet = {"grid", "band"}
    assert {"1", "2", "3", "4", "ink", "reached"} <= set(found)
    for name, colour in found.items():
        assert name in quiet or contrast(colour, "#182229") >= (3 if name == "axis" else 4.5)


# Viénot, Brettel, Mollon (1999): what protanopes and deuteranopes see, in linear light.
VISIONS = {
    "full": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.11238, 0.88762, 0), (0.11238, 0.88762, 0), (0.00401, -0.00401, 1)),
    "deuteranopia": ((0.29275, 0.70725, 0), (0.29275, 0.70725, 0), (-0.02234, 0.02234, 1)),
}


@pytest.mark.parametrize("vision", VISIONS)
def test_network_and_own_differ_in_every_vision(vision: str) -> None:
    seen = [_seen(style.colour, vision) for style in SERIES]
    distances = [sum((a - b) ** 2 for a, b in zip(x, y, strict=True)) ** 0.5
                 for x, y in combinations(seen, 2)]  # fmt: skip
    assert distances[0] > 0.2
    assert min(distances) > 0.05


def _seen(colour: str, vision: str) -> tuple[float, ...]:
    light = [(int(colour[i : i + 2], 16) / 255) ** 2.2 for i in (1, 3, 5)]
    mixed = (sum(a * b for a, b in zip(line, light, strict=True)) for line in VISIONS[vision])
    return tuple(max(each, 0) ** (1 / 2.2) for each in mixed)


def test_the_style_sheet_knows_every_class_that_wears_colour() -> None:
    css = CSS.read_text("utf-8")
    charts = (FULL, MIXED, SmallMultiples("x", (FULL,)), Coverage("x", 1, 2),
              LineChart("x", (NETWORK,), unit="Personen", targets=TARGETS, from_zero=False),
              *(StateIcon(state) for state in TargetState))  # fmt: skip
    for chart in charts:
        for each in parsed(render(chart, id_prefix="x")).iter():
            colours = {each.get("fill"), each.get("stroke")} - {None, "none", "url(#x-hatch)"}
            if colours:
                names = (each.get("class") or "").split()
                assert any(re.search(rf"\.{name}[\s,{{]", css) for name in names), each.attrib
