"""The files of the sample partners give exactly what they must add up to."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.unit.core.files.recognition.asked import QUARTER, as_suggested, asked, values
from wirknetz.core.files.asked import Questionnaire
from wirknetz.core.files.grid import Book
from wirknetz.core.files.reading import read
from wirknetz.core.files.recognition import recognise

FILES = Path("tests/data/partners")
EXPECTED: dict[str, Any] = json.loads((FILES / "expected.json").read_text(encoding="utf-8"))
ORGANISATIONS: dict[str, Any] = EXPECTED["organisations"]
ASKED = {
    "Klinik A": [],
    "Caritas": [],
    "Diakonie": ["label … mit Arbeitsaufnahme", "label Termine gesamt"],
    "Jobcenter": ["label Einladungen", "label Vorsprachen"],
    "BFW": ["label nach Ende beschäftigt"],
}
"""All that has to be asked at the first upload of each file."""
every_partner = pytest.mark.parametrize("name", list(ASKED))


def book_of(name: str) -> Book:
    file = FILES / ORGANISATIONS[name]["file"]
    return read(file.read_bytes(), name=file.name)


def asked_of(name: str) -> Questionnaire:
    others = tuple(other for other in ORGANISATIONS if other != name)
    return replace(QUARTER, own_names=(name,), other_names=others)


def expected_of(name: str) -> dict[str, str]:
    given = ORGANISATIONS[name]
    wanted = {m: str(v) for m, v in given["totals"].items() if m not in given["cells"]}
    for measure, cells in given["cells"].items():
        for key, amount in cells.items():
            gender, _, age = key.partition("|")
            parts = [f"age={age}"] if age else []
            wanted["|".join([measure, *parts, f"gender={gender}"])] = str(amount)
    return wanted | given.get("states", {})


@every_partner
def test_what_is_taken_without_help_is_right(name: str) -> None:
    reading = recognise(book_of(name), asked_of(name))
    expected = expected_of(name)
    assert asked(reading) == ASKED[name]
    assert values(reading.taken).items() <= expected.items()
    assert values(reading.taken) | values(reading.proposed) == expected


@every_partner
def test_after_the_labels_are_answered_all_is_taken(name: str) -> None:
    steps = as_suggested(recognise(book_of(name), asked_of(name)))
    reading = recognise(book_of(name), asked_of(name), steps=steps)
    assert values(reading.taken) == expected_of(name)
    assert reading.ready
    assert reading.missing == ()


@every_partner
def test_what_was_learned_needs_no_question(name: str) -> None:
    steps = as_suggested(recognise(book_of(name), asked_of(name)))
    learned = recognise(book_of(name), asked_of(name), steps=steps).learned
    reading = recognise(book_of(name), asked_of(name), profile=learned)
    assert values(reading.taken) == expected_of(name)
    assert reading.ready
