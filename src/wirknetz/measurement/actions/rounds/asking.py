"""What a round asks of whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext

from wirknetz.foundation.refusal import Refused
from wirknetz.measurement.actions.rounds.parts import get_changeable, record, refuse_clashes
from wirknetz.measurement.actions.rounds.running import ask_newcomers
from wirknetz.measurement.models import Expectation, Measure, Round, RoundMeasure
from wirknetz.measurement.queries.rounds import (
    Pair,
    expected_pairs,
    matrix,
    member_ids,
    reported_pairs,
)
from wirknetz.network.rules import Actor


@transaction.atomic
def set_measures(
    *, by: Actor, round_id: int, asked: Mapping[int, frozenset[str]], at: dt.datetime
) -> None:
    """Make these the measures of the round, each broken down by these dimensions (codes).

    A new measure is asked of every organisation in the round (of all members where there is
    none yet). Refused where something was reported already: such a measure neither goes nor
    changes its breakdown.
    """
    one = get_changeable(by, round_id)
    have = dict(one.asked.values_list("measure_id", "grain"))
    wanted = _grains(one, asked)
    _refuse_reported(one, {m for m, grain in have.items() if wanted.get(m) != grain})
    new = wanted.keys() - have.keys()
    organisations = {o for o, _ in expected_pairs(one)} or set(member_ids(one.network_id))
    added = frozenset((o, m) for o in organisations for m in new)
    refuse_clashes(one, added)
    _store_measures(one, have, wanted)
    Expectation.objects.filter(round=one).exclude(measure__in=wanted).delete()
    _add(one, added)
    ask_newcomers(by, one, at)
    names = Measure.objects.filter(pk__in=new).values_list("code", flat=True)
    record(by, "round.measures_set", one, at, measures=len(wanted), new=sorted(names))


def _grains(one: Round, asked: Mapping[int, frozenset[str]]) -> dict[int, str]:
    """The canonical breakdown of each measure; Refused for what the network does not have."""
    found = Measure.objects.filter(network_id=one.network_id, pk__in=asked)
    grains: dict[int, str] = {}
    for measure in found.prefetch_related("dimensions"):
        allowed = {d.code for d in measure.dimensions.all()}
        if asked[measure.pk] - allowed:
            raise Refused(
                gettext("„%(measure)s“ lässt sich so nicht aufschlüsseln.")
                % {"measure": measure.name}
            )
        grains[measure.pk] = ",".join(sorted(asked[measure.pk]))
    if len(grains) < len(asked):
        raise Refused(gettext("Eine dieser Messgrößen gibt es in diesem Netzwerk nicht."))
    return grains


def _store_measures(one: Round, have: Mapping[int, str], wanted: Mapping[int, str]) -> None:
    RoundMeasure.objects.filter(round=one).exclude(measure__in=wanted).delete()
    for measure_id, grain in wanted.items():
        if measure_id not in have:
            RoundMeasure.objects.create(round=one, measure_id=measure_id, grain=grain)
        elif have[measure_id] != grain:
            RoundMeasure.objects.filter(round=one, measure_id=measure_id).update(grain=grain)


@transaction.atomic
def set_expectations(*, by: Actor, round_id: int, pairs: frozenset[Pair], at: dt.datetime) -> None:
    """Make these who reports what: organisation and measure, by number.

    Refused for organisations and measures that are not offered, for what was reported already
    and for what another round asks for the same time. Organisations that are new in an open
    round are asked at once.
    """
    one = get_changeable(by, round_id)
    offered = {(r.organisation_id, c.measure_id) for r in matrix(one).rows for c in r.cells}
    if pairs - offered:
        raise Refused(gettext("Eine dieser Organisationen oder Messgrößen gehört nicht dazu."))
    have = expected_pairs(one)
    gone, added = have - pairs, pairs - have
    _refuse_reported_pairs(one, gone)
    refuse_clashes(one, added)
    for organisation_id in {o for o, _ in gone}:
        Expectation.objects.filter(
            round=one,
            organisation_id=organisation_id,
            measure_id__in={m for o, m in gone if o == organisation_id},
        ).delete()
    _add(one, added)
    ask_newcomers(by, one, at)
    record(by, "round.expectations_set", one, at, added=len(added), removed=len(gone))


def _add(one: Round, pairs: frozenset[Pair]) -> None:
    Expectation.objects.bulk_create(
        Expectation(round=one, organisation_id=o, measure_id=m) for o, m in sorted(pairs)
    )


def _refuse_reported(one: Round, measures: set[int]) -> None:
    touched = {m for _, m in reported_pairs(one)} & measures
    if touched:
        names = Measure.objects.filter(pk__in=touched).values_list("name", flat=True)
        raise Refused(
            gettext("Zu „%(measures)s“ wurde schon gemeldet. Das bleibt, wie es ist.")
            % {"measures": "“, „".join(names)}
        )


def _refuse_reported_pairs(one: Round, gone: frozenset[Pair]) -> None:
    touched = reported_pairs(one) & gone
    if touched:
        name = Expectation.objects.filter(
            round=one, organisation_id=min(touched)[0], measure_id=min(touched)[1]
        ).values_list("organisation__name", "measure__name").get()  # fmt: skip
        raise Refused(
            gettext("%(organisation)s hat „%(measure)s“ schon gemeldet. Das bleibt, wie es ist.")
            % {"organisation": name[0], "measure": name[1]}
        )
