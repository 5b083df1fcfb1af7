"""When late changes of several organisations may be seen by others, so that none tells anything.

Whoever noted a figure of a closed round and sees it again after a change knows the change. It may
be seen where enough organisations changed the same places and are otherwise alike: every figure,
broken down or not, sums over all of them or over none.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

Place = tuple[int, str, bool]
"""Measure, key of the cell, whether it counts for the total."""
Amounts = Mapping[Place, tuple[Decimal, int | None]]
"""Amount and cases behind it; what has none is not in it."""


@dataclass(frozen=True, slots=True)
class Change:
    """What others last saw of an organisation in a round, and what it says now."""

    before: Amounts
    after: Amounts

    @property
    def places(self) -> frozenset[Place]:
        """Where it differs."""
        every = self.before.keys() | self.after.keys()
        return frozenset(p for p in every if self.before.get(p) != self.after.get(p))

    @property
    def shape(self) -> tuple[frozenset[Place], frozenset[Place]]:
        """Where it had and has amounts: that decides into which figures it goes."""
        return frozenset(self.before), frozenset(self.after)


def shown_together(changes: Mapping[int, Change], *, least: int) -> frozenset[int]:
    """Which of these (by any number) may be seen now: at each place at least ``least`` of a shape.

    ``least`` counts the viewer's own, so it is larger than the number of others that must stand
    behind a figure. What changed nothing may be seen at once.
    """
    shapes: dict[object, dict[int, Change]] = defaultdict(dict)
    for number, change in changes.items():
        shapes[change.shape][number] = change
    return frozenset(number for group in shapes.values() for number in _enough(group, least))


def _enough(group: Mapping[int, Change], least: int) -> frozenset[int]:
    """Leave out whoever changed a place that too few others changed, until nobody is left out."""
    kept = dict(group)
    while True:
        counted = Counter(place for change in kept.values() for place in change.places)
        lonely = [n for n, c in kept.items() if any(counted[p] < least for p in c.places)]
        if not lonely:
            return frozenset(kept)
        for number in lonely:
            del kept[number]
