"""What is still to be done before a submission can be handed over."""

from __future__ import annotations

from dataclasses import dataclass

from wirknetz.core.values import Cell, Value
from wirknetz.measurement.queries.collection.checking import Remark
from wirknetz.measurement.queries.collection.dossier import Dossier, Unfinished
from wirknetz.measurement.queries.collection.sentences import value_words


@dataclass(frozen=True, slots=True)
class Todo:
    """Something to be done about one place."""

    label: str
    anchor: str
    sentence: str
    key: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True)
class CheckView:
    """Errors, questions and gaps of a submission."""

    errors: tuple[Todo, ...]
    questions: tuple[Todo, ...]
    gaps: tuple[Todo, ...]
    stated: tuple[Todo, ...]
    asked: int
    answered: int
    empty: int
    ready: bool


def check_of(dossier: Dossier) -> CheckView:
    """What stands between the values and submitting. No query."""
    measures = dossier.asked.measures
    wrong = [_unfinished_todo(dossier, place, note) for place, note in dossier.unfinished.items()]
    gaps = [
        (m, cells) for m in measures.values()
        if (cells := dossier.open_cells(m))
    ]  # fmt: skip
    stated = [(m, s) for m in measures.values() if (s := dossier.state(m))]
    return CheckView(
        errors=(*wrong, *(_todo(dossier, r) for r in dossier.errors)),
        questions=tuple(_todo(dossier, r) for r in dossier.questions),
        gaps=tuple(Todo(m.name, f"m{m.id}", str(len(cells))) for m, cells in gaps),
        stated=tuple(Todo(m.name, f"m{m.id}", value_words(Value(state))) for m, state in stated),
        asked=len(measures),
        answered=len(dossier.answered),
        empty=sum(len(cells) for _m, cells in gaps),
        ready=dossier.ready,
    )


def _todo(dossier: Dossier, remark: Remark) -> Todo:
    return Todo(
        label=_place_label(dossier, remark.measure_id, remark.cell),
        anchor=f"m{remark.measure_id}",
        sentence=remark.sentence,
        key=remark.key,
        answer=remark.answer,
    )


def _unfinished_todo(dossier: Dossier, place: tuple[int, Cell], note: Unfinished) -> Todo:
    return Todo(_place_label(dossier, *place), f"m{place[0]}", note.sentence)


def _place_label(dossier: Dossier, measure_id: int, cell: Cell) -> str:
    measure = dossier.asked.measures.get(measure_id)
    words = dossier.asked.cell_label(cell)
    name = measure.name if measure else ""
    return f"{name}, {words}" if words else name
