"""Who has an account elsewhere is not known here before she accepts; who joins has accepted."""

from __future__ import annotations

import re

import pytest
from django.http import Http404
from django.urls import reverse

from tests.world import NOW, Role, World, add_affiliation, add_person
from wirknetz.foundation.actions import join, signed_in
from wirknetz.foundation.audit import Author
from wirknetz.foundation.models import AuditEvent, Notification, OutboxMessage, User
from wirknetz.measurement.queries.collection.submissions import colleagues_of
from wirknetz.network import actions, queries
from wirknetz.network.models import Affiliation, EnteredAs, NetworkRole, Person
from wirknetz.network.queries import AffiliationFacts, PersonRow

pytestmark = pytest.mark.django_db
KNOWN = "coordinator_elsewhere@example.org"
PRACTICE = AffiliationFacts("operative")


@pytest.fixture(autouse=True)
def reachable(world: World) -> None:
    """The other network has her phone."""
    Person.objects.filter(email=KNOWN).update(phone="0170 999")


def enter(world: World, email: str = KNOWN, **more: object) -> Affiliation:
    """The office enters somebody for `own`, under a name of its own."""
    given = {"name": "K. Kollege", "phone": "030 1", "facts": PRACTICE, "invited": True}
    pk = actions.add_person(
        organisation_id=world.own.pk, email=email, by=world.actor(Role.COORDINATOR), at=NOW,
        **given | more,  # type: ignore[arg-type]
    )  # fmt: skip
    return Affiliation.objects.get(pk=pk)


def row_of(world: World, tie: Affiliation, role: Role = Role.COORDINATOR) -> PersonRow:
    rows = queries.people_of(world.actor(role), world.own.pk)
    return next(row for row in rows if row.affiliation_id == tie.pk)


def accept(world: World, role: Role = Role.COORDINATOR_ELSEWHERE) -> None:
    actions.accept_invitation(user_id=world.user(role).pk, slug=world.network.slug, at=NOW)


class TestBefore:
    def test_the_office_sees_what_it_typed_and_nothing_more(self, world: World) -> None:
        row = row_of(world, enter(world))
        assert (row.name, row.email, row.phone) == ("K. Kollege", KNOWN, "030 1")
        assert row.joined is False
        assert row.invited_at == NOW

    def test_it_looks_the_same_as_for_an_address_nobody_knows(self, world: World) -> None:
        known, unknown = enter(world), enter(world, "neu@example.org")
        one, other = row_of(world, known), row_of(world, unknown)
        told = ("name", "phone", "joined", "invited_at", "may_manage", "function", "mandate")
        assert [getattr(one, n) for n in told] == [getattr(other, n) for n in told]
        pages = [
            queries.affiliation(world.actor(Role.COORDINATOR), world.own.pk, tie.pk).may_correct
            for tie in (known, unknown)
        ]
        assert pages == [True, True]

    def test_nor_by_searching_for_the_name(self, world: World) -> None:
        enter(world)
        office = world.actor(Role.COORDINATOR)
        assert queries.people(office, search="Kranichfeld").total == 0
        assert queries.people(office, search="Kollege").total == 1

    def test_nor_in_any_page_mail_or_news_of_the_office(self, world: World) -> None:
        tie = enter(world)
        client = world.client(Role.COORDINATOR)
        base = f"/netz/{world.network.slug}"
        one = f"{base}/organisationen/{world.own.pk}/"
        pages = [f"{base}/personen/", one, f"{one}personen/{tie.pk}/", f"{base}/verlauf/",
                 f"{one}personen/{tie.pk}/name/", f"{base}/rollen/", f"{base}/"]  # fmt: skip
        for address in pages:
            text = client.get(address).content.decode()
            assert "Kranichfeld" not in text, address
            assert "999" not in re.sub(r'token|value="[^"]*"', "", text), address
        told = str(list(Notification.objects.exclude(user__email=KNOWN).values()))
        assert "Kranichfeld" not in told
        assert "K. Kollege" in told

    def test_nor_among_those_who_report(self, world: World) -> None:
        enter(world)
        found = colleagues_of(world.network.pk, [world.own.pk])
        assert KNOWN not in [c.email for c in found]
        listed = queries.contacts(network_id=world.network.pk, organisation_ids=[world.own.pk])
        assert "Kurt Kranichfeld" not in [c.name for c in listed]

    def test_of_an_entry_of_another_network_without_account_neither(self, world: World) -> None:
        entry = add_person("Vera Vorher", "vera@example.org", account=False)
        add_affiliation(world.elsewhere, entry, world.outside)
        row = row_of(world, enter(world, "vera@example.org", invited=False))
        assert (row.name, row.phone) == ("K. Kollege", "030 1")
        (there,) = queries.people_of(
            world.actor(Role.COORDINATOR_ELSEWHERE, world.elsewhere), world.outside.pk
        )
        assert there.name == "Vera Vorher"

    def test_she_is_asked_and_has_no_part_in_it_yet(self, world: World) -> None:
        enter(world)
        news = Notification.objects.get(user__email=KNOWN)
        assert (news.subject, news.url) == ("Einladung: Netz Morgenrot", "/netze/")
        assert OutboxMessage.objects.filter(recipient=KNOWN).count() == 1
        client = world.client(Role.COORDINATOR_ELSEWHERE)
        assert client.get(f"/netz/{world.network.slug}/").status_code == 404
        page = client.get("/netze/").content.decode()
        assert "Einladung: Netz Morgenrot" in page
        assert "Sozialwerk Lindenhof" in page

    def test_who_is_only_listed_is_not_asked(self, world: World) -> None:
        enter(world, invited=False)
        assert not Notification.objects.filter(user__email=KNOWN).exists()
        page = world.client(Role.COORDINATOR_ELSEWHERE).get("/netze/", follow=True)
        assert "Einladung: Netz Morgenrot" not in page.content.decode()
        with pytest.raises(Http404):
            accept(world)

    def test_no_office_demands_a_second_factor_of_other_networks_people(self, world: World) -> None:
        user = world.user(Role.STRANGER)
        actions.give_role(
            email=user.email, name="F.", role="coordinator",
            by=world.actor(Role.COORDINATOR), at=NOW,
        )  # fmt: skip
        user.refresh_from_db()
        assert not user.second_factor_required
        assert [c.name for c in queries.coordinators(network_id=world.network.pk)] == [
            "Karla Koordinata"
        ]
        actions.accept_invitation(user_id=user.pk, slug=world.network.slug, at=NOW)
        user.refresh_from_db()
        assert user.second_factor_required
        assert len(queries.coordinators(network_id=world.network.pk)) == 2


class TestAccepting:
    def test_from_then_on_she_is_inside_under_her_own_name(self, world: World) -> None:
        tie = enter(world)
        client = world.client(Role.COORDINATOR_ELSEWHERE)
        url = reverse("network:answer_invitation", args=[world.network.slug])
        answer = client.post(url, {"answer": "accept"})
        assert answer["Location"] == f"/netz/{world.network.slug}/"
        assert client.get(answer["Location"]).status_code == 200
        row = row_of(world, tie)
        assert (row.name, row.joined) == ("Kurt Kranichfeld", True)
        assert row.phone == "030 1"  # the other network's stays there
        event = AuditEvent.objects.get(action="invitation.accepted")
        assert event.scope_id == world.network.pk

    def test_declining_ends_it_and_the_office_reads_the_name_it_typed(self, world: World) -> None:
        tie = enter(world)
        client = world.client(Role.COORDINATOR_ELSEWHERE)
        url = reverse("network:answer_invitation", args=[world.network.slug])
        client.post(url, {"answer": "decline"})
        tie.refresh_from_db()
        assert tie.until is not None
        assert client.get(f"/netz/{world.network.slug}/").status_code == 404
        news = Notification.objects.get(kind="invitation.declined")
        assert (news.user, news.text) == (world.user(Role.COORDINATOR), "K. Kollege")
        with pytest.raises(Http404):
            accept(world)

    def test_nobody_accepts_what_she_was_not_asked(self, world: World) -> None:
        enter(world)
        with pytest.raises(Http404):
            accept(world, Role.STRANGER)
        url = reverse("network:answer_invitation", args=[world.network.slug])
        assert world.client(Role.OBSERVER).post(url).status_code == 404
        assert EnteredAs.objects.get().accepted_at is None

    def test_asked_again_after_declining_she_can_still_accept(self, world: World) -> None:
        enter(world)
        user = world.user(Role.COORDINATOR_ELSEWHERE)
        actions.decline_invitation(user_id=user.pk, slug=world.network.slug, at=NOW)
        row = row_of(world, enter(world))
        assert row.name == "K. Kollege"
        accept(world)
        assert world.client(Role.COORDINATOR_ELSEWHERE).get("/netze/").status_code == 200

    def test_who_has_accepted_is_told_of_a_second_organisation_and_need_not_again(
        self, world: World
    ) -> None:
        enter(world)
        accept(world)
        actions.add_person(
            organisation_id=world.third.pk, email=KNOWN, name="X", facts=PRACTICE,
            by=world.actor(Role.COORDINATOR), at=NOW,
        )  # fmt: skip
        news = Notification.objects.get(kind="network.joined")
        assert news.text == "Sie handeln jetzt auch für Jobcenter Musterstadt."
        found = queries.contacts(network_id=world.network.pk, organisation_ids=[world.third.pk])
        assert "Kurt Kranichfeld" in [c.name for c in found]


class TestJoining:
    """Somebody who had no account anywhere: coming in is accepting."""

    def joins(self, world: World, scope_id: int | None) -> User:
        user = User.objects.get(email="neu@example.org")
        by = Author(user_id=user.pk, scope_id=scope_id)
        join(user_id=user.pk, name="Neela Neu", password=None, by=by, at=NOW)
        return user

    def test_by_the_link_of_the_invitation(self, world: World) -> None:
        tie = enter(world, "neu@example.org")
        assert row_of(world, tie).name == "K. Kollege"
        self.joins(world, world.network.pk)
        row = row_of(world, tie)
        assert (row.name, row.joined) == ("Neela Neu", True)

    def test_by_a_code_or_link_to_sign_in(self, world: World) -> None:
        tie = enter(world, "neu@example.org")
        user = User.objects.get(email="neu@example.org")
        signed_in(user_id=user.pk, method="code", at=NOW)
        user.refresh_from_db()
        assert user.joined_at == NOW
        assert row_of(world, tie).joined is True

    def test_two_networks_asked_and_one_link_was_used(self, world: World) -> None:
        enter(world, "neu@example.org")
        elsewhere = world.actor(Role.COORDINATOR_ELSEWHERE, world.elsewhere)
        actions.give_role(
            email="neu@example.org", name="N. N.", role="observer", by=elsewhere, at=NOW
        )
        user = self.joins(world, world.network.pk)
        (waiting,) = queries.open_invitations_of(user_id=user.pk)
        assert waiting.name == "Netz Abendstern"
        (role,) = (r for r in queries.roles(elsewhere) if r.role == "observer")
        assert (role.name, role.joined) == ("N. N.", False)

    def test_two_networks_asked_and_she_came_in_another_way(self, world: World) -> None:
        enter(world, "neu@example.org")
        elsewhere = world.actor(Role.COORDINATOR_ELSEWHERE, world.elsewhere)
        actions.give_role(
            email="neu@example.org", name="N. N.", role="observer", by=elsewhere, at=NOW
        )
        user = self.joins(world, None)
        assert len(queries.open_invitations_of(user_id=user.pk)) == 2

    def test_before_she_can_be_asked_to_report(self, world: World) -> None:
        """She has no account from elsewhere: a mail about the first report may bring her in."""
        enter(world, "neu@example.org")
        (new,) = (
            c for c in colleagues_of(world.network.pk, [world.own.pk])
            if c.email == "neu@example.org"
        )  # fmt: skip
        assert new.name == "K. Kollege"


def test_the_list_does_not_ask_more_for_more(
    world: World, django_assert_num_queries: object
) -> None:
    for number in range(8):
        enter(world, f"viele{number}@example.org", invited=False)
    office = world.actor(Role.COORDINATOR)
    with django_assert_num_queries(2):  # type: ignore[operator]
        queries.people(office)
    with django_assert_num_queries(1):  # type: ignore[operator]
        queries.contacts(network_id=world.network.pk)
    assert NetworkRole.objects.count() == 3
