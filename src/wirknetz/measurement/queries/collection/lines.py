"""All values of a submission beside those of the period before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wirknetz.core.values import Cell, Value
from wirknetz.measurement.queries.collection.checking import Remark
from wirknetz.measurement.queries.collection.dossier import Dossier
from wirknetz.measurement.queries.collection.sentences import number, value_words
from wirknetz.measurement.queries.collection.structure import AskedMeasure


@dataclass(frozen=True, slots=True)
class LineCell:
    """One value beside the one before."""

    cell: str
    label: str
    value: str
    n: int | None
    previous: str
    change: str
    answers: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One measure with all its values; ``total`` where it is broken down."""

    measure: AskedMeasure
    cells: tuple[LineCell, ...]
    total: LineCell | None


def lines_of(dossier: Dossier) -> tuple[Line, ...]:
    """Everything said, measure by measure, with the change against the period before."""
    return tuple(_lines(dossier))


def _lines(dossier: Dossier) -> Iterable[Line]:
    for measure in dossier.asked.measures.values():
        cells = [
            _line_cell(dossier, measure, cell)
            for grain in dossier.shown_grains(measure)
            for cell in dossier.asked.cells(grain)
            if (measure.id, cell) in dossier.values
        ]
        if dossier.state(measure) is not None:
            cells = [_line_cell(dossier, measure, Cell())]
        yield Line(measure, tuple(cells), _total(dossier, measure))


def _line_cell(dossier: Dossier, measure: AskedMeasure, cell: Cell) -> LineCell:
    place = (measure.id, cell)
    value = dossier.values[place].value
    before = dossier.history.get(place, ())
    last = before[-1].value if before else None
    return LineCell(
        cell=cell.key,
        label=dossier.asked.cell_label(cell),
        value=value_words(value),
        n=value.n,
        previous=value_words(last) if last else "",
        change=change_words(value, last),
        answers=dossier.remarks_by_place.get(place, ()),
    )


def change_words(now: Value, before: Value | None) -> str:
    """``+12``, ``−3``, ``±0``; empty where there is nothing to compare."""
    if before is None or now.amount is None or before.amount is None:
        return ""
    difference = now.amount - before.amount
    if difference == 0:
        return "±0"
    return ("+" if difference > 0 else "−") + number(abs(difference))


def _total(dossier: Dossier, measure: AskedMeasure) -> LineCell | None:
    """The sum of the breakdown that counts, where there is one and no total was typed."""
    if measure.is_mean or (measure.id, Cell()) in dossier.values:
        return None
    base = [
        here.value.amount
        for (m, _cell), here in dossier.values.items()
        if m == measure.id and here.base and here.value.amount is not None
    ]
    if not base:
        return None
    now = Value(amount=sum(base))  # type: ignore[arg-type]
    before = _total_before(dossier, measure)
    return LineCell(
        cell="",
        label="",
        value=value_words(now),
        n=None,
        previous=value_words(before) if before else "",
        change=change_words(now, before),
        answers=dossier.remarks_by_place.get((measure.id, Cell()), ()),
    )


def _total_before(dossier: Dossier, measure: AskedMeasure) -> Value | None:
    """The sum at the same grain one period before."""
    grain = dossier.grain(measure)
    rows = {
        cell: rows[-1]
        for (m, cell), rows in dossier.history.items()
        if m == measure.id and cell.grain == grain
    }
    latest = max((r.period for r in rows.values()), default=None)
    amounts = [r.value.amount for r in rows.values() if r.period == latest]
    if not amounts or any(a is None for a in amounts):
        return None
    return Value(amount=sum(a for a in amounts if a is not None))  # type: ignore[arg-type]
