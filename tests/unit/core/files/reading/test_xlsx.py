"""XLSX: numbers as typed, and everything a person sees or does not see."""

from __future__ import annotations

import datetime as dt
import zipfile
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest

from tests.unit.core.files.reading.making import by_hand, parts, xlsx, zipped
from wirknetz.core.files.grid import Area, Book, GridCell, NoteCode, Page
from wirknetz.core.files.reading import Limits, read

MOMENT = dt.datetime.fromisoformat("2025-09-30T08:15")


def book(content: bytes, **limits: int) -> Book:
    return read(content, name="klinik.xlsx", limits=Limits(**limits))


def page(content: bytes) -> Page:
    return book(content).pages[0]


def notes(found: Book) -> dict[NoteCode, dict[str, str]]:
    return {note.code: dict(note.params) for note in found.notes}


def with_part(content: bytes, name: str, part: bytes | str) -> bytes:
    with zipfile.ZipFile(BytesIO(content)) as source:
        members = {item: source.read(item) for item in source.namelist()}
    return zipped(members | {name: part if isinstance(part, bytes) else part.encode()})


def test_numbers_are_what_was_typed() -> None:
    stored = ["12", "12.0", "0", "-3", "0.10000000000000001", "12.35", "1234567.89", "1E3"]
    cells = "".join(f'<c r="{"ABCDEFGH"[n]}1"><v>{value}</v></c>' for n, value in enumerate(stored))
    found = page(by_hand(f'<row r="1">{cells}</row>'))
    said = [str(found.cells[0, column].content) for column in range(len(stored))]
    assert said == ["12", "12", "0", "-3", "0.1", "12.35", "1234567.89", "1000"]
    assert found.cells[0, 0] == GridCell(Decimal(12), percent=False, formula=False)


def test_each_kind_of_content_stays_what_it_is() -> None:
    def fill(workbook: Any, sheet: Any) -> None:
        day = workbook.add_format({"num_format": "dd.mm.yyyy"})
        moment = workbook.add_format({"num_format": "dd.mm.yyyy hh:mm"})
        sheet.write_datetime(0, 0, dt.date(2025, 9, 30), day)
        sheet.write_datetime(0, 1, MOMENT, moment)
        sheet.write_boolean(0, 2, True)
        sheet.write_string(0, 3, "1.204")
        sheet.write_string(0, 4, "Frauen\r\n18–29")
        sheet.write_string(0, 5, "   ")

    contents = {at[1]: cell.content for at, cell in page(xlsx(fill)).cells.items()}
    assert contents == {
        0: dt.date(2025, 9, 30),
        1: MOMENT,
        2: True,
        3: "1.204",
        4: "Frauen\n18–29",
    }


@pytest.mark.parametrize(
    ("shown_as", "percent"),
    [("0%", True), ("0.0 %", True), ('0" %"', True), ("0.00", False), ("#,##0", False), (10, True)],
)
def test_what_is_shown_as_a_percentage_is_marked(shown_as: str | int, percent: bool) -> None:
    def fill(workbook: Any, sheet: Any) -> None:
        sheet.write(0, 0, 0.5, workbook.add_format({"num_format": shown_as}))
        sheet.write(0, 1, "50", workbook.add_format({"num_format": shown_as}))

    found = page(xlsx(fill))
    assert found.cells[0, 0].percent is percent
    assert found.cells[0, 1].percent is False


def test_hidden_rows_columns_and_sheets_are_kept_and_marked() -> None:
    def fill(workbook: Any, sheet: Any) -> None:
        for row in range(4):
            sheet.write_row(row, 0, [row, row, row, row])
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column(1, 2, None, None, {"hidden": True})
        for name, hide in (("alt", "hide"), ("sehr alt", "very_hidden")):
            other = workbook.add_worksheet(name)
            other.write(0, 0, 1)
            getattr(other, hide)()

    found = book(xlsx(fill))
    first = found.pages[0]
    assert (first.hidden_rows, first.hidden_columns) == ({2}, {1, 2})
    assert [sheet.hidden for sheet in found] == [False, True, True]
    assert first.is_hidden(2, 0)
    assert first.is_hidden(0, 1)
    assert not first.is_hidden(0, 0)
    assert [n.params["page"] for n in found.notes if n.code is NoteCode.HIDDEN_SHEET] == [
        "alt", "sehr alt",
    ]  # fmt: skip


def test_a_filter_is_worth_a_word_only_where_it_hides_something() -> None:
    def filtered(hide: bool) -> bytes:
        def fill(_: Any, sheet: Any) -> None:
            sheet.write_column(0, 0, ["Träger", "A", "B"])
            sheet.autofilter(0, 0, 2, 0)
            sheet.filter_column(0, "x == A")
            if hide:
                sheet.set_row(2, None, None, {"hidden": True})

        return xlsx(fill)

    assert notes(book(filtered(hide=True)))[NoteCode.FILTERED] == {"page": "Blatt"}
    assert NoteCode.FILTERED not in notes(book(filtered(hide=False)))


def test_merged_cells_stand_at_their_corner_and_hide_what_lies_under_them() -> None:
    rows = (
        '<row r="2"><c r="B2"><v>1</v></c><c r="C2"><v>99</v></c></row>'
        '<row r="3"><c r="B3"><v>98</v></c></row>'
    )
    found = page(by_hand(rows, after='<mergeCells><mergeCell ref="B2:C3"/></mergeCells>'))
    assert found.merged == (Area(1, 1, 2, 2),)
    assert {at: cell.text for at, cell in found.cells.items()} == {(1, 1): "1"}


def test_formulas_are_marked_and_those_without_a_value_are_told() -> None:
    rows = (
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>A1</f></c>'
        '<c r="C1"><f>A1</f><v></v></c><c r="D1" t="str"><f>""</f><v></v></c></row>'
    )
    found = book(by_hand(rows))
    assert found.pages[0].cells[0, 0].formula is True
    assert set(found.pages[0].cells) == {(0, 0)}
    assert notes(found) == {
        NoteCode.FORMULA_WITHOUT_VALUE: {"page": "Blatt", "place": "B1", "count": "2"}
    }


def test_an_error_stays_as_text_and_is_told() -> None:
    rows = '<row r="3"><c r="B3" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="C3"><v>7</v></c></row>'
    found = book(by_hand(rows))
    cell = found.pages[0].cells[2, 1]
    assert (cell.content, cell.formula) == ("#DIV/0!", True)
    assert notes(found) == {
        NoteCode.ERROR_VALUE: {"page": "Blatt", "place": "B3", "count": "1", "text": "#DIV/0!"}
    }


def test_macros_and_links_to_other_files_are_told() -> None:
    plain = by_hand('<row r="1"><c r="A1"><v>1</v></c></row>')
    told = notes(book(with_part(plain, "xl/vbaProject.bin", b"\xd0\xcf")))
    assert set(told) == {NoteCode.MACROS}
    told = notes(book(with_part(plain, "xl/externalLinks/externalLink1.xml", "<a/>")))
    assert set(told) == {NoteCode.LINKS_OUTSIDE}


def test_a_chart_sheet_is_left_out_with_a_word() -> None:
    def fill(workbook: Any, sheet: Any) -> None:
        sheet.write(0, 0, 1)
        chart = workbook.add_chart({"type": "bar"})
        chart.add_series({"values": "=Blatt!$A$1:$A$1"})
        workbook.add_chartsheet("Bild").set_chart(chart)

    found = book(xlsx(fill))
    assert [sheet.name for sheet in found] == ["Blatt"]
    assert notes(found) == {NoteCode.OTHER_SHEET: {"page": "Bild"}}


def test_places_are_those_of_the_file() -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.write(6, 2, "erste")
        sheet.write(9, 4, "letzte")

    found = page(xlsx(fill))
    assert {at: cell.text for at, cell in found.cells.items()} == {
        (6, 2): "erste",
        (9, 4): "letzte",
    }
    assert found.address(6, 2).a1 == "C7"
    assert (found.rows, found.columns) == (10, 5)


ROWS = '<row><c><v>1</v></c><c t="s"><v>0</v></c></row><row><c/><c><v>4</v></c></row>'


def test_places_that_are_not_written_down_are_counted() -> None:
    found = page(by_hand(ROWS, shared="<si><t>zwei</t></si>"))
    assert {at: cell.text for at, cell in found.cells.items()} == {
        (0, 0): "1",
        (0, 1): "zwei",
        (1, 1): "4",
    }


def test_places_are_counted_rightly_after_empty_cells_with_places() -> None:
    rows = '<row r="1"><c r="A1" s="1"/><c><v>2</v></c></row><row r="3"><c r="A3" s="1"/></row>'
    found = page(by_hand(rows + "<row><c><v>7</v></c></row>"))
    assert {at: cell.text for at, cell in found.cells.items()} == {(0, 1): "2", (3, 0): "7"}


def test_other_prefixes_and_texts_in_pieces_are_read() -> None:
    members = parts('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>5</v></c></row>')
    sheet = members["xl/worksheets/sheet1.xml"].replace("<", "<x:").replace("<x:/", "</x:")
    members["xl/worksheets/sheet1.xml"] = sheet.replace("xmlns=", "xmlns:x=")
    members["xl/sharedStrings.xml"] = members["xl/sharedStrings.xml"].replace(
        "></sst>",
        "><si><r><t>Neu</t></r><r><t>fälle</t></r><rPh><t>x</t></rPh></si></sst>",
    )
    found = page(zipped(members))
    assert {at: cell.text for at, cell in found.cells.items()} == {(0, 0): "Neufälle", (0, 1): "5"}


def test_drawings_and_extensions_behind_the_cells_change_nothing() -> None:
    after = (
        '<extLst><ext xmlns:xm="urn:x"><xm:f>Blatt!A1</xm:f></ext></extLst>'
        '<controls xmlns:xdr="urn:y"><xdr:row>7</xdr:row><xdr:col>3</xdr:col></controls>'
    )
    rows = '<row r="1"><c r="A1" s="0"/><c r="B1"><v>5</v></c></row>'
    cell = page(by_hand(rows, after=after)).cells[0, 1]
    assert (cell.text, cell.formula) == ("5", False)


def test_more_cells_than_kept_are_counted_but_cut() -> None:
    def fill(workbook: Any, sheet: Any) -> None:
        for row in range(50):
            sheet.write_row(row, 0, [row, f"Zeile {row}", 0.5, row, row])
        workbook.add_worksheet("danach").write(0, 0, 1)

    found = book(xlsx(fill), cells=101)
    first = found.pages[0]
    assert found.cut
    assert (len(first.cells), first.rows, first.columns) == (100, 50, 5)
    assert first.cells[19, 1].text == "Zeile 19"
    assert notes(found)[NoteCode.CUT] | {"page": "Blatt"} == {
        "page": "Blatt", "rows": "1", "columns": "1", "kept_rows": "0", "kept_columns": "1",
    }  # fmt: skip
    assert [n.params["kept_rows"] for n in found.notes] == ["20", "0"]


def test_a_lonely_cell_far_away_does_not_cost_the_table() -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, range(900))
        sheet.write(1_048_575, 0, "x")

    found = book(xlsx(fill))
    assert found.cut
    assert (len(found.pages[0].cells), found.pages[0].rows) == (900, 1_048_576)


def test_a_million_empty_formatted_rows_are_their_few_cells() -> None:
    empty = "".join(
        f'<row r="{n}"><c r="A{n}" s="0"/><c r="B{n}" s="0"/></row>' for n in range(3, 100_000)
    )
    rows = '<row r="2"><c r="A2" s="0"/><c r="B2"><v>1</v></c></row>'
    found = page(by_hand(rows + empty + '<row r="1000000"><c r="B1000000"><v>2</v></c></row>'))
    assert {at: cell.text for at, cell in found.cells.items()} == {(1, 1): "1", (999_999, 1): "2"}
