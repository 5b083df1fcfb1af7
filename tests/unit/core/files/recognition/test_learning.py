"""What is learned from one file serves the next, and never assigns in silence what differs."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.unit.core.files.recognition.asked import QUARTER, answer, as_suggested, asked, values
from tests.unit.core.files.recognition.drawing import drawn
from tests.unit.core.files.recognition.test_partners import (
    asked_of,
    book_of,
    every_partner,
    expected_of,
)
from wirknetz.core.files.grid import Book, GridCell, Page
from wirknetz.core.files.recognition import recognise
from wirknetz.core.files.recognition.model import About, Profile, QuestionCode, Step
from wirknetz.core.values import Period

NEXT = Period.parse("2025Q4")
_LATER = {
    "Juli": "Oktober", "August": "November", "September": "Dezember", "Q3": "Q4",
    "3. Quartal": "4. Quartal", "3/2025": "4/2025", "Vorquartal": "Vorquartal",
}  # fmt: skip
_NAMES = re.compile("|".join(map(re.escape, _LATER)))
_TEXT_NUMBER = re.compile(r"^(\d{1,3}(?:\.\d{3})*|\d+)((?:,00)?)( \(.*\))?$")


def later(book: Book) -> Book:
    """The same file one quarter later, every number doubled."""
    return replace(book, sha256="1" * 64, pages=tuple(map(_later_page, book.pages)))


def _later_page(page: Page) -> Page:
    cells = {place: _later_cell(cell) for place, cell in page.cells.items()}
    return replace(page, name=_later_text(page.name), cells=cells)


def _later_text(text: str) -> str:
    return _NAMES.sub(lambda match: _LATER[match[0]], text)


def _later_cell(cell: GridCell) -> GridCell:
    if isinstance(cell.content, Decimal):
        return replace(cell, content=cell.content * 2)
    text = _later_text(str(cell.content))
    if number := _TEXT_NUMBER.match(text):
        doubled = f"{int(number[1].replace('.', '')) * 2:,}".replace(",", ".")
        text = f"{doubled}{number[2]}{number[3] or ''}"
    return replace(cell, content=text)


def doubled(expected: dict[str, str]) -> dict[str, str]:
    return {key: str(2 * int(v)) if v.isdigit() else v for key, v in expected.items()}


def learned_from(book: Book, **changes: object) -> Profile:
    wanted = replace(QUARTER, **changes)  # type: ignore[arg-type]
    steps = as_suggested(recognise(book, wanted))
    profile = recognise(book, wanted, steps=steps).learned
    return Profile.from_dict(json.loads(json.dumps(profile.as_dict())))


@every_partner
def test_the_next_quarter_needs_no_question(name: str) -> None:
    wanted = asked_of(name)
    steps = as_suggested(recognise(book_of(name), wanted))
    profile = recognise(book_of(name), wanted, steps=steps).learned
    stored = Profile.from_dict(json.loads(json.dumps(profile.as_dict())))
    reading = recognise(later(book_of(name)), replace(wanted, period=NEXT), profile=stored)
    assert asked(reading) == []
    assert values(reading.taken) == doubled(expected_of(name))
    assert reading.differences == ()


BEFORE = "Kennzahl | Frauen | Männer\nZugänge | 5 | 6\nEinladungen | 40 |"


@pytest.mark.parametrize(
    ("now", "what", "expected"),
    [
        (
            "Kennzahl | Männer | Frauen\nZugänge | 6 | 5\nEinladungen | | 40",
            "moved_column",
            {"begonnen|gender=w": "5", "begonnen|gender=m": "6"},
        ),
        (
            "Kennzahl | weiblich | Männer\nZugänge | 5 | 6",
            "new_column",
            {"begonnen|gender=w": "5", "begonnen|gender=m": "6"},
        ),
        (
            "Kennzahl | Frauen | Männer\nBestand | 3 | 4\nZugänge | 5 | 6",
            "new_row",
            {"begonnen|gender=w": "5", "begonnen|gender=m": "6", "laufend": "7"},
        ),
    ],
)
def test_what_differs_is_pointed_out_and_still_read_by_its_label(
    now: str, what: str, expected: dict[str, str]
) -> None:
    profile = learned_from(drawn(BEFORE))
    reading = recognise(drawn(now), QUARTER, profile=profile)
    assert what in {difference.params["what"] for difference in reading.differences}
    assert expected.items() <= values(reading.taken).items()


def test_another_name_of_the_sheet_is_pointed_out() -> None:
    profile = learned_from(drawn(BEFORE, names=["Meldung"]))
    reading = recognise(drawn(BEFORE, names=["Bericht"]), QUARTER, profile=profile)
    assert [d.params["what"] for d in reading.differences] == ["renamed_page"]
    assert asked(reading) == []


def test_a_measure_that_is_gone_is_asked_once() -> None:
    profile = learned_from(drawn("Zugänge | 5\nBestand | 8"))
    now = drawn("Zugänge | 5")
    (question,) = recognise(now, QUARTER, profile=profile).questions
    assert question.code is QuestionCode.PROFILE
    accepted = recognise(now, QUARTER, profile=profile, steps=[answer(question, "accept")])
    assert accepted.ready
    assert not any(step.about is About.QUESTION for step in accepted.learned.steps)


PLACED = [Step(About.ROW, "tabelle1!2", "measure:laufend")]
UNLABELLED = "Zugänge | 5\n | 44\nÜbergaben an andere Träger | 9"


def test_a_step_about_a_place_holds_while_the_labels_around_it_are_the_same() -> None:
    profile = recognise(drawn(UNLABELLED), QUARTER, steps=PLACED).learned
    same = recognise(drawn(UNLABELLED.replace("44", "50")), QUARTER, profile=profile)
    assert values(same.taken)["laufend"] == "50"
    assert same.ready


def test_a_step_about_a_place_is_asked_again_where_other_labels_stand() -> None:
    profile = recognise(drawn(UNLABELLED), QUARTER, steps=PLACED).learned
    moved = drawn("Zugänge | 5\nVerpflegungstage | 300\n | 44\nÜbergaben an andere Träger | 9")
    reading = recognise(moved, QUARTER, profile=profile)
    assert "laufend" not in values(reading.taken)
    assert QuestionCode.PROFILE in {question.code for question in reading.questions}


def test_an_answer_about_these_very_numbers_is_not_kept() -> None:
    book = drawn("Kennzahl | Frauen | Männer | Summe\nZugänge | 5 | 6 | 12")
    (question,) = recognise(book, QUARTER).questions
    reading = recognise(book, QUARTER, steps=[answer(question, "parts")])
    assert reading.learned.steps == ()
    wrong_again = drawn("Kennzahl | Frauen | Männer | Summe\nZugänge | 7 | 6 | 12")
    assert asked(recognise(wrong_again, QUARTER, profile=reading.learned)) == ["sum"]


def test_what_is_said_now_counts_before_what_was_learned() -> None:
    book = drawn("Blabla | 44")
    learned = recognise(
        book, QUARTER, steps=[Step(About.LABEL, "blabla", "measure:laufend")]
    ).learned
    now = Step(About.LABEL, "blabla", "measure:gespraeche")
    reading = recognise(book, QUARTER, profile=learned, steps=[now])
    assert values(reading.taken) == {"gespraeche": "44"}
    assert reading.learned.steps == (now,)
