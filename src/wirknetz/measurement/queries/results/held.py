"""What changed after a round was closed and is not yet in the figures that partners see."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from wirknetz.measurement.models import Entry, Submission
from wirknetz.measurement.rules.holding import Change, Place
from wirknetz.measurement.rules.results import Sight


@dataclass(frozen=True, slots=True)
class Held:
    """A submission of which others see what counted before ``since``; where it changed."""

    submission: int
    organisation: int
    round: int
    since: dt.datetime
    measures: frozenset[int]


def held(network_id: int) -> tuple[Held, ...]:
    """Everything held in this network. One query, two where there is anything."""
    found = Submission.objects.filter(round__network_id=network_id, held_since__isnull=False)
    rows = list(found.values_list("pk", "organisation_id", "round_id", "held_since").order_by("pk"))
    since = {pk: at for pk, _, _, at in rows if at}
    touched = _touched(since)
    return tuple(
        Held(pk, organisation, round_, since[pk], frozenset(touched[pk]))
        for pk, organisation, round_, _ in rows
    )


def held_for(
    sight: Sight, found: Iterable[Held], measure_ids: frozenset[int]
) -> tuple[tuple[int, dt.datetime], ...]:
    """What of it this viewer does not see yet in figures of these measures."""
    if sight.everything:
        return ()
    return tuple((h.submission, h.since) for h in found if h.measures & measure_ids)


def _touched(since: Mapping[int, dt.datetime]) -> dict[int, set[int]]:
    """The measures that count otherwise than before, by submission."""
    found: dict[int, set[int]] = defaultdict(set)
    if since:
        first = min(since.values())
        later = Q(counted_from__gte=first) | Q(counted_until__gte=first)
        rows = Entry.objects.filter(later, submission__in=since).values_list(
            "submission_id", "measure_id", "counted_from", "counted_until"
        )
        for pk, measure, begin, end in rows:
            if (begin and begin >= since[pk]) or (end and end >= since[pk]):
                found[pk].add(measure)
    return found


def changes(submissions: Iterable[Submission]) -> dict[int, Change]:
    """What others last saw of each held submission, and what it says now. One query."""
    since = {s.pk: s.held_since for s in submissions if s.held_since}
    before: dict[int, dict[Place, tuple[Decimal, int | None]]] = {pk: {} for pk in since}
    after: dict[int, dict[Place, tuple[Decimal, int | None]]] = {pk: {} for pk in since}
    rows = Entry.objects.filter(
        submission__in=since, counted_from__isnull=False, amount__isnull=False
    ).values_list(
        "submission_id", "measure_id", "cell__key", "base", "amount", "n", "counted_from",
        "counted_until",
    )  # fmt: skip
    for pk, measure, cell, base, amount, n, begin, end in rows:
        place, said = (measure, cell, base), (amount or Decimal(0), n)
        if begin and begin < since[pk] and (end is None or end >= since[pk]):
            before[pk][place] = said
        if end is None:
            after[pk][place] = said
    return {pk: Change(before[pk], after[pk]) for pk in since}
