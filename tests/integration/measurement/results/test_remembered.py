"""Figures are worked out once after each approval, and never shown after the next one."""

import datetime as dt

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.integration.measurement.results.conftest import APPROVED
from tests.world import Role
from wirknetz.core.values import Period
from wirknetz.measurement.models import Approval, Submission
from wirknetz.measurement.queries import results
from wirknetz.measurement.queries.results.remembered import Memory, forget, stamp
from wirknetz.measurement.rules.results import sight_of

pytestmark = pytest.mark.django_db(transaction=True)
Q1 = Period.parse("2026Q1")


@pytest.fixture(autouse=True)
def _nothing_known():
    forget()
    yield
    forget()


def approve(plot, place, *, number=None):
    submission = Submission.objects.get(
        round=plot.rounds["2026Q1"], organisation=plot.organisations[place]
    )
    approval = Approval.objects.create(
        pk=number, submission=submission, revision=1, at=APPROVED, content={},
        by=plot.world.user(Role.LEADERSHIP_OWN),
    )  # fmt: skip
    return approval.pk


def seen(plot, **more):
    """The figure of the first quarter, and how often the entries were read for it."""
    sight = sight_of(plot.world.actor(Role.COORDINATOR), plot.world.network)
    with CaptureQueriesContext(connection) as asked:
        found = results.result(plot.world.network, sight, "quote", **more)
    figure = next(f for f in found.figures if f.period == Q1)
    return figure.value, sum("measurement_entry" in query["sql"] for query in asked)


def test_the_second_look_reads_no_entries(plot):
    plot.both(0, "2026Q1", 5, 10)
    approve(plot, 0)
    assert seen(plot) == (50, 1)
    assert seen(plot) == (50, 0)


def test_what_is_approved_is_seen_at_once(plot):
    plot.both(0, "2026Q1", 5, 10)
    approve(plot, 0)
    assert seen(plot)[0] == 50
    plot.both(1, "2026Q1", 10, 10)
    approve(plot, 1)
    assert seen(plot) == (75, 1)


def test_an_approval_that_becomes_visible_late_is_seen_too(plot):
    plot.both(0, "2026Q1", 5, 10)
    later = approve(plot, 0, number=1000)
    assert seen(plot)[0] == 50
    plot.both(1, "2026Q1", 10, 10)
    assert approve(plot, 1, number=999) < later
    assert seen(plot)[0] == 75


def test_a_moment_of_the_past_is_always_worked_out(plot):
    plot.both(0, "2026Q1", 5, 10)
    approve(plot, 0)
    moment = APPROVED + dt.timedelta(days=1)
    assert seen(plot, as_of=moment) == (50, 1)
    assert seen(plot, as_of=moment) == (50, 1)


def test_nothing_is_remembered_within_a_transaction_or_before_the_first_approval(plot):
    plot.both(0, "2026Q1", 5, 10)
    assert stamp() is None
    approve(plot, 0)
    assert stamp() is not None
    with transaction.atomic():
        assert stamp() is None


def test_the_least_used_answer_is_forgotten_first():
    memory = Memory(most=2)
    asked = []

    def answer(question):
        def work_out():
            asked.append(question)
            return question

        return memory.get(question, work_out)

    assert [answer(q) for q in ("a", "b", "a", "c", "a", "b")] == ["a", "b", "a", "c", "a", "b"]
    assert asked == ["a", "b", "c", "b"]
