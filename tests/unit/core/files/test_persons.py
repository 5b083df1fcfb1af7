"""Lists of persons are noticed, reports are not mistaken for them."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest

from tests.support.processes import ROOT
from wirknetz.core.files.grid import Book, Content, FileKind, GridCell, Page
from wirknetz.core.files.persons import looks_like_persons
from wirknetz.core.files.reading import read

CASES = json.loads((ROOT / "tests/data/persons/cases.json").read_text("utf-8"))


def book_of(pages: list[dict[str, Any]]) -> Book:
    return Book("liste.xlsx", FileKind.XLSX, "", tuple(map(_page, pages)))


def _page(raw: dict[str, Any]) -> Page:
    cells = {
        (row, column): GridCell(_content(value))
        for row, values in enumerate(raw["rows"])
        for column, value in enumerate(values)
        if value is not None and value != ""
    }
    return Page(raw["name"], cells, hidden=raw.get("hidden", False))


def _content(value: Any) -> Content:
    if isinstance(value, dict):
        return dt.date.fromisoformat(value["day"])
    return Decimal(str(value)) if isinstance(value, int | float) else str(value)


def said(book: Book) -> dict[str, Any] | None:
    found = looks_like_persons(book)
    if found is None:
        return None
    columns = [[column.place, column.kind.value, column.heading] for column in found.columns]
    return {"page": found.page, "rows": found.rows, "columns": columns}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_truth(case: dict[str, Any]) -> None:
    assert said(book_of(case["pages"])) == case["found"]


@pytest.mark.parametrize("name", ["BFW_2025Q3.xlsx", "Caritas_3-2025.csv", "Diakonie_2025Q3.ods",
                                  "klinik-a_2025Q3.xlsx", "jobcenter 2025Q3.txt"])  # fmt: skip
def test_reports_of_partners_are_not_mistaken(name: str) -> None:
    content = (ROOT / "tests/data/partners" / name).read_bytes()
    assert looks_like_persons(read(content, name=name)) is None


def test_a_partners_list_is_noticed_and_told_by_its_headings() -> None:
    path = ROOT / "tests/data/partners/klinik-b-faelle_2025Q3.xlsx"
    book = read(path.read_bytes(), name=path.name)
    found = looks_like_persons(book)
    assert found is not None
    assert (found.page, found.rows) == ("Export", 150)
    headings = {str(book.pages[0].cells[0, column].content) for column in range(11)}
    assert {column.heading for column in found.columns} <= headings
