"""What every picture promises: readable by machines and people, safe in any page."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.core.charts_support import (
    EVERY_KIND,
    FULL,
    SVG,
    any_chart,
    of_class,
    outside,
    overlapping,
    parsed,
    text_boxes,
)
from wirknetz.core.charts import Chart, as_table, describe, render, render_pair

ALLOWED = {"svg", "title", "desc", "defs", "pattern", "g", "path", "line", "rect", "text"}
widths = st.sampled_from([200, 320, 640, 900])
many = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("chart", EVERY_KIND, ids=lambda chart: type(chart).__name__)
@pytest.mark.parametrize("language", ["de", "en"])
def test_a_screen_reader_finds_title_and_description(chart: Chart, language: str) -> None:
    root = parsed(render(chart, id_prefix="bild", language=language))
    assert (root.get("role"), root.get("lang")) == ("img", language)
    title, desc = (root.get("aria-labelledby") or "").split()
    by_id = {each.get("id"): each for each in root.iter() if each.get("id")}
    assert by_id[title].tag == f"{SVG}title"
    assert by_id[title].text
    assert by_id[desc].text == describe(chart, language=language)


@many
@given(any_chart, widths, st.sampled_from(["de", "en"]))
def test_nothing_hostile_survives(chart: Chart, width: int, language: str) -> None:
    svg = render(chart, id_prefix="x1", width=width, language=language, standalone=width == 640)
    svg.encode("utf-8")
    root = parsed(svg)
    for each in root.iter():
        assert each.tag.removeprefix(SVG) in ALLOWED
        names = {name.lower() for name in each.attrib}
        assert not any(name == "style" or name.startswith("on") or "href" in name for name in names)
        assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", each.text or "")


@many
@given(any_chart, widths)
def test_ids_are_the_callers_and_unique(chart: Chart, width: int) -> None:
    root = parsed(render(chart, id_prefix="meins", width=width))
    ids = [each.get("id", "") for each in root.iter() if each.get("id")]
    assert len(ids) == len(set(ids))
    assert all(each.startswith("meins-") for each in ids)
    used = re.findall(r"url\(#([^)]*)\)", render(chart, id_prefix="meins", width=width))
    assert set(used) <= set(ids)


@many
@given(any_chart, widths)
def test_texts_stay_inside_and_off_each_other(chart: Chart, width: int) -> None:
    root = parsed(render(chart, id_prefix="x", width=width))
    assert outside(root) == []
    assert overlapping(root) == []


@many
@given(any_chart)
def test_the_table_is_rectangular_and_never_empty_handed(chart: Chart) -> None:
    table = as_table(chart)
    assert len(table.header) == len(table.numeric)
    assert all(len(row) == len(table.header) for row in table.rows)


@pytest.mark.parametrize("bad", ["", "1a", "a b", 'a"', "a#b", "ä"])
def test_an_unusable_id_is_refused(bad: str) -> None:
    with pytest.raises(ValueError, match="not a usable id"):
        render(FULL, id_prefix=bad)


def test_a_pair_holds_a_wide_and_a_narrow_picture_with_ids_of_their_own() -> None:
    pair = parsed(render_pair(FULL, id_prefix="p"))
    wide, narrow = pair
    assert (wide.get("width"), narrow.get("width")) == ("640", "320")
    assert "wn-chart--wide" in (wide.get("class") or "")
    assert "wn-chart--narrow" in (narrow.get("class") or "")
    ids = [each.get("id") for each in pair.iter() if each.get("id")]
    assert len(ids) == len(set(ids))


def test_small_charts_come_alone() -> None:
    for chart in EVERY_KIND[3:]:
        assert len(parsed(render_pair(chart, id_prefix="p"))) == 1


@pytest.mark.parametrize("chart", EVERY_KIND, ids=lambda chart: type(chart).__name__)
def test_no_text_is_below_twelve_pixels_on_a_phone(chart: Chart) -> None:
    root = parsed(render(chart, id_prefix="x", width=None if chart in EVERY_KIND[3:] else 320))
    sizes = [float(each.get("font-size", "0")) for each in root.iter(f"{SVG}text")]
    assert all(size >= 12 for size in sizes)


def test_standalone_shows_its_title_on_white_with_all_texts_inside() -> None:
    root = parsed(render(FULL, id_prefix="x", standalone=True))
    (title,) = of_class(root, "wn-chart__title")
    assert title.text == "Integriert in Arbeit"
    assert of_class(root, "wn-chart__surface")[0].get("fill") == "#ffffff"
    width = float(root.get("width", "0"))
    assert all(box.right + 16 <= width for box in text_boxes(root))


def test_a_formatter_of_the_caller_is_used_everywhere() -> None:
    svg = render(FULL, id_prefix="x", formatter=lambda amount: f"~{amount:.0f}~")
    assert "~42~" in svg
    assert "42,1" not in svg
    assert as_table(FULL, formatter=lambda amount: f"~{amount:.0f}~").rows[0][1] == "~35~"
