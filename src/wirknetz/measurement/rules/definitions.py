"""Who may say what is counted, and what may still change about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from wirknetz.measurement.models import IndicatorVersion
from wirknetz.network.rules import Actor, is_coordinator, is_inside

VersionState = IndicatorVersion.State

VERSION: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        VersionState.DRAFT: frozenset({VersionState.IN_FORCE}),
        VersionState.IN_FORCE: frozenset(),
    }
)
"""Which state of a definition may follow which. Diagram and tests are made from this table."""

MEANING: Final = ("code", "counts", "adds", "unit")
"""What stays as it is once a measure is used: values of before and after must mean the same."""


WORDING: Final = ("name", "definition", "level", *MEANING[1:])
"""What people count by. Once they were asked for it, it changes only with a reason."""


@dataclass(frozen=True, slots=True)
class MeasureUse:
    """How far a measure is in use."""

    reported: bool = False
    in_formulas: bool = False
    asked: bool = False  # in a round that was opened

    @property
    def bound(self) -> bool:
        """Whether somebody counts by its wording already."""
        return self.reported or self.asked

    @property
    def fixed(self) -> frozenset[str]:
        """The fields that may not change any more."""
        if self.reported:
            return frozenset(MEANING)
        return frozenset({"code"}) if self.in_formulas else frozenset()


def reworded(before: Mapping[str, object], after: Mapping[str, object]) -> frozenset[str]:
    """Which parts of the wording differ, apart from spaces and ends of lines."""
    return frozenset(
        name for name in WORDING if str(before[name]).split() != str(after[name]).split()
    )


def may_see_definitions(actor: Actor) -> bool:
    """Everybody inside may read what is counted and how; observers too."""
    return is_inside(actor)


def may_define(actor: Actor) -> bool:
    """The coordinating office writes definitions."""
    return is_coordinator(actor)


def may_see_reporters(actor: Actor) -> bool:
    """Partners know which organisation reports what; observers see how many."""
    return actor.coordinator or bool(actor.standings)


def may_change(version_state: str) -> bool:
    """A draft may change; what is in force is only followed by a new version."""
    return version_state == VersionState.DRAFT


def may_follow(state: str, wanted: str) -> bool:
    """Whether a definition may go from one state to the other."""
    return wanted in VERSION.get(state, frozenset())
