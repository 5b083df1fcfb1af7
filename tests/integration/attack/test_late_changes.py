"""Whoever noted a figure of a closed round and looks again learns no single late change."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from tests.integration.measurement.results.conftest import APPROVED, add_version
from tests.world import Role, add_affiliation, add_organisation, add_round
from wirknetz.core.values import Period
from wirknetz.foundation.audit import system
from wirknetz.foundation.models import AuditEvent
from wirknetz.measurement.actions.collection.holding import hold_back, hold_latecomers
from wirknetz.measurement.models import Entry, Expectation, Indicator, Submission
from wirknetz.measurement.queries import results
from wirknetz.measurement.rules.results import sight_of

pytestmark = pytest.mark.django_db
Q1, Q2 = Period.parse("2026Q1"), Period.parse("2026Q2")
OTHERS = (Role.PRACTITIONER_OWN, Role.LEADERSHIP_OWN, Role.OBSERVER, Role.PRACTITIONER_FOREIGN)
LATER = APPROVED + dt.timedelta(days=3)


@pytest.fixture
def closed(plot: Any) -> Any:
    """Ten organisations; all but the last three reported before the round was closed."""
    for name in ("Erle", "Esche", "Linde", "Ulme", "Weide"):
        plot.organisations.append(add_organisation(f"Haus {name}", plot.world.network))
    for one in plot.rounds.values():
        Submission.objects.bulk_create(
            Submission(round=one, organisation=house) for house in plot.organisations[5:]
        )
        Expectation.objects.bulk_create(
            Expectation(round=one, organisation=house, measure=measure)
            for house in plot.organisations[5:]
            for measure in plot.measures.values()
        )
    for place in range(7):
        plot.both(place, "2026Q1", 1, 10)
    return plot


def say(
    plot: Any, place: int, measure: str, amount: int, *, agreed: bool = False, cell: str = "",
    period: str = "2026Q1", at: dt.datetime = LATER,
) -> None:  # fmt: skip
    """A late report or a correction, approved."""
    submission = Submission.objects.get(
        round=plot.rounds[period], organisation=plot.organisations[place]
    )
    Entry.objects.filter(
        submission=submission, measure__code=measure, cell__key=cell, superseded_at__isnull=True
    ).update(superseded_at=at, counted_until=at)
    plot.report(place, period, measure, amount, at=at, cell=cell)
    hold_back(submission, agreed=agreed, by=system("test"), at=at)


def figure(plot: Any, role: Role, code: str = "begonnen", period: Period = Q1) -> Any:
    if not Indicator.objects.filter(code=code).exists():
        one = Indicator.objects.create(network=plot.world.network, code=code, name=code)
        add_version(one, code, "2026Q1", percent=False)
    sight = sight_of(plot.world.actor(role), plot.world.network)
    found = results.result(plot.world.network, sight, code)
    assert found
    return next(f for f in found.figures if f.period == period)


def text(plot: Any, role: Role, path: str) -> str:
    base = f"/netz/{plot.world.network.slug}/wirkung/ergebnisse/"
    answer = plot.world.client(role).get(base + path)
    assert answer.status_code == 200
    return str(answer.content.decode())


# ----------------------------------------------------------------- one change waits


@pytest.mark.parametrize("role", OTHERS)
def test_a_late_report_is_not_seen_by_itself(closed: Any, role: Role) -> None:
    assert figure(closed, role).value == 70
    say(closed, 7, "begonnen", 4321)
    shown = figure(closed, role)
    assert (shown.value, shown.organisations, shown.held) == (70, 7, 1)
    office = figure(closed, Role.COORDINATOR)
    assert (office.value, office.organisations, office.held) == (4391, 8, 1)


@pytest.mark.parametrize("role", OTHERS)
def test_a_correction_is_not_seen_by_itself(closed: Any, role: Role) -> None:
    say(closed, 4, "begonnen", 4321)
    say(closed, 4, "begonnen", 4322, at=LATER + dt.timedelta(days=1))
    assert figure(closed, role).value == 70
    assert figure(closed, Role.COORDINATOR).value == 4382


def test_ones_own_change_is_seen_beside_the_figure_of_before(closed: Any) -> None:
    say(closed, 0, "begonnen", 4321)
    shown = figure(closed, Role.PRACTITIONER_OWN)
    assert (shown.value, shown.own) == (70, 4321)


def test_taking_ones_own_value_back_uncovers_nobody(closed: Any) -> None:
    """Her old value is still in the figure, so it must not count as one of the others."""
    Entry.objects.filter(organisation__in=closed.organisations[4:]).delete()
    assert figure(closed, Role.PRACTITIONER_OWN).value == 40
    Entry.objects.filter(organisation=closed.organisations[3]).delete()
    assert figure(closed, Role.PRACTITIONER_OWN).value is None
    submission = Submission.objects.get(
        round=closed.rounds["2026Q1"], organisation=closed.world.own
    )
    Entry.objects.filter(submission=submission).update(superseded_at=LATER, counted_until=LATER)
    hold_back(submission, agreed=False, by=system("test"), at=LATER)
    assert figure(closed, Role.PRACTITIONER_OWN).value is None


@pytest.mark.parametrize("role", OTHERS)
def test_no_page_and_no_file_shows_what_waits(closed: Any, role: Role) -> None:
    figure(closed, role)
    say(closed, 7, "begonnen", 4321)
    say(closed, 4, "begonnen", 5432)
    for path in (
        "", "begonnen/", "begonnen/?zeitraum=2026Q1", "begonnen/2026Q1/herkunft/",
        "begonnen/?zeitraum=2026Q1&nach=gender", "ergebnisse.csv", "begonnen/reihe.csv",
    ):  # fmt: skip
        page = text(closed, role, path)
        for amount in ("4321", "4.321", "4391", "4.391", "5432", "5.432", "9.813", "9813"):
            assert amount not in page, path
    assert "fehlt hier noch" in text(closed, role, "begonnen/?zeitraum=2026Q1")


def test_the_office_reads_that_others_see_less(closed: Any) -> None:
    figure(closed, Role.COORDINATOR)
    say(closed, 7, "begonnen", 4321)
    page = text(closed, Role.COORDINATOR, "begonnen/?zeitraum=2026Q1")
    assert "Was eine Organisation nach dem Schluss der Runde geändert hat, sehen Partner" in page
    assert "4.391" in page


def test_where_a_figure_comes_from_says_that_a_report_waits(closed: Any) -> None:
    figure(closed, Role.PRACTITIONER_OWN)
    say(closed, 7, "begonnen", 4321)
    Submission.objects.filter(held_since__isnull=False).update(state="approved")
    page = text(closed, Role.PRACTITIONER_OWN, "begonnen/2026Q1/herkunft/")
    assert "kommt später dazu" in page
    assert "kommt später dazu" not in text(closed, Role.COORDINATOR, "begonnen/2026Q1/herkunft/")


def test_running_totals_that_hold_it_wait_too(closed: Any) -> None:
    one = Indicator.objects.create(network=closed.world.network, code="bisher", name="Bisher")
    add_version(one, "begonnen", "2026Q1", percent=False, accumulate="cumulative")
    for place in range(7):
        closed.both(place, "2026Q2", 1, 5)
    say(closed, 7, "begonnen", 4321)
    assert figure(closed, Role.OBSERVER, "bisher", Q2).value == 70 + 35
    assert figure(closed, Role.COORDINATOR, "bisher", Q2).value == 70 + 35 + 4321


def test_a_running_total_says_that_something_in_it_waits(closed: Any) -> None:
    one = Indicator.objects.create(network=closed.world.network, code="bisher", name="Bisher")
    add_version(one, "begonnen", "2026Q1", percent=False, accumulate="cumulative")
    say(closed, 7, "begonnen", 4321)
    assert figure(closed, Role.OBSERVER, "bisher", Q2).held == 1
    assert figure(closed, Role.OBSERVER, "begonnen", Q2).held == 0


# ----------------------------------------------------------------- many are seen together


@pytest.mark.parametrize("role", OTHERS)
def test_four_alike_are_seen_together(closed: Any, role: Role) -> None:
    """Any partner among them knows her own, and three others remain."""
    for place in (3, 4, 5):
        say(closed, place, "begonnen", 20)
        assert figure(closed, role).value == 70
    say(closed, 6, "begonnen", 30)
    shown = figure(closed, role)
    assert (shown.value, shown.held) == (120, 0)
    event = AuditEvent.objects.get(action="round.late_changes_shown")
    assert len(event.details["submissions"]) == 4


def test_four_changes_of_different_measures_are_no_crowd(closed: Any) -> None:
    for place, measure in ((3, "begonnen"), (4, "begonnen"), (5, "fertig"), (6, "fertig")):
        say(closed, place, measure, 50)
    assert figure(closed, Role.OBSERVER).value == 70
    assert figure(closed, Role.OBSERVER, "fertig").value == 7


def test_somebody_else_who_came_in_uncovers_no_part_of_a_ratio(closed: Any) -> None:
    """One reports the part that was missing; four correct it: the ratio gains one denominator."""
    closed.report(7, "2026Q1", "begonnen", 4321)
    seen = figure(closed, Role.OBSERVER, "quote").value
    say(closed, 7, "fertig", 9)
    for place in (3, 4, 5):
        say(closed, place, "fertig", 2)
    assert figure(closed, Role.OBSERVER, "quote").value == seen
    say(closed, 6, "fertig", 2)
    after = figure(closed, Role.OBSERVER, "quote").value
    assert round(after, 3) == round(Decimal(1100) / 70, 3)  # without 4321: that one still waits


def test_who_acts_for_two_needs_one_more(closed: Any) -> None:
    add_affiliation(
        closed.world.network, closed.world.person(Role.PRACTITIONER_OWN), closed.world.shared
    )
    for place in (0, 1, 5, 6):
        say(closed, place, "begonnen", 20)
    for role in OTHERS:
        assert figure(closed, role).value == 70
    say(closed, 4, "begonnen", 20)
    for role in OTHERS:
        assert figure(closed, role).value == 120


def test_nobody_sees_another_figure_than_the_others(closed: Any) -> None:
    for place in (0, 3, 4, 5):
        say(closed, place, "begonnen", 20)
        assert len({figure(closed, role).value for role in OTHERS}) == 1


def test_a_breakdown_waits_as_its_total_does(closed: Any) -> None:
    for place in range(7):
        for code in ("w", "m"):
            closed.report(place, "2026Q2", "begonnen", 5, cell=f"gender={code}")
    figure(closed, Role.OBSERVER)
    which: dict[str, Any] = {"dimension": "gender", "period": Q2}
    sight = sight_of(closed.world.actor(Role.PRACTITIONER_OWN), closed.world.network)

    def groups() -> list[Any]:
        found = results.breakdown(closed.world.network, sight, "begonnen", **which)
        assert found
        return [group.value for group in found.groups]

    say(closed, 5, "begonnen", 500, cell="gender=w", period="2026Q2")
    assert groups() == [35, 35]
    for place in (2, 3, 4):
        say(closed, place, "begonnen", 6, cell="gender=w", period="2026Q2")
    assert groups() == [35 + 495 + 3, 35]


# ----------------------------------------------------------------- agreed, late rounds


@pytest.mark.parametrize("role", OTHERS)
def test_what_the_organisation_agreed_to_is_seen_at_once(closed: Any, role: Role) -> None:
    say(closed, 3, "begonnen", 20)
    say(closed, 4, "begonnen", 110, agreed=True)
    assert figure(closed, role).value == 170
    say(closed, 4, "begonnen", 10, at=LATER + dt.timedelta(days=1))  # not asked again: it waits
    assert figure(closed, role).value == 170


def test_while_a_round_runs_nothing_has_to_wait(closed: Any) -> None:
    say(closed, 3, "begonnen", 20, period="2026Q3")
    assert not Submission.objects.filter(held_since__isnull=False).exists()


def test_a_round_that_comes_after_the_figures_were_seen_is_late_as_a_whole(closed: Any) -> None:
    before = figure(closed, Role.OBSERVER).value
    second = add_round(
        closed.world.network, "2026Q1", measures=tuple(closed.measures.values()),
        organisations=tuple(closed.organisations[8:]), opened_at=LATER, closed_at=None,
    )  # fmt: skip
    closed.rounds["2026Q1"] = second
    for place in (8, 9):
        closed.both(place, "2026Q1", 5, 4321, at=LATER)
    second.closed_at = LATER + dt.timedelta(days=9)
    second.save()
    hold_latecomers(second, by=system("test"), at=second.closed_at)
    assert figure(closed, Role.OBSERVER).value == before
    assert figure(closed, Role.COORDINATOR).value == before + 2 * 4321


def test_rounds_that_ran_together_are_seen_together(closed: Any) -> None:
    second = add_round(
        closed.world.network, "2026Q1", measures=tuple(closed.measures.values()),
        organisations=tuple(closed.organisations[8:]), closed_at=LATER,
    )  # fmt: skip
    closed.rounds["2026Q1"] = second
    closed.both(8, "2026Q1", 5, 30, at=LATER)
    hold_latecomers(second, by=system("test"), at=LATER)
    assert figure(closed, Role.OBSERVER).value == 100
