"""Who may plan rounds, which state of a round may follow which, whom to remind when."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from wirknetz.core.values import Period
from wirknetz.measurement.models import Reminder, Submission
from wirknetz.network.rules import Actor, is_coordinator, is_partner


class RoundState(StrEnum):
    """Where a round is."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


ROUND: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        RoundState.PLANNED: frozenset({RoundState.OPEN}),
        RoundState.OPEN: frozenset({RoundState.CLOSED}),
        RoundState.CLOSED: frozenset(),
    }
)
"""Which state of a round may follow which. Diagram and tests are made from this table.

Closed is the end: what comes later is a correction with a reason.
"""

OUTSTANDING: Final = frozenset(
    {Submission.State.OPEN, Submission.State.DRAFT, Submission.State.RETURNED}
)
"""Submissions the organisation still has to work on."""


def may_plan(actor: Actor) -> bool:
    """The coordinating office plans, opens and closes rounds."""
    return is_coordinator(actor)


def may_see_rounds(actor: Actor) -> bool:
    """Partners see who is asked what and when; observers do not."""
    return is_partner(actor)


def state_of(*, opened_at: dt.datetime | None, closed_at: dt.datetime | None) -> RoundState:
    """Where a round is, told by what happened to it."""
    if closed_at is not None:
        return RoundState.CLOSED
    return RoundState.PLANNED if opened_at is None else RoundState.OPEN


def may_follow(state: RoundState, wanted: RoundState) -> bool:
    """Whether a round may go from one state to the other."""
    return wanted in ROUND[state]


def may_change(state: RoundState) -> bool:
    """Whether it may still change what is asked of whom, and when."""
    return state is not RoundState.CLOSED


def may_discard(state: RoundState) -> bool:
    """Only what nobody was asked yet may be thrown away."""
    return state is RoundState.PLANNED


def is_to_open(*, opens_on: dt.date, day: dt.date) -> bool:
    """Whether a planned round opens on this day."""
    return opens_on <= day


def is_early(period: Period, day: dt.date) -> bool:
    """Whether a round opened on this day asks for a period that is not over."""
    return day <= period.end


def is_to_close(*, closes_on: dt.date, day: dt.date) -> bool:
    """Whether an open round closes: the closing day itself still counts as open."""
    return closes_on < day


@dataclass(frozen=True, slots=True)
class Running:
    """An open round, as far as reminding needs it."""

    round_id: int
    opened_on: dt.date
    due_on: dt.date
    days_before: int
    days_after: int


@dataclass(frozen=True, slots=True)
class Owing:
    """A person who still has to report for an organisation in a round."""

    user_id: int
    round_id: int
    organisation_id: int


def reminder_kind(running: Running, day: dt.date) -> str | None:
    """Which reminder is due on this day: before or after the due date, or none.

    On the day it opened people just heard of the round, so nothing is sent. A reminder missed
    on its day (the server was down) is made up for as long as it still fits.
    """
    if day <= running.opened_on:
        return None
    if running.due_on - dt.timedelta(days=running.days_before) <= day <= running.due_on:
        return str(Reminder.Kind.BEFORE)
    if day > running.due_on and day >= running.due_on + dt.timedelta(days=running.days_after):
        return str(Reminder.Kind.AFTER)
    return None


def reminders(
    *,
    rounds: Iterable[Running],
    owing: Iterable[Owing],
    sent: Iterable[tuple[int, int, str]],
    day: dt.date,
) -> dict[int, tuple[tuple[Owing, str], ...]]:
    """What to remind each person of on this day, in one mail.

    Args:
        rounds: the rounds that are open.
        owing: who still has to report; nobody whose submission is in.
        sent: round, user and kind of the reminders there were.
        day: the local day.

    Returns:
        By user id: what is owed and the kind of reminder; only people with anything new.
    """
    kinds = {r.round_id: kind for r in rounds if (kind := reminder_kind(r, day))}
    done = frozenset(sent)
    due: dict[int, list[tuple[Owing, str]]] = defaultdict(list)
    for one in owing:
        kind = kinds.get(one.round_id)
        if kind and (one.round_id, one.user_id, kind) not in done:
            due[one.user_id].append((one, kind))
    return {user_id: tuple(listed) for user_id, listed in due.items()}
