"""Who acts for whom in a network."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404

from wirknetz.network.models import Affiliation, EnteredAs, Invitation, NetworkRole
from wirknetz.network.queries.searching import contains
from wirknetz.network.rules import Actor, confirms, manages_people, sees_addresses, visible_stages

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Contact:
    """A person who can be told something. ``user_id`` is None without an account.

    ``organisation_id`` is None for somebody who stands for the whole network.
    """

    person_id: int
    user_id: int | None
    name: str
    email: str
    organisation_id: int | None
    leadership: bool = False
    mandate: bool = False


def contacts(
    *, network_id: int, organisation_ids: Iterable[int] | None = None
) -> tuple[Contact, ...]:
    """Who acts now for these organisations (all of them if None) in this network. One query.

    Only people of member organisations: others would be told of what they may not see.

    A person who acts for two organisations is there twice, once for each.
    """
    found = Affiliation.objects.speaking().filter(network_id=network_id)
    if organisation_ids is not None:
        found = found.filter(organisation_id__in=list(organisation_ids))
    return tuple(
        Contact(
            person_id=a.person_id,
            user_id=a.person.user_id,
            name=a.shown_name,
            email=a.shown_email,
            organisation_id=a.organisation_id,
            leadership=a.level == Affiliation.Level.LEADERSHIP,
            mandate=a.mandate,
        )
        for a in found.select_related("person__user").order_by(
            "organisation_id", "person__name", "pk"
        )
    )


def coordinators(*, network_id: int) -> tuple[Contact, ...]:
    """The people of the coordinating office, by name. One query."""
    found = NetworkRole.objects.current().accepted().named()
    found = found.filter(network_id=network_id, role=NetworkRole.Role.COORDINATOR)
    return tuple(
        Contact(r.person_id, r.person.user_id, r.shown_name, r.shown_email, None)
        for r in found.select_related("person__user").order_by("person__name", "pk")
    )


@dataclass(frozen=True, slots=True)
class AffiliationFacts:
    """Where a person stands in an organisation. ``mandate_since`` only with ``mandate``."""

    level: str
    function: str = ""
    mandate: bool = False
    mandate_since: dt.date | None = None


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person acting for an organisation, as far as the viewer may see.

    ``email``, ``phone``, mandate and invitation are empty where she may not. ``invited_at`` is
    the latest invitation of somebody who has not accepted. ``unconfirmed``: the office entered
    her, and nobody else stands by it yet.
    """

    affiliation_id: int
    person_id: int
    name: str
    function: str
    level: str
    organisation_id: int
    organisation: str
    email: str = ""
    phone: str = ""
    mandate: bool = False
    mandate_since: dt.date | None = None
    joined: bool | None = None
    invited_at: dt.datetime | None = None
    may_manage: bool = False
    unconfirmed: bool = False
    may_confirm: bool = False


@dataclass(frozen=True, slots=True)
class PersonList:
    """One page of people. ``paginator_page`` is for ``{% pagination %}``."""

    rows: tuple[PersonRow, ...]
    total: int
    paginator_page: Any


@dataclass(frozen=True, slots=True)
class RoleRow:
    """Somebody who coordinates or watches."""

    role_id: int
    person_id: int
    role: str
    role_label: str
    name: str
    email: str
    since: dt.datetime
    joined: bool
    invited_at: dt.datetime | None
    me: bool


@dataclass(frozen=True, slots=True)
class AffiliationPage:
    """One affiliation, for whoever manages it."""

    row: PersonRow
    facts: AffiliationFacts
    may_correct: bool


def people(actor: Actor, *, search: str = "", state: str = "", page: Any = 1) -> PersonList:
    """One page of the people of the organisations the actor knows of, by name. Two queries."""
    found = _visible(actor)
    if state == "invited" and actor.coordinator:
        found = open_invitations(found)
    if search.strip():
        found = found.filter(contains(search, "called", "organisation__name", "function"))
    shown = Paginator(found.order_by("called", "pk"), PER_PAGE).get_page(page)
    return PersonList(
        rows=tuple(_row(actor, a) for a in shown.object_list),
        total=shown.paginator.count,
        paginator_page=shown,
    )


def open_invitations(found: QuerySet[Affiliation]) -> QuerySet[Affiliation]:
    """Those whose person was invited and has not accepted."""
    invited = Invitation.objects.filter(network=OuterRef("network"), person=OuterRef("person"))
    waiting = EnteredAs.objects.filter(
        network=OuterRef("network"), person=OuterRef("person"), accepted_at__isnull=True
    )
    return found.filter(Exists(invited)).filter(
        Exists(waiting) | Q(person__user__joined_at__isnull=True)
    )


def people_of(actor: Actor, organisation_id: int) -> tuple[PersonRow, ...]:
    """Who acts for this organisation, leadership first. One query. Nobody for an observer."""
    if actor.observer and not (actor.coordinator or actor.standings):
        return ()
    found = _visible(actor).filter(organisation_id=organisation_id)
    return tuple(_row(actor, a) for a in found.order_by("level", "called", "pk"))


def _visible(actor: Actor) -> Any:
    latest = Invitation.objects.filter(network=OuterRef("network"), person=OuterRef("person"))
    return (
        Affiliation.objects.current()
        .filter(
            network_id=actor.network_id,
            organisation__memberships__network_id=actor.network_id,
            organisation__memberships__stage__in=visible_stages(actor),
        )
        .select_related("person__user", "organisation")
        .named()
        .annotate(
            invited_at=Subquery(latest.values("sent_at")[:1]),
            called=Coalesce("entered_name", "person__name"),
        )
    )


def _row(actor: Actor, a: Any) -> PersonRow:
    near = sees_addresses(actor, a.organisation_id)
    return PersonRow(
        affiliation_id=a.pk,
        person_id=a.person_id,
        name=a.shown_name,
        function=a.function,
        level=a.get_level_display(),
        organisation_id=a.organisation_id,
        organisation=a.organisation.name,
        email=a.shown_email if near else "",
        phone=a.shown_phone if near else "",
        mandate=a.mandate and near,
        mandate_since=a.mandate_since if near else None,
        joined=a.accepted if near else None,
        invited_at=a.invited_at if near and not a.accepted else None,
        may_manage=manages_people(actor, a.organisation_id),
        unconfirmed=a.entered_by_id is not None,
        may_confirm=confirms(
            actor, a.organisation_id, person_id=a.person_id, entered_by=a.entered_by_id
        ),
    )


def affiliation(actor: Actor, organisation_id: int, affiliation_id: int) -> AffiliationPage:
    """One affiliation of this organisation; 404 unless the actor knows of it. Three queries."""
    found = _visible(actor).filter(organisation_id=organisation_id, pk=affiliation_id).first()
    if found is None:
        raise Http404
    facts = AffiliationFacts(found.level, found.function, found.mandate, found.mandate_since)
    return AffiliationPage(_row(actor, found), facts, may_correct(found))


def may_correct(tie: Affiliation) -> bool:
    """Whether this network may mend her name: she has not accepted here.

    Where she was entered before networks had names of their own for people, no other may know her.
    """
    if EnteredAs.objects.filter(network_id=tie.network_id, person=tie.person).exists():
        return not tie.accepted
    elsewhere = tie.person.affiliations.exclude(network_id=tie.network_id)
    roles = tie.person.roles.exclude(network_id=tie.network_id)
    return not (tie.person.joined or elsewhere.exists() or roles.exists())


def roles(actor: Actor) -> tuple[RoleRow, ...]:
    """Who coordinates, and for the office also who watches. One query."""
    found = NetworkRole.objects.current().named().filter(network_id=actor.network_id)
    if not actor.coordinator:
        found = found.accepted().filter(role=NetworkRole.Role.COORDINATOR)
    latest = Invitation.objects.filter(network=OuterRef("network"), person=OuterRef("person"))
    rows = found.select_related("person__user").annotate(
        invited_at=Subquery(latest.values("sent_at")[:1])
    )
    return tuple(_role_row(actor, r) for r in rows.order_by("role", "person__name", "pk"))


def _role_row(actor: Actor, r: Any) -> RoleRow:
    return RoleRow(
        role_id=r.pk,
        person_id=r.person_id,
        role=r.role,
        role_label=r.get_role_display(),
        name=r.shown_name,
        email=r.shown_email if actor.coordinator else "",
        since=r.since,
        joined=r.accepted,
        invited_at=r.invited_at if actor.coordinator else None,
        me=r.person_id == actor.person_id,
    )
