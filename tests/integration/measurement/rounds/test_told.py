"""What the office is told before and while a round runs: who hears nothing, what is too early."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from tests.integration.measurement.rounds.conftest import Planning
from tests.world import Role, World, add_affiliation, add_person
from wirknetz.core.values import Period, PeriodKind
from wirknetz.measurement.actions import rounds as actions
from wirknetz.measurement.models import Round
from wirknetz.measurement.queries.rounds import untold

At = Callable[[str], str]
EARLY = "Der Zeitraum ist noch nicht zu Ende"


def planned(planning: Planning, period: str) -> Round:
    """A round that may be opened today."""
    today = timezone.localdate()
    return planning.plan(
        period, opens_on=today, due_on=today + dt.timedelta(9), closes_on=today + dt.timedelta(19)
    )


def test_who_has_no_account_is_named_before_and_while_the_round_runs(
    world: World, planning: Planning, coordinator: Client, at: At
) -> None:
    for name, organisation in (("Ohne Zugang", world.own), ("Nora <Neu>", world.third)):
        person = add_person(name, f"{organisation.pk}@example.org", account=False)
        add_affiliation(world.network, person, organisation)
    one = planned(planning, "2026Q3")
    pages = [coordinator.get(at(f"{one.pk}/oeffnen/")).content.decode()]
    actions.open_round(by=world.actor(Role.COORDINATOR), round_id=one.pk, at=timezone.now())
    pages.append(coordinator.get(at(f"{one.pk}/")).content.decode())
    for page in pages:
        said = page.partition("Wer nichts davon erfährt")[2].partition("</ul>")[0]
        assert "Ohne Zugang" in said
        assert "Nora &lt;Neu&gt;" in said
        assert said.count("dort erfährt es niemand") == 1  # the others have a colleague who does
        assert f"/organisationen/{world.third.pk}/" in said
        assert world.shared.name not in said


def test_partners_are_not_shown_who_has_no_account(
    world: World, planning: Planning, at: At
) -> None:
    one = planning.opened()
    page = world.client(Role.LEADERSHIP_OWN).get(at(f"{one.pk}/")).content.decode()
    assert "Wer nichts davon erfährt" not in page


def test_where_everybody_is_told_nothing_is_said(world: World) -> None:
    assert untold(world.network.pk, {world.own.pk: "Haus"}) == ()
    (nobody,) = untold(world.network.pk, {world.third.pk: "Amt"})
    assert (nobody.names, nobody.reached) == ((), False)


@pytest.mark.parametrize(("steps", "early"), [(-1, False), (0, True), (1, True)])
def test_a_period_that_is_not_over_is_warned_of_and_may_open_all_the_same(
    planning: Planning, coordinator: Client, at: At, steps: int, early: bool
) -> None:
    period = Period.containing(PeriodKind.QUARTER, timezone.localdate()).shift(steps)
    one = planned(planning, period.code)
    for path in ("", "oeffnen/"):
        page = coordinator.get(at(f"{one.pk}/{path}")).content.decode()
        assert (EARLY in page) is early
        assert (f"{period.label()} dauert bis {period.end:%d.%m.%Y}" in page) is early
    page = coordinator.post(at(f"{one.pk}/oeffnen/"), follow=True).content.decode()
    assert "Die Runde ist offen." in page
    assert EARLY not in page
