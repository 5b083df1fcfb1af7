"""Whom the office enters for an organisation without leadership, a second person confirms."""

from __future__ import annotations

import pytest
from django.http import Http404
from django.urls import reverse

from tests.world import NOW, Role, World, add_affiliation, add_person, add_role
from wirknetz.foundation.models import AuditEvent, Notification, OutboxMessage
from wirknetz.foundation.refusal import Refused
from wirknetz.network import actions, queries
from wirknetz.network.models import Affiliation
from wirknetz.network.queries import AffiliationFacts
from wirknetz.network.rules import Actor

pytestmark = pytest.mark.django_db
PRACTICE = AffiliationFacts("operative")
LEADERSHIP = AffiliationFacts("leadership", "Leitung", True, NOW.date())


@pytest.fixture
def headless(world: World) -> World:
    """`own` has a practitioner and nobody who decides."""
    tie = world.affiliation(Role.LEADERSHIP_OWN)
    tie.until = NOW
    tie.save()
    return world


def enter(
    world: World, by: Role = Role.COORDINATOR, facts: AffiliationFacts = PRACTICE
) -> Affiliation:
    pk = actions.add_person(
        organisation_id=world.own.pk, email="komplizin@example.org", name="Kora Komplizin",
        facts=facts, by=world.actor(by), at=NOW,
    )  # fmt: skip
    return Affiliation.objects.get(pk=pk)


def confirm(world: World, tie: Affiliation, by: Actor) -> None:
    actions.confirm_affiliation(affiliation_id=tie.pk, by=by, at=NOW)


def second_coordinator(world: World) -> Actor:
    person = add_person("Konrad Zwei", "zwei@example.org")
    add_role(world.network, person, "coordinator")
    return queries.actor_in(world.network, person)


def is_marked(tie: Affiliation) -> bool:
    return Affiliation.objects.get(pk=tie.pk).entered_by is not None


def test_everybody_else_there_is_asked_at_once_and_the_page_says_so(headless: World) -> None:
    tie = enter(headless)
    assert is_marked(tie)
    asked = Notification.objects.get(kind="affiliation.unconfirmed")
    assert (asked.user, asked.immediate) == (headless.user(Role.PRACTITIONER_OWN), True)
    assert "Kora Komplizin" in asked.text
    assert OutboxMessage.objects.filter(recipient="practitioner_own@example.org").count() == 1
    url = reverse("network:organisation", args=[headless.network.slug, headless.own.pk])
    for role in (Role.PRACTITIONER_OWN, Role.PRACTITIONER_FOREIGN, Role.COORDINATOR):
        page = headless.client(role).get(url).content.decode()
        assert "noch nicht bestätigt" in page, role


def test_the_offices_second_person_reads_it_too(headless: World) -> None:
    second = second_coordinator(headless)
    enter(headless)
    asked = Notification.objects.filter(kind="affiliation.unconfirmed")
    assert second.user_id in asked.values_list("user_id", flat=True)
    assert headless.user(Role.COORDINATOR).pk not in asked.values_list("user_id", flat=True)


def test_where_there_is_a_leadership_that_reads_of_it_and_nothing_waits(world: World) -> None:
    tie = enter(world)
    assert not is_marked(tie)
    told = Notification.objects.get(kind="affiliation.started")
    assert told.user == world.user(Role.LEADERSHIP_OWN)


def test_an_accomplice_as_leadership_does_not_cover_the_next_one(headless: World) -> None:
    first = enter(headless, facts=LEADERSHIP)
    assert is_marked(first)
    pk = actions.add_person(
        organisation_id=headless.own.pk, email="noch@example.org", name="Noch Eine",
        facts=PRACTICE, by=headless.actor(Role.COORDINATOR), at=NOW,
    )  # fmt: skip
    assert is_marked(Affiliation.objects.get(pk=pk))


def test_nor_does_making_a_colleague_decide(headless: World) -> None:
    tie = headless.affiliation(Role.PRACTITIONER_OWN)
    actions.change_affiliation(
        affiliation_id=tie.pk, facts=LEADERSHIP, by=headless.actor(Role.COORDINATOR), at=NOW
    )
    assert is_marked(tie)


def test_whom_the_organisation_itself_enters_needs_nobody_else(world: World) -> None:
    assert not is_marked(enter(world, Role.LEADERSHIP_OWN))


def test_a_colleague_confirms(headless: World) -> None:
    tie = enter(headless)
    url = reverse("network:confirm_person", args=[headless.network.slug, headless.own.pk, tie.pk])
    assert headless.client(Role.PRACTITIONER_OWN).post(url).status_code == 302
    assert not is_marked(tie)
    event = AuditEvent.objects.get(action="affiliation.confirmed")
    assert event.on_behalf_label == headless.own.name
    assert event.details == {"person": tie.person_id}


def test_so_does_the_offices_second_person(headless: World) -> None:
    tie = enter(headless)
    confirm(headless, tie, second_coordinator(headless))
    assert not is_marked(tie)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.PRACTITIONER_FOREIGN, Role.OBSERVER])
def test_not_who_entered_her_nor_strangers(headless: World, role: Role) -> None:
    tie = enter(headless)
    with pytest.raises(Refused):
        confirm(headless, tie, headless.actor(role))
    assert is_marked(tie)


def test_nor_she_herself(headless: World) -> None:
    tie = headless.affiliation(Role.PRACTITIONER_OWN)
    Affiliation.objects.filter(pk=tie.pk).update(entered_by=headless.user(Role.COORDINATOR))
    with pytest.raises(Refused):
        confirm(headless, tie, headless.actor(Role.PRACTITIONER_OWN))


def test_nor_from_another_network(headless: World) -> None:
    tie = add_affiliation(headless.elsewhere, add_person("E", "e@example.org"), headless.shared)
    with pytest.raises(Http404):
        confirm(headless, tie, headless.actor(Role.COORDINATOR))


def test_twice_is_once(headless: World) -> None:
    tie = enter(headless)
    for _ in range(2):
        confirm(headless, tie, headless.actor(Role.PRACTITIONER_OWN))
    assert AuditEvent.objects.filter(action="affiliation.confirmed").count() == 1
