"""Networks: one's own, their settings and their lists."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from wirknetz.network.models import (
    Affiliation,
    EnteredAs,
    Invitation,
    Membership,
    Network,
    NetworkRole,
    Region,
    TargetGroup,
)
from wirknetz.network.queries.organisations import without_access
from wirknetz.network.queries.people import open_invitations
from wirknetz.network.rules import SPEAKING, Actor


@dataclass(frozen=True, slots=True)
class NetworkSettings:
    """What the coordinating office may set."""

    name: str
    purpose: str
    backbone_name: str
    backbone_email: str
    second_person_approves: bool
    minimum_group: int
    remind_days_before: int
    remind_days_after: int
    keep_files: bool


@dataclass(frozen=True, slots=True)
class OwnNetwork:
    """A network somebody has a part in, and what her part is."""

    network_id: int
    slug: str
    name: str
    purpose: str
    coordinator: bool
    observer: bool
    organisations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenInvitation:
    """A network that asks somebody to take part, and in which role or for whom."""

    network_id: int
    slug: str
    name: str
    backbone: str
    coordinator: bool
    observer: bool
    organisations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListRow:
    """One line of a list of the network; ``used`` counts what refers to it."""

    pk: int
    name: str
    description: str
    used: int


def settings_of(network: Network) -> NetworkSettings:
    """The settings as they are."""
    return NetworkSettings(
        name=network.name,
        purpose=network.purpose,
        backbone_name=network.backbone_name,
        backbone_email=network.backbone_email,
        second_person_approves=network.second_person_approves,
        minimum_group=network.minimum_group,
        remind_days_before=network.remind_days_before,
        remind_days_after=network.remind_days_after,
        keep_files=network.keep_files,
    )


def own_networks(*, user_id: int) -> tuple[OwnNetwork, ...]:
    """The networks this user has a part in, by name. Three queries."""
    roles: dict[int, set[str]] = {}
    accepted = NetworkRole.objects.current().accepted().filter(person__user_id=user_id)
    for network_id, role in accepted.values_list("network_id", "role"):
        roles.setdefault(network_id, set()).add(role)
    spoken = _spoken_for(user_id)
    return tuple(
        OwnNetwork(
            network_id=n.pk,
            slug=n.slug,
            name=n.name,
            purpose=n.purpose,
            coordinator=NetworkRole.Role.COORDINATOR in roles.get(n.pk, ()),
            observer=NetworkRole.Role.OBSERVER in roles.get(n.pk, ()),
            organisations=tuple(spoken.get(n.pk, ())),
        )
        for n in Network.objects.filter(pk__in={*roles, *spoken}).order_by("name")
    )


def open_invitations_of(*, user_id: int) -> tuple[OpenInvitation, ...]:
    """The networks this user has not accepted in yet, by name. Two queries for each."""
    waiting = EnteredAs.objects.filter(
        person__user_id=user_id, accepted_at__isnull=True, person__user__joined_at__isnull=False
    )
    asked = Invitation.objects.filter(person__user_id=user_id).values("network")
    networks = Network.objects.filter(pk__in=waiting.values("network")).filter(pk__in=asked)
    return tuple(_invitation(user_id, network) for network in networks.order_by("name"))


def _invitation(user_id: int, network: Network) -> OpenInvitation:
    mine = {"network": network, "person__user_id": user_id, "until__isnull": True}
    roles = set(NetworkRole.objects.filter(**mine).values_list("role", flat=True))
    ties = Affiliation.objects.filter(**mine).order_by("organisation__name")
    return OpenInvitation(
        network_id=network.pk,
        slug=network.slug,
        name=network.name,
        backbone=network.backbone_name or network.name,
        coordinator=NetworkRole.Role.COORDINATOR in roles,
        observer=NetworkRole.Role.OBSERVER in roles,
        organisations=tuple(ties.values_list("organisation__name", flat=True)),
    )


def _spoken_for(user_id: int) -> dict[int, list[str]]:
    """Names of the organisations she acts for, by network."""
    rows = (
        Affiliation.objects.speaking()
        .filter(person__user_id=user_id)
        .order_by("organisation__name")
        .values_list("network_id", "organisation__name")
    )
    spoken: dict[int, list[str]] = {}
    for network_id, name in rows:
        spoken.setdefault(network_id, []).append(name)
    return spoken


@dataclass(frozen=True, slots=True)
class Figures:
    """What the office wants in view."""

    members: int
    without_access: int
    open_invitations: int


def figures(actor: Actor) -> Figures:
    """How many members, how many of them cannot sign in, how many invitations are open."""
    members = Membership.objects.filter(network_id=actor.network_id, stage=Membership.Stage.MEMBER)
    people = Affiliation.objects.of_members().filter(network_id=actor.network_id)
    return Figures(
        members=members.count(),
        without_access=without_access(members).count(),
        open_invitations=open_invitations(people).count(),
    )


def slug_of(network_id: int) -> str | None:
    """The short name in the address of this network, None if there is none."""
    return Network.objects.filter(pk=network_id).values_list("slug", flat=True).first()


def regions(actor: Actor) -> tuple[ListRow, ...]:
    """The places of the network, and how many organisations work there. One query."""
    known = Q(membership__stage__in=SPEAKING)
    rows = Region.objects.filter(network_id=actor.network_id).annotate(
        used=Count("membership", filter=None if actor.coordinator else known)
    )
    return tuple(ListRow(r.pk, r.name, "", r.used) for r in rows.order_by("position", "name"))


def target_groups(actor: Actor) -> tuple[ListRow, ...]:
    """The target groups of the network. One query."""
    rows = TargetGroup.objects.filter(network_id=actor.network_id)
    return tuple(ListRow(g.pk, g.name, g.description, 0) for g in rows)
