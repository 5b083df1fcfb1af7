"""Plausibility: what one organisation reports, checked before it counts.

Errors must be mended, questions may be answered with a sentence and then stand. Findings
carry codes and numbers only; the sentences are made where the language is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import permutations
from statistics import median
from typing import Final

from wirknetz.core.measures.definition import MeasureSpec
from wirknetz.core.measures.formula import RuleExpression
from wirknetz.core.measures.robust import (
    MINIMUM_FOR_TENFOLD,
    MINIMUM_HISTORY,
    THRESHOLD,
    floats,
    power_of_ten,
    score,
)
from wirknetz.core.values import Adds, Cell, Counts, Value


class Severity(StrEnum):
    """Whether a finding stops or asks."""

    ERROR = "error"
    QUESTION = "question"


class FindingCode(StrEnum):
    """What was found. In brackets the params each carries."""

    NEGATIVE = "negative"  # (amount) a count below zero
    FRACTION = "fraction"  # (amount) a count that is not whole
    TOO_LARGE = "too_large"  # (amount, limit)
    CASES_MISSING = "cases_missing"  # (amount) a mean without its number of cases
    RULE = "rule"  # (rule, expression and every amount by measure name)
    JUMP = "jump"  # (amount, usual, score) far from the own history
    TENFOLD = "tenfold"  # (amount, usual, factor) off by a power of ten
    VERY_LARGE = "very_large"  # (amount, limit) more than is usual, and nothing earlier like it
    ABOVE_TOTAL = "above_total"  # (total, sum, grain) a breakdown exceeds its total
    BELOW_TOTAL = "below_total"  # (total, sum, grain) a complete breakdown falls short


@dataclass(frozen=True, slots=True)
class Rule:
    """A network's own rule: where ``expression`` fails, that is a finding."""

    code: str
    expression: RuleExpression
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found, at one measure and cell."""

    code: FindingCode
    severity: Severity
    measure: str
    cell: Cell
    params: tuple[tuple[str, Decimal | str], ...] = ()

    def param(self, name: str) -> Decimal | str | None:
        """One of the params by name."""
        return dict(self.params).get(name)


Values = Mapping[tuple[str, Cell], Value]
"""Reported values by measure name and cell."""
History = Mapping[tuple[str, Cell], Sequence[Decimal]]
"""Earlier amounts by measure name and cell, oldest first, without the value in question."""


COUNT_LIMIT: Final = Decimal(100_000_000)
"""More than the people of Germany: nobody counted that."""
AMOUNT_LIMIT: Final = Decimal(100_000_000_000)
"""Other amounts (euros, hours) beyond this are slips."""

LARGE_COUNT: Final = Decimal(100_000)
"""More than one organisation usually counts in a period; beyond it somebody is asked."""
LARGE_MEAN: Final = Decimal(1_000_000)
LARGE_AMOUNT: Final = Decimal(10_000_000)
"""Euros, hours and the like."""
SMALL_COUNT: Final = Decimal(10_000)
"""So much is never asked about, however little else an organisation counts."""
TIMES_THE_OTHERS: Final = 1000
"""An organisation that counts tens of everything else seldom counts ten thousands of one thing."""
TIMES_EARLIER: Final = 10
"""What was a tenth of it before may have grown."""


def check(
    values: Values,
    *,
    measures: Mapping[str, MeasureSpec],
    rules: Iterable[Rule] = (),
    history: History | None = None,
) -> tuple[Finding, ...]:
    """Everything implausible about what one organisation reports for one period.

    Errors first, then in the order of the values. Values of measures that are not among
    ``measures`` are not looked at; states are never implausible.
    """
    known = {at: value for at, value in values.items() if at[0] in measures}
    found = [
        *_hard(known, measures),
        *_broken_rules(known, measures, rules),
        *_against_history(known, measures, history or {}),
        *_breakdowns(known, measures),
    ]
    order = {at: number for number, at in enumerate(known)}
    first = {name: number for (name, _), number in reversed(order.items())}
    return tuple(
        sorted(
            found,
            key=lambda finding: (
                finding.severity is not Severity.ERROR,
                order.get((finding.measure, finding.cell), first.get(finding.measure, 0)),
            ),
        )
    )


def _counting(spec: MeasureSpec) -> bool:
    return spec.counts is not Counts.OTHER and spec.adds is not Adds.MEAN


def _amounts(values: Values) -> Iterator[tuple[str, Cell, Decimal, Value]]:
    for (name, cell), value in values.items():
        if value.amount is not None:
            yield name, cell, value.amount, value


def _hard(values: Values, measures: Mapping[str, MeasureSpec]) -> Iterator[Finding]:
    """What no explanation makes right."""
    for name, cell, amount, value in _amounts(values):
        for code in _impossible(amount, value, measures[name]):
            limit = (("limit", _limit(measures[name])),) if code is FindingCode.TOO_LARGE else ()
            yield Finding(code, Severity.ERROR, name, cell, (("amount", amount), *limit))


def _impossible(amount: Decimal, value: Value, spec: MeasureSpec) -> Iterator[FindingCode]:
    if _counting(spec) and amount < 0:
        yield FindingCode.NEGATIVE
    if _counting(spec) and amount != amount.to_integral_value():
        yield FindingCode.FRACTION
    if abs(amount) >= _limit(spec):
        yield FindingCode.TOO_LARGE
    if spec.adds is Adds.MEAN and not (value.n and value.n > 0):
        yield FindingCode.CASES_MISSING


def _limit(spec: MeasureSpec) -> Decimal:
    return COUNT_LIMIT if _counting(spec) else AMOUNT_LIMIT


def _broken_rules(
    values: Values, measures: Mapping[str, MeasureSpec], rules: Iterable[Rule]
) -> Iterator[Finding]:
    """Rules are tried at every cell where all their measures have an amount."""
    by_cell = _by_cell(values, measures)
    for rule in rules:
        names = rule.expression.names()
        for cell, amounts in by_cell.items():
            if rule.expression.holds(amounts) is False:
                stated: tuple[tuple[str, Decimal | str], ...] = (
                    ("rule", rule.code),
                    ("expression", str(rule.expression)),
                )
                told = tuple((name, amounts[name]) for name in names if name in amounts)
                yield Finding(FindingCode.RULE, rule.severity, names[0], cell, (*stated, *told))


def _by_cell(values: Values, measures: Mapping[str, MeasureSpec]) -> dict[Cell, dict[str, Decimal]]:
    found: dict[Cell, dict[str, Decimal]] = {Cell(): _derived_totals(values, measures)}
    for name, cell, amount, _ in _amounts(values):
        found.setdefault(cell, {})[name] = amount
    return found


def _derived_totals(values: Values, measures: Mapping[str, MeasureSpec]) -> dict[str, Decimal]:
    """Totals that were not reported, from the coarsest complete breakdown."""
    totals: dict[str, Decimal] = {}
    for name, of_grain in _grains(values).items():
        complete = [
            (len(cells[0][0].items), grain)
            for grain, cells in of_grain.items()
            if all(value.amount is not None for _, value in cells)
        ]
        if complete and measures[name].adds is not Adds.MEAN:
            totals[name] = _sum(of_grain[min(complete)[1]])
    return totals


def _grains(values: Values) -> dict[str, dict[str, list[tuple[Cell, Value]]]]:
    """Per measure and grain the cells."""
    found: dict[str, dict[str, list[tuple[Cell, Value]]]] = {}
    for (name, cell), value in values.items():
        found.setdefault(name, {}).setdefault(cell.grain, []).append((cell, value))
    return found


def _sum(cells: Iterable[tuple[Cell, Value]]) -> Decimal:
    return sum((value.amount for _, value in cells if value.amount is not None), Decimal(0))


def _against_history(
    values: Values, measures: Mapping[str, MeasureSpec], history: History
) -> Iterator[Finding]:
    usual = _usual_sizes(values, measures)
    for name, cell, amount, _ in _amounts(values):
        earlier = history.get((name, cell), ())
        finding = _odd(amount, earlier, counting=_counting(measures[name]))
        finding = finding or _very_large(amount, earlier, usual[name], _limit(measures[name]))
        if finding is not None:
            code, params = finding
            yield Finding(code, Severity.QUESTION, name, cell, params)


_Odd = tuple[FindingCode, tuple[tuple[str, Decimal], ...]]


def _very_large(
    amount: Decimal, earlier: Sequence[Decimal], usual: Decimal, impossible: Decimal
) -> _Odd | None:
    """A size of its own, where no history says that it is usual here."""
    size = abs(amount)
    known = max(map(abs, earlier), default=Decimal(0)) * TIMES_EARLIER
    if not max(usual, known) < size < impossible:
        return None
    return FindingCode.VERY_LARGE, (("amount", amount), ("limit", usual))


def _usual_sizes(values: Values, measures: Mapping[str, MeasureSpec]) -> dict[str, Decimal]:
    """Up to which size nobody is asked, by measure; counts beside what else is counted."""
    counted: dict[str, Decimal] = {}
    for name, _, amount, _value in _amounts(values):
        if _counting(measures[name]):
            counted[name] = max(amount, counted.get(name, Decimal(0)))
    return {name: _usual_size(name, measures[name], counted) for name, _ in values}


def _usual_size(name: str, spec: MeasureSpec, counted: Mapping[str, Decimal]) -> Decimal:
    if not _counting(spec):
        return LARGE_MEAN if spec.adds is Adds.MEAN else LARGE_AMOUNT
    others = max((most for other, most in counted.items() if other != name), default=Decimal(0))
    beside = max(SMALL_COUNT, TIMES_THE_OTHERS * others)
    return min(LARGE_COUNT, beside) if others else LARGE_COUNT


def _odd(amount: Decimal, earlier: Sequence[Decimal], *, counting: bool) -> _Odd | None:
    if len(earlier) < MINIMUM_FOR_TENFOLD:
        return None
    usual = median(earlier)
    far = score(float(amount), floats(earlier), counting=counting)
    if abs(far) <= THRESHOLD:
        return None
    shown = (("amount", amount), ("usual", usual))
    if power := power_of_ten(float(amount), float(usual)):
        return FindingCode.TENFOLD, (*shown, ("factor", Decimal(10) ** power))
    if len(earlier) < MINIMUM_HISTORY:
        return None
    return FindingCode.JUMP, (*shown, ("score", Decimal(str(round(far, 1)))))


def _breakdowns(values: Values, measures: Mapping[str, MeasureSpec]) -> Iterator[Finding]:
    """Each cell against every finer breakdown of it."""
    for name, of_grain in _grains(values).items():
        if measures[name].adds is Adds.MEAN:
            continue
        for coarse, fine in permutations(of_grain.values(), 2):
            if set(_dimensions(coarse)) < set(_dimensions(fine)):
                yield from _compared(name, coarse, fine)


def _dimensions(cells: list[tuple[Cell, Value]]) -> list[str]:
    return [dimension for dimension, _ in cells[0][0].items]


def _compared(
    name: str, coarse: list[tuple[Cell, Value]], fine: list[tuple[Cell, Value]]
) -> Iterator[Finding]:
    for cell, value in coarse:
        inside = [(c, v) for c, v in fine if set(cell.items) <= set(c.items)]
        if value.amount is None or all(v.amount is None for _, v in inside):
            continue
        total = _sum(inside)
        complete = all(v.amount is not None for _, v in inside)
        params = (("total", value.amount), ("sum", total), ("grain", fine[0][0].grain))
        if total > value.amount:
            yield Finding(FindingCode.ABOVE_TOTAL, Severity.ERROR, name, cell, params)
        elif total < value.amount and complete:
            yield Finding(FindingCode.BELOW_TOTAL, Severity.QUESTION, name, cell, params)
