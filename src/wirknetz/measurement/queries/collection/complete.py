"""How complete submissions are: what was asked, answered, said to be missing, left open.

Counts content as the form does: a measure is answered when every cell of the breakdown chosen
says something, or when the organisation says why there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from math import prod

from django.db.models import Count, Q

from wirknetz.core.measures import Completeness
from wirknetz.core.values import State
from wirknetz.measurement.models import Category, Cell, Entry, RoundMeasure, Submission


def completeness_of(
    submissions: Iterable[Submission], *, asked: Mapping[int, int], network_id: int
) -> dict[int, Completeness]:
    """The completeness of each submission of this network; ``asked`` counts its measures.

    Both by the number of the submission. ``late`` is left to who knows the day. Four queries,
    however many submissions; none where there is none.
    """
    found = {one.pk: one for one in submissions}
    if not found:
        return {}
    wanted = partial(_wanted, grains=_grains(found.values()), offered=_offered(network_id))
    answered, explicit = dict.fromkeys(found, 0), dict.fromkeys(found, 0)
    for pk, measure_id, cells, amounts, stated in _said(found, network_id):
        if stated or (cells >= wanted(found[pk], measure_id) and not amounts):
            explicit[pk] += 1
        elif cells >= wanted(found[pk], measure_id):
            answered[pk] += 1
    return {pk: _completeness(asked.get(pk, 0), answered[pk], explicit[pk]) for pk in found}


def _completeness(asked: int, answered: int, explicit: int) -> Completeness:
    return Completeness(asked, answered, explicit, max(0, asked - answered - explicit), 0)


def _said(found: Iterable[int], network_id: int) -> Iterable[tuple[int, int, int, int, int]]:
    """By submission and measure: cells, amounts among them, and whether a state stands for all."""
    total = Cell.objects.filter(network_id=network_id, key="").values_list("pk", flat=True).first()
    for_all = Q(cell_id=total or 0) & ~Q(state=State.AMOUNT.value)
    rows = Entry.objects.filter(submission_id__in=list(found), superseded_at__isnull=True)
    return rows.values_list("submission_id", "measure_id").annotate(
        cells=Count("id"), amounts=Count("amount"), stated=Count("id", filter=for_all)
    )


def _grains(found: Iterable[Submission]) -> dict[tuple[int, int], str]:
    """The breakdown asked for, by round and measure."""
    rows = RoundMeasure.objects.filter(round_id__in={one.round_id for one in found})
    return {(r, m): grain for r, m, grain in rows.values_list("round_id", "measure_id", "grain")}


def _offered(network_id: int) -> dict[str, int]:
    """How many categories of each dimension are asked for."""
    rows = Category.objects.filter(dimension__network_id=network_id, retired=False)
    return dict(rows.values_list("dimension__code").annotate(n=Count("id")))


def _wanted(
    submission: Submission,
    measure_id: int,
    *,
    grains: Mapping[tuple[int, int], str],
    offered: Mapping[str, int],
) -> int:
    """How many cells the chosen breakdown of a measure has."""
    asked = grains.get((submission.round_id, measure_id), "")
    grain = submission.grains.get(str(measure_id), asked)
    return prod(offered.get(name, 1) for name in grain.split(",") if name)
