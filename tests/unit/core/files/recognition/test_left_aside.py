"""What is never taken, and the word that is said about it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.core.files.recognition.asked import MEASURES, QUARTER, answer, asked, values
from tests.unit.core.files.recognition.drawing import drawn, page
from wirknetz.core.files.grid import Book, FileKind, Note, NoteCode, Page
from wirknetz.core.files.recognition import recognise
from wirknetz.core.files.recognition.model import AsideCode, QuestionCode

GENDER = {"begonnen|gender=w": "5", "begonnen|gender=m": "6"}


def book_of(*pages: Page) -> Book:
    return Book("meldung.xlsx", FileKind.XLSX, "0" * 64, pages)


@pytest.mark.parametrize(
    "drawing",
    [
        "Kennzahl | Frauen | % | Männer | %\nZugänge | 5 | 45 | 6 | 55",
        "Kennzahl | Frauen | Anteil | Männer | Anteil\nZugänge | 5 | 45% | 6 | 55%",
        "Kennzahl | Frauen | Männer\nZugänge | 5 | 6\nIntegrationsquote | 40 | 50",
        "Kennzahl | Frauen | Männer\nZugänge | 5 | 6\nIntegrationsquote | '50,0 % | '40,0 %",
    ],
)
def test_percentages_and_rates_are_no_counts(drawing: str) -> None:
    reading = recognise(drawn(drawing), QUARTER)
    assert values(reading.taken) == GENDER
    assert AsideCode.PERCENT in {word.code for word in reading.asides}


def test_plans_are_left_aside_and_asked_for_only_where_nothing_else_is() -> None:
    both = recognise(drawn("Kennzahl | Plan | Ist\nZugänge | 50 | 44"), QUARTER)
    assert values(both.taken) == {"begonnen": "44"}
    assert both.ready
    (question,) = recognise(drawn("Kennzahl | Soll\nZugänge | 50"), QUARTER).questions
    assert question.code is QuestionCode.PLAN
    used = recognise(
        drawn("Kennzahl | Soll\nZugänge | 50"), QUARTER, steps=[answer(question, "use")]
    )
    assert values(used.taken) == {"begonnen": "50"}


def test_rows_of_other_organisations_are_left_aside() -> None:
    drawing = "Träger | Kennzahl | Wert\nDiakonie | Zugänge | 50\nKlinik A | Zugänge | 44"
    reading = recognise(drawn(drawing), QUARTER)
    assert values(reading.taken) == {"begonnen": "44"}
    assert AsideCode.OTHER_ORGANISATION in {word.code for word in reading.asides}


def test_a_file_of_another_organisation_gives_nothing() -> None:
    drawing = "Träger | Kennzahl | Wert\nDiakonie | Zugänge | 50\nDiakonie | Bestand | 44"
    reading = recognise(drawn(drawing), QUARTER)
    assert [q.code for q in reading.questions] == [QuestionCode.ORGANISATION]
    assert reading.taken == ()


def test_houses_nobody_knows_are_asked() -> None:
    drawing = "Träger | Kennzahl | Wert\nHaus A | Zugänge | 50\nHaus B | Zugänge | 44"
    reading = recognise(drawn(drawing), QUARTER)
    assert {q.code for q in reading.questions} == {QuestionCode.ORGANISATION}
    assert reading.taken == ()


def test_hidden_rows_columns_and_sheets_are_left_aside_with_a_word() -> None:
    shown = "Kennzahl | Frauen | Männer | intern\nZugänge | 5 | 6 | 99"
    column = recognise(book_of(page(shown, hidden_columns=[3])), QUARTER)
    assert values(column.taken) == GENDER
    assert [word.code for word in column.asides] == [AsideCode.HIDDEN]
    assert column.ready
    sheet = recognise(
        book_of(page("Zugänge | 5", name="Bericht"), page("Zugänge | 9", name="Alt", hidden=True)),
        QUARTER,
    )
    assert values(sheet.taken) == {"begonnen": "5"}


def test_the_only_number_is_hidden() -> None:
    book = book_of(page("Zugänge | 5\nBestand | 9", hidden_rows=[0]))
    (question,) = recognise(book, QUARTER).questions
    assert question.code is QuestionCode.HIDDEN
    used = recognise(book, QUARTER, steps=[answer(question, "use")])
    assert values(used.taken) == {"begonnen": "5", "laufend": "9"}


def test_a_hidden_part_of_a_breakdown_is_asked() -> None:
    book = book_of(page("Kennzahl | Frauen | Männer\nZugänge | 5 | 6", hidden_columns=[2]))
    assert [q.code for q in recognise(book, QUARTER).questions] == [QuestionCode.HIDDEN]


def test_remarks_telephone_dates_and_years_are_no_numbers() -> None:
    reading = recognise(
        drawn("""
        Jahresbericht 2025   |
        Ansprechperson: Frau Muster, Tel. 0231 12345 |
        Telefon              | 12345
        Stand                | 12.10.2025
        Jahr                 | 2025
        Quartal              | 3
        -----
        Zugänge              | 7
        """),
        QUARTER,
    )
    assert values(reading.taken) == {"begonnen": "7"}
    assert reading.ready


def test_rows_nobody_asks_for_are_left_alone() -> None:
    every = "\n".join(f"{measure.name} | 7" for measure in MEASURES[3:])
    reading = recognise(
        drawn(f"Begonnene Begleitungen | 9\nRegulär beendete Begleitungen | 8\n"
              f"Davon in Arbeit oder Ausbildung | 5\n{every}\nVerpflegungstage | 300"),
        QUARTER,
    )  # fmt: skip
    assert asked(reading) == []
    assert len(reading.taken) == len(MEASURES)


def test_a_book_that_was_cut_gives_nothing() -> None:
    book = replace(drawn("Zugänge | 7"), notes=(Note(NoteCode.CUT),))
    reading = recognise(book, QUARTER)
    assert (reading.taken, reading.proposed, reading.questions) == ((), (), ())
    assert reading.missing == tuple(measure.code for measure in QUARTER.measures)
