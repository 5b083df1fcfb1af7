"""No cell of a file runs as a formula, however its beginning is disguised."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wirknetz.core.files import Sheet, defused, to_csv, to_xlsx

EVIL = (
    "=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "|cmd", "%0A=1", " =1", "\u00a0=1",
    "\ufeff=1", "\u200b=1", "\u202e=1", "\u2066=1", "\u00ad=1", "\uff1d1+1", "\uff0b1",
    "\uff0d1", "\uff20SUM(A1)", '=HYPERLINK("https://example.org")',
)  # fmt: skip


@pytest.mark.parametrize("text", EVIL)
def test_a_disguised_formula_is_text(text: str) -> None:
    assert defused(text) == f"'{text}"
    line = to_csv(Sheet("Blatt", ("a",), ((text,),))).decode().splitlines()[1:]
    assert line[0].lstrip('"').startswith("'")


@pytest.mark.parametrize("text", ["Haus =1", "", "1.234,5", "a-b", "Geschlecht", "„=1“"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert defused(text) == text


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(EVIL), min_size=1, max_size=4),
    st.text(max_size=60) | st.text("'x", min_size=25, max_size=40),
)
def test_a_workbook_holds_no_formula_and_no_link(cells: list[str], name: str) -> None:
    book = to_xlsx([Sheet(name, ("a", "=b"), tuple((c, c) for c in cells), ("=note",))])
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet.lower()
