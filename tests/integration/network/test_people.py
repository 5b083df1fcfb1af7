"""Who acts for whom: entering, inviting, changing, ending, and what others may not do."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404

from tests.world import (
    NOW,
    Role,
    World,
    add_affiliation,
    add_membership,
    add_organisation,
    add_person,
    add_role,
)
from wirknetz.foundation.actions.accounts import came_in
from wirknetz.foundation.models import AuditEvent, Notification, OutboxMessage, User
from wirknetz.foundation.refusal import Refused
from wirknetz.network import actions, queries
from wirknetz.network.models import Affiliation, Invitation, NetworkRole, Person
from wirknetz.network.queries import AffiliationFacts
from wirknetz.network.rules import Actor

PRACTICE = AffiliationFacts(level="operative", function="Fachbereich Reha")
LEADERSHIP = AffiliationFacts("leadership", "Geschäftsführung", True, NOW.date())


def _add(
    world: World, by: Actor, *, email: str = "nina@example.org", invited: bool = True
) -> Affiliation:
    pk = actions.add_person(
        organisation_id=world.own.pk,
        email=email,
        name="Nina Neuland",
        facts=PRACTICE,
        invited=invited,
        by=by,
        at=NOW,
    )
    return Affiliation.objects.get(pk=pk)


def test_a_leadership_invites_a_colleague(world: World) -> None:
    tie = _add(world, world.actor(Role.LEADERSHIP_OWN), email="Nina@Example.org")
    assert (tie.network, tie.organisation, tie.function) == (
        world.network, world.own, "Fachbereich Reha",
    )  # fmt: skip
    assert tie.person.email == "nina@example.org"
    mail = OutboxMessage.objects.get()
    assert mail.recipient == "nina@example.org"
    assert world.network.name in mail.text
    assert world.own.name in mail.text
    assert Invitation.objects.get(person=tie.person).sent_at == NOW


def test_the_trail_knows_the_person_by_number_only(world: World) -> None:
    tie = _add(world, world.actor(Role.LEADERSHIP_OWN))
    for event in AuditEvent.objects.filter(scope_id=world.network.pk):
        assert "Nina" not in event.object_label + str(event.details)
    started = AuditEvent.objects.get(action="affiliation.started")
    assert started.details["person"] == tie.person_id
    assert started.on_behalf_label == world.own.name


def test_without_invitation_no_account_and_no_mail(world: World) -> None:
    tie = _add(world, world.actor(Role.COORDINATOR), invited=False)
    assert tie.person.user is None
    assert not OutboxMessage.objects.exists()


@pytest.mark.parametrize("role", [Role.PRACTITIONER_OWN, Role.LEADERSHIP_FOREIGN, Role.OBSERVER])
def test_others_enter_nobody(world: World, role: Role) -> None:
    before = Person.objects.count(), User.objects.count()
    with pytest.raises(Refused):
        _add(world, world.actor(role))
    assert (Person.objects.count(), User.objects.count()) == before


def test_the_leadership_reads_when_the_office_changes_who_speaks(world: World) -> None:
    _add(world, world.actor(Role.LEADERSHIP_OWN))
    assert not Notification.objects.exists()
    _add(world, world.actor(Role.COORDINATOR), email="olaf@example.org")
    told = Notification.objects.get()
    assert (told.user, told.kind) == (world.user(Role.LEADERSHIP_OWN), "affiliation.started")


def test_a_person_acts_for_an_organisation_once(world: World) -> None:
    office = world.actor(Role.COORDINATOR)
    _add(world, office)
    with pytest.raises(ValidationError, match="schon für diese Organisation"):
        _add(world, office)


def test_only_members_invite(world: World) -> None:
    candidate = add_organisation("Verein Vielleicht", world.network, stage="candidate")
    with pytest.raises(ValidationError, match="erst, wenn"):
        actions.add_person(
            organisation_id=candidate.pk,
            email="vera@example.org",
            name="Vera Vielleicht",
            facts=PRACTICE,
            by=world.actor(Role.COORDINATOR),
            at=NOW,
        )
    assert not Person.objects.filter(email="vera@example.org").exists()


def test_a_foot_in_one_network_opens_no_other(world: World) -> None:
    """The office of one network enters somebody for a shared organisation: that is all."""
    office = world.actor(Role.COORDINATOR_ELSEWHERE, world.elsewhere)
    actions.add_person(
        organisation_id=world.shared.pk,
        email=world.user(Role.STRANGER).email,
        name="Fremda Fern",
        facts=LEADERSHIP,
        by=office,
        at=NOW,
    )
    client = world.client(Role.STRANGER)
    actions.accept_invitation(
        user_id=world.user(Role.STRANGER).pk, slug=world.elsewhere.slug, at=NOW
    )
    assert client.get(f"/netz/{world.elsewhere.slug}/").status_code == 200
    assert client.get(f"/netz/{world.network.slug}/").status_code == 404


def test_a_mandate_has_a_day(world: World) -> None:
    tie = world.affiliation(Role.PRACTITIONER_OWN)
    leadership = world.actor(Role.LEADERSHIP_OWN)
    with pytest.raises(ValidationError):
        actions.change_affiliation(
            affiliation_id=tie.pk,
            facts=AffiliationFacts("leadership", mandate=True),
            by=leadership,
            at=NOW,
        )
    actions.change_affiliation(affiliation_id=tie.pk, facts=LEADERSHIP, by=leadership, at=NOW)
    assert world.actor(Role.PRACTITIONER_OWN).leads(world.own.pk)
    actions.change_affiliation(affiliation_id=tie.pk, facts=PRACTICE, by=leadership, at=NOW)
    tie.refresh_from_db()
    assert (tie.mandate, tie.mandate_since) == (False, None)


def test_an_ended_affiliation_loses_access_at_once(world: World) -> None:
    client = world.client(Role.PRACTITIONER_OWN)
    tie = world.affiliation(Role.PRACTITIONER_OWN)
    actions.end_affiliation(affiliation_id=tie.pk, by=world.actor(Role.LEADERSHIP_OWN), at=NOW)
    assert client.get(f"/netz/{world.network.slug}/").status_code == 404
    again = _add(
        world, world.actor(Role.COORDINATOR), email=world.person(Role.PRACTITIONER_OWN).email
    )
    assert again.pk != tie.pk
    assert client.get(f"/netz/{world.network.slug}/").status_code == 200


@pytest.mark.parametrize("role", [Role.PRACTITIONER_OWN, Role.LEADERSHIP_FOREIGN, Role.OBSERVER])
def test_others_end_nobody(world: World, role: Role) -> None:
    tie = world.affiliation(Role.LEADERSHIP_OWN)
    with pytest.raises(Refused):
        actions.end_affiliation(affiliation_id=tie.pk, by=world.actor(role), at=NOW)
    tie.refresh_from_db()
    assert tie.until is None


def test_an_affiliation_elsewhere_is_not_there(world: World) -> None:
    person = add_person("Else Andernorts", "else@example.org")
    tie = add_affiliation(world.elsewhere, person, world.shared)
    for role in (Role.COORDINATOR, Role.LEADERSHIP_FOREIGN):
        with pytest.raises(Http404):
            actions.end_affiliation(affiliation_id=tie.pk, by=world.actor(role), at=NOW)
    assert [c.name for c in queries.contacts(network_id=world.network.pk)].count(person.name) == 0


def test_an_invitation_goes_again_but_not_twice_in_ten_minutes(world: World) -> None:
    leadership = world.actor(Role.LEADERSHIP_OWN)
    tie = _add(world, leadership)
    with pytest.raises(Refused, match="zehn Minuten"):
        actions.resend_invitation(person_id=tie.person_id, by=leadership, at=NOW)
    later = NOW + dt.timedelta(minutes=10)
    actions.resend_invitation(person_id=tie.person_id, by=leadership, at=later)
    assert OutboxMessage.objects.count() == 2
    assert Invitation.objects.get(person=tie.person).sent_at == later


def test_who_has_joined_is_not_invited_again(world: World) -> None:
    person = world.person(Role.PRACTITIONER_OWN)
    with pytest.raises(Refused, match="schon angenommen"):
        actions.resend_invitation(person_id=person.pk, by=world.actor(Role.COORDINATOR), at=NOW)


def test_people_of_others_are_not_there_to_be_invited(world: World) -> None:
    for role in (Role.PRACTITIONER_FOREIGN, Role.COORDINATOR_ELSEWHERE, Role.STRANGER):
        person_id = (
            world.person(role).pk
            if role is not Role.STRANGER
            else add_person("Ohne Ort", "ohne@example.org").pk
        )
        with pytest.raises(Http404):
            actions.resend_invitation(
                person_id=person_id, by=world.actor(Role.LEADERSHIP_OWN), at=NOW
            )


def test_a_name_is_mended_until_the_person_can_do_so_herself(world: World) -> None:
    office = world.actor(Role.COORDINATOR)
    tie = _add(world, office, invited=False)
    actions.correct_person(affiliation_id=tie.pk, name="Nina Neu", phone="1", by=office, at=NOW)
    tie.person.refresh_from_db()
    assert tie.person.name == "Nina Neu"
    joined = world.affiliation(Role.PRACTITIONER_OWN)
    with pytest.raises(Refused):
        actions.correct_person(affiliation_id=joined.pk, name="X", phone="", by=office, at=NOW)


def test_nobody_describes_another_networks_people(world: World) -> None:
    """Each network mends what it typed itself."""
    office = world.actor(Role.COORDINATOR)
    tie = _add(world, office, invited=False)
    add_affiliation(world.elsewhere, tie.person, world.outside)
    actions.correct_person(affiliation_id=tie.pk, name="Nina X", phone="1", by=office, at=NOW)
    (row,) = (r for r in queries.people(office).rows if r.affiliation_id == tie.pk)
    assert (row.name, row.phone) == ("Nina X", "1")
    (there,) = queries.people_of(
        world.actor(Role.COORDINATOR_ELSEWHERE, world.elsewhere), world.outside.pk
    )
    assert (there.name, there.phone) == ("Nina Neuland", "")


def test_partners_see_names_and_colleagues_addresses(world: World) -> None:
    rows = {row.name: row for row in queries.people(world.actor(Role.PRACTITIONER_OWN)).rows}
    assert rows["Lena Leitbild"].email == "leadership_own@example.org"
    foreign = rows["Ludwig Lehrbuch"]
    assert (foreign.email, foreign.phone, foreign.mandate, foreign.joined) == ("", "", False, None)
    assert queries.people_of(world.actor(Role.OBSERVER), world.own.pk) == ()


def test_contacts_are_people_who_may_see(world: World) -> None:
    found = queries.contacts(network_id=world.network.pk, organisation_ids=[world.own.pk])
    assert [(c.name, c.leadership) for c in found] == [
        ("Lena Leitbild", True),
        ("Petra Probe", False),
    ]
    add_membership(world.elsewhere, world.own, stage="candidate")
    add_affiliation(world.elsewhere, world.person(Role.PRACTITIONER_OWN), world.own)
    assert queries.contacts(network_id=world.elsewhere.pk) == ()


def test_the_list_does_not_ask_more_for_more(
    world: World, django_assert_num_queries: object
) -> None:
    office = world.actor(Role.COORDINATOR)
    for number in range(60):
        person = add_person(f"Person {number:02}", f"p{number}@example.org")
        add_affiliation(world.network, person, world.third)
    with django_assert_num_queries(2):  # type: ignore[operator]
        found = queries.people(office)
    assert (len(found.rows), found.total) == (50, 64)
    assert queries.people(office, search="person 07").total == 1
    assert queries.people(office, state="invited").total == 0


# ----------------------------------------------------------------------------------- roles


def test_a_coordinator_is_invited_and_needs_a_second_factor(world: World) -> None:
    pk = actions.give_role(
        email="konrad@example.org", name="Konrad Kümmert", role="coordinator",
        by=world.actor(Role.COORDINATOR), at=NOW,
    )  # fmt: skip
    role = NetworkRole.objects.get(pk=pk)
    assert role.person.user is not None
    assert role.person.user.second_factor_required
    assert OutboxMessage.objects.get().recipient == "konrad@example.org"
    with pytest.raises(ValidationError):
        actions.give_role(
            email="konrad@example.org", name="", role="coordinator",
            by=world.actor(Role.COORDINATOR), at=NOW,
        )  # fmt: skip


def test_the_last_coordinator_stays(world: World) -> None:
    office = world.actor(Role.COORDINATOR)
    mine = NetworkRole.objects.get(person=world.person(Role.COORDINATOR))
    with pytest.raises(Refused, match="letzte"):
        actions.end_role(role_id=mine.pk, by=office, at=NOW)
    actions.give_role(
        email="konrad@example.org", name="Konrad", role="coordinator", by=office, at=NOW
    )
    with pytest.raises(Refused, match="letzte"):  # Konrad has not accepted yet
        actions.end_role(role_id=mine.pk, by=office, at=NOW)
    konrad = User.objects.get(email="konrad@example.org")
    came_in(user_id=konrad.pk, at=NOW)
    actions.end_role(role_id=mine.pk, by=office, at=NOW)
    assert world.client(Role.COORDINATOR).get(f"/netz/{world.network.slug}/").status_code == 404


@pytest.mark.parametrize("role", [Role.LEADERSHIP_OWN, Role.PRACTITIONER_OWN, Role.OBSERVER])
def test_others_give_and_take_no_roles(world: World, role: Role) -> None:
    watching = NetworkRole.objects.get(person=world.person(Role.OBSERVER))
    with pytest.raises(Refused):
        actions.give_role(
            email="x@example.org", name="X", role="coordinator", by=world.actor(role), at=NOW
        )
    with pytest.raises(Refused):
        actions.end_role(role_id=watching.pk, by=world.actor(role), at=NOW)


def test_a_role_elsewhere_is_not_there(world: World) -> None:
    foreign = add_role(world.elsewhere, add_person("Olga Ost", "olga@example.org"), "observer")
    with pytest.raises(Http404):
        actions.end_role(role_id=foreign.pk, by=world.actor(Role.COORDINATOR), at=NOW)
