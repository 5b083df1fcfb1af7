"""Taking organisations in, changing what is known of them, moving them from stage to stage."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wirknetz.foundation.actions import notify, record_event
from wirknetz.network import queries
from wirknetz.network.actions._shared import changed, membership_of, require, wrong
from wirknetz.network.models import Membership, NetworkRole, Organisation, Region
from wirknetz.network.queries.organisations import OrganisationFacts
from wirknetz.network.rules import STAGES, Actor, changes_facts, is_coordinator, next_stages

Stage = Membership.Stage


@transaction.atomic
def add_organisation(
    *,
    facts: OrganisationFacts,
    by: Actor,
    at: dt.datetime,
    stage: str = Stage.CANDIDATE,
    region_id: int | None = None,
    reuse: bool = False,
) -> int:
    """Take an organisation into the network at this stage. Returns its id.

    If another network knows an organisation of this name, ``reuse`` takes that one and leaves
    its facts alone; without it, ValidationError with code ``known``. ValidationError also if it
    is in this network already.
    """
    require(is_coordinator(by), _("Organisationen nimmt nur die Koordinierungsstelle auf."))
    if stage not in STAGES or stage == Stage.LEFT:
        raise wrong("stage", _("Mit diesem Stand kann eine Mitgliedschaft nicht beginnen."))
    organisation = _known_or_new(facts, by, at, reuse=reuse)
    membership = Membership.objects.create(
        network_id=by.network_id,
        organisation=organisation,
        stage=stage,
        stage_since=at,
        region=_region(region_id, by),
        joined_on=_day(at) if stage == Stage.MEMBER else None,
    )
    _tell("organisation.added", membership, by, at, {"stage": stage})
    return organisation.pk


def _known_or_new(
    facts: OrganisationFacts, by: Actor, at: dt.datetime, *, reuse: bool
) -> Organisation:
    known = queries.known_organisation(facts.name)
    if known is None:
        return Organisation.objects.create(**asdict(facts), created_at=at)
    if known.memberships.filter(network_id=by.network_id).exists():
        raise wrong("name", _("Diese Organisation ist schon in Ihrem Netzwerk."), "here")
    if not reuse:
        raise wrong("name", _("Diese Organisation kennt Wirknetz schon."), "known")
    return known


def _region(region_id: int | None, by: Actor) -> Region | None:
    if region_id is None:
        return None
    region = Region.objects.filter(pk=region_id, network_id=by.network_id).first()
    if region is None:
        raise wrong("region", _("Diese Region steht nicht auf der Liste Ihres Netzwerks."))
    return region


@transaction.atomic
def change_organisation(
    *, organisation_id: int, facts: OrganisationFacts, by: Actor, at: dt.datetime
) -> None:
    """Change the facts of an organisation.

    Its own leadership may; the coordinating office only while no other network has it, since
    one network must not describe another's partner. Other networks' offices are told.
    """
    membership = membership_of(by, organisation_id)
    there = queries.sharing(organisation_id, by.network_id)
    allowed = changes_facts(by, organisation_id, shared=there.shared, first=there.first)
    require(allowed, _refusal(by, organisation_id, shared=there.shared))
    same = queries.known_organisation(facts.name)
    if same is not None and same.pk != organisation_id:
        raise wrong("name", _("Eine andere Organisation heißt schon so."))
    differences = changed(membership.organisation, asdict(facts))
    if differences:
        _tell("organisation.changed", membership, by, at, {"changed": differences})
        _tell_other_offices(membership.organisation, by, at)


def _refusal(by: Actor, organisation_id: int, *, shared: bool) -> str:
    if by.coordinator and shared:
        return _(
            "Diese Organisation gehört auch zu einem anderen Netzwerk. "
            "Ihre Angaben ändert deshalb nur ihre eigene Leitung."
        )
    if shared and by.leads(organisation_id):
        return _(
            "Diese Organisation gehört auch zu einem anderen Netzwerk. "
            "Ihre Angaben ändert ihre Leitung in dem Netzwerk, das sie zuerst aufgenommen hat."
        )
    return _("Diese Angaben ändern die Leitung der Organisation und die Koordinierungsstelle.")


def _tell_other_offices(organisation: Organisation, by: Actor, at: dt.datetime) -> None:
    """Each office reads of its own network only."""
    others = (
        NetworkRole.objects.current()
        .accepted()
        .filter(
            role=NetworkRole.Role.COORDINATOR,
            network__memberships__organisation=organisation,
            network__memberships__stage__in=set(STAGES) - {Stage.LEFT},
            person__user__isnull=False,
        )
        .exclude(network_id=by.network_id)
        .select_related("network", "person")
    )
    for role in others:
        notify(
            user_ids=[role.person.user_id] if role.person.user_id else [],
            kind="organisation.changed",
            key=f"organisation.changed:{organisation.pk}:{role.network_id}:{at.isoformat()}",
            subject=gettext_lazy("Eine Organisation hat ihre Angaben geändert"),
            text=organisation.name,
            url=reverse("network:organisation", args=[role.network.slug, organisation.pk]),
            scope_id=role.network_id,
            at=at,
        )


@transaction.atomic
def move_stage(*, organisation_id: int, stage: str, by: Actor, at: dt.datetime) -> None:
    """Bring a membership to the next stage. Only what ``rules.STAGES`` lets follow.

    The coordinating office may; a leadership with mandate may let its own organisation leave.
    """
    membership = membership_of(by, organisation_id)
    before = membership.stage
    require(
        bool(next_stages(by, organisation_id, before)),
        _("Den Stand einer Mitgliedschaft ändert die Koordinierungsstelle."),
    )
    if stage not in next_stages(by, organisation_id, before):
        raise wrong("stage", _("Dieser Stand kann auf den jetzigen nicht folgen."))
    changed(membership, {"stage": stage, "stage_since": at, **_dates(membership, stage, at)})
    _tell("membership.stage_changed", membership, by, at, {"from": before, "to": stage})


def _dates(membership: Membership, stage: str, at: dt.datetime) -> dict[str, Any]:
    if stage == Stage.MEMBER:
        return {"joined_on": membership.joined_on or _day(at), "left_on": None}
    if stage == Stage.LEFT:
        return {"left_on": _day(at)}
    return {"joined_on": None, "left_on": None} if stage == Stage.CANDIDATE else {}


def _day(at: dt.datetime) -> dt.date:
    return timezone.localtime(at).date()


@transaction.atomic
def choose_region(
    *, organisation_id: int, region_id: int | None, by: Actor, at: dt.datetime
) -> None:
    """Say where in the network the organisation works."""
    require(is_coordinator(by), _("Die Region ordnet die Koordinierungsstelle zu."))
    membership = membership_of(by, organisation_id)
    differences = changed(membership, {"region": _region(region_id, by)})
    if differences:
        _tell("membership.region_changed", membership, by, at, {"changed": differences})


def _tell(
    action: str, membership: Membership, by: Actor, at: dt.datetime, details: dict[str, Any]
) -> None:
    organisation = membership.organisation
    record_event(
        by=by.author_for(organisation.pk), action=action, at=at, object_type="organisation",
        object_id=organisation.pk, label=organisation.name, details=details,
    )  # fmt: skip
