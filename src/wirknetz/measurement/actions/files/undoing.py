"""Taking back what came from a file: what stood before stands again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from wirknetz.core.values import Cell, State, Value
from wirknetz.foundation.actions import record_event
from wirknetz.foundation.doors import Refused
from wirknetz.measurement.actions.collection.recording import Row, opened, record
from wirknetz.measurement.models import Submission, TakeOver
from wirknetz.measurement.queries.collection import said, submissions
from wirknetz.measurement.queries.collection.refusing import require
from wirknetz.measurement.rules.collection import Act
from wirknetz.network.rules import Actor


@dataclass(frozen=True, slots=True)
class Undone:
    """How many places say again what they said, how many were changed since and stay."""

    restored: int
    left: int


@transaction.atomic
def undo(
    *, by: Actor, round_id: int, organisation_id: int, take_over_id: int, at: dt.datetime
) -> Undone:
    """Put back what stood there before; what somebody changed since stays as it is.

    Http404 for what is not there or undone already; Refused once it is submitted.
    """
    submission = opened(by, round_id, organisation_id)
    require(Act.RECORD, by, submissions.standing_of(submission))
    taken = (
        TakeOver.objects.select_for_update()
        .filter(pk=take_over_id, submission=submission, undone_at__isnull=True)
        .first()
    )
    if taken is None:
        raise Http404
    if taken.revision != submission.revision:
        raise Refused(_("Diese Werte sind bestätigt. Ändern Sie sie bitte in der Korrektur."))
    rows = list(_rows(taken, submission))
    record(by=by, round_id=round_id, organisation_id=organisation_id, rows=rows, at=at)
    _restore_ways(submission, taken.before)
    taken.undone_at, taken.undone_by_id = at, by.user_id
    taken.save(update_fields=["undone_at", "undone_by"])
    done = Undone(len(rows), len(taken.written) - len(rows))
    _tell(by, submission, taken, done, at)
    return done


def _rows(taken: TakeOver, submission: Submission) -> Iterator[Row]:
    """For every place that still says what the file said: what it said before, or nothing."""
    before = {
        (measure, cell): (raw, source) for measure, cell, raw, source in taken.before["values"]
    }
    now = said.current(submission.pk, {measure for measure, _cell, _entry in taken.written})
    for measure, key, entry in taken.written:
        here = now.get((measure, Cell.parse(key)))
        if (here.id if here else None) == entry:
            raw, source = before.get((measure, key), (None, None))
            yield Row(measure, Cell.parse(key), _value(raw), seen=entry, source=source)


def _value(raw: Mapping[str, Any] | None) -> Value | None:
    if raw is None:
        return None
    amount = None if raw["amount"] is None else Decimal(raw["amount"])
    return Value(State(raw["state"]), amount, raw["n"])


def _restore_ways(submission: Submission, before: Mapping[str, Any]) -> None:
    """The breakdowns chosen, and what was typed and could not be stored."""
    submission.refresh_from_db(fields=["grains", "unfinished"])
    measures = set(before["measures"])
    submission.grains = {
        m: g for m, g in submission.grains.items() if int(m) not in measures
    } | before["grains"]
    submission.unfinished = {
        key: note
        for key, note in submission.unfinished.items()
        if int(key.partition(":")[0]) not in measures
    } | before["unfinished"]
    submission.save(update_fields=["grains", "unfinished"])


def _tell(
    by: Actor, submission: Submission, taken: TakeOver, done: Undone, at: dt.datetime
) -> None:
    record_event(
        by=by.author_for(submission.organisation_id),
        action="file.taken_back",
        at=at,
        object_type="submission",
        object_id=submission.pk,
        label=str(submission.round.title),
        details={"sha256": taken.sha256, "restored": done.restored, "left": done.left},
    )
