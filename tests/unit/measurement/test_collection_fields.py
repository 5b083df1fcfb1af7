"""From what a browser posts to rows."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirknetz.core.values import Cell, State, Value
from wirknetz.measurement.actions.collection import Choice, Row
from wirknetz.measurement.actions.collection.sheet import base_grain, summed
from wirknetz.measurement.forms.collection.fields import Posted, read_posted
from wirknetz.measurement.rules.collection_values import ProblemCode, flaw

WOMEN, MEN = Cell.of({"geschlecht": "w"}), Cell.of({"geschlecht": "m"})
OLD_WOMEN = Cell.of({"geschlecht": "w", "alter": "50+"})


def read(**data: str) -> Posted:
    names = {name.replace("__", ":"): text for name, text in data.items()}
    return read_posted(names, decimals={7: 0, 8: 1})


def only(posted: Posted) -> Row:
    assert len(posted.rows) == 1
    return posted.rows[0]


def test_a_value_with_what_was_seen() -> None:
    row = only(read_posted({"v:7:geschlecht=w": "12", "s:7:geschlecht=w": "99"}, decimals={7: 0}))
    assert (row.measure_id, row.cell, row.value, row.seen) == (
        7,
        WOMEN,
        Value(amount=Decimal(12)),
        99,
    )


def test_an_empty_field_says_nothing_and_saw_nothing() -> None:
    row = only(read(v__7__=" ", s__7__=""))
    assert (row.value, row.seen, row.problem) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "state"),
    [("nicht erhoben", State.NOT_COLLECTED), ("N. E.", State.NOT_COLLECTED),
     ("Keine Angabe", State.REFUSED), ("entfällt", State.NOT_APPLICABLE)],
)  # fmt: skip
def test_a_reason_in_words_is_a_state(text: str, state: State) -> None:
    assert only(read(v__7__=text)).value == Value(state)


def test_a_mean_carries_its_cases() -> None:
    row = only(read(v__8__="4,5", n__8__="12"))
    assert row.value == Value(amount=Decimal("4.5"), n=12)


@pytest.mark.parametrize(
    ("value", "cases", "code"),
    [("", "12", ProblemCode.MEAN_MISSING), ("4,5", "viele", ProblemCode.N_NOT_WHOLE),
     ("4,5", "1,5", ProblemCode.N_NOT_WHOLE), ("4,5", "-1", ProblemCode.N_NOT_WHOLE),
     ("abc", "", ProblemCode.NOT_A_NUMBER), ("1.500", "", ProblemCode.AMBIGUOUS),
     ("9" * 50, "", ProblemCode.TOO_LONG)],
)  # fmt: skip
def test_what_cannot_be_read_is_a_problem_that_keeps_the_text(
    value: str, cases: str, code: ProblemCode
) -> None:
    row = only(read(v__8__=value, n__8__=cases))
    assert row.problem is not None
    assert (row.problem.code, row.text) == (code, value)


def test_what_was_sent_before_comes_along() -> None:
    row = only(read(v__7__="123", q__7__='[["1",""],["12",""],["x",""]]'))
    assert row.sent == (Value(amount=Decimal(1)), Value(amount=Decimal(12)))


@pytest.mark.parametrize("junk", ["[", "{}", "[1]", '[["1"]]', "null", "5", '"ab"'])
def test_junk_beside_a_value_does_no_harm(junk: str) -> None:
    assert only(read(v__7__="1", q__7__=junk)).sent == ()


@pytest.mark.parametrize(
    "name",
    ["v:x:", "v:7", "v::", "x:7:", "v:7:a", "v:7:a=b|a=c=d=|", "v:-7:", "v:٣:", f"v:{'9' * 30}:",
     "v:7:" + "a=b|" * 200, "csrfmiddlewaretoken", ""],
)  # fmt: skip
def test_names_that_are_no_field_are_not_looked_at(name: str) -> None:
    assert read_posted({name: "5"}, decimals={}).rows == ()


def test_only_a_changed_way_is_a_choice() -> None:
    same = read(g__7="grain:alter", h__7="grain:alter")
    other = read(g__7="grain:", h__7="grain:alter", g__8="state:refused", h__8="grain:")
    assert same.choices == {}
    assert other.choices == {7: Choice(grain=""), 8: Choice(state=State.REFUSED)}


@pytest.mark.parametrize("wanted", ["state:amount", "state:x", "x:y", "grain"])
def test_an_unknown_way_is_none(wanted: str) -> None:
    assert read(g__7=wanted).choices == {}


def test_the_fill_button_makes_empty_fields_of_its_measure_zero() -> None:
    rows = read(v__7__="", v__8__="", fill="7").rows
    assert [row.value for row in rows] == [Value(amount=Decimal(0)), None]


def test_the_buttons_of_a_conflict_decide_it() -> None:
    data = {"v:7:": "15", "s:7:": "1", "t:7:": "12", "u:7:": "2"}
    kept = only(read_posted(data | {"keep": "7:"}, decimals={7: 0}))
    taken = only(read_posted(data | {"take": "7:"}, decimals={7: 0}))
    assert (kept.value, kept.seen) == (Value(amount=Decimal(15)), 2)
    assert (taken.value, taken.seen) == (Value(amount=Decimal(12)), 2)


@given(st.dictionaries(st.text(max_size=30), st.text(max_size=30), max_size=20))
def test_whatever_is_posted_is_read_or_passed_over(data: dict[str, str]) -> None:
    read_posted(data, decimals={})


@pytest.mark.parametrize(
    ("amount", "decimals", "code"),
    [("-1", 0, ProblemCode.NEGATIVE), ("1.5", 0, ProblemCode.NOT_WHOLE),
     ("1.55", 1, ProblemCode.DECIMALS), ("1000000000000", 0, ProblemCode.TOO_LARGE)],
)  # fmt: skip
def test_flaws_of_a_value(amount: str, decimals: int, code: ProblemCode) -> None:
    found = flaw(Value(amount=Decimal(amount)), decimals=decimals, is_mean=False)
    assert found is not None
    assert found[0] is code


@pytest.mark.parametrize("amount", ["0", "12", "999999999999"])
def test_values_without_a_flaw(amount: str) -> None:
    assert flaw(Value(amount=Decimal(amount)), decimals=0, is_mean=False) is None


def test_a_mean_may_be_negative_but_not_of_no_cases() -> None:
    assert flaw(Value(amount=Decimal(-1), n=3), decimals=0, is_mean=True) is None
    none = flaw(Value(amount=Decimal(1), n=0), decimals=0, is_mean=True)
    assert none is not None
    assert none[0] is ProblemCode.N_ZERO


def test_the_coarsest_grain_with_an_amount_is_the_base() -> None:
    one = Value(amount=Decimal(1))
    nothing = Value(State.NOT_COLLECTED)
    assert base_grain([(WOMEN, one), (OLD_WOMEN, one)]) == "geschlecht"
    assert base_grain([(Cell(), nothing), (WOMEN, one)]) == "geschlecht"
    assert base_grain([(Cell(), nothing), (WOMEN, nothing)]) == ""
    assert base_grain([]) == ""


def test_a_finer_breakdown_adds_up_to_a_coarser_one() -> None:
    two, three = Value(amount=Decimal(2)), Value(amount=Decimal(3))
    assert summed([(WOMEN, two), (MEN, three)], "") == {Cell(): Value(amount=Decimal(5))}
    assert summed([(WOMEN, two), (MEN, Value(State.REFUSED))], "") == {}
    assert summed([(WOMEN, two)], "alter") == {}
    assert summed([(WOMEN, Value(amount=Decimal(2), n=4))], "") == {}
