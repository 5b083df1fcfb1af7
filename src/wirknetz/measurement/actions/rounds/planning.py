"""Planning a round: when, and like which one."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from django.db import transaction
from django.utils.translation import gettext

from wirknetz.foundation.refusal import Refused
from wirknetz.measurement.actions.rounds.parts import (
    get_changeable,
    get_round,
    record,
    refuse_clashes,
)
from wirknetz.measurement.models import Expectation, Measure, Round, RoundMeasure
from wirknetz.measurement.queries.rounds import Pair, expected_pairs, last_round, member_ids, state
from wirknetz.measurement.rules.drafts import RoundDraft
from wirknetz.measurement.rules.refusing import require
from wirknetz.measurement.rules.rounds import RoundState, may_discard, may_plan
from wirknetz.network.rules import Actor


class Like(StrEnum):
    """What a new round begins with."""

    LAST = "last"  # what the last round asked, of those who are still members
    ALL = "all"  # every measure, of every member
    NOTHING = "nothing"  # chosen afterwards


@transaction.atomic
def create_round(*, by: Actor, draft: RoundDraft, like: Like = Like.LAST, at: dt.datetime) -> int:
    """Plan a round in the actor's network; its number.

    ``Like.LAST`` without an earlier round of this kind of period is ``Like.ALL``. New members
    are asked what the last round asked of everybody. Refused where somebody would report the
    same measure for the same time in two rounds.
    """
    require(may_plan(by))
    last = last_round(by.network_id, draft.period.kind) if like is Like.LAST else None
    one = Round(network_id=by.network_id, created_at=at)
    _fill(one, draft)
    one.save()
    if like is not Like.NOTHING:
        grains, pairs = _as_last(last) if last else _everything(by.network_id)
        refuse_clashes(one, pairs)
        _store(one, grains, pairs)
    record(by, "round.created", one, at, period=one.period_code, like=last.pk if last else None)
    return one.pk


@transaction.atomic
def change_round(*, by: Actor, round_id: int, draft: RoundDraft, at: dt.datetime) -> None:
    """Change a round that is not closed. Once it is open, period and first day stay."""
    one = get_changeable(by, round_id)
    if state(one) is RoundState.OPEN and (
        draft.period != one.period or draft.opens_on != one.opens_on
    ):
        raise Refused(gettext("Die Runde ist schon offen. Zeitraum und Beginn bleiben gleich."))
    before = {
        "title": one.title,
        "note": one.note,
        "due_on": one.due_on,
        "closes_on": one.closes_on,
        "period": one.period_code,
    }
    _fill(one, draft)
    refuse_clashes(one, expected_pairs(one))
    one.save()
    record(by, "round.changed", one, at, before=before)


@transaction.atomic
def discard_round(*, by: Actor, round_id: int, at: dt.datetime) -> None:
    """Throw a round away that nobody was asked yet."""
    one = get_round(by, round_id)
    require(
        may_discard(state(one)),
        gettext("Diese Runde wurde schon geöffnet. Sie können sie schließen."),
    )
    record(by, "round.discarded", one, at, period=one.period_code)
    one.delete()


def _fill(one: Round, draft: RoundDraft) -> None:
    if not draft.opens_on <= draft.due_on <= draft.closes_on:
        raise Refused(gettext("Erst öffnet die Runde, dann ist die Frist, dann schließt sie."))
    one.period_code, one.period_ordinal = draft.period.code, draft.period.ordinal
    one.title, one.note = draft.title or draft.period.label(), draft.note
    one.opens_on, one.due_on, one.closes_on = draft.opens_on, draft.due_on, draft.closes_on


def _as_last(last: Round) -> tuple[dict[int, str], frozenset[Pair]]:
    """What the last round asked, as far as measures and members are still there."""
    asked = RoundMeasure.objects.filter(round=last, measure__retired_on__isnull=True)
    grains = dict(asked.values_list("measure_id", "grain"))
    members = set(member_ids(last.network_id))
    before = {(o, m) for o, m in expected_pairs(last) if m in grains}
    known = {o for o, _ in before}
    kept = {(o, m) for o, m in before if o in members}
    of_everybody = {m for m in grains if all((o, m) in before for o in known)}
    return grains, frozenset(kept | {(o, m) for o in members - known for m in of_everybody})


def _everything(network_id: int) -> tuple[dict[int, str], frozenset[Pair]]:
    measures = Measure.objects.filter(network_id=network_id, retired_on__isnull=True)
    grains = dict.fromkeys(measures.values_list("pk", flat=True), "")
    return grains, frozenset((o, m) for o in member_ids(network_id) for m in grains)


def _store(one: Round, grains: dict[int, str], pairs: frozenset[Pair]) -> None:
    RoundMeasure.objects.bulk_create(
        RoundMeasure(round=one, measure_id=m, grain=grain) for m, grain in grains.items()
    )
    Expectation.objects.bulk_create(
        Expectation(round=one, organisation_id=o, measure_id=m) for o, m in sorted(pairs)
    )
