"""Writing measures."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext

from wirknetz.foundation.actions import record_event
from wirknetz.foundation.refusal import Refused
from wirknetz.measurement.models import Dimension, Measure, MeasureDimension, MeasureWording
from wirknetz.measurement.queries.measures import use_of
from wirknetz.measurement.rules.codes import code_from, is_reserved
from wirknetz.measurement.rules.definitions import WORDING, may_define, reworded
from wirknetz.measurement.rules.drafts import MeasureDraft
from wirknetz.measurement.rules.refusing import require
from wirknetz.network.rules import Actor

_FIELDS = (
    "name", "definition", "level", "counts", "adds", "unit", "group", "decimals", "maximum",
    "position",
)  # fmt: skip


@transaction.atomic
def create_measure(*, by: Actor, draft: MeasureDraft, at: dt.datetime) -> int:
    """Add a measure to the actor's network; its number. Refused for a code that is taken."""
    require(may_define(by))
    one = Measure(network_id=by.network_id, code=_free_code(by.network_id, draft))
    _fill(one, draft)
    one.save()
    _set_dimensions(one, draft.dimension_ids)
    _record(by, "measure.created", one, at)
    return one.pk


@transaction.atomic
def change_measure(*, by: Actor, measure_id: int, draft: MeasureDraft, at: dt.datetime) -> None:
    """Change a measure. Refused where values of before would no longer mean the same.

    Once somebody counts by its wording, another wording needs a reason, and the earlier one is
    kept beside it.
    """
    require(may_define(by))
    one = _get(by, measure_id)
    before = {name: getattr(one, name) for name in ("code", *_FIELDS)}
    use = use_of(one)
    _refuse_fixed(use.fixed, before, draft)
    if draft.code and draft.code != one.code:
        one.code = _free_code(by.network_id, draft)
    _fill(one, draft)
    if use.bound and reworded(before, vars(one)):
        _keep_wording(by, one, before, draft.reason.strip(), at)
    one.save()
    _set_dimensions(one, draft.dimension_ids)
    why = {"reason": draft.reason} if draft.reason else {}
    _record(by, "measure.changed", one, at, changed=_differences(before, one), **why)


def _refuse_fixed(fixed: frozenset[str], before: dict[str, Any], draft: MeasureDraft) -> None:
    wanted = {name: getattr(draft, name) for name in fixed}
    if "code" in fixed:
        wanted["code"] = draft.code or before["code"]
    if any(before[name] != value for name, value in wanted.items()):
        raise Refused(fixed_sentence())


def _keep_wording(
    by: Actor, one: Measure, before: dict[str, Any], reason: str, at: dt.datetime
) -> None:
    """Lay the earlier wording beside the measure, with who replaced it and why."""
    if not reason:
        raise Refused(gettext("Bitte schreiben Sie, warum sich die Messgröße ändert."))
    MeasureWording.objects.create(
        measure=one,
        **{name: before[name] for name in WORDING},
        reason=reason[:500],
        replaced_at=at,
        replaced_by_id=by.user_id,
    )


@transaction.atomic
def retire_measure(*, by: Actor, measure_id: int, at: dt.datetime) -> None:
    """Stop asking for a measure in new rounds; everything reported stays."""
    _set_retired(by, measure_id, timezone.localdate(at), "measure.retired", at)


@transaction.atomic
def restore_measure(*, by: Actor, measure_id: int, at: dt.datetime) -> None:
    """Let new rounds ask for a measure again."""
    _set_retired(by, measure_id, None, "measure.restored", at)


def _set_retired(
    by: Actor, measure_id: int, on: dt.date | None, action: str, at: dt.datetime
) -> None:
    require(may_define(by))
    one = _get(by, measure_id)
    if (one.retired_on is None) == (on is None):
        return
    one.retired_on = on
    one.save(update_fields=["retired_on"])
    _record(by, action, one, at)


def fixed_sentence() -> str:
    """Why a measure that is in use keeps its meaning."""
    return gettext(
        "Diese Messgröße ist schon in Gebrauch. Kürzel, Einheit, was sie zählt und wie sie "
        "zusammengezählt wird, bleiben deshalb gleich. Legen Sie eine neue Messgröße an."
    )


def _get(by: Actor, measure_id: int) -> Measure:
    mine = Measure.objects.select_for_update().filter(network_id=by.network_id)
    return get_object_or_404(mine, pk=measure_id)


def _free_code(network_id: int, draft: MeasureDraft) -> str:
    taken = set(Measure.objects.filter(network_id=network_id).values_list("code", flat=True))
    if not draft.code:
        return code_from(draft.name, taken)
    if draft.code in taken or is_reserved(draft.code):
        raise Refused(gettext("Das Kürzel ‚%(code)s‘ gibt es schon.") % {"code": draft.code})
    return draft.code


def _fill(one: Measure, draft: MeasureDraft) -> None:
    for name in _FIELDS:
        setattr(one, name, getattr(draft, name))


def _set_dimensions(one: Measure, wanted: frozenset[int]) -> None:
    mine = set(
        Dimension.objects.filter(network_id=one.network_id, pk__in=wanted).values_list(
            "pk", flat=True
        )
    )
    have = set(one.dimensions.values_list("pk", flat=True))
    MeasureDimension.objects.filter(measure=one, dimension_id__in=have - mine).delete()
    MeasureDimension.objects.bulk_create(
        MeasureDimension(measure=one, dimension_id=pk) for pk in sorted(mine - have)
    )


def _differences(before: dict[str, Any], one: Measure) -> dict[str, list[str]]:
    return {
        name: [str(old), str(getattr(one, name))]
        for name, old in before.items()
        if old != getattr(one, name)
    }


def _record(by: Actor, action: str, one: Measure, at: dt.datetime, **details: Any) -> None:
    record_event(
        by=by.author,
        action=action,
        at=at,
        object_type="measure",
        object_id=one.pk,
        label=one.name,
        details=details,
    )
