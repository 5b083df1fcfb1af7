"""The profile worth keeping, and what differs from the one that was kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from wirknetz.core.files.recognition.desk import NUMBERS, digest
from wirknetz.core.files.recognition.learning.guards import guards_of
from wirknetz.core.files.recognition.learning.layout import differing, layout_of
from wirknetz.core.files.recognition.model import (
    About,
    Choice,
    Profile,
    Question,
    QuestionCode,
    Reading,
    Step,
)
from wirknetz.core.files.recognition.said import generalised
from wirknetz.core.files.recognition.work import Work

_ACCEPT = (Choice("accept"),)


def learn(work: Work, steps: Sequence[Step], reading: Reading) -> Reading:
    """The reading with what it teaches, and what differs from what was taught."""
    layout: dict[str, Any] = layout_of(
        work, (one.target.key for one in (*reading.taken, *reading.proposed))
    )
    kept = _generalising((*work.profile.steps, *steps))
    guards = {**work.profile.layout.get("guards", {}), **guards_of(kept, work.sheets)}
    layout["guards"] = guards
    differences = tuple(_differences(work, layout)) if work.profile.layout else ()
    lost = tuple(_lost(work, reading, layout)) if work.profile.layout else ()
    open_ones = tuple(q for q in (*lost, *_loose(work)) if q.key not in work.said.answers)
    return replace(
        reading,
        questions=(*reading.questions, *open_ones),
        learned=Profile(kept, layout),
        differences=(*differences, *lost, *_loose(work)),
    )


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


def _differences(work: Work, layout: dict[str, Any]) -> Iterator[Question]:
    """Rows, columns and sheets that are new, gone, renamed or moved."""
    for what, label in differing(work.profile.layout, layout):
        params = {"what": what, "label": label}
        yield Question(f"profile|{what}|{label}", QuestionCode.PROFILE, (), _ACCEPT, params)


def _lost(work: Work, reading: Reading, layout: dict[str, Any]) -> Iterator[Question]:
    """Measures that were found before and are not any more, without a question about them."""
    asked = {t.measure for question in reading.questions for t in question.holds}
    before = {key.partition("|")[0] for key in work.profile.layout.get("targets", ())}
    known = {m.code for m in work.questionnaire.measures}
    for measure in sorted(
        (before & known) - asked - {k.partition("|")[0] for k in layout["targets"]}
    ):
        key = f"profile|gone|{digest(measure, work.book.sha256)}"
        name = work.questionnaire.measure(measure).name
        params = {"what": "gone_measure", "label": name, "measure": measure}
        yield Question(key, QuestionCode.PROFILE, (), _ACCEPT, params)


def _loose(work: Work) -> Iterator[Question]:
    """Steps about places around which other labels stand now."""
    for step in work.lost:
        key = f"profile|place|{digest(step.where, step.says, work.book.sha256)}"
        params = {"what": "changed_place", "label": step.where}
        yield Question(key, QuestionCode.PROFILE, (), _ACCEPT, params)
