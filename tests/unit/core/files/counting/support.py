"""Rows of the shared cases, as both languages read them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from tests.support.processes import ROOT
from wirknetz.core.files.counting import Counted, CountedMeasure, Profile, count, read_profile
from wirknetz.core.files.counting.folding import number_text
from wirknetz.core.files.grid import Content
from wirknetz.core.files.reading import ListRow
from wirknetz.core.values import Period

FOLDER = ROOT / "tests/data/counting"
CASES = json.loads((FOLDER / "cases.json").read_text("utf-8"))


def counted(case: dict[str, Any]) -> Counted:
    """What Python counts."""
    profile = read_profile(case["profile"].encode())
    return count(lines_of(case), profile, Period.parse(case["period"]))


def lines_of(case: dict[str, Any]) -> Iterator[ListRow]:
    """The rows as the reader of files hands them over: those with content."""
    hidden, missing = set(case.get("hidden", ())), case.get("without_value", {})
    for number, raw in enumerate(case["rows"]):
        values = tuple(map(content_of, raw))
        without = tuple(missing.get(str(number), ()))
        if any(value is not None for value in values) or without:
            yield ListRow(number, values, number in hidden, without)


def content_of(raw: Any) -> Content | None:
    """A cell of a case."""
    if isinstance(raw, dict):
        return dt.date.fromisoformat(raw["day"])
    if isinstance(raw, bool) or raw is None:
        return raw
    return Decimal(str(raw)) if isinstance(raw, int | float) else str(raw)


def said(found: Counted, profile: Profile) -> dict[str, Any]:
    """What was counted, in the words of the cases."""
    rows = found.rows
    return {
        "measures": {
            one.code: [number_text(one.total), _cells(one, profile)] for one in found.measures
        },
        "gaps": [[g.code.value, g.column, list(g.rows), list(g.measures)] for g in found.gaps],
        "questions": [[q.code.value, list(q.rows), dict(q.params)] for q in found.questions],
        "counts": [
            rows.read, rows.doubles, rows.filtered, rows.hidden, rows.headings, rows.left_out,
        ],
    }  # fmt: skip


def _cells(one: CountedMeasure, profile: Profile) -> dict[str, str]:
    """By categories in the order of the profile."""
    codes = profile.measure(one.code).breakdowns
    return {
        "|".join(cell.category(code) or "" for code in codes): number_text(amount)
        for cell, amount in one.cells
    }
