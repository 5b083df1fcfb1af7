"""An indicator of one period, by one dimension."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from wirknetz.core.values import Period, Row, Table
from wirknetz.measurement.models import Category, Dimension, MeasureDimension
from wirknetz.measurement.queries.results.definitions import Defined, Version
from wirknetz.measurement.queries.results.facts import Scope, evaluate
from wirknetz.measurement.queries.results.figures import Breakdown, Gap, Group
from wirknetz.measurement.queries.results.held import held_for
from wirknetz.measurement.queries.results.remembered import Stamp, remembered
from wirknetz.measurement.queries.results.series import Ground, behind
from wirknetz.measurement.rules.results import Sight, may_see_breakdown


def dimensions_of(version: Version) -> tuple[Dimension, ...]:
    """The dimensions by which all measures of a definition break down, in order. One query."""
    measures = version.measure_ids
    links = (
        MeasureDimension.objects.filter(measure__in=measures)
        .select_related("dimension")
        .order_by("dimension__position", "dimension__code")
    )
    found = Counter(link.dimension for link in links)
    return tuple(d for d, count in found.items() if count == len(measures))


def breakdown_on(
    ground: Ground, of: Defined, version: Version, *, by: Dimension, period: Period
) -> Breakdown | None:
    """The groups of this period; None before the first round."""
    if ground.every is None:
        return None
    rounds, sight = ground.every.of(of.measure_ids), ground.sight
    seen = held_for(sight, ground.held, version.measure_ids)
    scope = Scope((period.ordinal,), as_of=ground.as_of, rounds=rounds.only, held=seen)
    mine = replace(scope, organisations=sight.own)
    whole = _table(version, by, scope, ground.known)
    own = _table(version, by, mine, None) if sight.own else None
    now = _table(version, by, replace(mine, held=()), None) if own and seen else own
    if gap := _gap(sight, version, whole, own, closed=period.ordinal in rounds.closed):
        return Breakdown(by.name, period, (), gap)
    return Breakdown(by.name, period, _groups(by, whole, now), coarser=whole.coarser)


def _gap(
    sight: Sight, version: Version, whole: Table, own: Table | None, *, closed: bool
) -> Gap | None:
    """Why the viewer sees none of it; None if she sees all."""
    counted = [
        (behind(row, version), behind(_match(own, row), version))
        for row in whole
        if row.organisations
    ]
    if may_see_breakdown(sight, counted, closed=closed):
        return None
    return Gap.TOO_FEW if closed else Gap.RUNNING


def _table(version: Version, by: Dimension, scope: Scope, known: Stamp | None) -> Table:
    def work_out() -> Table:
        return evaluate(version.definition, scope, by=(by.code,), dimensions={by.code: by.pk})

    return remembered(known, (version.definition, scope, by.pk, by.code), work_out)


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
