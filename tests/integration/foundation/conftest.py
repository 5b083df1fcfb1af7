"""A moment, and people with accounts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest
import time_machine
from django.core.cache import cache

from wirknetz.foundation import actions
from wirknetz.foundation.audit import system
from wirknetz.foundation.models import User

MOMENT = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)  # a Monday, ten o'clock in Berlin
PASSWORD = "rote Ampel 17 Birnen"

MakeUser = Callable[..., User]


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    """Rate limits are counted in the cache, which tests share."""
    cache.clear()


@pytest.fixture
def clock() -> Iterator[Any]:
    """The site believes it is `MOMENT`; `clock.shift(seconds)` lets time pass."""
    with time_machine.travel(MOMENT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def at() -> dt.datetime:
    return MOMENT


@pytest.fixture
def make_user(db: None) -> MakeUser:
    """`make_user(name="Ada Beispiel", password=True)`: somebody who has joined."""
    numbers = count(1)

    def make(*, name: str = "", password: bool = True, **fields: object) -> User:
        number = next(numbers)
        by = system("test")
        name = name or f"Person {number}"
        pk = actions.open_account(email=f"p{number}@example.org", name=name, by=by, at=MOMENT)
        actions.join(
            user_id=pk, name=name, password=PASSWORD if password else None, by=by, at=MOMENT
        )
        User.objects.filter(pk=pk).update(**fields)
        return User.objects.get(pk=pk)

    return make


@pytest.fixture
def user(make_user: MakeUser) -> User:
    return make_user(name="Ada Beispiel")
