"""How numbers are read, and what is asked before one is taken."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.unit.core.files.recognition.asked import MEASURES, QUARTER, answer, asked, values
from tests.unit.core.files.recognition.drawing import drawn
from wirknetz.core.files.recognition import recognise
from wirknetz.core.files.recognition.model import QuestionCode

HOURS = replace(MEASURES[3], code="stunden", name="Arbeitsstunden", decimals=1)


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("'1.204", "1204"),
        ("'1 204", "1204"),
        ("''1'204"[1:], "1204"),
        ("'1,204.00", "1204"),
        ("'1.204,00", "1204"),
        ("'20 Personen", "20"),
        ("'30*", "30"),
    ],
)
def test_numbers_written_as_text(written: str, amount: str) -> None:
    reading = recognise(drawn(f"Zugänge | {written}"), QUARTER)
    assert values(reading.taken) == {"begonnen": amount}


def test_what_stands_behind_a_number_is_kept_as_a_remark() -> None:
    (taken,) = recognise(drawn("Zugänge | 82 (vorläufig)"), QUARTER).taken
    assert (taken.value.amount, taken.remark) == (Decimal(82), "vorläufig")


def test_an_ambiguous_style_is_one_question_for_the_sheet() -> None:
    hours = replace(QUARTER, measures=(HOURS,))
    (question,) = recognise(drawn("Arbeitsstunden | '12.500"), hours).questions
    assert question.code is QuestionCode.NUMBER_STYLE
    for code, amount in {"thousands:.": "12500", "decimal:.": "12.5"}.items():
        reading = recognise(
            drawn("Arbeitsstunden | '12.500"), hours, steps=[answer(question, code)]
        )
        assert values(reading.taken) == {"stunden": amount}


@pytest.mark.parametrize("text", ["< 3", "ca. 20", "3-5", "zwölf", "siehe Anlage"])
def test_what_is_no_plain_number_is_asked(text: str) -> None:
    reading = recognise(drawn(f"Zugänge | {text}\nBestand | 9"), QUARTER)
    (question,) = reading.questions
    assert question.code is QuestionCode.TEXT_NUMBER
    assert [target.key for target in question.holds] == ["begonnen"]
    assert values(reading.taken) == {"laufend": "9"}


def test_a_likely_number_is_proposed_and_not_taken() -> None:
    reading = recognise(drawn("Zugänge | zwölf"), QUARTER)
    assert values(reading.proposed) == {"begonnen": "12"}
    assert reading.taken == ()


@pytest.mark.parametrize(
    ("text", "state"), [("k. A.", "not_collected"), ("entfällt", "not_applicable")]
)
def test_words_for_no_number_are_states(text: str, state: str) -> None:
    assert values(recognise(drawn(f"Zugänge | {text}"), QUARTER).taken) == {"begonnen": state}


def test_a_dash_is_one_question_for_all_of_its_sheet() -> None:
    drawing = drawn(
        "Kennzahl | Frauen | Männer | divers\nZugänge | 5 | 6 | –\nRegulär beendet | 2 | 3 | –"
    )
    (question,) = recognise(drawing, QUARTER).questions
    assert question.code is QuestionCode.STATE
    assert len(question.holds) == 2
    zero = recognise(drawing, QUARTER, steps=[answer(question, "amount:0")])
    assert values(zero.taken)["begonnen|gender=d"] == "0"
    nothing = recognise(drawing, QUARTER, steps=[answer(question, "ignore")])
    assert "begonnen|gender=d" not in values(nothing.taken)


def test_a_dash_in_place_of_a_total_is_not_suggested_as_zero() -> None:
    (question,) = recognise(drawn("Zugänge | –"), QUARTER).questions
    assert question.suggested is None


def test_errors_of_formulas_are_asked() -> None:
    (question,) = recognise(drawn("Zugänge | #BEZUG!"), QUARTER).questions
    assert question.code is QuestionCode.ERROR


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("-3", QuestionCode.NEGATIVE),
        ("12.5", QuestionCode.DECIMALS),
        ("1000000000", QuestionCode.SIZE),
    ],
)
def test_numbers_that_cannot_be_are_asked(text: str, code: QuestionCode) -> None:
    reading = recognise(drawn(f"Zugänge | {text}"), QUARTER)
    assert [q.code for q in reading.questions] == [code]
    assert reading.taken == ()


@pytest.mark.parametrize(("now", "is_asked"), [("40", False), ("400", True), ("4", False)])
def test_size_is_compared_with_the_own_history(now: str, is_asked: bool) -> None:
    history = (Decimal(38), Decimal(35))
    begun = replace(MEASURES[0], history=history)
    reading = recognise(drawn(f"Zugänge | {now}"), replace(QUARTER, measures=(begun,)))
    assert [q.code for q in reading.questions] == ([QuestionCode.SIZE] if is_asked else [])


@pytest.mark.parametrize(("now", "is_asked"), [("45", False), ("70", False), ("150", True)])
def test_what_stands_out_of_the_usual_scatter_is_asked(now: str, is_asked: bool) -> None:
    history = tuple(map(Decimal, (38, 35, 40, 36, 41)))
    begun = replace(MEASURES[0], history=history)
    reading = recognise(drawn(f"Zugänge | {now}"), replace(QUARTER, measures=(begun,)))
    assert [q.code for q in reading.questions] == ([QuestionCode.SIZE] if is_asked else [])


def test_a_part_is_never_more_than_its_whole() -> None:
    drawing = drawn("Übergaben an andere Träger | 5\ndavon angekommen | 7")
    reading = recognise(drawing, QUARTER)
    (question,) = reading.questions
    assert question.code is QuestionCode.PART
    assert reading.taken == ()
    used = recognise(drawing, QUARTER, steps=[answer(question, "use")])
    assert values(used.taken) == {"uebergaben": "5", "uebergaben_angekommen": "7"}


def test_numbers_in_thousands_are_asked_and_not_taken_as_they_stand() -> None:
    drawing = drawn("Angaben in Tausend\nZugänge | 5")
    (question,) = recognise(drawing, QUARTER).questions
    assert recognise(drawing, QUARTER).taken == ()
    times = recognise(drawing, QUARTER, steps=[answer(question, "times:1000")])
    assert values(times.taken) == {"begonnen": "5000"}


def test_the_same_place_twice_with_two_numbers() -> None:
    drawing = drawn("Kennzahl | Geschlecht | Anzahl\nZugänge | w | 10\nZugänge | w | 11")
    (question,) = recognise(drawing, QUARTER).questions
    assert question.code is QuestionCode.TWO_NUMBERS
    assert {place.a1 for place in question.places} == {"C2", "C3"}
    first = recognise(drawing, QUARTER, steps=[answer(question, question.choices[0].code)])
    assert values(first.taken) == {"begonnen|gender=w": "10"}
    both = recognise(drawing, QUARTER, steps=[answer(question, "add")])
    assert values(both.taken) == {"begonnen|gender=w": "21"}


def test_the_same_number_twice_is_taken_once() -> None:
    reading = recognise(drawn("Zugänge | 10\nBestand | 8\n-----\nNeuaufnahmen | 10"), QUARTER)
    assert values(reading.taken) == {"begonnen": "10", "laufend": "8"}
    assert asked(reading) == []


def test_sheets_that_contradict_each_other_are_one_question() -> None:
    book = drawn("Zugänge | 5\nBestand | 8", "Zugänge | 6\nBestand | 9", names=["Nord", "Süd"])
    (question,) = recognise(book, QUARTER).questions
    assert question.code is QuestionCode.PAGE
    one = recognise(book, QUARTER, steps=[answer(question, question.choices[0].code)])
    assert values(one.taken) == {"begonnen": "5", "laufend": "8"}
    both = recognise(book, QUARTER, steps=[answer(question, "add")])
    assert values(both.taken) == {"begonnen": "11", "laufend": "17"}
