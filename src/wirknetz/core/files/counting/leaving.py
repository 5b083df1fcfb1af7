"""What leaves the machine: a table of counts, and a receipt without anything about a person."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from wirknetz.core.files.counting.folding import number_text
from wirknetz.core.files.counting.model import Counted, CountedMeasure, Gap
from wirknetz.core.files.counting.profile import Profile
from wirknetz.core.files.leaving import Sheet, to_csv
from wirknetz.core.values import Cell

RECEIPT_FORMAT: Final = 1
MEASURE, PERIOD, AMOUNT = "Messgröße", "Zeitraum", "Anzahl"
ALL: Final = "gesamt"


def table(counted: Counted, profile: Profile) -> Sheet:
    """The counts as a table: one row per number, in the layout the upload understands.

    Measures stand by their name: a code such as ``beendet`` could be any word of a table.
    """
    breakdowns = [one for one in profile.breakdowns if _is_used(one.code, profile)]
    codes = [one.code for one in breakdowns]
    header = (MEASURE, PERIOD, *(one.name for one in breakdowns), AMOUNT)
    rows = (row for one in counted.measures for row in _rows(one, codes))
    label = counted.period.label()
    return Sheet(
        "Zählung", header, tuple((name, label, *place, amount) for name, place, amount in rows)
    )


def _is_used(code: str, profile: Profile) -> bool:
    return any(code in measure.breakdowns for measure in profile.measures)


def _rows(
    measure: CountedMeasure, codes: list[str]
) -> Iterator[tuple[str, tuple[str, ...], Decimal]]:
    """The total, then every cell."""
    broken = {dimension for cell, _amount in measure.cells for dimension, _ in cell.items}
    totals = tuple(ALL if code in broken else "" for code in codes)
    yield measure.name, totals, _plain(measure.total)
    for cell, amount in measure.cells:
        yield measure.name, _place(cell, codes), _plain(amount)


def _place(cell: Cell, codes: list[str]) -> tuple[str, ...]:
    return tuple(cell.category(code) or "" for code in codes)


def _plain(amount: Decimal) -> Decimal:
    return Decimal(number_text(amount))


def report(counted: Counted, profile: Profile) -> bytes:
    """The table as CSV. ValueError while questions are open."""
    if counted.questions:
        raise ValueError("questions are open")
    return to_csv(table(counted, profile))


def receipt(counted: Counted, profile: Profile, *, version: str) -> bytes:
    """What was counted how, as JSON: hashes, numbers of rows, reasons; nothing about a person."""
    rows = counted.rows
    said = {
        "art": "Zählung einer Liste",
        "format": RECEIPT_FORMAT,
        "wirknetz": version,
        "zeitraum": counted.period.code,
        "anleitung": {"name": profile.name, "sha256": profile.sha256},
        "liste": {"sha256": counted.sha256},
        "ergebnis": {"sha256": hashlib.sha256(report(counted, profile)).hexdigest()},
        "zeilen": {
            "gelesen": rows.read,
            "doppelt": rows.doubles,
            "nicht_gemeint": rows.filtered,
            "ausgeblendet": rows.hidden,
            "wiederholte_ueberschriften": rows.headings,
            "nicht_gezaehlt": rows.left_out,
        },
        "nicht_gezaehlt": [_gap(gap) for gap in counted.gaps],
        "leere_zellen": dict(counted.empty_cells),
        "gesamt": {one.code: number_text(one.total) for one in counted.measures},
    }
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()


def _gap(gap: Gap) -> dict[str, object]:
    return {
        "grund": gap.code.value,
        "spalte": gap.column,
        "zeilen": list(gap.rows),
        "messgroessen": list(gap.measures),
    }
