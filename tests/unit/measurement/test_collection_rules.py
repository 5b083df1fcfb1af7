"""Who may do what with a submission in which state: the whole table, refusals included."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from wirknetz.measurement.rules.collection import (
    SENTENCES,
    SUBMISSION,
    Act,
    Refusal,
    Standing,
    State,
    diagram,
    may_report,
    may_see,
    may_see_board,
    refusal,
)
from wirknetz.network.rules import Actor
from wirknetz.network.rules import Standing as Place

HERE, THERE = 7, 8
PETRA, LENA, KARLA = 1, 2, 3
PAGE = Path(__file__).parents[3] / "docs" / "states" / "submission.md"


def actor(user: int, organisation: int | None = None, **parts: bool) -> Actor:
    standings = {}
    if organisation:
        standings = {
            organisation: Place(organisation, "Lindenhof", leadership=False, mandate=False)
        }
    return Actor(user, user, f"Person {user}", 1, standings=standings, **parts)


OWN = actor(PETRA, HERE)
COLLEAGUE = actor(LENA, HERE)
FOREIGN = actor(PETRA, THERE)
COORDINATOR = actor(KARLA, coordinator=True)
OBSERVER = actor(KARLA, observer=True)


def standing(state: str, **more: object) -> Standing:
    given = {"submitted_by": PETRA, "colleagues": frozenset({PETRA, LENA})} | more
    return Standing(HERE, state, **given)  # type: ignore[arg-type]


ALLOWED = {
    (Act.RECORD, State.OPEN), (Act.RECORD, State.DRAFT), (Act.RECORD, State.RETURNED),
    (Act.SUBMIT, State.DRAFT), (Act.SUBMIT, State.RETURNED),
    (Act.RETURN, State.SUBMITTED), (Act.APPROVE, State.SUBMITTED),
    (Act.CORRECT, State.APPROVED),
}  # fmt: skip
PAIRS = list(product(Act, State))
LATE = {(Act.REPORT_LATE, State.OPEN), (Act.REPORT_LATE, State.DRAFT),
        (Act.REPORT_LATE, State.RETURNED)}  # fmt: skip


@pytest.mark.parametrize(("act", "state"), PAIRS)
def test_a_colleague_may_what_the_state_allows(act: Act, state: State) -> None:
    found = refusal(act, COLLEAGUE, standing(state))
    assert (found is None) == ((act, state) in ALLOWED)


@pytest.mark.parametrize(("act", "state"), PAIRS)
@pytest.mark.parametrize("who", [FOREIGN, OBSERVER])
def test_nobody_else_may_anything(act: Act, state: State, who: Actor) -> None:
    assert refusal(act, who, standing(state)) is Refusal.NOT_YOURS


@pytest.mark.parametrize(("act", "state"), PAIRS)
def test_the_coordinator_returns_and_does_nothing_else(act: Act, state: State) -> None:
    found = refusal(act, COORDINATOR, standing(state))
    assert (found is None) == (act is Act.RETURN and state is State.SUBMITTED)


@pytest.mark.parametrize(("act", "state"), PAIRS)
def test_after_closing_values_come_with_a_reason_only(act: Act, state: State) -> None:
    found = refusal(act, COLLEAGUE, standing(state, closed=True))
    still = ALLOWED - {pair for pair in ALLOWED if pair[0] in {Act.RECORD, Act.SUBMIT}}
    assert (found is None) == ((act, state) in still | LATE)
    explained = refusal(act, COLLEAGUE, standing(state, closed=True, explained=True))
    assert (explained is None) == ((act, state) in ALLOWED | LATE)


@pytest.mark.parametrize(("act", "state"), PAIRS)
def test_before_opening_nothing_happens(act: Act, state: State) -> None:
    assert refusal(act, COLLEAGUE, standing(state, opened=False)) is Refusal.NOT_OPEN_YET


@pytest.mark.parametrize(
    ("who", "second_person", "colleagues", "expected"),
    [
        (OWN, True, {PETRA, LENA}, Refusal.SECOND_PERSON),
        (COLLEAGUE, True, {PETRA, LENA}, None),
        (OWN, True, {PETRA}, None),
        (OWN, False, {PETRA, LENA}, None),
        (COLLEAGUE, False, {PETRA, LENA}, None),
    ],
)
def test_a_second_person_approves_where_there_is_one(
    who: Actor, second_person: bool, colleagues: set[int], expected: Refusal | None
) -> None:
    here = standing(State.SUBMITTED, second_person=second_person, colleagues=frozenset(colleagues))
    assert refusal(Act.APPROVE, who, here) is expected


def test_every_refusal_has_a_sentence() -> None:
    assert set(SENTENCES) == set(Refusal)


def test_every_state_is_reached_and_left() -> None:
    assert set(SUBMISSION.values()) | {State.OPEN} == set(State)
    assert {before for before, _act in SUBMISSION} == set(State)


@pytest.mark.parametrize(
    ("who", "sees", "sees_board", "reports"),
    [
        (OWN, True, True, True),
        (FOREIGN, False, True, True),
        (COORDINATOR, True, True, False),
        (OBSERVER, False, False, False),
    ],
)
def test_who_sees_values_and_the_board(
    who: Actor, sees: bool, sees_board: bool, reports: bool
) -> None:
    assert (may_see(who, HERE), may_see_board(who), may_report(who)) == (sees, sees_board, reports)


def test_the_picture_in_the_docs_is_made_from_the_table() -> None:
    assert f"```mermaid\n{diagram()}```" in PAGE.read_text(encoding="utf-8"), (
        f"docs/states/submission.md must hold:\n```mermaid\n{diagram()}```"
    )
