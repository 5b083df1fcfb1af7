"""A second person stands by whom the office entered for an organisation without leadership.

The office must not make a voice of a partner by itself: not even by an account of somebody who
does its bidding. Where the organisation has a leadership, that reads of every entry; where it has
none, everybody else there and the other coordinators do, and the entry is marked until one of
them has confirmed it.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.http import Http404
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wirknetz.foundation.actions import notify, record_event
from wirknetz.network import queries
from wirknetz.network.actions._shared import changed, membership_of, require
from wirknetz.network.models import Affiliation
from wirknetz.network.rules import Actor, confirms


def await_confirmation(affiliation: Affiliation, *, by: Actor, at: dt.datetime) -> None:
    """Mark the entry and ask the others, unless the organisation's own people made it."""
    if by.belongs_to(affiliation.organisation_id) or _has_leadership(affiliation):
        return
    changed(affiliation, {"entered_by_id": by.user_id})
    _ask(affiliation, by, at)


def _has_leadership(affiliation: Affiliation) -> bool:
    """Whether somebody else decides there who can sign in and whom nobody has yet to confirm."""
    others = Affiliation.objects.speaking().filter(
        network_id=affiliation.network_id,
        organisation_id=affiliation.organisation_id,
        level=Affiliation.Level.LEADERSHIP,
        mandate=True,
        entered_by__isnull=True,
        person__user__joined_at__isnull=False,
    )
    return others.exclude(person_id=affiliation.person_id).exists()


def _ask(affiliation: Affiliation, by: Actor, at: dt.datetime) -> None:
    network, organisation = affiliation.network, affiliation.organisation
    known = queries.contacts(network_id=network.pk, organisation_ids=[organisation.pk])
    colleagues = {c.user_id for c in known if c.user_id} - {affiliation.person.user_id}
    office = {c.user_id for c in queries.coordinators(network_id=network.pk) if c.user_id}
    for asked, at_once in ((colleagues, True), (office - colleagues - {by.user_id}, False)):
        notify(
            user_ids=[pk for pk in asked if pk],
            kind="affiliation.unconfirmed",
            key=f"affiliation.unconfirmed:{affiliation.pk}:{at.isoformat()}",
            subject=format_lazy(
                gettext_lazy("Neue Person für {organisation}: Bitte bestätigen"),
                organisation=organisation.name,
            ),
            text=format_lazy(
                gettext_lazy(
                    "Die Koordinierungsstelle hat {name} eingetragen. Kennen Sie diese Person? "
                    "Dann bestätigen Sie das bitte auf der Seite der Organisation."
                ),
                name=affiliation.shown_name,
            ),
            url=reverse("network:organisation", args=[network.slug, organisation.pk]),
            scope_id=network.pk,
            immediate=at_once,
            at=at,
        )


@transaction.atomic
def confirm_affiliation(*, affiliation_id: int, by: Actor, at: dt.datetime) -> None:
    """Stand by the entry. Nothing happens if somebody has already.

    A colleague may, or a coordinator who did not enter it; never the person herself.
    """
    found = (
        Affiliation.objects.current()
        .select_related("organisation")
        .filter(network_id=by.network_id, pk=affiliation_id)
        .first()
    )
    if found is None:
        raise Http404
    membership_of(by, found.organisation_id)
    if found.entered_by_id is None:
        return
    allowed = confirms(
        by, found.organisation_id, person_id=found.person_id, entered_by=found.entered_by_id
    )
    require(
        allowed,
        _(
            "Das bestätigt jemand anderes aus der Organisation "
            "oder eine zweite Person der Koordinierungsstelle."
        ),
    )
    changed(found, {"entered_by_id": None})
    record_event(
        by=by.author_for(found.organisation_id), action="affiliation.confirmed", at=at,
        object_type="organisation", object_id=found.organisation_id,
        label=found.organisation.name, details={"person": found.person_id},
    )  # fmt: skip
