"""Holding late changes back from what partners see, and showing them together (ADR 5)."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from wirknetz.foundation.actions import record_event
from wirknetz.foundation.audit import HasAuthor
from wirknetz.measurement.models import Round, RoundMeasure, Submission
from wirknetz.measurement.queries.results.held import changes
from wirknetz.measurement.rules.holding import shown_together
from wirknetz.network.queries import contacts


def hold_back(submission: Submission, *, agreed: bool, by: HasAuthor, at: dt.datetime) -> None:
    """After an approval: what changed in a closed round waits, unless the organisation agreed.

    In a running round nobody but the office sees a figure, so nothing has to wait.
    """
    if submission.round.closed_at is None:
        return
    submission.held_since = None if agreed else submission.held_since or at
    submission.save(update_fields=["held_since"])
    show_together(submission.round, by=by, at=at)


def hold_latecomers(one: Round, *, by: HasAuthor, at: dt.datetime) -> None:
    """When a round closes of whose period figures were seen before it opened: all of it is late."""
    seen = Round.objects.filter(
        network_id=one.network_id, period_code=one.period_code, closed_at__lte=one.opened_at
    ).exclude(pk=one.pk)
    measures = RoundMeasure.objects.filter(round=one).values("measure")
    if not RoundMeasure.objects.filter(round__in=seen, measure__in=measures).exists():
        return
    one.submissions.filter(entries__counted_from__isnull=False, held_since__isnull=True).update(
        held_since=one.opened_at
    )
    show_together(one, by=by, at=at)


def show_together(one: Round, *, by: HasAuthor, at: dt.datetime) -> None:
    """Let others see what so many changed alike that nobody can tell it from one another.

    Of two approvals at the same moment each leaves the other's submission out: then both wait
    for the next one.
    """
    waiting = Submission.objects.select_for_update(of=("self",), skip_locked=True).filter(
        round__network_id=one.network_id,
        round__period_code=one.period_code,
        held_since__isnull=False,
    )
    found = changes(list(waiting))
    least = one.network.minimum_group + _most_of_one_person(one.network_id)
    shown = shown_together(found, least=least)
    if not shown:
        return
    Submission.objects.filter(pk__in=shown).update(held_since=None)
    record_event(
        by=by,
        action="round.late_changes_shown",
        at=at,
        object_type="round",
        object_id=one.pk,
        label=one.title,
        details={"submissions": sorted(shown)},
    )


def _most_of_one_person(network_id: int) -> int:
    """For how many organisations one person acts at most: so many changes she knows herself."""
    acting = Counter(contact.person_id for contact in contacts(network_id=network_id))
    return max(acting.values(), default=1)
