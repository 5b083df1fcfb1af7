"""Reads about indicators: their versions, their targets."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Max

from wirknetz.core.values import Period
from wirknetz.measurement.models import Indicator, IndicatorVersion, Measure, Target
from wirknetz.measurement.queries.measures import formula_names


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One indicator in the list, with the definition that counts (or the draft)."""

    id: int
    code: str
    name: str
    goal: str
    formula: str
    state: str
    direction: str
    valid_from: Period | None
    versions: int
    draft: int | None
    retired_on: dt.date | None


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One definition."""

    id: int
    number: int
    state: str
    in_force: bool
    formula: str
    measures: tuple[tuple[int, str, str], ...]  # id, code, name
    definition: str
    unit: str
    percent: bool
    decimals: int
    direction: str
    accumulate: str
    baseline: Decimal | None
    baseline_note: str
    valid_from: Period
    reason: str
    adopted_label: str
    in_force_at: dt.datetime | None
    created_at: dt.datetime


@dataclass(frozen=True, slots=True)
class TargetRow:
    """What is aimed at in a period."""

    period: Period
    value: Decimal
    tolerance: Decimal


@dataclass(frozen=True, slots=True)
class IndicatorPage:
    """An indicator with all its definitions, the newest first, and its targets."""

    id: int
    code: str
    name: str
    goal: str
    retired_on: dt.date | None
    versions: tuple[VersionRow, ...]
    targets: tuple[TargetRow, ...]

    @property
    def in_force(self) -> VersionRow | None:
        """The newest definition in force."""
        return next((v for v in self.versions if v.in_force), None)

    @property
    def draft(self) -> VersionRow | None:
        """The draft, where there is one; there is at most one."""
        return next((v for v in self.versions if not v.in_force), None)

    @property
    def earlier(self) -> tuple[VersionRow, ...]:
        """The definitions in force before the newest one."""
        return tuple(v for v in self.versions if v.in_force)[1:]

    @property
    def shown(self) -> VersionRow | None:
        """The definition to speak of: the one in force, else the draft."""
        return self.in_force or self.draft


def indicator(network_id: int, pk: int) -> Indicator | None:
    """An indicator of this network; None where it has no such indicator."""
    return Indicator.objects.filter(network_id=network_id, pk=pk).first()


def version(network_id: int, pk: int, number: int) -> IndicatorVersion | None:
    """A definition of an indicator of this network; None where there is none."""
    return (
        IndicatorVersion.objects.filter(
            indicator__network_id=network_id, indicator_id=pk, number=number
        )
        .select_related("indicator")
        .first()
    )


def latest_version(one: Indicator) -> IndicatorVersion | None:
    """The newest definition in force, else the draft, else None."""
    found = list(one.versions.order_by("-number"))
    in_force = [v for v in found if v.state == IndicatorVersion.State.IN_FORCE]
    return next(iter(in_force or found), None)


def draft_of(one: Indicator) -> IndicatorVersion | None:
    """The draft of a new definition, where there is one."""
    return one.versions.filter(state=IndicatorVersion.State.DRAFT).order_by("-number").first()


def last_in_force(one: Indicator) -> IndicatorVersion | None:
    """The definition in force that starts latest."""
    in_force = one.versions.filter(state=IndicatorVersion.State.IN_FORCE)
    return in_force.order_by("-valid_from_ordinal").first()


def codes(network_id: int) -> frozenset[str]:
    """The codes of all indicators. One query."""
    found = Indicator.objects.filter(network_id=network_id)
    return frozenset(found.values_list("code", flat=True))


def next_number(one: Indicator) -> int:
    """The number of the next definition."""
    return int(one.versions.aggregate(top=Max("number"))["top"] or 0) + 1


def indicators(network_id: int) -> tuple[IndicatorRow, ...]:
    """All indicators, retired ones last. Two queries."""
    found = Indicator.objects.filter(network_id=network_id).prefetch_related("versions")
    ordered = sorted(found, key=lambda i: i.retired_on is not None)
    return tuple(_indicator_row(one) for one in ordered)


def _indicator_row(one: Indicator) -> IndicatorRow:
    versions = sorted(one.versions.all(), key=lambda v: -v.number)
    in_force = [v for v in versions if v.state == IndicatorVersion.State.IN_FORCE]
    drafts = [v for v in versions if v.state == IndicatorVersion.State.DRAFT]
    shown = next(iter(in_force or drafts), None)
    return IndicatorRow(
        id=one.pk,
        code=one.code,
        name=one.name,
        goal=one.goal,
        formula=shown.formula if shown else "",
        state=shown.state if shown else "",
        direction=str(shown.get_direction_display()) if shown else "",
        valid_from=Period.parse(shown.valid_from) if shown else None,
        versions=len(in_force),
        draft=drafts[0].number if drafts else None,
        retired_on=one.retired_on,
    )


def indicator_page(network_id: int, pk: int) -> IndicatorPage | None:
    """Everything about one indicator's meaning; None where there is none. Four queries."""
    one = indicator(network_id, pk)
    if one is None:
        return None
    measures = {m.code: m for m in Measure.objects.filter(network_id=network_id)}
    return IndicatorPage(
        id=one.pk,
        code=one.code,
        name=one.name,
        goal=one.goal,
        retired_on=one.retired_on,
        versions=tuple(_version_row(v, measures) for v in one.versions.order_by("-number")),
        targets=targets(one),
    )


def _version_row(one: IndicatorVersion, measures: dict[str, Measure]) -> VersionRow:
    names = [code for code in formula_names(one.formula) if code in measures]
    return VersionRow(
        id=one.pk,
        number=one.number,
        state=str(one.get_state_display()),
        in_force=one.state == IndicatorVersion.State.IN_FORCE,
        formula=one.formula,
        measures=tuple((measures[c].pk, c, measures[c].name) for c in names),
        definition=one.definition,
        unit=one.unit,
        percent=one.percent,
        decimals=one.decimals,
        direction=one.direction,
        accumulate=one.accumulate,
        baseline=one.baseline,
        baseline_note=one.baseline_note,
        valid_from=Period.parse(one.valid_from),
        reason=one.reason,
        adopted_label=one.adopted_label,
        in_force_at=one.in_force_at,
        created_at=one.created_at,
    )


def targets(one: Indicator) -> tuple[TargetRow, ...]:
    """What is aimed at, by period. One query."""
    found = Target.objects.filter(indicator=one).order_by("period_ordinal", "period")
    return tuple(TargetRow(Period.parse(t.period), t.value, t.tolerance) for t in found)
