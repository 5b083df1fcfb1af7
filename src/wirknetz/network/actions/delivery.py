"""Sending again what did not arrive."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from wirknetz.foundation import actions as foundation
from wirknetz.network.actions._shared import require
from wirknetz.network.queries.delivery import addresses
from wirknetz.network.rules import Actor, is_coordinator


@transaction.atomic
def send_again(*, by: Actor, at: dt.datetime, person_id: int | None = None) -> int:
    """Send what did not reach this person, or anybody of the network. Returns how many mails.

    Http404 for somebody who has no part in the network.
    """
    require(is_coordinator(by), _("Das macht nur die Koordinierungsstelle."))
    people = addresses(by.network_id)
    wanted = [address for address, pk in people.items() if person_id in (None, pk)]
    if not wanted:
        raise Http404
    return foundation.retry_mails(to=wanted, scope_id=by.network_id, by=by, at=at)
