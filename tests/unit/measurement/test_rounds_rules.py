"""The states of a round, and whom to remind: one table, its picture, and a property."""

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirknetz.measurement.rules.diagrams import mermaid
from wirknetz.measurement.rules.rounds import (
    ROUND,
    Owing,
    RoundState,
    Running,
    is_to_close,
    is_to_open,
    may_change,
    may_discard,
    may_follow,
    reminder_kind,
    reminders,
    state_of,
)

WORDS = {"planned": "geplant", "open": "offen", "closed": "geschlossen"}
PAGE = Path(__file__).parents[3] / "docs" / "states" / "round.md"
DUE = dt.date(2026, 10, 21)
AT = dt.datetime(2026, 10, 1, 8, tzinfo=dt.UTC)


def test_the_table_knows_every_state_and_allows_two_steps() -> None:
    assert set(ROUND) == set(RoundState)
    allowed = {(str(a), str(b)) for a in RoundState for b in RoundState if may_follow(a, b)}
    assert allowed == {("planned", "open"), ("open", "closed")}


def test_the_picture_in_the_docs_is_made_from_the_table() -> None:
    drawn = mermaid(ROUND, start="planned", words=WORDS)
    assert f"```mermaid\n{drawn}\n```" in PAGE.read_text(encoding="utf-8"), (
        f"docs/states/round.md must hold:\n```mermaid\n{drawn}\n```"
    )


@pytest.mark.parametrize(
    ("state", "change", "discard"),
    [
        (RoundState.PLANNED, True, True),
        (RoundState.OPEN, True, False),
        (RoundState.CLOSED, False, False),
    ],
)
def test_what_may_still_happen(state: RoundState, change: bool, discard: bool) -> None:
    assert may_change(state) is change
    assert may_discard(state) is discard


def test_the_state_is_told_by_what_happened() -> None:
    assert state_of(opened_at=None, closed_at=None) is RoundState.PLANNED
    assert state_of(opened_at=AT, closed_at=None) is RoundState.OPEN
    assert state_of(opened_at=AT, closed_at=AT) is RoundState.CLOSED


def test_a_round_is_open_through_its_closing_day() -> None:
    assert not is_to_open(opens_on=DUE, day=DUE - dt.timedelta(days=1))
    assert is_to_open(opens_on=DUE, day=DUE)
    assert not is_to_close(closes_on=DUE, day=DUE)
    assert is_to_close(closes_on=DUE, day=DUE + dt.timedelta(days=1))


@pytest.mark.parametrize(
    ("days", "kind"),
    [(-8, None), (-7, "before"), (-1, "before"), (0, "before"), (1, None), (2, None), (3, "after"),
     (60, "after")],
)  # fmt: skip
def test_when_to_remind(days: int, kind: str | None) -> None:
    running = Running(1, DUE - dt.timedelta(days=20), DUE, days_before=7, days_after=3)
    assert reminder_kind(running, DUE + dt.timedelta(days=days)) == kind


def test_not_on_the_day_it_opened() -> None:
    running = Running(1, DUE, DUE, days_before=7, days_after=3)
    assert reminder_kind(running, DUE) is None


days = st.dates(dt.date(2026, 9, 1), dt.date(2026, 12, 31))
runnings = st.builds(
    lambda pk, opened, length, before, after: Running(
        pk, opened, opened + dt.timedelta(days=length), before, after
    ),
    st.integers(1, 3), days, st.integers(0, 40), st.integers(0, 14), st.integers(0, 14),
)  # fmt: skip
owings = st.builds(Owing, st.integers(1, 4), st.integers(1, 4), st.integers(1, 3))


@given(
    st.lists(runnings, unique_by=lambda r: r.round_id, max_size=3),
    st.lists(days, max_size=12),
    st.data(),
)
def test_once_before_and_once_after_whatever_happens(
    rounds: list[Running], walked: list[dt.date], data: st.DataObject
) -> None:
    """Days in any order, people who report and are returned their report in between."""
    sent: set[tuple[int, int, str]] = set()
    told: Counter[tuple[int, int, str]] = Counter()
    for day in walked:
        owing = data.draw(st.lists(owings, unique=True, max_size=6))
        found = reminders(rounds=rounds, owing=owing, sent=sent, day=day)
        for user_id, due in found.items():
            assert due
            assert {one for one, _ in due} <= {one for one in owing if one.user_id == user_id}
            told.update({(one.round_id, user_id, kind) for one, kind in due})
            sent |= {(one.round_id, user_id, kind) for one, kind in due}
        assert not reminders(rounds=rounds, owing=owing, sent=sent, day=day)
    assert all(times == 1 for times in told.values())
    assert {round_id for round_id, _, _ in told} <= {r.round_id for r in rounds}
