"""What a submission says, with the changes of one call laid over it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from wirknetz.core.values import Cell, State, Value
from wirknetz.measurement.queries.collection.said import Said

Place = tuple[int, Cell]


@dataclass(slots=True)
class Sheet:
    """Current values and the changes to come; nothing is written here."""

    said: Mapping[Place, Said]
    changes: dict[Place, Value | None] = field(default_factory=dict)
    sources: dict[Place, Mapping[str, object]] = field(default_factory=dict)

    def value(self, place: Place) -> Value | None:
        """What stands there once the changes are made."""
        if place in self.changes:
            return self.changes[place]
        here = self.said.get(place)
        return here.value if here else None

    def put(self, place: Place, value: Value | None) -> None:
        """Say this at this place; None says nothing any more."""
        self.changes[place] = value

    def places(self, measure_id: int) -> list[Place]:
        """Places of a measure that will say something."""
        known = dict.fromkeys([*self.said, *self.changes])
        return [p for p in known if p[0] == measure_id and self.value(p) is not None]

    def grains(self, measure_id: int) -> set[str]:
        """Grains at which the measure will say something."""
        return {cell.grain for _, cell in self.places(measure_id)}

    def written(self) -> Iterator[tuple[Place, Value]]:
        """Places that get a new row."""
        for place, value in self.changes.items():
            here = self.said.get(place)
            if value is not None and (here is None or here.value != value):
                yield place, value

    def ended(self) -> Iterator[Said]:
        """Rows that no longer hold."""
        for place, value in self.changes.items():
            here = self.said.get(place)
            if here is not None and here.value != value:
                yield here


def base_grain(values: Iterable[tuple[Cell, Value]]) -> str:
    """The grain that counts for the total: the coarsest with an amount, then by alphabet.

    Where no grain has an amount, the coarsest at all.
    """
    found = list(values)
    amounts = {cell.grain for cell, value in found if value.state is State.AMOUNT}
    grains = amounts or {cell.grain for cell, _ in found}
    return min(grains, key=lambda g: (len(g.split(",")) if g else 0, g), default="")


def summed(values: Iterable[tuple[Cell, Value]], grain: str) -> dict[Cell, Value]:
    """The amounts of a finer breakdown added up to this grain.

    Empty where a state among them, a missing dimension or a mean without cases forbids it.
    """
    wanted = set(filter(None, grain.split(",")))
    sums: dict[Cell, Decimal] = {}
    for cell, value in values:
        if value.amount is None or value.n is not None or not wanted <= {d for d, _ in cell.items}:
            return {}
        coarse = Cell.of((d, c) for d, c in cell.items if d in wanted)
        sums[coarse] = sums.get(coarse, Decimal(0)) + value.amount
    return {cell: Value(amount=amount) for cell, amount in sums.items()}
