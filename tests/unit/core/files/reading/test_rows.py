"""All rows of a list, one after another."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.unit.core.files.reading.making import by_hand, cell, lines, number, ods, row, xlsx
from tests.unit.core.files.reading.making_xls import XlsSheet, label, xls
from tests.unit.core.files.reading.making_xls import number as xls_number
from wirknetz.core.files.grid import FlawCode, NotReadable
from wirknetz.core.files.reading import Limits, ListRow, NoSuchPage, iter_rows

PARTNERS = Path(__file__).parents[4] / "data" / "partners"


@pytest.fixture
def at(tmp_path: Path) -> Any:
    def write(content: bytes) -> Path:
        path = tmp_path / "liste"
        path.write_bytes(content)
        return path

    return write


def test_every_row_of_a_list_comes() -> None:
    rows = list(iter_rows(PARTNERS / "klinik-b-faelle_2025Q3.xlsx"))
    assert rows[0].values[:3] == ("Fall-Nr.", "Nachname", "Vorname")
    assert rows[1].values[4] == dt.date(1984, 3, 22)
    assert rows[1].values[9] == Decimal(7)
    assert rows[-1].number == 153


def test_more_rows_than_a_preview_keeps_come(at: Any) -> None:
    path = at(lines(*([n, "x"] for n in range(130_000))).encode())
    assert sum(1 for _ in iter_rows(path)) == 130_000


def listed(workbook: Any, sheet: Any) -> None:
    sheet.write_row(1, 1, ["a", 1])
    sheet.write_row(2, 1, ["b", 2])
    sheet.write_row(4, 1, ["c"])
    sheet.set_row(2, None, None, {"hidden": True})
    other = workbook.add_worksheet("alt")
    other.write(0, 0, "andere")


def test_hidden_rows_are_told_and_empty_ones_left_out(at: Any) -> None:
    assert list(iter_rows(at(xlsx(listed)))) == [
        ListRow(1, (None, "a", Decimal(1))),
        ListRow(2, (None, "b", Decimal(2)), hidden=True),
        ListRow(4, (None, "c")),
    ]


def test_the_page_is_named_or_the_first_that_is_seen(at: Any) -> None:
    path = at(xlsx(listed))
    assert [found.values for found in iter_rows(path, "alt")] == [("andere",)]
    with pytest.raises(NoSuchPage):
        list(iter_rows(path, "gibt es nicht"))

    def first_hidden(workbook: Any, sheet: Any) -> None:
        listed(workbook, sheet)
        workbook.get_worksheet_by_name("alt").activate()
        sheet.hide()

    assert [found.values for found in iter_rows(at(xlsx(first_hidden)))] == [("andere",)]


def test_a_formula_without_a_value_is_told_where_it_is_missing(at: Any) -> None:
    path = at(by_hand('<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>A1</f></c></row>'))
    assert list(iter_rows(path)) == [ListRow(0, (Decimal(1),), without_value=(1,))]


def test_errors_stay_as_text(at: Any) -> None:
    path = at(by_hand('<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="e"><v>#N/A</v></c></row>'))
    assert list(iter_rows(path)) == [ListRow(0, (Decimal(1), "#N/A"))]


def test_other_kinds_come_as_well(at: Any) -> None:
    def fill(table: Any) -> None:
        row(table, cell(), number(5))

    assert list(iter_rows(at(ods(fill)))) == [ListRow(0, (None, Decimal(5)))]
    cells = [label(0, 0, "a"), xls_number(2, 1, 5)]
    assert [found.values for found in iter_rows(at(xls(XlsSheet("B", cells))))] == [
        ("a",), (None, Decimal(5)),
    ]  # fmt: skip
    assert [found.values for found in iter_rows(at(b"a;;b;\n\n;1\n"))] == [
        ("a", None, "b"), (None, "1"),
    ]  # fmt: skip


def test_what_cannot_be_read_is_said(at: Any) -> None:
    with pytest.raises(NotReadable) as refused:
        list(iter_rows(at(b"%PDF-1.7")))
    assert refused.value.code is FlawCode.NOT_A_TABLE
    with pytest.raises(NotReadable) as refused:
        list(iter_rows(at(xlsx(listed)), limits=Limits(cells=3)))
    assert refused.value.code is FlawCode.TOO_MANY_CELLS
