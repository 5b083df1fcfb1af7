"""Plays the demo's rounds: opened, reported, approved, corrected, closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, TypedDict

from wirknetz.cli.demo_data import numbers
from wirknetz.cli.demo_data.cast import House
from wirknetz.cli.demo_data.people import Stage
from wirknetz.cli.demo_data.plan import Counted
from wirknetz.core.values import Cell, Period, State, Value
from wirknetz.measurement.actions import collection, rounds
from wirknetz.measurement.actions.collection import Choice, Row
from wirknetz.measurement.rules.drafts import RoundDraft
from wirknetz.network.rules import Actor

EXPLANATION: Final = "Die Zahl stimmt. Wir haben sie noch einmal nachgezählt."
COARSE: Final = "bfw"
"""This house breaks down by gender only."""


class Where(TypedDict):
    """Which submission."""

    round_id: int
    organisation_id: int


@dataclass(frozen=True)
class Played:
    """A round being played: where, which, of whom, about what, when."""

    stage: Stage
    number: int
    round_id: int
    measures: Mapping[str, int]
    plan: tuple[Counted, ...]

    def report(self, house: House, *, at: dt.datetime, share: float = 1.0) -> None:
        """Record what this house counts; with ``share`` below 1 only the first part of it."""
        by, _ = self.stage.people_of(house.key)
        asked = [one for one in self.plan if house.reports in one.asked_of]
        kept = asked[: max(1, round(len(asked) * share))]
        found = amounts(house, self.number, kept)
        rows = [Row(self.measures[code], cell, value) for code, cell, value in found]
        collection.record(
            by=by, round_id=self.round_id, organisation_id=self.stage.houses[house.key],
            rows=rows, choices=self._choices(house, kept), at=at,
        )  # fmt: skip

    def _where(self, house: House) -> Where:
        return {"round_id": self.round_id, "organisation_id": self.stage.houses[house.key]}

    def _choices(self, house: House, asked: Iterable[Counted]) -> dict[int, Choice]:
        if house.key != COARSE:
            return {}
        return {
            self.measures[one.code]: Choice(grain="gender")
            for one in asked
            if "gender" in one.dimensions
        }

    def submit(self, house: House, *, at: dt.datetime) -> None:
        """Hand it in; questions of the check are answered with a sentence."""
        by, _ = self.stage.people_of(house.key)
        where = self._where(house)
        try:
            collection.submit(by=by, at=at, **where)
        except collection.NotReady as not_ready:
            answers = {q.key: EXPLANATION for q in not_ready.dossier.questions}
            collection.answer(by=by, answers=answers, at=at, **where)
            collection.submit(by=by, at=at, **where)

    def approve(self, house: House, *, at: dt.datetime, minutes: int = 15) -> None:
        """The second person stands behind it."""
        by, second = self.stage.people_of(house.key)
        where = self._where(house)
        collection.approve(by=second, at=at, **where)
        collection.tell_minutes(by=by, minutes=minutes, at=at, **where)

    def correct(
        self, house: House, changes: Mapping[str, Decimal], reason: str, *, at: dt.datetime
    ) -> None:
        """Mend approved values of measures without breakdown; approved again."""
        by, second = self.stage.people_of(house.key)
        where = self._where(house)
        collection.correct(by=by, reason=reason, at=at, **where)
        rows = [Row(self.measures[c], Cell(), Value(amount=a)) for c, a in changes.items()]
        collection.record(by=by, rows=rows, at=at, **where)
        self.submit(house, at=at + dt.timedelta(hours=1))
        collection.approve(by=second, at=at + dt.timedelta(hours=2), agreed=True, **where)

    def return_(self, house: House, reason: str, *, at: dt.datetime) -> None:
        """The coordinating office gives it back."""
        collection.return_(
            by=self.stage.boss, round_id=self.round_id, reason=reason, at=at,
            organisation_id=self.stage.houses[house.key],
        )  # fmt: skip

    def report_late(self, house: House, reason: str, *, at: dt.datetime) -> None:
        """Everything after the round has closed: a correction with a reason."""
        by, _ = self.stage.people_of(house.key)
        collection.correct(
            by=by, round_id=self.round_id, reason=reason, at=at,
            organisation_id=self.stage.houses[house.key],
        )  # fmt: skip
        self.report(house, at=at)
        self.submit(house, at=at)
        self.approve(house, at=at, minutes=60)


def amounts(house: House, number: int, asked: Iterable[Counted]) -> list[tuple[str, Cell, Value]]:
    """Measure, cell and value of everything this house says in this round."""
    if house.reports == "small":
        return [(c, Cell(), Value(amount=a)) for c, a in numbers.small(house, number).items()]
    totals = numbers.totals(house, number)
    said: list[tuple[str, Cell, Value]] = []
    for one in asked:
        said += _values(house, number, one, totals)
    return said


def _values(
    house: House, number: int, one: Counted, totals: Mapping[str, Decimal]
) -> list[tuple[str, Cell, Value]]:
    if one.code == "kooperationen":
        kinds = numbers.cooperations(house, number)
        return [(one.code, Cell.of({"art": k}), Value(amount=a)) for k, a in kinds.items()]
    if one.code == "gespraeche" and house.key == "klinik_a":
        return [(one.code, Cell(), Value(State.NOT_COLLECTED))]
    total = totals[one.code]
    if one.adds == "mean":
        return [(one.code, Cell(), Value(amount=total, n=max(1, int(totals["beendet"] * 2 // 3))))]
    if not one.dimensions:
        return [(one.code, Cell(), Value(amount=total))]
    return [
        (one.code, cell, Value(amount=amount))
        for cell, amount in _cells(house, number, one, total).items()
    ]


def _cells(house: House, number: int, one: Counted, total: Decimal) -> dict[Cell, Decimal]:
    fine = numbers.spread(house, number, one.code, total)
    if house.key != COARSE:
        return {Cell.of(items): amount for items, amount in fine.items()}
    coarse: dict[Cell, Decimal] = {}
    for items, amount in fine.items():
        cell = Cell.of({"gender": dict(items)["gender"]})
        coarse[cell] = coarse.get(cell, Decimal(0)) + amount
    return coarse


def plan_round(
    stage: Stage,
    period: Period,
    days: tuple[dt.date, dt.date, dt.date],
    *,
    houses: Iterable[House],
    plan: tuple[Counted, ...],
    measures: Mapping[str, int],
    at: dt.datetime,
) -> int:
    """Plan and open a round that asks each house for its part. Returns its id."""
    opens, due, closes = days
    boss: Actor = stage.boss
    draft = RoundDraft(period, f"Erhebung {period.label()}", opens, due, closes)
    number = rounds.create_round(by=boss, draft=draft, like=rounds.Like.NOTHING, at=at)
    asked = {measures[one.code]: frozenset(one.dimensions) for one in plan}
    rounds.set_measures(by=boss, round_id=number, asked=asked, at=at)
    pairs = frozenset(
        (stage.houses[h.key], measures[one.code])
        for h in houses
        for one in plan
        if h.reports in one.asked_of
    )
    rounds.set_expectations(by=boss, round_id=number, pairs=pairs, at=at)
    rounds.open_round(by=boss, round_id=number, at=at)
    return number
