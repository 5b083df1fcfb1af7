"""Who gets an answer at the pages about what came out.

What each of them reads there is held in `measurement/results`; here it is who comes in at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tests.integration.doors.table import INSIDE, OFFICE, page, whole
from tests.integration.measurement.results.conftest import add_version
from tests.world import NOW, World, add_measure, add_organisation, add_round
from wirknetz.core.values import Period
from wirknetz.measurement.models import Cell, Entry, Indicator, Submission

PERIOD = "2026Q2"


def _indicator(world: World) -> Indicator:
    """One indicator with a closed round behind it, in which five organisations reported."""
    known = Indicator.objects.filter(network=world.network, code="begonnen").first()
    if known:
        return known
    measure = add_measure(world.network, "begonnen")
    indicator = Indicator.objects.create(network=world.network, code="begonnen", name="Begonnen")
    add_version(indicator, "begonnen", PERIOD, percent=False)
    more = [add_organisation(f"Haus {name}", world.network) for name in ("Ahorn", "Buche")]
    made = add_round(
        world.network,
        PERIOD,
        measures=(measure,),
        organisations=(world.own, world.shared, world.third, *more),
        closed_at=NOW,
    )
    total = Cell.objects.create(network=world.network)
    for submission in Submission.objects.filter(round=made):
        Entry.objects.create(
            submission=submission, organisation=submission.organisation, measure=measure,
            cell=total, period=Period.parse(PERIOD).ordinal, amount=10, revision=1,
            recorded_at=NOW, counted_from=NOW,
        )  # fmt: skip
    return indicator


def _with(world: World, **more: str) -> Mapping[str, Any]:
    return {"slug": world.network.slug, "code": _indicator(world).code, **more}


def one_result(world: World) -> Mapping[str, Any]:
    return _with(world)


def one_file(world: World) -> Mapping[str, Any]:
    return _with(world, kind="csv")


def one_origin(world: World) -> Mapping[str, Any]:
    return _with(world, period=PERIOD)


@whole
def all_in_one_file(world: World) -> Mapping[str, Any]:
    return {"slug": world.network.slug, "kind": "xlsx"}


ROWS = (
    page("measurement:results", INSIDE),
    replace(page("measurement:results_file", INSIDE, all_in_one_file), whole=True),
    page("measurement:result", INSIDE, one_result),
    page("measurement:result_file", INSIDE, one_file),
    page("measurement:result_by_organisation", OFFICE, one_result),
    page("measurement:provenance", INSIDE, one_origin),
)
