"""Reads about measures and the dimensions they are broken down by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Exists, Min, OuterRef, Q
from django.utils.translation import gettext_lazy

from wirknetz.core.measures import FormulaError, parse_formula, parse_rule
from wirknetz.core.values import Period
from wirknetz.measurement.models import (
    Category,
    CellCategory,
    Dimension,
    Entry,
    Expectation,
    Indicator,
    IndicatorVersion,
    Measure,
    MeasureDimension,
    MeasureWording,
    Round,
    ValidationRule,
)
from wirknetz.measurement.rules.definitions import WORDING, MeasureUse

_LABELS: Final = {
    "name": gettext_lazy("Name"),
    "definition": gettext_lazy("Was genau wird gezählt?"),
    "level": gettext_lazy("Wirkungsstufe"),
    "unit": gettext_lazy("Einheit"),
    "counts": gettext_lazy("Zählt"),
    "adds": gettext_lazy("Wird zusammengezählt als"),
}


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One measure in a list."""

    id: int
    code: str
    name: str
    unit: str
    counts: str
    adds: str
    retired_on: dt.date | None
    dimensions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LevelGroup:
    """The measures of one impact level."""

    level: str
    label: str
    measures: tuple[MeasureRow, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a number and a name, to link to."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands around a measure: who reports it, what uses it, since when."""

    organisations: tuple[Named, ...]
    indicators: tuple[Named, ...]
    checks: tuple[Named, ...]
    since: Period | None
    round_title: str


@dataclass(frozen=True, slots=True)
class WordingRow:
    """An earlier wording: until when, who replaced it and why, and what was said otherwise."""

    until: dt.datetime
    by: str
    reason: str
    said: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """One category of a dimension."""

    code: str
    name: str
    is_unknown: bool
    retired: bool


@dataclass(frozen=True, slots=True)
class DimensionRow:
    """A dimension with its categories and how many measures may be broken down by it."""

    id: int
    code: str
    name: str
    retired: bool
    measures: int
    categories: tuple[CategoryRow, ...]


def measure(network_id: int, pk: int) -> Measure | None:
    """A measure of this network; None where it has no such measure."""
    return Measure.objects.filter(network_id=network_id, pk=pk).first()


def measures_by_level(network_id: int) -> tuple[LevelGroup, ...]:
    """All measures, grouped by impact level, retired ones last. Two queries."""
    found = Measure.objects.filter(network_id=network_id).prefetch_related("dimensions")
    rows: dict[str, list[MeasureRow]] = {level: [] for level in Measure.Level.values}
    for one in sorted(found, key=lambda m: m.retired_on is not None):
        rows[one.level].append(_row(one))
    return tuple(
        LevelGroup(level, str(Measure.Level(level).label), tuple(listed))
        for level, listed in rows.items()
        if listed
    )


def _row(one: Measure) -> MeasureRow:
    return MeasureRow(
        id=one.pk,
        code=one.code,
        name=one.name,
        unit=one.unit,
        counts=str(one.get_counts_display()),
        adds=one.adds,
        retired_on=one.retired_on,
        dimensions=tuple(d.name for d in one.dimensions.all()),
    )


def measure_codes(network_id: int) -> dict[str, str]:
    """Name by code, the retired ones too: formulas of past versions use them."""
    return dict(Measure.objects.filter(network_id=network_id).values_list("code", "name"))


def measure_units(network_id: int) -> tuple[str, ...]:
    """The units in use, to offer them again."""
    units = Measure.objects.filter(network_id=network_id).exclude(unit="")
    return tuple(units.order_by("unit").values_list("unit", flat=True).distinct())


def form_sections(network_id: int) -> tuple[str, ...]:
    """The sections of the form in use, to offer them again."""
    groups = Measure.objects.filter(network_id=network_id).exclude(group="")
    return tuple(groups.order_by("group").values_list("group", flat=True).distinct())


def use_of(one: Measure) -> MeasureUse:
    """How far this measure is in use. Four queries."""
    asked = Expectation.objects.filter(measure_id=one.pk, round__opened_at__isnull=False)
    return MeasureUse(
        reported=Entry.objects.filter(measure_id=one.pk).exists(),
        in_formulas=bool(_users(one) or _checks(one)),
        asked=asked.exists(),
    )


def wordings(one: Measure) -> tuple[WordingRow, ...]:
    """What this measure meant before, the latest first. One query."""
    found = list(one.wordings.select_related("replaced_by"))
    after: list[Measure | MeasureWording] = [one, *found]
    return tuple(
        WordingRow(
            until=row.replaced_at,
            by=str(row.replaced_by or ""),
            reason=row.reason,
            said=_said(row, later),
        )
        for row, later in zip(found, after, strict=False)
    )


def _said(row: MeasureWording, later: Measure | MeasureWording) -> tuple[tuple[str, str], ...]:
    """What was said otherwise than afterwards, each with what it is called."""
    texts = {name: (_text(row, name), _text(later, name)) for name in WORDING}
    return tuple(
        (str(_LABELS[name]), before) for name, (before, now) in texts.items() if before != now
    )


def _text(row: Measure | MeasureWording, name: str) -> str:
    """As people read it: the label of a choice, not its key."""
    show = getattr(row, f"get_{name}_display", None)
    return str(show() if show else getattr(row, name))


def standing(one: Measure) -> Standing:
    """What stands around this measure. Five queries."""
    newest = (
        Round.objects.filter(expectations__measure=one, opened_at__isnull=False)
        .order_by("-period_ordinal", "-id")
        .first()
    )
    first = Entry.objects.filter(measure=one).aggregate(at=Min("period"))["at"]
    return Standing(
        organisations=_asked(one, newest),
        indicators=_users(one),
        checks=_checks(one),
        since=_first_period(one, first),
        round_title=newest.title if newest else "",
    )


def _asked(one: Measure, newest: Round | None) -> tuple[Named, ...]:
    if newest is None:
        return ()
    asked = Expectation.objects.filter(round=newest, measure=one)
    pairs = asked.order_by("organisation__name").values_list(
        "organisation_id", "organisation__name"
    )
    return tuple(Named(pk, name) for pk, name in pairs)


def _first_period(one: Measure, ordinal: int | None) -> Period | None:
    if ordinal is None:
        return None
    code = (
        Round.objects.filter(network_id=one.network_id, period_ordinal=ordinal)
        .values_list("period_code", flat=True)
        .first()
    )
    return Period.parse(code) if code else None


def _users(one: Measure) -> tuple[Named, ...]:
    versions = IndicatorVersion.objects.filter(indicator__network_id=one.network_id)
    using = {
        indicator_id
        for indicator_id, formula in versions.values_list("indicator_id", "formula")
        if one.code in formula_names(formula)
    }
    if not using:
        return ()
    found = Indicator.objects.filter(pk__in=using)
    return tuple(Named(pk, name) for pk, name in found.values_list("pk", "name"))


def _checks(one: Measure) -> tuple[Named, ...]:
    rules = ValidationRule.objects.filter(network_id=one.network_id)
    return tuple(
        Named(pk, expression)
        for pk, expression in rules.values_list("pk", "expression")
        if one.code in rule_names(expression)
    )


def formula_names(text: str) -> tuple[str, ...]:
    """The codes a stored formula uses; none of one that cannot be read."""
    try:
        return parse_formula(text).names()
    except FormulaError:
        return ()


def rule_names(text: str) -> tuple[str, ...]:
    """The codes a stored rule uses; none of one that cannot be read."""
    try:
        return parse_rule(text).names()
    except FormulaError:
        return ()


def offered_dimensions(network_id: int, one: Measure | None = None) -> list[Dimension]:
    """The dimensions in use, and those the measure already has. One query."""
    offered = Q(retired=False) | (Q(measures=one) if one else Q(pk__in=[]))
    return list(Dimension.objects.filter(offered, network_id=network_id).distinct())


def dimension(network_id: int, pk: int) -> Dimension | None:
    """A dimension of this network; None where it has no such dimension."""
    return Dimension.objects.filter(network_id=network_id, pk=pk).first()


def dimensions(network_id: int) -> tuple[DimensionRow, ...]:
    """The network's dimensions with their categories. Two queries."""
    found = (
        Dimension.objects.filter(network_id=network_id)
        .annotate(uses=Count("measures", filter=Q(measures__retired_on__isnull=True)))
        .prefetch_related("categories")
        .order_by("retired", "position", "code")
    )
    return tuple(
        DimensionRow(d.pk, d.code, d.name, d.retired, d.uses, _categories(d.categories.all()))
        for d in found
    )


def _categories(found: Iterable[Category]) -> tuple[CategoryRow, ...]:
    return tuple(CategoryRow(c.code, c.name, c.is_unknown, c.retired) for c in found)


def categories_with_use(one: Dimension) -> list[tuple[Category, bool]]:
    """The categories in order, each with whether anything was reported in it. One query."""
    used = CellCategory.objects.filter(category=OuterRef("pk"))
    found = one.categories.annotate(used=Exists(used)).order_by("position", "code")
    return [(c, c.used) for c in found]


def dimension_is_used(one: Dimension) -> bool:
    """Whether a measure names it or something was reported by it. Two queries."""
    return (
        MeasureDimension.objects.filter(dimension=one).exists()
        or CellCategory.objects.filter(dimension=one).exists()
    )
