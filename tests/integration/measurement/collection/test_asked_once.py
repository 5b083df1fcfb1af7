"""What a mail of its own has asked stands in no digest as well."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from tests.integration.measurement.collection.conftest import Collection
from tests.world import NOW, Role
from wirknetz.foundation.actions import compose_digest
from wirknetz.foundation.models import Notification, OutboxMessage
from wirknetz.measurement.actions import collection as actions
from wirknetz.measurement.models import Round, Submission

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(days=8)


def digest_of(collection: Collection, role: Role) -> bool:
    """Whether this person's digest has anything to say a week later."""
    user = collection.world.user(role)
    return compose_digest(user_id=user.pk, at=LATER)


def open_anew(collection: Collection) -> None:
    """The round opens now and asks."""
    from wirknetz.measurement.actions import rounds

    Submission.objects.all().delete()
    Round.objects.update(opened_at=None, opens_on=NOW.date())
    rounds.open_round(
        by=collection.world.actor(Role.COORDINATOR), round_id=collection.round.pk, at=NOW
    )


def test_who_was_asked_to_report_reads_it_once(collection: Collection) -> None:
    open_anew(collection)
    asked = collection.world.user(Role.PRACTITIONER_OWN)
    assert OutboxMessage.objects.filter(recipient=asked.email).count() == 1
    assert not digest_of(collection, Role.PRACTITIONER_OWN)


def test_who_was_not_asked_by_mail_finds_it_in_the_digest(collection: Collection) -> None:
    assert digest_of(collection, Role.PRACTITIONER_OWN)


def test_a_draft_is_the_same_matter(collection: Collection) -> None:
    open_anew(collection)
    collection.record()
    Submission.objects.filter(organisation=collection.world.own).update(state="draft")
    assert not digest_of(collection, Role.PRACTITIONER_OWN)


def test_who_was_asked_to_approve_finds_it_on_the_page_and_in_no_digest(
    collection: Collection, fill: Callable[[], None]
) -> None:
    fill()
    collection.submit()
    leader = collection.world.user(Role.LEADERSHIP_OWN)
    news = Notification.objects.get(user=leader, kind="submission.submitted")
    assert news.url == collection.url("submission_review")
    assert OutboxMessage.objects.filter(recipient=leader.email).count() == 1
    assert not digest_of(collection, Role.LEADERSHIP_OWN)


def test_who_was_told_of_a_return_is_not_told_again(
    collection: Collection, fill: Callable[[], None]
) -> None:
    fill()
    collection.submit()
    actions.return_(**collection.who(Role.LEADERSHIP_OWN), reason="Bitte prüfen.", at=NOW)
    assert not digest_of(collection, Role.PRACTITIONER_OWN)


def test_a_correction_is_another_matter_than_the_first_report(
    collection: Collection, fill: Callable[[], None]
) -> None:
    open_anew(collection)
    fill()
    collection.submit()
    collection.approve()
    actions.correct(**collection.who(Role.PRACTITIONER_OWN), reason="Vertippt.", at=NOW)
    assert digest_of(collection, Role.PRACTITIONER_OWN)
