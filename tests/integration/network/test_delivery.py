"""Whom mails do not reach: the office reads it, of its own people and its own mails only."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from tests.world import NOW, Role, World, add_affiliation, add_person, add_role
from wirknetz.foundation.actions import send_mail
from wirknetz.foundation.actions.cleaning import remove_what_expired
from wirknetz.foundation.models import AuditEvent, OutboxMessage
from wirknetz.foundation.queries import Reason
from wirknetz.network import queries

pytestmark = pytest.mark.django_db
NO_SUCH = "SMTPRecipientsRefused: {'x@example.org': (550, b'No such user')}"


def failed(world: World, to: str, subject: str = "Bitte melden", **more: object) -> OutboxMessage:
    """A mail of this network that did not arrive."""
    send_mail(
        key=f"{to}:{subject}", to=to, subject=subject, text="Guten Tag",
        scope_id=world.network.pk, at=NOW,
    )  # fmt: skip
    found = OutboxMessage.objects.filter(recipient=to, subject=subject)
    found.update(**{"state": "failed", "attempts": 1, "last_error": NO_SUCH} | more)
    return found.get()


def page(world: World, role: Role = Role.COORDINATOR) -> str:
    url = reverse("network:delivery", args=[world.network.slug])
    return world.client(role).get(url).content.decode()


def again(world: World, person: int | None = None) -> int:
    name, extra = ("network:send_again", [person]) if person else ("network:delivery", [])
    url = reverse(name, args=[world.network.slug, *extra])
    return world.client(Role.COORDINATOR).post(url).status_code


def test_the_page_says_who_and_why_and_what_to_do(world: World) -> None:
    failed(world, "practitioner_own@example.org")
    said = page(world)
    assert "Petra Probe" in said
    assert "practitioner_own@example.org" in said
    assert "Sozialwerk Lindenhof" in said
    assert "Bitte melden" in said
    assert "Diese Adresse nimmt keine E-Mails an." in said
    assert "No such user" not in said


def test_without_trouble_it_says_so(world: World) -> None:
    assert "Alle E-Mails sind angekommen" in page(world)


def test_people_of_other_networks_are_not_on_it(world: World) -> None:
    failed(world, "coordinator_elsewhere@example.org")
    failed(world, "stranger@example.org")
    assert queries.undelivered(world.actor(Role.COORDINATOR)) == ()


def test_people_who_left_are_not_on_it(world: World) -> None:
    failed(world, "practitioner_own@example.org")
    tie = world.affiliation(Role.PRACTITIONER_OWN)
    tie.until = NOW
    tie.save()
    assert queries.undelivered(world.actor(Role.COORDINATOR)) == ()


def test_what_another_network_wrote_is_not_on_it(world: World) -> None:
    failed(world, "practitioner_foreign@example.org", "Geheimes", scope_id=world.elsewhere.pk)
    assert queries.undelivered(world.actor(Role.COORDINATOR)) == ()


def test_of_mails_to_the_account_the_subject_stays_private(world: World) -> None:
    failed(world, "practitioner_own@example.org", "Ihr Passwort wurde geändert", scope_id=None)
    (row,) = queries.undelivered(world.actor(Role.COORDINATOR))
    assert [subject for subject, _at in row.mails] == ["Zusammenfassung oder Nachricht zum Zugang"]


def test_who_has_a_role_only_is_on_it(world: World) -> None:
    failed(world, "observer@example.org")
    (row,) = queries.undelivered(world.actor(Role.COORDINATOR))
    assert (row.name, row.organisations) == ("Oskar Obacht", ())


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (NO_SUCH, Reason.ADDRESS),
        ("UnicodeEncodeError: ü", Reason.ADDRESS),
        ("SMTPDataError: (554, b'spam')", Reason.REFUSED),
        ("SMTPSenderRefused: (550, b'no', 'a@b.de')", Reason.REFUSED),
        ("ConnectionRefusedError: [Errno 111]", Reason.SERVER),
        ("SMTPAuthenticationError: (535, b'no')", Reason.SERVER),
    ],
)
def test_the_reason_follows_from_the_kind_of_error(
    world: World, error: str, reason: Reason
) -> None:
    failed(world, "observer@example.org", last_error=error)
    (row,) = queries.undelivered(world.actor(Role.COORDINATOR))
    assert row.reason is reason


def test_a_server_that_does_not_answer_is_not_the_addresses_fault(world: World) -> None:
    failed(world, "observer@example.org", last_error="ConnectionRefusedError: no")
    assert "Das liegt nicht an den Adressen." in page(world)


@pytest.mark.parametrize(("attempts", "listed"), [(1, 0), (2, 0), (3, 1)])
def test_a_first_refusal_is_usual_and_not_listed(world: World, attempts: int, listed: int) -> None:
    failed(world, "observer@example.org", state="queued", attempts=attempts)
    assert len(queries.undelivered(world.actor(Role.COORDINATOR))) == listed


def test_sending_again_puts_it_back_into_the_queue_and_is_audited(world: World) -> None:
    mail = failed(world, "practitioner_own@example.org")
    other = failed(world, "observer@example.org")
    assert again(world, world.person(Role.PRACTITIONER_OWN).pk) == 302
    mail.refresh_from_db()
    other.refresh_from_db()
    assert (mail.state, mail.attempts, other.state) == ("queued", 0, "failed")
    event = AuditEvent.objects.get(action="mail.retried")
    assert (event.scope_id, event.details) == (world.network.pk, {"mails": 1})


def test_all_can_be_sent_again_at_once(world: World) -> None:
    failed(world, "practitioner_own@example.org")
    failed(world, "observer@example.org")
    foreign = failed(world, "coordinator_elsewhere@example.org")
    assert again(world) == 302
    assert list(OutboxMessage.objects.filter(state="failed")) == [foreign]


def test_nobody_sends_mails_of_people_of_another_network(world: World) -> None:
    elsewhere = world.person(Role.COORDINATOR_ELSEWHERE)
    mail = failed(world, elsewhere.email)
    assert again(world, elsewhere.pk) == 404
    mail.refresh_from_db()
    assert mail.state == "failed"


def test_another_networks_mail_to_the_same_person_is_not_sent(world: World) -> None:
    add_role(world.elsewhere, world.person(Role.OBSERVER), "observer")
    mail = failed(world, "observer@example.org", scope_id=world.elsewhere.pk)
    again(world, world.person(Role.OBSERVER).pk)
    mail.refresh_from_db()
    assert mail.state == "failed"


def test_the_desk_leads_there_only_when_there_is_something(world: World) -> None:
    url = reverse("network:delivery", args=[world.network.slug])
    today = reverse("backbone:today", args=[world.network.slug])
    client = world.client(Role.COORDINATOR)
    assert url not in client.get(today).content.decode()
    failed(world, "observer@example.org")
    assert url in client.get(today).content.decode()


def test_what_failed_long_ago_is_forgotten(world: World) -> None:
    mail = failed(world, "observer@example.org")
    remove_what_expired(at=NOW + dt.timedelta(days=31))
    mail.refresh_from_db()
    assert (mail.recipient, mail.text, mail.last_error) == ("", "", "")
    assert mail.key


def test_the_number_of_queries_does_not_grow(
    world: World, django_assert_num_queries: object
) -> None:
    for number in range(8):
        person = add_person(f"P {number}", f"viele{number}@example.org")
        add_affiliation(world.network, person, world.own)
        failed(world, person.email)
    actor = world.actor(Role.COORDINATOR)
    with django_assert_num_queries(3):  # type: ignore[operator]
        assert len(queries.undelivered(actor)) == 8
