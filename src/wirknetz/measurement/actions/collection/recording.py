"""Recording values: many at once, never overwriting, never losing what a colleague wrote."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from django.db import transaction
from django.http import Http404

from wirknetz.core.values import Cell, State, Value
from wirknetz.foundation.actions import record_event
from wirknetz.measurement.actions.collection import writing
from wirknetz.measurement.actions.collection.sheet import Place, Sheet, summed
from wirknetz.measurement.models import Expectation, Round, Submission
from wirknetz.measurement.queries.collection import said, submissions
from wirknetz.measurement.queries.collection.refusing import require
from wirknetz.measurement.queries.collection.structure import Asked, AskedMeasure, asked_of
from wirknetz.measurement.rules.collection import SUBMISSION, Act
from wirknetz.measurement.rules.collection_values import (
    NO_PLACE,
    TOTAL,
    Problem,
    ProblemCode,
    flaw,
)
from wirknetz.network.rules import Actor

UNSEEN: Final = -1
"""For rows that do not come from a page: they replace whatever stands there."""


@dataclass(frozen=True, slots=True)
class Row:
    """One value to record; ``value`` None says nothing any more.

    ``seen`` is the number of the entry the person saw when she typed (None: she saw an empty
    field); if another one stands there by now, that is a conflict. ``sent`` holds what the
    same page sent before and got no answer for. ``text`` and ``n_text`` are what was typed,
    ``problem`` what reading it found.
    """

    measure_id: int
    cell: Cell = TOTAL
    value: Value | None = None
    seen: int | None = UNSEEN
    sent: tuple[Value | None, ...] = ()
    source: Mapping[str, Any] | None = None
    text: str = ""
    n_text: str = ""
    problem: Problem | None = None

    @property
    def place(self) -> Place:
        """Measure and cell."""
        return self.measure_id, self.cell


@dataclass(frozen=True, slots=True)
class Choice:
    """How an organisation reports a measure: at this grain, or not at all (``state``)."""

    grain: str = ""
    state: State | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """What came of it: numbers of the entries that stand at the places sent, and problems."""

    submission_id: int
    state: str
    entries: Mapping[Place, int | None]
    problems: tuple[Problem, ...]
    changed: int


class NotRecorded(ValueError):  # noqa: N818
    """Something among the rows is wrong, so nothing was stored."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Keep the problems, each with its place."""
        super().__init__(", ".join(f"{p.code} ({p.measure_id} {p.cell.key})" for p in problems))
        self.problems = tuple(problems)


@transaction.atomic
def record(
    *,
    by: Actor,
    round_id: int,
    organisation_id: int,
    rows: Iterable[Row],
    at: dt.datetime,
    choices: Mapping[int, Choice] | None = None,
    partial: bool = False,
) -> Recorded:
    """Store what this organisation says; a constant number of queries.

    A value that stands already is not stored again, so the same call may come twice. Another
    value supersedes the row before. With ``partial`` wrong rows are left out, kept with the
    submission as typed and returned as problems; without it they stop everything.

    Raises:
        Http404: the person may not know of this submission.
        Refused: the rules forbid it, with a sentence.
        NotRecorded: rows are wrong and ``partial`` is False.
    """
    submission = opened(by, round_id, organisation_id)
    require(Act.RECORD, by, submissions.standing_of(submission))
    asked = asked_of(round_id=round_id, organisation_id=organisation_id, network_id=by.network_id)
    work = _Work(submission, asked, list(rows), dict(choices or {}))
    work.read()
    if work.problems and not partial:
        raise NotRecorded(work.problems)
    work.choose()
    written = writing.write(work.sheet, submission=submission, asked=asked, by=by, at=at)
    if written.changed or work.notes_changed():
        _touch(submission, work, by=by, at=at, changed=written.changed)
    return Recorded(
        submission_id=submission.pk,
        state=submission.state,
        entries={row.place: written.number(row.place) for row in work.rows},
        problems=tuple(work.problems),
        changed=written.changed,
    )


def opened(by: Actor, round_id: int, organisation_id: int) -> Submission:
    """The locked submission; made on first use where the organisation is asked.

    Http404 for whoever does not act for the organisation, and where it is not asked.
    """
    if not by.belongs_to(organisation_id):
        raise Http404
    wanted = {
        "network_id": by.network_id, "round_id": round_id, "organisation_id": organisation_id,
    }  # fmt: skip
    found = submissions.find(**wanted, lock=True)
    if found is None and _is_asked(**wanted):
        Submission.objects.get_or_create(round_id=round_id, organisation_id=organisation_id)
        found = submissions.find(**wanted, lock=True)
    if found is None:
        raise Http404
    return found


def _is_asked(network_id: int, round_id: int, organisation_id: int) -> bool:
    return (
        Round.objects.filter(pk=round_id, network_id=network_id).exists()
        and Expectation.objects.filter(round_id=round_id, organisation_id=organisation_id).exists()
    )


@dataclass(slots=True)
class _Work:
    """One call on its way: rows, what stands there, what was found."""

    submission: Submission
    asked: Asked
    rows: list[Row]
    choices: dict[int, Choice]
    sheet: Sheet = field(init=False)
    problems: list[Problem] = field(default_factory=list)
    unfinished: dict[str, Any] = field(init=False)
    grains: dict[str, str] = field(init=False)
    known: frozenset[tuple[str, str]] = field(init=False)
    offered: dict[int, frozenset[str]] = field(init=False)

    def __post_init__(self) -> None:
        touched = {row.measure_id for row in self.rows} | set(self.choices)
        self.sheet = Sheet(said.current(self.submission.pk, touched))
        self.unfinished = dict(self.submission.unfinished)
        self.grains = dict(self.submission.grains)
        self.known = self.asked.categories()
        self.offered = {m.id: frozenset(m.grains) for m in self.asked.measures.values()}

    def notes_changed(self) -> bool:
        """Whether something is to be stored beside the values."""
        before = (self.submission.unfinished, self.submission.grains)
        return (self.unfinished, self.grains) != before

    def read(self) -> None:
        """Lay the rows over what is said; gather problems."""
        stale: list[Row] = []
        met: set[Place] = set()
        for row in map(self._without_cases, self.rows):
            problem = self._wrong(row, met)
            met.add(row.place)
            if problem:
                self._keep(row, problem)
            elif self._stale(row):
                stale.append(row)
            else:
                self._take(row)
        self._settle(stale)

    def _without_cases(self, row: Row) -> Row:
        """Only a mean has cases behind it; elsewhere the form does not ask for them."""
        measure = self.asked.measures.get(row.measure_id)
        if row.value is None or row.value.n is None or measure is None or measure.is_mean:
            return row
        return replace(row, value=replace(row.value, n=None))

    def _wrong(self, row: Row, met: set[Place]) -> Problem | None:
        measure = self.asked.measures.get(row.measure_id)
        if measure is None:
            return _problem(row, ProblemCode.NOT_ASKED)
        if not self.known.issuperset(row.cell.items):
            return _problem(row, ProblemCode.UNKNOWN_CATEGORY, cell=row.cell.key)
        if row.cell.grain not in self.offered[measure.id]:
            return _problem(row, ProblemCode.NOT_BROKEN_DOWN, cell=row.cell.key)
        if row.place in met:
            return _problem(row, ProblemCode.TWICE)
        return row.problem or _flawed(row, measure)

    def _stale(self, row: Row) -> bool:
        """Whether something else stands there than the person saw."""
        here = self.sheet.said.get(row.place)
        if row.seen in (UNSEEN, here.id if here else None):
            return False
        value = here.value if here else None
        return value != row.value and value not in row.sent

    def _take(self, row: Row) -> None:
        self.sheet.put(row.place, row.value)
        if row.source is not None:
            self.sheet.sources[row.place] = row.source
        self.unfinished.pop(note_key(row.place), None)

    def _keep(self, row: Row, problem: Problem) -> None:
        self.problems.append(problem)
        if problem.code in NO_PLACE:  # no field shows it, so nobody could ever mend it
            return
        self.unfinished[note_key(row.place)] = {
            "text": row.text[:200],
            "n": row.n_text[:40],
            "code": problem.code.value,
            "params": dict(problem.params),
            "seen": str(row.seen) if row.seen and row.seen != UNSEEN else "",
        }

    def _settle(self, rows: list[Row]) -> None:
        """A row the person did not touch is no conflict; of the others both stay visible."""
        if not rows:
            return
        before = said.by_number(self.submission.pk, [r.seen for r in rows if r.seen])
        names = said.names({h.recorded_by for r in rows if (h := self.sheet.said.get(r.place))})
        for row in rows:
            old = before.get(row.seen) if row.seen else None
            if (old.value if old else None) == row.value:
                self.unfinished.pop(note_key(row.place), None)
                continue
            self._keep(row, _conflict(row, self.sheet.said.get(row.place), names))

    def choose(self) -> None:
        """Change the way a measure is reported; amounts move along where they can."""
        for measure_id, choice in self.choices.items():
            measure = self.asked.measures.get(measure_id)
            if measure is None or choice.grain not in measure.grains:
                continue
            if choice.state is not None:
                self._say_nothing(measure_id, choice.state)
            else:
                self._move(measure, choice.grain)

    def _say_nothing(self, measure_id: int, state: State) -> None:
        self._empty(measure_id)
        self.sheet.put((measure_id, Cell()), Value(state))

    def _move(self, measure: AskedMeasure, grain: str) -> None:
        if self.sheet.grains(measure.id) == {grain} and not self._is_stated(measure.id):
            self._remember(measure, grain)
            return
        now = [
            (cell, v)
            for m, cell in self.sheet.places(measure.id)
            if (v := self.sheet.value((m, cell)))
        ]
        carried = summed(now, grain) or self._earlier(measure.id, grain)
        self._empty(measure.id)
        for cell, value in carried.items():
            self.sheet.put((measure.id, cell), value)
        self._remember(measure, grain)

    def _is_stated(self, measure_id: int) -> bool:
        total = self.sheet.value((measure_id, Cell()))
        return total is not None and total.state is not State.AMOUNT

    def _earlier(self, measure_id: int, grain: str) -> dict[Cell, Value]:
        """What this submission last said at this grain: going back loses nothing."""
        rows = said.last_said(self.submission.pk, [measure_id]).values()
        return {
            row.cell: row.value
            for row in rows
            if row.cell.grain == grain and row.value.state is State.AMOUNT
        }

    def _empty(self, measure_id: int) -> None:
        for place in self.sheet.places(measure_id):
            self.sheet.put(place, None)
        prefix = f"{measure_id}:"
        for key in [k for k in self.unfinished if k.startswith(prefix)]:
            del self.unfinished[key]

    def _remember(self, measure: AskedMeasure, grain: str) -> None:
        self.grains.pop(str(measure.id), None)
        if grain != measure.grain:
            self.grains[str(measure.id)] = grain


def note_key(place: Place) -> str:
    """The key of a place in ``Submission.unfinished``."""
    return f"{place[0]}:{place[1].key}"


def _problem(row: Row, code: ProblemCode, **params: str) -> Problem:
    return Problem(code, row.measure_id, row.cell, params, row.text, row.n_text)


def _flawed(row: Row, measure: AskedMeasure) -> Problem | None:
    if row.value is None:
        return None
    found = flaw(row.value, decimals=measure.decimals, is_mean=measure.is_mean)
    return _problem(row, found[0], **found[1]) if found else None


def _conflict(row: Row, here: said.Said | None, names: Mapping[int, str]) -> Problem:
    if here is None:
        return _problem(row, ProblemCode.CONFLICT, theirs="", who="", at="", state="")
    return _problem(
        row,
        ProblemCode.CONFLICT,
        theirs="" if here.value.amount is None else f"{here.value.amount:f}",
        state=here.value.state.value,
        who=names.get(here.recorded_by or 0, ""),
        at=here.recorded_at.isoformat(),
    )


def _touch(
    submission: Submission, work: _Work, *, by: Actor, at: dt.datetime, changed: int
) -> None:
    submission.state = SUBMISSION[submission.state, Act.RECORD]
    submission.changed_at = at
    submission.unfinished, submission.grains = work.unfinished, work.grains
    submission.save(update_fields=["state", "changed_at", "unfinished", "grains"])
    if changed:
        record_event(
            by=by.author_for(submission.organisation_id),
            action="submission.recorded",
            at=at,
            object_type="submission",
            object_id=submission.pk,
            label=str(submission.round.title),
            details={"values": changed, "revision": submission.revision},
        )
