"""Labels nobody is sure of, categories nobody knows, bands that do not fit."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tests.unit.core.files.recognition.asked import MEASURES, QUARTER, answer, asked, asking, values
from tests.unit.core.files.recognition.drawing import drawn
from wirknetz.core.files.recognition import recognise
from wirknetz.core.files.recognition.model import QuestionCode
from wirknetz.core.files.words import Why


def test_what_rests_on_likeness_is_proposed_and_asked() -> None:
    reading = recognise(drawn("Einladungen | 371\nZugänge | 5"), QUARTER)
    assert values(reading.taken) == {"begonnen": "5"}
    assert values(reading.proposed) == {"termine_vereinbart": "371"}
    (question,) = reading.questions
    assert question.code is QuestionCode.LABEL
    assert question.choices[question.suggested or 0].code == "measure:termine_vereinbart"
    assert question.choices[0].why is Why.SIMILAR


def test_an_answer_about_a_label_holds_wherever_it_stands() -> None:
    book = drawn("Einladungen | 371", "Einladungen | 371")
    (question,) = recognise(book, QUARTER).questions
    reading = recognise(book, QUARTER, steps=[answer(question)])
    assert values(reading.taken) == {"termine_vereinbart": "371"}


def test_two_labels_for_one_measure_are_asked() -> None:
    reading = recognise(drawn("Zugänge | 12\nNeuaufnahmen | 7"), QUARTER)
    (question,) = reading.questions
    assert question.code is QuestionCode.TWO_NUMBERS
    assert reading.taken == ()
    chosen = recognise(
        drawn("Zugänge | 12\nNeuaufnahmen | 7"), QUARTER,
        steps=[answer(question, question.choices[1].code)],
    )  # fmt: skip
    assert values(chosen.taken) == {"begonnen": "7"}


def test_unknown_rows_are_asked_only_while_something_is_missing() -> None:
    drawing = "Zugänge | 5\nBlabla | 44"
    assert asked(recognise(drawn(drawing), asking("begonnen"))) == []
    assert asked(recognise(drawn(drawing), asking("begonnen", "laufend"))) == ["label Blabla"]


def test_the_only_one_left_is_suggested_but_not_taken() -> None:
    reading = recognise(drawn("Zugänge | 5\nBlabla | 44"), asking("begonnen", "laufend"))
    (question,) = reading.questions
    assert question.suggested == 0
    assert question.choices[0].code == "measure:laufend"
    assert question.choices[0].why is Why.ONLY_ONE_LEFT
    assert values(reading.taken) == {"begonnen": "5"}


def test_the_size_of_earlier_figures_ranks_the_choices() -> None:
    running = replace(MEASURES[8], history=(Decimal(45),))
    talks = replace(MEASURES[7], history=(Decimal(6),))
    wanted = replace(QUARTER, measures=(MEASURES[0], talks, running))
    reading = recognise(drawn("Zugänge | 5\nBlabla | 44\nAndere | 7"), wanted)
    first = {q.params["text"]: q.choices[0] for q in reading.questions}
    assert first["Blabla"].code == "measure:laufend"
    assert first["Blabla"].why is Why.SIZE
    assert first["Andere"].code == "measure:gespraeche"


def test_labels_that_narrow_a_measure_are_asked() -> None:
    reading = recognise(drawn("Kennzahl | Standort A | Standort B\nZugänge | 5 | 6"), QUARTER)
    assert asked(reading) == ["label Standort A", "label Standort B"]
    assert reading.taken == ()


def test_an_unknown_category_is_asked_and_holds_the_breakdown() -> None:
    drawing = drawn("Kennzahl | Geschlecht | Anzahl\nZugänge | x7 | 2\nZugänge | w | 5")
    reading = recognise(drawing, QUARTER)
    (question,) = reading.questions
    assert question.code is QuestionCode.CATEGORY
    assert question.params["dimension"] == "Geschlecht"
    assert reading.taken == ()
    told = recognise(drawing, QUARTER, steps=[answer(question, "category:gender=d")])
    assert values(told.taken) == {"begonnen|gender=w": "5", "begonnen|gender=d": "2"}


def test_an_unknown_category_without_anybody_in_it_does_not_matter() -> None:
    reading = recognise(
        drawn("Kennzahl | Geschlecht | Anzahl\nZugänge | x7 | 0\nZugänge | w | 5"), QUARTER
    )
    assert values(reading.taken) == {"begonnen|gender=w": "5"}
    assert reading.ready


def test_a_strange_column_that_the_total_does_not_need_is_left_alone() -> None:
    reading = recognise(
        drawn("Kennzahl | Frauen | Männer | intern | Summe\nZugänge | 5 | 6 | 77 | 11"), QUARTER
    )
    assert values(reading.taken) == {"begonnen|gender=w": "5", "begonnen|gender=m": "6"}
    assert reading.ready


def test_a_strange_column_beside_categories_is_asked() -> None:
    reading = recognise(drawn("Kennzahl | Frauen | Männer | intern\nZugänge | 5 | 6 | 77"), QUARTER)
    assert asked(reading) == ["category intern"]


def test_unknown_is_a_category_where_the_network_has_it() -> None:
    gender = QUARTER.dimensions[0]
    unknown = replace(gender.categories[2], code="u", name="unbekannt")
    known = replace(
        QUARTER,
        dimensions=(
            replace(gender, categories=(*gender.categories, unknown)),
            QUARTER.dimensions[1],
        ),
    )
    reading = recognise(drawn("Kennzahl | Frauen | Männer | unbekannt\nZugänge | 5 | 6 | 2"), known)
    assert values(reading.taken)["begonnen|gender=u"] == "2"
    assert reading.ready


def test_finer_bands_are_added_up() -> None:
    reading = recognise(
        drawn("Kennzahl | 18-24 | 25-29 | 30-39 | 40-49 | 50+\nZugänge | 5 | 6 | 7 | 1 | 2"),
        QUARTER,
    )
    assert values(reading.taken) == {
        "begonnen|age=18-29": "11",
        "begonnen|age=30-49": "8",
        "begonnen|age=50+": "2",
    }


def test_bands_that_do_not_fit_are_asked() -> None:
    drawing = drawn("Kennzahl | u25 | 25-49 | 50+\nZugänge | 5 | 6 | 7")
    reading = recognise(drawing, QUARTER)
    (question,) = reading.questions
    assert question.code is QuestionCode.BANDS
    assert reading.taken == ()
    total = recognise(drawing, QUARTER, steps=[answer(question)])
    assert values(total.taken) == {"begonnen": "18"}


def test_coarser_than_asked_is_accepted_where_the_measure_allows_it() -> None:
    fine_only = replace(MEASURES[0], grains=("age,gender",))
    drawing = drawn("Kennzahl | Frauen | Männer\nZugänge | 5 | 6")
    assert values(recognise(drawing, QUARTER).taken) == {
        "begonnen|gender=w": "5",
        "begonnen|gender=m": "6",
    }
    assert recognise(drawing, replace(QUARTER, measures=(fine_only,))).taken == ()


def test_a_label_that_names_the_missing_category_is_proposed_for_it() -> None:
    drawing = drawn("Kennzahl | Frauen | Männer | divers zu m/w\nZugänge | 5 | 6 | 2")
    reading = recognise(drawing, QUARTER)
    assert values(reading.taken) == {"begonnen|gender=w": "5", "begonnen|gender=m": "6"}
    assert values(reading.proposed) == {"begonnen|gender=d": "2"}
    (question,) = reading.questions
    told = recognise(drawing, QUARTER, steps=[answer(question)])
    assert values(told.taken)["begonnen|gender=d"] == "2"


def test_a_heading_may_name_a_band_and_leave_the_other_category_open() -> None:
    genders = ("Frauen", "Männer", "divers zu m/w")
    heads = " | ".join(f"{gender} {age}" for gender in genders for age in ("18-29", "30-49"))
    drawing = drawn(f"Kennzahl | {heads}\nZugänge | 1 | 2 | 3 | 4 | 5 | 6")
    reading = recognise(drawing, QUARTER)
    assert values(reading.proposed) == {
        "begonnen|age=18-29|gender=d": "5",
        "begonnen|age=30-49|gender=d": "6",
    }
    told = recognise(drawing, QUARTER, steps=[answer(q) for q in reading.questions])
    assert values(told.taken)["begonnen|age=30-49|gender=d"] == "6"
    assert told.ready


def test_bands_that_begin_or_end_as_those_asked_are_proposed_for_them() -> None:
    drawing = drawn("Kennzahl | unter 30 | 30-49 | 50+\nZugänge | 5 | 6 | 7")
    reading = recognise(drawing, QUARTER)
    (question,) = reading.questions
    assert question.code is QuestionCode.BANDS
    assert reading.taken == ()
    assert values(reading.proposed)["begonnen|age=18-29"] == "5"
    told = recognise(drawing, QUARTER, steps=[answer(question, "nearest")])
    assert values(told.taken) == {
        "begonnen|age=18-29": "5",
        "begonnen|age=30-49": "6",
        "begonnen|age=50+": "7",
    }
    total = recognise(drawing, QUARTER, steps=[answer(question, "total")])
    assert values(total.taken) == {"begonnen": "18"}
