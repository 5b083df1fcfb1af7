"""Founding a network, its settings and lists, and what its first page is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404

from tests.world import NOW, Role, World, add_network, add_role
from wirknetz.foundation.audit import system
from wirknetz.foundation.models import AuditEvent, Notification, User
from wirknetz.foundation.providers import EXPORT, SCOPES, ExportOf, LinkRefused, SetUp, ask, tell
from wirknetz.foundation.refusal import Refused
from wirknetz.network import actions, queries
from wirknetz.network.models import Network, NetworkRole, Region, TargetGroup


def test_setting_up_founds_the_first_network(db: None) -> None:
    user = User.objects.create_user("erste@example.org", name="Erste Person", joined_at=NOW)
    tell(SetUp(user.pk, "Netz Anfang", "anfang", NOW))
    network = Network.objects.get()
    role = NetworkRole.objects.get(network=network)
    assert (network.slug, role.role, role.person.email) == ("anfang", "coordinator", user.email)
    user.refresh_from_db()
    assert user.second_factor_required
    founded = AuditEvent.objects.get(action="network.founded")
    assert (founded.scope_id, founded.source) == (network.pk, "set-up")


def test_a_taken_name_or_address_founds_nothing(world: World) -> None:
    for name, slug in (("Netz Neu", world.network.slug), (world.network.name, "neu")):
        with pytest.raises(ValidationError):
            actions.found_network(
                name=name, slug=slug, coordinator=world.user(Role.STRANGER).pk,
                by=system("test"), at=NOW,
            )  # fmt: skip
    with pytest.raises(Http404):
        actions.found_network(name="Neu", slug="neu", coordinator=0, by=system("test"), at=NOW)
    assert Network.objects.count() == 2


def test_settings_are_the_offices(world: World) -> None:
    settings = replace(queries.settings_of(world.network), minimum_group=5, purpose="Ein Anliegen")
    with pytest.raises(Refused):
        actions.change_settings(settings=settings, by=world.actor(Role.LEADERSHIP_OWN), at=NOW)
    actions.change_settings(settings=settings, by=world.actor(Role.COORDINATOR), at=NOW)
    world.network.refresh_from_db()
    assert (world.network.minimum_group, world.network.purpose) == (5, "Ein Anliegen")
    told = AuditEvent.objects.latest("pk").details["changed"]
    assert told["minimum_group"] == ["3", "5"]


@pytest.mark.parametrize("change", [{"minimum_group": 2}, {"name": "NETZ ABENDSTERN"}])
def test_settings_that_cannot_be_are_not_stored(world: World, change: dict[str, object]) -> None:
    settings = replace(queries.settings_of(world.network), **change)  # type: ignore[arg-type]
    with pytest.raises(ValidationError):
        actions.change_settings(settings=settings, by=world.actor(Role.COORDINATOR), at=NOW)
    world.network.refresh_from_db()
    assert (world.network.minimum_group, world.network.name) == (3, "Netz Morgenrot")


def test_regions_come_change_and_go(world: World) -> None:
    office = world.actor(Role.COORDINATOR)
    pk = actions.add_region(name="Südstadt", by=office, at=NOW)
    with pytest.raises(ValidationError):
        actions.add_region(name="musterstadt nord", by=office, at=NOW)
    with pytest.raises(ValidationError):
        actions.change_region(region_id=pk, name="Musterstadt NORD", by=office, at=NOW)
    actions.choose_region(organisation_id=world.own.pk, region_id=pk, by=office, at=NOW)
    with pytest.raises(Refused, match="noch benutzt"):
        actions.remove_region(region_id=pk, by=office, at=NOW)
    actions.choose_region(organisation_id=world.own.pk, region_id=None, by=office, at=NOW)
    actions.remove_region(region_id=pk, by=office, at=NOW)
    assert list(Region.objects.filter(network=world.network)) == [world.region]
    assert AuditEvent.objects.latest("pk").object_id == str(pk)


def test_target_groups_come_change_and_go(world: World) -> None:
    office = world.actor(Role.COORDINATOR)
    pk = actions.add_target_group(name="Junge Menschen", description="", by=office, at=NOW)
    actions.change_target_group(
        target_group_id=pk, name="Junge Menschen", description="bis 27", by=office, at=NOW
    )
    assert TargetGroup.objects.get(pk=pk).description == "bis 27"
    actions.remove_target_group(target_group_id=pk, by=office, at=NOW)
    assert not TargetGroup.objects.filter(pk=pk).exists()


def test_lists_of_others_are_neither_seen_nor_changed(world: World) -> None:
    region = Region.objects.create(network=world.elsewhere, name="Fernstadt")
    with pytest.raises(Http404):
        actions.change_region(
            region_id=region.pk, name="X", by=world.actor(Role.COORDINATOR), at=NOW
        )
    with pytest.raises(Refused):
        actions.remove_region(
            region_id=world.region.pk, by=world.actor(Role.LEADERSHIP_OWN), at=NOW
        )
    assert [row.name for row in queries.regions(world.actor(Role.OBSERVER))] == [world.region.name]


def test_a_refused_invitation_is_told_to_the_office(world: World) -> None:
    user = world.user(Role.STRANGER).pk
    tell(LinkRefused("account.join", world.network.pk, user, None, NOW))
    tell(LinkRefused("account.sign-in", None, user, None, NOW))
    told = Notification.objects.get()
    assert told.user == world.user(Role.COORDINATOR)


def test_scopes_are_ones_networks(world: World) -> None:
    user = world.user(Role.COORDINATOR)
    assert [s.label for s in ask(SCOPES, user.pk)] == ["Netz Morgenrot"]
    assert list(ask(SCOPES, world.user(Role.STRANGER).pk)) == []


def test_one_network_is_entered_at_once(world: World) -> None:
    response = world.client(Role.PRACTITIONER_OWN).get("/", follow=True)
    assert response.redirect_chain[-1][0] == f"/netz/{world.network.slug}/"


def test_several_networks_are_offered(world: World) -> None:
    add_role(world.elsewhere, world.person(Role.COORDINATOR), "observer")
    add_network("Netz Ohne Mich", "ohne-mich")
    page = world.client(Role.COORDINATOR).get("/netze/").content.decode()
    assert "Netz Morgenrot" in page
    assert "Netz Abendstern" in page
    assert "Ohne Mich" not in page


def test_who_belongs_nowhere_reads_what_to_do(world: World) -> None:
    page = world.client(Role.STRANGER).get("/netze/").content.decode()
    assert "Sie gehören noch zu keinem Netzwerk" in page
    assert "Morgenrot" not in page


def test_an_organisation_takes_its_facts_and_people_along(world: World) -> None:
    sheets = {s.name: s for s in ask(EXPORT, ExportOf(world.own.pk, world.network.pk))}
    facts, people = sheets["Organisation"], sheets["Ansprechpersonen"]
    assert [row[0] for row in facts.rows] == [world.own.name]
    assert [row[0] for row in people.rows] == ["Petra Probe", "Lena Leitbild"]
    assert all(len(row) == len(sheet.header) for sheet in (facts, people) for row in sheet.rows)
    elsewhere = {s.name: s for s in ask(EXPORT, ExportOf(world.own.pk, world.elsewhere.pk))}
    assert elsewhere["Organisation"].rows == elsewhere["Ansprechpersonen"].rows == ()
