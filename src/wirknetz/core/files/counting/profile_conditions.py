"""Conditions of a counting profile: ``{ spalte = "Ende", im_zeitraum = true }``."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from wirknetz.core.files.counting.folding import Reading, day_of, fold
from wirknetz.core.files.counting.profile import (
    OF_DAYS,
    OF_NUMBERS,
    Against,
    Condition,
    Edge,
    Moment,
    Test,
)
from wirknetz.core.toml import MistakeCode, Table, listed

_EITHER: Final = "oder"


def condition_in(table: Table) -> Condition | None:
    """The condition; None where it is wrong."""
    if _EITHER in table.raw:
        table.known(_EITHER)
        either = tuple(filter(None, map(condition_in, table.tables(_EITHER))))
        if not either:
            table.wrong(MistakeCode.MISSING, _EITHER)
        return Condition(either=either)
    table.known("spalte", *Test)
    column = table.text("spalte", needed=True)
    asked = [test for test in Test if test.value in table.raw]
    if len(asked) != 1:
        table.wrong(MistakeCode.ONE_TEST, "spalte", known=listed(Test))
        return None
    against = _against(table, asked[0])
    return None if against is None else Condition(column, asked[0], against)


def _against(table: Table, test: Test) -> Against | None:
    key = test.value
    if test in {Test.EMPTY, Test.IN_PERIOD}:
        value = table.raw[key]
        if isinstance(value, bool):
            return value
        table.wrong(MistakeCode.WRONG_TYPE, key, expected="yes_no")
        return None
    if test in OF_NUMBERS:
        return table.number(key)
    if test in OF_DAYS:
        return _moment(table, key)
    words = tuple(map(fold, table.texts(key)))
    if not words:
        table.wrong(MistakeCode.MISSING, key)
    return words or None


def _moment(table: Table, key: str) -> Moment | None:
    moment = moment_in(table.raw[key])
    if moment is None:
        known = listed((*Edge, "TT.MM.JJJJ"))
        table.wrong(MistakeCode.WRONG_VALUE, key, found=str(table.raw[key]), known=known)
    return moment


def moment_in(raw: Any) -> Moment | None:
    """An end of the period or a day; None for anything else."""
    if isinstance(raw, dt.date):
        return raw if not isinstance(raw, dt.datetime) else raw.date()
    if not isinstance(raw, str):
        return None
    if raw.strip() in set(Edge):
        return Edge(raw.strip())
    day = day_of(raw, Reading())
    return day if isinstance(day, dt.date) else None
