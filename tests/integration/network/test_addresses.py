"""A person's address follows that of her account, in all networks."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.test import Client

from tests.world import NOW, Role, World, add_affiliation, add_person, add_role
from wirknetz.foundation.actions import address_changed
from wirknetz.foundation.models import AuditEvent, OutboxMessage, User
from wirknetz.network import queries
from wirknetz.network.actions import add_person as enter
from wirknetz.network.models import Affiliation, NetworkRole, Person

pytestmark = pytest.mark.django_db
NEW = "neue@example.org"


def moves(world: World, role: Role, email: str = NEW) -> Person:
    """The account of this role has another address, proven to be read."""
    user = world.user(role)
    User.objects.filter(pk=user.pk).update(email=email)
    address_changed(user_id=user.pk, at=NOW)
    return Person.objects.get(user=user)


def events(action: str) -> list[int | None]:
    found = AuditEvent.objects.filter(action=action)
    return sorted(found.values_list("scope_id", flat=True), key=lambda pk: pk or 0)


def test_through_the_pages_of_the_account(world: World) -> None:
    cache.clear()
    user, browser = world.user(Role.PRACTITIONER_OWN), Client()
    browser.post("/konto/login/", {"login": user.email, "password": "geheim-genug-fuer-tests"})
    browser.post("/konto/email/", {"action_add": "", "email": NEW})
    text = OutboxMessage.objects.filter(recipient=NEW).latest("pk").text
    (page,) = re.findall(r"http://127\.0\.0\.1:8000(/konto/\S+)", text)
    browser.post(page)
    assert Person.objects.get(user=user).email == NEW


def test_the_trail_of_each_network_says_so_without_the_address(world: World) -> None:
    person = world.person(Role.LEADERSHIP_FOREIGN)
    add_affiliation(world.elsewhere, person, world.shared)
    moves(world, Role.LEADERSHIP_FOREIGN)
    assert events("person.address_changed") == [world.network.pk, world.elsewhere.pk]
    assert NEW not in str(list(AuditEvent.objects.values()))
    rows = queries.trail(world.actor(Role.COORDINATOR)).rows
    assert "E-Mail-Adresse geändert" in [row.what for row in rows]


def test_the_office_enters_her_with_the_new_address_as_the_same_person(world: World) -> None:
    person = moves(world, Role.PRACTITIONER_OWN)
    enter(
        organisation_id=world.third.pk, email=NEW, name="Irgendwer",
        facts=queries.AffiliationFacts("operative"), by=world.actor(Role.COORDINATOR), at=NOW,
    )  # fmt: skip
    assert person.affiliations.filter(organisation=world.third).exists()


def test_the_former_address_is_free_for_somebody_else(world: World) -> None:
    before = world.user(Role.PRACTITIONER_OWN).email
    moves(world, Role.PRACTITIONER_OWN)
    enter(
        organisation_id=world.third.pk, email=before, name="Neue Kraft",
        facts=queries.AffiliationFacts("operative"), by=world.actor(Role.COORDINATOR), at=NOW,
    )  # fmt: skip
    assert Person.objects.get(email=before).name == "Neue Kraft"


def test_who_was_entered_with_that_address_is_she(world: World) -> None:
    entry = add_person("N. Eintrag", NEW, account=False)
    tie = add_affiliation(world.network, entry, world.third)
    double = add_affiliation(world.network, entry, world.own)
    role = add_role(world.elsewhere, entry, "observer")
    person = moves(world, Role.PRACTITIONER_OWN)
    assert not Person.objects.filter(pk=entry.pk).exists()
    assert Affiliation.objects.get(pk=tie.pk).person == person
    assert NetworkRole.objects.get(pk=role.pk).person == person
    assert Affiliation.objects.get(pk=double.pk).until == NOW
    assert person.affiliations.filter(organisation=world.own, until__isnull=True).count() == 1
    assert world.network.pk in events("person.joined_up")


def test_two_who_change_places(world: World) -> None:
    """Rows from before addresses were carried over may still say each other's."""
    own, foreign = world.user(Role.PRACTITIONER_OWN), world.user(Role.PRACTITIONER_FOREIGN)
    Person.objects.filter(user=foreign).update(email="ziel@example.org")
    Person.objects.filter(user=own).update(email="zuhause@example.org")
    User.objects.filter(pk=foreign.pk).update(email="zuhause@example.org")
    person = moves(world, Role.PRACTITIONER_OWN, "ziel@example.org")
    assert person.email == "ziel@example.org"
    assert Person.objects.get(user=foreign).email == "zuhause@example.org"


def test_an_account_without_a_part_in_any_network_changes_nothing(world: World) -> None:
    user = world.user(Role.STRANGER)
    address_changed(user_id=user.pk, at=NOW)
    assert events("person.address_changed") == []


def test_the_same_address_again_is_no_change(world: World) -> None:
    address_changed(user_id=world.user(Role.OBSERVER).pk, at=NOW)
    assert events("person.address_changed") == []
