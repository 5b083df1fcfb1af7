"""Defines what the demo's networks count and want."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from wirknetz.cli.demo_data.people import Stage
from wirknetz.cli.demo_data.plan import Counted, Wanted
from wirknetz.core.values import Period
from wirknetz.measurement.actions import checks, dimensions, indicators, measures
from wirknetz.measurement.models import Dimension, Indicator
from wirknetz.measurement.rules.drafts import (
    CategoryDraft,
    CheckDraft,
    DimensionDraft,
    IndicatorDraft,
    MeasureDraft,
    TargetDraft,
    VersionDraft,
)

ADOPTED = "beim Netzwerktreffen verabredet"


def define_measures(
    stage: Stage,
    wanted: Iterable[Counted],
    breakdowns: Iterable[tuple[str, str, tuple[tuple[str, str], ...]]] = (),
    *,
    at: dt.datetime,
) -> dict[str, int]:
    """Dimensions, then measures; ids by code."""
    for place, (code, name, categories) in enumerate(breakdowns):
        drafted = tuple(CategoryDraft(name=n, code=c) for c, n in categories)
        draft = DimensionDraft(name=name, code=code, position=place, categories=drafted)
        dimensions.save_dimension(by=stage.boss, draft=draft, at=at)
    known = dict(Dimension.objects.filter(network=stage.network).values_list("code", "pk"))
    return {
        one.code: measures.create_measure(by=stage.boss, draft=_measure(one, place, known), at=at)
        for place, one in enumerate(wanted)
    }


def _measure(one: Counted, place: int, known: dict[str, int]) -> MeasureDraft:
    return MeasureDraft(
        name=one.name,
        definition=one.definition,
        level=one.level,
        counts=one.counts,
        adds=one.adds,
        code=one.code,
        unit=one.unit,
        group=one.group,
        decimals=one.decimals,
        position=place,
        dimension_ids=frozenset(known[d] for d in one.dimensions),
    )


def define_indicators(
    stage: Stage, wanted: Iterable[Wanted], periods: Sequence[Period], *, at: dt.datetime
) -> None:
    """Indicators with all their definitions in force, and targets."""
    for place, one in enumerate(wanted):
        found = Indicator.objects.filter(network=stage.network, code=one.code).first()
        version = _version(one, periods)
        if found is None:
            draft = IndicatorDraft(name=one.name, code=one.code, goal=one.goal, position=place)
            number = indicators.create_indicator(by=stage.boss, draft=draft, version=version, at=at)
            latest = 1
        else:
            number = found.pk
            latest = indicators.save_version_draft(
                by=stage.boss, indicator_id=number, draft=version, at=at
            )
        indicators.put_in_force(
            by=stage.boss, indicator_id=number, number=latest, adopted_label=ADOPTED,
            at=max(at, _morning(periods[one.since])),
        )  # fmt: skip
        indicators.set_targets(
            by=stage.boss, indicator_id=number, targets=_targets(one, periods), at=at
        )


def _morning(period: Period) -> dt.datetime:
    return dt.datetime.combine(period.start, dt.time(8, 30), tzinfo=dt.UTC)


def _version(one: Wanted, periods: Sequence[Period]) -> VersionDraft:
    return VersionDraft(
        formula=one.formula,
        definition=one.definition,
        direction=one.direction,
        accumulate=one.accumulate,
        valid_from=periods[one.since],
        unit=one.unit,
        percent=one.percent,
        decimals=one.decimals,
        baseline=one.baseline,
        baseline_note="geschätzt vor Beginn" if one.baseline is not None else "",
        reason=one.reason,
    )


def _targets(one: Wanted, periods: Sequence[Period]) -> tuple[TargetDraft, ...]:
    from decimal import Decimal

    return tuple(
        TargetDraft(periods[place], Decimal(value), Decimal(tolerance))
        for place, value, tolerance in one.targets
    )


def define_checks(stage: Stage, rules: Iterable[tuple[str, str, str]], *, at: dt.datetime) -> None:
    """Validation rules."""
    for place, (expression, severity, message) in enumerate(rules):
        draft = CheckDraft(expression, severity, message, position=place)
        checks.save_check(by=stage.boss, draft=draft, at=at)
