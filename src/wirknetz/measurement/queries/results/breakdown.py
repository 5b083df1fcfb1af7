"""An indicator of one period, by one dimension."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from wirknetz.core.measures import parse_formula
from wirknetz.core.values import Period, Row, Table
from wirknetz.measurement.models import (
    Category,
    Dimension,
    IndicatorVersion,
    MeasureDimension,
)
from wirknetz.measurement.queries.results.definitions import Defined, Version, defined
from wirknetz.measurement.queries.results.facts import Scope, evaluate
from wirknetz.measurement.queries.results.figures import Breakdown, Gap, Group
from wirknetz.measurement.queries.results.held import Held, held, held_for
from wirknetz.measurement.queries.results.remembered import remembered, stamp
from wirknetz.measurement.queries.results.rhythms import Collected, rhythms
from wirknetz.measurement.queries.results.series import behind
from wirknetz.measurement.rules.results import Sight, may_see_breakdown
from wirknetz.network.models import Network


def dimensions_of(network: Network, code: str, period: Period) -> tuple[Dimension, ...]:
    """The dimensions by which all measures of the definition of this period break down.

    Two queries.
    """
    version = (
        IndicatorVersion.objects.filter(
            indicator__network=network,
            indicator__code=code,
            indicator__retired_on__isnull=True,
            state=IndicatorVersion.State.IN_FORCE,
            valid_from_ordinal__lte=period.ordinal,
        )
        .order_by("-valid_from_ordinal")
        .first()
    )
    return _common(network, parse_formula(version.formula).names()) if version else ()


def _common(network: Network, measures: Collection[str]) -> tuple[Dimension, ...]:
    """Dimensions all these measures have, in the network's order."""
    links = (
        MeasureDimension.objects.filter(measure__network=network, measure__code__in=measures)
        .select_related("dimension")
        .order_by("dimension__position", "dimension__code")
    )
    found = Counter(link.dimension for link in links)
    return tuple(d for d, count in found.items() if count == len(set(measures)))


def breakdown(
    network: Network,
    sight: Sight,
    code: str,
    *,
    dimension: str,
    period: Period,
    as_of: dt.datetime | None = None,
) -> Breakdown | None:
    """The groups of one period, unknown dimension or indicator: None."""
    by = next((d for d in dimensions_of(network, code, period) if d.code == dimension), None)
    ground = _ground(network, sight, code, as_of)
    return ground.breakdown(by, period) if by and ground else None


def breakdowns(
    network: Network,
    sight: Sight,
    code: str,
    *,
    periods: Iterable[Period],
    as_of: dt.datetime | None = None,
) -> tuple[Breakdown, ...]:
    """What the pages of these periods show this viewer broken down, by every dimension.

    Without those that nobody reported by. Queries grow with periods and dimensions, not with
    organisations.
    """
    ground = _ground(network, sight, code, as_of) if sight.breakdowns else None
    if ground is None:
        return ()
    dimensions = {
        v.row.pk: _common(network, v.definition.formula.names()) for v in ground.of.versions
    }
    found = (
        ground.breakdown(by, period)
        for period in periods
        if (version := ground.of.at(period.ordinal))
        for by in dimensions[version.row.pk]
    )
    return tuple(one for one in found if one and any(g.broken_down for g in one.groups))


@dataclass(frozen=True, slots=True)
class _Ground:
    """An indicator, what was collected for it, and who looks."""

    of: Defined
    rounds: Collected
    sight: Sight
    as_of: dt.datetime | None
    held: tuple[Held, ...]

    def breakdown(self, by: Dimension, period: Period) -> Breakdown | None:
        """The groups of this period; None where no definition holds."""
        version = self.of.at(period.ordinal)
        if version is None:
            return None
        seen = held_for(self.sight, self.held, version.measure_ids)
        scope = Scope((period.ordinal,), as_of=self.as_of, rounds=self.rounds.only, held=seen)
        mine = replace(scope, organisations=self.sight.own)
        whole = _table(version, by, scope)
        own = _table(version, by, mine) if self.sight.own else None
        now = _table(version, by, replace(mine, held=())) if own and seen else own
        if gap := self._gap(version, whole, own, closed=period.ordinal in self.rounds.closed):
            return Breakdown(by.name, period, (), gap)
        return Breakdown(by.name, period, _groups(by, whole, now), coarser=whole.coarser)

    def _gap(
        self, version: Version, whole: Table, own: Table | None, *, closed: bool
    ) -> Gap | None:
        """Why the viewer sees none of it; None if she sees all."""
        counted = [
            (behind(row, version), behind(_match(own, row), version))
            for row in whole
            if row.organisations
        ]
        if may_see_breakdown(self.sight, counted, closed=closed):
            return None
        return Gap.TOO_FEW if closed else Gap.RUNNING


def _ground(network: Network, sight: Sight, code: str, as_of: dt.datetime | None) -> _Ground | None:
    every, found = rhythms(network.pk), defined(network.pk, code=code)
    if every is None or not found:
        return None
    waiting = held(network.pk) if as_of is None else ()
    return _Ground(found[0], every.of(found[0].measure_ids), sight, as_of, waiting)


def _table(version: Version, by: Dimension, scope: Scope) -> Table:
    def work_out() -> Table:
        return evaluate(version.definition, scope, by=(by.code,), dimensions={by.code: by.pk})

    whole = scope.organisations is None and scope.as_of is None
    question = (version.definition, scope, by.pk, by.code)
    return remembered(stamp() if whole else None, question, work_out)


def _match(table: Table | None, row: Row) -> Row | None:
    if table is None:
        return None
    return next((r for r in table if (r.cell, r.broken_down) == (row.cell, row.broken_down)), None)


def _groups(by: Dimension, whole: Table, own: Table | None) -> tuple[Group, ...]:
    order = list(Category.objects.filter(dimension=by).values_list("code", "name"))
    names, place = dict(order), {code: i for i, (code, _) in enumerate(order)}
    rows = sorted(
        whole, key=lambda r: (not r.broken_down, place.get(r.cell.category(by.code) or "", 999))
    )
    return tuple(_group(by, names, row, _match(own, row)) for row in rows)


def _group(by: Dimension, names: dict[str, str], row: Row, mine: Row | None) -> Group:
    code = row.cell.category(by.code) or ""
    return Group(
        label=names.get(code, code) if row.broken_down else "",
        value=row.value,
        gap=Gap(row.missing.value) if row.missing else None,
        organisations=row.organisations,
        own=mine.value if mine else None,
        broken_down=row.broken_down,
    )
