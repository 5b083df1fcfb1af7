"""Opening and closing, by hand and on the day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext, gettext_lazy

from wirknetz.foundation.actions import notify
from wirknetz.foundation.audit import HasAuthor, system
from wirknetz.foundation.language import LazyDay
from wirknetz.foundation.refusal import Refused
from wirknetz.measurement.actions.collection.holding import hold_latecomers
from wirknetz.measurement.actions.rounds.parts import get_round, record, where_to_report
from wirknetz.measurement.models import Entry, Round, Submission
from wirknetz.measurement.queries.rounds import expected_pairs, reporters, state
from wirknetz.measurement.rules.collection import report_mark
from wirknetz.measurement.rules.rounds import RoundState, is_to_close, is_to_open, may_follow
from wirknetz.network.models import Organisation
from wirknetz.network.rules import Actor


@transaction.atomic
def open_round(*, by: Actor, round_id: int, at: dt.datetime) -> None:
    """Open a planned round now: every organisation gets its submission, people are asked.

    Refused for a round that asks nobody for anything, or whose closing day is over.
    """
    _open(by, get_round(by, round_id), at)


@transaction.atomic
def open_by_itself(*, round_id: int, at: dt.datetime) -> bool:
    """Open a round whose day has come. False if it is no longer planned, or was put off.

    A round whose closing day is over as well (the server was down) opens without telling
    anybody: people would be asked for something they can no longer give.
    """
    one = Round.objects.select_for_update().select_related("network").get(pk=round_id)
    due = is_to_open(opens_on=one.opens_on, day=timezone.localdate(at))
    if state(one) is not RoundState.PLANNED or not due or not expected_pairs(one):
        return False
    _open(system("measurement.rounds", one.network_id), one, at, late=True)
    return True


@transaction.atomic
def close_round(*, by: Actor, round_id: int, at: dt.datetime) -> None:
    """Close an open round: from now on values change by corrections only."""
    _close(by, get_round(by, round_id), at)


@transaction.atomic
def close_by_itself(*, round_id: int, at: dt.datetime) -> bool:
    """Close a round whose closing day is over. False if it is not open, or was prolonged."""
    one = Round.objects.select_for_update().get(pk=round_id)
    over = is_to_close(closes_on=one.closes_on, day=timezone.localdate(at))
    if state(one) is not RoundState.OPEN or not over:
        return False
    _close(system("measurement.rounds", one.network_id), one, at)
    return True


def _open(by: HasAuthor, one: Round, at: dt.datetime, *, late: bool = False) -> None:
    if not may_follow(state(one), RoundState.OPEN):
        raise Refused(gettext("Diese Runde ist schon offen oder geschlossen."))
    if not expected_pairs(one):
        raise Refused(gettext("In dieser Runde ist noch niemand nach etwas gefragt."))
    today = timezone.localdate(at)
    over = one.closes_on < today
    if over and not late:
        raise Refused(gettext("Der Schlusstag ist schon vorbei. Bitte ändern Sie ihn zuerst."))
    one.opened_at = at
    one.opens_on = min(one.opens_on, today)
    one.save(update_fields=["opened_at", "opens_on"])
    record(by, "round.opened", one, at, period=one.period_code)
    created = _create_submissions(one)
    if not over:
        _tell(one, created, at)


def _close(by: HasAuthor, one: Round, at: dt.datetime) -> None:
    if not may_follow(state(one), RoundState.CLOSED):
        raise Refused(gettext("Nur eine offene Runde lässt sich schließen."))
    one.closed_at = at
    one.save(update_fields=["closed_at"])
    hold_latecomers(one, by=by, at=at)
    approved = one.submissions.filter(state=Submission.State.APPROVED).count()
    record(by, "round.closed", one, at, approved=approved, asked=one.submissions.count())


def ask_newcomers(by: HasAuthor, one: Round, at: dt.datetime) -> None:
    """After a change to an open round: new organisations are asked, those left out are not."""
    if state(one) is not RoundState.OPEN:
        return
    asked = {o for o, _ in expected_pairs(one)}
    untouched = one.submissions.filter(state=Submission.State.OPEN).exclude(organisation__in=asked)
    untouched.exclude(
        pk__in=Entry.objects.filter(submission__round=one).values("submission")
    ).delete()
    _tell(one, _create_submissions(one), at)


def _create_submissions(one: Round) -> set[int]:
    """A submission for every organisation that has none; the organisations, by number."""
    have = set(one.submissions.values_list("organisation_id", flat=True))
    missing = {o for o, _ in expected_pairs(one)} - have
    Submission.objects.bulk_create(
        Submission(round=one, organisation_id=pk) for pk in sorted(missing)
    )
    return missing


def _tell(one: Round, organisation_ids: Iterable[int], at: dt.datetime) -> None:
    """Ask the people of these organisations, each person once for all of hers."""
    hers: dict[int, list[int]] = defaultdict(list)
    for organisation_id, user_ids in sorted(reporters(one.network_id, organisation_ids).items()):
        for user_id in user_ids:
            hers[user_id].append(organisation_id)
    groups: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for user_id, listed in hers.items():
        groups[tuple(listed)].append(user_id)
    names = dict(Organisation.objects.filter(pk__in=organisation_ids).values_list("pk", "name"))
    for theirs, people in groups.items():
        _ask(one, people, {pk: names[pk] for pk in theirs}, at)


def _ask(one: Round, user_ids: list[int], organisations: dict[int, str], at: dt.datetime) -> None:
    text = format_lazy(
        gettext_lazy(
            "Ihre Zahlen werden gebraucht: Die Erhebungsrunde „{title}“ ist offen. "
            "Bitte melden Sie die Zahlen für "
            "{organisations} bis zum {due}. "
            "Was Sie eintragen, bleibt gespeichert. Sie können jederzeit weitermachen."
        ),
        title=one.title,
        organisations=", ".join(organisations.values()),
        due=LazyDay(one.due_on),
    )
    notify(
        user_ids=user_ids,
        kind="round.opened",
        key=f"round.opened:{one.pk}:{','.join(map(str, organisations))}",
        subject=format_lazy(gettext_lazy("Bitte melden Sie: {title}"), title=one.title),
        text=text,
        url=where_to_report(one, set(organisations)),
        scope_id=one.network_id,
        immediate=True,
        about=[report_mark(one.pk, pk) for pk in organisations],
        at=at,
    )
