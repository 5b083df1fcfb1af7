"""What nobody sees does not get into a text; what people type stays as it is."""

from __future__ import annotations

import unicodedata

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from wirknetz.foundation.fields import OneLine
from wirknetz.foundation.signs import visible

RLO, ISOLATE, NO_WIDTH, BOM, SOFT = "\u202e", "\u2066", "\u200b", "\ufeff", "\xad"
PERSIAN = "می\u200cخواهم"
FAMILY = "👩\u200d👧"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (f"Cari{NO_WIDTH}tas", "Caritas"),
        (f"{BOM}Caritas", "Caritas"),
        (f"Caritas{RLO} droN", "Caritas droN"),
        (f"{ISOLATE}Caritas\u2069", "Caritas"),
        (f"Sozial{SOFT}werk", "Sozialwerk"),
        ("Cari\u200dtas", "Caritas"),
        ("Caritas\x1b[31m", "Caritas[31m"),
        ("Caritas\x85", "Caritas"),
        ("\u3164", ""),
        ("u\u0308ber", "über"),
        ("eins\u2028zwei", "eins\nzwei"),
        ("eins\r\n\tzwei", "eins\r\n\tzwei"),
        (PERSIAN, PERSIAN),
        (FAMILY, FAMILY),
        ("Müller-Lüdenscheidt & Söhne „gGmbH“ – Ost", "Müller-Lüdenscheidt & Söhne „gGmbH“ – Ost"),
    ],
)
def test_what_is_kept(typed: str, kept: str) -> None:
    assert visible(typed) == kept


@given(st.text())
def test_nothing_unseen_is_left_and_once_is_enough(text: str) -> None:
    kept = visible(text)
    assert visible(kept) == kept
    left = {sign for sign in kept if unicodedata.category(sign) == "Cc"}
    assert left <= {"\t", "\n", "\r"}
    assert not {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))} & set(kept)


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x24F, exclude_categories=["C"])))
def test_latin_letters_only_come_into_one_form(text: str) -> None:
    assert visible(text) == unicodedata.normalize("NFC", text)


def test_every_text_field_of_every_form_does_so() -> None:
    assert forms.CharField().clean(f" Cari{NO_WIDTH}tas {RLO}") == "Caritas"
    assert forms.CharField(strip=False).clean(f"a{RLO} ") == "a "
    assert OneLine().clean(f"eins{NO_WIDTH}\n  zwei") == "eins zwei"


@pytest.mark.parametrize("field", [forms.CharField(), OneLine()])
def test_a_name_of_nothing_but_them_is_missing(field: forms.Field) -> None:
    with pytest.raises(forms.ValidationError, match="füllen Sie dieses Feld aus"):
        field.clean(f"{NO_WIDTH}\u3164 ")


def test_what_may_be_empty_stays_what_empty_means_there() -> None:
    assert forms.CharField(required=False, empty_value=None).clean(RLO) is None


def test_passwords_are_left_as_they_are() -> None:
    secret = forms.CharField(strip=False, widget=forms.PasswordInput)
    assert secret.clean(f"rote {NO_WIDTH}Ampel") == f"rote {NO_WIDTH}Ampel"
