"""The way into a network: who somebody is in it."""

from __future__ import annotations

from dataclasses import replace

from wirknetz.foundation.providers import DeskFor, NavigationFor, WaitingFor
from wirknetz.network.models import Affiliation, Network, NetworkRole, Person
from wirknetz.network.rules import Actor, Standing


def entrance(*, user_id: int, slug: str) -> tuple[Network, Actor] | None:
    """The network of this address and who this user is in it; None without any part.

    Four queries, whatever the size of the network.
    """
    network = Network.objects.filter(slug=slug).first()
    person = Person.objects.filter(user_id=user_id).select_related("user").first()
    if network is None or person is None:
        return None
    actor = actor_in(network, person)
    known = actor.coordinator or actor.observer or actor.standings
    return (network, actor) if known else None


def inside(asked: WaitingFor | NavigationFor | DeskFor) -> tuple[Network, Actor] | None:
    """The network and the actor behind a question; None without any part in it.

    No query where the asker knew them already, else five.
    """
    match asked.known:
        case (Network() as network, Actor() as actor):
            if network.pk == asked.scope_id and actor.user_id == asked.user_id:
                return network, actor
    slug = Network.objects.filter(pk=asked.scope_id).values_list("slug", flat=True).first()
    found = entrance(user_id=asked.user_id, slug=slug or "")
    return (found[0], acting(found[1], None)) if found else None


def actor_in(network: Network, person: Person) -> Actor:
    """Who this person is in this network. Two queries."""
    roles = set(
        NetworkRole.objects.current()
        .accepted()
        .filter(network=network, person=person)
        .values_list("role", flat=True)
    )
    standings = {
        a.organisation_id: Standing(
            organisation_id=a.organisation_id,
            label=a.organisation.name,
            leadership=a.level == Affiliation.Level.LEADERSHIP,
            mandate=a.mandate,
        )
        for a in _affiliations(network, person)
    }
    return Actor(
        user_id=person.user_id or 0,
        person_id=person.pk,
        name=person.shown_name,
        network_id=network.pk,
        coordinator=NetworkRole.Role.COORDINATOR in roles,
        observer=NetworkRole.Role.OBSERVER in roles,
        standings=standings,
    )


def _affiliations(network: Network, person: Person) -> list[Affiliation]:
    return list(
        Affiliation.objects.speaking()
        .filter(network=network, person=person)
        .select_related("organisation")
        .order_by("organisation__name")
    )


def acting(actor: Actor, wanted: object) -> Actor:
    """The actor with the organisation she acts for: the wanted one, else the usual one.

    Usual is her first organisation; for the coordinating office none, because it is neutral.
    """
    if isinstance(wanted, int) and actor.belongs_to(wanted):
        return replace(actor, acting_for=wanted)
    usual = None if actor.coordinator else next(iter(actor.standings), None)
    return replace(actor, acting_for=usual)
