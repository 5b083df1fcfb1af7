"""The file as its person knows it: marks in words, questions one by one, pointing, undoing."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.http import HttpResponse

from tests.integration.measurement.files.conftest import SENT, House, sent, table
from wirknetz.measurement.models import Entry, Upload

pytestmark = pytest.mark.django_db


def words_of(page: HttpResponse) -> str:
    return re.sub(r"\s+", " ", page.content.decode())


def opened(house: House, content: bytes, name: str = "zahlen.csv") -> str:
    answer = house.send(content, name)
    assert answer.status_code == 302, answer.content.decode()
    return answer.url


@pytest.fixture
def address(klinik: House) -> str:
    return opened(klinik, sent(SENT["Klinik A"]), SENT["Klinik A"])


def point(house: House, address: str, place: str, **data: str) -> HttpResponse:
    """Open the small form at a place and send it as it stands, with these changes."""
    form = house.client.get(address, {"blatt": "1", "ort": place}).context["point"]
    given = {"ort": place, "blatt": "1", "scope": form.scopes[0].value, "what": "means"}
    return house.client.post(f"{address}sagen/", given | data)


def cell(page: HttpResponse, a1: str) -> Any:
    rows = page.context["sheet"].rows
    return next(c for row in rows for c in row.cells if c.a1 == a1)


def test_every_mark_is_said_in_words(klinik: House, address: str) -> None:
    page = klinik.client.get(address)
    assert cell(page, "C7").words == "erkannt: Begonnene Begleitungen, 18–29 Jahre, Frauen"
    assert cell(page, "F7").words.startswith("Summe. Sie stimmt")
    assert cell(page, "B5").words == "Beschriftung verstanden: Begonnene Begleitungen"
    assert "(erkannt: Begonnene Begleitungen, 18–29 Jahre, Frauen)" in words_of(page)
    assert "9 von 18" in re.sub(r"<[^>]+>", "", words_of(page))


def test_merged_cells_and_hidden_columns_are_shown(net: Any) -> None:
    house = net.house("BFW")
    page = house.client.get(opened(house, sent(SENT["BFW"]), SENT["BFW"]))
    assert cell(page, "B4").hidden
    assert "in der Datei ausgeblendet" in words_of(page)


def test_sheets_are_links_and_the_older_one_says_so(net: Any) -> None:
    house = net.house("Diakonie")
    page = house.client.get(opened(house, sent(SENT["Diakonie"]), SENT["Diakonie"]))
    labels = [tab["label"] for tab in page.context["sheets"]]
    assert [label.partition(" (")[0] for label in labels] == ["3. Quartal 2025", "Vorquartal"]
    other = house.client.get(page.context["sheets"][1]["url"].partition("#")[0])
    assert cell(other, "D4").kind != "taken"


def test_numbers_are_shown_as_a_german_reader_expects(klinik: House) -> None:
    page = klinik.client.get(opened(klinik, sent(SENT["Klinik A"]), "a.xlsx"))
    assert cell(page, "C26").text == "2.966"


def test_a_long_sheet_comes_in_parts_and_every_place_can_be_reached(klinik: House) -> None:
    lines = [f"Zeile {n};{n}" for n in range(340)]
    address = opened(klinik, table("Kennzahl;Anzahl", *lines, "Vereinbarte Termine;zwölf"))
    page = klinik.client.get(f"{address}?blatt=1&teil=2")
    assert page.context["sheet"].parts == 4
    assert cell(page, "A101").text == "Zeile 99"
    asked = klinik.client.get(address).context["asked"]
    assert asked.places
    found = klinik.client.get(address + asked.places[0][1].partition("#")[0])
    assert cell(found, asked.places[0][1].partition("#")[2])


def test_long_empty_stretches_are_folded(klinik: House) -> None:
    address = opened(klinik, table("Kennzahl;Anzahl", *[";"] * 50, "Vereinbarte Termine;7"))
    page = klinik.client.get(address)
    assert "50 leere Zeilen" in words_of(page)
    assert cell(page, "B52").text == "7"


@pytest.mark.parametrize("query", ["blatt=99", "teil=99999999", "blatt=x&teil=-1", "spalten=7"])
def test_an_address_that_makes_no_sense_shows_something(
    klinik: House, address: str, query: str
) -> None:
    assert klinik.client.get(f"{address}?{query}").status_code == 200


def test_questions_come_one_by_one_with_their_reason(caritas: House) -> None:
    address = opened(caritas, sent(SENT["Caritas"]), SENT["Caritas"])
    page = caritas.client.get(address)
    asked = page.context["asked"]
    assert asked.number == 1
    assert f"Frage 1 von {asked.of}" in words_of(page)
    suggested = [c for c in asked.question.choices if c.suggested]
    assert all(c.why for c in suggested)
    data = {"question": asked.question.key, "choice": asked.question.choices[0].code}
    caritas.client.post(f"{address}sagen/", data)
    after = caritas.client.get(address)
    following = after.context["asked"]
    assert following is None or following.number == 2
    assert asked.question.sentence in words_of(after)  # in the list of what was said


def test_an_answer_is_taken_back(caritas: House) -> None:
    address = opened(caritas, sent(SENT["Caritas"]), SENT["Caritas"])
    asked = caritas.client.get(address).context["asked"].question
    caritas.client.post(f"{address}sagen/", {"question": asked.key, "choice": "ignore"})
    said = caritas.client.get(address).context["said"]
    assert len(said) == 1
    step = {"number": "0", "about": said[0].about, "where": said[0].where, "says": said[0].says}
    assert caritas.client.post(f"{address}zuruecknehmen/", step).status_code == 302
    page = caritas.client.get(address)
    assert page.context["said"] == []
    assert page.context["asked"].question.key == asked.key
    again = caritas.client.post(f"{address}zuruecknehmen/", step, follow=True)
    assert "Das war schon zurückgenommen." in again.content.decode()


@pytest.mark.parametrize(
    "data",
    [{}, {"question": "gibt es nicht", "choice": "use"}, {"question": "", "choice": ""}],
)
def test_an_answer_that_nobody_asked_for_changes_nothing(
    caritas: House, data: dict[str, str]
) -> None:
    address = opened(caritas, sent(SENT["Caritas"]), SENT["Caritas"])
    question = caritas.client.get(address).context["asked"].question.key
    for sent_ in (data, {"question": question, "choice": "amount:99"}):
        assert caritas.client.post(f"{address}sagen/", sent_).status_code in {302, 404}
    assert Upload.objects.get().steps == []


def test_all_that_is_left_can_be_left_aside_at_once(klinik: House) -> None:
    lines = [f"{word} Angelegenheit;{7 + n}" for n, word in enumerate(("Rote", "Graue", "Weiße"))]
    address = opened(klinik, table("Kennzahl;Anzahl", *lines, "Vereinbarte Termine;9"))
    while klinik.client.get(address).context["asked"]:
        klinik.client.post(f"{address}sagen/", {"go": "rest"})
    klinik.take_over(address)
    assert klinik.said() == {"termine_vereinbart": {"": "9"}}


# ------------------------------------------------------------------ pointing


def test_pointing_at_a_label_teaches_it_everywhere(klinik: House) -> None:
    lines = ("Kennzahl;Anzahl", "Kurse im Haus;4", "Vereinbarte Termine;9")
    address = opened(klinik, table(*lines))
    form = klinik.client.get(address, {"blatt": "1", "ort": "A2"})
    assert "Was steht hier?" in words_of(form)
    assert "Überall, wo „Kurse im Haus“ steht" in words_of(form)
    point(klinik, address, "A2", measure="kooperationen")
    klinik.answer_all(address)
    klinik.take_over(address)
    assert klinik.said()["kooperationen"] == {"": "4"}


def test_pointing_at_a_number_gives_it_another_meaning(klinik: House, address: str) -> None:
    point(klinik, address, "C30", what="ignore")
    page = klinik.client.get(address)
    assert cell(page, "C30").kind != "taken"
    assert "laufend" not in {t.target.measure for t in page.context["looking"].reading.taken}


def test_a_whole_row_is_left_aside(klinik: House, address: str) -> None:
    point(klinik, address, "26", what="ignore")
    taken = klinik.client.get(address).context["looking"].reading.taken
    assert "termine_vereinbart" not in {t.target.measure for t in taken}


@pytest.mark.parametrize("place", ["ZZ999", "0", "", "A0", "C7;DROP", "9" * 30, "ÄÖ"])
def test_pointing_at_nothing(klinik: House, address: str, place: str) -> None:
    assert klinik.client.get(address, {"blatt": "1", "ort": place}).status_code == 200
    data = {"ort": place, "blatt": "1", "scope": "cell|x!A1", "what": "ignore"}
    assert klinik.client.post(f"{address}sagen/", data).status_code == 404
    assert Upload.objects.get().steps == []


@pytest.mark.parametrize(
    "data",
    [{"scope": "cell|q3!A1"}, {"scope": "question|x"}, {"what": "drop"},
     {"measure": "gibt_es_nicht"}, {"category:gender": "x7"}, {"what": ""}],
)  # fmt: skip
def test_what_the_form_did_not_offer_is_not_said(
    klinik: House, address: str, data: dict[str, str]
) -> None:
    assert point(klinik, address, "C7", **data).status_code == 302
    assert Upload.objects.get().steps == []


def test_the_small_form_alone_for_htmx(klinik: House, address: str) -> None:
    headers = {"HX-Request": "true", "HX-Target": "zeigen"}
    page = klinik.client.get(address, {"blatt": "1", "ort": "C7"}, headers=headers)
    words = words_of(page)
    assert "Was steht hier?" in words
    assert "<html" not in words


def test_nobody_says_without_end(klinik: House, address: str) -> None:
    step = {"about": "label", "where": "x", "says": "ignore", "words": ""}
    Upload.objects.update(steps=[step] * 500)
    assert point(klinik, address, "C7", what="ignore").status_code == 403


def test_looking_stores_nothing(klinik: House, address: str) -> None:
    point(klinik, address, "C7", what="ignore")
    klinik.client.get(f"{address}pruefen/")
    assert not Entry.objects.exists()
