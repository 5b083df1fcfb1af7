"""Figures: one number for one place in the breakdown, whatever it was made from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from wirknetz.core.files.recognition.desk import Desk, digest
from wirknetz.core.files.recognition.joining.claims import Claim
from wirknetz.core.files.recognition.model import AsideCode, Choice, QuestionCode
from wirknetz.core.values import Cell, State, Value

Parts = frozenset[tuple[str, str]]
"""Category by dimension."""


@dataclass(slots=True, eq=False)
class Figure:
    """One number. ``claims`` are what it is made from, added up if ``added``."""

    parts: Parts
    value: Value | None
    claims: tuple[Claim, ...]
    needs: set[str] = field(default_factory=set)
    added: bool = False

    @property
    def amount(self) -> Decimal | None:
        """Its number; None for a state or where it waits for an answer."""
        return self.value.amount if self.value else None

    @property
    def dimensions(self) -> frozenset[str]:
        """What it is broken down by."""
        return frozenset(dimension for dimension, _ in self.parts)

    @property
    def sure(self) -> float:
        """Its weakest link."""
        return min((claim.sure for claim in self.claims), default=1.0)

    @property
    def cell(self) -> Cell:
        """Its place in the breakdown."""
        return Cell.of(self.parts)


def figure_of(parts: Parts, claims: Sequence[Claim], measure: str, desk: Desk) -> Figure:
    """One number from all claims for the same place: asked if they differ."""
    valued = [claim for claim in claims if claim.value is not None] or list(claims)
    numbers: dict[Value | None, list[Claim]] = {}
    for claim in valued:
        numbers.setdefault(claim.value, []).append(claim)
    if any(_is_amount(value) for value in numbers):
        numbers = {value: found for value, found in numbers.items() if _is_amount(value)}
    if all(claim.adding for claim in claims):
        return added(parts, [Figure(parts, c.value, (c,), set(c.needs)) for c in claims])
    shared = set.intersection(*(claim.needs for claim in claims))
    if len(numbers) > 1 and any(need.startswith("pages|") for need in shared):
        return Figure(parts, None, tuple(claims), shared)
    if len(numbers) == 1:
        value, found = next(iter(numbers.items()))
        best = _best(found)
        for other in claims:
            if other is not best and other.value == value:
                desk.aside(AsideCode.SUM_AGREES, other.address)
        return Figure(parts, value, (best,), set(best.needs))
    return _asked(parts, numbers, measure, desk)


def _is_amount(value: Value | None) -> bool:
    return value is not None and value.state is State.AMOUNT


def _best(claims: Sequence[Claim]) -> Claim:
    """The surest of several that say the same."""
    return min(claims, key=lambda c: (len(c.needs), -c.sure, c.leaning))


def _asked(
    parts: Parts, numbers: Mapping[Value | None, Sequence[Claim]], measure: str, desk: Desk
) -> Figure:
    firsts = [_best(found) for found in numbers.values()]
    paths = [path_of(claim) for claim in firsts]
    told_apart = len(set(paths)) == len(paths)
    names = paths if told_apart else [f"{c.address.page}!{c.address.a1}" for c in firsts]
    cell = Cell.of({d: c.strip("~?") or "-" for d, c in parts})
    about = (measure, cell.key, *names)
    key = f"two|{'|'.join(about)}" if told_apart else f"two|{digest(*about, *numbers)}"
    choices = tuple(
        Choice(f"this:{name}", {"text": claim.spot.token.text, "place": claim.address.a1})
        for name, claim in zip(names, firsts, strict=True)
    )
    answer = desk.ask(
        QuestionCode.TWO_NUMBERS, key, [c.address for found in numbers.values() for c in found],
        (*choices, Choice("add"), Choice("ignore")), params={"measure": measure, "cell": cell.key},
    )  # fmt: skip
    if answer == "add":
        return added(parts, [Figure(parts, c.value, (c,), set(c.needs)) for c in firsts])
    for name, claim in zip(names, firsts, strict=True):
        if answer == f"this:{name}":
            return Figure(parts, claim.value, (claim,), set(claim.needs))
    waiting = set() if answer else {key}
    return Figure(parts, None, tuple(firsts), waiting)


def path_of(claim: Claim) -> str:
    """The labels of a number as one text, the same next quarter."""
    return "/".join(link.said.key for link in claim.spot.links if link.said.key)


def added(parts: Parts, figures: Iterable[Figure]) -> Figure:
    """The sum of several figures; without a number if one of them has none."""
    found = tuple(figures)
    amounts = [figure.amount for figure in found]
    total = sum((a for a in amounts if a is not None), Decimal(0))
    value = Value(State.AMOUNT, total) if None not in amounts else None
    needs = {need for figure in found for need in figure.needs}
    return Figure(parts, value, tuple(c for f in found for c in f.claims), needs, added=True)
