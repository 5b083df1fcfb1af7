"""Organisations of a network: the list, the page, the facts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.http import Http404

from wirknetz.network.models import Affiliation, Membership, Organisation, Region
from wirknetz.network.queries.searching import contains
from wirknetz.network.rules import Actor, changes_facts, manages_people, next_stages, visible_stages

PER_PAGE = 25


@dataclass(frozen=True, slots=True)
class OrganisationFacts:
    """What an organisation is, wherever it takes part."""

    name: str
    short_name: str
    sector: str
    legal_area: str
    city: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """One line of the list."""

    pk: int
    name: str
    city: str
    sector: str
    stage: str
    stage_label: str
    region: str
    people: int
    own: bool


@dataclass(frozen=True, slots=True)
class OrganisationList:
    """One page of the list. ``paginator_page`` is for ``{% pagination %}``."""

    rows: tuple[OrganisationRow, ...]
    total: int
    paginator_page: Any


@dataclass(frozen=True, slots=True)
class OrganisationPage:
    """An organisation in this network, and what the viewer may do with it."""

    pk: int
    facts: OrganisationFacts
    sector: str
    legal_area: str
    stage: str
    stage_label: str
    stage_since: dt.datetime
    region_id: int | None
    region: str
    joined_on: dt.date | None
    left_on: dt.date | None
    own: bool
    may_change_facts: bool
    shared: bool
    may_manage_people: bool
    next_stages: tuple[str, ...]


def organisations(
    actor: Actor,
    *,
    search: str = "",
    stage: str = "",
    sector: str = "",
    access: str = "",
    page: int | str | None = 1,
) -> OrganisationList:
    """One page of the organisations this actor knows of, by name. Two queries, whatever the size.

    A page out of range gives the nearest one.
    """
    found = _matching(_visible(actor), search=search, stage=stage, sector=sector)
    if access == "none" and actor.coordinator:
        found = without_access(found)
    shown = Paginator(found.order_by("organisation__name"), PER_PAGE).get_page(page or 1)
    rows = tuple(_row(actor, membership) for membership in shown.object_list)
    return OrganisationList(rows, shown.paginator.count, shown)


def _visible(actor: Actor) -> QuerySet[Membership]:
    return Membership.objects.filter(
        network_id=actor.network_id, stage__in=visible_stages(actor)
    ).select_related("organisation", "region")


def _matching(
    found: QuerySet[Membership], *, search: str, stage: str, sector: str
) -> QuerySet[Membership]:
    if stage:
        found = found.filter(stage=stage)
    if sector:
        found = found.filter(organisation__sector=sector)
    if search.strip():
        fields = ("name", "short_name", "city")
        found = found.filter(contains(search, *(f"organisation__{field}" for field in fields)))
    current = Q(
        organisation__affiliations__network=F("network"),
        organisation__affiliations__until__isnull=True,
    )
    return found.annotate(people=Count("organisation__affiliations", filter=current))


def without_access(found: QuerySet[Membership]) -> QuerySet[Membership]:
    """Members nobody of whom can sign in yet."""
    able = (
        Affiliation.objects.current()
        .accepted()
        .filter(
            network=OuterRef("network"),
            organisation=OuterRef("organisation"),
            person__user__joined_at__isnull=False,
        )
    )
    return found.filter(~Exists(able), stage=Membership.Stage.MEMBER)


def _row(actor: Actor, membership: Any) -> OrganisationRow:
    organisation = membership.organisation
    return OrganisationRow(
        pk=organisation.pk,
        name=organisation.name,
        city=organisation.city,
        sector=organisation.get_sector_display(),
        stage=membership.stage,
        stage_label=membership.get_stage_display(),
        region=membership.region.name if membership.region else "",
        people=membership.people,
        own=actor.belongs_to(organisation.pk),
    )


def organisation(actor: Actor, organisation_id: int) -> OrganisationPage:
    """The page of one organisation; 404 where the actor may not know of it. Two queries."""
    membership = _visible(actor).filter(organisation_id=organisation_id).first()
    if membership is None:
        raise Http404
    return _page(actor, membership, sharing(organisation_id, actor.network_id))


def _page(actor: Actor, membership: Membership, there: Sharing) -> OrganisationPage:
    it = membership.organisation
    return OrganisationPage(
        pk=it.pk,
        facts=facts_of(it),
        sector=it.get_sector_display(),
        legal_area=it.get_legal_area_display(),
        stage=membership.stage,
        stage_label=membership.get_stage_display(),
        stage_since=membership.stage_since,
        region_id=membership.region_id,
        region=membership.region.name if membership.region else "",
        joined_on=membership.joined_on,
        left_on=membership.left_on,
        own=actor.belongs_to(it.pk),
        may_change_facts=changes_facts(actor, it.pk, shared=there.shared, first=there.first),
        shared=there.shared,
        may_manage_people=manages_people(actor, it.pk),
        next_stages=next_stages(actor, it.pk, membership.stage),
    )


def facts_of(it: Organisation) -> OrganisationFacts:
    """The facts as they are."""
    return OrganisationFacts(
        name=it.name,
        short_name=it.short_name,
        sector=it.sector,
        legal_area=it.legal_area,
        city=it.city,
        website=it.website,
    )


@dataclass(frozen=True, slots=True)
class Sharing:
    """Whether an organisation is in other networks too, and whether this one had it first."""

    shared: bool
    first: bool


def sharing(organisation_id: int, network_id: int) -> Sharing:
    """In which networks it is, as far as it matters here. One query; networks left do not count."""
    there = Membership.objects.filter(organisation_id=organisation_id).order_by("pk")
    networks = there.exclude(stage=Membership.Stage.LEFT).values_list("network_id", flat=True)
    others = [pk for pk in networks if pk != network_id]
    return Sharing(bool(others), first=not networks or networks[0] == network_id)


def known_organisation(name: str) -> Organisation | None:
    """The organisation with exactly this name in any network; upper and lower case do not count.

    There is no list of foreign organisations to choose from: only who knows the name finds it.
    """
    return Organisation.objects.filter(name__iexact=" ".join(name.split())).first()


def region_choices(network_id: int) -> list[tuple[int, str]]:
    """The places of the network, for a form."""
    return list(Region.objects.filter(network_id=network_id).values_list("pk", "name"))
