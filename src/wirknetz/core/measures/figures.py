"""From sums to figures: divide, evaluate, round, and say why a value is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import compress, repeat
from operator import mul
from typing import Any, Final, overload

from wirknetz.core.measures.definition import Definition, rounded, rounded_column
from wirknetz.core.measures.formula import DivisionByZeroError, Name, column_of_values
from wirknetz.core.measures.sums import Amounts, Categories, Sums
from wirknetz.core.values import Adds, Cell, Missing, Part, Row

Expected = int | Mapping[int, int] | None
"""How many organisations were asked: one number, or one per ordinal of the result's period."""
_TOTAL: Final = Cell()
_PartColumns = tuple[str, Amounts, Sequence[int | None]]


class Figures(Sequence[Row]):
    """Finished figures, held as columns: values are computed, a row is made when it is read.

    Equal to any sequence of equal rows.
    """

    __slots__ = ("_columns", "_parts")

    def __init__(self, columns: tuple[Sequence[Any], ...], parts: list[_PartColumns]) -> None:
        """``columns`` are those of :class:`Row` in order, without ``parts`` and ``carried``."""
        self._columns = columns
        self._parts = parts

    def __len__(self) -> int:
        """Return the number of figures."""
        return len(self._columns[0])

    def __iter__(self) -> Iterator[Row]:
        """Over the rows; as ``Row(...)`` for each, without a Python frame for each."""
        parts = [
            map(tuple.__new__, repeat(Part), zip(repeat(name), amounts, weights, strict=False))
            for name, amounts, weights in self._parts
        ]
        values, missing, *others = self._columns
        rows = zip(values, missing, zip(*parts, strict=True), *others, repeat(False), strict=False)
        return map(tuple.__new__, repeat(Row), rows)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Row, ...]: ...
    def __getitem__(self, at: int | slice) -> Row | tuple[Row, ...]:
        """Return one row, or a tuple of rows for a slice."""
        if isinstance(at, slice):
            return tuple(self)[at]
        values, missing, *others = (column[at] for column in self._columns)
        parts = (Part(name, amounts[at], weights[at]) for name, amounts, weights in self._parts)
        return Row(values, missing, tuple(parts), *others)

    def __eq__(self, other: object) -> bool:
        """Compare row by row."""
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]


def figures(
    sums: Sums, *, definition: Definition, dimensions: tuple[str, ...], expected: Expected
) -> Figures:
    """The finished figures, in the order of the sums."""
    amounts = _with_means(sums, definition)
    values, missing = _values(amounts, sums, definition)
    told = _Told(definition, dimensions, expected)
    columns = (
        values,
        missing,
        sums.organisation,
        sums.period,
        told.cells(sums.categories),
        _broken_down(sums, dimensions),
        sums.organisations,
        sums.partial,
        sums.reporting,
        told.expected_of(sums.period),
        told.doubled(sums.organisations),
        told.lacking(missing, amounts, sums.seen),
        sums.gap,
    )
    names = definition.formula.names()
    return Figures(columns, list(zip(names, amounts, sums.weights, strict=True)))


def _with_means(sums: Sums, definition: Definition) -> list[Amounts]:
    """Amounts with sums of means divided by their cases."""
    return [
        _means(amounts, weights) if spec.adds is Adds.MEAN else amounts
        for amounts, weights, (_, spec) in zip(
            sums.amounts, sums.weights, definition.measures, strict=True
        )
    ]


def _means(amounts: Amounts, weights: Sequence[int | None]) -> Amounts:
    return [
        rounded(amount / weight) if amount is not None and weight else None
        for amount, weight in zip(amounts, weights, strict=True)
    ]


def _values(
    amounts: list[Amounts], sums: Sums, definition: Definition
) -> tuple[list[Decimal | None], list[Missing | None]]:
    known = [True] * len(sums)
    for column in filter(_gappy, amounts):
        known = [k and a is not None for k, a in zip(known, column, strict=True)]
    whole = all(known)
    columns = amounts if whole else [list(compress(column, known)) for column in amounts]
    computed = _computed(columns, definition)
    if whole and not _gappy(computed):
        return computed, [None] * len(sums)
    return _spread(computed, known, sums, additive=definition.formula.additive)


def _gappy(column: Amounts) -> bool:
    """Whether there is a None; ``in`` would compare every decimal with it, ten times slower."""
    return type(None) in set(map(type, column))


def _computed(columns: list[Amounts], definition: Definition) -> list[Decimal | None]:
    """Values of rows that have all amounts; None where one divides by zero."""
    if isinstance(definition.formula.root, Name) and definition.factor == 1:
        return columns[0]  # sums carry no more decimals than results
    names, size = definition.formula.names(), len(columns[0])
    try:
        values = column_of_values(
            definition.formula,
            dict(zip(names, columns, strict=True)),  # type: ignore[arg-type]
            size,
        )
    except DivisionByZeroError:
        if size == 1:
            return [None]
        rows = zip(*columns, strict=True)
        return [_computed([[amount] for amount in row], definition)[0] for row in rows]
    if definition.factor != 1:
        values = list(map(mul, values, repeat(definition.factor)))
    return list(rounded_column(values))


def _spread(
    computed: list[Decimal | None], known: list[bool], sums: Sums, *, additive: bool
) -> tuple[list[Decimal | None], list[Missing | None]]:
    """Put values back in their rows and say of the others why they are missing."""
    values: list[Decimal | None] = []
    missing: list[Missing | None] = []
    rest = iter(computed)
    for row, complete in enumerate(known):
        value = next(rest) if complete else None
        values.append(value)
        if value is not None:
            missing.append(None)
        elif complete:
            missing.append(Missing.DIVISION_BY_ZERO)
        else:
            missing.append(_reason(sums, row, additive=additive))
    return values, missing


def _reason(sums: Sums, row: int, *, additive: bool) -> Missing:
    seen = [column[row] for column in sums.seen]
    if not any(seen):
        return Missing.NO_AMOUNT if sums.reporting[row] else Missing.NOT_REPORTED
    return Missing.NOT_TOGETHER if all(seen) and not additive else Missing.NOT_REPORTED


def _broken_down(sums: Sums, dimensions: tuple[str, ...]) -> Sequence[bool]:
    if not dimensions:
        return [True] * len(sums)
    return [categories[0] is not None for categories in sums.categories]


@dataclass(slots=True)
class _Told:
    """What the definition and the caller add to every figure."""

    definition: Definition
    dimensions: tuple[str, ...]
    expected: Expected
    known: dict[Categories, Cell] = field(default_factory=dict)

    def cells(self, column: Sequence[Categories]) -> list[Cell]:
        if not self.dimensions:
            return [_TOTAL] * len(column)
        for categories in set(column):
            pairs = zip(self.dimensions, categories, strict=True)
            self.known[categories] = Cell.of({d: text for d, text in pairs if text is not None})
        return [self.known[categories] for categories in column]

    def expected_of(self, periods: Sequence[int | None]) -> Sequence[int | None]:
        if isinstance(self.expected, Mapping):
            return [None if p is None else self.expected.get(p) for p in periods]
        return [self.expected] * len(periods)

    def doubled(self, organisations: Sequence[int]) -> Sequence[bool]:
        if not self.definition.counts_persons or max(organisations, default=0) <= 1:
            return [False] * len(organisations)
        return [number > 1 for number in organisations]

    def lacking(
        self,
        missing: Sequence[Missing | None],
        amounts: list[Amounts],
        seen: list[Sequence[int]],
    ) -> list[tuple[str, ...]]:
        if not any(missing):
            return [()] * len(missing)
        names, additive = self.definition.formula.names(), self.definition.formula.additive
        return [
            ()
            if reason is None
            else tuple(
                name
                for i, name in enumerate(names)
                if (amounts[i][row] is None if additive else not seen[i][row])
            )
            for row, reason in enumerate(missing)
        ]
