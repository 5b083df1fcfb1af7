"""The form of a round as its page needs it: groups, measures, tables, fields."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby, product
from typing import Final

from django.utils.translation import gettext as _

from wirknetz.core.values import Cell, Period, State, Value
from wirknetz.foundation.language import language
from wirknetz.measurement.queries.collection.checking import Remark
from wirknetz.measurement.queries.collection.dossier import Dossier
from wirknetz.measurement.queries.collection.sentences import STATE_WORDS, number, value_words
from wirknetz.measurement.queries.collection.sources import cell_words
from wirknetz.measurement.queries.collection.structure import AskedMeasure, DimensionView
from wirknetz.measurement.rules.collection_values import ProblemCode

MOST_COLUMNS: Final = 4


@dataclass(frozen=True, slots=True)
class FieldView:
    """One place in the form. ``key`` makes the names of its inputs."""

    key: str
    id: str
    label: str
    short_label: str
    text: str
    n_text: str
    seen: str
    previous: str
    problem: str
    conflict: bool
    theirs: str
    theirs_n: str
    their_seen: str
    remarks: tuple[Remark, ...]
    amount: Decimal | None
    origin: str = ""
    origin_cell: str = ""

    @property
    def described_by(self) -> str:
        """Ids of what explains the field."""
        parts = [f"{self.id}-prev"] if self.previous else []
        return " ".join([*parts, f"{self.id}-msg"])

    @property
    def flawed(self) -> bool:
        """Whether something must be mended here."""
        return bool(self.problem) or any(r.is_error for r in self.remarks)


@dataclass(frozen=True, slots=True)
class RowView:
    """One row of a breakdown."""

    label: str
    fields: tuple[FieldView, ...]
    sum: str


@dataclass(frozen=True, slots=True)
class TableView:
    """The fields of one grain. ``columns`` is empty where there is one column only."""

    key: str
    label: str
    row_heading: str
    columns: tuple[str, ...]
    rows: tuple[RowView, ...]
    column_sums: tuple[str, ...]
    total: str
    sums: bool
    open_fields: int

    @property
    def width(self) -> int:
        """How many columns the table has, that of the sums not counted."""
        return 1 + (len(self.columns) or 1)

    @property
    def single(self) -> FieldView | None:
        """The only field of a total."""
        return self.rows[0].fields[0] if not self.key else None

    @property
    def fields(self) -> tuple[FieldView, ...]:
        """All fields, row by row."""
        return tuple(f for row in self.rows for f in row.fields)


@dataclass(frozen=True, slots=True)
class Option:
    """One way to report a measure."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class BlockView:
    """One measure in the form; ``elsewhere`` is to be said of places that have no field.

    Such as the total of a breakdown, where a rule of the network compares totals.
    """

    measure: AskedMeasure
    options: tuple[Option, ...]
    state: str
    tables: tuple[TableView, ...]
    answered: bool
    started: bool
    previous_label: str
    elsewhere: tuple[Remark, ...]

    @property
    def chosen(self) -> str:
        """How it is reported now."""
        return next((o.value for o in self.options if o.chosen), "")

    @property
    def flaws(self) -> tuple[FieldView, ...]:
        """Fields with something to be mended."""
        return tuple(f for t in self.tables for f in t.fields if f.flawed)


@dataclass(frozen=True, slots=True)
class GroupView:
    """Measures that belong together."""

    name: str
    blocks: tuple[BlockView, ...]

    @property
    def answered(self) -> int:
        """How many of them are answered."""
        return sum(block.answered for block in self.blocks)


@dataclass(frozen=True, slots=True)
class FormView:
    """The whole form."""

    groups: tuple[GroupView, ...]
    answered: int
    asked: int

    @property
    def blocks(self) -> tuple[BlockView, ...]:
        """All measures."""
        return tuple(block for group in self.groups for block in group.blocks)

    @property
    def flaws(self) -> tuple[tuple[BlockView, FieldView], ...]:
        """Everything to be mended, with its measure."""
        return tuple((block, f) for block in self.blocks for f in block.flaws)

    @property
    def errors_elsewhere(self) -> tuple[tuple[BlockView, Remark], ...]:
        """What must be mended and has no field, with its measure."""
        return tuple((b, r) for b in self.blocks for r in b.elsewhere if r.is_error)

    @property
    def wrong(self) -> int:
        """How many things must be mended."""
        return len(self.flaws) + len(self.errors_elsewhere)

    @property
    def next_block(self) -> BlockView | None:
        """The first measure that is not answered yet."""
        return next((block for block in self.blocks if not block.answered), None)


def form_of(dossier: Dossier) -> FormView:
    """The form of a submission. No query."""
    blocks = [_block(dossier, m) for m in dossier.asked.measures.values()]
    groups = tuple(
        GroupView(name or _("Weitere Angaben"), tuple(found))
        for name, found in groupby(_by_group(blocks), key=lambda b: b.measure.group)
    )
    return FormView(groups, len(dossier.answered), len(blocks))


def _by_group(blocks: list[BlockView]) -> list[BlockView]:
    """Measures of one group together, groups in the order of their first measure."""
    order = list(dict.fromkeys(block.measure.group for block in blocks))
    return sorted(blocks, key=lambda block: order.index(block.measure.group))


def _block(dossier: Dossier, measure: AskedMeasure) -> BlockView:
    state = dossier.state(measure)
    tables = () if state else tuple(
        _Builder(dossier, measure, grain).table() for grain in dossier.shown_grains(measure)
    )  # fmt: skip
    shown = {f.key for table in tables for f in table.fields}
    return BlockView(
        measure=measure,
        options=tuple(_options(dossier, measure, state)),
        state=str(STATE_WORDS[state]) if state else "",
        tables=tables,
        answered=measure.id in dossier.answered,
        started=dossier.started(measure),
        previous_label=_previous_label(dossier, measure),
        elsewhere=tuple(
            remark
            for remark in dossier.remarks
            if remark.measure_id == measure.id
            and remark.is_open
            and f"{measure.id}:{remark.cell.key}" not in shown
        ),
    )


def _options(dossier: Dossier, measure: AskedMeasure, state: State | None) -> Iterable[Option]:
    grain = dossier.grain(measure)
    for offered in measure.grains:
        yield Option(
            f"grain:{offered}",
            _grain_words(dossier, measure, offered),
            state is None and offered == grain,
        )
    for missing, label in STATE_WORDS.items():
        yield Option(f"state:{missing.value}", str(label), state is missing)


def _grain_words(dossier: Dossier, measure: AskedMeasure, grain: str) -> str:
    if not measure.grain:
        return _("als Zahl")
    if not grain:
        return _("nur die Gesamtzahl")
    label = dossier.asked.grain_label(grain)
    if grain == measure.grain:
        return _("nach %(grain)s") % {"grain": label}
    return _("nur nach %(grain)s") % {"grain": label}


def _previous_label(dossier: Dossier, measure: AskedMeasure) -> str:
    periods = [rows[-1].period for (m, _c), rows in dossier.history.items() if m == measure.id]
    if not periods:
        return ""
    kind = dossier.submission.round.period.kind
    return Period.from_ordinal(kind, max(periods)).label(language())


class _Builder:
    """Builds the table of one grain of one measure."""

    def __init__(self, dossier: Dossier, measure: AskedMeasure, grain: str) -> None:
        self.dossier, self.measure, self.grain = dossier, measure, grain
        dimensions = [dossier.asked.dimensions[name] for name in grain.split(",") if name]
        self.across = self._across(dimensions)
        self.down = [d for d in dimensions if d is not self.across]
        self.latest = max(
            (r[-1].period for (m, _c), r in dossier.history.items() if m == measure.id), default=0
        )

    def _across(self, dimensions: list[DimensionView]) -> DimensionView | None:
        """The dimension with the fewest categories makes the columns, if they are few."""
        if len(dimensions) < 2 or self.measure.is_mean:
            return None
        smallest = min(dimensions, key=lambda d: len(d.offered))
        return smallest if len(smallest.offered) <= MOST_COLUMNS else None

    def table(self) -> TableView:
        rows = tuple(self._rows())
        sums = not self.measure.is_mean and bool(self.grain)
        columns = tuple(c.name for c in self.across.offered) if self.across else ()
        return TableView(
            key=self.grain,
            label=self.dossier.asked.grain_label(self.grain) if self.grain else "",
            row_heading=" · ".join(d.name for d in self.down),
            columns=columns,
            rows=rows,
            column_sums=tuple(
                _sum(row.fields[i] for row in rows) for i in range(len(columns) or 1)
            ),
            total=_sum(f for row in rows for f in row.fields),
            sums=sums,
            open_fields=sum(1 for row in rows for f in row.fields if not f.text),
        )

    def _rows(self) -> Iterable[RowView]:
        across = (
            [(self.across.code, c.code) for c in self.across.offered] if self.across else [None]
        )
        for chosen in product(*([(d, c) for c in d.offered] for d in self.down)):
            head = [(d.code, c.code) for d, c in chosen]
            cells = [Cell.of([*head, *([part] if part else [])]) for part in across]
            fields = tuple(self._field(cell) for cell in cells)
            label = " · ".join(c.name for _d, c in chosen)
            yield RowView(label, fields, _sum(fields))

    def _field(self, cell: Cell) -> FieldView:
        place = (self.measure.id, cell)
        here, note = self.dossier.values.get(place), self.dossier.unfinished.get(place)
        said, n = (_typed(here.value), str(here.value.n or "")) if here else ("", "")
        seen = str(here.id) if here else ""
        conflict = note is not None and note.code is ProblemCode.CONFLICT
        return FieldView(
            key=f"{self.measure.id}:{cell.key}",
            id=self._id(cell),
            label=self._label(cell),
            short_label=self.dossier.asked.cell_label(cell),
            text=note.text if note else said,
            n_text=note.n_text if note else n,
            seen=note.seen if note and conflict else seen,
            previous=self._previous(place),
            problem=note.sentence if note else "",
            conflict=conflict,
            theirs=said if conflict else "",
            theirs_n=n if conflict else "",
            their_seen=seen if conflict else "",
            remarks=tuple(r for r in self.dossier.remarks_by_place.get(place, ()) if r.is_open),
            amount=here.value.amount if here else None,
            origin=cell_words(here.source) if here else "",
            origin_cell=str((here.source or {}).get("cell", "")) if here else "",
        )

    def _id(self, cell: Cell) -> str:
        numbers = []
        for name, code in cell.items:
            dimension = self.dossier.asked.dimensions[name]
            category = dimension.category(code)
            numbers.append(str(category.id if category else 0))
        return "-".join([f"f{self.measure.id}", *numbers])

    def _label(self, cell: Cell) -> str:
        words = self.dossier.asked.cell_label(cell)
        return f"{self.measure.name}, {words}" if words else self.measure.name

    def _previous(self, place: tuple[int, Cell]) -> str:
        rows = self.dossier.history.get(place, ())
        if not rows or rows[-1].period != self.latest:
            return ""
        value = rows[-1].value
        return value_words(value) + (f" (n = {value.n})" if value.n else "")


def _typed(value: Value) -> str:
    """As a person would type it: without grouping; a state in words."""
    if value.amount is None:
        return value_words(value)
    return f"{value.amount:f}".replace(".", ",")


def _sum(fields: Iterable[FieldView]) -> str:
    amounts = [f.amount for f in fields if f.amount is not None]
    return number(sum(amounts, Decimal(0))) if amounts else ""
