"""A round with three measures: one broken down twice, one total, one mean."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.world import NOW, Role, World, add_measure, add_round
from wirknetz.core.values import Cell, Value
from wirknetz.measurement.actions import collection as actions
from wirknetz.measurement.models import (
    Category,
    Dimension,
    Entry,
    Measure,
    MeasureDimension,
    Round,
    RoundMeasure,
    Submission,
)

TOTAL = Cell()


@dataclass(frozen=True)
class Collection:
    """The round of `world.own`, and short ways to act in it."""

    world: World
    round: Round
    begun: Measure  # by age and gender
    ended: Measure  # total
    talks: Measure  # mean, one decimal

    @property
    def submission(self) -> Submission:
        return Submission.objects.get(round=self.round, organisation=self.world.own)

    def url(self, name: str, organisation: Any = None, **more: Any) -> str:
        where = {
            "slug": self.world.network.slug,
            "round_id": self.round.pk,
            "organisation_id": (organisation or self.world.own).pk,
        }
        return reverse(f"measurement:{name}", kwargs=where | more)

    def key(self, measure: Measure, cell: Cell = TOTAL) -> str:
        return f"{measure.pk}:{cell.key}"

    def record(self, *rows: actions.Row, by: Role = Role.PRACTITIONER_OWN, **more: Any) -> Any:
        given: dict[str, Any] = {"at": NOW, "partial": True} | more
        return actions.record(
            by=self.world.actor(by),
            round_id=self.round.pk,
            organisation_id=self.world.own.pk,
            rows=rows,
            **given,
        )

    def submit(self, by: Role = Role.PRACTITIONER_OWN, **more: Any) -> None:
        actions.submit(**self.who(by), **{"at": NOW} | more)

    def approve(self, by: Role = Role.LEADERSHIP_OWN, **more: Any) -> str:
        return actions.approve(**self.who(by), **{"at": NOW} | more)

    def who(self, by: Role) -> dict[str, Any]:
        return {
            "by": self.world.actor(by),
            "round_id": self.round.pk,
            "organisation_id": self.world.own.pk,
        }

    def client(self, role: Role = Role.PRACTITIONER_OWN) -> Client:
        return self.world.client(role)

    def current(self) -> dict[tuple[str, str], Any]:
        """What is said now: amount or state by measure code and cell key."""
        rows = Entry.objects.filter(submission=self.submission, superseded_at__isnull=True)
        return {
            (row.measure.code, row.cell.key): row.state if row.amount is None else row.amount
            for row in rows.select_related("measure", "cell")
        }


def row(measure: Measure, amount: Any = None, cell: Cell = TOTAL, **more: Any) -> actions.Row:
    """A row with this amount; None says nothing any more."""
    n = more.pop("n", None)
    value = None if amount is None else Value(amount=Decimal(amount), n=n)
    return actions.Row(measure.pk, cell, value, **more)


def cell(**categories: str) -> Cell:
    return Cell.of(categories)


@pytest.fixture
def collection(world: World) -> Collection:
    return build_collection(world)


def build_collection(world: World) -> Collection:
    network = world.network
    gender = add_dimension(
        world, "geschlecht", "Geschlecht", {"w": "Frauen", "m": "Männer", "d": "divers"}
    )
    age = add_dimension(world, "alter", "Alter", {"jung": "18–29", "mitte": "30–49", "alt": "50+"})
    begun = add_measure(
        network, "begonnen", name="Begonnene Begleitungen", group="Begleitung", position=1
    )
    ended = add_measure(
        network, "beendet", name="Beendete Begleitungen", group="Begleitung", position=2
    )
    talks = add_measure(
        network, "gespraeche", name="Gespräche je Person", group="Gespräche", unit="", position=3,
        adds="mean", counts="other", decimals=1,
    )  # fmt: skip
    for dimension in (gender, age):
        MeasureDimension.objects.create(measure=begun, dimension=dimension)
    made = add_round(
        network,
        measures=(begun, ended, talks),
        organisations=(world.own, world.shared, world.third),
    )
    RoundMeasure.objects.filter(round=made, measure=begun).update(grain="alter,geschlecht")
    return Collection(world, made, begun, ended, talks)


def add_dimension(world: World, code: str, name: str, categories: dict[str, str]) -> Dimension:
    made = Dimension.objects.create(network=world.network, code=code, name=name)
    for position, (category, label) in enumerate(categories.items()):
        Category.objects.create(dimension=made, code=category, name=label, position=position)
    return made


@pytest.fixture
def fill(collection: Collection) -> Callable[[], None]:
    """Answer everything."""
    return lambda: fill_all(collection)


def fill_all(collection: Collection, **more: Any) -> None:
    cells = [cell(alter=a, geschlecht=g) for a in ("jung", "mitte", "alt") for g in ("w", "m", "d")]
    collection.record(
        *(row(collection.begun, 3, c) for c in cells),
        row(collection.ended, 12),
        row(collection.talks, "4.5", n=12),
        **more,
    )
