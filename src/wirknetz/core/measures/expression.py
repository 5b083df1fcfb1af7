"""The unbound Ibis expression behind every result, built from a small plan.

Three steps, each a grouping of the one before, so that ``facts`` is read once:

1. *units*: per organisation, period (and category) one column per part of the formula;
2. *houses*: per organisation and result period, where time is gathered: flows and means add
   up, of a stock the latest reported period counts;
3. *result*: over the organisations, where the result is not by organisation.

Ibis takes most of a second to import, so it is imported where it is first needed.
"""

from __future__ import annotations

from typing import Any

from wirknetz.core.measures.plan import Plan, facts_columns


def expression(plan: Plan) -> Any:
    """The unbound expression over ``facts`` that yields ``plan.columns``."""
    import ibis

    facts = ibis.table(facts_columns(plan), name="facts")
    wanted = [key for part in plan.parts for key in part.keys]
    of_measures = facts.measure.isin(wanted) if len(wanted) > 1 else facts.measure == wanted[0]
    asked = facts.filter(of_measures)
    units = _units(_source(asked, plan), plan)
    if plan.per_unit:
        return units
    if not plan.over_time:
        return _result(units, plan, _of_units(units, plan))
    houses = _houses(units, plan)
    if plan.by_organisation:
        return houses.select(*_by_house(houses, plan))
    return _result(houses, plan, _of_houses(houses, plan))


def _source(asked: Any, plan: Plan) -> _Raw | _Cells:
    """What units are summed from."""
    if plan.dimensions:
        return _chosen(asked, plan)
    raw = _Raw(asked.filter(asked.base), plan)
    return _by_measure(raw) if plan.one_by_one and len(plan.parts) > 1 else raw


class _Raw:
    """Sums over the rows of ``facts`` as they are."""

    def __init__(self, table: Any, plan: Plan) -> None:
        self.table = table
        self.means = tuple(key for part in plan.parts for key in part.means)
        self.every = len(self.means) == sum(len(part.keys) for part in plan.parts)

    def usable(self) -> Any:
        present = self.table.amount.notnull()
        if not self.means:
            return present
        weighted = self.table.n > 0
        return present & (weighted if self.every else self.is_mean().ifelse(weighted, True))

    def is_mean(self) -> Any:
        return self.table.measure.isin(self.means)

    def amount(self, where: Any) -> Any:
        if not self.means:
            return self.table.amount.sum(where=where)
        weighted = self.table.amount * self.table.n
        amount = weighted if self.every else self.is_mean().ifelse(weighted, self.table.amount)
        return amount.sum(where=_both(where, self.usable()))

    def weight(self, where: Any) -> Any:
        return self.table.n.sum(where=_both(_both(where, self.is_mean()), self.usable()))

    def unusable(self) -> Any:
        return self.table.count() - self.usable_rows()

    def usable_rows(self) -> Any:
        return self.table.count(where=self.usable()) if self.means else self.table.amount.count()


class _Cells:
    """Sums over rows that were gathered into categories before."""

    def __init__(self, table: Any) -> None:
        self.table = table

    def amount(self, where: Any) -> Any:
        return self.table.amount.sum(where=where)

    def weight(self, where: Any) -> Any:
        return self.table.weight.sum(where=where)

    def unusable(self) -> Any:
        return self.table.unusable.sum()


def _by_measure(raw: _Raw) -> _Cells:
    """Each measure by itself first: in the order of the index, so that few rows are sorted."""
    weight = {"weight": raw.weight(None)} if raw.means else {}
    keys = ["measure", "period", "organisation"]
    sums = raw.table.group_by(keys).agg(amount=raw.amount(None), unusable=raw.unusable(), **weight)
    return _Cells(sums)


def _both(left: Any, right: Any) -> Any:
    return right if left is None else left & right


def _chosen(asked: Any, plan: Plan) -> _Cells:
    """Per organisation, period and measure the grain that answers the breakdown.

    The coarsest grain that has all dimensions and an amount; otherwise the base, whose rows
    then belong to no category. Parts that belong together choose together.
    """
    full = _all(asked[name].notnull() for name in plan.dimensions)
    raw = _Raw(asked.filter(asked.base | full), plan)
    table = raw.table
    keys = ["organisation", "period", "measure", "grain", "base", *plan.dimensions]
    weight = {"weight": raw.weight(None)} if raw.means else {}
    cells = table.group_by(keys).agg(
        amount=raw.amount(None), usable=raw.usable_rows(), unusable=raw.unusable(), **weight
    )
    cells = _ranked(cells, plan)
    kept = cells.broken.ifelse(cells.rank == cells.best, cells.base)
    cells = cells.filter(kept)
    return _Cells(
        cells.mutate(**{name: cells.broken.ifelse(cells[name], None) for name in plan.dimensions})
    )


def _ranked(cells: Any, plan: Plan) -> Any:
    """Add ``rank`` (fewest dimensions, then alphabet), ``best`` and whether it is ``broken``."""
    unit = ["organisation", "period", "measure"]
    full = _all(cells[name].notnull() for name in plan.dimensions)
    cells = cells.mutate(counted=cells.usable.sum().over(group_by=[*unit, "grain"]))
    size = cells.grain.length() - cells.grain.replace(",", "").length() + 10
    rank = (full & (cells.counted > 0)).ifelse(size.cast("string") + cells.grain, None)
    cells = cells.mutate(rank=rank)
    cells = cells.mutate(best=cells["rank"].min().over(group_by=unit))
    if not plan.together:
        return cells.mutate(broken=cells.best.notnull())
    lacking = cells.best.isnull().ifelse(1, 0)
    return cells.mutate(broken=lacking.max().over(group_by=unit[:2]) == 0)


def _units(source: _Raw | _Cells, plan: Plan) -> Any:
    """Step 1: amounts, weights and the number of unusable rows per unit."""
    table, amounts, weights = source.table, {}, {}
    for i, part in enumerate(plan.parts):
        where = None if len(plan.parts) == 1 else table.measure == part.keys[0]
        amounts[f"amount_{i}"] = source.amount(where)
        if part.means:
            weights[f"weight_{i}"] = source.weight(where)
    wanted = (
        ("measure", plan.by_measure),
        ("organisation", True),
        ("period", plan.by_period or plan.over_time),
    )
    keys = [*(name for name, used in wanted if used), *plan.dimensions]
    return table.group_by(keys).agg(**amounts, **weights, unusable=source.unusable())


def _present(table: Any, plan: Plan) -> list[Any]:
    return [table[f"amount_{i}"].notnull() for i in range(len(plan.parts))]


def _complete(units: Any, plan: Plan) -> Any:
    """Whether a unit's amounts may count; None where they always may."""
    return _all(_present(units, plan)) if plan.together and len(plan.parts) > 1 else None


def _flawed(units: Any, plan: Plan) -> Any:
    """Whether a unit has a gap: a state among its rows, or a part left out."""
    present = _present(units, plan)
    flawed = units.unusable > 0
    return flawed if len(present) == 1 else flawed | ~_all(present)


def _of_units(units: Any, plan: Plan) -> dict[str, Any]:
    """The figures of step 3 where no time is gathered: units are houses."""
    complete, present = _complete(units, plan), _present(units, plan)
    used = _any(present) if complete is None else complete
    columns = {
        name: units[name].sum(where=complete)
        for name in plan.columns
        if name.startswith(("amount_", "weight_"))
    }
    seen = [units[f"amount_{i}"].count() for i in range(len(present))]
    columns |= {f"seen_{i}": count for i, count in enumerate(seen)}
    return columns | {
        "organisations": seen[0] if len(seen) == 1 else units.count(where=used),
        "partial": units.count(where=used & _flawed(units, plan)),
        "reporting": units.count(),
    }


def _houses(units: Any, plan: Plan) -> Any:
    """Step 2: gather time per organisation."""
    if plan.bucket:
        units = units.mutate(result_period=units.period - units.period % plan.bucket)
    keys = _house_keys(plan)
    units = _with_latest(units, plan, [key for key in keys if key not in plan.dimensions])
    columns: dict[str, Any] = {}
    for i, part in enumerate(plan.parts):
        counts = _counts(units, plan, i)
        for name in (f"amount_{i}", *([f"weight_{i}"] if part.means else [])):
            columns[name] = units[name].sum(where=counts)
        columns[f"seen_{i}"] = units[f"amount_{i}"].count()
    houses = units.group_by(keys).agg(
        used=_used(units, plan), gap=_gap(units, plan), standing=_standing(units, plan), **columns
    )
    if plan.bucket:
        houses = houses.rename(period="result_period")
    group = [key for key in plan.keys if key != "organisation"]
    furthest = houses.standing.max(where=houses.used > 0)
    return houses.mutate(furthest=furthest.over(group_by=group or None))


def _house_keys(plan: Plan) -> list[str]:
    keys = ["organisation", *(["result_period"] if plan.bucket else []), *plan.dimensions]
    return [*keys, "measure"] if plan.by_measure else keys


def _with_latest(units: Any, plan: Plan, keys: list[str]) -> Any:
    """Add the latest period with an amount that counts, for every part that has stocks."""
    complete = _complete(units, plan)
    latest = {}
    for i, part in enumerate(plan.parts):
        if part.stocks:
            counts = units[f"amount_{i}"].notnull() if complete is None else complete
            latest[f"latest_{i}"] = units.period.max(where=counts).over(group_by=keys)
    return units.mutate(**latest) if latest else units


def _counts(units: Any, plan: Plan, i: int) -> Any:
    """Whether a unit's amount counts; None where it always does.

    Of parts that belong together all must be there; of a stock only the latest period counts.
    """
    part, complete = plan.parts[i], _complete(units, plan)
    if not part.stocks:
        return complete
    standing = units.period == units[f"latest_{i}"]
    if set(part.stocks) != set(part.keys):
        standing = units.measure.isin(part.stocks).ifelse(standing, True)
    return standing if complete is None else standing & complete


def _used(units: Any, plan: Plan) -> Any:
    """How many units count in at least one part."""
    counting = []
    for i, present in enumerate(_present(units, plan)):
        counts = _counts(units, plan, i)
        counting.append(present if counts is None else present & counts)
    return units.count(where=_any(counting))


def _gap(units: Any, plan: Plan) -> Any:
    """How many units have a gap that matters; of stocks only gaps since the latest amount do."""
    flawed = _flawed(units, plan)
    since = [units[f"latest_{i}"] for i, part in enumerate(plan.parts) if part.stocks]
    if len(since) < len(plan.parts):
        return units.count(where=flawed)
    late = _any(units.period >= latest for latest in since)
    part = plan.parts[0]
    if set(part.stocks) != set(part.keys):
        late = late | ~units.measure.isin(part.stocks)
    return units.count(where=flawed & late)


def _standing(units: Any, plan: Plan) -> Any:
    """How far an organisation came, to be compared with the others.

    Periods with an amount; for stocks the period they stand at.
    """
    complete = _complete(units, plan)
    present = _any(_present(units, plan)) if complete is None else complete
    periods = units.count(where=present)
    if not any(part.stocks for part in plan.parts):
        return periods
    latest = units.period.max(where=present)
    if all(set(part.stocks) == set(part.keys) for part in plan.parts):
        return latest
    if not plan.by_measure:
        return periods
    return units.measure.max().isin(plan.parts[0].stocks).ifelse(latest, periods)


def _behind(houses: Any) -> Any:
    """Whether an organisation contributes in part: with a gap, or not as far as the others."""
    return (houses.used > 0) & ((houses.gap > 0) | (houses.standing < houses.furthest))


def _by_house(houses: Any, plan: Plan) -> list[Any]:
    """The columns of a result by organisation."""
    counts = {
        "organisations": (houses.used > 0).ifelse(1, 0),
        "partial": _behind(houses).ifelse(1, 0),
        "reporting": houses.organisation.notnull().ifelse(1, 0),
    }
    return [counts[n].name(n) if n in counts else houses[n] for n in plan.columns]


def _of_houses(houses: Any, plan: Plan) -> dict[str, Any]:
    """The figures of step 3."""
    columns = {
        name: houses[name].sum()
        for name in plan.columns
        if name.startswith(("amount_", "weight_", "seen_"))
    }
    return columns | {
        "organisations": houses.count(where=houses.used > 0),
        "partial": houses.count(where=_behind(houses)),
        "reporting": houses.count(),
    }


def _result(table: Any, plan: Plan, figures: dict[str, Any]) -> Any:
    """Step 3: over the organisations."""
    ordered = {name: figures[name] for name in plan.columns if name in figures}
    return (table.group_by(list(plan.keys)) if plan.keys else table).agg(**ordered)


def _all(conditions: Any) -> Any:
    result = None
    for condition in conditions:
        result = condition if result is None else result & condition
    return result


def _any(conditions: Any) -> Any:
    result = None
    for condition in conditions:
        result = condition if result is None else result | condition
    return result
