"""An answer to a question is never overwritten: the history shows every one."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.integration.measurement.collection.conftest import Collection, fill_all, row
from tests.world import NOW, Role
from wirknetz.foundation.models import AuditEvent
from wirknetz.measurement.actions import collection as actions
from wirknetz.measurement.models import Approval, FindingAnswer, Measure
from wirknetz.measurement.queries.collection.contributed import remarks

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(days=2)


@pytest.fixture
def asked(collection: Collection) -> Collection:
    """More than is plausible was typed: one question is open."""
    Measure.objects.filter(pk=collection.ended.pk).update(maximum=100)
    fill_all(collection)
    collection.record(row(collection.ended, 500))
    return collection


def question(asked: Collection) -> str:
    page = asked.client().get(asked.url("submission_check"))
    return str(page.context["page"].check.questions[0].key)


def say(asked: Collection, text: str, at: dt.datetime = NOW, **more: str) -> None:
    given = {question(asked): text} | more
    actions.answer(**asked.who(Role.PRACTITIONER_OWN), answers=given, at=at)


def history(asked: Collection) -> str:
    address = asked.url("submission_history", measure_id=asked.ended.pk)
    return str(asked.client(Role.COORDINATOR).get(address).content.decode())


def test_an_answer_changed_while_correcting_stands_beside_the_first(asked: Collection) -> None:
    say(asked, "Neue Klinik.")
    asked.submit()
    asked.approve()
    actions.correct(**asked.who(Role.PRACTITIONER_OWN), reason="Ungenau gesagt.", at=LATER)
    say(asked, "Die Klinik kam im Mai dazu.", at=LATER)
    asked.submit(at=LATER)
    asked.approve(at=LATER)
    kept = FindingAnswer.objects.order_by("id").values_list("text", "at", "superseded_at")
    assert list(kept) == [
        ("Neue Klinik.", NOW, LATER),
        ("Die Klinik kam im Mai dazu.", LATER, None),
    ]
    copies = Approval.objects.order_by("revision").values_list("content", flat=True)
    assert [c["answers"][0]["answer"] for c in copies] == [
        "Neue Klinik.", "Die Klinik kam im Mai dazu.",
    ]  # fmt: skip
    page = history(asked)
    assert page.index("Die Klinik kam im Mai dazu.") < page.index("Neue Klinik.")
    assert "Petra Probe" in page
    assert "100" in page  # the question itself


def test_only_the_last_answer_stands(asked: Collection) -> None:
    say(asked, "Erst so.")
    say(asked, "Dann so.")
    page = asked.client().get(asked.url("submission_check")).content.decode()
    assert "Dann so." in page
    assert "Erst so." not in page


def test_an_answer_taken_back_asks_again_and_stays_in_the_history(asked: Collection) -> None:
    say(asked, "Stimmt.")
    say(asked, "  ", at=LATER)
    with pytest.raises(actions.NotReady):
        asked.submit()
    only = FindingAnswer.objects.get()
    assert (only.superseded_at, only.superseded_by) == (
        LATER, asked.world.user(Role.PRACTITIONER_OWN),
    )  # fmt: skip
    assert "Stimmt." in history(asked)


def test_the_same_answer_again_is_none(asked: Collection) -> None:
    for _ in range(2):
        say(asked, "Stimmt.")
    assert FindingAnswer.objects.count() == 1
    assert AuditEvent.objects.filter(action="submission.questions_answered").count() == 1


def test_an_answer_about_another_value_stays_at_its_place(asked: Collection) -> None:
    say(asked, "Fünfhundert, wirklich.")
    asked.record(row(asked.ended, 12))
    assert "Fünfhundert, wirklich." in history(asked)
    other = asked.url("submission_history", measure_id=asked.talks.pk)
    assert "Fünfhundert" not in asked.client().get(other).content.decode()


def test_what_one_takes_along_names_earlier_answers(asked: Collection) -> None:
    say(asked, "Erst so.")
    say(asked, "Dann so.", at=LATER)
    _, rows = remarks(
        organisation_id=asked.world.own.pk, network_id=asked.world.network.pk
    )  # fmt: skip
    assert [(kind, text) for _, kind, text, *_ in rows] == [
        ("Frühere Antwort auf eine Rückfrage", "Erst so."),
        ("Antwort auf eine Rückfrage", "Dann so."),
    ]
