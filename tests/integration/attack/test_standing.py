"""Nobody makes herself a voice of a partner: not the office, not another network's office."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.world import NOW, Role, World, add_affiliation, add_person
from wirknetz.foundation.models import MailedLink, Notification, OutboxMessage, User
from wirknetz.foundation.refusal import Refused
from wirknetz.network import actions, queries
from wirknetz.network.models import Affiliation, Person
from wirknetz.network.queries import AffiliationFacts, OrganisationFacts

pytestmark = pytest.mark.django_db
LEADER = AffiliationFacts(level="leadership", mandate=True, mandate_since=dt.date(2026, 1, 1))
OPERATIVE = AffiliationFacts(level="operative")


def facts(city: str) -> OrganisationFacts:
    return OrganisationFacts("Klinik Birkenhain", "Birkenhain", "civil", "none", city, "")


# ------------------------------------------------- the office


def test_the_office_does_not_enter_itself_for_a_partner(world: World) -> None:
    office = world.actor(Role.COORDINATOR)
    with pytest.raises(Refused, match="Sich selbst"):
        actions.add_person(
            organisation_id=world.own.pk, email=world.user(Role.COORDINATOR).email, name="x",
            facts=OPERATIVE, by=office, at=NOW,
        )  # fmt: skip
    assert not Affiliation.objects.filter(person_id=office.person_id).exists()


def test_the_office_gives_itself_no_mandate(world: World) -> None:
    """She acts for an organisation beside coordinating; its leadership says with which rights."""
    person = world.person(Role.COORDINATOR)
    tie = add_affiliation(world.network, person, world.own)
    with pytest.raises(Refused, match="Sich selbst"):
        actions.change_affiliation(
            affiliation_id=tie.pk, facts=LEADER, by=world.actor(Role.COORDINATOR), at=NOW
        )
    actions.change_affiliation(
        affiliation_id=tie.pk, facts=LEADER, by=world.actor(Role.LEADERSHIP_OWN), at=NOW
    )


def test_a_leadership_that_the_office_ends_reads_of_it(world: World) -> None:
    """Else the office could first end her, and then enter whom it likes, unseen."""
    actions.end_affiliation(
        affiliation_id=world.affiliation(Role.LEADERSHIP_OWN).pk,
        by=world.actor(Role.COORDINATOR),
        at=NOW,
    )
    told = Notification.objects.get(kind="affiliation.ended")
    assert told.user == world.user(Role.LEADERSHIP_OWN)


# ------------------------------------------------- another network


def test_a_leadership_of_a_later_network_does_not_describe_the_partner(world: World) -> None:
    """Its office could enter anybody as leadership."""
    crony = add_person("Kai Kumpan", "kumpan@example.org")
    add_affiliation(world.elsewhere, crony, world.shared, level="leadership")
    actor = queries.acting(queries.actor_in(world.elsewhere, crony), None)
    with pytest.raises(Refused, match="zuerst"):
        actions.change_organisation(
            organisation_id=world.shared.pk, facts=facts("Umbenannt"), by=actor, at=NOW
        )
    client = world.client()
    client.force_login(User.objects.get(email="kumpan@example.org"))
    page = f"/netz/{world.elsewhere.slug}/organisationen/{world.shared.pk}/angaben/"
    answer = client.get(page)
    assert answer.status_code == 403
    assert "zuerst" in answer.content.decode()


def test_the_leadership_of_the_first_network_does(world: World) -> None:
    leader = world.actor(Role.LEADERSHIP_FOREIGN)
    actions.change_organisation(
        organisation_id=world.shared.pk, facts=facts("Neustadt"), by=leader, at=NOW
    )
    world.shared.refresh_from_db()
    assert world.shared.city == "Neustadt"


def test_a_network_that_was_left_is_not_the_first_any_more(world: World) -> None:
    world.shared.memberships.filter(network=world.network).update(stage="left")
    assert queries.sharing(world.shared.pk, world.elsewhere.pk) == queries.Sharing(
        shared=False, first=True
    )


def test_taking_in_another_networks_partner_shows_nothing_of_it(world: World) -> None:
    """Who knows the name may take it in, and learns neither people nor figures."""
    elsewhere = world.actor(Role.COORDINATOR_ELSEWHERE, world.elsewhere)
    pk = actions.add_organisation(
        facts=OrganisationFacts(world.own.name, "x", "civil", "none"),
        by=elsewhere, at=NOW, stage="member", reuse=True,
    )  # fmt: skip
    assert pk == world.own.pk
    assert queries.people_of(elsewhere, pk) == ()
    client = world.client(Role.COORDINATOR_ELSEWHERE)
    for path in (f"wirkung/meldungen/1/{pk}/", f"organisationen/{pk}/mitnehmen/"):
        answer = client.get(f"/netz/{world.elsewhere.slug}/{path}")
        assert answer.status_code in {403, 404}
    assert client.get(f"/netz/{world.network.slug}/organisationen/{pk}/").status_code == 404


# ------------------------------------------------- addresses that changed hands


def test_whoever_has_an_address_now_is_not_whoever_had_it(world: World) -> None:
    """A person changes her address; the mailbox goes to somebody else, who is invited."""
    before = world.user(Role.PRACTITIONER_OWN).email
    User.objects.filter(pk=world.user(Role.PRACTITIONER_OWN).pk).update(email="neu@example.org")
    actions.add_person(
        organisation_id=world.third.pk, email=before, name="Nora Nachfolge", facts=OPERATIVE,
        by=world.actor(Role.COORDINATOR), at=NOW,
    )  # fmt: skip
    tie = Affiliation.objects.get(organisation=world.third)
    assert tie.person != world.person(Role.PRACTITIONER_OWN)
    assert tie.person.name == "Nora Nachfolge"
    assert OutboxMessage.objects.get().recipient == before
    assert MailedLink.objects.get().user == tie.person.user
    assert Person.objects.get(user=world.user(Role.PRACTITIONER_OWN)).email == "neu@example.org"


def test_mails_go_to_the_address_one_signs_in_with(world: World) -> None:
    User.objects.filter(pk=world.user(Role.LEADERSHIP_OWN).pk).update(email="neu@example.org")
    found = queries.contacts(network_id=world.network.pk, organisation_ids=[world.own.pk])
    assert "neu@example.org" in {contact.email for contact in found}
    page = queries.people_of(world.actor(Role.PRACTITIONER_OWN), world.own.pk)
    assert "neu@example.org" in {row.email for row in page}


def test_how_to_reach_somebody_who_has_gone_is_not_taken_along(world: World) -> None:
    Person.objects.filter(user=world.user(Role.LEADERSHIP_OWN)).update(phone="030 5550100")
    Affiliation.objects.filter(person__user=world.user(Role.LEADERSHIP_OWN)).update(until=NOW)
    exported = queries.take_along(world.actor(Role.PRACTITIONER_OWN), world.own.pk)
    cells = [str(cell) for sheet in exported for row in sheet.rows for cell in row]
    assert "Lena Leitbild" in cells
    assert "030 5550100" not in cells
    assert world.user(Role.LEADERSHIP_OWN).email not in cells
