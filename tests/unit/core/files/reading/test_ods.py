"""ODS: values, and what repeats, hides, merges, calculates."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from odf.table import Table

from tests.unit.core.files.reading.making import (
    cell,
    columns,
    content_xml,
    number,
    ods,
    row,
    text,
    zipped,
)
from wirknetz.core.files.grid import Area, Book, FileKind, FlawCode, NoteCode, NotReadable
from wirknetz.core.files.reading import Limits, read

ONE = '<table:table-cell office:value-type="float" office:value="1"/>'


def book(content: bytes, **limits: int) -> Book:
    return read(content, name="diakonie.ods", limits=Limits(**limits))


def sheet(rows: str, name: str = "Blatt") -> str:
    return f'<table:table table:name="{name}">{rows}</table:table>'


def of(rows: str) -> Book:
    return book(content_xml(sheet(rows)))


def said(found: Book) -> dict[tuple[int, int], str]:
    return {at: held.text for at, held in found.pages[0].cells.items()}


def test_each_kind_of_content_stays_what_it_is() -> None:
    def fill(table: Table) -> None:
        row(table)
        row(
            table, cell(), number(12), number(0.1), text("Zugänge"),
            cell("30.9.25", valuetype="date", datevalue="2025-09-30"),
            cell("WAHR", valuetype="boolean", booleanvalue="true"),
            cell("45 %", valuetype="percentage", value="0.45"),
            cell("12,30 €", valuetype="currency", value="12.3"),
        )  # fmt: skip

    found = book(ods(fill))
    assert found.kind is FileKind.ODS
    contents = {at: held.content for at, held in found.pages[0].cells.items()}
    assert contents == {
        (1, 1): Decimal(12), (1, 2): Decimal("0.1"), (1, 3): "Zugänge",
        (1, 4): dt.date(2025, 9, 30), (1, 5): True, (1, 6): Decimal("0.45"),
        (1, 7): Decimal("12.3"),
    }  # fmt: skip
    assert {at for at, held in found.pages[0].cells.items() if held.percent} == {(1, 6)}


def test_repeated_rows_and_cells_stand_where_a_person_sees_them() -> None:
    def fill(table: Table) -> None:
        row(table, cell(numbercolumnsrepeated=3), number(7, numbercolumnsrepeated=2))
        row(table, numberrowsrepeated=1000)
        row(table, text("x"), numberrowsrepeated=2)

    found = book(ods(fill))
    assert said(found) == {(0, 3): "7", (0, 4): "7", (1001, 0): "x", (1002, 0): "x"}
    assert (found.pages[0].rows, found.pages[0].columns) == (1003, 5)


def test_hidden_rows_columns_and_merged_cells_are_marked() -> None:
    def fill(table: Table) -> None:
        columns(table, False, True, False)
        row(table, text("a", numbercolumnsspanned=3, numberrowsspanned=2))
        row(table, number(99), visibility="collapse")
        row(table, number(1), visibility="filter")

    found = book(ods(fill)).pages[0]
    assert (found.hidden_rows, found.hidden_columns) == ({1, 2}, {1})
    assert found.merged == (Area(0, 0, 1, 2),)
    assert set(found.cells) == {(0, 0), (2, 0)}
    notes = {note.code for note in book(ods(fill)).notes}
    assert notes == {NoteCode.FILTERED}


def test_errors_and_formulas_without_a_value_are_told() -> None:
    cells = (
        '<table:table-cell table:formula="of:=1+1" office:value-type="float" office:value="2"/>'
        '<table:table-cell table:formula="of:=1/0" office:value-type="string" '
        'office:string-value="" calcext:value-type="error"><text:p>#DIV/0!</text:p>'
        '</table:table-cell><table:table-cell table:formula="of:=A1"/>'
    )
    found = of(f'<table:table-row xmlns:calcext="urn:c">{cells}</table:table-row>')
    assert said(found) == {(0, 0): "2", (0, 1): "#DIV/0!"}
    assert {note.code: note.params["place"] for note in found.notes} == {
        NoteCode.ERROR_VALUE: "B1",
        NoteCode.FORMULA_WITHOUT_VALUE: "C1",
    }
    assert found.pages[0].cells[0, 0].formula is True


def test_copies_of_other_files_are_no_sheets() -> None:
    row_ = f"<table:table-row>{ONE}</table:table-row>"
    found = book(content_xml(sheet(row_) + sheet(row_, "'file:///alt.ods'#$Blatt")))
    assert [page.name for page in found] == ["Blatt"]
    assert [note.code for note in found.notes] == [NoteCode.LINKS_OUTSIDE]


def test_a_remark_on_a_cell_is_not_its_content() -> None:
    remark = "<office:annotation><text:p>bitte prüfen</text:p></office:annotation>"
    cells = (
        f'<table:table-cell office:value-type="string">{remark}<text:p>Zugänge</text:p>'
        f"</table:table-cell>{ONE}"
    )
    assert said(of(f"<table:table-row>{cells}</table:table-row>")) == {
        (0, 0): "Zugänge",
        (0, 1): "1",
    }


def test_a_million_empty_formatted_rows_are_their_few_cells() -> None:
    empty = (
        '<table:table-row table:style-name="ro1"><table:table-cell table:style-name="ce1"/>'
        "</table:table-row>"
    )
    row_ = f"<table:table-row>{ONE}</table:table-row>"
    assert said(of(row_ + 100_000 * empty + row_)) == {(0, 0): "1", (100_001, 0): "1"}


def test_two_lines_that_make_millions_of_cells_are_not_made() -> None:
    one = f"<table:table-row>{ONE}</table:table-row>"
    many = ONE.replace("<table:table-cell", '<table:table-cell table:number-columns-repeated="900"')
    rows = f'<table:table-row table:number-rows-repeated="1000000">{many}</table:table-row>'
    found = of(one + rows)
    assert found.cut
    assert said(found) == {(0, 0): "1"}
    with pytest.raises(NotReadable) as refused:
        of(rows)
    assert refused.value.code is FlawCode.TOO_MANY_CELLS


def test_a_long_text_that_is_repeated_is_not_made() -> None:
    said_ = f"<text:p>{30_000 * 'x'}</text:p>"
    cell_ = f'<table:table-cell office:value-type="string">{said_}</table:table-cell>'
    rows = f'<table:table-row table:number-rows-repeated="200000">{cell_}</table:table-row>'
    with pytest.raises(NotReadable) as refused:
        of(rows)
    assert refused.value.code is FlawCode.TOO_MANY_CELLS


def test_more_cells_than_kept_are_cut() -> None:
    row_ = f"<table:table-row>{ONE}{ONE}</table:table-row>"
    found = book(content_xml(sheet(20 * row_) + sheet(row_, "danach")), cells=9)
    assert found.cut
    assert len(found.pages[0].cells) == 8


def test_a_password_is_noticed() -> None:
    spaces = 'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
    content = zipped({
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": f"<manifest:manifest {spaces}><manifest:file-entry>"
        "<manifest:encryption-data/></manifest:file-entry></manifest:manifest>",
        "content.xml": b"\x93\x11\x07",
    })  # fmt: skip
    with pytest.raises(NotReadable) as refused:
        book(content)
    assert refused.value.code is FlawCode.PASSWORD
