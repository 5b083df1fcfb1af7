"""Totals are compared with their parts and never added; what disagrees is asked."""

from __future__ import annotations

from tests.unit.core.files.recognition.asked import QUARTER, answer, asked, values
from tests.unit.core.files.recognition.drawing import drawn
from wirknetz.core.files.grid import Area
from wirknetz.core.files.recognition import recognise
from wirknetz.core.files.recognition.model import AsideCode, QuestionCode

AGREEING = """
    Kennzahl | Frauen | Männer | Summe
    Zugänge  | 5      | 6      | 11
    """
DISAGREEING = """
    Kennzahl | Frauen | Männer | Summe
    Zugänge  | 5      | 6      | 12
    """
PARTS = {"begonnen|gender=w": "5", "begonnen|gender=m": "6"}


def test_a_total_that_agrees_is_compared_and_not_taken() -> None:
    reading = recognise(drawn(AGREEING), QUARTER)
    assert values(reading.taken) == PARTS
    (word,) = reading.asides
    assert (word.code, word.area) == (AsideCode.SUM_AGREES, Area(1, 3, 1, 3))


def test_a_total_that_disagrees_holds_its_parts() -> None:
    reading = recognise(drawn(DISAGREEING), QUARTER)
    (question,) = reading.questions
    assert question.code is QuestionCode.SUM
    assert {place.a1 for place in question.places} == {"B2", "C2", "D2"}
    assert {target.key for target in question.holds} == set(PARTS)
    assert question.params["difference"] == "1"
    assert reading.taken == ()


def test_the_person_says_whether_parts_or_total_are_right() -> None:
    (question,) = recognise(drawn(DISAGREEING), QUARTER).questions
    for code, expected in {"parts": PARTS, "total": {"begonnen": "12"}, "ignore": {}}.items():
        reading = recognise(drawn(DISAGREEING), QUARTER, steps=[answer(question, code)])
        assert values(reading.taken) == expected
        assert question.key not in {q.key for q in reading.questions}


def test_a_row_of_sums_without_a_label_is_recognised() -> None:
    drawing = """
        Geschlecht | Zugänge | Regulär beendet
        weiblich   | 5       | 2
        männlich   | 6       | 3
                   | 11      | {}
        """
    agreeing = recognise(drawn(drawing.format(5)), QUARTER)
    assert asked(agreeing) == []
    assert values(agreeing.taken).keys() >= PARTS.keys()
    assert asked(recognise(drawn(drawing.format(9)), QUARTER)) == ["sum"]


def test_a_row_without_a_label_that_is_no_sum_is_asked() -> None:
    reading = recognise(
        drawn("""
        Kennzahl        | Frauen | Männer
        Zugänge         | 5      | 6
                        | 2      | 3
        """),
        QUARTER,
    )
    (question,) = reading.questions
    assert question.code is QuestionCode.LABEL
    assert values(reading.taken) == PARTS


def test_a_grand_total_is_compared_across_two_breakdowns() -> None:
    drawing = """
                | Frauen | <     | Männer | <     | Gesamt
                | 18-29  | 30-49 | 18-29  | 30-49 | ^
        Zugänge | 1      | 2     | 3      | 4     | {}
        """
    assert asked(recognise(drawn(drawing.format(10)), QUARTER)) == []
    assert asked(recognise(drawn(drawing.format(11)), QUARTER)) == ["sum"]


def test_two_breakdowns_without_a_total_must_add_up_to_the_same() -> None:
    drawing = """
        Zugänge  |
        weiblich | 5
        männlich | 6
        18-29    | 4
        30-49    | 4
        50+      | {}
        """
    assert asked(recognise(drawn(drawing.format(3)), QUARTER)) == []
    assert asked(recognise(drawn(drawing.format(4)), QUARTER)) == ["sum"]


def test_one_part_alone_is_no_breakdown() -> None:
    reading = recognise(drawn("Zugänge | 12\ndavon Frauen | 5"), QUARTER)
    assert values(reading.taken) == {"begonnen": "12"}
    assert reading.ready


def test_parts_of_the_row_above_need_the_sum_or_the_word_davon() -> None:
    confirmed = recognise(drawn("Zugänge | 11\nFrauen | 5\nMänner | 6"), QUARTER)
    assert values(confirmed.taken) == PARTS
    open_ones = recognise(drawn("Zugänge |\nBestand | 9\nFrauen | 5\nMänner | 6"), QUARTER)
    assert not open_ones.ready
    assert not values(open_ones.taken).keys() & PARTS.keys()


def test_a_sum_over_different_measures_is_none_of_them() -> None:
    reading = recognise(drawn("Zugänge | 5\nÜbergaben an andere Träger | 6\nGesamt | 11"), QUARTER)
    assert values(reading.taken) == {"begonnen": "5", "uebergaben": "6"}
    assert reading.ready


def test_unknown_parts_under_a_total_leave_the_total() -> None:
    reading = recognise(
        drawn("""
        Kennzahl | Standort A | Standort B | Summe
        Zugänge  | 5          | 6          | 11
        """),
        QUARTER,
    )
    assert values(reading.taken) == {"begonnen": "11"}
    assert reading.ready


def test_empty_cells_say_nothing() -> None:
    reading = recognise(
        drawn("""
        Kennzahl | Frauen | Männer | divers | Summe
        Zugänge  | 5      | 6      |        | 11
        """),
        QUARTER,
    )
    assert values(reading.taken) == PARTS


def test_an_empty_cell_that_the_total_needs_is_asked() -> None:
    reading = recognise(
        drawn("""
        Kennzahl | Frauen | Männer | divers | Summe
        Zugänge  | 5      | 6      |        | 12
        """),
        QUARTER,
    )
    assert asked(reading) == ["sum"]
    assert reading.taken == ()


def test_finer_parts_than_asked_are_added_up() -> None:
    reading = recognise(drawn("Kennzahl | Frauen | Männer\nBestand | 5 | 6"), QUARTER)
    (taken,) = reading.taken
    assert values(reading.taken) == {"laufend": "11"}
    assert {place.a1 for place in taken.sources} == {"B2", "C2"}
    assert {word.code for word in reading.asides} == {AsideCode.FINER}


def test_a_label_over_rows_without_one_is_not_taken_for_its_own_row_alone() -> None:
    reading = recognise(
        drawn("""
        Geschlecht | Zugänge
        weiblich   | 5
                   | 6
                   | 7
        männlich   | 1
        """),
        QUARTER,
    )
    assert "begonnen|gender=w" not in values(reading.taken)
    assert not reading.ready


def test_a_heading_beside_columns_without_one_is_not_taken_for_its_own_column_alone() -> None:
    reading = recognise(
        drawn("""
        Kennzahl | Frauen |   | Männer |
        Zugänge  | 5      | 6 | 7      | 8
        """),
        QUARTER,
    )
    assert reading.taken == ()
    assert not reading.ready
