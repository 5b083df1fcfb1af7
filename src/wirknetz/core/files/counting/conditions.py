"""Conditions as questions to a record: yes, no, or why it cannot be said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal

from wirknetz.core.files.counting.columns import Columns, Flaw, Record, Said, use_in
from wirknetz.core.files.counting.profile import Condition, Edge, Moment, Test
from wirknetz.core.values import Period

Answer = bool | Flaw
Ask = Callable[[Record], Answer]


def asks(conditions: Sequence[Condition], columns: Columns, period: Period) -> Ask:
    """Whether all of them hold. One that does not hold settles it, whatever the others say."""
    parts = [_ask(condition, columns, period) for condition in conditions]
    return _all(parts)


def _ask(condition: Condition, columns: Columns, period: Period) -> Ask:
    if condition.either:
        return _any([_ask(one, columns, period) for one in condition.either])
    number = columns.number(condition.column, use_in(condition))
    holds = _test(condition, period)

    def ask(record: Record) -> Answer:
        said = record[number]
        return said if isinstance(said, Flaw) else holds(said)

    return ask


def _all(parts: Sequence[Ask]) -> Ask:
    def ask(record: Record) -> Answer:
        unknown: Answer = True
        for part in parts:
            answer = part(record)
            if answer is False:
                return False
            if answer is not True and unknown is True:
                unknown = answer
        return unknown

    return ask


def _any(parts: Sequence[Ask]) -> Ask:
    def ask(record: Record) -> Answer:
        unknown: Answer = False
        for part in parts:
            answer = part(record)
            if answer is True:
                return True
            if answer is not False and unknown is False:
                unknown = answer
        return unknown

    return ask


def _test(condition: Condition, period: Period) -> Callable[[Said], bool]:
    against = condition.against
    match condition.test:
        case Test.IS | Test.IS_NOT:
            words = frozenset(against) if isinstance(against, tuple) else frozenset()
            wanted = condition.test is Test.IS
            return lambda said: (said in words) is wanted
        case Test.EMPTY:
            return lambda said: (said == "") is against
        case Test.IN_PERIOD:
            return _within(period, inside=against is True)
        case Test.AT_LEAST | Test.AT_MOST:
            return _amounts(condition)
        case _:
            return _days(condition, period)


def _within(period: Period, *, inside: bool) -> Callable[[Said], bool]:
    start, end = period.start, period.end
    return lambda said: isinstance(said, dt.date) and (start <= said <= end) is inside


def _amounts(condition: Condition) -> Callable[[Said], bool]:
    limit = Decimal(condition.against) if isinstance(condition.against, int) else Decimal(0)
    if condition.test is Test.AT_LEAST:
        return lambda said: isinstance(said, Decimal) and said >= limit
    return lambda said: isinstance(said, Decimal) and said <= limit


def _days(condition: Condition, period: Period) -> Callable[[Said], bool]:
    limit = day_at(condition.against, period)  # type: ignore[arg-type]
    match condition.test:
        case Test.BEFORE:
            return lambda said: isinstance(said, dt.date) and said < limit
        case Test.AFTER:
            return lambda said: isinstance(said, dt.date) and said > limit
        case Test.FROM:
            return lambda said: isinstance(said, dt.date) and said >= limit
        case _:
            return lambda said: isinstance(said, dt.date) and said <= limit


def day_at(moment: Moment, period: Period) -> dt.date:
    """The calendar day of a moment."""
    if isinstance(moment, Edge):
        return period.start if moment is Edge.START else period.end
    return moment
