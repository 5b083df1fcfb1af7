"""Who gets an answer at the pages about what is counted and who is asked when."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tests.integration.doors.table import INSIDE, OFFICE, PARTNERS, Where, act, page
from tests.world import NOW, Role, World, add_measure, add_round
from wirknetz.core.values import Period
from wirknetz.measurement.actions import dimensions, indicators
from wirknetz.measurement.models import Indicator, Measure
from wirknetz.measurement.rules.drafts import DimensionDraft, IndicatorDraft, VersionDraft


def _in(world: World, make: Callable[[World], int]) -> Mapping[str, Any]:
    return {"slug": world.network.slug, "pk": make(world)}


def _measure(world: World) -> Measure:
    known = Measure.objects.filter(network=world.network).first()
    return known or add_measure(world.network, "begonnen")


def _indicator(world: World) -> int:
    _measure(world)
    known = Indicator.objects.filter(network=world.network).first()
    return known.pk if known else indicators.create_indicator(
        by=world.actor(Role.COORDINATOR),
        draft=IndicatorDraft("Anteil in Arbeit"),
        version=VersionDraft("begonnen", "…", "up", "per_period", Period.parse("2025Q1")),
        at=NOW,
    )  # fmt: skip


def one_measure(world: World) -> Mapping[str, Any]:
    return _in(world, lambda w: _measure(w).pk)


def one_dimension(world: World) -> Mapping[str, Any]:
    by, draft = world.actor(Role.COORDINATOR), DimensionDraft("Alter", code="alter")
    known = world.network.dimensions.first()
    made = known.pk if known else dimensions.save_dimension(by=by, draft=draft, at=NOW)
    return _in(world, lambda _: made)


def one_indicator(world: World) -> Mapping[str, Any]:
    return _in(world, _indicator)


def one_version(world: World) -> Mapping[str, Any]:
    return {**one_indicator(world), "number": 1}


def one_check(world: World) -> Mapping[str, Any]:
    rules = world.network.validation_rules
    known = rules.first() or rules.create(expression="a < 1", severity="error", message="x")
    return _in(world, lambda _: known.pk)


def a_round(*, opened: bool) -> Where:
    def where(world: World) -> Mapping[str, Any]:
        known = world.network.rounds.filter(opened_at__isnull=not opened).first()
        made = known or add_round(
            world.network, measures=(_measure(world),), organisations=(world.own,), opened=opened
        )
        if not opened:
            made.submissions.all().delete()  # a planned round has none yet
        return _in(world, lambda _: made.pk)

    return where


planned, opened = a_round(opened=False), a_round(opened=True)

ROWS = (
    page("measurement:measures", INSIDE),
    page("measurement:measure", INSIDE, one_measure),
    page("measurement:measure_new", OFFICE, post=True),
    page("measurement:measure_explain", OFFICE),
    page("measurement:measure_edit", OFFICE, one_measure, post=True),
    act("measurement:measure_retire", OFFICE, one_measure),
    page("measurement:dimensions", INSIDE),
    page("measurement:dimension_new", OFFICE, post=True),
    page("measurement:dimension_edit", OFFICE, one_dimension, post=True),
    page("measurement:indicators", INSIDE),
    page("measurement:indicator", INSIDE, one_indicator),
    page("measurement:indicator_new", OFFICE, post=True),
    page("measurement:indicator_edit", OFFICE, one_indicator, post=True),
    act("measurement:indicator_retire", OFFICE, one_indicator),
    page("measurement:formula_check", OFFICE),
    page("measurement:version_edit", OFFICE, one_indicator, post=True),
    act("measurement:version_discard", OFFICE, one_indicator),
    page("measurement:version_in_force", OFFICE, one_version, post=True),
    page("measurement:targets", OFFICE, one_indicator, post=True),
    page("measurement:checks", INSIDE),
    page("measurement:check_new", OFFICE, post=True),
    page("measurement:check_try", OFFICE),
    page("measurement:check_edit", OFFICE, one_check, post=True),
    page("measurement:rounds", PARTNERS),
    page("measurement:round", PARTNERS, opened),
    page("measurement:round_new", OFFICE, post=True),
    page("measurement:round_edit", OFFICE, planned, post=True),
    page("measurement:round_measures", OFFICE, planned, post=True),
    page("measurement:round_matrix", OFFICE, planned, post=True),
    page("measurement:round_open", OFFICE, planned, post=True),
    page("measurement:round_close", OFFICE, opened, post=True),
    page("measurement:round_discard", OFFICE, planned, post=True),
)
