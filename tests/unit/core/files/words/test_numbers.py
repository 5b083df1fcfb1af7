"""Numbers and states as people type them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirknetz.core.files.words import Style, read_number, style_of

GERMAN = Style(",", ".")
ENGLISH = Style(".", ",")


@pytest.mark.parametrize(
    ("text", "style", "amount"),
    [
        ("337", None, "337"),
        ("1.204", GERMAN, "1204"),
        ("1,204", ENGLISH, "1204"),
        ("1.204", ENGLISH, "1.204"),
        ("1.204,5", None, "1204.5"),
        ("1,204.00", None, "1204"),
        ("1 204", None, "1204"),
        ("1\u202f204", None, "1204"),
        ("1'204", None, "1204"),
        ("1.234.567", None, "1234567"),
        ("12,00", None, "12"),
        ("-3", None, "-3"),
        ("3-", None, "-3"),
        ("\u22123", None, "-3"),
        ("12*", None, "12"),
        ("12 1)", None, "12"),
        ("12²", None, "12"),
        ("12 Personen", None, "12"),
        ("0", None, "0"),
    ],
)
def test_amounts(text: str, style: Style | None, amount: str) -> None:
    read = read_number(text, style)
    assert (read.amount, read.doubt) == (amount, "")


@pytest.mark.parametrize(
    ("text", "doubt", "amounts"),
    [
        ("1.204", "ambiguous", ("1204", "1.204")),
        ("12,500", "ambiguous", ("12500", "12.5")),
        ("< 3", "below", ()),
        ("unter 5", "below", ()),
        ("3-5", "range", ()),
        ("3 bis 5", "range", ()),
        ("ca. 20", "about", ("20",)),
        ("zwölf", "word", ("12",)),
        ("keine", "word", ("0",)),
        ("–", "dash", ()),
        ("./.", "dash", ()),
        ("45 €", "unit", ("45",)),
        ("3 Tsd.", "unit", ("3",)),
        ("3 (davon 1 vorläufig)", "remark", ("3",)),
        ("siehe Anlage", "text", ()),
        ("1.20.4", "text", ()),
        ("12.10.2025", "text", ()),
    ],
)
def test_doubts_are_never_amounts(text: str, doubt: str, amounts: tuple[str, ...]) -> None:
    read = read_number(text)
    assert (read.amount, read.doubt, read.amounts) == (None, doubt, amounts)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("k. A.", "not_collected"),
        ("k.A.", "not_collected"),
        ("n/a", "not_collected"),
        ("nicht erfasst", "not_collected"),
        ("entfällt", "not_applicable"),
        ("trifft nicht zu", "not_applicable"),
        ("verweigert", "refused"),
    ],
)
def test_states(text: str, state: str) -> None:
    assert read_number(text).state == state


def test_remark_and_percent_are_kept() -> None:
    assert read_number("82 (vorläufig)").remark == "vorläufig"
    assert read_number("50,0 %").percent
    assert read_number("50,0 %").amount == "50"


def test_what_counts_whole_things_is_no_fraction() -> None:
    assert read_number("2.966", whole=True).amount == "2966"
    assert read_number("2.000", whole=True).doubt == "ambiguous"


@pytest.mark.parametrize(
    ("texts", "style"),
    [
        (["2.966", "2.461", "16", "k. A."], Style("", ".")),
        (["12,00", "971,00"], Style(",", ".")),
        (["1,204.00"], Style(".", ",")),
        (["2.000", "5", "16"], Style("", ".")),
        (["1 204", "16"], Style("", " ")),
        (["2.000"], None),  # nothing to compare with
        (["1.204", "1500", "3000"], Style("", ".")),  # nobody counts 1.204 persons
        (["2.000", "1500", "3000"], None),  # mixed: somebody may mean a fraction
        (["1,5", "1.5"], None),
        (["1.204,00", "1,204.00"], None),
        (["16", "17"], None),
    ],
)
def test_style_of_a_column(texts: list[str], style: Style | None) -> None:
    assert style_of(texts, whole=True) == style


def written(value: Decimal, style: Style) -> str:
    whole, _, fraction = f"{value:,.2f}".partition(".")
    return whole.replace(",", style.thousands) + style.decimal + fraction


@given(
    values=st.lists(st.decimals(0, 10**7, places=2), min_size=1, max_size=8),
    style=st.sampled_from([GERMAN, ENGLISH, Style(",", " "), Style(".", "'")]),
)
def test_a_column_written_in_one_style_is_read_back(values: list[Decimal], style: Style) -> None:
    texts = [written(value, style) for value in values]
    read = [read_number(text, style_of(texts)) for text in texts]
    assert [Decimal(r.amount or "-1") for r in read] == values


@given(st.text(max_size=30))
def test_every_text_is_amount_state_or_doubt(text: str) -> None:
    read = read_number(text)
    assert sum(map(bool, (read.amount is not None, read.state, read.doubt))) == 1
