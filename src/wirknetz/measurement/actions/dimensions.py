"""Writing dimensions and their categories."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext

from wirknetz.foundation.actions import record_event
from wirknetz.foundation.refusal import Refused
from wirknetz.measurement.models import Category, Dimension
from wirknetz.measurement.queries.measures import categories_with_use, dimension_is_used
from wirknetz.measurement.rules.codes import category_code_from, code_from
from wirknetz.measurement.rules.definitions import may_define
from wirknetz.measurement.rules.drafts import CategoryDraft, DimensionDraft
from wirknetz.measurement.rules.refusing import require
from wirknetz.network.rules import Actor


@transaction.atomic
def save_dimension(
    *, by: Actor, dimension_id: int | None = None, draft: DimensionDraft, at: dt.datetime
) -> int:
    """Add or change a dimension with its categories; its number.

    Categories that the draft leaves out stay as they are: they are retired, never deleted.
    Refused for a code that is taken or in use, and for two categories meaning "unknown".
    """
    require(may_define(by))
    one = _get(by, dimension_id) if dimension_id else Dimension(network_id=by.network_id)
    one.code = _code(one, draft)
    one.name, one.position, one.retired = draft.name, draft.position, draft.retired
    one.save()
    _save_categories(one, draft.categories)
    record_event(
        by=by.author,
        action="dimension.changed" if dimension_id else "dimension.created",
        at=at,
        object_type="dimension",
        object_id=one.pk,
        label=one.name,
        details={"categories": [c.name for c in draft.categories], "retired": one.retired},
    )
    return one.pk


def _get(by: Actor, dimension_id: int) -> Dimension:
    mine = Dimension.objects.select_for_update().filter(network_id=by.network_id)
    return get_object_or_404(mine, pk=dimension_id)


def _code(one: Dimension, draft: DimensionDraft) -> str:
    others = Dimension.objects.filter(network_id=one.network_id).exclude(pk=one.pk)
    taken = set(others.values_list("code", flat=True))
    wanted = draft.code or one.code or code_from(draft.name, taken)
    if wanted in taken:
        raise Refused(gettext("Das Kürzel ‚%(code)s‘ gibt es schon.") % {"code": wanted})
    if one.pk and wanted != one.code and dimension_is_used(one):
        raise Refused(gettext("Das Kürzel ist schon in Gebrauch und bleibt deshalb gleich."))
    return wanted


def _save_categories(one: Dimension, drafts: tuple[CategoryDraft, ...]) -> None:
    have = {c.pk: (c, used) for c, used in categories_with_use(one)}
    if any(d.id is not None and d.id not in have for d in drafts):
        raise Refused(gettext("Diese Ausprägung gehört nicht zu diesem Merkmal."))
    _refuse_doubles(drafts, [c for pk, (c, _) in have.items() if pk not in {d.id for d in drafts}])
    taken = {c.code for c, _ in have.values()} | {d.code for d in drafts if d.code}
    for position, draft in enumerate(drafts, start=1):
        category, used = have.get(draft.id or 0, (Category(dimension=one), False))
        wanted = draft.code or category.code or category_code_from(draft.name, taken)
        if used and wanted != category.code:
            raise Refused(
                gettext("Mit dem Kürzel ‚%(code)s‘ wurde schon gemeldet. Es bleibt deshalb gleich.")
                % {"code": category.code}
            )
        taken.add(wanted)
        category.code, category.name, category.position = wanted, draft.name, position
        category.is_unknown, category.retired = draft.is_unknown, draft.retired
        category.save()


def _refuse_doubles(drafts: tuple[CategoryDraft, ...], untouched: list[Category]) -> None:
    codes = [d.code for d in drafts if d.code] + [c.code for c in untouched]
    if len(set(codes)) < len(codes):
        raise Refused(gettext("Zwei Ausprägungen haben dasselbe Kürzel."))
    unknown = [d for d in drafts if d.is_unknown and not d.retired]
    if len(unknown) > 1:
        raise Refused(gettext("Nur eine Ausprägung kann für „unbekannt“ stehen."))
