"""Planning rounds: what they begin with, what may change, what is refused."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.http import Http404

from tests.integration.measurement.rounds.conftest import CLOSES, DUE, OPENS, Planning, at_day
from tests.world import NOW, Role, World, add_measure, add_organisation, add_round
from wirknetz.core.values import Period
from wirknetz.foundation.models import AuditEvent, OutboxMessage
from wirknetz.foundation.refusal import Refused
from wirknetz.measurement.actions import measures as measure_actions
from wirknetz.measurement.actions import rounds as actions
from wirknetz.measurement.models import Cell, Entry, Measure, Round, Submission
from wirknetz.measurement.queries.rounds import (
    expected_pairs,
    last_round,
    proposal,
    unprepared_period,
)
from wirknetz.measurement.rules.drafts import RoundDraft
from wirknetz.network.models import Membership, Organisation


def draft(one: Round, **changed: Any) -> RoundDraft:
    given: dict[str, Any] = {
        "period": one.period, "title": one.title, "opens_on": one.opens_on,
        "due_on": one.due_on, "closes_on": one.closes_on,
    }  # fmt: skip
    return RoundDraft(**given | changed)


def report(one: Round, organisation: Organisation, measure: Measure) -> None:
    submission, _ = Submission.objects.get_or_create(round=one, organisation=organisation)
    cell, _ = Cell.objects.get_or_create(network=one.network, key="", grain="")
    Entry.objects.create(
        submission=submission, organisation=organisation, measure=measure, cell=cell,
        period=one.period_ordinal, amount=Decimal(5), revision=1, recorded_at=NOW,
    )  # fmt: skip


def test_it_begins_with_everything_of_every_member(planning: Planning) -> None:
    world = planning.world
    add_organisation("Noch kein Mitglied", world.network, stage="interested")
    retired = add_measure(world.network, "alt", retired_on=OPENS)
    one = planning.plan()
    members = {world.own.pk, world.shared.pk, world.third.pk}
    measures = {planning.begun.pk, planning.ended.pk}
    assert expected_pairs(one) == {(o, m) for o in members for m in measures}
    assert retired.pk not in one.asked.values_list("measure_id", flat=True)
    assert not Submission.objects.exists()
    assert AuditEvent.objects.filter(action="round.created").count() == 1


def test_or_with_nothing(planning: Planning) -> None:
    assert not expected_pairs(planning.plan(like="nothing"))


def test_or_like_the_last_one(planning: Planning) -> None:
    world, by = planning.world, planning.world.actor(Role.COORDINATOR)
    first = planning.plan("2026Q2")
    actions.set_measures(
        by=by, round_id=first.pk, at=NOW,
        asked={planning.begun.pk: frozenset({"alter"}), planning.ended.pk: frozenset()},
    )  # fmt: skip
    pairs = expected_pairs(first) - {(world.own.pk, planning.ended.pk)}
    actions.set_expectations(by=by, round_id=first.pk, pairs=pairs, at=NOW)
    new = add_organisation("Neue Stelle", world.network)
    Membership.objects.filter(organisation=world.third).update(stage="left")
    second = planning.plan("2026Q3", like="last")
    assert dict(second.asked.values_list("measure_id", "grain")) == {
        planning.begun.pk: "alter", planning.ended.pk: "",
    }  # fmt: skip
    assert expected_pairs(second) == {
        (world.own.pk, planning.begun.pk),
        (world.shared.pk, planning.begun.pk),
        (world.shared.pk, planning.ended.pk),
        (new.pk, planning.begun.pk),  # asked of everybody last time, so of the new one as well
    }


def test_like_the_last_one_leaves_retired_measures_out(planning: Planning) -> None:
    by = planning.world.actor(Role.COORDINATOR)
    planning.plan("2026Q2")
    measure_actions.retire_measure(by=by, measure_id=planning.ended.pk, at=NOW)
    second = planning.plan("2026Q3", like="last")
    assert list(second.asked.values_list("measure_id", flat=True)) == [planning.begun.pk]


@pytest.mark.parametrize("period", ["2026Q3", "2026-08", "2026H2", "2026"])
def test_nobody_is_asked_twice_for_the_same_time(planning: Planning, period: str) -> None:
    planning.plan("2026Q3")
    with pytest.raises(Refused, match="doppelt gezählt"):
        planning.plan(period)
    assert Round.objects.count() == 1
    other = planning.plan(period, like="nothing")
    with pytest.raises(Refused, match="doppelt gezählt"):
        actions.set_measures(
            by=planning.world.actor(Role.COORDINATOR),
            round_id=other.pk, asked={planning.ended.pk: frozenset()}, at=NOW,
        )  # fmt: skip


@pytest.mark.parametrize("period", ["2026Q2", "2026Q4", "2026-10", "2025"])
def test_other_times_do_not_disturb_each_other(planning: Planning, period: str) -> None:
    planning.plan("2026Q3")
    assert expected_pairs(planning.plan(period))


@pytest.mark.parametrize(
    "role",
    [
        Role.OBSERVER,
        Role.PRACTITIONER_OWN,
        Role.PRACTITIONER_FOREIGN,
        Role.LEADERSHIP_OWN,
        Role.LEADERSHIP_FOREIGN,
    ],
)
def test_only_the_coordinating_office_plans(planning: Planning, role: Role) -> None:
    one, by = planning.plan(), planning.world.actor(role)
    before = AuditEvent.objects.count()
    given: dict[str, Any] = {"by": by, "at": NOW}
    which = {"round_id": one.pk}
    for act in (
        lambda: actions.create_round(draft=draft(one), **given),
        lambda: actions.change_round(draft=draft(one), **which, **given),
        lambda: actions.set_measures(asked={}, **which, **given),
        lambda: actions.set_expectations(pairs=frozenset(), **which, **given),
        lambda: actions.open_round(**which, **given),
        lambda: actions.close_round(**which, **given),
        lambda: actions.discard_round(**which, **given),
    ):
        with pytest.raises(Refused):
            act()
    assert AuditEvent.objects.count() == before


def test_another_networks_round_is_not_there(planning: Planning) -> None:
    world = planning.world
    one = planning.plan()
    by = world.actor(Role.COORDINATOR_ELSEWHERE, world.elsewhere)
    for act in (
        lambda: actions.change_round(by=by, round_id=one.pk, draft=draft(one), at=NOW),
        lambda: actions.set_measures(by=by, round_id=one.pk, asked={}, at=NOW),
        lambda: actions.open_round(by=by, round_id=one.pk, at=NOW),
        lambda: actions.discard_round(by=by, round_id=one.pk, at=NOW),
    ):
        with pytest.raises(Http404):
            act()


def test_days_stay_in_order(planning: Planning) -> None:
    one, by = planning.plan(), planning.world.actor(Role.COORDINATOR)
    for wrong in ({"due_on": OPENS - dt.timedelta(days=1)}, {"closes_on": DUE - dt.timedelta(1)}):
        with pytest.raises(Refused, match="Erst öffnet"):
            actions.change_round(by=by, round_id=one.pk, draft=draft(one, **wrong), at=NOW)


def test_once_open_the_period_stays_and_the_rest_may_move(planning: Planning) -> None:
    one, by = planning.opened(), planning.world.actor(Role.COORDINATOR)
    with pytest.raises(Refused, match="schon offen"):
        actions.change_round(
            by=by, round_id=one.pk, draft=draft(one, period=Period.parse("2026Q2")), at=NOW
        )
    later = CLOSES + dt.timedelta(days=7)
    actions.change_round(
        by=by, round_id=one.pk, draft=draft(one, closes_on=later, note="Länger offen."), at=NOW
    )
    one.refresh_from_db()
    assert (one.closes_on, one.note) == (later, "Länger offen.")
    actions.close_round(by=by, round_id=one.pk, at=NOW)
    for act in (
        lambda: actions.change_round(by=by, round_id=one.pk, draft=draft(one), at=NOW),
        lambda: actions.set_measures(by=by, round_id=one.pk, asked={}, at=NOW),
        lambda: actions.set_expectations(by=by, round_id=one.pk, pairs=frozenset(), at=NOW),
    ):
        with pytest.raises(Refused, match="geschlossen"):
            act()


def test_only_a_planned_round_is_thrown_away(planning: Planning) -> None:
    by = planning.world.actor(Role.COORDINATOR)
    one = planning.plan()
    actions.discard_round(by=by, round_id=one.pk, at=NOW)
    assert not Round.objects.exists()
    opened = planning.opened()
    with pytest.raises(Refused, match="schon geöffnet"):
        actions.discard_round(by=by, round_id=opened.pk, at=NOW)


# --------------------------------------------------------------------------- what is asked


def test_an_open_round_takes_more_measures(planning: Planning) -> None:
    by = planning.world.actor(Role.COORDINATOR)
    one = planning.opened()
    more = add_measure(planning.world.network, "treffen")
    asked = {m: frozenset[str]() for m in (planning.begun.pk, planning.ended.pk, more.pk)}
    actions.set_measures(by=by, round_id=one.pk, asked=asked, at=NOW)
    assert len(expected_pairs(one)) == 9


def test_what_was_reported_neither_goes_nor_changes(planning: Planning) -> None:
    by, world = planning.world.actor(Role.COORDINATOR), planning.world
    one = planning.opened()
    report(one, world.own, planning.begun)
    kept = {planning.ended.pk: frozenset[str]()}
    for asked in (kept, kept | {planning.begun.pk: frozenset({"alter"})}):
        with pytest.raises(Refused, match="schon gemeldet"):
            actions.set_measures(by=by, round_id=one.pk, asked=asked, at=NOW)
    pairs = expected_pairs(one) - {(world.own.pk, planning.begun.pk)}
    with pytest.raises(Refused, match="Sozialwerk Lindenhof hat „Begonnen“ schon gemeldet"):
        actions.set_expectations(by=by, round_id=one.pk, pairs=pairs, at=NOW)
    actions.set_measures(
        by=by, round_id=one.pk, asked={planning.begun.pk: frozenset()}, at=NOW
    )  # the other one was not reported yet
    assert {m for _, m in expected_pairs(one)} == {planning.begun.pk}


@pytest.mark.parametrize("grain", [frozenset({"geschlecht"}), frozenset({"alter", "x"})])
def test_breakdowns_a_measure_does_not_have_are_refused(
    planning: Planning, grain: frozenset[str]
) -> None:
    one = planning.plan()
    with pytest.raises(Refused, match="nicht aufschlüsseln"):
        actions.set_measures(
            by=planning.world.actor(Role.COORDINATOR),
            round_id=one.pk, asked={planning.begun.pk: grain}, at=NOW,
        )  # fmt: skip


def test_foreign_measures_and_organisations_are_refused(planning: Planning) -> None:
    world, by = planning.world, planning.world.actor(Role.COORDINATOR)
    one = planning.plan()
    foreign = add_measure(world.elsewhere, "fremd")
    with pytest.raises(Refused, match="gibt es in diesem Netzwerk nicht"):
        actions.set_measures(by=by, round_id=one.pk, asked={foreign.pk: frozenset()}, at=NOW)
    for pair in ((world.outside.pk, planning.begun.pk), (world.own.pk, foreign.pk), (1, 10**9)):
        with pytest.raises(Refused, match="gehört nicht dazu"):
            actions.set_expectations(
                by=by, round_id=one.pk, pairs=expected_pairs(one) | {pair}, at=NOW
            )


def test_who_is_taken_out_of_an_open_round_is_no_longer_asked(planning: Planning) -> None:
    world, by = planning.world, planning.world.actor(Role.COORDINATOR)
    one = planning.opened()
    rest = frozenset(p for p in expected_pairs(one) if p[0] != world.third.pk)
    actions.set_expectations(by=by, round_id=one.pk, pairs=rest, at=NOW)
    assert not one.submissions.filter(organisation=world.third).exists()
    assert one.submissions.count() == 2


def test_who_is_added_to_an_open_round_is_asked_at_once(planning: Planning) -> None:
    world, by = planning.world, planning.world.actor(Role.COORDINATOR)
    one = planning.plan()
    everything = expected_pairs(one)
    without = frozenset(p for p in everything if p[0] != world.own.pk)
    actions.set_expectations(by=by, round_id=one.pk, pairs=without, at=NOW)
    actions.open_round(by=by, round_id=one.pk, at=at_day(OPENS))
    assert not OutboxMessage.objects.filter(recipient__contains="practitioner_own").exists()
    actions.set_expectations(by=by, round_id=one.pk, pairs=everything, at=NOW)
    mail = OutboxMessage.objects.get(recipient__contains="practitioner_own")
    assert "Sozialwerk Lindenhof" in mail.text
    assert OutboxMessage.objects.count() == 2  # the other practitioner was asked before, once


# ----------------------------------------------------------------------------- what is next


def test_the_next_round_is_proposed(planning: Planning) -> None:
    network = planning.world.network
    today = dt.date(2026, 11, 22)
    first = proposal(network.pk, today)
    assert (first.period.code, first.like) == ("2026Q3", None)
    assert first.opens_on == today
    one = planning.plan("2026Q3")
    after = proposal(network.pk, today)
    assert (after.period.code, after.like) == ("2026Q4", one)
    assert after.opens_on == dt.date(2027, 1, 1)
    assert after.opens_on < after.due_on < after.closes_on
    add_round(network, "2026-10", opened=False)
    found = last_round(network.pk, one.period.kind)
    assert found == one


@pytest.mark.parametrize(
    ("today", "period"),
    [
        (dt.date(2026, 12, 31), None),
        (dt.date(2027, 1, 1), "2026Q4"),
        (dt.date(2027, 6, 1), "2026Q4"),
    ],
)
def test_a_period_without_a_round_is_noticed(
    planning: Planning, today: dt.date, period: str | None
) -> None:
    assert unprepared_period(planning.world.network.pk, today) is None
    planning.plan("2026Q3")
    found = unprepared_period(planning.world.network.pk, today)
    assert (found.code if found else None) == period


def test_the_other_network_is_left_alone(planning: Planning, world: World) -> None:
    planning.plan("2026Q3")
    assert last_round(world.elsewhere.pk) is None
    add_measure(world.elsewhere, "begonnen")
    add_round(world.elsewhere, "2026Q3", opened=False)
    assert expected_pairs(planning.plan("2026Q4", like="last"))
