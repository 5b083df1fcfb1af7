"""Cells in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from wirknetz.measurement.models import CellCategory


def cell_labels(cell_ids: Iterable[int]) -> dict[int, str]:
    """``Frauen, 18–29 Jahre`` for each of these cells; none for totals. One query."""
    parts: dict[int, list[str]] = defaultdict(list)
    found = CellCategory.objects.filter(cell__in=set(cell_ids))
    ordered = found.order_by("dimension__position", "dimension__code")
    for cell_id, name in ordered.values_list("cell_id", "category__name"):
        parts[cell_id].append(name)
    return {cell_id: ", ".join(names) for cell_id, names in parts.items()}
