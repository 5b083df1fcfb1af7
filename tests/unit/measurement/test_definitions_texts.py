"""Codes made from names, sentences about formulas, numbers and periods as people type them."""

from decimal import Decimal

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from wirknetz.core.measures import parse_formula
from wirknetz.core.values import Cell, Period, PeriodKind
from wirknetz.measurement.forms import explaining
from wirknetz.measurement.forms.fields import PeriodField, read_number, shown, stored
from wirknetz.measurement.models.definitions import CATEGORY_CODE, CODE
from wirknetz.measurement.rules.codes import category_code_from, code_from
from wirknetz.measurement.rules.sentences import FormulaProblemError, read_formula, read_rule

CODES = {"begonnen", "beendet", "integriert"}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Neue Stelle", "neue_stelle"),
        ("Übergänge (geglückt)", "uebergaenge_geglueckt"),
        ("3 Termine", "x_3_termine"),
        ("!!!", "x"),
        ("min", "x_min"),
        ("x" * 60, "x" * 40),
    ],
)
def test_a_code_is_made_from_a_name(name: str, code: str) -> None:
    assert code_from(name) == code


def test_a_code_that_is_taken_gets_a_number() -> None:
    assert code_from("Treffen", {"treffen", "treffen_2"}) == "treffen_3"
    assert code_from("x" * 40, {"x" * 40}) == "x" * 38 + "_2"
    assert category_code_from("50 und älter") == "50_und_älter"
    assert category_code_from("a=b|c,d") == "abcd"


@given(st.text(max_size=90), st.text(max_size=90))
def test_every_code_made_is_one_that_may_be_stored(name: str, other: str) -> None:
    CODE(code_from(name, {code_from(other)}))
    assert code_from(name, {code_from(name)}) != code_from(name)
    made = category_code_from(name, {category_code_from(other)})
    CATEGORY_CODE(made)
    assert Cell.parse(Cell.of({"gender": made}).key).category("gender") == made


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "integriert/beendt",
            "An Stelle 12: Die Messgröße ‚beendt‘ gibt es nicht. Meinten Sie ‚beendet‘?",
        ),
        ("qqqq", "An Stelle 1: Die Messgröße ‚qqqq‘ gibt es nicht."),
        ("integriert / ", "An Stelle 13: Hier fehlt etwas"),
        ("integriert ÷ beendet", "An Stelle 12: Das Zeichen ‚÷‘ passt hier nicht."),
        ("integriert * 0,5", "Kommazahlen in Formeln mit Punkt"),
        ("integriert <= beendet", "Vergleiche gehören in die Prüfregeln"),
        ("(integriert", "An Stelle 12"),
        ("1 + 2", "keine Messgröße"),
        ("", "Hier steht noch nichts"),
        ("(" * 40 + "integriert" + ")" * 40, "zu viele Klammern"),
        ("integriert+" * 100 + "integriert", "zu lang"),
        ("__import__('os')", "passt hier nicht"),
    ],
)
def test_a_formula_that_cannot_be_used_says_where_and_what(text: str, sentence: str) -> None:
    with pytest.raises(FormulaProblemError) as raised:
        read_formula(text, CODES)
    assert sentence in str(raised.value)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("integriert + beendet", "Hier fehlt ein Vergleich"),
        ("integriert = beendet", "Schreiben Sie zwei Gleichheitszeichen: =="),
        ("integriert <= begonen", "Meinten Sie ‚begonnen‘?"),
    ],
)
def test_a_rule_that_cannot_be_used_says_where_and_what(text: str, sentence: str) -> None:
    with pytest.raises(FormulaProblemError) as raised:
        read_rule(text, CODES)
    assert sentence in str(raised.value)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_in_a_sentence(text: str) -> None:
    for read in (read_formula, read_rule):
        try:
            read(text, CODES)
        except FormulaProblemError as problem:
            assert len(str(problem)) > 20  # noqa: PT017 - both ways are right


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1234,5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("1.234.567", "1234567"),
        ("12.5", "12.5"),
        ("45 %", "45"),
        ("-3", "-3"),
        ("−3", "-3"),
        ("0", "0"),
        ("1 000", "1000"),
        ("0,125", "0.125"),
    ],
)
def test_numbers_are_read_as_germans_type_them(typed: str, number: str) -> None:
    assert read_number(typed) == Decimal(number)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1.500", "Meinen Sie 1500 oder 1,5?"),
        ("zwölf", "„zwölf“ ist keine Zahl"),
        ("1e9", "keine Zahl"),
        ("NaN", "keine Zahl"),
        ("1,2,3", "keine Zahl"),
        ("9" * 5000, "keine Zahl"),
        ("", "keine Zahl"),
    ],
)
def test_what_is_no_number_or_two_is_asked_back(typed: str, said: str) -> None:
    with pytest.raises(forms.ValidationError) as raised:
        read_number(typed)
    assert said in raised.value.messages[0]


def test_percentages_go_in_and_out_unharmed() -> None:
    assert stored(Decimal("45.5"), percent=True) == Decimal("0.455")
    assert shown(Decimal("0.4550"), percent=True) == Decimal("45.5")
    assert str(shown(Decimal("1000.0000"))) == "1000"
    assert shown(None) is None


@given(
    st.builds(
        lambda kind, year, number: Period(kind, year, (number - 1) % kind.per_year + 1),
        st.sampled_from(PeriodKind),
        st.integers(1900, 2099),
        st.integers(1, 12),
    )
)
def test_every_period_survives_its_field(period: Period) -> None:
    field = PeriodField()
    part, year = field.widget.decompress(period)
    assert field.clean(f"{part}|{year}") == period


@pytest.mark.parametrize(
    "typed",
    ["q5|2026", "q1|26", "q1|", "|2026", "x|2026", "q|2026", "q1|20²6", "m13|2026", "q1|9999"],
)
def test_what_is_no_period_is_refused(typed: str) -> None:
    with pytest.raises(forms.ValidationError):
        PeriodField().clean(typed)


class _Version:
    percent, unit, direction = True, "", "up"


@pytest.mark.parametrize(
    ("direction", "percent", "value", "tolerance", "said"),
    [
        ("up", True, "0.45", "0.03", "mindestens 45\u202f%, knapp verfehlt ab 42\u202f%"),
        ("up", True, "0.45", "0", "mindestens 45\u202f%"),
        ("down", False, "1200", "50.5", "höchstens 1.200 Tage, knapp verfehlt bis 1.250,5 Tage"),
        ("neutral", False, "10", "2", "10 Tage, erreicht von 8 Tage bis 12 Tage"),
    ],
)
def test_a_target_is_said_back(
    direction: str, percent: bool, value: str, tolerance: str, said: str
) -> None:
    version = _Version()
    version.direction, version.percent = direction, percent
    version.unit = "" if percent else "Tage"
    sentence = explaining.target_sentence(
        period=Period.parse("2027Q1"),
        value=Decimal(value),
        tolerance=Decimal(tolerance),
        version=version,
    )
    assert sentence == f"1. Quartal 2027: {said}"


def test_a_formula_is_tried_with_small_numbers() -> None:
    ratio = parse_formula("integriert / beendet")
    assert "45\u202f%" in explaining.calculation(ratio, percent=True)
    assert "erst über die Organisationen addiert" in explaining.how_it_adds(ratio)
    assert "die Summe" in explaining.how_it_adds(parse_formula("integriert + beendet"))
    assert explaining.calculation(parse_formula("integriert / (beendet - 20)")) == ""


@pytest.mark.parametrize(
    ("adds", "result"), [("flow", "24"), ("stock", "bleiben es im Halbjahr 12"), ("mean", "18")]
)
def test_each_way_of_adding_up_has_an_example(adds: str, result: str) -> None:
    example = explaining.adds_example(adds, "Wochen")
    assert result in example
    assert "Wochen" in example


def test_no_example_for_what_is_no_way() -> None:
    assert explaining.adds_example("<b>") == ""
