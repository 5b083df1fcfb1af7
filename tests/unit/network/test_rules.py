"""Who may do what in a network, as truth tables."""

from __future__ import annotations

from pathlib import Path

import pytest
from scripts.state_diagrams import FOLDER, diagrams

from wirknetz.network.models import SPEAKING, Membership
from wirknetz.network.rules import (
    STAGES,
    Actor,
    Standing,
    changes_facts,
    is_coordinator,
    is_inside,
    is_partner,
    manages_people,
    next_stages,
    sees_addresses,
    visible_stages,
)
from wirknetz.network.stages import stage_badge, stage_steps

OWN, FOREIGN = 1, 2
Stage = Membership.Stage


def _actor(*, coordinator: bool = False, observer: bool = False, **standing: bool) -> Actor:
    standings = {OWN: Standing(OWN, "Eigene", **standing)} if standing else {}
    return Actor(1, 1, "Name", 1, coordinator, observer, standings)


NOBODY = _actor()
OFFICE = _actor(coordinator=True)
OBSERVER = _actor(observer=True)
PRACTICE = _actor(leadership=False, mandate=False)
LEADERSHIP = _actor(leadership=True, mandate=True)
LEADERSHIP_WITHOUT_MANDATE = _actor(leadership=True, mandate=False)
MANDATE_WITHOUT_LEADERSHIP = _actor(leadership=False, mandate=True)


@pytest.mark.parametrize(
    ("actor", "inside", "partner", "coordinator"),
    [
        (NOBODY, False, False, False),
        (OBSERVER, True, False, False),
        (PRACTICE, True, True, False),
        (LEADERSHIP, True, True, False),
        (OFFICE, True, True, True),
    ],
)
def test_parts(actor: Actor, inside: bool, partner: bool, coordinator: bool) -> None:
    assert (is_inside(actor), is_partner(actor), is_coordinator(actor)) == (
        inside, partner, coordinator,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("actor", "own", "foreign"),
    [
        (OFFICE, True, True),
        (LEADERSHIP, True, False),
        (LEADERSHIP_WITHOUT_MANDATE, False, False),
        (MANDATE_WITHOUT_LEADERSHIP, False, False),
        (PRACTICE, False, False),
        (OBSERVER, False, False),
    ],
)
def test_who_manages_people(actor: Actor, own: bool, foreign: bool) -> None:
    assert (manages_people(actor, OWN), manages_people(actor, FOREIGN)) == (own, foreign)


@pytest.mark.parametrize(
    ("actor", "shared", "allowed"),
    [
        (OFFICE, False, True),
        (OFFICE, True, False),
        (LEADERSHIP, False, True),
        (LEADERSHIP, True, True),
        (LEADERSHIP_WITHOUT_MANDATE, False, False),
        (PRACTICE, False, False),
        (OBSERVER, False, False),
    ],
)
def test_who_changes_facts(actor: Actor, shared: bool, allowed: bool) -> None:
    assert changes_facts(actor, OWN, shared=shared) is allowed
    if not actor.coordinator:
        assert changes_facts(actor, FOREIGN, shared=shared) is False


@pytest.mark.parametrize(
    ("actor", "own", "foreign"),
    [(OFFICE, True, True), (PRACTICE, True, False), (OBSERVER, False, False)],
)
def test_who_sees_addresses(actor: Actor, own: bool, foreign: bool) -> None:
    assert (sees_addresses(actor, OWN), sees_addresses(actor, FOREIGN)) == (own, foreign)


def test_whom_to_win_is_the_offices_matter() -> None:
    assert visible_stages(OFFICE) == set(Stage.values)
    assert visible_stages(PRACTICE) == {Stage.COMMITTED, *SPEAKING}
    assert visible_stages(OBSERVER) == SPEAKING


def test_every_stage_is_in_the_table_and_can_be_reached() -> None:
    assert set(STAGES) == set(Stage.values)
    assert set().union(*STAGES.values()) == set(Stage.values)
    assert all(stage not in following for stage, following in STAGES.items())


@pytest.mark.parametrize("stage", Stage.values)
def test_what_may_follow(stage: str) -> None:
    assert set(next_stages(OFFICE, FOREIGN, stage)) == STAGES[stage]
    assert next_stages(PRACTICE, OWN, stage) == ()
    assert next_stages(LEADERSHIP, FOREIGN, stage) == ()
    leaves = {"left"} & STAGES[stage]
    assert set(next_stages(LEADERSHIP, OWN, stage)) == leaves


@pytest.mark.parametrize("stage", Stage.values)
def test_every_stage_has_a_badge_and_at_most_one_current_step(stage: str) -> None:
    assert stage_badge(stage)
    states = [step["state"] for step in stage_steps(stage)]
    assert states.count("current") == (stage not in {"member", "dormant", "left"})
    assert states == sorted(states, key=["done", "current", "todo"].index)


@pytest.mark.parametrize("name", sorted(diagrams()))
def test_the_pictures_show_what_the_code_obeys(name: str) -> None:
    """`scripts/state_diagrams.py` writes them anew."""
    assert Path(FOLDER / name).read_text(encoding="utf-8") == diagrams()[name]
