"""What leaves is written in the reader's language; days and numbers stay what they are."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal

import openpyxl
import pytest

from wirknetz.core.files import Sheet, to_csv, to_xlsx

DAY, MOMENT = dt.date(2026, 11, 3), dt.datetime(2026, 11, 3, 9, 5)  # noqa: DTZ001
SHEET = Sheet(
    "", ("a", "b", "c", "d", "e"), ((DAY, MOMENT, True, False, Decimal("20.5")),), ("Notiz",)
)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("de", "03.11.2026;03.11.2026 09:05;ja;nein;20,5"),
        ("en", "2026-11-03;2026-11-03 09:05;yes;no;20,5"),
        ("en-gb", "2026-11-03;2026-11-03 09:05;yes;no;20,5"),
    ],
)
def test_a_line_in_the_readers_language(language: str, line: str) -> None:
    assert to_csv(SHEET, language=language).decode("utf-8-sig").splitlines()[1] == line


def test_german_is_what_nobody_needs_to_ask_for() -> None:
    assert to_csv(SHEET) == to_csv(SHEET, language="de")


@pytest.mark.parametrize(
    ("language", "words", "day", "moment", "name"),
    [
        ("de", ["ja", "nein"], "dd.mm.yyyy", "dd.mm.yyyy hh:mm", "Tabelle"),
        ("en", ["yes", "no"], "yyyy-mm-dd", "yyyy-mm-dd hh:mm", "Table"),
    ],
)
def test_a_workbook_in_the_readers_language(
    language: str, words: list[str], day: str, moment: str, name: str
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx([SHEET], language=language)))
    assert book.sheetnames == [name]
    first, second, third, fourth, fifth = next(book[name].iter_rows(min_row=2, max_row=2))
    assert (first.value.date(), second.value) == (DAY, MOMENT)
    assert (first.number_format, second.number_format) == (day, moment)
    assert [third.value, fourth.value] == words
    assert fifth.value == 20.5


def test_a_moment_is_shown_and_not_crossed_out() -> None:
    page = openpyxl.load_workbook(io.BytesIO(to_xlsx([SHEET]))).worksheets[0]
    assert page.column_dimensions["B"].width > len("03.11.2026 09:05")
