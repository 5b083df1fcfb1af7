"""XLS: values, and what its records tell beside them."""

from __future__ import annotations

import struct
from decimal import Decimal

import pytest

from tests.unit.core.files.reading import making_xls as making
from tests.unit.core.files.reading.making_xls import XlsSheet, label, number, xls
from wirknetz.core.files.grid import Area, Book, FileKind, FlawCode, NoteCode, NotReadable
from wirknetz.core.files.reading import Limits, read


def book(content: bytes, **limits: int) -> Book:
    return read(content, name="alt.xls", limits=Limits(**limits))


def test_values_and_percentages_are_read() -> None:
    cells = [label(0, 0, "Zugänge"), number(0, 1, 12), number(1, 1, 0.1), number(1, 2, 0.45, 1)]
    found = book(xls(XlsSheet("Übersicht", cells), formats=["0.0%"]))
    assert found.kind is FileKind.XLS
    page = found.page("Übersicht")
    assert {at: cell.content for at, cell in page.cells.items()} == {
        (0, 0): "Zugänge", (0, 1): Decimal(12), (1, 1): Decimal("0.1"), (1, 2): Decimal("0.45"),
    }  # fmt: skip
    assert {at for at, cell in page.cells.items() if cell.percent} == {(1, 2)}
    assert (page.rows, page.columns) == (2, 3)


def test_hidden_and_merged_are_marked() -> None:
    cells = [
        making.hidden_columns(1, 2), making.hidden_row(1),
        label(0, 0, "a"), number(1, 1, 1), number(2, 3, 5), making.merged(0, 0, 0, 2),
    ]  # fmt: skip
    found = book(xls(XlsSheet("Neu", cells), XlsSheet("Alt", [number(0, 0, 1)], state=1)))
    page = found.pages[0]
    assert (page.hidden_rows, page.hidden_columns) == ({1}, {1, 2})
    assert page.merged == (Area(0, 0, 0, 2),)
    assert [page.hidden for page in found] == [False, True]
    assert [note.code for note in found.notes] == [NoteCode.HIDDEN_SHEET]


def test_formulas_and_errors_are_told() -> None:
    cells = [
        making.formula(0, 0, struct.pack("<d", 7.0)),
        making.formula(0, 1, making.error_result(0x07)),
        number(1, 0, 1),
    ]
    found = book(xls(XlsSheet("Blatt", cells)))
    held = found.pages[0].cells
    assert (held[0, 0].text, held[0, 0].formula, held[1, 0].formula) == ("7", True, False)
    assert held[0, 1].content == "#DIV/0!"
    assert [(n.code, n.params["place"]) for n in found.notes] == [(NoteCode.ERROR_VALUE, "B1")]


def test_places_are_those_of_the_file() -> None:
    page = book(xls(XlsSheet("Blatt", [number(6, 2, 1), number(9, 4, 2)]))).pages[0]
    assert set(page.cells) == {(6, 2), (9, 4)}


def test_a_sheet_that_is_too_large_is_cut() -> None:
    rows = [number(row, column, row) for row in range(100) for column in range(5)]
    found = book(xls(XlsSheet("Groß", rows), XlsSheet("Danach", [number(0, 0, 1)])), cells=50)
    assert found.cut
    assert len(found.pages[0].cells) == 50
    assert (found.pages[0].rows, found.pages[0].columns) == (100, 5)


def test_a_lonely_cell_far_away_does_not_cost_memory() -> None:
    found = book(xls(XlsSheet("Blatt", [number(0, 0, 1), number(65_535, 255, 2)])))
    assert found.cut
    assert set(found.pages[0].cells) == {(0, 0)}


def test_a_password_is_noticed() -> None:
    locked = making.record(0x002F, struct.pack("<HHH", 0, 1, 2))
    with pytest.raises(NotReadable) as refused:
        book(xls(XlsSheet("Blatt", [number(0, 0, 1)]), extra=locked))
    assert refused.value.code is FlawCode.PASSWORD


@pytest.mark.parametrize(
    ("stream", "code"),
    [
        ("EncryptedPackage", FlawCode.PASSWORD),
        ("WordDocument", FlawCode.NOT_A_TABLE),
        ("Anderes", FlawCode.DAMAGED),
    ],
)
def test_other_compound_files_are_named(stream: str, code: FlawCode) -> None:
    with pytest.raises(NotReadable) as refused:
        book(making.compound(stream, b"\x01" * 5000))
    assert refused.value.code is code


def test_a_ring_of_sectors_ends() -> None:
    content = bytearray(xls(XlsSheet("Blatt", [number(0, 0, 1)])))
    content[-512:-508] = struct.pack("<I", 0)  # the first sector follows itself
    with pytest.raises(NotReadable) as refused:
        book(bytes(content))
    assert refused.value.code is FlawCode.DAMAGED
