"""The story of the demo: two years in the valley, and one round that is running."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace

from django.db import transaction
from django.test.utils import override_settings

from wirknetz.cli.demo_data import cast, numbers, plan
from wirknetz.cli.demo_data.cast import House
from wirknetz.cli.demo_data.collecting import Played, plan_round
from wirknetz.cli.demo_data.defining import define_checks, define_indicators, define_measures
from wirknetz.cli.demo_data.people import Stage, found, settle
from wirknetz.core.values import Period, PeriodKind
from wirknetz.foundation import actions as foundation
from wirknetz.foundation import jobs
from wirknetz.foundation.models import OutboxMessage, User
from wirknetz.measurement.actions import rounds
from wirknetz.network import actions as network

LAST = numbers.ROUNDS - 1
SILENT = {("selbsthilfe", 1), ("selbsthilfe", 5), ("kreis", 2), ("holzwerk", 0)}
"""Who did not report in which round."""

LATE = ("tagesreha", 7)
"""Reported after the round had closed."""

CORRECTED = ("caritas", 6)
"""Mended an approved figure."""

OPEN = {
    "approved": ("klinik_b", "jobcenter", "ifd", "kreis", "holzwerk", "agentur"),
    "submitted": ("diakonie", "klinik_a"),
    "returned": ("bruecke",),
    "draft": ("caritas", "bbw"),
}
"""How far everybody is in the running round; the others have not begun."""


def tell(*, at: dt.datetime, say: Callable[[str], None]) -> None:
    """Fill the database; nothing of the past is mailed."""
    silent = override_settings(
        EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
        PASSWORD_HASHERS=["wirknetz.cli.demo_data.people.QuickHasher"],
    )
    with silent, transaction.atomic():  # one commit instead of thousands
        say("  BORA-TB Lindental: vierzehn Organisationen, neun Runden …")
        _first_network(at, say)
        say("  Netzwerk Alleinerziehende Lindental …")
        _second_network(at)
        say("  Protokoll versiegeln …")
        _put_to_rest(at)


def _first_network(at: dt.datetime, say: Callable[[str], None]) -> None:
    periods = _periods(at)
    begin = _moment(periods[0].start)
    stage = found(cast.NETWORK, cast.PEOPLE, at=begin)
    for name in cast.REGIONS:
        network.add_region(name=name, by=stage.boss, at=begin)
    for name, description in cast.TARGET_GROUPS:
        network.add_target_group(name=name, description=description, by=stage.boss, at=begin)
    settle(stage, (*cast.HOUSES, *cast.PROSPECTS), cast.PEOPLE, at=begin)
    measures = define_measures(stage, plan.MEASURES, plan.DIMENSIONS, at=begin)
    define_indicators(stage, plan.INDICATORS, periods, at=begin)
    define_checks(stage, plan.RULES, at=begin)
    for number, period in enumerate(periods[:-1]):
        say(f"    {period.label()}")
        _closed_round(stage, number, period, measures)
    say(f"    {periods[-1].label()} (läuft)")
    _running_round(stage, periods[-1], measures, at)


def _closed_round(stage: Stage, number: int, period: Period, measures: dict[str, int]) -> None:
    opens = period.end + dt.timedelta(days=5)
    days = (opens, opens + dt.timedelta(days=28), opens + dt.timedelta(days=42))
    opened = _moment(opens)
    pk = plan_round(
        stage, period, days, houses=cast.HOUSES, plan=plan.MEASURES, measures=measures, at=opened
    )
    played = Played(stage, number, pk, measures, plan.MEASURES)
    for place, house in enumerate(cast.HOUSES):
        if (house.key, number) in SILENT or (house.key, number) == LATE:
            continue
        when = opened + dt.timedelta(days=4 + (place * 5 + number * 3) % 22, minutes=place * 7)
        played.report(house, at=when)
        played.submit(house, at=when + dt.timedelta(hours=1))
        played.approve(house, at=when + dt.timedelta(days=1), minutes=(15, 30, 15, 60)[place % 4])
    closing = _moment(days[2]) + dt.timedelta(hours=10)
    rounds.close_round(by=stage.boss, round_id=pk, at=closing)
    _afterwards(played, closing)


def _afterwards(played: Played, closing: dt.datetime) -> None:
    houses = {house.key: house for house in cast.HOUSES}
    if played.number == LATE[1]:
        reason = "Die zuständige Kollegin war krank. Wir reichen die Zahlen nach."
        played.report_late(houses[LATE[0]], reason, at=closing + dt.timedelta(days=6))
    if played.number == CORRECTED[1]:
        house = houses[CORRECTED[0]]
        before = numbers.totals(house, played.number)["termine_wahrgenommen"]
        played.correct(
            house,
            {"termine_wahrgenommen": before - 24},
            "24 abgesagte Termine waren versehentlich mitgezählt.",
            at=closing + dt.timedelta(days=12),
        )


def _running_round(stage: Stage, period: Period, measures: dict[str, int], at: dt.datetime) -> None:
    today = at.date()
    opens = max(period.end + dt.timedelta(days=1), today - dt.timedelta(days=20))
    days = (min(opens, today), today + dt.timedelta(days=8), today + dt.timedelta(days=22))
    opened = min(_moment(days[0]), at)
    pk = plan_round(
        stage, period, days, houses=cast.HOUSES, plan=plan.MEASURES, measures=measures, at=opened
    )
    played = Played(stage, LAST, pk, measures, plan.MEASURES)
    houses = {house.key: house for house in cast.HOUSES}
    moments = iter(_spread(opened, at, 60))
    for state, keys in OPEN.items():
        for key in keys:
            _bring(played, houses[key], state, moments)


def _bring(played: Played, house: House, state: str, moments: Iterator[dt.datetime]) -> None:
    share = 0.5 if state == "draft" else 1.0
    played.report(house, at=next(moments), share=share)
    if state == "draft":
        return
    played.submit(house, at=next(moments))
    if state == "approved":
        played.approve(house, at=next(moments))
    if state == "returned":
        reason = (
            "Bei „Vereinbarte Termine“ fehlt vermutlich die Außenstelle: "
            "Im letzten Quartal waren es deutlich mehr. Bitte sehen Sie noch einmal nach."
        )
        played.return_(house, reason, at=next(moments))


def _second_network(at: dt.datetime) -> None:
    periods = _periods(at)[-3:]
    begin = _moment(periods[0].start)
    stage = found(cast.SECOND_NETWORK, cast.SECOND_PEOPLE, at=begin)
    shared = tuple(
        replace(h, reports="small", region="") for h in cast.HOUSES if h.key in cast.SHARED
    )
    houses = (*cast.SECOND_HOUSES, *shared)
    settle(stage, houses, cast.SECOND_PEOPLE, at=begin)
    measures = define_measures(stage, plan.SECOND_MEASURES, at=begin)
    define_indicators(stage, plan.SECOND_INDICATORS, periods, at=begin)
    for number, period in enumerate(periods):
        _small_round(stage, number, period, houses=houses, measures=measures, at=at)


def _small_round(
    stage: Stage,
    number: int,
    period: Period,
    *,
    houses: tuple[House, ...],
    measures: dict[str, int],
    at: dt.datetime,
) -> None:
    running = period.end >= at.date() - dt.timedelta(days=92)
    opens = min(period.end + dt.timedelta(days=5), at.date())
    due = at.date() + dt.timedelta(days=15) if running else opens + dt.timedelta(days=28)
    days = (opens, due, due + dt.timedelta(days=14))
    opened = min(_moment(opens), at)
    pk = plan_round(
        stage, period, days, houses=houses, plan=plan.SECOND_MEASURES, measures=measures, at=opened
    )
    if running:
        return
    played = Played(stage, number, pk, measures, plan.SECOND_MEASURES)
    for place, house in enumerate(houses):
        when = opened + dt.timedelta(days=3 + place)
        played.report(house, at=when)
        played.submit(house, at=when)
        played.approve(house, at=when + dt.timedelta(days=1), minutes=5)
    rounds.close_round(by=stage.boss, round_id=pk, at=_moment(days[2]) + dt.timedelta(hours=9))


def _put_to_rest(at: dt.datetime) -> None:
    """What was news in the past is no news today: mails are sent to nobody, digests made."""
    while OutboxMessage.objects.filter(state=OutboxMessage.State.QUEUED).exists():
        jobs.deliver(at)
    for pk in User.objects.values_list("pk", flat=True):
        foundation.compose_digest(user_id=pk, at=at)
    jobs.deliver(at)
    jobs.seal(at)


def _periods(at: dt.datetime) -> list[Period]:
    """Nine quarters; the last one has ended and is being collected."""
    running = Period.containing(PeriodKind.QUARTER, at.date()).shift(-1)
    return [running.shift(step - LAST) for step in range(numbers.ROUNDS)]


def _moment(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(8, 30), tzinfo=dt.UTC)


def _spread(first: dt.datetime, last: dt.datetime, count: int) -> list[dt.datetime]:
    step = (last - first) / (count + 1)
    return [first + step * (place + 1) for place in range(count)]
