"""Writing indicators: names, definitions, targets."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext

from wirknetz.core.values import Period
from wirknetz.foundation.actions import record_event
from wirknetz.foundation.audit import HasAuthor, system
from wirknetz.foundation.language import language
from wirknetz.foundation.refusal import Refused
from wirknetz.measurement.models import Indicator, IndicatorVersion, Target
from wirknetz.measurement.queries import indicators as queries
from wirknetz.measurement.queries.measures import measure_codes
from wirknetz.measurement.rules.codes import code_from
from wirknetz.measurement.rules.definitions import VersionState, may_change, may_define, may_follow
from wirknetz.measurement.rules.drafts import IndicatorDraft, TargetDraft, VersionDraft
from wirknetz.measurement.rules.refusing import require
from wirknetz.measurement.rules.sentences import FormulaProblemError, read_formula
from wirknetz.network.rules import Actor

_VERSION_FIELDS = (
    "formula", "definition", "direction", "accumulate", "unit", "percent", "decimals",
    "baseline", "baseline_note", "reason",
)  # fmt: skip


@transaction.atomic
def create_indicator(
    *, by: Actor, draft: IndicatorDraft, version: VersionDraft, at: dt.datetime
) -> int:
    """Add an indicator with the draft of its first definition; its number."""
    require(may_define(by))
    one = Indicator(network_id=by.network_id, code=_free_code(by.network_id, draft, None))
    _fill(one, draft)
    _record(by, "indicator.created", one, at)
    _save_draft(one, version, at)
    return one.pk


@transaction.atomic
def change_indicator(
    *, by: Actor, indicator_id: int, draft: IndicatorDraft, at: dt.datetime
) -> None:
    """Change what an indicator is called and belongs to; its meaning is in its definitions."""
    require(may_define(by))
    one = _get(by, indicator_id)
    one.code = _free_code(by.network_id, draft, one)
    _fill(one, draft)
    _record(by, "indicator.changed", one, at)


@transaction.atomic
def retire_indicator(*, by: Actor, indicator_id: int, at: dt.datetime) -> None:
    """Stop following an indicator; its series stays."""
    _set_retired(by, indicator_id, timezone.localdate(at), "indicator.retired", at)


@transaction.atomic
def restore_indicator(*, by: Actor, indicator_id: int, at: dt.datetime) -> None:
    """Follow a retired indicator again."""
    _set_retired(by, indicator_id, None, "indicator.restored", at)


def _set_retired(
    by: Actor, indicator_id: int, on: dt.date | None, action: str, at: dt.datetime
) -> None:
    require(may_define(by))
    one = _get(by, indicator_id)
    if (one.retired_on is None) != (on is None):
        one.retired_on = on
        one.save(update_fields=["retired_on"])
        _record(by, action, one, at)


@transaction.atomic
def save_version_draft(
    *, by: Actor, indicator_id: int, draft: VersionDraft, at: dt.datetime
) -> int:
    """Begin a new definition, or go on with the draft there is; its number in the series.

    Refused for a formula that cannot be read, and without a reason where a definition is
    already in force.
    """
    require(may_define(by))
    one = _get(by, indicator_id)
    saved = _save_draft(one, draft, at)
    _record(by, "indicator_version.drafted", one, at, number=saved.number, formula=saved.formula)
    return saved.number


@transaction.atomic
def discard_version_draft(*, by: Actor, indicator_id: int, at: dt.datetime) -> None:
    """Throw the draft of a definition away."""
    require(may_define(by))
    one = _get(by, indicator_id)
    draft = queries.draft_of(one)
    if draft is None:
        raise Refused(gettext("Es gibt keinen Entwurf."))
    _record(by, "indicator_version.discarded", one, at, number=draft.number, formula=draft.formula)
    draft.delete()


@transaction.atomic
def put_in_force(
    *, by: Actor, indicator_id: int, number: int, adopted_label: str, at: dt.datetime
) -> None:
    """Let a draft count from its period on. From then on it is never changed.

    Refused where it counts already, or begins no later than the definition before it.
    """
    require(may_define(by))
    one = _get(by, indicator_id)
    version = get_object_or_404(one.versions, number=number)
    _put_in_force(by, version, adopted_label, at)


@transaction.atomic
def adopt_version(
    *, version_id: int, scope_id: int, valid_from: str, decision_label: str, at: dt.datetime
) -> None:
    """The partners adopted a definition: it counts, with the decision beside it.

    One that counts already only gains the decision. ``valid_from`` may be empty: then the
    period of the draft stands. Refused for a definition of another network.
    """
    version = IndicatorVersion.objects.select_related("indicator").filter(
        pk=version_id, indicator__network_id=scope_id
    ).first()  # fmt: skip
    if version is None:
        raise Refused(gettext("Diese Fassung gibt es in diesem Netzwerk nicht."))
    author = system("measurement.adopted", scope_id)
    if version.state == VersionState.IN_FORCE:
        version.adopted_label = decision_label[:200]
        version.save(update_fields=["adopted_label"])
        _record(author, "indicator_version.adopted", version.indicator, at, number=version.number)
        return
    if valid_from:
        _begin(version, Period.parse(valid_from))
    _put_in_force(author, version, decision_label, at)


def _put_in_force(
    by: HasAuthor, version: IndicatorVersion, adopted_label: str, at: dt.datetime
) -> None:
    one = version.indicator
    if not may_follow(version.state, VersionState.IN_FORCE):
        raise Refused(gettext("Diese Fassung gilt schon."))
    _refuse_formula(version.formula, one.network_id)
    _refuse_early(one, Period.parse(version.valid_from))
    version.state, version.in_force_at = VersionState.IN_FORCE, at
    version.adopted_label = adopted_label[:200]
    version.save()
    _record(
        by, "indicator_version.in_force", one, at,
        number=version.number, valid_from=version.valid_from, adopted=version.adopted_label,
    )  # fmt: skip


@transaction.atomic
def set_targets(
    *, by: Actor, indicator_id: int, targets: tuple[TargetDraft, ...], at: dt.datetime
) -> None:
    """Make these the targets of the indicator; what is not among them goes."""
    require(may_define(by))
    one = _get(by, indicator_id)
    wanted = {t.period.code: t for t in targets}
    if len(wanted) < len(targets):
        raise Refused(gettext("Für einen Zeitraum gibt es zwei Ziele."))
    have = {t.period: t for t in Target.objects.filter(indicator=one)}
    before = {code: _aim(t) for code, t in have.items()}
    Target.objects.filter(indicator=one).exclude(period__in=wanted).delete()
    for code, target in wanted.items():
        _save_target(one, have.get(code), target)
    after = {code: _aim(t) for code, t in wanted.items()}
    _record(by, "indicator.targets_set", one, at, before=before, after=after)


def _aim(target: Target | TargetDraft) -> dict[str, str]:
    """A target as the audit trail keeps it."""
    return {"value": str(target.value), "tolerance": str(target.tolerance)}


def _save_target(one: Indicator, row: Target | None, target: TargetDraft) -> None:
    row = row or Target(indicator=one, period=target.period.code)
    row.period_ordinal = target.period.ordinal
    row.value, row.tolerance = target.value, target.tolerance
    row.save()


def _get(by: Actor, indicator_id: int) -> Indicator:
    mine = Indicator.objects.select_for_update().filter(network_id=by.network_id)
    return get_object_or_404(mine, pk=indicator_id)


def _free_code(network_id: int, draft: IndicatorDraft, one: Indicator | None) -> str:
    others = Indicator.objects.filter(network_id=network_id).exclude(pk=one.pk if one else 0)
    taken = set(others.values_list("code", flat=True))
    if not draft.code:
        return one.code if one else code_from(draft.name, taken)
    if draft.code in taken:
        raise Refused(gettext("Das Kürzel ‚%(code)s‘ gibt es schon.") % {"code": draft.code})
    return draft.code


def _fill(one: Indicator, draft: IndicatorDraft) -> None:
    one.name, one.goal, one.position = draft.name, draft.goal, draft.position
    one.save()


def _save_draft(one: Indicator, draft: VersionDraft, at: dt.datetime) -> IndicatorVersion:
    _refuse_formula(draft.formula, one.network_id)
    if queries.last_in_force(one) and not draft.reason.strip():
        raise Refused(gettext("Bitte schreiben Sie, warum sich die Definition ändert."))
    _refuse_early(one, draft.valid_from)
    version = queries.draft_of(one) or IndicatorVersion(
        indicator=one, number=queries.next_number(one), created_at=at
    )
    require(may_change(version.state), gettext("Was gilt, wird nicht mehr geändert."))
    for name in _VERSION_FIELDS:
        setattr(version, name, getattr(draft, name))
    _begin(version, draft.valid_from)
    version.save()
    return version


def _begin(version: IndicatorVersion, period: Period) -> None:
    version.valid_from, version.valid_from_ordinal = period.code, period.ordinal


def _refuse_formula(formula: str, network_id: int) -> None:
    try:
        read_formula(formula, measure_codes(network_id))
    except FormulaProblemError as problem:
        raise Refused(str(problem)) from problem


def _refuse_early(one: Indicator, valid_from: Period) -> None:
    """A new definition begins after the one before it, so that the past keeps its meaning."""
    last = queries.last_in_force(one)
    if last and valid_from.ordinal <= last.valid_from_ordinal:
        raise Refused(early_sentence(last))


def early_sentence(last: IndicatorVersion) -> str:
    """Why a definition cannot begin where another one does, or before."""
    return gettext(
        "Fassung %(number)s gilt schon ab %(period)s. Eine neue Fassung kann erst danach beginnen."
    ) % {"number": last.number, "period": Period.parse(last.valid_from).label(language())}


def _record(by: HasAuthor, action: str, one: Indicator, at: dt.datetime, **details: Any) -> None:
    record_event(
        by=by.author,
        action=action,
        at=at,
        object_type="indicator",
        object_id=one.pk,
        label=one.name,
        details=details,
    )
