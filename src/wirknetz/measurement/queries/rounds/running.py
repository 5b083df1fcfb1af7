"""What is due by itself: opening, closing, reminding; and what waits for the coordinators."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from wirknetz.core.values import Period
from wirknetz.measurement.models import Expectation, Reminder, Round, Submission
from wirknetz.measurement.queries.rounds.asking import last_round
from wirknetz.measurement.rules.rounds import OUTSTANDING, Owing, Running
from wirknetz.network import queries as network_queries


def to_open(day: dt.date) -> list[Round]:
    """Planned rounds whose day has come and that ask somebody for something. One query."""
    asking = Expectation.objects.filter(round=OuterRef("pk"))
    return list(
        Round.objects.filter(
            Exists(asking), opened_at__isnull=True, closed_at__isnull=True, opens_on__lte=day
        ).order_by("pk")
    )


def to_close(day: dt.date) -> list[Round]:
    """Open rounds whose closing day is over. One query."""
    return list(
        Round.objects.filter(
            opened_at__isnull=False, closed_at__isnull=True, closes_on__lt=day
        ).order_by("pk")
    )


def running(day_of: dt.tzinfo) -> list[Running]:
    """The open rounds, as far as reminding needs them. One query."""
    found = Round.objects.filter(opened_at__isnull=False, closed_at__isnull=True)
    return [
        Running(
            round_id=r.pk,
            opened_on=r.opened_at.astimezone(day_of).date(),
            due_on=r.due_on,
            days_before=r.network.remind_days_before,
            days_after=r.network.remind_days_after,
        )
        for r in found.select_related("network").order_by("pk")
        if r.opened_at
    ]


def owing(round_ids: Iterable[int]) -> list[Owing]:
    """Who still has to report in these rounds. Two queries and one for each network."""
    outstanding = Submission.objects.filter(round__in=list(round_ids), state__in=OUTSTANDING)
    wanted: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for network_id, round_id, organisation_id in outstanding.values_list(
        "round__network_id", "round_id", "organisation_id"
    ).order_by("round_id", "organisation_id"):
        wanted[network_id].append((round_id, organisation_id))
    return [
        Owing(user_id, round_id, organisation_id)
        for network_id, pairs in wanted.items()
        for people in [reporters(network_id, {o for _, o in pairs})]
        for round_id, organisation_id in pairs
        for user_id in people.get(organisation_id, ())
    ]


def reporters(network_id: int, organisation_ids: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """Whom to ask for the report of each organisation, by user number. One query.

    Those in practice; where an organisation has none with an account, its leadership.
    """
    found = network_queries.contacts(network_id=network_id, organisation_ids=organisation_ids)
    practice: dict[int, list[int]] = defaultdict(list)
    leadership: dict[int, list[int]] = defaultdict(list)
    for contact in found:
        if contact.user_id is not None and contact.organisation_id is not None:
            group = leadership if contact.leadership else practice
            group[contact.organisation_id].append(contact.user_id)
    return {pk: tuple(practice[pk] or leadership[pk]) for pk in {*practice, *leadership}}


@dataclass(frozen=True, slots=True)
class Untold:
    """An organisation with people who hear nothing; ``reached``: somebody else there does."""

    organisation_id: int
    organisation: str
    names: tuple[str, ...]
    reached: bool


def untold(network_id: int, organisations: Mapping[int, str]) -> tuple[Untold, ...]:
    """Who of these organisations (name by number) has no account to be told by. One query.

    Also organisations without anybody; not those where everybody is told.
    """
    contacts = network_queries.contacts(network_id=network_id, organisation_ids=organisations)
    names: dict[int, list[str]] = defaultdict(list)
    for contact in contacts:
        if contact.user_id is None and contact.organisation_id is not None:
            names[contact.organisation_id].append(contact.name)
    reached = {contact.organisation_id for contact in contacts if contact.user_id is not None}
    return tuple(
        Untold(pk, name, tuple(names[pk]), pk in reached)
        for pk, name in organisations.items()
        if names[pk] or pk not in reached
    )


def reminded(round_ids: Iterable[int]) -> set[tuple[int, int, str]]:
    """Round, user and kind of the reminders there were. One query."""
    found = Reminder.objects.filter(round__in=list(round_ids))
    return set(found.values_list("round_id", "user_id", "kind"))


def unprepared_period(network_id: int, today: dt.date) -> Period | None:
    """The period that is over and has no round yet, in the rhythm of the last round."""
    last = last_round(network_id)
    if last is None:
        return None
    following = last.period.shift(1)
    return following if following.end < today else None
