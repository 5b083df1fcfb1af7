"""A network with two measures, and short ways to plan rounds in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from tests.world import Role, World, add_measure
from wirknetz.core.values import Period
from wirknetz.measurement.actions import rounds as actions
from wirknetz.measurement.models import Dimension, Measure, Round
from wirknetz.measurement.rules.drafts import RoundDraft

OPENS = dt.date(2026, 10, 1)
DUE = dt.date(2026, 10, 21)
CLOSES = dt.date(2026, 11, 4)


def at_day(day: dt.date, hour: int = 9) -> dt.datetime:
    """A moment on this day in Berlin's morning."""
    return dt.datetime(day.year, day.month, day.day, hour, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Planning:
    """The coordinator at work."""

    world: World
    begun: Measure  # may be broken down by age
    ended: Measure

    def plan(self, period: str = "2026Q3", like: str = "all", **changed: Any) -> Round:
        """A round of this period; begins with everything of everybody."""
        given: dict[str, Any] = {
            "period": Period.parse(period), "title": f"Runde {period}",
            "opens_on": OPENS, "due_on": DUE, "closes_on": CLOSES,
        }  # fmt: skip
        pk = actions.create_round(
            by=self.world.actor(Role.COORDINATOR),
            draft=RoundDraft(**given | changed),
            like=actions.Like(like),
            at=at_day(dt.date(2026, 9, 20)),
        )
        return Round.objects.get(pk=pk)

    def opened(self, period: str = "2026Q3", **changed: Any) -> Round:
        """A round opened on its first day."""
        one = self.plan(period, **changed)
        actions.open_round(
            by=self.world.actor(Role.COORDINATOR), round_id=one.pk, at=at_day(one.opens_on)
        )
        one.refresh_from_db()
        return one


@pytest.fixture
def planning(world: World) -> Planning:
    """Two measures, one with a dimension."""
    begun, ended = (add_measure(world.network, code) for code in ("begonnen", "beendet"))
    age = Dimension.objects.create(network=world.network, code="alter", name="Alter")
    begun.dimensions.add(age)
    return Planning(world, begun, ended)


@pytest.fixture
def coordinator(world: World) -> Client:
    """The coordinator's browser."""
    return world.client(Role.COORDINATOR)


@pytest.fixture
def at(world: World) -> Callable[[str], str]:
    """Addresses below the network's rounds."""
    return lambda path: f"/netz/{world.network.slug}/wirkung/runden/{path}"
