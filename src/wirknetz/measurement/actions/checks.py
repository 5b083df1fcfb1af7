"""Writing validation rules."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.shortcuts import get_object_or_404

from wirknetz.foundation.actions import record_event
from wirknetz.foundation.refusal import Refused
from wirknetz.measurement.models import ValidationRule
from wirknetz.measurement.queries.measures import measure_codes
from wirknetz.measurement.rules.definitions import may_define
from wirknetz.measurement.rules.drafts import CheckDraft
from wirknetz.measurement.rules.refusing import require
from wirknetz.measurement.rules.sentences import FormulaProblemError, read_rule
from wirknetz.network.rules import Actor


@transaction.atomic
def save_check(
    *, by: Actor, check_id: int | None = None, draft: CheckDraft, at: dt.datetime
) -> int:
    """Add or change a validation rule; its number. Refused where it cannot be read."""
    require(may_define(by))
    try:
        read_rule(draft.expression, measure_codes(by.network_id))
    except FormulaProblemError as problem:
        raise Refused(str(problem)) from problem
    mine = ValidationRule.objects.filter(network_id=by.network_id)
    one = (
        get_object_or_404(mine, pk=check_id)
        if check_id
        else ValidationRule(network_id=by.network_id)
    )
    before = {"expression": one.expression, "severity": one.severity, "active": one.active}
    one.expression, one.severity, one.message = draft.expression, draft.severity, draft.message
    one.position, one.active = draft.position, draft.active
    one.save()
    record_event(
        by=by.author,
        action="validation_rule.changed" if check_id else "validation_rule.created",
        at=at,
        object_type="validation_rule",
        object_id=one.pk,
        label=one.expression,
        details={"before": before} if check_id else {},
    )
    return one.pk
