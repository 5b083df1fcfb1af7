"""Accepting an invitation, or not: from then on a network knows the person as she is."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.db import transaction
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy

from wirknetz.foundation.actions import notify, record_event, require_second_factor
from wirknetz.foundation.audit import Author
from wirknetz.network import queries
from wirknetz.network.models import EnteredAs, Invitation, NetworkRole, Person

_COORDINATOR: Final = NetworkRole.Role.COORDINATOR


@transaction.atomic
def accept_invitation(*, user_id: int, slug: str, at: dt.datetime) -> None:
    """She is inside from now on, under her own name. Http404 where nobody asked her."""
    entry = _open(user_id, slug)
    entry.accepted_at = at
    entry.save(update_fields=["accepted_at"])
    by = _tell("invitation.accepted", entry, at)
    parts = entry.person.roles.current().filter(network=entry.network)
    if parts.filter(role=_COORDINATOR).exists():
        require_second_factor(user_id=user_id, required=True, by=by, at=at)


@transaction.atomic
def decline_invitation(*, user_id: int, slug: str, at: dt.datetime) -> None:
    """What she was entered for there ends; the office reads that she does not want to."""
    entry = _open(user_id, slug)
    network_id, person = entry.network_id, entry.person
    person.affiliations.current().filter(network_id=network_id).update(until=at)
    person.roles.current().filter(network_id=network_id).update(until=at)
    Invitation.objects.filter(network_id=network_id, person=person).delete()
    _tell("invitation.declined", entry, at)
    notify(
        user_ids=[c.user_id for c in queries.coordinators(network_id=network_id) if c.user_id],
        kind="invitation.declined",
        key=f"invitation.declined:{entry.pk}:{at.isoformat()}",
        subject=gettext_lazy("Eine Einladung wurde abgelehnt"),
        text=entry.name,
        url=reverse("network:people", args=[entry.network.slug]),
        scope_id=network_id,
        at=at,
    )


@transaction.atomic
def accept_by_joining(*, user_id: int, network_id: int | None, at: dt.datetime) -> None:
    """Who comes in for the first time has accepted: where the link was from, else the only one."""
    asking = queries.open_invitations_of(user_id=user_id)
    only = asking[0].network_id if len(asking) == 1 else None
    for asked in asking:
        if asked.network_id == (network_id or only):
            accept_invitation(user_id=user_id, slug=asked.slug, at=at)


def _open(user_id: int, slug: str) -> EnteredAs:
    person = Person.objects.select_for_update().filter(user_id=user_id).first()
    found = (
        EnteredAs.objects.select_related("network", "person")
        .filter(network__slug=slug, person=person, accepted_at__isnull=True)
        .first()
    )
    if found is None or not _asked(found):
        raise Http404
    return found


def _asked(entry: EnteredAs) -> bool:
    mails = Invitation.objects.filter(network=entry.network, person=entry.person)
    return bool(mails.exists() and entry.person.joined)


def _tell(action: str, entry: EnteredAs, at: dt.datetime) -> Author:
    by = Author(user_id=entry.person.user_id, scope_id=entry.network_id)
    record_event(
        by=by, action=action, at=at, object_type="person", object_id=entry.person_id,
        details={"person": entry.person_id},
    )  # fmt: skip
    return by
