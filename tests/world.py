"""A small world for tests: two networks that share an organisation, and a person for each role.

`build_world()` makes it; the fixture `world` (in `tests/integration/conftest.py`) hands it out.
Everything is seen from the organisation `world.own`: the practitioner and the leadership *own*
belong to it, those called *foreign* to another organisation of the same network.
The builders below it (`add_…`) write rows directly, so that a test can begin anywhere.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.test import Client

from wirknetz.core.values import Period
from wirknetz.foundation.models import User
from wirknetz.measurement.models import (
    Expectation,
    Measure,
    Round,
    RoundMeasure,
    Submission,
)
from wirknetz.network import queries
from wirknetz.network.models import (
    Affiliation,
    Membership,
    Network,
    NetworkRole,
    Organisation,
    Person,
    Region,
    TargetGroup,
)
from wirknetz.network.rules import Actor

AT = dt.datetime(2026, 10, 5, 9, 0, tzinfo=dt.UTC)
"""When the world was made."""

NOW = dt.datetime(2026, 11, 2, 9, 0, tzinfo=dt.UTC)
"""A moment four weeks later, for actions in tests."""


class Role(StrEnum):
    """Everybody who may knock at a door."""

    ANONYMOUS = "anonymous"
    STRANGER = "stranger"  # has an account, belongs to no network
    OBSERVER = "observer"
    PRACTITIONER_OWN = "practitioner_own"
    PRACTITIONER_FOREIGN = "practitioner_foreign"
    LEADERSHIP_OWN = "leadership_own"
    LEADERSHIP_FOREIGN = "leadership_foreign"
    COORDINATOR = "coordinator"
    COORDINATOR_ELSEWHERE = "coordinator_elsewhere"


@dataclass(frozen=True)
class World:
    """What a test finds. `elsewhere` is a network the people of `network` have no part in."""

    network: Network
    elsewhere: Network
    own: Organisation
    shared: Organisation  # of the foreign people; a member of both networks
    third: Organisation
    outside: Organisation  # a member of `elsewhere` only
    region: Region
    target_group: TargetGroup
    users: dict[Role, User]

    def user(self, role: Role) -> User:
        """The user of this role; KeyError for nobody."""
        return self.users[role]

    def person(self, role: Role) -> Person:
        """The person of this role."""
        return Person.objects.get(user=self.users[role])

    def actor(self, role: Role, network: Network | None = None) -> Actor:
        """Who this role is in the network now, acting for her first organisation."""
        found = queries.actor_in(network or self.network, self.person(role))
        return queries.acting(found, None)

    def client(self, role: Role = Role.ANONYMOUS) -> Client:
        """A browser in which this role has signed in."""
        client = Client()
        if role is not Role.ANONYMOUS:
            client.force_login(self.users[role])
        return client

    def affiliation(self, role: Role) -> Affiliation:
        """The current affiliation of this role."""
        return Affiliation.objects.get(person__user=self.users[role], until__isnull=True)


def build_world() -> World:
    """Two networks, four organisations, a person for each role."""
    network = add_network("Netz Morgenrot", "morgenrot")
    elsewhere = add_network("Netz Abendstern", "abendstern")
    own = add_organisation("Sozialwerk Lindenhof", network)
    shared = add_organisation("Klinik Birkenhain", network, elsewhere)
    third = add_organisation("Jobcenter Musterstadt", network)
    outside = add_organisation("Beratungsstelle Kranich", elsewhere)
    world = World(
        network=network,
        elsewhere=elsewhere,
        own=own,
        shared=shared,
        third=third,
        outside=outside,
        region=Region.objects.create(network=network, name="Musterstadt Nord"),
        target_group=TargetGroup.objects.create(network=network, name="Menschen nach der Reha"),
        users={Role.STRANGER: add_user("Fremda Fern", "stranger@example.org")},
    )
    _fill_roles(world)
    return world


def _fill_roles(world: World) -> None:
    for role, name, organisation, level in (
        (Role.PRACTITIONER_OWN, "Petra Probe", world.own, "operative"),
        (Role.LEADERSHIP_OWN, "Lena Leitbild", world.own, "leadership"),
        (Role.PRACTITIONER_FOREIGN, "Paul Platzhalter", world.shared, "operative"),
        (Role.LEADERSHIP_FOREIGN, "Ludwig Lehrbuch", world.shared, "leadership"),
    ):
        person = add_person(name, f"{role.value}@example.org")
        add_affiliation(world.network, person, organisation, level=level)
        world.users[role] = person.user
    for role, name, network, part in (
        (Role.COORDINATOR, "Karla Koordinata", world.network, "coordinator"),
        (Role.OBSERVER, "Oskar Obacht", world.network, "observer"),
        (Role.COORDINATOR_ELSEWHERE, "Kurt Kranichfeld", world.elsewhere, "coordinator"),
    ):
        person = add_person(name, f"{role.value}@example.org")
        add_role(network, person, part)
        world.users[role] = person.user


# ----------------------------------------------------------------------- network, people


def add_network(name: str, slug: str, **fields: Any) -> Network:
    """A network without anybody in it."""
    return Network.objects.create(name=name, slug=slug, **{"created_at": AT} | fields)


def add_organisation(name: str, *networks: Network, stage: str = "member") -> Organisation:
    """An organisation, a member of these networks."""
    organisation = Organisation.objects.create(
        name=name, short_name=name.rsplit(maxsplit=1)[-1], sector="civil", created_at=AT
    )
    for network in networks:
        add_membership(network, organisation, stage=stage)
    return organisation


def add_membership(
    network: Network, organisation: Organisation, *, stage: str = "member", **fields: Any
) -> Membership:
    """The organisation in this network, at this stage."""
    return Membership.objects.create(
        network=network, organisation=organisation, stage=stage, stage_since=AT, **fields
    )


def add_user(name: str, email: str) -> User:
    """An account that can sign in, with a confirmed address."""
    from allauth.account.models import EmailAddress

    user = User.objects.create_user(email, "geheim-genug-fuer-tests", name=name, joined_at=AT)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def add_person(name: str, email: str, *, account: bool = True) -> Person:
    """A person, with an account unless told otherwise."""
    user = add_user(name, email) if account else None
    return Person.objects.create(user=user, name=name, email=email, created_at=AT)


def add_affiliation(
    network: Network,
    person: Person,
    organisation: Organisation,
    *,
    level: str = "operative",
    mandate: bool | None = None,
    **fields: Any,
) -> Affiliation:
    """The person acts for the organisation in this network; leadership has a mandate."""
    decides = level == "leadership" if mandate is None else mandate
    return Affiliation.objects.create(
        network=network,
        person=person,
        organisation=organisation,
        level=level,
        mandate=decides,
        mandate_since=AT.date() if decides else None,
        **{"since": AT} | fields,
    )


def add_role(network: Network, person: Person, role: str) -> NetworkRole:
    """The person is coordinator or observer of the network."""
    return NetworkRole.objects.create(network=network, person=person, role=role, since=AT)


# ------------------------------------------------------------------------- measurement


def add_measure(network: Network, code: str, **fields: Any) -> Measure:
    """A measure that counts persons and adds up, unless told otherwise."""
    given: dict[str, Any] = {
        "name": code.replace("_", " ").capitalize(),
        "definition": "Wird für Tests gezählt.",
        "unit": "Personen",
        "level": "output",
        "counts": "persons",
        "adds": "flow",
    }
    return Measure.objects.create(network=network, code=code, **given | fields)


def add_round(
    network: Network,
    period: str = "2026Q3",
    *,
    measures: tuple[Measure, ...] = (),
    organisations: tuple[Organisation, ...] = (),
    opened: bool = True,
    **fields: Any,
) -> Round:
    """A round that asks these organisations for these measures (totals), with a submission each."""
    parsed = Period.parse(period)
    given: dict[str, Any] = {
        "title": f"Erhebung {parsed.label()}",
        "opens_on": AT.date(),
        "due_on": AT.date() + dt.timedelta(days=35),
        "closes_on": AT.date() + dt.timedelta(days=49),
        "opened_at": AT if opened else None,
        "created_at": AT,
    }
    made = Round.objects.create(
        network=network, period_code=parsed.code, period_ordinal=parsed.ordinal, **given | fields
    )
    for measure in measures:
        RoundMeasure.objects.create(round=made, measure=measure)
    for organisation in organisations:
        Submission.objects.create(round=made, organisation=organisation)
        for measure in measures:
            Expectation.objects.create(round=made, organisation=organisation, measure=measure)
    return made
