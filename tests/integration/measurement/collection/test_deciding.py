"""Submitting, approving, returning, correcting: who may, what counts when, who is told."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from decimal import Decimal

import pytest
from django.http import Http404
from django.test import Client
from django.utils import timezone

from tests.integration.measurement.collection.conftest import Collection, fill_all, row
from tests.world import NOW, Role, add_measure
from wirknetz.core.values import Cell
from wirknetz.foundation.doors import Refused
from wirknetz.foundation.models import AuditEvent, Notification, OutboxMessage
from wirknetz.measurement.actions import collection as actions
from wirknetz.measurement.models import (
    Approval,
    Entry,
    Expectation,
    Round,
    RoundMeasure,
    Submission,
    SubmissionNote,
    ValidationRule,
)
from wirknetz.measurement.queries.collection import said
from wirknetz.network.models import Affiliation, Network

pytestmark = pytest.mark.django_db
State = Submission.State
LATER = NOW + dt.timedelta(days=1)


def submitted(collection: Collection) -> Collection:
    fill_all(collection)
    collection.submit()
    return collection


def mailed(collection: Collection) -> str:
    """Submit today, and the path of the link in the mail to the leadership."""
    fill_all(collection)
    collection.submit(at=timezone.now())
    path = re.search(r"https?://[^/]+(\S+)", OutboxMessage.objects.get().text)
    assert path
    return path[1]


def approved(collection: Collection) -> Collection:
    submitted(collection).approve()
    return collection


def counted(collection: Collection, measure: str = "beendet") -> list[Decimal | None]:
    rows = Entry.objects.filter(
        submission=collection.submission, measure__code=measure, counted_from__isnull=False,
        counted_until__isnull=True,
    )  # fmt: skip
    return list(rows.values_list("amount", flat=True))


def refused(collection: Collection, name: str, role: Role, **more: object) -> None:
    with pytest.raises((Refused, Http404)):
        getattr(actions, name)(**collection.who(role), at=NOW, **more)


# --------------------------------------------------------------------------- submitting


def test_nothing_reported_is_not_submitted(collection: Collection) -> None:
    collection.record(row(collection.ended, 1))
    collection.record(row(collection.ended, None))
    with pytest.raises(actions.NotReady):
        collection.submit()


def test_gaps_do_not_stop_a_submission(collection: Collection) -> None:
    collection.record(row(collection.ended, 12))
    collection.submit()
    assert collection.submission.state == State.SUBMITTED


def test_an_error_stops_it(collection: Collection) -> None:
    collection.record(row(collection.talks, "4.5"))  # a mean without its cases
    with pytest.raises(actions.NotReady) as wrong:
        collection.submit()
    assert len(wrong.value.dossier.errors) == 1


def test_the_networks_own_rule_stops_it_with_its_own_sentence(collection: Collection) -> None:
    ValidationRule.objects.create(
        network=collection.world.network, expression="beendet <= begonnen", severity="error",
        message="Es können nicht mehr enden als beginnen.",
    )  # fmt: skip
    fill_all(collection)
    collection.record(row(collection.ended, 28))
    page = collection.client().post(collection.url("submission_check"), {"go": "submit"})
    assert page.status_code == 422
    assert "Es können nicht mehr enden als beginnen." in page.content.decode()
    collection.record(row(collection.ended, 27))
    collection.submit()


def test_a_rule_that_came_later_stops_the_approval(collection: Collection) -> None:
    fill_all(collection)
    collection.record(row(collection.ended, 28))
    collection.submit()
    ValidationRule.objects.create(
        network=collection.world.network, expression="beendet <= begonnen", severity="error",
        message="Es können nicht mehr enden als beginnen.",
    )  # fmt: skip
    with pytest.raises(Refused, match="Fehler"):
        actions.approve(**collection.who(Role.LEADERSHIP_OWN), at=NOW)
    assert collection.submission.state == State.SUBMITTED


def test_a_question_is_answered_with_a_sentence_and_stands_for_this_value(
    collection: Collection,
) -> None:
    collection.ended.maximum = 100
    collection.ended.save()
    collection.record(row(collection.ended, 10**9 // 100))
    with pytest.raises(actions.NotReady):
        collection.submit()
    check = collection.client().get(collection.url("submission_check"))
    key = check.context["page"].check.questions[0].key
    answer = {f"answer:{key}": "Wir haben eine Klinik übernommen.", "go": "submit"}
    assert collection.client().post(collection.url("submission_check"), answer).status_code == 302
    assert collection.submission.state == State.SUBMITTED
    actions.return_(**collection.who(Role.COORDINATOR), reason="Bitte prüfen", at=NOW)
    collection.record(row(collection.ended, 5000))
    with pytest.raises(actions.NotReady):  # another value asks again
        collection.submit()


def test_only_open_questions_can_be_answered(collection: Collection) -> None:
    collection.record(row(collection.ended, 12))
    actions.answer(**collection.who(Role.PRACTITIONER_OWN), answers={"x" * 40: "Ja"}, at=NOW)
    assert not collection.submission.answers.exists()


# ---------------------------------------------------------------------------- approving


def test_the_one_who_submitted_does_not_approve(collection: Collection) -> None:
    submitted(collection)
    refused(collection, "approve", Role.PRACTITIONER_OWN)
    assert counted(collection) == []


@pytest.mark.parametrize(
    "role", [Role.COORDINATOR, Role.PRACTITIONER_FOREIGN, Role.LEADERSHIP_FOREIGN, Role.OBSERVER]
)
def test_nobody_else_approves(collection: Collection, role: Role) -> None:
    submitted(collection)
    refused(collection, "approve", role)
    assert counted(collection) == []


def test_where_the_network_does_not_ask_for_it_one_person_is_enough(collection: Collection) -> None:
    Network.objects.update(second_person_approves=False)
    submitted(collection).approve(by=Role.PRACTITIONER_OWN)
    assert not Approval.objects.get().alone


def test_the_only_person_may_approve_and_that_is_kept(collection: Collection) -> None:
    Affiliation.objects.filter(person__user=collection.world.user(Role.LEADERSHIP_OWN)).update(
        until=NOW
    )
    submitted(collection).approve(by=Role.PRACTITIONER_OWN)
    assert Approval.objects.get().alone
    assert AuditEvent.objects.get(action="submission.approved").details["alone"] is True


def test_what_is_approved_is_copied_and_hashed(collection: Collection) -> None:
    found = submitted(collection).approve()
    approval = Approval.objects.get()
    text = json.dumps(approval.content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(text.encode()).hexdigest() == approval.content_hash == found
    assert {"measure": "beendet", "cell": "", "state": "amount", "amount": "12", "n": None,
            "base": True} in approval.content["values"]  # fmt: skip
    assert counted(collection) == [Decimal(12)]


def test_only_what_was_shown_can_be_approved(collection: Collection) -> None:
    submitted(collection)
    leader = collection.client(Role.LEADERSHIP_OWN)
    shown = leader.get(collection.url("submission_review")).context["page"].dossier.content_hash
    actions.return_(**collection.who(Role.COORDINATOR), reason="Bitte prüfen", at=NOW)
    collection.record(row(collection.ended, 99))
    collection.submit(at=LATER)
    answer = leader.post(collection.url("submission_approve"), {"seen": shown})
    assert answer.status_code == 403
    assert "haben sich geändert" in answer.content.decode()
    assert counted(collection) == []


def test_an_approved_submission_is_not_approved_again(collection: Collection) -> None:
    approved(collection)
    refused(collection, "approve", Role.LEADERSHIP_OWN)
    assert Approval.objects.count() == 1


# ---------------------------------------------------------------------- giving it back


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.LEADERSHIP_OWN, Role.PRACTITIONER_OWN])
def test_a_submission_is_returned_with_a_reason(collection: Collection, role: Role) -> None:
    submitted(collection)
    with pytest.raises(actions.Unexplained):
        actions.return_(**collection.who(role), reason="  ", at=NOW)
    before = collection.current()
    actions.return_(**collection.who(role), reason="Fehlt da eine Null?", at=NOW)
    assert collection.submission.state == State.RETURNED
    assert collection.current() == before
    page = collection.client().get(collection.url("submission")).content.decode()
    assert "Fehlt da eine Null?" in page


def test_strangers_do_not_return(collection: Collection) -> None:
    submitted(collection)
    for role in (Role.PRACTITIONER_FOREIGN, Role.OBSERVER):
        refused(collection, "return_", role, reason="Nein")


def test_a_return_can_be_answered_and_submitted_again_unchanged(collection: Collection) -> None:
    submitted(collection)
    actions.return_(**collection.who(Role.COORDINATOR), reason="Fehlt da eine Null?", at=NOW)
    reply = {"text": "Nein, das stimmt so."}
    collection.client().post(collection.url("submission_reply"), reply)
    told = Notification.objects.get(user=collection.world.user(Role.COORDINATOR))
    assert told.text == "Nein, das stimmt so."
    assert not told.immediate
    collection.submit(at=LATER)
    assert collection.submission.first_submitted_at == NOW


# ---------------------------------------------------------------------------- correcting


def test_a_correction_counts_only_when_it_is_approved(collection: Collection) -> None:
    approved(collection)
    with pytest.raises(Refused):
        collection.record(row(collection.ended, 14))
    actions.correct(**collection.who(Role.PRACTITIONER_OWN), reason="Zwei kamen dazu.", at=LATER)
    collection.record(row(collection.ended, 14), at=LATER)
    assert counted(collection) == [Decimal(12)]
    collection.submit(at=LATER)
    collection.approve(at=LATER)
    assert counted(collection) == [Decimal(14)]
    assert [a.revision for a in Approval.objects.all()] == [1, 2]
    newest, oldest = said.history(
        submission_id=collection.submission.pk, measure_id=collection.ended.pk, cell=Cell()
    )
    assert (newest.reason, newest.recorded_by, newest.counted_from) == (
        "Zwei kamen dazu.",
        "Petra Probe",
        LATER,
    )
    assert (oldest.superseded_at, oldest.counted_from, oldest.counted_until) == (LATER, NOW, LATER)


def test_as_of_a_moment_is_a_filter(collection: Collection) -> None:
    approved(collection)
    actions.correct(**collection.who(Role.PRACTITIONER_OWN), reason="Zwei kamen dazu.", at=LATER)
    collection.record(row(collection.ended, None), at=LATER)
    collection.submit(at=LATER)
    collection.approve(at=LATER)
    assert counted(collection) == []
    old = Entry.objects.get(measure=collection.ended)
    assert (old.counted_from, old.counted_until) == (NOW, LATER)


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501])
def test_a_correction_needs_a_sentence(collection: Collection, reason: str) -> None:
    approved(collection)
    page = collection.client().post(collection.url("submission_correct"), {"reason": reason})
    assert page.status_code == 422
    assert collection.submission.state == State.APPROVED


def test_the_coordinator_does_not_correct(collection: Collection) -> None:
    approved(collection)
    refused(collection, "correct", Role.COORDINATOR, reason="Das war falsch.")


def test_after_closing_a_report_comes_with_a_reason(collection: Collection) -> None:
    Round.objects.update(closed_at=NOW)
    with pytest.raises(Refused):
        collection.record(row(collection.ended, 12))
    actions.correct(**collection.who(Role.PRACTITIONER_OWN), reason="Krankheit", at=LATER)
    collection.record(row(collection.ended, 12), at=LATER)
    collection.submit(at=LATER)
    collection.approve(at=LATER)
    assert Entry.objects.get().reason == "Krankheit"
    assert collection.submission.revision == 1
    assert SubmissionNote.objects.get().kind == SubmissionNote.Kind.CORRECTION


def test_what_was_submitted_before_closing_may_be_approved_after(collection: Collection) -> None:
    submitted(collection)
    Round.objects.update(closed_at=NOW)
    collection.approve(at=LATER)
    assert counted(collection) == [Decimal(12)]


# -------------------------------------------------------------------------------- minutes


def test_minutes_are_asked_once(collection: Collection) -> None:
    approved(collection)
    client = collection.client()
    review = collection.url("submission_review")
    assert "Wie lange hat diese Meldung" in client.get(review).content.decode()
    for wrong in ("", "7", "²", "-5", "9" * 400):
        client.post(collection.url("submission_minutes"), {"minutes": wrong})
        assert collection.submission.minutes is None
    for answer in ("15", "60"):
        client.post(collection.url("submission_minutes"), {"minutes": answer})
    assert collection.submission.minutes == 15
    assert "Wie lange hat diese Meldung" not in client.get(review).content.decode()


# --------------------------------------------------------------------------- who is told


def test_the_leadership_approves_from_the_mail(collection: Collection) -> None:
    path = mailed(collection)
    mail = OutboxMessage.objects.get()
    assert mail.recipient == collection.world.user(Role.LEADERSHIP_OWN).email
    client = collection.world.client()
    page = client.get(path)
    assert page.status_code == 200
    assert "Beendete Begleitungen" in page.content.decode()
    assert counted(collection) == []  # looking is not approving
    seen = re.search(r'name="seen" value="(\w+)"', page.content.decode())
    assert seen
    assert client.post(path, {"seen": seen[1]}).status_code == 200
    assert counted(collection) == [Decimal(12)]
    assert Approval.objects.get().by == collection.world.user(Role.LEADERSHIP_OWN)
    assert client.post(path, {"seen": seen[1]}).status_code != 200  # once
    assert Approval.objects.count() == 1


def test_the_mailed_link_returns_too(collection: Collection) -> None:
    path = mailed(collection)
    client = collection.world.client()
    empty = client.post(path, {"go": "return", "reason": ""})
    assert "Bitte schreiben Sie einen Satz dazu." in empty.content.decode()
    client.post(path, {"go": "return", "reason": "Fehlt da eine Null?"})
    assert collection.submission.state == State.RETURNED


def test_a_mailed_link_without_what_was_seen_approves_nothing(collection: Collection) -> None:
    path = mailed(collection)
    collection.world.client().post(path)
    assert collection.submission.state == State.SUBMITTED


def test_a_mailed_link_of_somebody_who_left_does_nothing(collection: Collection) -> None:
    path = mailed(collection)
    shown = collection.client(Role.LEADERSHIP_OWN).get(collection.url("submission_review"))
    seen = shown.context["page"].dossier.content_hash
    Affiliation.objects.filter(person__user=collection.world.user(Role.LEADERSHIP_OWN)).update(
        until=NOW
    )
    collection.world.client().post(path, {"seen": seen})
    assert collection.submission.state == State.SUBMITTED


def test_a_return_is_told_at_once_to_who_submitted(collection: Collection) -> None:
    submitted(collection)
    actions.return_(**collection.who(Role.COORDINATOR), reason="Fehlt da eine Null?", at=NOW)
    told = Notification.objects.get(user=collection.world.user(Role.PRACTITIONER_OWN))
    assert told.immediate
    assert "Fehlt da eine Null?" in told.text


def test_an_approval_is_told_in_the_digest(collection: Collection) -> None:
    approved(collection)
    told = Notification.objects.get(user=collection.world.user(Role.PRACTITIONER_OWN))
    assert not told.immediate


def test_a_measure_added_later_is_shown_as_a_gap(collection: Collection) -> None:
    fill_all(collection)
    late = add_measure(collection.world.network, "spaet", name="Spät gefragt")
    RoundMeasure.objects.create(round=collection.round, measure=late)
    Expectation.objects.create(
        round=collection.round, organisation=collection.world.own, measure=late
    )
    page = collection.client().get(collection.url("submission_check"))
    assert [gap.label for gap in page.context["page"].check.gaps] == ["Spät gefragt"]


# ------------------------------------------------------- after the round was closed


def corrected(collection: Collection) -> Collection:
    """Approved while the round ran; after its closing a correction is submitted."""
    approved(collection)
    Round.objects.update(closed_at=LATER)
    actions.correct(**collection.who(Role.PRACTITIONER_OWN), reason="Verzählt.", at=LATER)
    collection.record(row(collection.ended, 13), at=LATER)
    collection.submit(at=LATER)
    return collection


@pytest.mark.parametrize(("sent", "held"), [({}, True), ({"agreed": "1"}, False)])
def test_who_approves_decides_whether_all_see_a_late_change_at_once(
    collection: Collection, sent: dict[str, str], held: bool
) -> None:
    corrected(collection)
    leader, address = collection.client(Role.LEADERSHIP_OWN), collection.url("submission_review")
    page = leader.get(address)
    assert 'name="agreed"' in page.content.decode()
    seen = page.context["page"].dossier.content_hash
    leader.post(collection.url("submission_approve"), {"seen": seen} | sent)
    assert counted(collection) == [13]
    assert (collection.submission.held_since is not None) is held
    told = "sehen sie erst, wenn sich genug Organisationen geändert haben"
    assert (told in leader.get(address).content.decode()) is held
    event = AuditEvent.objects.filter(action="submission.approved").latest("id")
    assert event.details["held"] is held


@pytest.mark.parametrize(("sent", "held"), [({}, True), ({"agreed": "1"}, False)])
def test_so_does_who_approves_by_mail(
    collection: Collection, sent: dict[str, str], held: bool
) -> None:
    path = mailed(collection)
    Round.objects.update(closed_at=timezone.now())
    page = Client().get(path)
    assert 'name="agreed"' in page.content.decode()
    seen = re.search(r'name="seen" value="([0-9a-f]{64})"', page.content.decode())
    assert seen
    Client().post(path, {"seen": seen[1]} | sent)
    assert counted(collection) == [12]
    assert (collection.submission.held_since is not None) is held


def test_while_a_round_runs_nobody_is_asked_that(collection: Collection) -> None:
    submitted(collection)
    page = collection.client(Role.LEADERSHIP_OWN).get(collection.url("submission_review"))
    assert 'name="agreed"' not in page.content.decode()
