"""Text files: every encoding and separator German offices produce; numbers stay as typed."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.core.files.reading.making import lines
from wirknetz.core.files.grid import Book, FileKind, FlawCode, NoteCode, NotReadable
from wirknetz.core.files.reading import Limits, read

ENCODINGS = (
    "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1",
    "iso8859-9", "iso8859-15", "cp850", "cp437", "mac_roman", "cp1254",
)  # fmt: skip
WORDS = (
    "Träger", "Männer", "Übergänge", "Maßnahme", "größer", "Öffentlich", "Ärztin", "GRÖSSE",
    "Straße", "für", "geöffnet", "Fußnote", "Öl", "Müller", "Jörg", "Neuübernahme", "ÜBERSICHT",
    "Café", "Rückmeldung", "Höhe", "Söhne", "weiß",
)  # fmt: skip


def book(content: bytes, **limits: int) -> Book:
    return read(content, name="meldung.csv", limits=Limits(**limits))


def rows(content: bytes | str) -> list[list[str]]:
    """What stands in the file, row by row, without empty cells at the end."""
    raw = content.encode() if isinstance(content, str) else content
    page = book(raw).pages[0]
    table = [["" for _ in range(page.columns)] for _ in range(page.rows)]
    for (row, column), cell in page.cells.items():
        table[row][column] = cell.text
    return table


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("word", WORDS)
def test_one_umlaut_is_enough(word: str, encoding: str) -> None:
    content = lines(["Kennzahl", "Anzahl"], [word, 12]).encode(encoding)
    assert rows(content) == [["Kennzahl", "Anzahl"], [word, "12"]]


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
@pytest.mark.parametrize("said", ["18–29 Jahre", "„Zugänge“", "12 € je Fall", "§ 16 SGB II, Größe"])
def test_dashes_quotes_and_signs_are_kept(said: str, encoding: str) -> None:
    assert rows(f"{said};1\r\n".encode(encoding))[0][0] == said


@pytest.mark.parametrize("names", [["Yılmaz", "Ayşe", "Gündoğdu"], ["Wójcik", "Jabłoński"]])
def test_names_of_others_are_kept(names: list[str]) -> None:
    encoding = "cp1254" if "Ayşe" in names else "cp1250"
    assert rows(";".join(names).encode(encoding)) == [names]


def test_text_saved_as_utf8_twice_is_put_right() -> None:
    twice = "Träger;Größe\r\n".encode().decode("cp1252").encode()
    assert rows(twice) == [["Träger", "Größe"]]


def test_another_encoding_than_usual_is_told() -> None:
    assert [n.params for n in book("Träger;1".encode("cp850")).notes] == [{"encoding": "cp850"}]
    assert book("Träger;1".encode("utf-8-sig")).notes == ()
    assert book("Träger;1".encode("utf-16")).notes == ()


def test_a_sign_that_is_none_is_replaced_and_told() -> None:
    content = lines(["Träger", "Männer", "über", "für"] * 5, ["x", "a\udcffb"])
    found = book(content.encode("utf-8", "surrogateescape"))
    assert [(n.code, n.params["place"]) for n in found.notes] == [(NoteCode.REPLACED, "B2")]
    assert found.pages[0].cells[0, 0].text == "Träger"


@pytest.mark.parametrize("mark", [";", "\t", "|", ","])
def test_the_separator_is_found(mark: str) -> None:
    table = [["Kennzahl", "Frauen", "Männer"], ["Zugänge", "12", "7"], ["Abgänge", "3", "4"]]
    content = "\n".join(mark.join(row) for row in table)
    assert rows(content) == table


@pytest.mark.parametrize(
    "content",
    [
        "Kennzahl;Anzahl\nZugänge;12,00\nAbgänge;25,50\n",
        "Bericht, Stand: Oktober, Klinik A\n\nKennzahl;Anzahl\nZugänge;1.204,5\n",
        "Beratungen, Gespräche, Hilfen;12\nKinder, Jugendliche;3\n",
    ],
)
def test_commas_in_numbers_and_sentences_separate_nothing(content: str) -> None:
    assert rows(content) == [
        [*line.split(";"), *[""] * (1 - line.count(";"))] for line in content.splitlines()
    ]


@pytest.mark.parametrize("content", ["Zugänge,12\nAbgänge,3\n", "Kennzahl,Anzahl\nA,1\nB,2"])
def test_commas_separate_where_nothing_else_does(content: str) -> None:
    assert rows(content) == [line.split(",") for line in content.splitlines()]


@pytest.mark.parametrize("first", ["sep=;", "SEP=;", '"sep=;"', "sep=;;;"])
def test_the_line_that_names_the_separator_counts_and_is_not_shown(first: str) -> None:
    assert rows(f"{first}\r\na,b;1\r\n") == [["a,b", "1"]]


def test_quoted_headings_of_several_lines_are_one_row() -> None:
    content = 'Merkmal\t"Frauen\r\n18-29"\t"sagt ""ja"""\nZugänge\t1\t2\r'
    assert rows(content) == [["Merkmal", "Frauen\n18-29", 'sagt "ja"'], ["Zugänge", "1", "2"]]


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "mixed"])
def test_line_ends_may_be_mixed(end: str) -> None:
    ends = ["\r\n", "\r", "\n"] if end == "mixed" else [end] * 3
    content = "".join(f"{name};1{stop}" for name, stop in zip("abc", ends, strict=True))
    assert rows(content) == [["a", "1"], ["b", "1"], ["c", "1"]]


def test_a_quote_that_is_never_closed_swallows_nothing() -> None:
    content = 'Kennzahl;Anzahl\n"Zugänge;12\nAbgänge;3\nBeginn;4\n'
    assert [row[1] for row in rows(content)] == ["Anzahl", "12", "3", "4"]
    swallowing = 'a;1\n"b;2\nc;3\nd;4\n"e";5\n'
    assert [row[1] for row in rows(swallowing)] == ["1", "2", "3", "4", "5"]


def test_separators_at_the_end_make_no_columns() -> None:
    page = book(b"a;1;;;\r\nb;2;;;\r\n;;;;\r\n").pages[0]
    assert (page.rows, page.columns, len(page.cells)) == (2, 2, 4)


CELL = st.text(st.sampled_from('aäß1,.; |\t"'), max_size=6)


@given(st.lists(st.lists(CELL, min_size=2, max_size=4), min_size=1, max_size=5))
def test_what_is_named_and_quoted_comes_back(table: list[list[str]]) -> None:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=";", quoting=csv.QUOTE_ALL).writerows([["Träger"], *table])
    page = book(b"sep=;\n" + buffer.getvalue().encode()).pages[0]
    expected = {
        (row, column): said
        for row, line in enumerate([["Träger"], *table])
        for column, said in enumerate(line)
        if said.strip()
    }
    assert {at: cell.text for at, cell in page.cells.items()} == expected


def test_numbers_stay_as_they_were_typed() -> None:
    typed = ["1.204", "1 204", "1'204", "12,00", "50 %", "k. A.", "< 3", "=1+1", "-3", "0012"]
    found = book(lines(typed).encode()).pages[0]
    assert [cell.content for cell in found.cells.values()] == typed
    assert {cell.formula for cell in found.cells.values()} == {False}


def test_there_is_one_page_whatever_the_name() -> None:
    found = read(b"a;1", name="bericht.xlsx")
    assert (found.kind, len(found.pages), found.pages[0].hidden) == (FileKind.TEXT, 1, False)


@pytest.mark.parametrize("said", ["a", '"a"'])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_more_than_is_kept_is_counted(said: str, end: str) -> None:
    content = f"{said};1{end}" * 60 + f"{end};;{end}"
    found = book(content.encode(), cells=41)
    assert found.cut
    assert (len(found.pages[0].cells), found.pages[0].rows) == (40, 60)


@pytest.mark.parametrize(
    ("content", "looks_like"),
    [
        ('<html xmlns:x="urn:office:excel"><table><tr><td>1', "html"),
        ('<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "xml_2003"),
        ("ID;PWXL;N;E\r\nP;PGeneral\r\n", "sylk"),
    ],
)
def test_tables_of_other_formats_are_named(content: str, looks_like: str) -> None:
    with pytest.raises(NotReadable) as refused:
        book(content.encode())
    assert refused.value.code is FlawCode.OLD_FORMAT
    assert refused.value.params["looks_like"] == looks_like


@pytest.mark.parametrize(
    ("content", "looks_like"),
    [
        ('{"a": 1}', "json"),
        ("<?xml version='1.0'?><a/>", "xml"),
        ("Received: von\r\nSubject: Zahlen\r\n\r\nHallo", "mail"),
    ],
)
def test_texts_that_are_no_tables_are_named(content: str, looks_like: str) -> None:
    with pytest.raises(NotReadable) as refused:
        book(content.encode())
    assert refused.value.code is FlawCode.NOT_A_TABLE
    assert refused.value.params["looks_like"] == looks_like
