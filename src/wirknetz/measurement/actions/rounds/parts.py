"""What all writes about rounds share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext

from wirknetz.foundation.actions import record_event
from wirknetz.foundation.audit import HasAuthor
from wirknetz.foundation.refusal import Refused
from wirknetz.measurement.models import Round
from wirknetz.measurement.queries.rounds import Pair, clashes, state
from wirknetz.measurement.rules.refusing import require
from wirknetz.measurement.rules.rounds import may_change, may_plan
from wirknetz.network.rules import Actor


def get_round(by: Actor, round_id: int) -> Round:
    """The round, kept for this transaction. Refused to whom it is not for, else 404."""
    require(may_plan(by))
    mine = Round.objects.select_for_update().filter(network_id=by.network_id)
    return get_object_or_404(mine, pk=round_id)


def get_changeable(by: Actor, round_id: int) -> Round:
    """A round that is not closed. Refused otherwise."""
    one = get_round(by, round_id)
    require(
        may_change(state(one)),
        gettext("Diese Runde ist geschlossen. Was jetzt noch kommt, ist eine Korrektur."),
    )
    return one


def refuse_clashes(one: Round, pairs: frozenset[Pair]) -> None:
    """Refuse to ask the same thing twice for the same time."""
    found = clashes(one, pairs)
    if found:
        organisation, measure, title = found[0]
        raise Refused(
            gettext(
                "%(organisation)s meldet „%(measure)s“ für diese Zeit schon in der Runde "
                "„%(round)s“. So würde doppelt gezählt. Betroffen: %(count)s Angaben."
            )
            % {
                "organisation": organisation,
                "measure": measure,
                "round": title,
                "count": len(found),
            }
        )


def where_to_report(one: Round, organisation_ids: Collection[int]) -> str:
    """The page to report on: the form itself for one organisation, else the round."""
    slug = one.network.slug
    if len(organisation_ids) != 1:
        return reverse("measurement:round", kwargs={"slug": slug, "pk": one.pk})
    (organisation_id,) = organisation_ids
    return reverse(
        "measurement:submission",
        kwargs={"slug": slug, "round_id": one.pk, "organisation_id": organisation_id},
    )


def record(by: HasAuthor, action: str, one: Round, at: dt.datetime, **details: Any) -> None:
    """An audit row about a round."""
    record_event(
        by=by.author,
        action=action,
        at=at,
        object_type="round",
        object_id=one.pk,
        label=one.title,
        details=details,
    )
