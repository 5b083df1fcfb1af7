"""Founds the demo's networks and brings their organisations and people together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.contrib.auth.hashers import Argon2PasswordHasher

from wirknetz.cli.demo_data.cast import PASSWORD, House, Somebody
from wirknetz.foundation import actions as foundation
from wirknetz.foundation.audit import system
from wirknetz.network import actions, queries
from wirknetz.network.models import Affiliation, Network, Person
from wirknetz.network.queries.networks import NetworkSettings
from wirknetz.network.queries.organisations import OrganisationFacts
from wirknetz.network.queries.people import AffiliationFacts
from wirknetz.network.rules import Actor

SOURCE = system("demo")


class QuickHasher(Argon2PasswordHasher):
    """Passwords that everybody can read in the terminal need no second of work each."""

    time_cost = 1
    memory_cost = 1024
    parallelism = 1


@dataclass
class Stage:
    """A network on its way: ids of houses, and who acts in it."""

    network: Network
    boss: Actor
    houses: dict[str, int] = field(default_factory=dict)
    known: dict[str, tuple[Actor, Actor]] = field(default_factory=dict)

    def actor(self, mailbox: str) -> Actor:
        """Who this person is in the network, acting for her first organisation."""
        email = Somebody("", mailbox).email
        found = queries.actor_in(self.network, Person.objects.get(email=email))
        return queries.acting(found, None)

    def people_of(self, key: str) -> tuple[Actor, Actor]:
        """Who reports and who approves for this house; one person alone does both."""
        if key not in self.known:
            self.known[key] = self._people_of(key)
        return self.known[key]

    def _people_of(self, key: str) -> tuple[Actor, Actor]:
        ties = Affiliation.objects.filter(
            network=self.network, organisation_id=self.houses[key], until__isnull=True
        ).select_related("person")
        mailboxes = {t.level: t.person.email.split("@")[0] for t in ties}
        first = mailboxes.get(Affiliation.Level.OPERATIVE) or next(iter(mailboxes.values()))
        second = mailboxes.get(Affiliation.Level.LEADERSHIP, first)
        return self._for(first, key), self._for(second, key)

    def _for(self, mailbox: str, key: str) -> Actor:
        return replace(self.actor(mailbox), acting_for=self.houses[key])


def found(about: Mapping[str, str], cast: Iterable[Somebody], *, at: dt.datetime) -> Stage:
    """Found a network whose first coordinator is the first in the cast with that part."""
    people = list(cast)
    for person in people:
        _open_account(person, at)
    first = next(p for p in people if p.part == "coordinator")
    user_id = foundation.open_account(email=first.email, name=first.name, by=SOURCE, at=at)
    number = actions.found_network(
        name=about["name"], slug=about["slug"], purpose=about["purpose"],
        coordinator=user_id, by=SOURCE, at=at,
    )  # fmt: skip
    network = Network.objects.get(pk=number)
    boss = queries.actor_in(network, Person.objects.get(user_id=user_id))
    actions.change_settings(settings=_settings(network, about), by=boss, at=at)
    stage = Stage(Network.objects.get(pk=number), boss)
    for person in people:
        if person.part and person is not first:
            actions.give_role(
                email=person.email, name=person.name, role=person.part, by=boss, at=at
            )
            _accept(person, at)
    return stage


def settle(
    stage: Stage, houses: Iterable[House], cast: Iterable[Somebody], *, at: dt.datetime
) -> None:
    """Bring organisations into the network, and people into their organisations."""
    regions = {r.name: r.pk for r in stage.network.regions.all()}
    for house in houses:
        stage.houses[house.key] = actions.add_organisation(
            facts=OrganisationFacts(
                name=house.name, short_name=house.short, sector=house.sector,
                legal_area=house.legal_area, city="Lindental",
            ),
            by=stage.boss, at=at, stage=house.stage, region_id=regions.get(house.region),
            reuse=True,
        )  # fmt: skip
    for person in cast:
        for key in person.houses:
            actions.add_person(
                organisation_id=stage.houses[key], email=person.email, name=person.name,
                facts=_facts(person, at), by=stage.boss, at=at,
            )  # fmt: skip
            _accept(person, at)
    _confirm(stage, at)


def _confirm(stage: Stage, at: dt.datetime) -> None:
    """The second coordinator, where there is one, stands by whom the first has entered."""
    others = stage.network.roles.filter(role="coordinator").exclude(person_id=stage.boss.person_id)
    for role in others[:1]:
        second = queries.actor_in(stage.network, role.person)
        for tie in stage.network.affiliations.filter(entered_by__isnull=False):
            actions.confirm_affiliation(affiliation_id=tie.pk, by=second, at=at)


def _facts(person: Somebody, at: dt.datetime) -> AffiliationFacts:
    return AffiliationFacts(
        level="leadership" if person.leads else "operative",
        function=person.function,
        mandate=person.leads,
        mandate_since=at.date() if person.leads else None,
    )


def _settings(network: Network, about: Mapping[str, str]) -> NetworkSettings:
    return replace(
        queries.settings_of(network),
        backbone_name=about["backbone_name"],
        backbone_email=about["backbone_email"],
    )


def _open_account(person: Somebody, at: dt.datetime) -> None:
    number = foundation.open_account(email=person.email, name=person.name, by=SOURCE, at=at)
    foundation.join(user_id=number, name=person.name, password=PASSWORD, by=SOURCE, at=at)
    foundation.verify_address(user_id=number, at=at)


def _accept(person: Somebody, at: dt.datetime) -> None:
    """Everybody in the demo has said yes to every network that asked."""
    user_id = foundation.open_account(email=person.email, name=person.name, by=SOURCE, at=at)
    for asked in queries.open_invitations_of(user_id=user_id):
        actions.accept_invitation(user_id=user_id, slug=asked.slug, at=at)
