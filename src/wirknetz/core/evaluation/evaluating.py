"""Adding up: totals, breakdowns and indicators over everybody who reported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from wirknetz.core.evaluation.definition import Indicator, Round
from wirknetz.core.evaluation.model import Gathered
from wirknetz.core.measures import Definition, evaluate, evaluate_all
from wirknetz.core.values import Cell, Missing, Row, State


@dataclass(frozen=True, slots=True)
class Total:
    """One sum: of the network, or of one organisation; ``cell`` is empty for a total.

    ``organisations`` of ``expected`` stand behind it. ``broken_down`` is False for what was
    reported coarser than this breakdown. ``persons_doubled``: the same person may be in it
    more than once.
    """

    measure: str
    amount: Decimal | None
    organisations: int
    expected: int
    organisation: str = ""
    cell: Cell = field(default_factory=Cell)
    broken_down: bool = True
    persons_doubled: bool = False


@dataclass(frozen=True, slots=True)
class IndicatorResult:
    """One indicator: its value over those who reported every part of it."""

    indicator: Indicator
    value: Decimal | None
    missing: Missing | None
    organisations: int
    expected: int


@dataclass(frozen=True, slots=True)
class Evaluated:
    """Everything a round adds up to."""

    round: Round
    gathered: tuple[Gathered, ...]
    totals: tuple[Total, ...]
    cells: tuple[Total, ...]
    by_organisation: tuple[Total, ...]
    indicators: tuple[IndicatorResult, ...]

    @property
    def settled(self) -> bool:
        """Whether nobody has to answer anything."""
        return not any(one.asks for gathered in self.gathered for one in gathered.open)

    @property
    def everybody(self) -> bool:
        """Whether there is a file of every organisation."""
        return all(gathered.file for gathered in self.gathered)


def evaluate_round(round_: Round, gathered: Iterable[Gathered]) -> Evaluated:
    """Add up what was gathered; organisations without a file count among those expected."""
    parts = tuple(gathered)
    facts, expected = _facts(round_, parts), len(round_.partners)
    definitions = [Definition.of(code, round_.specs) for code in round_.specs]
    options: dict[str, Any] = {
        "dimensions": [one.code for one in round_.dimensions], "expected": expected,
    }  # fmt: skip
    codes = tuple(round_.specs)
    totals = _totals(codes, evaluate_all(facts, definitions, **options))
    own = _totals(codes, evaluate_all(facts, definitions, by=("organisation",), **options))
    results = ((one, evaluate(facts, one.definition, **options).one()) for one in round_.indicators)
    return Evaluated(
        round_,
        parts,
        tuple(totals),
        tuple(_cells(facts, round_, options)),
        tuple(own),
        tuple(_result(one, row, expected) for one, row in results),
    )


def _facts(round_: Round, gathered: Sequence[Gathered]) -> Any:
    import pyarrow as pa  # only where something is evaluated

    said = [(part.organisation, one) for part in gathered for one in part.values]
    columns: dict[str, Any] = {
        "organisation": pa.array([name for name, _ in said], pa.string()),
        "period": pa.array([round_.period.ordinal] * len(said), pa.int64()),
        "measure": pa.array([one.measure for _, one in said], pa.string()),
        "amount": pa.array([one.value.amount for _, one in said], pa.decimal128(24, 4)),
        "state": pa.array([one.value.state.value for _, one in said], pa.string()),
        "n": pa.array([one.value.n for _, one in said], pa.int64()),
    }
    for dimension in round_.dimensions:
        categories = [one.cell.category(dimension.code) for _, one in said]
        columns[dimension.code] = pa.array(categories, pa.string())
    return pa.table(columns)


def _totals(codes: Iterable[str], tables: Iterable[Iterable[Row]]) -> Iterator[Total]:
    for code, table in zip(codes, tables, strict=True):
        yield from (_total(code, row) for row in table)


def _total(code: str, row: Row) -> Total:
    return Total(
        code,
        row.value,
        row.organisations,
        row.expected or 0,
        str(row.organisation or ""),
        row.cell,
        row.broken_down,
        row.persons_doubled,
    )


def _cells(facts: Any, round_: Round, options: dict[str, Any]) -> Iterator[Total]:
    """Every measure by the finest breakdown that is asked of it."""
    for measure in round_.measures:
        finest = measure.grains[0]
        if finest:
            definition = Definition.of(measure.code, round_.specs)
            table = evaluate(facts, definition, by=finest.split(","), **options)
            yield from (_total(measure.code, row) for row in table)


def _result(indicator: Indicator, row: Row, expected: int) -> IndicatorResult:
    return IndicatorResult(indicator, row.value, row.missing, row.organisations, expected)


def states(gathered: Gathered) -> Iterator[tuple[str, State]]:
    """The measures for which the organisation says why there is no amount."""
    for one in gathered.values:
        if one.value.state is not State.AMOUNT:
            yield one.measure, one.value.state
