"""Forms on the page: label, hint, error and control belong together."""

import datetime as dt
import re
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from wirknetz.foundation.fields import DateInParts, NumberText
from wirknetz.web.forms_rendering import error_summary_of


class Sample(forms.Form):
    name = forms.CharField(label="Name", help_text="Kurz")
    amount = forms.DecimalField(label="Wert", required=False)
    kind = forms.ChoiceField(
        label="Art", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect
    )
    many = forms.MultipleChoiceField(
        label="Merkmale", choices=[("a", "A")], widget=forms.CheckboxSelectMultiple, required=False
    )
    period = forms.ChoiceField(label="Zeitraum", choices=[("q", "Quartal")])
    sure = forms.BooleanField(label="Geprüft")
    due = DateInParts(label="Fällig")

    def clean(self) -> dict[str, Any]:
        raise forms.ValidationError("Das passt nicht zusammen.")


def field(form: forms.Form, name: str, options: str = "") -> str:
    html = Template("{% load wn %}{% field form." + name + " " + options + " %}")
    return re.sub(r"\s+", " ", html.render(Context({"form": form})))


def test_label_hint_and_error_are_tied_to_the_control() -> None:
    html = field(Sample({}), "name")
    assert 'for="id_name"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert "Bitte füllen Sie dieses Feld aus." in html


def test_only_what_may_stay_empty_is_marked() -> None:
    assert "freiwillig" not in field(Sample(), "name")
    assert "(freiwillig)" in field(Sample(), "amount")


def test_options_replace_words_and_add_attributes() -> None:
    html = field(Sample(), "name", 'label="Anders" hint="" hx_post="/s/" unit="kg" width=4')
    assert "Anders" in html
    assert "Kurz" not in html
    assert 'hx-post="/s/"' in html
    assert "wn-field--width-4" in html
    assert ">kg<" in html


def test_number_is_text_with_a_number_keyboard() -> None:
    html = field(Sample(), "amount")
    assert 'type="text"' in html
    assert 'inputmode="decimal"' in html
    assert 'type="number"' not in html


def test_choices_are_a_group_with_a_legend() -> None:
    html = field(Sample({"kind": "b"}), "kind")
    assert "<legend" in html
    assert html.count('class="kern-form-check__radio"') == 2
    assert re.search(r'value="b"[^>]*checked', html)
    assert 'type="checkbox"' in field(Sample(), "many")


def test_other_kinds_of_field() -> None:
    assert "kern-form-input__select-wrapper" in field(Sample(), "period")
    assert "kern-form-check__checkbox" in field(Sample(), "sure")


def test_what_was_typed_is_shown_escaped() -> None:
    html = field(Sample({"name": '"><script>'}), "name")
    assert "<script>" not in html
    assert "&quot;&gt;&lt;script&gt;" in html


def test_summary_lists_every_error_with_its_place() -> None:
    form = Sample({"due_day": "31", "due_month": "2", "due_year": "2026"})
    errors = error_summary_of(form)
    anchors = {error.label: error.anchor for error in errors if error.label}
    assert anchors == {
        "Name": "id_name",
        "Art": "id_kind_0",
        "Zeitraum": "id_period",
        "Geprüft": "id_sure",
        "Fällig": "id_due_0",
    }
    assert errors[0].message == "Das passt nicht zusammen."
    assert errors[0].anchor == ""


def test_every_anchor_of_the_summary_is_on_the_page() -> None:
    form = Sample({})
    page = Template("{% load wn %}{% error_summary form %}{% form_fields form %}")
    html = page.render(Context({"form": form}))
    anchors = set(re.findall(r'href="#([^"]+)"', html))
    assert anchors
    assert anchors <= set(re.findall(r'\bid="([^"]+)"', html))


def test_summary_reads_sets_of_forms() -> None:
    class Row(forms.Form):
        value = forms.CharField(label="Wert")

    rows = forms.formset_factory(Row, extra=0, min_num=2, validate_min=True)
    data = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-value": "1"}
    filled = rows({**data, "form-1-value": ""})
    filled.is_valid()
    assert [error.message for error in error_summary_of(filled)] != []


def test_no_errors_no_summary() -> None:
    page = Template("{% load wn %}{% error_summary form %}")
    assert page.render(Context({"form": Sample()})).strip() == ""


class OneDay(forms.Form):
    day = DateInParts(label="Tag", required=False)


def typed(day: str, month: str, year: str) -> OneDay:
    return OneDay({"day_day": day, "day_month": month, "day_year": year})


def test_date_in_three_parts() -> None:
    form = typed("3", " 02", "2026")
    assert form.is_valid()
    assert form.cleaned_data["day"] == dt.date(2026, 2, 3)
    assert typed("", "", "").is_valid()


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        (("31", "2", "2026"), "gibt es nicht"),
        (("1", "", "2026"), "Tag, Monat und Jahr"),
        (("1", "2", "26"), "vier Ziffern"),
        (("x", "2", "2026"), "gibt es nicht"),
    ],
)
def test_wrong_dates_say_what_is_wrong_and_keep_what_was_typed(
    parts: tuple[str, str, str], words: str
) -> None:
    form = typed(*parts)
    assert words in form.errors["day"][0]
    for part in filter(None, parts):
        assert f'value="{part}"' in field(form, "day")


def test_date_shows_what_was_stored() -> None:
    html = field(OneDay(initial={"day": dt.date(2026, 11, 2)}), "day")
    assert re.findall(r'value="(\d+)"', html) == ["2", "11", "2026"]
    assert ("Tag" in html, "Monat" in html, "Jahr" in html) == (True, True, True)


def test_number_text_writes_as_one_types() -> None:
    widget = NumberText()
    assert widget.format_value(Decimal("1234.50")) == "1234,50"
    assert widget.format_value("12,5 x") == "12,5 x"
    with translation.override("en"):
        assert widget.format_value(Decimal("1234.50")) == "1234.50"
