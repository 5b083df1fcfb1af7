"""An indicator of one period, by one dimension."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection
from dataclasses import replace

from wirknetz.core.measures import parse_formula
from wirknetz.core.values import Period, Row, Table
from wirknetz.measurement.models import (
    Category,
    Dimension,
    IndicatorVersion,
    MeasureDimension,
)
from wirknetz.measurement.queries.results.definitions import Version, defined
from wirknetz.measurement.queries.results.facts import Scope, evaluate
from wirknetz.measurement.queries.results.figures import Breakdown, Gap, Group
from wirknetz.measurement.queries.results.remembered import remembered, stamp
from wirknetz.measurement.queries.results.rhythms import rhythms
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
    every, found = rhythms(network.pk), defined(network.pk, code=code)
    version = found[0].at(period.ordinal) if found else None
    if by is None or every is None or version is None:
        return None
    rounds = every.of(found[0].measure_ids)
    closed = period.ordinal in rounds.closed
    scope = Scope((period.ordinal,), as_of=as_of, rounds=rounds.only)
    whole = _table(version, by, scope)
    own = _table(version, by, replace(scope, organisations=sight.own)) if sight.own else None
    counted = [
        (behind(row, version), behind(_match(own, row), version))
        for row in whole
        if row.organisations
    ]
    if not may_see_breakdown(sight, counted, closed=closed):
        gap = Gap.TOO_FEW if closed else Gap.RUNNING
        return Breakdown(by.name, period, (), gap)
    return Breakdown(by.name, period, _groups(by, whole, own), coarser=whole.coarser)


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
