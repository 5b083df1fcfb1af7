"""Counting keeps to the shared cases, and to what the partners' list must add up to."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.support.processes import ROOT
from tests.unit.core.files.counting.support import CASES, counted, said
from wirknetz.core.files.counting import prepare, read_profile
from wirknetz.core.values import Period

PARTNERS = ROOT / "tests/data/partners"
EXPECTED = json.loads((PARTNERS / "expected.json").read_text("utf-8"))["organisations"]["Klinik B"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_truth(case: dict[str, Any]) -> None:
    assert said(counted(case), read_profile(case["profile"].encode())) == case["expected"]


def test_the_list_of_a_clinic_adds_up_exactly() -> None:
    profile = read_profile((ROOT / "docs/beispiele/klinik-b.toml").read_bytes())
    found = prepare(PARTNERS / EXPECTED["file"], profile, Period.parse("2025Q3"))
    assert (found.gaps, found.questions, found.rows.doubles) == ((), (), 4)
    assert {m.code: int(m.total) for m in found.measures} == EXPECTED["totals"]
    cells = {
        m.code: {f"{cell.category('gender')}|{cell.category('age')}": int(n) for cell, n in m.cells}
        for m in found.measures
        if m.cells
    }
    assert cells == EXPECTED["cells"]
