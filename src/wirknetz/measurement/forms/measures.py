"""Measures and dimensions as people type them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext, gettext_lazy

from wirknetz.measurement.forms.fields import (
    NumberField,
    OrderField,
    PlainForm,
    RowForm,
    shown,
)
from wirknetz.measurement.models import Category, Dimension, Measure
from wirknetz.measurement.models.definitions import CATEGORY_CODE, CODE
from wirknetz.measurement.rules.codes import is_reserved
from wirknetz.measurement.rules.definitions import WORDING, MeasureUse, reworded
from wirknetz.measurement.rules.drafts import CategoryDraft, DimensionDraft, MeasureDraft

_CODE_HINT = gettext_lazy(
    "So heißt sie in Formeln und Tabellen, zum Beispiel neue_stelle. "
    "Bleibt das Feld leer, bilden wir es aus dem Namen."
)


class NeededField(forms.CharField):
    """A text that is needed in some cases only; the form says when."""

    def validate(self, value: Any) -> None:
        """Nothing by itself."""


class MeasureForm(PlainForm):
    """A measure. What is fixed by use is shown, but not open."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=120,
        help_text=gettext_lazy("So liest man es im Formular, zum Beispiel „Beratungen begonnen“."),
    )
    definition = forms.CharField(
        label=gettext_lazy("Was genau wird gezählt?"),
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy("In einfachen Worten. Auch: Was wird nicht mitgezählt?"),
    )
    counts = forms.ChoiceField(
        label=gettext_lazy("Was zählt sie?"),
        choices=Measure.Counts.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "Eine Person kann mehrere Fälle haben. Ein Fall kann mehrere Ereignisse haben."
        ),
    )
    unit = forms.CharField(
        label=gettext_lazy("Einheit"),
        max_length=30,
        required=False,
        help_text=gettext_lazy("Zum Beispiel: Personen, Stunden, Euro."),
    )
    adds = forms.ChoiceField(
        label=gettext_lazy("Wie wird sie zusammengezählt?"),
        choices=[
            (Measure.Adds.FLOW, gettext_lazy("Zugang: was im Zeitraum dazukam")),
            (Measure.Adds.STOCK, gettext_lazy("Bestand: was am Ende des Zeitraums da war")),
            (Measure.Adds.MEAN, gettext_lazy("Mittelwert: ein Durchschnitt, mit Zahl der Fälle")),
        ],
        widget=forms.RadioSelect,
    )
    reason = NeededField(
        label=gettext_lazy("Warum ändert sich die Messgröße?"),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy(
            "Nötig, sobald Sie Name, Definition, Wirkungsstufe, Einheit oder Zählweise ändern. "
            "Der frühere Wortlaut bleibt auf der Seite der Messgröße stehen."
        ),
    )
    level = forms.ChoiceField(
        label=gettext_lazy("Wirkungsstufe"),
        choices=Measure.Level.choices,
        widget=forms.RadioSelect,
    )
    dimensions = forms.MultipleChoiceField(
        label=gettext_lazy("Kann aufgeschlüsselt werden nach"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Ob eine Runde danach fragt, legen Sie in der Runde fest."),
    )
    group = forms.CharField(
        label=gettext_lazy("Abschnitt im Formular"),
        max_length=80,
        required=False,
        help_text=gettext_lazy(
            "Messgrößen mit demselben Abschnitt stehen beim Melden zusammen, zum Beispiel „Arbeit“."
        ),
    )
    decimals = forms.TypedChoiceField(
        label=gettext_lazy("Nachkommastellen"),
        choices=[(n, str(n)) for n in range(5)],
        coerce=int,
        initial=0,
    )
    maximum = NumberField(
        label=gettext_lazy("Höchster glaubhafter Wert"),
        required=False,
        min_value=0,
        help_text=gettext_lazy(
            "Wer mehr einträgt, wird gefragt, ob das stimmt. Hilft gegen eine Null zu viel."
        ),
    )
    code = forms.CharField(
        label=gettext_lazy("Kürzel"),
        max_length=40,
        required=False,
        validators=[CODE],
        help_text=_CODE_HINT,
    )
    position = OrderField()

    def __init__(
        self,
        *args: Any,
        dimensions: list[Dimension],
        taken: frozenset[str],
        use: MeasureUse | None = None,
        **kwargs: Any,
    ) -> None:
        """``taken`` are the codes of the other measures; ``use`` fixes what it must."""
        super().__init__(*args, **kwargs)
        self.taken, self.use = taken, use or MeasureUse()
        if not self.use.bound:
            del self.fields["reason"]
        choices = [(str(d.pk), d.name) for d in dimensions]
        field = self.fields["dimensions"]
        field.choices = choices  # type: ignore[attr-defined]
        if not choices:
            del self.fields["dimensions"]
        for name in self.use.fixed:
            self.fields[name].disabled = True
            self.fields[name].help_text = gettext("Schon in Gebrauch. Das bleibt deshalb gleich.")

    def clean_code(self) -> str:
        """Free, and not a word that formulas use."""
        code = str(self.cleaned_data["code"])
        if code in self.taken or is_reserved(code):
            raise forms.ValidationError(gettext("Dieses Kürzel gibt es schon."))
        return code

    def clean(self) -> dict[str, Any]:
        """A reason, where others count by the wording that changes."""
        data = super().clean() or {}
        typed = {name: data.get(name, self.initial.get(name)) for name in WORDING}
        told = bool(data.get("reason")) or "reason" in self.errors
        if self.use.bound and reworded(self.initial, typed) and not told:
            self.add_error("reason", gettext("Bitte schreiben Sie, warum sie sich ändert."))
        return data

    def draft(self) -> MeasureDraft:
        """What was typed."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "dimensions"}
        chosen = frozenset(int(pk) for pk in self.cleaned_data.get("dimensions", ()))
        return MeasureDraft(**data, dimension_ids=chosen)


def initial_of(one: Measure) -> dict[str, Any]:
    """What the form begins with. One query."""
    names = (
        "name", "code", "definition", "unit", "group", "level", "counts", "adds", "decimals",
        "position",
    )  # fmt: skip
    return {name: getattr(one, name) for name in names} | {
        "maximum": shown(one.maximum),
        "dimensions": [str(pk) for pk in one.dimensions.values_list("pk", flat=True)],
    }


class DimensionForm(PlainForm):
    """What a dimension is called."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=80,
        help_text=gettext_lazy("Zum Beispiel: Geschlecht"),
    )
    code = forms.CharField(
        label=gettext_lazy("Kürzel"),
        max_length=40,
        required=False,
        validators=[CODE],
        help_text=gettext_lazy("Bleibt das Feld leer, bilden wir es aus dem Namen."),
    )
    position = OrderField()
    retired = forms.BooleanField(
        label=gettext_lazy("Nicht mehr danach fragen"),
        required=False,
        help_text=gettext_lazy("Was schon gemeldet wurde, bleibt."),
    )


class CategoryForm(RowForm):
    """One row of the table of categories."""

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    order = OrderField(label=gettext_lazy("Reihenfolge"), help_text="")
    name = forms.CharField(
        label=gettext_lazy("Ausprägung"),
        max_length=80,
        required=False,
        widget=forms.TextInput({"class": "wn-field-text"}),
    )
    code = forms.CharField(
        label=gettext_lazy("Kürzel"), max_length=40, required=False, validators=[CATEGORY_CODE]
    )
    is_unknown = forms.BooleanField(label=gettext_lazy("steht für „unbekannt“"), required=False)
    retired = forms.BooleanField(label=gettext_lazy("nicht mehr abfragen"), required=False)

    def clean(self) -> dict[str, Any]:
        """A row with anything in it needs a name."""
        data = super().clean() or {}
        filled = data.get("id") or data.get("code") or data.get("is_unknown")
        if filled and not data.get("name") and "name" not in self.errors:
            self.add_error("name", gettext("Bitte geben Sie der Ausprägung einen Namen."))
        return data

    def draft(self) -> CategoryDraft:
        """What was typed."""
        data = self.cleaned_data
        return CategoryDraft(
            name=data["name"],
            code=data["code"],
            id=data["id"],
            is_unknown=data["is_unknown"],
            retired=data["retired"],
        )


class _Categories(BaseFormSet[CategoryForm]):
    def clean(self) -> None:
        """No two rows of the same name or code, at most one unknown."""
        rows = [f.cleaned_data for f in self.forms if f.cleaned_data.get("name")]
        names = [row["name"].lower() for row in rows]
        codes = [code for row in rows if (code := row.get("code"))]
        if len(set(names)) < len(names) or len(set(codes)) < len(codes):
            raise forms.ValidationError(gettext("Eine Ausprägung steht doppelt in der Liste."))
        if sum(row.get("is_unknown", False) and not row.get("retired") for row in rows) > 1:
            raise forms.ValidationError(gettext("Nur eine Ausprägung kann für „unbekannt“ stehen."))
        if not rows:
            raise forms.ValidationError(gettext("Bitte nennen Sie mindestens eine Ausprägung."))


CategoryFormSet = formset_factory(CategoryForm, formset=_Categories, extra=4, max_num=300)


def category_rows(found: list[tuple[Category, bool]]) -> list[dict[str, Any]]:
    """What the table of categories begins with."""
    return [
        {
            "id": c.pk,
            "order": number * 10,
            "name": c.name,
            "code": c.code,
            "is_unknown": c.is_unknown,
            "retired": c.retired,
        }
        for number, (c, _) in enumerate(found, start=1)
    ]


def category_drafts(rows: BaseFormSet[CategoryForm]) -> tuple[CategoryDraft, ...]:
    """The rows that say something, in their order; those without a number come last."""
    said = [f for f in rows.forms if f.cleaned_data.get("name")]
    last = max((f.cleaned_data["order"] for f in said), default=0) + 1
    ordered = sorted(said, key=lambda f: f.cleaned_data["order"] or last)
    return tuple(f.draft() for f in ordered)


def dimension_draft(form: DimensionForm, rows: BaseFormSet[CategoryForm]) -> DimensionDraft:
    """Both parts of the page together."""
    data = form.cleaned_data
    return DimensionDraft(
        name=data["name"],
        code=data["code"],
        position=data["position"],
        retired=data["retired"],
        categories=category_drafts(rows),
    )
