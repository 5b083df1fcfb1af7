"""Sums of parts on their way from an engine's rows to finished figures.

Held as columns: a result by organisation and period has thousands of rows, and column by
column Python works them off at the speed of C.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import and_, not_, or_
from typing import Any, Final

from wirknetz.core.measures.definition import AMOUNT_DECIMALS, Definition
from wirknetz.core.measures.query import Query
from wirknetz.core.values import Adds

_STEP: Final = Decimal(1).scaleb(-AMOUNT_DECIMALS)
Categories = tuple[str | None, ...]
Amounts = list[Decimal | None]
Organisation = int | str | None


@dataclass(slots=True)
class Sums:
    """The sums behind figures, one entry per figure in every list.

    ``amounts``, ``weights`` and ``seen`` hold one list per part; of a mean amounts hold
    Σ amount·n and weights Σ n. ``seen`` counts who had an amount, whether it counts or not.
    """

    organisation: Sequence[Organisation]
    period: Sequence[int | None]
    categories: Sequence[Categories]
    amounts: list[Amounts]
    weights: list[Sequence[int | None]]
    seen: list[Sequence[int]]
    organisations: Sequence[int]
    partial: Sequence[int]
    reporting: Sequence[int]
    gap: Sequence[bool]

    def __len__(self) -> int:
        """Return the number of figures."""
        return len(self.organisations)


def nothing(parts: int, dimensions: int) -> Sums:
    """One figure of nothing at all."""
    none: list[Any] = [[None] for _ in range(parts)]
    zero: list[Sequence[int]] = [[0] for _ in range(parts)]
    empty: list[Categories] = [(None,) * dimensions]
    return Sums([None], [None], empty, list(none), list(none), zero, [0], [0], [0], [False])


def read(rows: Iterable[Sequence[Any]], *, query: Query, definition: Definition) -> Sums:
    """The rows of a query, with exact decimals."""
    plan = query.plan
    columns = dict(zip(plan.columns, zip(*rows, strict=True), strict=False))
    size = len(columns.get("amount_0", ()))
    cuts = [columns.get(name, ()) for name in plan.dimensions]
    parts = range(len(plan.parts))
    none = [None] * size
    made = Sums(
        organisation=columns.get("organisation", none),
        period=columns.get("period", none),
        categories=list(zip(*cuts, strict=True)) if cuts else [()] * size,
        amounts=[_each(_decimal, Decimal, columns.get(f"amount_{i}", ())) for i in parts],
        weights=[
            _each(int, int, columns.get(f"weight_{i}", ())) if spec.adds is Adds.MEAN else none
            for i, (_, spec) in enumerate(definition.measures)
        ],
        seen=[_counts(columns, f"seen_{i}", "organisations") for i in parts],
        organisations=_counts(columns, "organisations"),
        partial=_counts(columns, "partial"),
        reporting=_counts(columns, "reporting"),
        gap=[False] * size,
    )
    return _per_unit(made, columns, together=plan.together) if plan.per_unit else made


def _per_unit(sums: Sums, columns: dict[str, Any], *, together: bool) -> Sums:
    """Work out what the engine need not send where each row is one organisation and period."""
    seen = [_present(amounts) for amounts in sums.amounts]
    every = list(map(min, *seen)) if len(seen) > 1 else seen[0]
    used = list(map(max, *seen)) if len(seen) > 1 and not together else every
    flawed = map(bool, columns.get("unusable", ()))
    sums.seen = list(seen)
    sums.organisations, sums.reporting = used, [1] * len(used)
    sums.partial = list(map(and_, used, map(or_, flawed, map(not_, every))))
    if together and 0 in every:
        sums.amounts = [
            [a if complete else None for a, complete in zip(amounts, every, strict=True)]
            for amounts in sums.amounts
        ]
    return sums


def _present(amounts: Amounts) -> list[int]:
    if type(None) not in set(map(type, amounts)):
        return [1] * len(amounts)
    return [0 if amount is None else 1 for amount in amounts]


def _counts(columns: dict[str, Any], name: str, instead: str = "") -> Sequence[int]:
    """A column of counts, or the one to be read ``instead`` where the plan leaves it out."""
    found = columns.get(name) or columns.get(instead, ())
    return found if set(map(type, found)) <= {int} else [int(number or 0) for number in found]


def _each(convert: Callable[[Any], Any], kind: type, column: Sequence[Any]) -> list[Any]:
    """The column as this kind of number. Counts repeat: each of them is converted once."""
    if set(map(type, column)) <= {kind, type(None)}:
        return list(column)
    known = {number: None if number is None else convert(number) for number in set(column)}
    return list(map(known.__getitem__, column))


def _decimal(number: Any) -> Decimal:
    """Exact: binary fractions are rounded to the four decimals amounts can have."""
    return Decimal(repr(number)).quantize(_STEP) if isinstance(number, float) else Decimal(number)
