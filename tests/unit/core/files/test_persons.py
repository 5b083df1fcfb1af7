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
