"""Taking organisations in, changing them, moving them on: what is done and what is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404

from tests.world import NOW, Role, World, add_membership, add_organisation
from wirknetz.foundation.models import AuditEvent, Notification
from wirknetz.foundation.refusal import Refused
from wirknetz.network import actions, queries
from wirknetz.network.models import Membership, Organisation, Region
from wirknetz.network.queries import OrganisationFacts

NEW = OrganisationFacts("Bildungswerk Ahornallee", "Ahornallee", "civil", "sgb2", "Musterstadt")


def _facts(organisation: Organisation, **changes: str) -> OrganisationFacts:
    now = OrganisationFacts(
        organisation.name, organisation.short_name, organisation.sector, organisation.legal_area
    )
    return replace(now, **changes)


def _last() -> AuditEvent:
    return AuditEvent.objects.latest("pk")


def test_a_new_organisation_begins_as_candidate_and_is_told_to_the_trail(world: World) -> None:
    office = world.actor(Role.COORDINATOR)
    pk = actions.add_organisation(facts=NEW, region_id=world.region.pk, by=office, at=NOW)
    membership = Membership.objects.get(organisation_id=pk)
    assert (membership.network, membership.stage, membership.region, membership.joined_on) == (
        world.network, "candidate", world.region, None,
    )  # fmt: skip
    event = _last()
    assert (event.action, event.object_id, event.user_id) == (
        "organisation.added", str(pk), office.user_id,
    )  # fmt: skip


def test_a_member_has_a_day_of_joining(world: World) -> None:
    office = world.actor(Role.COORDINATOR)
    pk = actions.add_organisation(facts=NEW, stage="member", by=office, at=NOW)
    assert Membership.objects.get(organisation_id=pk).joined_on == NOW.date()


@pytest.mark.parametrize("role", [Role.PRACTITIONER_OWN, Role.LEADERSHIP_OWN, Role.OBSERVER])
def test_only_the_office_takes_in(world: World, role: Role) -> None:
    before = Organisation.objects.count(), AuditEvent.objects.count()
    with pytest.raises(Refused):
        actions.add_organisation(facts=NEW, by=world.actor(role), at=NOW)
    assert (Organisation.objects.count(), AuditEvent.objects.count()) == before


def test_an_organisation_of_another_network_is_asked_about_then_taken_as_it_is(
    world: World,
) -> None:
    office = world.actor(Role.COORDINATOR)
    typed = replace(NEW, name="  beratungsstelle   KRANICH ", sector="business")
    with pytest.raises(ValidationError) as error:
        actions.add_organisation(facts=typed, by=office, at=NOW)
    assert error.value.error_dict["name"][0].code == "known"
    pk = actions.add_organisation(facts=typed, reuse=True, by=office, at=NOW)
    assert pk == world.outside.pk
    world.outside.refresh_from_db()
    assert (world.outside.name, world.outside.sector) == ("Beratungsstelle Kranich", "civil")


def test_nobody_is_taken_in_twice(world: World) -> None:
    office = world.actor(Role.COORDINATOR)
    with pytest.raises(ValidationError) as error:
        actions.add_organisation(facts=_facts(world.own), reuse=True, by=office, at=NOW)
    assert error.value.error_dict["name"][0].code == "here"


def test_a_region_of_another_network_is_not_on_the_list(world: World) -> None:
    foreign = Region.objects.create(network=world.elsewhere, name="Fernstadt")
    with pytest.raises(ValidationError):
        actions.add_organisation(
            facts=NEW, region_id=foreign.pk, by=world.actor(Role.COORDINATOR), at=NOW
        )
    assert not Organisation.objects.filter(name=NEW.name).exists()
    with pytest.raises(ValidationError):
        actions.choose_region(
            organisation_id=world.own.pk,
            region_id=foreign.pk,
            by=world.actor(Role.COORDINATOR),
            at=NOW,
        )


def test_the_leadership_changes_its_own_facts_and_speaks_for_it_in_the_trail(world: World) -> None:
    leadership = world.actor(Role.LEADERSHIP_OWN)
    facts = _facts(world.own, city="Neustadt")
    actions.change_organisation(organisation_id=world.own.pk, facts=facts, by=leadership, at=NOW)
    world.own.refresh_from_db()
    assert world.own.city == "Neustadt"
    event = _last()
    assert (event.on_behalf_id, event.details) == (
        world.own.pk,
        {"changed": {"city": ["", "Neustadt"]}},
    )


def test_the_office_does_not_describe_another_networks_partner(world: World) -> None:
    office = world.actor(Role.COORDINATOR)
    with pytest.raises(Refused, match="anderen Netzwerk"):
        actions.change_organisation(
            organisation_id=world.shared.pk, facts=_facts(world.shared), by=office, at=NOW
        )
    actions.change_organisation(
        organisation_id=world.own.pk, facts=_facts(world.own, city="Ort"), by=office, at=NOW
    )


def test_the_other_office_reads_of_it_in_its_own_network_only(world: World) -> None:
    actions.change_organisation(
        organisation_id=world.shared.pk,
        facts=_facts(world.shared, city="Neustadt"),
        by=world.actor(Role.LEADERSHIP_FOREIGN),
        at=NOW,
    )
    told = Notification.objects.get(kind="organisation.changed")
    assert told.user == world.user(Role.COORDINATOR_ELSEWHERE)
    assert told.scope_id == world.elsewhere.pk
    assert world.network.name not in told.subject + told.text + told.url
    assert world.network.slug not in told.url


def test_nothing_changed_is_nothing_told(world: World) -> None:
    before = AuditEvent.objects.count()
    actions.change_organisation(
        organisation_id=world.own.pk,
        facts=_facts(world.own),
        by=world.actor(Role.LEADERSHIP_OWN),
        at=NOW,
    )
    assert AuditEvent.objects.count() == before


def test_no_two_organisations_have_one_name(world: World) -> None:
    with pytest.raises(ValidationError):
        actions.change_organisation(
            organisation_id=world.own.pk,
            facts=_facts(world.own, name=world.third.name),
            by=world.actor(Role.LEADERSHIP_OWN),
            at=NOW,
        )


@pytest.mark.parametrize("role", [Role.PRACTITIONER_OWN, Role.LEADERSHIP_FOREIGN, Role.OBSERVER])
def test_others_do_not_change_facts(world: World, role: Role) -> None:
    with pytest.raises(Refused):
        actions.change_organisation(
            organisation_id=world.own.pk, facts=_facts(world.own), by=world.actor(role), at=NOW
        )


def test_an_organisation_of_another_network_is_not_there(world: World) -> None:
    office = world.actor(Role.COORDINATOR)
    with pytest.raises(Http404):
        actions.change_organisation(
            organisation_id=world.outside.pk, facts=_facts(world.outside), by=office, at=NOW
        )
    with pytest.raises(Http404):
        actions.move_stage(organisation_id=world.outside.pk, stage="left", by=office, at=NOW)


def test_a_membership_goes_its_way_step_by_step(world: World) -> None:
    office = world.actor(Role.COORDINATOR)
    pk = actions.add_organisation(facts=NEW, by=office, at=NOW)
    for stage in ("researched", "contacted", "interested", "committed", "member"):
        actions.move_stage(organisation_id=pk, stage=stage, by=office, at=NOW)
    membership = Membership.objects.get(organisation_id=pk)
    assert (membership.stage, membership.joined_on) == ("member", NOW.date())
    assert _last().details == {"from": "committed", "to": "member"}


def test_a_stage_that_may_not_follow_is_no_stage(world: World) -> None:
    with pytest.raises(ValidationError):
        actions.move_stage(
            organisation_id=world.own.pk,
            stage="interested",
            by=world.actor(Role.COORDINATOR),
            at=NOW,
        )
    assert Membership.objects.get(organisation=world.own).stage == "member"


def test_who_leaves_is_out_at_once_and_can_come_back(world: World) -> None:
    client = world.client(Role.PRACTITIONER_OWN)
    url = f"/netz/{world.network.slug}/"
    assert client.get(url).status_code == 200
    leadership = world.actor(Role.LEADERSHIP_OWN)
    actions.move_stage(organisation_id=world.own.pk, stage="left", by=leadership, at=NOW)
    assert client.get(url).status_code == 404
    membership = Membership.objects.get(organisation=world.own)
    assert membership.left_on == NOW.date()
    office = world.actor(Role.COORDINATOR)
    actions.move_stage(organisation_id=world.own.pk, stage="candidate", by=office, at=NOW)
    membership.refresh_from_db()
    assert (membership.joined_on, membership.left_on) == (None, None)


def test_a_leadership_leaves_but_does_not_rest(world: World) -> None:
    with pytest.raises(ValidationError):
        actions.move_stage(
            organisation_id=world.own.pk,
            stage="dormant",
            by=world.actor(Role.LEADERSHIP_OWN),
            at=NOW,
        )


def test_the_list_shows_what_one_may_know_of(world: World) -> None:
    candidate = add_organisation("Verein Vielleicht", world.network, stage="candidate")
    committed = add_organisation("Verein Zusage", world.network, stage="committed")
    for role, sees in (
        (Role.COORDINATOR, {candidate.name, committed.name}),
        (Role.PRACTITIONER_OWN, {committed.name}),
        (Role.OBSERVER, set()),
    ):
        names = {row.name for row in queries.organisations(world.actor(role)).rows}
        assert names == sees | {world.own.name, world.shared.name, world.third.name}
    with pytest.raises(Http404):
        queries.organisation(world.actor(Role.PRACTITIONER_OWN), candidate.pk)


def test_the_list_is_searched_and_narrowed(world: World) -> None:
    add_organisation("Ärztehaus Übersee", world.network, stage="dormant")
    office = world.actor(Role.COORDINATOR)

    def names(**narrow: str) -> set[str]:
        return {row.name for row in queries.organisations(office, **narrow).rows}

    assert names(search="übersee") == {"Ärztehaus Übersee"}
    assert names(search="ÄRZTE") == {"Ärztehaus Übersee"}
    assert names(stage="dormant") == {"Ärztehaus Übersee"}
    assert names(sector="business") == set()
    assert names(search="100%") == set()
    assert names(access="none") == {world.third.name}


def test_the_list_does_not_ask_more_for_more(
    world: World, django_assert_num_queries: object
) -> None:
    office = world.actor(Role.COORDINATOR)
    for number in range(40):
        add_organisation(f"Verein {number:02}", world.network)
    with django_assert_num_queries(2):  # type: ignore[operator]
        found = queries.organisations(office)
    assert (len(found.rows), found.total) == (25, 43)
    assert len(queries.organisations(office, page="2").rows) == 18
    assert len(queries.organisations(office, page="zwei").rows) == 25
    assert len(queries.organisations(office, page="99").rows) == 18


def test_people_are_counted_in_this_network_only(world: World) -> None:
    add_membership(world.elsewhere, world.own)
    rows = queries.organisations(world.actor(Role.COORDINATOR_ELSEWHERE, world.elsewhere)).rows
    assert {row.name: row.people for row in rows}[world.own.name] == 0
