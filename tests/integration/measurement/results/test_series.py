"""What the network's figures are, and who may see them."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.integration.measurement.results.conftest import APPROVED, add_version
from tests.world import Role
from wirknetz.core.measures import TargetState
from wirknetz.core.values import Period
from wirknetz.measurement.models import Entry, Submission
from wirknetz.measurement.queries import results
from wirknetz.measurement.queries.results import Gap
from wirknetz.measurement.rules.results import sight_of

pytestmark = pytest.mark.django_db
Q1, Q2, Q3 = (Period.parse(code) for code in ("2026Q1", "2026Q2", "2026Q3"))


def sight(plot, role):
    return sight_of(plot.world.actor(role), plot.world.network)


def figure(plot, role, period, **more):
    found = results.result(plot.world.network, sight(plot, role), "quote", **more)
    return next(f for f in found.figures if f.period == period)


def everybody_reports(plot, period):
    for place, (done, begun) in enumerate(((1, 10), (9, 10), (5, 10), (2, 20), (3, 50))):
        plot.both(place, period, done, begun)


def test_ratio_of_the_network_is_the_ratio_of_the_sums(plot):
    everybody_reports(plot, "2026Q1")
    shown = figure(plot, Role.COORDINATOR, Q1)
    assert shown.value == Decimal(20)  # 20 of 100, while the mean of the ratios would be 33.2
    assert (shown.organisations, shown.expected) == (5, 5)


def test_who_reported_only_one_part_stays_out_of_the_ratio(plot):
    plot.both(0, "2026Q1", 5, 10)
    plot.report(1, "2026Q1", "begonnen", 1000)
    shown = figure(plot, Role.COORDINATOR, Q1)
    assert (shown.value, shown.organisations) == (Decimal(50), 1)


def test_missing_is_never_zero(plot):
    shown = figure(plot, Role.COORDINATOR, Q1)
    assert (shown.value, shown.gap) == (None, Gap.NOT_REPORTED)
    plot.both(0, "2026Q1", 0, 0)
    assert figure(plot, Role.COORDINATOR, Q1).gap is Gap.DIVISION_BY_ZERO
    plot.both(0, "2026Q2", 0, 8)
    assert figure(plot, Role.COORDINATOR, Q2).value == 0  # reported zero is a number


def test_target_is_judged_in_the_unit_shown(plot):
    plot.both(0, "2026Q2", 46, 100)
    shown = figure(plot, Role.COORDINATOR, Q2)
    assert (shown.target, shown.tolerance, shown.state) == (50, 5, TargetState.CLOSE)


@pytest.mark.parametrize(
    ("role", "reporting", "sees"),
    [
        (Role.COORDINATOR, (0,), True),
        (Role.PRACTITIONER_OWN, (0, 1, 2), False),  # two others
        (Role.PRACTITIONER_OWN, (0, 1, 2, 3), True),  # three others
        (Role.PRACTITIONER_OWN, (1, 2, 3), True),  # three others, own missing
        (Role.LEADERSHIP_OWN, (0, 1), False),
        (Role.OBSERVER, (0, 1), False),
        (Role.OBSERVER, (0, 1, 2), True),
    ],
)
def test_enough_other_organisations_must_stand_behind_a_figure(plot, role, reporting, sees):
    for place in reporting:
        plot.both(place, "2026Q1", 1, 4)
    shown = figure(plot, role, Q1)
    assert (shown.value is not None) == sees
    assert shown.gap == (None if sees else Gap.TOO_FEW)


def test_running_round_is_for_the_coordinating_office_only(plot):
    everybody_reports(plot, "2026Q3")
    assert figure(plot, Role.COORDINATOR, Q3).value == 20
    for role in (Role.PRACTITIONER_OWN, Role.LEADERSHIP_FOREIGN, Role.OBSERVER):
        shown = figure(plot, role, Q3)
        assert (shown.value, shown.gap) == (None, Gap.RUNNING)


def test_partner_sees_the_own_figure_beside_the_networks(plot):
    everybody_reports(plot, "2026Q1")
    own = figure(plot, Role.PRACTITIONER_OWN, Q1)
    assert (own.own, own.value) == (Decimal(10), Decimal(20))
    assert figure(plot, Role.OBSERVER, Q1).own is None


def test_new_definition_breaks_the_series(plot):
    add_version(plot.indicator, "begonnen", "2026Q2", percent=False, decimals=0, unit="Personen")
    everybody_reports(plot, "2026Q1")
    everybody_reports(plot, "2026Q2")
    found = results.result(plot.world.network, sight(plot, Role.COORDINATOR), "quote")
    assert [(f.version, f.value) for f in found.figures[:2]] == [(1, 20), (2, 100)]
    assert found.figures[1].persons_doubled


def test_running_total_begins_anew_with_a_definition(plot):
    plot.indicator.versions.all().delete()
    fields = {"accumulate": "cumulative", "percent": False, "decimals": 0}
    add_version(plot.indicator, "fertig", "2026Q1", **fields)
    add_version(plot.indicator, "begonnen", "2026Q2", **fields)
    for period, done, begun in (("2026Q1", 3, 30), ("2026Q2", 4, 40), ("2026Q3", 5, 50)):
        plot.both(0, period, done, begun)
    found = results.result(plot.world.network, sight(plot, Role.COORDINATOR), "quote")
    assert [f.value for f in found.figures] == [3, 40, 90]


def test_as_of_a_moment_shows_what_counted_then(plot):
    plot.both(0, "2026Q1", 5, 10)
    later = APPROVED + dt.timedelta(days=9)
    Entry.objects.filter(measure__code="fertig").update(superseded_at=later, counted_until=later)
    plot.report(0, "2026Q1", "fertig", 8, at=later, reason="Zwei Fälle nachgemeldet")
    assert figure(plot, Role.COORDINATOR, Q1).value == 80
    before = later - dt.timedelta(seconds=1)
    assert figure(plot, Role.COORDINATOR, Q1, as_of=before).value == 50
    first = APPROVED - dt.timedelta(seconds=1)
    assert figure(plot, Role.COORDINATOR, Q1, as_of=first).gap is Gap.NOT_REPORTED


def test_totals_and_breakdowns_are_never_added_to_each_other(plot):
    plot.both(0, "2026Q1", 6, 10)
    for code, done, begun in (("w", 4, 6), ("m", 2, 4)):
        plot.both(0, "2026Q1", done, begun, cell=f"gender={code}", base=False)
    assert figure(plot, Role.COORDINATOR, Q1).value == 60


def test_breakdown_with_a_row_for_what_came_coarser(plot):
    for place in range(4):
        plot.both(place, "2026Q1", 3, 6, cell="gender=w")
        plot.both(place, "2026Q1", 1, 4, cell="gender=m")
    plot.both(4, "2026Q1", 5, 10)
    seen = results.breakdown(
        plot.world.network,
        sight(plot, Role.COORDINATOR),
        "quote",
        dimension="gender",
        period=Q1,
    )
    assert [(g.label, g.value, g.organisations) for g in seen.groups] == [
        ("Frauen", 50, 4),
        ("Männer", 25, 4),
        ("", 50, 1),
    ]
    assert seen.coarser


@pytest.mark.parametrize(
    ("role", "gap"),
    [(Role.PRACTITIONER_OWN, Gap.TOO_FEW), (Role.OBSERVER, Gap.TOO_FEW), (Role.COORDINATOR, None)],
)
def test_breakdown_shows_all_rows_or_none(plot, role, gap):
    for place in range(5):
        plot.both(place, "2026Q1", 3, 6, cell="gender=w")
    plot.both(4, "2026Q1", 1, 4, cell="gender=m")  # one organisation alone
    seen = results.breakdown(
        plot.world.network, sight(plot, role), "quote", dimension="gender", period=Q1
    )
    assert seen.gap is gap
    assert bool(seen.groups) == (gap is None)


def test_observer_never_sees_a_breakdown(plot):
    for place in range(5):
        plot.both(place, "2026Q1", 3, 6, cell="gender=w")
    blind = sight(plot, Role.OBSERVER)
    seen = results.breakdown(plot.world.network, blind, "quote", dimension="gender", period=Q1)
    assert seen.groups == ()
    assert replace(blind, breakdowns=True).minimum == 3


def test_provenance_names_what_the_viewer_may_know(plot):
    everybody_reports(plot, "2026Q1")
    network = plot.world.network
    all_of_it = results.provenance(network, sight(plot, Role.COORDINATOR), "quote", period=Q1)
    assert [p.amount for p in all_of_it.parts] == [20, 100]
    assert all(c.visible for c in all_of_it.contributing)
    mine = results.provenance(network, sight(plot, Role.PRACTITIONER_OWN), "quote", period=Q1)
    assert {c.organisation for c in mine.contributing if c.amounts} == {plot.world.own.name}
    assert len(mine.contributing) == 5
    watched = results.provenance(network, sight(plot, Role.OBSERVER), "quote", period=Q1)
    assert (watched.contributions, watched.corrections) == ((), ())
    assert watched.figure.organisations == 5


def test_provenance_lists_who_is_missing(plot):
    plot.both(0, "2026Q1", 1, 2)
    found = results.provenance(
        plot.world.network, sight(plot, Role.COORDINATOR), "quote", period=Q1
    )
    assert len(found.missing) == 4
    assert {c.organisation for c in found.contributing} == {plot.world.own.name}


def test_provenance_tells_corrections_in_words_and_only_those_of_then(plot):
    later = APPROVED + dt.timedelta(days=9)
    plot.both(0, "2026Q1", 5, 10, cell="gender=w")
    Entry.objects.filter(measure__code="fertig").update(superseded_at=later, counted_until=later)
    plot.report(0, "2026Q1", "fertig", 8, cell="gender=w", at=later, reason="Nachgezählt")
    which = (plot.world.network, sight(plot, Role.COORDINATOR), "quote")
    now = results.provenance(*which, period=Q1)
    told = [(c.cell, c.before, c.after, c.reason) for c in now.corrections]
    assert told == [("Frauen", 5, 8, "Nachgezählt")]
    assert str(now.corrections[0].before) == "5"  # not 5,0000
    before = later - dt.timedelta(seconds=1)
    assert results.provenance(*which, period=Q1, as_of=before).corrections == ()


def test_provenance_names_the_approval_that_stood_then(plot):
    plot.both(0, "2026Q1", 5, 10)
    submission = Submission.objects.get(round=plot.rounds["2026Q1"], organisation=plot.world.own)
    boss = plot.world.user(Role.LEADERSHIP_OWN)
    later = APPROVED + dt.timedelta(days=9)
    for revision, at in ((1, APPROVED), (2, later)):
        submission.approvals.create(
            revision=revision, at=at, by=boss, content={}, content_hash=str(revision) * 64
        )
    which = (plot.world.network, sight(plot, Role.COORDINATOR), "quote")
    (now,) = results.provenance(*which, period=Q1).contributing
    (then,) = results.provenance(*which, period=Q1, as_of=APPROVED).contributing
    assert (now.approved_at, then.approved_at) == (later, APPROVED)


@pytest.mark.parametrize(("days", "late"), [(0, False), (1, True)])
def test_late_is_who_submitted_late_not_who_confirmed_late(plot, days, late):
    plot.both(0, "2026Q1", 5, 10)
    round_ = plot.rounds["2026Q1"]
    first = dt.datetime.combine(round_.due_on, dt.time(20), dt.UTC) + dt.timedelta(days=days)
    Submission.objects.filter(round=round_).update(first_submitted_at=first)
    submission = Submission.objects.get(round=round_, organisation=plot.world.own)
    submission.approvals.create(
        revision=1, at=first + dt.timedelta(days=9), by=plot.world.user(Role.LEADERSHIP_OWN),
        content={}, content_hash="0" * 64,
    )  # fmt: skip
    found = results.provenance(
        plot.world.network, sight(plot, Role.COORDINATOR), "quote", period=Q1
    )
    assert [c.late for c in found.contributing] == [late]


def test_queries_do_not_grow_with_organisations(plot, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    plot.both(0, "2026Q1", 1, 2)
    boss = sight(plot, Role.COORDINATOR)
    with CaptureQueriesContext(connection) as few:
        results.result(plot.world.network, boss, "quote")
    for period in ("2026Q1", "2026Q2"):
        for place in range(1, 5):
            plot.both(place, period, 1, 2)
    with django_assert_num_queries(len(few)):
        results.result(plot.world.network, boss, "quote")
