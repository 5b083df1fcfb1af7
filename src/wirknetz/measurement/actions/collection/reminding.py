"""Reminding one organisation by hand: once a day, whoever's turn it is."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from wirknetz.foundation import actions as foundation
from wirknetz.foundation.doors import Refused
from wirknetz.foundation.language import LazyDay
from wirknetz.measurement.actions.collection.telling import page
from wirknetz.measurement.models import Submission
from wirknetz.measurement.queries.collection import submissions
from wirknetz.measurement.queries.collection.board import REMINDED, next_people, reminder_key
from wirknetz.measurement.rules.collection import mark_of
from wirknetz.network.rules import Actor


@transaction.atomic
def remind(*, by: Actor, round_id: int, organisation_id: int, at: dt.datetime) -> int:
    """Mail a reminder to whoever's turn it is; how many people. The same day sends nothing new.

    Raises:
        Refused: not the coordinating office.
        Http404: no such submission in this network.
    """
    if not by.coordinator:
        raise Refused(str(_("Erinnern kann nur die Koordinierungsstelle.")))
    submission = submissions.find(
        network_id=by.network_id, round_id=round_id, organisation_id=organisation_id
    )
    if submission is None or submission.state == Submission.State.APPROVED:
        raise Http404
    people = submissions.colleagues_of(by.network_id, [organisation_id])
    asked = [c.user_id for c in next_people(submission.state, submission, people)]
    _mail(submission, asked, at)
    foundation.record_event(
        by=by.author,
        action="submission.reminded",
        at=at,
        object_type="submission",
        object_id=submission.pk,
        label=f"{submission.organisation.name} · {submission.round.title}",
        details={"people": len(asked)},
    )
    return len(asked)


def _mail(submission: Submission, user_ids: list[int], at: dt.datetime) -> None:
    round_, day = submission.round, timezone.localdate(at)
    foundation.notify(
        user_ids=user_ids,
        kind=REMINDED,
        key=reminder_key(round_.pk, submission.organisation_id, day),
        subject=format_lazy(_("Erinnerung: {title}"), title=round_.title),
        text=_text(submission),
        url=page("submission", submission),
        scope_id=round_.network_id,
        immediate=True,
        about=[mark_of(submission)],
        at=at,
    )


def _text(submission: Submission) -> Promise:
    day = LazyDay(submission.round.due_on)
    if submission.state == Submission.State.SUBMITTED:
        told = _("Die Meldung von {name} ist eingereicht. Sie zählt erst, wenn Sie sie bestätigen.")
    else:
        told = _("Die Meldung von {name} fehlt noch. Frist war oder ist der {day}.")
    return format_lazy(told, name=submission.organisation.name, day=day)
