"""Who may define, what stays fixed, which state may follow: refusals included."""

import pytest

from wirknetz.measurement.rules.definitions import (
    VERSION,
    MeasureUse,
    VersionState,
    may_change,
    may_define,
    may_follow,
    may_see_definitions,
    may_see_reporters,
)
from wirknetz.network.rules import Actor, Standing


def actor(**parts: bool) -> Actor:
    standings = (
        {7: Standing(7, "Sozialwerk", leadership=parts.pop("leads"), mandate=True)}
        if "leads" in parts
        else {}
    )
    return Actor(
        user_id=1, person_id=1, name="Ada Beispiel", network_id=1, standings=standings, **parts
    )


WHO = {
    "nobody": actor(),
    "observer": actor(observer=True),
    "practitioner": actor(leads=False),
    "leadership": actor(leads=True),
    "coordinator": actor(coordinator=True),
}


@pytest.mark.parametrize(
    ("who", "see", "reporters", "define"),
    [
        ("nobody", False, False, False),
        ("observer", True, False, False),
        ("practitioner", True, True, False),
        ("leadership", True, True, False),
        ("coordinator", True, True, True),
    ],
)
def test_who_may_what(who: str, see: bool, reporters: bool, define: bool) -> None:
    assert may_see_definitions(WHO[who]) is see
    assert may_see_reporters(WHO[who]) is reporters
    assert may_define(WHO[who]) is define


@pytest.mark.parametrize(
    ("use", "fixed"),
    [
        (MeasureUse(), set()),
        (MeasureUse(in_formulas=True), {"code"}),
        (MeasureUse(reported=True), {"code", "counts", "adds", "unit"}),
        (MeasureUse(reported=True, in_formulas=True), {"code", "counts", "adds", "unit"}),
    ],
)
def test_what_stays_fixed(use: MeasureUse, fixed: set[str]) -> None:
    assert use.fixed == fixed


def test_a_definition_in_force_is_the_end() -> None:
    assert set(VERSION) == set(VersionState)
    allowed = {(a, b) for a in VersionState for b in VersionState if may_follow(a, b)}
    assert allowed == {(VersionState.DRAFT, VersionState.IN_FORCE)}
    assert [state for state in VersionState if may_change(state)] == [VersionState.DRAFT]
    assert not may_follow("something else", VersionState.IN_FORCE)
