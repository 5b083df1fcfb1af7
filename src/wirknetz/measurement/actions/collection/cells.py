"""Cells come into being when somebody first reports into them."""

from __future__ import annotations

from collections.abc import Iterable

from wirknetz.core.values import Cell
from wirknetz.measurement.models import Cell as CellRow
from wirknetz.measurement.models import CellCategory
from wirknetz.measurement.queries.collection.structure import Asked


def cell_numbers(network_id: int, cells: Iterable[Cell], asked: Asked) -> dict[Cell, int]:
    """Numbers of these cells, made where they are missing; safe when two make the same one.

    One query where all exist, four where some are new.
    """
    wanted = {cell.key: cell for cell in cells}
    found = _found(network_id, wanted)
    if missing := [cell for key, cell in wanted.items() if key not in found]:
        CellRow.objects.bulk_create(
            [CellRow(network_id=network_id, key=c.key, grain=c.grain) for c in missing],
            ignore_conflicts=True,
        )
        found |= _found(network_id, [cell.key for cell in missing])
        CellCategory.objects.bulk_create(
            [part for cell in missing for part in _parts(found[cell.key], cell, asked)],
            ignore_conflicts=True,
        )
    return {cell: found[key] for key, cell in wanted.items()}


def _found(network_id: int, keys: Iterable[str]) -> dict[str, int]:
    rows = CellRow.objects.filter(network_id=network_id, key__in=list(keys))
    return dict(rows.values_list("key", "id"))


def _parts(number: int, cell: Cell, asked: Asked) -> list[CellCategory]:
    made = []
    for name, code in cell.items:
        dimension = asked.dimensions[name]
        if category := dimension.category(code):
            made.append(
                CellCategory(cell_id=number, dimension_id=dimension.id, category_id=category.id)
            )
    return made
