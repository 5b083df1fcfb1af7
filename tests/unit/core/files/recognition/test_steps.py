"""What the person says counts before anything recognised, and is undone by leaving it out."""

from __future__ import annotations

from tests.unit.core.files.recognition.asked import QUARTER, values
from tests.unit.core.files.recognition.drawing import drawn
from wirknetz.core.files.grid import Address
from wirknetz.core.files.recognition import recognise
from wirknetz.core.files.recognition.model import About, MarkKind, Step

LIST = drawn("Zugänge | 5\nBlabla | 44")
TABLE = drawn("Kennzahl | Frauen | Männer\nZugänge | 5 | 6")


def taken(book: object, *steps: Step) -> dict[str, str]:
    return values(recognise(book, QUARTER, steps=steps).taken)  # type: ignore[arg-type]


def test_a_label() -> None:
    step = Step(About.LABEL, "blabla", "measure:laufend")
    assert taken(LIST, step) == {"begonnen": "5", "laufend": "44"}
    assert taken(LIST) == {"begonnen": "5"}


def test_a_label_that_is_set_aside() -> None:
    assert taken(LIST, Step(About.LABEL, "zugaenge", "ignore")) == {}


def test_a_label_at_one_place_only() -> None:
    book = drawn("Zugänge | 5\nSonstige | 44\n-----\nSonstige | 9")
    step = Step(About.PLACE, "tabelle1!A2", "measure:laufend")
    assert taken(book, step) == {"begonnen": "5", "laufend": "44"}


def test_a_row() -> None:
    assert taken(LIST, Step(About.ROW, "tabelle1!2", "measure:laufend")) == {
        "begonnen": "5",
        "laufend": "44",
    }
    assert taken(LIST, Step(About.ROW, "tabelle1!1", "ignore")) == {}


def test_a_column() -> None:
    assert taken(TABLE, Step(About.COLUMN, "tabelle1!C", "category:gender=d")) == {
        "begonnen|gender=w": "5",
        "begonnen|gender=d": "6",
    }
    assert taken(TABLE, Step(About.COLUMN, "tabelle1!C", "ignore")) == {"begonnen|gender=w": "5"}


def test_a_cell() -> None:
    assert taken(TABLE, Step(About.CELL, "tabelle1!B2", "amount:7"))["begonnen|gender=w"] == "7"
    state = Step(About.CELL, "tabelle1!B2", "state:not_collected")
    assert taken(TABLE, state)["begonnen|gender=w"] == "not_collected"
    assert "begonnen|gender=w" not in taken(TABLE, Step(About.CELL, "tabelle1!B2", "ignore"))


def test_a_sheet() -> None:
    book = drawn("Zugänge | 5\nBestand | 8", "Zugänge | 6\nBestand | 9", names=["Nord", "Süd"])
    assert taken(book) == {}
    assert taken(book, Step(About.PAGE, "sued", "ignore")) == {"begonnen": "5", "laufend": "8"}
    old = drawn("Zugänge | 5", names=["Q2 2025"])
    assert taken(old, Step(About.PAGE, "§quarter", "period:this")) == {"begonnen": "5"}


def test_the_later_of_two_steps_counts() -> None:
    first = Step(About.LABEL, "blabla", "measure:laufend")
    second = Step(About.LABEL, "blabla", "measure:gespraeche")
    assert taken(LIST, first, second) == {"begonnen": "5", "gespraeche": "44"}


def test_a_taught_label_still_names_its_period() -> None:
    book = drawn("Blabla Q2 2025 | 4\nBlabla Q3 2025 | 5")
    step = Step(About.LABEL, "blabla §quarter", "measure:laufend")
    assert taken(book, step) == {"laufend": "5"}


def test_every_cell_says_what_it_is() -> None:
    book = drawn("Kennzahl | Frauen | Männer | Summe\nZugänge | 5 | 6 | 11\nEinladungen | | | 40")
    reading = recognise(book, QUARTER)
    kinds = {place.a1: mark.kind for place, mark in reading.marks.items()}
    assert kinds["B1"] is MarkKind.LABEL
    assert kinds["B2"] is MarkKind.TAKEN
    assert kinds["D2"] is MarkKind.SUM
    assert kinds["A3"] is kinds["D3"] is MarkKind.ASKED
    asked = reading.marks[Address("Tabelle1", 2, 3)]
    assert asked.target is not None
    assert asked.target.key == "termine_vereinbart"
    assert [block.measures for block in reading.blocks] == [("begonnen", "termine_vereinbart")]


def test_the_same_input_gives_the_same_reading() -> None:
    assert recognise(TABLE, QUARTER) == recognise(TABLE, QUARTER)
