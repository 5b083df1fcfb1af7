"""Indicators that accumulate: running totals, and the latest value that is known.

Running totals are added per organisation first, so that it stays countable who stands behind
a total and who left a period out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from wirknetz.core.measures.definition import Definition
from wirknetz.core.measures.sums import Categories, Organisation, Sums
from wirknetz.core.values import Adds, PeriodKind, Row


class Unit(NamedTuple):
    """The sums of one organisation in one period and category."""

    organisation: Organisation
    period: int
    categories: Categories
    amounts: tuple[Decimal | None, ...]
    weights: tuple[int | None, ...]
    seen: tuple[int, ...]
    organisations: int
    partial: int
    reporting: int = 1
    gap: bool = False


def cumulative(
    sums: Sums, *, definition: Definition, by: tuple[str, ...], every: PeriodKind | None
) -> Sums:
    """Running sums from sums per organisation and period (and category).

    Flows and means add up from the first period on; of a stock each organisation's latest
    period counts. ``gap`` marks rows before or at which a period is missing: of the
    collection rhythm ``every`` or, without it, of the periods anybody reported.
    """
    stocks = tuple(spec.adds is Adds.STOCK for _, spec in definition.measures)
    reported = defaultdict[int, list[Unit]](list)
    for unit in _units(sums):
        reported[unit.period].append(unit)
    houses: dict[Organisation, _House] = {}
    found: list[Unit] = []
    for number, period in enumerate(_periods(reported, every), start=1):
        for unit in reported.get(period, ()):
            houses.setdefault(unit.organisation, _House(stocks)).add(unit)
        if period in reported:
            apart = "organisation" in by
            found += _apart(houses, period, number) if apart else _joint(houses, period, number)
    found.sort(key=attrgetter("organisation", "period"))
    return _columns(found) if found else sums


def _units(sums: Sums) -> Iterator[Unit]:
    parts = (zip(*column, strict=True) for column in (sums.amounts, sums.weights, sums.seen))
    rows: Any = (sums.organisation, sums.period, sums.categories, *parts)
    return map(Unit, *rows, sums.organisations, sums.partial)


def _columns(units: list[Unit]) -> Sums:
    columns: list[Any] = [list(column) for column in zip(*units, strict=True)]
    for place in (3, 4, 5):
        columns[place] = [list(column) for column in zip(*columns[place], strict=True)]
    return Sums(*columns)


def _periods(reported: Iterable[int], every: PeriodKind | None) -> list[int]:
    known = sorted(reported)
    if every is None or not known:
        return known
    return sorted({*known, *range(known[0], known[-1] + 1, every.months)})


@dataclass(slots=True)
class _Sum:
    """What one organisation has so far in one category."""

    amounts: list[Decimal | None]
    weights: list[int | None]
    seen: list[int]
    partial: bool = False


@dataclass(slots=True)
class _House:
    """One organisation so far."""

    stocks: tuple[bool, ...]
    sums: dict[Categories, _Sum] = field(default_factory=dict)
    stood: dict[int, int] = field(default_factory=dict)
    periods: set[int] = field(default_factory=set)

    def add(self, unit: Unit) -> None:
        """Add one period's sums."""
        size = len(self.stocks)
        total = self.sums.setdefault(
            unit.categories, _Sum([None] * size, [None] * size, [0] * size)
        )
        total.partial = total.partial or unit.partial > 0 or not unit.organisations
        total.seen = [max(pair) for pair in zip(total.seen, unit.seen, strict=True)]
        if unit.organisations:
            self.periods.add(unit.period)
        for i, stock in enumerate(self.stocks):
            self._add(total, unit, i, stock=stock)

    def _add(self, total: _Sum, unit: Unit, i: int, *, stock: bool) -> None:
        amount, weight = unit.amounts[i], unit.weights[i]
        if amount is None:
            return
        if stock:
            self._stand(i, unit.period)
        total.amounts[i] = amount if stock else (total.amounts[i] or 0) + amount
        total.weights[i] = None if weight is None else (total.weights[i] or 0) + weight

    def _stand(self, i: int, period: int) -> None:
        """A newer stock replaces the older one in all its categories."""
        if self.stood.get(i) != period:
            self.stood[i] = period
            for other in self.sums.values():
                other.amounts[i] = None


def _apart(houses: dict[Organisation, _House], period: int, number: int) -> Iterator[Unit]:
    for organisation, house in houses.items():
        behind = len(house.periods) < number
        for categories, total in house.sums.items():
            yield _unit([(total, behind)], (organisation, period, categories), gap=behind)


def _joint(houses: dict[Organisation, _House], period: int, number: int) -> Iterator[Unit]:
    gathered = defaultdict[Categories, list[tuple[_Sum, bool]]](list)
    for house in houses.values():
        for categories, total in house.sums.items():
            gathered[categories].append((total, len(house.periods) < number))
    filled: set[int] = set().union(*(house.periods for house in houses.values()))
    for categories, totals in gathered.items():
        yield _unit(totals, (None, period, categories), gap=len(filled) < number)


def _unit(
    totals: Sequence[tuple[_Sum, bool]],
    keys: tuple[Organisation, int, Categories],
    *,
    gap: bool,
) -> Unit:
    used = [(t, behind) for t, behind in totals if any(a is not None for a in t.amounts)]
    sums = [t for t, _ in totals]
    parts = range(len(sums[0].amounts))
    return Unit(
        *keys,
        tuple(_added([t.amounts[i] for t in sums]) for i in parts),
        tuple(_added([t.weights[i] for t in sums]) for i in parts),
        tuple(sum(t.seen[i] for t in sums) for i in parts),
        len(used),
        sum(1 for t, behind in used if behind or t.partial),
        len(totals),
        gap,
    )


_Number = TypeVar("_Number", int, Decimal)


def _added(numbers: Iterable[_Number | None]) -> _Number | None:
    known = [number for number in numbers if number is not None]
    return sum(known[1:], known[0]) if known else None


def latest(rows: Sequence[Row], *, by: tuple[str, ...]) -> tuple[Row, ...]:
    """The latest value known, sorted by organisation and period.

    By period, a row without a value takes over the last one before it and is marked
    ``carried``. Otherwise only the rows of the latest period with a value remain (of each
    organisation where grouped by it); they keep that period.
    """
    found = _carried(rows) if "period" in by else _newest(rows)
    return tuple(sorted(found, key=attrgetter("organisation", "period")))


def _newest(rows: Sequence[Row]) -> list[Row]:
    newest: dict[Organisation, int] = {}
    for row in rows:
        if row.value is not None:
            at = newest.get(row.organisation, row.period or 0)
            newest[row.organisation] = max(at, row.period or 0)
    kept = [row for row in rows if newest.get(row.organisation, -1) == row.period]
    silent = [row for row in _last(rows) if row.organisation not in newest]
    return kept + silent


def _carried(rows: Sequence[Row]) -> list[Row]:
    known: dict[object, Row] = {}
    found = []
    for row in sorted(rows, key=lambda row: row.period or 0):
        key = (row.organisation, row.cell, row.broken_down)
        if row.value is not None:
            known[key] = row
        before = known.get(key)
        if row.value is None and before is not None:
            found.append(before._replace(period=row.period, carried=True))
        else:
            found.append(row)
    return found


def _last(rows: Sequence[Row]) -> list[Row]:
    """The rows of each organisation's last period."""
    newest: dict[int | str | None, int] = {}
    for row in rows:
        newest[row.organisation] = max(newest.get(row.organisation, 0), row.period or 0)
    return [row for row in rows if (row.period or 0) == newest[row.organisation]]
