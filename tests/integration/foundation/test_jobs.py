"""What runs by itself: when due, once, and nobody stops the others."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.sessions.models import Session

from tests.integration.foundation.conftest import MOMENT
from wirknetz.foundation import actions, jobs, queries
from wirknetz.foundation.models import MailedLink, Notification, OutboxMessage, User

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dt.datetime]]:
    """Two jobs of a test, of which the first fails."""
    ran: list[tuple[str, dt.datetime]] = []
    monkeypatch.setattr(jobs, "_periodic", {})

    @jobs.periodic("a-broken", every=MINUTE)
    def broken(at: dt.datetime) -> None:
        ran.append(("a-broken", at))
        try:
            int("Ada Beispiel")
        except ValueError as error:
            raise RuntimeError("nicht zustellbar an ada@example.org") from error

    @jobs.periodic("fine", every=2 * MINUTE)
    def fine(at: dt.datetime) -> None:
        ran.append(("fine", at))

    return ran


def test_what_is_due_runs_and_an_error_does_not_stop_the_others(
    ran: list[tuple[str, dt.datetime]],
) -> None:
    assert jobs.tick(MOMENT) == ("a-broken", "fine")
    assert ran == [("a-broken", MOMENT), ("fine", MOMENT)]
    runs = queries.last_runs()
    *places, kinds = runs["a-broken"].error.splitlines()
    assert kinds == "RuntimeError from ValueError"
    assert places[-1].startswith("  test_jobs.py:")
    assert places[-1].endswith(" broken")
    assert runs["a-broken"].failed_at == MOMENT
    assert runs["fine"].error == ""


def test_what_is_kept_of_an_error_names_nobody(ran: list[tuple[str, dt.datetime]]) -> None:
    jobs.tick(MOMENT)
    kept = queries.last_runs()["a-broken"].error
    assert not [word for word in ("Ada", "ada@", "zustellbar", "raise") if word in kept]


def test_nothing_runs_before_its_time(ran: list[tuple[str, dt.datetime]]) -> None:
    jobs.tick(MOMENT)
    ran.clear()
    assert jobs.tick(MOMENT + MINUTE - dt.timedelta(seconds=1)) == ()
    assert jobs.tick(MOMENT + MINUTE) == ("a-broken",)
    assert jobs.tick(MOMENT + 2 * MINUTE) == ("a-broken", "fine")


def test_of_two_workers_one_runs_it(ran: list[tuple[str, dt.datetime]]) -> None:
    assert actions.claim_run(name="fine", every=MINUTE, at=MOMENT)
    assert not actions.claim_run(name="fine", every=MINUTE, at=MOMENT)
    assert not actions.claim_run(name="fine", every=MINUTE, at=MOMENT + dt.timedelta(seconds=59))
    assert actions.claim_run(name="fine", every=MINUTE, at=MOMENT + MINUTE)


def test_when_nothing_is_due_a_tick_costs_one_query(
    ran: list[tuple[str, dt.datetime]], django_assert_num_queries: object
) -> None:
    jobs.tick(MOMENT)
    with django_assert_num_queries(1):  # type: ignore[operator]
        jobs.tick(MOMENT)


def test_a_good_run_forgets_the_error(monkeypatch: pytest.MonkeyPatch) -> None:
    actions.claim_run(name="x", every=MINUTE, at=MOMENT)
    actions.end_run(name="x", error="kaputt", at=MOMENT)
    actions.end_run(name="x", error="", at=MOMENT + MINUTE)
    assert queries.last_runs()["x"].error == ""
    assert queries.last_runs()["x"].failed_at == MOMENT


def test_the_foundation_has_its_jobs() -> None:
    every = {job.name: job.every for job in jobs.registered()}
    assert every["mail"] == dt.timedelta(seconds=5)
    assert every["seal"] == dt.timedelta(seconds=60)
    assert every["digests"] == dt.timedelta(hours=1)
    assert every["clean-up"] == dt.timedelta(days=1)


def test_a_whole_tick_works_on_an_empty_site(settings: object) -> None:
    jobs.tick(MOMENT)
    assert not [run for run in queries.last_runs().values() if run.error]


class TestCleaning:
    AGO = dt.timedelta(days=500)

    def test_what_expired_long_ago_is_removed(self, user: User) -> None:
        then = MOMENT - self.AGO
        Session.objects.create(session_key="a", session_data="", expire_date=then)
        Session.objects.create(session_key="b", session_data="", expire_date=MOMENT + MINUTE)
        actions.create_sign_in_link(email=user.email, pair="a", at=then)
        actions.create_sign_in_link(email=user.email, pair="b", at=MOMENT)
        for key, at in (("alt", then), ("neu", MOMENT)):
            actions.notify(user_ids=[user.pk], kind="k", key=key, subject="S", at=at)
        jobs.clean_up(MOMENT)
        assert [s.session_key for s in Session.objects.all()] == ["b"]
        assert MailedLink.objects.get().payload == {"pair": "b"}
        assert Notification.objects.get().key == "neu"

    def test_a_mail_that_left_long_ago_is_emptied_but_never_leaves_again(self) -> None:
        then = MOMENT - self.AGO
        given = {"key": "k", "to": "a@example.org", "subject": "S", "text": "T"}
        actions.send_mail(**given, at=then)  # type: ignore[arg-type]
        jobs.deliver(then)
        jobs.clean_up(MOMENT)
        actions.send_mail(**given, at=MOMENT)  # type: ignore[arg-type]
        stored = OutboxMessage.objects.get()
        assert (stored.recipient, stored.text, stored.html) == ("", "", "")
        assert stored.state == OutboxMessage.State.SENT

    def test_what_still_waits_is_kept(self) -> None:
        given = {"key": "k", "to": "a@example.org", "subject": "S", "text": "T"}
        actions.send_mail(**given, at=MOMENT - self.AGO)  # type: ignore[arg-type]
        jobs.clean_up(MOMENT)
        assert OutboxMessage.objects.get().text == "T"
