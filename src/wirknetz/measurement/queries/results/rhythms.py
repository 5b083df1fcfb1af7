"""How often what is collected: the rounds behind a series, of one kind of period.

A quarter and the year it begins share their ordinal. Where a network collects in more than one
rhythm, a series therefore also says of which rounds its values are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from wirknetz.core.values import Period, PeriodKind
from wirknetz.measurement.models import Round, RoundMeasure


@dataclass(frozen=True, slots=True)
class Collected:
    """The rounds of one kind of period, oldest first: which are closed, which run.

    ``only`` names them where the network collects in other rhythms too, else it is None.
    """

    kind: PeriodKind
    periods: tuple[Period, ...]
    closed: frozenset[int]
    rounds: Mapping[int, tuple[int, ...]]  # period ordinal → round ids
    only: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Rhythms:
    """Everything a network collected, and in which rhythm each measure was asked last."""

    collected: Mapping[PeriodKind, Collected]
    latest: PeriodKind
    of_measure: Mapping[int, tuple[int, int, PeriodKind]]

    def of(self, measure_ids: Iterable[int]) -> Collected:
        """The rounds in whose rhythm these measures are collected lately."""
        asked = [self.of_measure[pk] for pk in measure_ids if pk in self.of_measure]
        return self.collected[max(asked)[2] if asked else self.latest]


def rhythms(network_id: int) -> Rhythms | None:
    """The rounds that were opened; None before the first. One query, two with several rhythms."""
    rounds = list(
        Round.objects.filter(network_id=network_id, opened_at__isnull=False)
        .order_by("period_ordinal", "pk")
        .only("pk", "period_code", "period_ordinal", "closed_at")
    )
    if not rounds:
        return None
    kinds = {one.period.kind for one in rounds}
    return Rhythms(
        collected={kind: _collected(kind, rounds, alone=len(kinds) == 1) for kind in kinds},
        latest=max(map(_age, rounds))[2],
        of_measure=_last_asked(rounds) if len(kinds) > 1 else {},
    )


def _collected(kind: PeriodKind, rounds: Iterable[Round], *, alone: bool) -> Collected:
    kept = [one for one in rounds if one.period.kind is kind]
    ids: dict[int, list[int]] = defaultdict(list)
    for one in kept:
        ids[one.period_ordinal].append(one.pk)
    still_open = {one.period_ordinal for one in kept if one.closed_at is None}
    return Collected(
        kind=kind,
        periods=tuple(Period.from_ordinal(kind, ordinal) for ordinal in sorted(ids)),
        closed=frozenset(set(ids) - still_open),
        rounds={ordinal: tuple(pks) for ordinal, pks in ids.items()},
        only=None if alone else tuple(one.pk for one in kept),
    )


def _age(one: Round) -> tuple[int, int, PeriodKind]:
    """The round that ends later is younger; of two that end together, the shorter."""
    kind = one.period.kind
    return one.period_ordinal + kind.months, -kind.months, kind


def _last_asked(rounds: Iterable[Round]) -> dict[int, tuple[int, int, PeriodKind]]:
    ages = {one.pk: _age(one) for one in rounds}
    found: dict[int, tuple[int, int, PeriodKind]] = {}
    asked = RoundMeasure.objects.filter(round__in=ages).values_list("round_id", "measure_id")
    for round_id, measure_id in asked:
        found[measure_id] = max(ages[round_id], found.get(measure_id, ages[round_id]))
    return found
