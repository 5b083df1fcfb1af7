"""Numbers as people type them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirknetz.measurement.forms.collection.numbers import (
    Ambiguous,
    NotANumber,
    TooLong,
    read_number,
)

GERMAN_WHOLE = {
    "12": "12",
    " 12 ": "12",
    "0": "0",
    "007": "7",
    "+5": "5",
    "-5": "-5",
    "−5": "-5",
    "12,0": "12",
    "1.500": "1500",
    "1 500": "1500",
    "1\u202f500": "1500",
    "1'500": "1500",
    "1.234.567": "1234567",
    "1.234,5": "1234.5",
    "12.0": "12",
    "12.5": "12.5",
    "1,500": "1.5",
    "1,234.5": "1234.5",
}
NO_NUMBERS = (
    "", "zwölf", "12 Personen", "1e5", "1,2,3", "1.2.3", "1,5,", ",", ".", "-", "--5", "5-",
    "½", "٣", "0x10", "∞", "NaN", "1.23.456", "12,", ",5", "1.234,567.8", "<script>", "1\x00",
)  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), GERMAN_WHOLE.items())
def test_whole_numbers_in_german(text: str, expected: str) -> None:
    assert read_number(text) == Decimal(expected)


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_everything_else_is_refused(text: str) -> None:
    with pytest.raises(NotANumber):
        read_number(text)


def test_a_single_group_is_asked_about_where_decimals_are_allowed() -> None:
    with pytest.raises(Ambiguous) as asked:
        read_number("1.500", decimals=1)
    assert (asked.value.first, asked.value.second) == (Decimal(1500), Decimal("1.5"))
    with pytest.raises(Ambiguous):
        read_number("1,500", decimals=1, language="en")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1.234.567", "1234567"), ("0.500", "0.5"), ("4.5", "4.5"), ("4,5", "4.5"),
     ("1.500,0", "1500"), ("1500", "1500")],
)  # fmt: skip
def test_what_can_be_read_one_way_only_is_read(text: str, expected: str) -> None:
    assert read_number(text, decimals=2) == Decimal(expected)


@pytest.mark.parametrize(
    ("text", "expected"), [("1,234.5", "1234.5"), ("1,500", "1500"), ("12.5", "12.5")]
)
def test_english_pages_read_the_marks_the_other_way_round(text: str, expected: str) -> None:
    assert read_number(text, language="en") == Decimal(expected)


@pytest.mark.parametrize("text", ["1" * 41, "x" * 10_000_000])
def test_what_is_too_long_is_said_to_be_too_long(text: str) -> None:
    with pytest.raises(TooLong):
        read_number(text)


@given(st.decimals(min_value=-(10**11), max_value=10**11, places=2))
def test_a_number_written_in_german_is_read_back(amount: Decimal) -> None:
    plain = f"{amount:f}".replace(".", ",")
    grouped = f"{amount:,f}".translate(str.maketrans(",.", ".,"))
    assert read_number(plain, decimals=2) == amount
    assert read_number(grouped, decimals=2) == amount


@given(st.text(max_size=60))
def test_whatever_is_typed_there_is_a_number_or_a_refusal(text: str) -> None:
    try:
        found = read_number(text, decimals=1)
    except NotANumber:
        return
    assert found.is_finite()
