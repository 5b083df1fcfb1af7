"""Whatever is sent: a German sentence, nothing stored, no stack trace."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.integration.measurement.collection.conftest import Collection, fill_all, row
from tests.world import NOW, Role
from wirknetz.measurement.forms.collection.fields import MOST_ROWS
from wirknetz.measurement.models import Entry, Round, Submission

pytestmark = pytest.mark.django_db


def save(collection: Collection, role: Role = Role.PRACTITIONER_OWN, **fields: Any) -> Any:
    return collection.client(role).post(collection.url("submission_save"), fields)


def test_saving_while_typing_tells_the_page_what_it_must_know(collection: Collection) -> None:
    key = collection.key(collection.ended)
    answer = save(collection, **{f"v:{key}": "1.200", f"s:{key}": ""}).json()
    entry = Entry.objects.get()
    assert answer["fields"] == {key: {"text": "1200", "n": "", "seen": str(entry.pk)}}
    assert (answer["answered"], answer["asked"], answer["messages"]) == (1, 3, {})
    assert answer["done"] == [collection.ended.pk]


def test_what_is_wrong_with_a_sum_that_has_no_field_is_said_at_once(collection: Collection) -> None:
    """The office compares totals; one of them is broken down, so that no field is its own."""
    collection.world.network.validation_rules.create(
        expression="begonnen <= beendet", severity="error", message="Mehr begonnen als beendet."
    )
    fill_all(collection)  # nine cells of 3 against 12
    key = collection.key(collection.talks)
    answer = save(collection, **{f"v:{key}": "4,5", f"n:{key}": "12"}).json()
    said = {"errors": ["Mehr begonnen als beendet."], "questions": []}
    assert answer["elsewhere"] == {str(collection.begun.pk): said}
    assert answer["wrong"] == 1
    page = collection.client().get(collection.url("submission")).content.decode()
    assert page.count("Mehr begonnen als beendet.") == 2  # in the summary and with the measure
    assert "Eine Angabe stimmt noch nicht" in page


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("zwölf", "„zwölf“ ist keine Zahl"), ("-3", "nicht kleiner als 0"),
     ("1,5", "1,5 ist keine ganze Zahl"), ("9" * 13, "zu groß"), ("9" * 300, "zu lang"),
     ("1e5", "keine Zahl"), ("<script>alert(1)</script>", "keine Zahl")],
)  # fmt: skip
def test_a_wrong_value_is_answered_with_a_sentence(
    collection: Collection, text: str, sentence: str
) -> None:
    key = collection.key(collection.ended)
    answer = save(collection, **{f"v:{key}": text}).json()
    assert sentence in answer["messages"][key]["problem"]
    assert not Entry.objects.exists()
    page = collection.client().get(collection.url("submission")).content.decode()
    assert "<script>alert" not in page


def test_ten_megabytes_in_a_field(collection: Collection) -> None:
    key = collection.key(collection.ended)
    for name in ("submission", "submission_save"):
        answer = collection.client().post(collection.url(name), {f"v:{key}": "9" * 10_000_000})
        assert answer.status_code == 400
        assert "<h1" in answer.content.decode()
        assert "Traceback" not in answer.content.decode()
    assert not Entry.objects.exists()


@pytest.mark.parametrize(("name", "status"), [("submission", 403), ("submission_save", 409)])
def test_more_values_than_can_be_stored_at_once_are_refused_whole(
    collection: Collection, name: str, status: int
) -> None:
    key = collection.key(collection.ended)
    many = {f"v:{collection.begun.pk}:x={n}": "1" for n in range(MOST_ROWS)}
    answer = collection.client().post(collection.url(name), {f"v:{key}": "12"} | many)
    assert answer.status_code == status
    said = answer.json()["refused"] if status == 409 else answer.content.decode()
    assert "Das sind 6.001 Werte auf einmal, höchstens 6.000 sind möglich." in said
    assert not Entry.objects.exists()
    assert collection.submission.state == Submission.State.OPEN


def test_as_many_values_as_can_be_stored_at_once_are_read(collection: Collection) -> None:
    key = collection.key(collection.ended)
    many = {f"v:{collection.begun.pk}:x={n}": "" for n in range(MOST_ROWS - 1)}
    save(collection, **many, **{f"v:{key}": "12"})
    assert collection.current() == {("beendet", ""): 12}


def test_a_field_of_another_submission_changes_nothing_there(collection: Collection) -> None:
    """The number of a foreign entry as the one seen is just not the one that stands here."""
    collection.record(row(collection.ended, 10))
    own = Entry.objects.get()
    foreign = collection.url("submission_save", collection.world.shared)
    key = collection.key(collection.ended)
    client = collection.client(Role.PRACTITIONER_FOREIGN)
    answer = client.post(foreign, {f"v:{key}": "99", f"s:{key}": str(own.pk)}).json()
    assert answer["messages"][key]["conflict"]
    own.refresh_from_db()
    assert (own.amount, own.superseded_at) == (10, None)
    assert Entry.objects.count() == 1


@pytest.mark.parametrize("role", [Role.PRACTITIONER_FOREIGN, Role.LEADERSHIP_FOREIGN])
def test_foreign_numbers_in_the_address_find_nothing(collection: Collection, role: Role) -> None:
    fill_all(collection)
    client = collection.client(role)
    for name in ("submission", "submission_check", "submission_review", "submission_correct"):
        assert client.get(collection.url(name)).status_code == 404
    for name in ("submission", "submission_save", "submission_submit", "submission_approve"):
        answer = client.post(collection.url(name), {f"v:{collection.key(collection.ended)}": "1"})
        assert answer.status_code == 404
    assert collection.current()["beendet", ""] == 12


def test_a_history_of_a_place_that_does_not_exist(collection: Collection) -> None:
    fill_all(collection)
    address = collection.url("submission_history", measure_id=collection.ended.pk)
    for key in ("x", "=|", "geschlecht=x", "a=b=c", "|"):
        assert collection.client().get(address, {"zelle": key}).status_code == 404
    nowhere = collection.url("submission_history", measure_id=10**9)
    assert collection.client().get(nowhere).status_code == 404


def test_a_closed_round_says_so_and_stores_nothing(collection: Collection) -> None:
    Round.objects.update(closed_at=NOW)
    answer = save(collection, **{f"v:{collection.key(collection.ended)}": "1"})
    assert answer.status_code == 409
    assert "geschlossen" in answer.json()["refused"]
    assert not Entry.objects.exists()


def test_a_submission_that_moved_on_says_so(collection: Collection) -> None:
    fill_all(collection)
    collection.submit()
    answer = save(collection, **{f"v:{collection.key(collection.ended)}": "1"})
    assert answer.status_code == 409
    assert "jetzigen Stand" in answer.json()["refused"]
    assert collection.current()["beendet", ""] == 12


def test_a_post_sent_twice_is_stored_once(collection: Collection) -> None:
    key = collection.key(collection.ended)
    for _ in range(3):
        assert save(collection, **{f"v:{key}": "12", f"s:{key}": ""}).json()["messages"] == {}
    assert Entry.objects.count() == 1
    for _ in range(2):
        collection.client().post(collection.url("submission_submit"))
    assert collection.submission.state == Submission.State.SUBMITTED


def test_a_question_is_shown_beside_its_field_at_once(collection: Collection) -> None:
    collection.ended.maximum = 100
    collection.ended.save()
    key = collection.key(collection.ended)
    answer = save(collection, **{f"v:{key}": "1000000000", f"s:{key}": ""}).json()
    found = answer["messages"][key]
    assert found["errors"] + found["questions"]
    assert json.dumps(answer)


def test_changing_the_way_answers_with_the_new_part_of_the_page(collection: Collection) -> None:
    fill_all(collection)
    pk = collection.begun.pk
    way = {f"g:{pk}": "grain:geschlecht", f"h:{pk}": "grain:alter,geschlecht"}
    html = save(collection, **way).json()["blocks"][str(pk)]
    assert html.count("data-value") == 3
    assert 'value="9"' in html
