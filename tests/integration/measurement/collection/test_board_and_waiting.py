"""Who is where, what waits for whom, what leaves with an organisation, what it costs."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.integration.measurement.collection.conftest import Collection, cell, fill_all, row
from tests.world import NOW, Role, add_affiliation, add_organisation, add_person
from wirknetz.core.values import State
from wirknetz.foundation.models import Notification, OutboxMessage
from wirknetz.foundation.providers import EXPORT, ExportOf, Waiting, WaitingFor, ask
from wirknetz.measurement.actions import collection as actions
from wirknetz.measurement.models import Expectation, Submission
from wirknetz.measurement.queries.collection.board import Board, board_of
from wirknetz.measurement.queries.collection.pages import page_of

pytestmark = pytest.mark.django_db
AFTER_DUE = NOW + dt.timedelta(days=30)


def board(collection: Collection, role: Role, **more: Any) -> Board:
    given = {"at": NOW} | more
    found = board_of(actor=collection.world.actor(role), round_id=collection.round.pk, **given)
    assert found is not None
    return found


def names(found: Board) -> list[str]:
    return [r.name for r in found.rows]


# ---------------------------------------------------------------------------------- board


def test_partners_see_the_state_of_all_and_details_of_their_own(collection: Collection) -> None:
    fill_all(collection)
    rows = {r.organisation_id: r for r in board(collection, Role.PRACTITIONER_FOREIGN).rows}
    other, own = rows[collection.world.own.pk], rows[collection.world.shared.pk]
    assert (other.state, other.visible, other.answered, other.changed_at, other.next_person) == (
        "draft", False, None, None, "",
    )  # fmt: skip
    assert (own.visible, own.answered, own.asked) == (True, 0, 3)
    assert own.next_person == "Paul Platzhalter"


def test_the_coordinator_sees_all_and_whose_turn_it_is(collection: Collection) -> None:
    fill_all(collection)
    collection.submit()
    rows = {r.organisation_id: r for r in board(collection, Role.COORDINATOR).rows}
    own = rows[collection.world.own.pk]
    assert (own.state, own.answered, own.next_person) == ("submitted", 3, "Lena Leitbild")


def test_answered_counts_what_is_said_and_tells_what_is_said_to_be_missing(
    collection: Collection,
) -> None:
    collection.record(
        row(collection.begun, 3, cell(alter="jung", geschlecht="w")),
        choices={collection.ended.pk: actions.Choice(state=State.NOT_COLLECTED)},
    )
    own = next(r for r in board(collection, Role.PRACTITIONER_OWN).rows if r.own)
    assert (own.asked, own.answered, own.explicit) == (3, 1, 1)  # one cell of nine is not enough
    page = page_of(**{"actor": collection.world.actor(Role.PRACTITIONER_OWN)} | place(collection))
    assert page is not None
    assert (page.form.answered, page.form.asked) == (own.answered, own.asked)
    collection.record(choices={collection.begun.pk: actions.Choice(grain="")})
    own = next(r for r in board(collection, Role.PRACTITIONER_OWN).rows if r.own)
    assert (own.answered, own.explicit) == (2, 1)  # coarser than asked is an answer
    text = collection.client(Role.COORDINATOR).get(
        reverse("measurement:board", args=[collection.world.network.slug, collection.round.pk])
    )
    assert "davon 1 ohne Zahl" in text.content.decode()


def place(collection: Collection) -> dict[str, int]:
    return {"round_id": collection.round.pk, "organisation_id": collection.world.own.pk}


def test_late_is_who_had_not_submitted_in_time(collection: Collection) -> None:
    fill_all(collection)
    collection.submit()
    found = board(collection, Role.COORDINATOR, at=AFTER_DUE)
    assert (found.late, found.total) == (2, 3)
    late = board(collection, Role.COORDINATOR, at=AFTER_DUE, only_late=True)
    assert collection.world.own.name not in names(late)
    drafts = board(collection, Role.COORDINATOR, state="submitted")
    assert names(drafts) == [collection.world.own.name]


def test_a_round_of_another_network_has_no_board(collection: Collection) -> None:
    actor = collection.world.actor(Role.COORDINATOR_ELSEWHERE, collection.world.elsewhere)
    assert board_of(actor=actor, round_id=collection.round.pk, at=NOW) is None


def test_the_board_costs_the_same_with_many_organisations(collection: Collection) -> None:
    actor = collection.world.actor(Role.COORDINATOR)
    with CaptureQueriesContext(connection) as few:
        assert board_of(actor=actor, round_id=collection.round.pk, at=NOW)
    for number in range(30):
        made = add_organisation(f"Haus {number}", collection.world.network)
        add_affiliation(
            collection.world.network, add_person(f"P {number}", f"p{number}@example.org"), made
        )
        Submission.objects.create(round=collection.round, organisation=made)
        Expectation.objects.create(
            round=collection.round, organisation=made, measure=collection.ended
        )
    with CaptureQueriesContext(connection) as many:
        found = board_of(actor=actor, round_id=collection.round.pk, at=NOW)
    assert found is not None
    assert len(found.rows) == 33
    assert len(many) == len(few) <= 10


def test_board_and_round_lead_to_each_other_and_to_the_reports_one_may_see(
    collection: Collection,
) -> None:
    slug, world = collection.world.network.slug, collection.world
    round_url = reverse("measurement:round", args=[slug, collection.round.pk])
    board_url = reverse("measurement:board", args=[slug, collection.round.pk])
    reports = {o: collection.url("submission", o) for o in (world.own, world.shared, world.third)}
    office = collection.client(Role.COORDINATOR)
    assert f'href="{round_url}"' in office.get(board_url).content.decode()
    for role, seen in ((Role.COORDINATOR, set(reports)), (Role.PRACTITIONER_OWN, {world.own})):
        page = collection.client(role).get(round_url).content.decode()
        assert f'href="{board_url}"' in page
        assert {o for o, url in reports.items() if f'href="{url}"' in page} == seen, role


def test_reminding_mails_once_a_day_whoever_has_the_turn(collection: Collection) -> None:
    address = reverse(
        "measurement:board_remind",
        args=[collection.world.network.slug, collection.round.pk, collection.world.own.pk],
    )
    for _ in range(2):
        assert collection.client(Role.COORDINATOR).post(address).status_code == 302
    told = Notification.objects.get(kind="submission.reminded")
    assert told.user == collection.world.user(Role.PRACTITIONER_OWN)
    assert OutboxMessage.objects.count() == 1
    tomorrow = dt.datetime.now(dt.UTC) + dt.timedelta(days=1)
    actions.remind(**collection.who(Role.COORDINATOR), at=tomorrow)
    assert OutboxMessage.objects.count() == 2


def test_nobody_of_an_organisation_that_left_is_reminded(collection: Collection) -> None:
    collection.world.own.memberships.update(stage="left")
    row_of_own = next(
        r
        for r in board(collection, Role.COORDINATOR).rows
        if r.organisation_id == collection.world.own.pk
    )
    assert (row_of_own.nobody, row_of_own.can_remind) == (True, False)
    assert actions.remind(**collection.who(Role.COORDINATOR), at=NOW) == 0
    assert not OutboxMessage.objects.exists()


# -------------------------------------------------------------------------------- waiting


def waiting(collection: Collection, role: Role, at: dt.datetime = NOW) -> list[Waiting]:
    asked = WaitingFor(collection.world.user(role).pk, collection.world.network.pk, at)
    marks = ("/meldungen/", "/stand/")
    return [w for w in ask_measurement(asked) if any(mark in w.url for mark in marks)]


def ask_measurement(asked: WaitingFor) -> list[Waiting]:
    from wirknetz.measurement.handlers.collection import waiting as answer

    return list(answer(asked))


def test_the_practitioner_is_asked_to_report(collection: Collection) -> None:
    found = waiting(collection, Role.PRACTITIONER_OWN)
    assert [w.title for w in found] == [f"Zahlen melden: {collection.round.title}"]
    assert (found[0].minutes, found[0].due, found[0].on_behalf) == (
        15, collection.round.due_on, collection.world.own.name,
    )  # fmt: skip
    assert waiting(collection, Role.LEADERSHIP_OWN) == []
    assert waiting(collection, Role.OBSERVER) == []


def test_each_step_waits_for_the_right_person(collection: Collection) -> None:
    collection.record(row(collection.ended, 12))
    assert waiting(collection, Role.PRACTITIONER_OWN)[0].title.startswith("Meldung zu Ende")
    fill_all(collection)
    assert waiting(collection, Role.PRACTITIONER_OWN)[0].title.startswith("Meldung prüfen")
    collection.submit()
    assert waiting(collection, Role.PRACTITIONER_OWN) == []
    approve = waiting(collection, Role.LEADERSHIP_OWN)[0]
    assert approve.title.startswith("Meldung bestätigen")
    assert approve.asked_by == "Petra Probe"
    actions.return_(**collection.who(Role.COORDINATOR), reason="Bitte prüfen", at=NOW)
    assert waiting(collection, Role.PRACTITIONER_OWN)[0].title.startswith("Zurückgegebene")
    collection.submit()
    collection.approve()
    assert (
        waiting(collection, Role.PRACTITIONER_OWN) == waiting(collection, Role.LEADERSHIP_OWN) == []
    )


def test_the_own_median_says_how_long_it_takes(collection: Collection) -> None:
    from tests.world import add_round

    for period, minutes in (("2025Q4", 5), ("2026Q1", 30), ("2026Q2", 30)):
        add_round(
            collection.world.network, period, measures=(collection.ended,),
            organisations=(collection.world.own,), closed_at=NOW,
        )  # fmt: skip
        Submission.objects.filter(round__period_code=period).update(minutes=minutes)
    assert waiting(collection, Role.PRACTITIONER_OWN)[0].minutes == 30


def test_the_coordinator_hears_of_what_is_late(collection: Collection) -> None:
    assert waiting(collection, Role.COORDINATOR) == []
    found = waiting(collection, Role.COORDINATOR, AFTER_DUE)
    assert [w.title for w in found] == [f"3 Meldungen sind überfällig: {collection.round.title}"]


# --------------------------------------------------------------------------------- export


def test_an_organisation_leaves_with_everything_it_reported(collection: Collection) -> None:
    fill_all(collection)
    collection.record(row(collection.ended, 13))
    collection.submit()
    collection.approve()
    asked = ExportOf(collection.world.own.pk, collection.world.network.pk)
    sheets = {sheet.name: sheet for sheet in ask(EXPORT, asked)}
    assert {"Meldungen", "Werte", "Bestätigungen", "Nachrichten"} <= set(sheets)
    assert len(sheets["Werte"].rows) == 12
    assert all(len(s.header) == len(r) for s in sheets.values() for r in s.rows)
    foreign = ExportOf(collection.world.shared.pk, collection.world.network.pk)
    assert [s.rows for s in ask(EXPORT, foreign) if s.name == "Werte"] == [()]


# -------------------------------------------------------------------------------- queries


def test_the_form_costs_the_same_however_much_is_reported(collection: Collection) -> None:
    actor = collection.world.actor(Role.PRACTITIONER_OWN)
    which = {"actor": actor, "round_id": collection.round.pk,
             "organisation_id": collection.world.own.pk}  # fmt: skip
    collection.record(row(collection.ended, 12))
    with CaptureQueriesContext(connection) as few:
        assert page_of(**which) is not None
    fill_all(collection)
    with CaptureQueriesContext(connection) as many:
        page = page_of(**which)
        assert page is not None
        assert page.form.answered == 3
    assert len(many) == len(few) <= 11
