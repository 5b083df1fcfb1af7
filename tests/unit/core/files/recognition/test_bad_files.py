"""Files with a mistake in them give a question that names it, and nothing that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.core.files.recognition.asked import QUARTER, values
from wirknetz.core.files.reading import read
from wirknetz.core.files.recognition import recognise
from wirknetz.core.files.recognition.model import QuestionCode

BAD = Path("tests/data/partners/bad")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("doppelt.csv", QuestionCode.TWO_NUMBERS),
        ("falsches-quartal.csv", QuestionCode.PERIOD),
        ("kein-zahlwert.csv", QuestionCode.TEXT_NUMBER),
        ("mehr-integriert-als-beendet.csv", QuestionCode.PART),
        ("negativ.csv", QuestionCode.NEGATIVE),
        ("unbekannte-auspraegung.csv", QuestionCode.CATEGORY),
    ],
)
def test_the_mistake_is_asked_with_its_place(name: str, code: QuestionCode) -> None:
    reading = recognise(read((BAD / name).read_bytes(), name=name), QUARTER)
    questions = [question for question in reading.questions if question.code is code]
    assert len(questions) == 1
    assert questions[0].places
    assert reading.taken == ()


def test_a_formula_in_place_of_a_label_is_no_label() -> None:
    reading = recognise(read((BAD / "formel.csv").read_bytes(), name="formel.csv"), QUARTER)
    assert values(reading.taken) == {}
