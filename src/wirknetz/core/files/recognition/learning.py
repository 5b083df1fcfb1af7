"""What to remember of a file, and where the next one differs from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from wirknetz.core.files.recognition.desk import NUMBERS
from wirknetz.core.files.recognition.model import About, Profile, Reading, Step
from wirknetz.core.files.recognition.said import generalised
from wirknetz.core.files.recognition.work import Work


def learn(work: Work, steps: Sequence[Step], reading: Reading) -> Reading:
    """The reading with the profile that is worth keeping."""
    kept = _generalising((*work.profile.steps, *steps))
    return replace(reading, learned=Profile(kept, work.profile.layout))


def _generalising(steps: Iterable[Step]) -> tuple[Step, ...]:
    """What holds for the next file, too; of two steps about one thing the later."""
    kept: dict[tuple[About, str], Step] = {}
    for step in map(generalised, steps):
        if step.about is About.CELL and step.says.startswith(("amount:", "state:")):
            continue
        if not (step.about is About.QUESTION and NUMBERS in step.where):
            kept.pop((step.about, step.where), None)
            kept[step.about, step.where] = step
    return tuple(kept.values())
