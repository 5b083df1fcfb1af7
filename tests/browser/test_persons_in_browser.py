"""The browser notices the same lists of persons as the server, from the same cases."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.browser_modules import INTO_CELLS, open_modules
from tests.support.processes import ROOT

pytestmark = pytest.mark.browser
CASES = json.loads((ROOT / "tests/data/persons/cases.json").read_text("utf-8"))
PARTNERS = ROOT / "tests/data/partners"
REPORTS = ("BFW_2025Q3.xlsx", "Caritas_3-2025.csv", "Diakonie_2025Q3.ods", "klinik-a_2025Q3.xlsx",
           "jobcenter 2025Q3.txt")  # fmt: skip
LOOK = (
    INTO_CELLS
    + """
const filled = ({ cells }) => cells.some((value) => value !== undefined);
const row = (values, at) => ({ row: at, cells: intoCells(values) });
const rowsOf = (page) => page.rows.map(row).filter(filled);
const onPage = (page) => persons.looksLikePersons(page.name, rowsOf(page));
const look = (pages) => pages.map(onPage).find(Boolean) || null;
"""
)
IN_FILE = """async (text) => persons.personsInFile(
  new Blob([Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0))]))"""


@pytest.fixture
def page(new_page: Any) -> Any:
    return open_modules(new_page(), ("cells", "persons"))


def in_order(found: dict[str, Any] | None) -> dict[str, Any] | None:
    if found is None:
        return None
    columns = [[c["place"], c["kind"], c["heading"]] for c in found["columns"]]
    return {"page": found["page"], "rows": found["rows"], "columns": columns}


def in_file(page: Any, path: Path) -> dict[str, Any] | None:
    return in_order(page.evaluate(IN_FILE, base64.b64encode(path.read_bytes()).decode()))


def test_truth(page: Any) -> None:
    said = page.evaluate(
        f"(cases) => {{ {LOOK} return cases.map((one) => look(one.pages)); }}", CASES
    )
    wrong = {
        case["name"]: in_order(found)
        for case, found in zip(CASES, said, strict=True)
        if in_order(found) != case["found"]
    }
    assert wrong == {}


def test_the_list_of_persons_is_noticed_and_explained_by_headings(page: Any) -> None:
    found = in_file(page, PARTNERS / "klinik-b-faelle_2025Q3.xlsx")
    assert found is not None
    assert (found["page"], found["rows"]) == ("Export", 150)
    headings = [heading for _place, _kind, heading in found["columns"]]
    assert headings[:5] == ["Fall-Nr.", "Nachname", "Vorname", "Geschl.", "Geburtsdatum"]


@pytest.mark.parametrize("name", REPORTS)
def test_reports_are_not_mistaken_for_lists_of_persons(page: Any, name: str) -> None:
    assert in_file(page, PARTNERS / name) is None
