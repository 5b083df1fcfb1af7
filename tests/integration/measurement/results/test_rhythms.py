"""Networks that collect some things every quarter and others once a year."""

from decimal import Decimal

import pytest

from tests import world as made
from tests.integration.measurement.results.conftest import APPROVED, add_version
from tests.world import Role
from wirknetz.core.values import Period
from wirknetz.measurement.models import Entry, Indicator, Round, Submission
from wirknetz.measurement.queries import results
from wirknetz.measurement.rules.results import sight_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def yearly(plot):
    """Beside the quarters a year that is closed, with a measure of its own."""
    network = plot.world.network
    plot.measures["verbund"] = made.add_measure(network, "verbund")
    plot.rounds["2026"] = made.add_round(
        network,
        "2026",
        measures=(plot.measures["verbund"],),
        organisations=tuple(plot.organisations),
        closed_at=APPROVED,
    )
    indicator = Indicator.objects.create(network=network, code="verbuende", name="Verbünde")
    add_version(indicator, "verbund", "2026", percent=False, decimals=0)
    for place in range(5):
        plot.report(place, "2026", "verbund", 2)
    return plot


def shown(plot, code, role=Role.COORDINATOR, **more):
    network = plot.world.network
    return results.result(network, sight_of(plot.world.actor(role), network), code, **more)


def provenance(plot, code, period):
    network = plot.world.network
    office = sight_of(plot.world.actor(Role.COORDINATOR), network)
    return results.provenance(network, office, code, period=Period.parse(period))


def test_what_is_asked_once_a_year_is_a_figure_of_the_year(yearly):
    found = shown(yearly, "verbuende")
    assert [f.period.code for f in found.figures] == ["2026"]
    assert (found.current.value, found.current.expected) == (Decimal(10), 5)


def test_the_other_indicators_keep_their_quarters(yearly):
    yearly.both(0, "2026Q1", 5, 10)
    found = shown(yearly, "quote")
    assert [f.period.code for f in found.figures] == ["2026Q1", "2026Q2", "2026Q3"]
    assert found.figures[0].value == 50


def test_a_measure_of_both_rhythms_is_never_added_across_them(yearly):
    """The year and its first quarter begin together; their values must not meet."""
    made.add_round(
        yearly.world.network,
        "2026",
        measures=(yearly.measures["begonnen"],),
        organisations=(yearly.organisations[4],),
        closed_at=APPROVED,
        title="Jahreszahlen",
    )
    yearly.rounds["Jahr"] = Round.objects.get(title="Jahreszahlen")
    made.add_round(
        yearly.world.network,
        "2026Q4",
        measures=(yearly.measures["begonnen"], yearly.measures["fertig"]),
        organisations=(yearly.organisations[0],),
    )
    yearly.both(0, "2026Q1", 5, 10)
    submission = Submission.objects.get(round=yearly.rounds["Jahr"])
    row = yearly.report(4, "2026Q1", "begonnen", 40)
    Entry.objects.filter(pk=row.pk).update(submission=submission)
    yearly.report(4, "2026Q1", "fertig", 30)
    assert shown(yearly, "quote").figures[0].value == 50  # not (5 + 30) / (10 + 40)
    assert len(provenance(yearly, "quote", "2026Q1").contributing) == 1


def test_provenance_of_a_year_names_its_own_rounds(yearly):
    found = provenance(yearly, "verbuende", "2026")
    assert (len(found.contributing), found.missing) == (5, ())
    assert provenance(yearly, "verbuende", "2026Q1") is None
