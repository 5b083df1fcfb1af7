"""Who gets an answer at the pages of a collection round."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils import timezone

from tests.integration.doors.table import OFFICE, OWN, PARTNERS, act, page
from tests.world import Role, World, add_measure, add_round
from wirknetz.core.values import Value
from wirknetz.measurement.actions import collection as actions
from wirknetz.measurement.models import Round
from wirknetz.measurement.queries.collection.dossier import dossier_of

FOREIGN = frozenset({Role.PRACTITIONER_FOREIGN, Role.LEADERSHIP_FOREIGN})


def _round(world: World) -> Round:
    known = Round.objects.filter(network=world.network).first()
    measure = known.asked.get().measure if known else add_measure(world.network, "begonnen")
    return known or add_round(
        world.network, measures=(measure,), organisations=(world.own, world.shared)
    )


def _which(world: World) -> dict[str, Any]:
    return {
        "by": world.actor(Role.PRACTITIONER_OWN),
        "round_id": _round(world).pk,
        "organisation_id": world.own.pk,
        "at": timezone.now(),
    }


def one_round(world: World) -> Mapping[str, Any]:
    return {"slug": world.network.slug, "round_id": _round(world).pk}


def one_submission(world: World) -> Mapping[str, Any]:
    return {**one_round(world), "organisation_id": world.own.pk}


def draft(world: World) -> Mapping[str, Any]:
    measure = _round(world).asked.get().measure
    actions.record(**_which(world), rows=[actions.Row(measure.pk, value=Value(amount=Decimal(12)))])
    return one_submission(world)


def submitted(world: World) -> Mapping[str, Any]:
    where = draft(world)
    actions.submit(**_which(world))
    return where


def approved(world: World) -> Mapping[str, Any]:
    where = submitted(world)
    actions.approve(**_which(world) | {"by": world.actor(Role.LEADERSHIP_OWN)})
    return where


def one_history(world: World) -> Mapping[str, Any]:
    return {**draft(world), "measure_id": _round(world).asked.get().measure_id}


def reason(world: World) -> Mapping[str, Any]:
    return {"reason": "Ein Fall kam dazu.", "text": "Das stimmt so.", "minutes": "15"}


def shown(world: World) -> Mapping[str, Any]:
    """What the page of the submission asks to stand behind."""
    submission = _round(world).submissions.get(organisation=world.own)
    return {"seen": dossier_of(submission).content_hash}


SEERS = OWN | OFFICE
ROWS = (
    page("measurement:submissions", PARTNERS - OFFICE),
    page("measurement:board", PARTNERS, one_round),
    act("measurement:board_remind", OFFICE, one_submission),
    page("measurement:submission", SEERS, one_submission, post=OWN, hidden=FOREIGN | OFFICE),
    act("measurement:submission_save", OWN, one_submission, hidden=FOREIGN),
    page("measurement:submission_check", OWN, draft, post=True, hidden=FOREIGN),
    act("measurement:submission_submit", OWN, draft, hidden=FOREIGN),
    page("measurement:submission_review", SEERS, draft, hidden=FOREIGN),
    act(
        "measurement:submission_approve",
        frozenset({Role.LEADERSHIP_OWN}),
        submitted,
        hidden=FOREIGN,
        data=shown,
    ),
    act("measurement:submission_return", SEERS, submitted, hidden=FOREIGN, data=reason),
    act("measurement:submission_reply", OWN, draft, hidden=FOREIGN, data=reason),
    act("measurement:submission_minutes", OWN, approved, hidden=FOREIGN, data=reason),
    page("measurement:submission_correct", OWN, approved, post=True, hidden=FOREIGN, data=reason),
    page("measurement:submission_history", SEERS, one_history, hidden=FOREIGN),
)
