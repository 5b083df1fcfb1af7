"""Only numbers of the period asked for are taken."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.core.files.recognition.asked import QUARTER, answer, asked, values
from tests.unit.core.files.recognition.drawing import drawn
from wirknetz.core.files.recognition import recognise
from wirknetz.core.files.recognition.model import AsideCode, QuestionCode
from wirknetz.core.values import Period

BOTH = {"begonnen": "7", "laufend": "8"}


@pytest.mark.parametrize(
    "heads",
    [
        "Q2 2025 | Q3 2025",
        "Vorquartal | 3. Quartal 2025",
        "Q2 | Q3",
        "II/2025 | III/2025",
        "Plan | Ist",
        "Q3 2024 | Q3 2025",
    ],
)
def test_the_other_column_is_left_aside(heads: str) -> None:
    reading = recognise(drawn(f"Kennzahl | {heads}\nZugänge | 4 | 7\nBestand | 6 | 8"), QUARTER)
    assert values(reading.taken) == BOTH
    assert reading.ready
    assert {word.code for word in reading.asides} <= {AsideCode.OTHER_PERIOD, AsideCode.PLAN}


def test_years_as_headings_under_a_title_with_the_quarter() -> None:
    reading = recognise(
        drawn("Vergleich 3. Quartal\nKennzahl | 2024 | 2025\nZugänge | 4 | 7\nBestand | 6 | 8"),
        QUARTER,
    )
    assert values(reading.taken) == BOTH


def test_a_bare_year_may_be_the_whole_year_and_is_asked() -> None:
    reading = recognise(drawn("Kennzahl | 2024 | 2025\nZugänge | 4 | 7"), QUARTER)
    assert [q.code for q in reading.questions] == [QuestionCode.PERIOD]
    assert reading.taken == ()


def test_months_are_added_up_and_a_stock_is_the_last_of_them() -> None:
    reading = recognise(
        drawn("Kennzahl | Juli | August | September\nZugänge | 1 | 2 | 4\nBestand | 9 | 6 | 8"),
        QUARTER,
    )
    assert values(reading.taken) == BOTH
    assert {AsideCode.ADDED_UP, AsideCode.LATEST} <= {word.code for word in reading.asides}
    (begun,) = (taken for taken in reading.taken if taken.target.measure == "begonnen")
    assert [place.a1 for place in begun.sources] == ["B2", "C2", "D2"]


def test_months_that_agree_with_the_quarter_leave_the_quarter() -> None:
    drawing = "Kennzahl | Juli | August | September | Quartal\nZugänge | 1 | 2 | 4 | {}"
    agreeing = recognise(drawn(drawing.format(7)), QUARTER)
    assert values(agreeing.taken) == {"begonnen": "7"}
    (question,) = recognise(drawn(drawing.format(8)), QUARTER).questions
    assert question.code is QuestionCode.SUM
    by_months = recognise(drawn(drawing.format(8)), QUARTER, steps=[answer(question, "parts")])
    assert values(by_months.taken) == {"begonnen": "7"}


def test_the_sum_of_months_is_no_stock() -> None:
    reading = recognise(
        drawn("Kennzahl | Juli | August | September | Summe\nBestand | 9 | 6 | 8 | 23"), QUARTER
    )
    assert values(reading.taken) == {"laufend": "8"}


def test_a_missing_month_is_asked() -> None:
    reading = recognise(drawn("Kennzahl | Juli | August\nZugänge | 1 | 2"), QUARTER)
    (question,) = reading.questions
    assert question.code is QuestionCode.PERIOD
    assert reading.taken == ()
    used = recognise(
        drawn("Kennzahl | Juli | August\nZugänge | 1 | 2"), QUARTER, steps=[answer(question, "use")]
    )
    assert values(used.taken) == {"begonnen": "3"}


def test_a_month_without_data_is_asked_and_not_dropped() -> None:
    reading = recognise(
        drawn("Kennzahl | Juli | August | September\nZugänge | 1 | k. A. | 4"), QUARTER
    )
    assert [q.code for q in reading.questions] == [QuestionCode.STATE]
    assert reading.taken == ()


def test_a_sum_over_other_quarters_is_not_taken() -> None:
    reading = recognise(
        drawn("Kennzahl | Q1 | Q2 | Q3 | Summe\nZugänge | 4 | 5 | 7 | 16\nBestand | 5 | 6 | 8 | 8"),
        QUARTER,
    )
    assert values(reading.taken) == BOTH
    assert reading.ready


def test_months_as_sheets() -> None:
    reading = recognise(
        drawn("Zugänge | 1\nBestand | 9", "Zugänge | 2\nBestand | 6", "Zugänge | 4\nBestand | 8",
              names=["Juli", "August", "September"]),
        QUARTER,
    )  # fmt: skip
    assert values(reading.taken) == BOTH
    assert reading.ready


@pytest.mark.parametrize("older", ["Vorquartal", "Q2 2025", "2. Quartal 2025"])
def test_an_older_sheet_is_left_aside_with_a_word(older: str) -> None:
    book = drawn(
        "Zugänge | 7\nBestand | 8", "Zugänge | 4\nBestand | 6", names=["3. Quartal 2025", older]
    )
    reading = recognise(book, QUARTER)
    assert values(reading.taken) == BOTH
    assert reading.ready
    assert {word.page for word in reading.asides} == {older}


def test_months_on_an_older_sheet_are_left_aside_though_they_name_no_year() -> None:
    drawing = "Kennzahl | Juli | August | September\nZugänge | 1 | 2 | 4"
    reading = recognise(drawn(drawing, drawing, names=["3. Quartal 2025", "Vorquartal"]), QUARTER)
    assert values(reading.taken) == {"begonnen": "7"}
    assert AsideCode.OLDER_PAGE in {word.code for word in reading.asides}


@pytest.mark.parametrize(
    "drawing",
    [
        "Bericht 2. Quartal 2025\nZugänge | 7\nBestand | 8",
        "Zeitraum | Kennzahl | Anzahl\nQ4/2024 | Zugänge | 7",
        "Jahr | 2025\nQuartal | 2\nZugänge | 7",
        "Kennzahl | Q2 2025\nZugänge | 7",
    ],
)
def test_a_file_of_another_period_gives_nothing(drawing: str) -> None:
    reading = recognise(drawn(drawing), QUARTER)
    assert [q.code for q in reading.questions] == [QuestionCode.PERIOD]
    assert reading.taken == ()
    (question,) = reading.questions
    used = recognise(drawn(drawing), QUARTER, steps=[answer(question, "use")])
    assert values(used.taken)["begonnen"] == "7"
    assert used.learned.steps == ()


def test_title_and_sheet_that_contradict_each_other_are_asked() -> None:
    reading = recognise(
        drawn("Bericht 2. Quartal 2025\nZugänge | 7", names=["3. Quartal 2025"]), QUARTER
    )
    assert [q.code for q in reading.questions] == [QuestionCode.PERIOD]
    assert reading.taken == ()


def test_the_day_of_the_report_is_no_period() -> None:
    reading = recognise(drawn("Quartalsbericht 3/2025\nStand: 12.10.2025\nZugänge | 7"), QUARTER)
    assert values(reading.taken) == {"begonnen": "7"}


def test_year_and_quarter_as_columns_of_numbers() -> None:
    reading = recognise(
        drawn("""
        Jahr | Quartal | Kennzahl | Anzahl
        2025 | 2       | Zugänge  | 4
        2025 | 3       | Zugänge  | 7
        """),
        QUARTER,
    )
    assert values(reading.taken) == {"begonnen": "7"}
    assert reading.ready


def test_a_month_is_asked_for() -> None:
    july = replace(QUARTER, period=Period.parse("2025-07"))
    reading = recognise(drawn("Kennzahl | Juli | August | Quartal\nZugänge | 7 | 2 | 9"), july)
    assert values(reading.taken) == {"begonnen": "7"}
    assert asked(reading) == []
