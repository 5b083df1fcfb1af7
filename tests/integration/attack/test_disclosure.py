"""What a partner or an observer could work out about another organisation."""

from __future__ import annotations

from typing import Any

import pytest

from tests.integration.measurement.results.conftest import APPROVED, add_version
from tests.world import Role
from wirknetz.core.values import Period
from wirknetz.measurement.models import Indicator, Measure
from wirknetz.measurement.queries import results
from wirknetz.measurement.queries.results import Gap
from wirknetz.measurement.rules.results import sight_of

pytestmark = pytest.mark.django_db
Q1, Q2, Q3 = (Period.parse(code) for code in ("2026Q1", "2026Q2", "2026Q3"))
OTHERS = (Role.PRACTITIONER_OWN, Role.LEADERSHIP_OWN, Role.OBSERVER)


def sight(plot: Any, role: Role) -> Any:
    return sight_of(plot.world.actor(role), plot.world.network)


def figure(plot: Any, role: Role, code: str, period: Period) -> Any:
    found = results.result(plot.world.network, sight(plot, role), code)
    return next(f for f in found.figures if f.period == period)


def parts(plot: Any, role: Role, code: str, period: Period) -> list[tuple[str, Any]]:
    found = results.provenance(plot.world.network, sight(plot, role), code, period=period)
    return [(part.code, part.amount) for part in found.parts]


def indicator(plot: Any, code: str, formula: str, **fields: Any) -> None:
    one = Indicator.objects.create(network=plot.world.network, code=code, name=code)
    add_version(one, formula, "2026Q1", percent=False, **fields)


# ------------------------------------------------- summands from different organisations


@pytest.mark.parametrize("role", OTHERS)
@pytest.mark.parametrize(
    "formula", ["fertig + begonnen", "begonnen - fertig", "2 * fertig + begonnen"]
)
def test_a_summand_of_a_single_organisation_hides_the_sum(
    plot: Any, role: Role, formula: str
) -> None:
    """Beside the other summand, which everybody sees, the sum would tell the single amount."""
    indicator(plot, "summe", formula)
    for place in range(5):
        plot.report(place, "2026Q1", "begonnen", 10)
    plot.report(1, "2026Q1", "fertig", 7)
    assert figure(plot, Role.COORDINATOR, "summe", Q1).value is not None
    shown = figure(plot, role, "summe", Q1)
    assert (shown.value, shown.gap) == (None, Gap.TOO_FEW)
    assert parts(plot, role, "summe", Q1) == []


@pytest.mark.parametrize("role", OTHERS)
def test_a_sum_of_which_enough_reported_all_is_shown(plot: Any, role: Role) -> None:
    indicator(plot, "summe", "fertig + begonnen")
    for place in range(5):
        plot.both(place, "2026Q1", 1, 10)
    assert figure(plot, role, "summe", Q1).value == 55


def test_a_breakdown_of_a_sum_counts_only_who_has_all_summands(plot: Any) -> None:
    indicator(plot, "summe", "fertig + begonnen")
    for place in range(5):
        for sex in ("w", "m"):
            plot.report(place, "2026Q1", "begonnen", 10, cell=f"gender={sex}")
    plot.report(1, "2026Q1", "fertig", 7, cell="gender=w")
    which: dict[str, Any] = {"dimension": "gender", "period": Q1}
    for role, seen in ((Role.COORDINATOR, 2), (Role.PRACTITIONER_OWN, 0)):
        found = results.breakdown(plot.world.network, sight(plot, role), "summe", **which)
        assert found is not None
        assert len(found.groups) == seen


# ------------------------------------------------- running totals


@pytest.mark.parametrize("role", OTHERS)
def test_the_step_of_a_running_total_tells_no_single_report(plot: Any, role: Role) -> None:
    """The difference of two totals is what came in between."""
    indicator(plot, "bisher", "fertig", accumulate="cumulative")
    for place in range(5):
        plot.report(place, "2026Q1", "fertig", 10)
    plot.report(1, "2026Q2", "fertig", 7)
    assert figure(plot, Role.COORDINATOR, "bisher", Q2).value == 57
    assert figure(plot, role, "bisher", Q1).value == 50
    shown = figure(plot, role, "bisher", Q2)
    assert (shown.value, shown.gap) == (None, Gap.TOO_FEW)
    assert parts(plot, role, "bisher", Q2) == []


def test_ones_own_step_and_a_step_of_many_are_shown(plot: Any) -> None:
    indicator(plot, "bisher", "fertig", accumulate="cumulative")
    for place in range(5):
        plot.report(place, "2026Q1", "fertig", 10)
    plot.report(0, "2026Q2", "fertig", 7)
    assert figure(plot, Role.PRACTITIONER_OWN, "bisher", Q2).value == 57
    assert figure(plot, Role.OBSERVER, "bisher", Q2).gap is Gap.TOO_FEW
    for place in (1, 2, 3):
        plot.report(place, "2026Q2", "fertig", 1)
    assert figure(plot, Role.PRACTITIONER_OWN, "bisher", Q2).value == 60
    assert figure(plot, Role.OBSERVER, "bisher", Q2).value == 60


@pytest.mark.parametrize("role", OTHERS)
@pytest.mark.parametrize("accumulate", ["cumulative", "latest"])
def test_what_runs_goes_into_no_later_figure(plot: Any, role: Role, accumulate: str) -> None:
    """A round before it is still open: its total would change with every approval."""
    indicator(plot, "bisher", "fertig", accumulate=accumulate)
    for period in ("2026Q1", "2026Q2"):
        for place in range(5):
            plot.report(place, period, "fertig", 10)
    assert figure(plot, role, "bisher", Q2).value is not None
    type(plot.rounds["2026Q1"]).objects.filter(pk=plot.rounds["2026Q1"].pk).update(closed_at=None)
    assert figure(plot, role, "bisher", Q2).gap is Gap.RUNNING
    assert figure(plot, Role.COORDINATOR, "bisher", Q2).value is not None


def test_a_new_definition_begins_anew_and_does_not_wait_for_the_old_one(plot: Any) -> None:
    indicator(plot, "bisher", "fertig", accumulate="cumulative")
    one = Indicator.objects.get(code="bisher")
    add_version(one, "begonnen", "2026Q2", percent=False, accumulate="cumulative")
    for place in range(5):
        plot.report(place, "2026Q2", "begonnen", 10)
    type(plot.rounds["2026Q1"]).objects.filter(pk=plot.rounds["2026Q1"].pk).update(closed_at=None)
    assert figure(plot, Role.OBSERVER, "bisher", Q2).value == 50


# ------------------------------------------------- parts and reasons


@pytest.mark.parametrize("role", [Role.PRACTITIONER_OWN, Role.OBSERVER])
def test_the_parts_of_a_ratio_tell_nothing_of_who_reported_one_part_only(
    plot: Any, role: Role
) -> None:
    """The measure by itself, minus the part of the ratio, would be that organisation's amount."""
    indicator(plot, "begonnen", "begonnen")
    for place in (0, 1, 2, 3):
        plot.both(place, "2026Q1", 1, 10)
    assert parts(plot, role, "quote", Q1) == [("fertig", 4), ("begonnen", 40)]
    plot.report(4, "2026Q1", "begonnen", 1000)
    assert figure(plot, role, "begonnen", Q1).value == 1040
    assert figure(plot, role, "quote", Q1).value == 10
    assert parts(plot, role, "quote", Q1) == []
    assert parts(plot, Role.COORDINATOR, "quote", Q1) == [("fertig", 4), ("begonnen", 40)]


def test_ones_own_gap_hides_no_parts(plot: Any) -> None:
    for place in (1, 2, 3, 4):
        plot.both(place, "2026Q1", 1, 10)
    plot.report(0, "2026Q1", "begonnen", 1000)
    assert parts(plot, Role.PRACTITIONER_OWN, "quote", Q1) == [("fertig", 4), ("begonnen", 40)]
    assert parts(plot, Role.OBSERVER, "quote", Q1) == []


@pytest.mark.parametrize("role", OTHERS)
def test_a_divisor_of_nothing_tells_no_single_organisations_nothing(plot: Any, role: Role) -> None:
    plot.both(1, "2026Q1", 0, 0)
    assert figure(plot, Role.COORDINATOR, "quote", Q1).gap is Gap.DIVISION_BY_ZERO
    assert figure(plot, role, "quote", Q1).gap is Gap.TOO_FEW


# ------------------------------------------------- small networks, several organisations


def test_in_a_network_of_two_nobody_sees_the_other(plot: Any) -> None:
    for place in (0, 1):
        plot.both(place, "2026Q1", 1, 10)
    shown = figure(plot, Role.PRACTITIONER_OWN, "quote", Q1)
    assert (shown.value, shown.gap, shown.own) == (None, Gap.TOO_FEW, 10)


def test_whoever_acts_for_several_needs_others_than_all_of_hers(plot: Any) -> None:
    from tests.world import add_affiliation

    person = plot.world.person(Role.PRACTITIONER_OWN)
    add_affiliation(plot.world.network, person, plot.world.shared)
    for place in (0, 1, 2, 3):
        plot.both(place, "2026Q1", 1, 10)
    assert figure(plot, Role.PRACTITIONER_OWN, "quote", Q1).gap is Gap.TOO_FEW
    assert figure(plot, Role.PRACTITIONER_FOREIGN, "quote", Q1).value == 10


@pytest.mark.parametrize("role", OTHERS)
def test_no_address_asks_for_another_moment(plot: Any, role: Role) -> None:
    for place in range(5):
        plot.both(place, "2026Q1", 1, 10)
    client, base = plot.world.client(role), f"/netz/{plot.world.network.slug}/wirkung/ergebnisse"
    then = {"stand": f"{APPROVED:%Y-%m-%d}", "stand_day": "1"}
    for path in ("/", "/quote/", "/quote/2026Q1/herkunft/", "/ergebnisse.csv", "/quote/reihe.csv"):
        now, asked = (
            client.get(base + path),
            client.get(base + path, {"stand": "2026-01-01"} | then),
        )
        assert now.status_code == asked.status_code == 200
        if path.endswith("csv"):
            assert now.content == asked.content
    assert client.get(f"{base}/quote/organisationen/").status_code == 403


@pytest.mark.parametrize("role", OTHERS)
def test_what_is_protected_is_in_no_file_and_no_picture(plot: Any, role: Role) -> None:
    Measure.objects.update(decimals=0)
    for place in (1, 2):
        plot.both(place, "2026Q1", 4321, 8642)
    client, base = plot.world.client(role), f"/netz/{plot.world.network.slug}/wirkung/ergebnisse"
    for path in (
        "/", "/quote/", "/quote/?zeitraum=2026Q1&nach=gender", "/quote/2026Q1/herkunft/",
        "/ergebnisse.csv", "/quote/reihe.csv",
    ):  # fmt: skip
        answer = client.get(base + path)
        assert answer.status_code == 200
        for amount in ("4321", "4.321", "8642", "8.642", "50,0", "50.0"):
            assert amount not in answer.content.decode(), (path, amount)
