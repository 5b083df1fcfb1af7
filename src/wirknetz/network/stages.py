"""How the stages of a membership look: badge, steps, and the diagram of what may follow what."""

from __future__ import annotations

from typing import Final

from wirknetz.network.models import Membership
from wirknetz.network.rules import STAGES

Stage = Membership.Stage

_BADGES: Final = {
    Stage.CANDIDATE: "neutral",
    Stage.RESEARCHED: "neutral",
    Stage.CONTACTED: "progress",
    Stage.INTERESTED: "progress",
    Stage.COMMITTED: "info",
    Stage.MEMBER: "success",
    Stage.DORMANT: "waiting",
    Stage.LEFT: "none",
}
_PATH: Final = (
    Stage.CANDIDATE,
    Stage.RESEARCHED,
    Stage.CONTACTED,
    Stage.INTERESTED,
    Stage.COMMITTED,
    Stage.MEMBER,
)


def stage_badge(stage: str) -> str:
    """The kind of badge that shows this stage."""
    return _BADGES[Stage(stage)]


def stage_steps(stage: str) -> list[dict[str, str]]:
    """The way to membership for ``{% stepper %}``; nothing for who has arrived or left."""
    if stage not in _PATH or stage == Stage.MEMBER:
        return []
    reached = _PATH.index(Stage(stage))
    return [
        {"label": str(step.label), "state": _state(number, reached)}
        for number, step in enumerate(_PATH)
    ]


def _state(number: int, reached: int) -> str:
    if number == reached:
        return "current"
    return "done" if number < reached else "todo"


def stage_diagram() -> str:
    """``rules.STAGES`` as a Mermaid state diagram, for the documentation."""
    lines = ["stateDiagram-v2", f"    [*] --> {Stage.CANDIDATE.value}"]
    lines += [f"    {stage.value}: {stage.label}" for stage in Stage]
    lines += [
        f"    {stage.value} --> {following}"
        for stage in Stage
        for following in Stage.values
        if following in STAGES[stage]
    ]
    return "\n".join(lines) + "\n"
