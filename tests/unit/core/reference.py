"""What the engines must answer, in the plainest Python: loops over dictionaries, no SQL.

Slow on purpose and written apart from the product: only the definitions are shared.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from wirknetz.core.measures import Definition, DivisionByZeroError
from wirknetz.core.values import Adds, PeriodKind


@dataclass(frozen=True)
class Fact:
    organisation: int
    period: int
    measure: str
    cell: tuple[tuple[str, str], ...]  # sorted (dimension, category)
    amount: Decimal | None
    n: int | None = None

    @property
    def grain(self) -> str:
        return ",".join(dimension for dimension, _ in self.cell)


@dataclass(frozen=True)
class Answer:
    value: Decimal | None
    missing: str | None
    parts: tuple[Decimal | None, ...]
    organisations: int
    partial: int
    reporting: int


def base_grain(facts: list[Fact]) -> str:
    """The coarsest grain with an amount, of facts on one organisation, period and measure."""

    def rank(grain: str) -> tuple[bool, int, str]:
        silent = all(f.amount is None for f in facts if f.grain == grain)
        return (silent, len(grain.split(",")) if grain else 0, grain)

    return min({f.grain for f in facts}, key=rank)


def usable(fact: Fact, adds: Adds) -> bool:
    if adds is Adds.MEAN:
        return fact.amount is not None and fact.n is not None and fact.n > 0
    return fact.amount is not None


def answering_grain(facts: list[Fact], dimensions: tuple[str, ...], adds: Adds) -> str | None:
    """The coarsest grain with all the dimensions and something usable."""
    fitting = [
        f.grain for f in facts if set(dimensions) <= {d for d, _ in f.cell} and usable(f, adds)
    ]
    return min(fitting, key=lambda grain: (len(grain.split(",")), grain), default=None)


@dataclass
class Unit:
    """One part at one organisation, period and category."""

    total: Decimal | None = None
    weight: int = 0
    gaps: int = 0

    def add(self, fact: Fact, adds: Adds) -> None:
        if not usable(fact, adds):
            self.gaps += 1
        elif adds is Adds.MEAN:
            self.total = (self.total or 0) + fact.amount * fact.n
            self.weight += fact.n
        else:
            self.total = (self.total or 0) + fact.amount


def units_of(facts: list[Fact], definition: Definition, dimensions: tuple[str, ...]):
    """(organisation, period, categories) -> [Unit per part]."""
    specs = [spec for _, spec in definition.measures]
    reports = defaultdict(lambda: defaultdict(list))
    for fact in facts:
        for place, spec in enumerate(specs):
            if fact.measure == spec.key:
                reports[fact.organisation, fact.period][place].append(fact)
    units = defaultdict(lambda: [Unit() for _ in specs])
    for (organisation, period), of_part in reports.items():
        for place, fact, categories in chosen_facts(of_part, definition, dimensions):
            units[organisation, period, categories][place].add(fact, specs[place].adds)
    return units


def chosen_facts(of_part: dict[int, list[Fact]], definition: Definition, dimensions):
    """The facts of one organisation and period that answer, with the categories they fall in."""
    adds = [spec.adds for _, spec in definition.measures]
    grains = {p: answering_grain(found, dimensions, adds[p]) for p, found in of_part.items()}
    together = not definition.formula.additive
    if not dimensions or (together and None in grains.values()):
        grains = dict.fromkeys(grains)
    for place, found in of_part.items():
        broken = grains[place] is not None
        grain = grains[place] if broken else base_grain(found)
        for fact in found:
            if fact.grain == grain:
                cell = dict(fact.cell)
                yield place, fact, tuple(cell[d] if broken else None for d in dimensions)


@dataclass
class House:
    """One organisation in one result row."""

    totals: list[Decimal | None]
    weights: list[int]
    seen: list[bool]
    used: bool = False
    gap: bool = False
    standing: int = 0


def houses_of(units, definition: Definition, *, bucket: int | None):
    """(bucket or period, categories) -> {organisation: House}. ``bucket`` None: all time."""
    grouped = defaultdict(lambda: defaultdict(list))
    for (organisation, period, categories), parts in units.items():
        start = 0 if bucket is None else period // bucket * bucket
        grouped[organisation, start][categories].append((period, parts))
    result = defaultdict(dict)
    for (organisation, start), of_categories in grouped.items():
        everything = [row for rows in of_categories.values() for row in rows]
        latest = [
            max((p for p, parts in everything if counts(parts, i, definition)), default=None)
            for i in range(len(definition.measures))
        ]
        for categories, rows in of_categories.items():
            result[start, categories][organisation] = house_of(rows, latest, definition)
    return result


def counts(parts: list[Unit], place: int, definition: Definition) -> bool:
    """Whether a part of a unit counts: of parts that belong together all must be there."""
    if not definition.formula.additive and any(unit.total is None for unit in parts):
        return False
    return parts[place].total is not None


def house_of(rows, latest: list[int | None], definition: Definition) -> House:
    stocks = [spec.adds is Adds.STOCK for _, spec in definition.measures]
    size = len(stocks)
    house, some = House([None] * size, [0] * size, [False] * size), set()
    for period, parts in rows:
        matters = not all(stocks) or any(p is not None and period >= p for p in latest)
        house.gap = house.gap or (matters and has_gap(parts))
        for i, unit in enumerate(parts):
            house.seen[i] = house.seen[i] or unit.total is not None
            if counts(parts, i, definition):
                some.add(period)
                if not stocks[i] or period == latest[i]:
                    house.used = True
                    house.totals[i] = (house.totals[i] or 0) + unit.total
                    house.weights[i] += unit.weight
    house.standing = max(some, default=0) if all(stocks) else len(some)
    return house


def has_gap(parts: list[Unit]) -> bool:
    return any(unit.gaps for unit in parts) or any(unit.total is None for unit in parts)


def rounded(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.000001"), rounding=ROUND_HALF_UP)


def figure(houses: list[House], furthest: int, definition: Definition) -> Answer:
    specs = [spec for _, spec in definition.measures]
    parts: list[Decimal | None] = []
    for i, spec in enumerate(specs):
        known = [h.totals[i] for h in houses if h.totals[i] is not None]
        total = sum(known) if known else None
        if total is not None and spec.adds is Adds.MEAN:
            total = rounded(total / sum(h.weights[i] for h in houses))
        parts.append(total)
    seen = [any(h.seen[i] for h in houses) for i in range(len(specs))]
    value = missing = None
    if None in parts:
        if not any(seen):
            missing = "no_amount" if houses else "not_reported"
        else:
            together = all(seen) and not definition.formula.additive
            missing = "not_together" if together else "not_reported"
    else:
        names = definition.formula.names()
        try:
            raw = definition.formula.value(dict(zip(names, parts, strict=True)))
            value = rounded(raw * definition.factor)
        except DivisionByZeroError:
            missing = "division_by_zero"
    used = [h for h in houses if h.used]
    return Answer(
        value,
        missing,
        tuple(parts),
        len(used),
        sum(1 for h in used if h.gap or h.standing < furthest),
        len(houses),
    )


def answers(
    facts: list[Fact], definition: Definition, by: tuple[str, ...], roll_up: PeriodKind | None
) -> dict[tuple, Answer]:
    """(organisation, period, categories) -> Answer, as the product promises it."""
    dimensions = tuple(sorted({*by} - {"organisation", "period"}))
    bucket = None
    if "period" in by:
        bucket = roll_up.months if roll_up else 1
    result = {}
    rows = houses_of(units_of(facts, definition, dimensions), definition, bucket=bucket)
    for (start, categories), houses in rows.items():
        period = start if "period" in by else None
        furthest = max((h.standing for h in houses.values() if h.used), default=0)
        if "organisation" in by:
            for organisation, house in houses.items():
                key = (organisation, period, categories)
                result[key] = figure([house], furthest, definition)
        else:
            key = (None, period, categories)
            result[key] = figure(list(houses.values()), furthest, definition)
    if not result and not by:
        result[None, None, ()] = figure([], 0, definition)
    return result
