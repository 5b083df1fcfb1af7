"""Whatever is sent: never a 500, nothing half stored, nobody stuck afterwards."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import get_resolver

from tests.integration.measurement.collection.conftest import Collection, fill_all
from tests.world import Role, World
from wirknetz.measurement.models import Entry, Submission

pytestmark = pytest.mark.django_db
BEYOND = (2**63, 10**25)
"""Numbers no row has; SQLite fails on them where PostgreSQL finds nothing."""


def save(collection: Collection, **fields: Any) -> Any:
    return collection.client().post(collection.url("submission_save"), fields)


@pytest.mark.parametrize("number", BEYOND)
def test_a_number_that_no_row_can_have_finds_nothing(world: World, number: int) -> None:
    client = world.client(Role.COORDINATOR)
    base = f"/netz/{world.network.slug}"
    report = f"{base}/wirkung/meldungen"
    for address in (
        f"{base}/organisationen/{number}/",
        f"{base}/organisationen/{number}/personen/neu/",
        f"{base}/organisationen/{world.own.pk}/personen/{number}/",
        f"{base}/wirkung/runden/{number}/",
        f"{report}/{number}/{world.own.pk}/",
        f"{report}/1/{number}/ansehen/",
        f"{base}/wirkung/messgroessen/{number}/",
    ):
        assert client.get(address).status_code == 404, address
    for address in (f"{base}/personen/{number}/einladen/", f"{report}/{number}/1/speichern/"):
        answer = client.post(address)
        assert answer.status_code in {403, 404}, address


@pytest.mark.parametrize("place", ["v:{key}", "n:{key}", "q:{key}", "g:{pk}", "unknown\0name"])
def test_the_sign_that_ends_a_text_is_refused(collection: Collection, place: str) -> None:
    """PostgreSQL stores no NUL and would answer with an error."""
    key = collection.key(collection.ended)
    name = place.format(key=key, pk=collection.ended.pk)
    answer = save(collection, **{f"v:{key}": "5", name: "5\0x"})
    assert answer.status_code == 400
    assert "nichts gespeichert" in answer.content.decode()
    assert not Entry.objects.exists()


def test_nul_in_a_sentence_or_a_question_is_refused(collection: Collection) -> None:
    fill_all(collection)
    client = collection.client()
    reply = client.post(collection.url("submission_reply"), {"text": "a\0b"})
    search = client.get(f"/netz/{collection.world.network.slug}/personen/", {"q": "\0"})
    assert (reply.status_code, search.status_code) == (400, 400)


def test_cases_behind_a_value_that_is_no_mean_are_left_out(collection: Collection) -> None:
    key = collection.key(collection.ended)
    assert save(collection, **{f"v:{key}": "5", f"n:{key}": "9" * 30}).status_code == 200
    assert (Entry.objects.get().amount, Entry.objects.get().n) == (5, None)


def test_a_deeply_nested_note_of_what_was_sent_before_counts_as_none(
    collection: Collection,
) -> None:
    key = collection.key(collection.ended)
    answer = save(collection, **{f"v:{key}": "5", f"q:{key}": "[" * 4000})
    assert answer.status_code == 200
    assert Entry.objects.get().amount == 5


@pytest.mark.parametrize("minutes", ["9" * 5000, "²", "٥", "-5", "5.0", ""])
def test_minutes_that_are_none_of_the_four(collection: Collection, minutes: str) -> None:
    fill_all(collection)
    collection.submit()
    collection.approve()
    answer = collection.client().post(collection.url("submission_minutes"), {"minutes": minutes})
    assert answer.status_code == 302
    assert collection.submission.minutes is None


def test_a_value_for_which_there_is_no_field_keeps_nobody_from_submitting(
    collection: Collection,
) -> None:
    fill_all(collection)
    pk = collection.ended.pk
    for key in (f"{10**9}:", f"{pk}:haar=rot", f"{pk}:geschlecht=w"):
        assert save(collection, **{f"v:{key}": "5"}).status_code == 200
    assert collection.submission.unfinished == {}
    collection.submit()
    assert collection.submission.state == Submission.State.SUBMITTED


def test_a_note_about_what_is_not_asked_any_more_keeps_nobody_from_submitting(
    collection: Collection,
) -> None:
    fill_all(collection)
    note = {"text": "x", "n": "", "code": "not_a_number", "params": {}, "seen": ""}
    Submission.objects.filter(pk=collection.submission.pk).update(unfinished={f"{10**9}:": note})
    page = collection.client().get(collection.url("submission_check"))
    assert page.status_code == 200
    collection.submit()
    assert collection.submission.state == Submission.State.SUBMITTED


def test_approving_without_a_word_on_what_was_seen_is_refused(collection: Collection) -> None:
    fill_all(collection)
    collection.submit()
    leader = collection.client(Role.LEADERSHIP_OWN)
    for sent in ({}, {"seen": ""}, {"seen": "0" * 64}):
        assert leader.post(collection.url("submission_approve"), sent).status_code == 403
    assert collection.submission.state == Submission.State.SUBMITTED


@pytest.mark.parametrize("year", ["0001", "9999"])
def test_a_year_beyond_the_calendar_of_the_site(world: World, year: str) -> None:
    client = world.client(Role.COORDINATOR)
    address = f"/netz/{world.network.slug}/verlauf/"
    for edge in ("since", "until"):
        asked = {f"{edge}_day": "31", f"{edge}_month": "12", f"{edge}_year": year}
        assert client.get(address, asked).status_code == 200


def test_every_number_in_an_address_is_checked_in_one_place() -> None:
    """Converters of numbers other than Django's own would slip past the check."""
    known = {"int", "slug", "str", "path"}
    found = {
        type(converter).__name__.removesuffix("Converter").lower()
        for pattern in _patterns(get_resolver().url_patterns)
        for converter in getattr(pattern.pattern, "converters", {}).values()
    }
    assert {name.removeprefix("string") or "str" for name in found} <= known


def _patterns(patterns: Any) -> Any:
    for pattern in patterns:
        yield pattern
        yield from _patterns(getattr(pattern, "url_patterns", ()))
