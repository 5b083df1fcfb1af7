"""A suggested profile can be completed and used; it never holds a name."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.support.processes import ROOT
from tests.unit.core.files.counting.support import lines_of
from wirknetz.core.files.counting import ProfileError, count, read_profile
from wirknetz.core.files.counting.suggesting import suggest
from wirknetz.core.files.reading import ListRow, iter_rows
from wirknetz.core.toml import MistakeCode
from wirknetz.core.values import Period

LIST = ROOT / "tests/data/partners/klinik-b-faelle_2025Q3.xlsx"


def test_what_only_the_person_knows_is_left_open() -> None:
    text = suggest(iter_rows(LIST))
    with pytest.raises(ProfileError) as refused:
        read_profile(text.encode())
    (mistake,) = refused.value.mistakes
    assert mistake.code is MistakeCode.MISSING
    assert "Art der Beendigung" in text.splitlines()[(mistake.line or 0) - 1]


def test_completed_it_counts_what_the_list_holds() -> None:
    text = suggest(iter_rows(LIST)).replace("ist = []", 'ist = ["regulär"]')
    found = count(iter_rows(LIST), read_profile(text.encode()), Period.parse("2025Q3"))
    assert not found.questions
    assert {one.code: int(one.total) for one in found.measures} == {
        "begonnen": 82, "beendet": 35, "summe_1": 808, "summe_2": 449,
    }  # fmt: skip


def test_no_value_of_a_person_stands_in_it() -> None:
    text = suggest(iter_rows(LIST))
    values = {
        value
        for row in list(iter_rows(LIST))[1:]
        for value in row.values[:3]
        if isinstance(value, str)
    }
    assert values
    assert [value for value in values if value in text] == []


def test_a_list_without_headings_is_refused() -> None:
    rows = [ListRow(0, ("Anna", "Kaya", dt.date(1990, 1, 1))), ListRow(1, ("Can", "Nowak"))]
    with pytest.raises(ValueError, match="headings"):
        suggest(rows)


def test_headings_with_quotes_stay_readable() -> None:
    rows = [["Fall-Nr.", 'Beginn "neu"', "Zahl"], ["1", {"day": "2025-07-01"}, 3]]
    text = suggest(lines_of({"rows": rows}))
    assert 'Beginn \\"neu\\"' in text
    assert read_profile(text.encode()).case_number == "Fall-Nr."
