"""Rows of values: new ones are added, old ones end, one grain of a measure is the base."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection

from wirknetz.core.values import Cell, Value
from wirknetz.measurement.actions.collection.cells import cell_numbers
from wirknetz.measurement.actions.collection.sheet import Place, Sheet, base_grain
from wirknetz.measurement.models import Entry, Submission
from wirknetz.measurement.queries.collection.said import Said
from wirknetz.measurement.queries.collection.structure import Asked
from wirknetz.network.rules import Actor


@dataclass(frozen=True, slots=True)
class Written:
    """Numbers of the rows that stand now, and how many were written or ended."""

    said: Mapping[Place, Said]
    made: Mapping[Place, int]
    ended: frozenset[Place]
    changed: int

    def number(self, place: Place) -> int | None:
        """The number of the row that stands at this place."""
        if place in self.made:
            return self.made[place]
        here = self.said.get(place)
        return here.id if here and place not in self.ended else None


@dataclass(slots=True)
class _Plan:
    """Which rows come, end, and change their part in the total."""

    new: dict[Place, tuple[Value, bool]]
    ended: dict[Place, Said]
    to_base: list[int]
    from_base: list[int]


def write(
    sheet: Sheet, *, submission: Submission, asked: Asked, by: Actor, at: dt.datetime
) -> Written:
    """Write the changes of the sheet."""
    plan = _planned(sheet)
    changed = len(dict.fromkeys([*plan.new, *plan.ended]))
    if plan.ended:
        Entry.objects.filter(id__in=[said.id for said in plan.ended.values()]).update(
            superseded_at=at, superseded_by_id=by.user_id
        )
    for numbers, base in ((plan.to_base, True), (plan.from_base, False)):
        if numbers:
            Entry.objects.filter(id__in=numbers).update(base=base)
    made = _insert(plan, sheet, submission=submission, asked=asked, by=by, at=at)
    return Written(sheet.said, made, frozenset(plan.ended), changed)


def _planned(sheet: Sheet) -> _Plan:
    new = {place: (value, True) for place, value in sheet.written()}
    plan = _Plan(new, {said.place: said for said in sheet.ended()}, [], [])
    for measure_id in dict.fromkeys(place[0] for place in sheet.changes):
        _rebase(plan, sheet, measure_id)
    return plan


def _rebase(plan: _Plan, sheet: Sheet, measure_id: int) -> None:
    """Exactly one grain counts for the total.

    A row that counts already in a result is not changed: it ends, and a copy follows it.
    """
    places = sheet.places(measure_id)
    values = [(place[1], value) for place in places if (value := sheet.value(place))]
    grain = base_grain(values)
    for place in places:
        base, here = place[1].grain == grain, sheet.said.get(place)
        if place in plan.new:
            plan.new[place] = (plan.new[place][0], base)
        elif here and here.base != base and here.counted:
            plan.ended[place] = here
            plan.new[place] = (here.value, base)
        elif here and here.base != base:
            (plan.to_base if base else plan.from_base).append(here.id)


def _insert(
    plan: _Plan,
    sheet: Sheet,
    *,
    submission: Submission,
    asked: Asked,
    by: Actor,
    at: dt.datetime,
) -> dict[Place, int]:
    if not plan.new:
        return {}
    numbers = {said.cell: said.cell_id for said in sheet.said.values()}
    unknown = {cell for _, cell in plan.new} - set(numbers)
    if unknown:
        numbers |= cell_numbers(submission.round.network_id, unknown, asked)
    same = _same_in_all(submission, by, at)
    rows = [
        (measure_id, numbers[cell], value, base, sheet.sources.get((measure_id, cell)))
        for (measure_id, cell), (value, base) in plan.new.items()
    ]
    _insert_rows(same, rows)
    return _numbers_of(submission, plan.new, numbers)


def _same_in_all(submission: Submission, by: Actor, at: dt.datetime) -> dict[str, Any]:
    return {
        "submission": submission.pk,
        "organisation": submission.organisation_id,
        "period": submission.round.period_ordinal,
        "revision": submission.revision,
        "reason": submission.reason,
        "recorded_at": at,
        "recorded_by": by.user_id,
    }


_OF_ROW = ("measure", "cell", "state", "amount", "n", "base", "source")
_Line = tuple[int, int, Value, bool, Mapping[str, object] | None]


_TABLE = "measurement_entry"


def _field(name: str) -> Any:
    return Entry._meta.get_field(name)  # noqa: SLF001 - the documented way to a field


def _insert_rows(same: Mapping[str, Any], rows: Iterable[_Line]) -> None:
    """One statement for all rows, however many: batches of the usual way cost the hot path.

    What is the same in all rows is prepared once. Columns not named here start as NULL.
    """
    names = [_field(name).column for name in (*same, *_OF_ROW)]
    head = tuple(_field(name).get_db_prep_save(value, connection) for name, value in same.items())
    amount, source = _field("amount"), _field("source")
    lines = [
        (
            *head, measure_id, cell_id, value.state.value,
            amount.get_db_prep_save(value.amount, connection), value.n, base,
            None if origin is None else source.get_db_prep_save(origin, connection),
        )
        for measure_id, cell_id, value, base, origin in rows
    ]  # fmt: skip
    quoted = ", ".join(connection.ops.quote_name(name) for name in names)
    places = ", ".join(["%s"] * len(names))
    table = connection.ops.quote_name(_TABLE)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # one journey to the server instead of hundreds
            with cursor.copy(f"COPY {table} ({quoted}) FROM STDIN") as copy:
                for line in lines:
                    copy.write_row(line)
        else:
            cursor.executemany(f"INSERT INTO {table} ({quoted}) VALUES ({places})", lines)  # noqa: S608 - names of our own columns


def _numbers_of(
    submission: Submission, places: Iterable[Place], cells: Mapping[Cell, int]
) -> dict[Place, int]:
    wanted = list(places)
    rows = Entry.objects.filter(
        submission=submission,
        superseded_at__isnull=True,
        measure_id__in={measure_id for measure_id, _ in wanted},
    )
    found = {(m, c): pk for pk, m, c in rows.values_list("id", "measure_id", "cell_id")}
    return {place: found[place[0], cells[place[1]]] for place in wanted}
