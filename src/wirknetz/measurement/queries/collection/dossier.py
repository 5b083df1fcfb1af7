"""One submission with everything that is said in it: the ground of all its pages."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from wirknetz.core.values import Cell, State, Value
from wirknetz.measurement.models import Submission
from wirknetz.measurement.queries.collection import checking, said, submissions
from wirknetz.measurement.queries.collection.checking import Remark
from wirknetz.measurement.queries.collection.said import Earlier, Said
from wirknetz.measurement.queries.collection.sentences import problem_sentence
from wirknetz.measurement.queries.collection.structure import Asked, AskedMeasure, asked_of
from wirknetz.measurement.queries.collection.submissions import Colleague
from wirknetz.measurement.rules.collection_values import Problem, ProblemCode

Place = tuple[int, Cell]


@dataclass(frozen=True, slots=True)
class Unfinished:
    """What was typed at a place and could not be stored, with the sentence of why."""

    text: str
    n_text: str
    code: ProblemCode
    sentence: str
    seen: str


@dataclass(frozen=True)
class Dossier:
    """A submission, what is asked, what is said, what it said before, what was found."""

    submission: Submission
    asked: Asked
    values: Mapping[Place, Said]
    history: Mapping[Place, tuple[Earlier, ...]]
    remarks: tuple[Remark, ...]
    unfinished: Mapping[Place, Unfinished]
    colleagues: tuple[Colleague, ...]

    def grain(self, measure: AskedMeasure) -> str:
        """The grain the organisation reports this measure at."""
        chosen = self.submission.grains.get(str(measure.id))
        return chosen if chosen in measure.grains else measure.grain

    def state(self, measure: AskedMeasure) -> State | None:
        """Why there is nothing of this measure as a whole; None where amounts are reported."""
        total = self.values.get((measure.id, Cell()))
        if total is None or total.value.state is State.AMOUNT:
            return None
        return total.value.state

    def shown_grains(self, measure: AskedMeasure) -> tuple[str, ...]:
        """The chosen grain, and others at which something is said, coarse ones first."""
        said_at = {
            cell.grain for (m, cell), here in self.values.items()
            if m == measure.id and here.value.state is State.AMOUNT
        }  # fmt: skip
        wanted = said_at | {self.grain(measure)}
        return tuple(sorted(wanted, key=lambda g: (len(g.split(",")) if g else 0, g)))

    def open_cells(self, measure: AskedMeasure) -> tuple[Cell, ...]:
        """Cells of the chosen grain that say nothing yet."""
        if self.state(measure) is not None:
            return ()
        cells = self.asked.cells(self.grain(measure))
        return tuple(cell for cell in cells if (measure.id, cell) not in self.values)

    def started(self, measure: AskedMeasure) -> bool:
        """Whether anything is said of this measure."""
        return any(m == measure.id for m, _ in self.values)

    @cached_property
    def answered(self) -> frozenset[int]:
        """Measures of which everything asked is said, or said why not."""
        measures = self.asked.measures.values()
        wrong = {place[0] for place in self.unfinished}
        return frozenset(m.id for m in measures if m.id not in wrong and not self.open_cells(m))

    @cached_property
    def remarks_by_place(self) -> Mapping[Place, tuple[Remark, ...]]:
        """What was found, by measure and cell."""
        found: dict[Place, list[Remark]] = {}
        for remark in self.remarks:
            found.setdefault(remark.place, []).append(remark)
        return {place: tuple(remarks) for place, remarks in found.items()}

    @property
    def errors(self) -> tuple[Remark, ...]:
        """What must be mended."""
        return tuple(r for r in self.remarks if r.is_error)

    @property
    def questions(self) -> tuple[Remark, ...]:
        """What may be answered with a sentence."""
        return tuple(r for r in self.remarks if not r.is_error)

    @property
    def ready(self) -> bool:
        """Whether it may be submitted."""
        return (
            bool(self.values) and not self.unfinished and not any(r.is_open for r in self.remarks)
        )

    def content(self) -> dict[str, Any]:
        """What stands to be approved, canonical: the copy that is kept and hashed."""
        submission = self.submission
        return {
            "round": submission.round_id,
            "period": submission.round.period_code,
            "organisation": submission.organisation_id,
            "revision": submission.revision,
            "reason": submission.reason,
            "submitted_by": submission.submitted_by_id,
            "submitted_at": _moment(submission.submitted_at),
            "values": sorted(
                (self._line(here) for here in self.values.values()),
                key=lambda line: (line["measure"], line["cell"]),
            ),
            "answers": [
                {"measure": self.asked.measures[r.measure_id].code, "cell": r.cell.key,
                 "question": r.key, "answer": r.answer}
                for r in sorted(self.questions, key=lambda r: r.key)
            ],
        }  # fmt: skip

    def _line(self, here: Said) -> dict[str, Any]:
        measure = self.asked.measures.get(here.measure_id)
        return {
            "measure": measure.code if measure else str(here.measure_id),
            "cell": here.cell.key,
            **plain(here.value),
            "base": here.base,
        }

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 over the canonical JSON of the content."""
        return hash_of(self.content())


def plain(value: Value) -> dict[str, Any]:
    """A value in plain JSON; amounts as text, so that nothing is lost."""
    amount = None if value.amount is None else f"{value.amount:f}"
    return {"state": value.state.value, "amount": amount, "n": value.n}


def hash_of(content: Mapping[str, Any]) -> str:
    """SHA-256 over JSON with sorted keys, without spaces, in UTF-8."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _moment(at: dt.datetime | None) -> str | None:
    return at.astimezone(dt.UTC).isoformat() if at else None


def dossier_of(submission: Submission) -> Dossier:
    """Everything about a submission. Nine queries, whatever its size."""
    round_ = submission.round
    asked = asked_of(
        round_id=round_.pk,
        organisation_id=submission.organisation_id,
        network_id=round_.network_id,
    )
    values = said.current(submission.pk)
    history = said.earlier(
        organisation_id=submission.organisation_id,
        measure_ids=asked.measures,
        period=round_.period,
    )
    return Dossier(
        submission=submission,
        asked=asked,
        values=values,
        history=history,
        remarks=checking.remarks(
            {place: here.value for place, here in values.items()},
            asked=asked,
            rules=checking.network_rules(round_.network_id),
            history=history,
            answers=checking.answers_of(submission.pk),
        ),
        unfinished=_unfinished(submission.unfinished, asked),
        colleagues=submissions.colleagues_of(round_.network_id, [submission.organisation_id]),
    )


def _unfinished(stored: Mapping[str, Any], asked: Asked) -> dict[Place, Unfinished]:
    """Without what is not asked any more: it has no field in which it could be mended."""
    found = {}
    for key, note in stored.items():
        number, _, cell_key = key.partition(":")
        if int(number) not in asked.measures:
            continue
        code, cell = ProblemCode(note["code"]), Cell.parse(cell_key)
        problem = Problem(code, int(number), cell, note["params"], note["text"], note["n"])
        found[int(number), cell] = Unfinished(
            note["text"], note["n"], code, problem_sentence(problem), note.get("seen", "")
        )
    return found
