"""Who may do what in a network, and which stage of a membership may follow which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from wirknetz.foundation.audit import Author
from wirknetz.network import models
from wirknetz.network.models import Membership

Stage = Membership.Stage

STAGES: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        Stage.CANDIDATE: frozenset({Stage.RESEARCHED, Stage.CONTACTED, Stage.LEFT}),
        Stage.RESEARCHED: frozenset({Stage.CONTACTED, Stage.LEFT}),
        Stage.CONTACTED: frozenset({Stage.INTERESTED, Stage.LEFT}),
        Stage.INTERESTED: frozenset({Stage.COMMITTED, Stage.CONTACTED, Stage.LEFT}),
        Stage.COMMITTED: frozenset({Stage.MEMBER, Stage.INTERESTED, Stage.LEFT}),
        Stage.MEMBER: frozenset({Stage.DORMANT, Stage.LEFT}),
        Stage.DORMANT: frozenset({Stage.MEMBER, Stage.LEFT}),
        Stage.LEFT: frozenset({Stage.CANDIDATE}),
    }
)
"""Which stage may follow which. Diagram and tests are made from this table."""

SPEAKING: Final = models.SPEAKING
KNOWN: Final = SPEAKING | {Stage.COMMITTED}
"""Stages of which the other partners know."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person is in one organisation."""

    organisation_id: int
    label: str
    leadership: bool
    mandate: bool


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person in one network: parts, organisations, and for whom she acts now."""

    user_id: int
    person_id: int
    name: str
    network_id: int
    coordinator: bool = False
    observer: bool = False
    standings: Mapping[int, Standing] = field(default_factory=dict)
    acting_for: int | None = None

    @property
    def author(self) -> Author:
        """As the audit trail wants it."""
        here = self.standings.get(self.acting_for) if self.acting_for else None
        return Author(
            user_id=self.user_id,
            scope_id=self.network_id,
            on_behalf_id=here.organisation_id if here else None,
            on_behalf_label=here.label if here else "",
        )

    def author_for(self, organisation_id: int) -> Author:
        """As the audit trail wants it, speaking for this organisation where she may."""
        here = self.standings.get(organisation_id)
        base = self.author
        return base.for_organisation(here.organisation_id, here.label) if here else base

    def belongs_to(self, organisation_id: int) -> bool:
        """Whether she acts for this organisation."""
        return organisation_id in self.standings

    def leads(self, organisation_id: int) -> bool:
        """Whether she is of its leadership, with mandate."""
        here = self.standings.get(organisation_id)
        return here is not None and here.leadership and here.mandate


def is_inside(actor: Actor) -> bool:
    """Everybody with any part in the network."""
    return actor.coordinator or actor.observer or bool(actor.standings)


def is_partner(actor: Actor) -> bool:
    """Coordinators and people of the organisations; not observers."""
    return actor.coordinator or bool(actor.standings)


def is_coordinator(actor: Actor) -> bool:
    """The coordinating office."""
    return actor.coordinator


def visible_stages(actor: Actor) -> frozenset[str]:
    """Memberships of these stages this actor knows of; whom to win is the office's matter."""
    if actor.coordinator:
        return frozenset(STAGES)
    return SPEAKING if actor.observer and not actor.standings else KNOWN


def manages_people(actor: Actor, organisation_id: int) -> bool:
    """The coordinating office, and the leadership for its own organisation."""
    return actor.coordinator or actor.leads(organisation_id)


def confirms(actor: Actor, organisation_id: int, *, person_id: int, entered_by: int | None) -> bool:
    """Stand by somebody the office entered: a colleague, or the office's second person."""
    if entered_by is None or actor.person_id == person_id:
        return False
    if actor.belongs_to(organisation_id):
        return True
    return actor.coordinator and actor.user_id != entered_by


def changes_facts(actor: Actor, organisation_id: int, *, shared: bool, first: bool = True) -> bool:
    """Name, sector and so on: its own leadership; the office only where no other network is in it.

    ``shared`` says that the organisation is in another network too, ``first`` that it came to
    this one before it came to others: who leads it in a later network was entered by that
    network's office, which must not thereby describe the partner of an earlier one.
    """
    if not shared:
        return actor.leads(organisation_id) or actor.coordinator
    return actor.leads(organisation_id) and first


def next_stages(actor: Actor, organisation_id: int, stage: str) -> tuple[str, ...]:
    """What this actor may make of a membership: the office all that follows, a leadership leave."""
    following = tuple(s for s in Stage.values if s in STAGES[stage])
    if actor.coordinator:
        return following
    leaves = actor.leads(organisation_id) and Stage.LEFT in following
    return (Stage.LEFT.value,) if leaves else ()


def sees_addresses(actor: Actor, organisation_id: int | None) -> bool:
    """Mail and phone of people: the office, and colleagues of the same organisation."""
    return actor.coordinator or (organisation_id is not None and actor.belongs_to(organisation_id))
