"""Indicators with their versions in force, as the analysis core wants them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from wirknetz.core.measures import Accumulate, Definition, Direction, MeasureSpec
from wirknetz.core.values import Adds, Counts, Period
from wirknetz.measurement.models import Indicator, IndicatorVersion, Measure, Target
from wirknetz.measurement.queries.results.figures import VersionNote

DIRECTIONS: Final = {
    IndicatorVersion.Direction.UP: Direction.HIGHER,
    IndicatorVersion.Direction.DOWN: Direction.LOWER,
    IndicatorVersion.Direction.NEUTRAL: Direction.KEEP,
}


@dataclass(frozen=True, slots=True)
class Version:
    """One version in force with its compiled meaning."""

    row: IndicatorVersion
    definition: Definition

    @property
    def valid_from(self) -> Period:
        """First period it holds for."""
        return Period.parse(self.row.valid_from)

    @property
    def factor(self) -> Decimal:
        """From the unit of the formula to the unit shown."""
        return self.definition.factor

    @property
    def measure_ids(self) -> frozenset[int]:
        """The measures its formula uses."""
        return frozenset(int(spec.key) for _, spec in self.definition.measures)

    def note(self) -> VersionNote:
        """As the page shows it."""
        return VersionNote(
            number=self.row.number,
            valid_from=self.valid_from,
            formula=self.row.formula,
            definition=self.row.definition,
            reason=self.row.reason,
            adopted=self.row.adopted_label,
            in_force_at=self.row.in_force_at,
        )


@dataclass(frozen=True, slots=True)
class Defined:
    """An indicator, its versions in force (oldest first) and its targets by period."""

    indicator: Indicator
    versions: tuple[Version, ...]
    targets: Mapping[int, Target]

    def at(self, ordinal: int) -> Version | None:
        """The version that holds for this period; None before the first."""
        return next(
            (v for v in reversed(self.versions) if v.row.valid_from_ordinal <= ordinal), None
        )

    @property
    def measure_ids(self) -> frozenset[int]:
        """All measures any version uses."""
        return frozenset[int]().union(*(v.measure_ids for v in self.versions))


def defined(network_id: int, *, code: str | None = None) -> tuple[Defined, ...]:
    """Indicators of the network with a version in force. Four queries, however many there are."""
    chosen = Indicator.objects.filter(network_id=network_id, retired_on__isnull=True)
    indicators = list(chosen.filter(code=code) if code else chosen)
    measures = _measures(network_id)
    versions = _versions(indicators, measures)
    targets: dict[int, dict[int, Target]] = defaultdict(dict)
    for target in Target.objects.filter(indicator__in=indicators):
        targets[target.indicator_id][target.period_ordinal] = target
    return tuple(Defined(i, versions.get(i.pk, ()), targets[i.pk]) for i in indicators)


def _versions(
    indicators: Sequence[Indicator], measures: Mapping[str, MeasureSpec]
) -> dict[int, tuple[Version, ...]]:
    rows = IndicatorVersion.objects.filter(
        indicator__in=indicators, state=IndicatorVersion.State.IN_FORCE
    ).order_by("valid_from_ordinal")
    grouped: dict[int, list[Version]] = defaultdict(list)
    for row in rows:
        grouped[row.indicator_id].append(Version(row, definition_of(row, measures)))
    return {pk: tuple(versions) for pk, versions in grouped.items()}


def definition_of(row: IndicatorVersion, measures: Mapping[str, MeasureSpec]) -> Definition:
    """What the analysis core makes of a version. FormulaError or UnknownMeasureError if wrong."""
    return Definition.of(
        row.formula,
        measures,
        accumulate=Accumulate(row.accumulate),
        decimals=row.decimals,
        factor=100 if row.percent else 1,
        direction=DIRECTIONS[IndicatorVersion.Direction(row.direction)],
    )


def _measures(network_id: int) -> dict[str, MeasureSpec]:
    rows = Measure.objects.filter(network_id=network_id).order_by()
    return {
        code: MeasureSpec(key=pk, adds=Adds(adds), counts=Counts(counts))
        for code, pk, adds, counts in rows.values_list("code", "pk", "adds", "counts")
    }
