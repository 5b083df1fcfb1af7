"""Mailed personal links: for one act, for a while, once, by POST only, for whom they were meant."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.integration.foundation.conftest import MOMENT
from wirknetz.foundation import actions, links, providers, queries
from wirknetz.foundation.audit import Author
from wirknetz.foundation.links import Done, Link
from wirknetz.foundation.models import AuditEvent, MailedLink, User
from wirknetz.foundation.providers import LinkRefused
from wirknetz.foundation.refusal import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
HOST = "http://127.0.0.1:8000"


class Act:
    """An act of a room: remembers what it did, refuses on demand."""

    def __init__(self) -> None:
        self.did: list[tuple[Link, Mapping[str, Any]]] = []
        self.error: Exception | None = None

    def __call__(self, link: Link, data: Mapping[str, Any], at: dt.datetime) -> Done:
        self.did.append((link, data))
        actions.record_event(by=link, action="test.done", at=at)
        if self.error:
            raise self.error
        return Done("Danke, das ist bestätigt.")


@pytest.fixture
def act(monkeypatch: pytest.MonkeyPatch) -> Act:
    act = Act()
    monkeypatch.setattr(links, "_acts", dict(links._acts))
    links.act("test", title="Meldung bestätigen", button="Bestätigen")(act)
    return act


def make(**more: Any) -> str:
    given = {"purpose": "test", "email": "ada@example.org", "name": "Ada Beispiel", "at": MOMENT,
             "on_behalf_id": 3, "on_behalf_label": "Caritas Nord", "scope_id": 1}  # fmt: skip
    return actions.create_link(**given | more).removeprefix(HOST)


def text(client: Client, url: str) -> str:
    return client.get(url).content.decode()


def done() -> int:
    return AuditEvent.objects.filter(action="test.done").count()


class TestMaking:
    def test_the_secret_is_not_stored(self, act: Act) -> None:
        token = make().split("/")[2]
        stored = MailedLink.objects.get()
        assert len(token) >= 40
        assert token not in str(vars(stored))

    def test_unknown_purposes_are_refused(self) -> None:
        with pytest.raises(KeyError):
            make(purpose="unheard of")

    @pytest.mark.parametrize("more", [{"email": "ada"}, {"valid_for": dt.timedelta(0)}])
    def test_nonsense_is_refused(self, act: Act, more: dict[str, Any]) -> None:
        with pytest.raises((ValidationError, ValueError)):
            make(**more)


class TestShowing:
    def test_it_says_for_whom_one_acts(self, client: Client, act: Act) -> None:
        page = text(client, make())
        assert (
            "Sie handeln für <strong>Caritas Nord</strong> als <strong>Ada Beispiel</strong>"
            in page
        )
        assert "Nicht Sie?" in page
        assert "Meldung bestätigen" in page

    def test_looking_does_nothing(self, client: Client, act: Act) -> None:
        url = make()
        for _ in range(3):
            assert client.get(url).status_code == 200
            assert client.head(url).status_code == 200
        assert not act.did
        assert MailedLink.objects.get().used_at is None

    @pytest.mark.parametrize("method", ["put", "delete", "patch", "options", "trace"])
    def test_other_methods_are_refused(self, client: Client, act: Act, method: str) -> None:
        assert getattr(client, method)(make()).status_code == 405
        assert not act.did

    def test_it_is_not_kept_by_browsers(self, client: Client, act: Act) -> None:
        assert "no-store" in client.get(make())["Cache-Control"]

    def test_names_are_escaped(self, client: Client, act: Act) -> None:
        assert "<b>x" not in text(client, make(name="<b>x"))


class TestActing:
    def test_a_post_acts_once(self, client: Client, act: Act) -> None:
        url = make()
        answer = client.post(url, {"comment": "ja"})
        assert answer.status_code == 200
        assert "Danke, das ist bestätigt." in answer.content.decode()
        ((link, data),) = act.did
        assert data["comment"] == "ja"
        assert link.author == Author(source=f"link:{link.pk}", scope_id=1, on_behalf_id=3,
                                     on_behalf_label="Caritas Nord")  # fmt: skip

    def test_a_foreign_page_cannot_post(self, act: Act) -> None:
        assert Client(enforce_csrf_checks=True).post(make()).status_code == 403
        assert not act.did

    def test_again_says_that_it_was_used(self, client: Client, act: Act) -> None:
        url = make()
        client.post(url)
        for answer in (client.get(url), client.post(url)):
            assert answer.status_code == 410
            assert "schon benutzt" in answer.content.decode()
            assert "23.11.2026" in answer.content.decode()
        assert len(act.did) == 1

    def test_too_late_says_that_it_expired(self, client: Client, act: Act, clock: Any) -> None:
        url = make(valid_for=dt.timedelta(hours=1))
        clock.shift(3600)
        for answer in (client.get(url), client.post(url)):
            assert answer.status_code == 410
            assert "abgelaufen" in answer.content.decode()
        assert not act.did

    def test_revoked_says_so(self, client: Client, act: Act) -> None:
        url = make(payload={"round": 4})
        assert actions.revoke_links(purpose="test", payload={"round": 4}, at=MOMENT) == 1
        assert "zurückgezogen" in text(client, url)
        assert client.post(url).status_code == 410
        assert not act.did

    def test_an_unknown_one_says_so(self, client: Client) -> None:
        answer = client.get("/l/gibtesnicht/")
        assert answer.status_code == 404
        assert "kennen wir nicht" in answer.content.decode()

    def test_what_is_wrong_in_the_post_is_said_and_the_link_stays(
        self, client: Client, act: Act
    ) -> None:
        url = make()
        act.error = ValidationError("Bitte schreiben Sie einen Grund.")
        answer = client.post(url)
        assert answer.status_code == 400
        assert "Bitte schreiben Sie einen Grund." in answer.content.decode()
        assert done() == 0
        act.error = None
        assert client.post(url).status_code == 200
        assert done() == 1

    def test_what_the_rules_refuse_leaves_nothing(self, client: Client, act: Act) -> None:
        url = make()
        act.error = Refused("Die Runde ist geschlossen.")
        answer = client.post(url)
        assert answer.status_code == 403
        assert "Die Runde ist geschlossen." in answer.content.decode()
        assert done() == 0
        assert MailedLink.objects.get().used_at is None

    def test_the_act_speaks_for_the_person_of_the_link_not_for_who_is_signed_in(
        self, client: Client, act: Act, user: User
    ) -> None:
        client.force_login(user)
        client.post(make())
        assert AuditEvent.objects.get(action="test.done").user_id is None

    def test_guessing_addresses_is_slowed_down(self, client: Client, act: Act) -> None:
        answers = {client.get(f"/l/falsch{number}/").status_code for number in range(25)}
        assert answers == {404, 429}
        assert client.get(make()).status_code == 200

    @settings(max_examples=20, deadline=None)
    @given(steps=st.lists(st.sampled_from(["get", "head", "post", "revoke", "day"]), max_size=8))
    def test_whatever_happens_it_acts_at_most_once_and_only_while_open(
        self, steps: list[str]
    ) -> None:
        did = []
        known = dict(links._acts)
        links.act("test", title="T", button="B")(lambda *given: did.append(given) or Done("x"))
        url = make(valid_for=dt.timedelta(days=2), scope_id=None)
        token, now, alive, expected = url.split("/")[2], MOMENT, True, 0
        for step in steps:
            if step == "day":
                now += dt.timedelta(days=1)
            elif step == "post":
                expected += alive and now < MOMENT + dt.timedelta(days=2) and not expected
                try:
                    actions.perform_link(token=token, data={}, at=now)
                except links.NotUsable:
                    assert len(did) == expected
            elif step == "revoke":
                alive = not actions.revoke_link(token=token, at=now) and alive
            else:
                Client().generic(step.upper(), url)
        links._acts.clear()
        links._acts.update(known)
        assert len(did) == expected


class TestNotYou:
    def test_it_says_whose_link_it_is_and_looking_revokes_nothing(
        self, client: Client, act: Act
    ) -> None:
        url = make()
        page = text(client, url + "nicht-ich/")
        assert "Ada Beispiel" in page
        assert "Caritas Nord" in page
        assert client.get(url).status_code == 200

    def test_a_post_revokes_it_and_tells_the_rooms(
        self, client: Client, act: Act, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        told: list[LinkRefused] = []
        monkeypatch.setitem(providers._reactions, LinkRefused, {"test": told.append})
        url = make()
        assert "gilt nicht mehr" in client.post(url + "nicht-ich/").content.decode()
        assert client.post(url).status_code == 410
        assert [(t.purpose, t.scope_id, t.on_behalf_id) for t in told] == [("test", 1, 3)]
        assert AuditEvent.objects.filter(action="link.refused").count() == 1

    def test_a_used_one_cannot_be_revoked(self, client: Client, act: Act) -> None:
        url = make()
        client.post(url)
        assert client.post(url + "nicht-ich/").status_code == 410


def test_who_saw_it_open_but_comes_second_does_not_act(
    act: Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = make().split("/")[2]
    seen_open = queries.link(token=token, at=MOMENT)
    actions.perform_link(token=token, data={}, at=MOMENT)
    monkeypatch.setattr(queries, "link", lambda **_: seen_open)
    with pytest.raises(links.NotUsable) as refused:
        actions.perform_link(token=token, data={}, at=MOMENT)
    assert refused.value.state is links.State.USED
    assert done() == 1


RACER = """
import datetime as dt, json, sys
import django
django.setup()
from django.core.management import call_command
from wirknetz.foundation import actions, links
from wirknetz.foundation.models import AuditEvent
at = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)

@links.act("race", title="T", button="B")
def act(link, data, at):
    actions.record_event(by=link, action="race.won", at=at)
    return links.Done("x")

if sys.argv[1] == "fill":
    call_command("migrate", verbosity=0)
    make = lambda: actions.create_link(purpose="race", email="", on_behalf_label="O", at=at)
    print(json.dumps([make().split("/")[4] for _ in range(25)]))
elif sys.argv[1] == "count":
    print(AuditEvent.objects.filter(action="race.won").count())
else:
    print("ready", flush=True)
    for token in json.loads(sys.stdin.readline()):
        try:
            actions.perform_link(token=token, data={}, at=at)
            print("done")
        except links.NotUsable as error:
            print(error.state.value)
"""


def _start(url: str, word: str) -> subprocess.Popen[str]:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "wirknetz.web.settings",
        "WIRKNETZ_MODE": "test",
        "DATABASE_URL": url,
        "PYTHONPATH": "src",
    }
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", RACER, word],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _race(url: str) -> None:
    tokens = _start(url, "fill").communicate(timeout=120)[0]
    racers = [_start(url, "race") for _ in range(2)]
    for racer in racers:
        assert racer.stdout is not None
        assert racer.stdout.readline().strip() == "ready"
    for racer in racers:
        assert racer.stdin is not None
        racer.stdin.write(tokens)
        racer.stdin.flush()
    outcomes = [racer.communicate(timeout=120)[0].split() for racer in racers]
    assert [sorted(pair) for pair in zip(*outcomes, strict=True)] == [["done", "used"]] * 25
    assert _start(url, "count").communicate(timeout=60)[0].strip() == "25"


def test_of_two_processes_one_uses_each_link_on_sqlite(tmp_path: Path) -> None:
    _race(f"sqlite:///{tmp_path / 'race.sqlite3'}")


@pytest.mark.postgres
def test_of_two_processes_one_uses_each_link_on_postgresql(postgres_url: str) -> None:
    _race(postgres_url)
