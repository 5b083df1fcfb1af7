"""Formulas and rules: what is read, what is refused and where, what they compute."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wirknetz.core.measures import (
    DivisionByZeroError,
    FormulaError,
    parse_formula,
    parse_rule,
)

names = st.sampled_from(("integriert", "beendet", "übergaben_2"))
numbers = st.sampled_from(("0", "1", "2.5", "100"))


def joined(children):
    pairs = st.tuples(children, st.sampled_from("+-*/"), children)
    return st.one_of(
        pairs.map(lambda p: f"({p[0]}) {p[1]} {p[2]}"),
        pairs.map(lambda p: f"{p[0]}{p[1]}({p[2]})"),
        children.map(lambda c: f"-({c})"),
        st.tuples(children, children).map(lambda p: f"max({p[0]}, {p[1]})"),
    )


texts = st.recursive(st.one_of(names, numbers), joined, max_leaves=8)


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("integriert / beendet * 100", "integriert / beendet * 100"),
        ("  ( a+b )/c ", "(a + b) / c"),
        ("a-(b-c)", "a - (b - c)"),
        ("(a-b)-c", "a - b - c"),
        ("a/(b*c)", "a / (b * c)"),
        ("-(a+b)*2.50", "-(a + b) * 2.50"),
        ("min(a,max(b, 0))", "min(a, max(b, 0))"),
        ("((a))", "a"),
    ],
)
def test_the_text_of_a_formula_has_no_more_parentheses_than_needed(text, canonical):
    assert str(parse_formula(text)) == canonical


@settings(deadline=None)
@given(texts.filter(lambda text: any(letter.isalpha() for letter in text.replace("max", ""))))
def test_the_text_of_a_formula_reads_back_to_the_same_formula(text):
    formula = parse_formula(text)
    assert parse_formula(str(formula)) == formula
    assert formula.names() == parse_formula(str(formula)).names()


@given(st.text(max_size=40))
def test_whatever_is_typed_is_read_or_refused_with_a_place(text):
    position = 1
    try:
        parse_formula(text)
    except FormulaError as error:
        position = error.position
    assert 1 <= position <= len(text) + 1


@pytest.mark.parametrize(
    ("text", "position", "code", "params"),
    [
        ("", 1, "empty", {}),
        ("   ", 1, "empty", {}),
        ("a +", 4, "unexpected_end", {}),
        ("a + * b", 5, "unexpected", {"found": "*"}),
        ("a b", 3, "unexpected", {"found": "b"}),
        ("(a + b", 7, "unexpected_end", {}),
        ("a)", 2, "unexpected", {"found": ")"}),
        ("a + 0,5", 6, "unexpected", {"found": ","}),
        ("a $ b", 3, "unexpected_character", {"found": "$"}),
        ("a ** b", 4, "unexpected", {"found": "*"}),
        ("a.__class__", 2, "unexpected_character", {"found": "."}),
        ("2x + a", 1, "unexpected_character", {"found": "2"}),
        ("integriert <= beendet", 12, "comparison_in_formula", {"found": "<="}),
        ("1 + 2", 1, "no_name", {}),
        ("min + a", 5, "unexpected", {"found": "+"}),
        ("exec(a)", 5, "unexpected", {"found": "("}),
    ],
)
def test_a_formula_that_cannot_be_read_says_where_and_why(text, position, code, params):
    with pytest.raises(FormulaError) as caught:
        parse_formula(text)
    assert (caught.value.position, caught.value.code, caught.value.params) == (
        position, code, params,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a" * 501, "too_long"),
        ("+".join(["a"] * 100), "too_long"),
        ("(" * 30 + "a" + ")" * 30, "too_deep"),
        ("-" * 30 + "a", "too_deep"),
        ("min(" * 30 + "a" + ")" * 30, "too_deep"),
    ],
)
def test_a_formula_has_limits(text, code):
    with pytest.raises(FormulaError) as caught:
        parse_formula(text)
    assert caught.value.code == code


def test_a_formula_within_the_limits_is_computed():
    formula = parse_formula("+".join(["a"] * 75))
    assert formula.value({"a": Decimal(2)}) == 150


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a / b * 100", "50"),
        ("a + b * 2", "10"),
        ("(a + b) * 2", "12"),
        ("a - b - a", "-4"),
        ("-a + b", "2"),
        ("min(a, b, 1) + max(a, b)", "5"),
        ("0.1 * a + 0.2 * a", "0.6"),
    ],
)
def test_a_formula_computes_in_decimals(text, value):
    found = parse_formula(text).value({"a": Decimal(2), "b": Decimal(4)})
    assert found == Decimal(value)


def test_nothing_missing_is_taken_for_zero():
    formula = parse_formula("a + b")
    assert formula.value({"a": Decimal(1), "b": None}) is None
    assert formula.value({"a": Decimal(1)}) is None


def test_dividing_by_zero_is_told_apart_from_missing():
    with pytest.raises(DivisionByZeroError):
        parse_formula("a / b").value({"a": Decimal(0), "b": Decimal(0)})


@pytest.mark.parametrize(
    ("text", "additive"),
    [
        ("a", True),
        ("a + b", True),
        ("2 * a + b / 4", True),
        ("(a + b) * 2", True),
        ("a - b", False),
        ("-a", False),
        ("a / b", False),
        ("a * b", False),
        ("a + 1", False),
        ("min(a, b)", False),
    ],
)
def test_only_sums_may_be_added_from_different_organisations(text, additive):
    assert parse_formula(text).additive is additive


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("integriert<=beendet", "integriert <= beendet"),
        ("a == b + 1 and c > 0", "a == b + 1 and c > 0"),
        ("a/2 != b", "a / 2 != b"),
    ],
)
def test_a_rule_reads_back(text, canonical):
    rule = parse_rule(text)
    assert str(rule) == canonical
    assert parse_rule(canonical) == rule


@pytest.mark.parametrize(
    ("text", "position", "code"),
    [
        ("integriert", 11, "comparison_missing"),
        ("a <= b <= c", 8, "comparison_in_formula"),
        ("a <= b and", 11, "unexpected_end"),
        ("a <= and", 6, "comparison_in_formula"),
        ("a or b", 3, "comparison_missing"),
        ("1 < 2", 1, "no_name"),
        ("a = b", 3, "unexpected_character"),
    ],
)
def test_a_rule_that_cannot_be_read_says_where_and_why(text, position, code):
    with pytest.raises(FormulaError) as caught:
        parse_rule(text)
    assert (caught.value.position, caught.value.code) == (position, code)


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("a <= b", True),
        ("a >= b", False),
        ("a < b and b < a", False),
        ("a != b", True),
        ("a == 2 and b == 4", True),
        ("a > missing", None),
        ("a > missing and a > b", False),
        ("a > missing and a < b", None),
        ("a / (b - 4) > 1", None),
    ],
)
def test_a_rule_holds_fails_or_cannot_be_told(text, holds):
    assert parse_rule(text).holds({"a": Decimal(2), "b": Decimal(4), "missing": None}) is holds
