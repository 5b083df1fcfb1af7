"""When a digest is due and whether it is worth a mail."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirknetz.foundation.rules import digest_due, digest_worth_mailing, last_digest_moment

BERLIN = ZoneInfo("Europe/Berlin")
MOMENTS = st.datetimes(
    dt.datetime(2024, 1, 1),  # noqa: DTZ001
    dt.datetime(2028, 1, 1),  # noqa: DTZ001
    timezones=st.just(dt.UTC),
)


def berlin(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=BERLIN)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("frequency", "at", "expected"),
    [
        ("daily", berlin(2026, 11, 25, 6, 0), berlin(2026, 11, 25, 6)),
        ("daily", berlin(2026, 11, 25, 5, 59), berlin(2026, 11, 24, 6)),
        ("weekly", berlin(2026, 11, 25, 12, 0), berlin(2026, 11, 23, 6)),
        ("weekly", berlin(2026, 11, 23, 5, 59), berlin(2026, 11, 16, 6)),
        ("daily", berlin(2026, 3, 29, 12, 0), berlin(2026, 3, 29, 6)),  # the clock was put forward
        ("never", berlin(2026, 11, 25, 6, 0), None),
        ("hourly", berlin(2026, 11, 25, 6, 0), None),
    ],
)
def test_the_moment_of_a_digest(
    frequency: str, at: dt.datetime, expected: dt.datetime | None
) -> None:
    assert last_digest_moment(frequency, at, BERLIN) == expected


@given(at=MOMENTS, frequency=st.sampled_from(["daily", "weekly"]))
def test_after_looking_it_is_not_due_again_before_the_next_moment(
    at: dt.datetime, frequency: str
) -> None:
    moment = last_digest_moment(frequency, at, BERLIN)
    assert moment is not None
    assert moment <= at
    assert at - moment < dt.timedelta(days=8)
    assert digest_due(frequency, None, at, BERLIN)
    assert not digest_due(frequency, at, at, BERLIN)
    assert digest_due(frequency, at, at + dt.timedelta(days=8), BERLIN)


AT = berlin(2026, 11, 25, 6)


@pytest.mark.parametrize(
    ("news", "waiting", "told", "mailed_days_ago", "expected"),
    [
        (0, "", "", None, False),
        (1, "", "", 1, True),
        (0, "a", "", 1, True),
        (0, "a", "a", 1, False),
        (0, "ab", "a", 1, True),
        (0, "a", "ab", 1, False),
        (0, "a", "a", 7, True),
        (0, "a", "a", None, True),
        (0, "", "a", 30, False),
    ],
)
def test_a_digest_is_mailed_when_there_is_something_to_say(
    news: int, waiting: str, told: str, mailed_days_ago: int | None, expected: bool
) -> None:
    ago = None if mailed_days_ago is None else AT - dt.timedelta(days=mailed_days_ago)
    worth = digest_worth_mailing(
        news=news, waiting=frozenset(waiting), told=frozenset(told), mailed_at=ago, at=AT
    )
    assert worth is expected
