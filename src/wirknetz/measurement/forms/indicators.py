"""Indicators, definitions, targets and validation rules as people type them."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext, gettext_lazy

from wirknetz.core.values import Period
from wirknetz.foundation.language import language
from wirknetz.measurement.forms.fields import (
    NumberField,
    OrderField,
    PeriodField,
    PeriodWidget,
    PlainForm,
    RowForm,
    is_too_fine,
    shown,
    stored,
)
from wirknetz.measurement.models import IndicatorVersion, ValidationRule
from wirknetz.measurement.models.definitions import CODE
from wirknetz.measurement.queries.indicators import TargetRow
from wirknetz.measurement.rules.drafts import (
    CheckDraft,
    IndicatorDraft,
    TargetDraft,
    VersionDraft,
)
from wirknetz.measurement.rules.sentences import FormulaProblemError, read_formula, read_rule


class IndicatorForm(PlainForm):
    """What an indicator is called and belongs to."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=120,
        help_text=gettext_lazy("Zum Beispiel: Anteil in Arbeit nach der Reha"),
    )
    goal = forms.CharField(label=gettext_lazy("Gehört zum Ziel"), max_length=300, required=False)
    code = forms.CharField(
        label=gettext_lazy("Kürzel"),
        max_length=40,
        required=False,
        validators=[CODE],
        help_text=gettext_lazy(
            "Steht in Adressen und Dateien. Bleibt das Feld leer, bilden wir es aus dem Namen."
        ),
    )
    position = OrderField()

    def __init__(self, *args: Any, taken: frozenset[str], **kwargs: Any) -> None:
        """``taken`` are the codes of the other indicators."""
        super().__init__(*args, **kwargs)
        self.taken = taken

    def clean_code(self) -> str:
        """Free."""
        code = str(self.cleaned_data["code"])
        if code in self.taken:
            raise forms.ValidationError(gettext("Dieses Kürzel gibt es schon."))
        return code

    def draft(self) -> IndicatorDraft:
        """What was typed."""
        return IndicatorDraft(**self.cleaned_data)


class VersionForm(PlainForm):
    """A definition."""

    formula = forms.CharField(
        label=gettext_lazy("Formel"),
        max_length=500,
        help_text=gettext_lazy(
            "Kürzel von Messgrößen mit + - * / und Klammern. Beispiel: integriert / beendet"
        ),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    definition = forms.CharField(
        label=gettext_lazy("Was sagt die Zahl?"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("In einem oder zwei Sätzen, wie Sie es am Telefon sagen würden."),
    )
    unit = forms.CharField(label=gettext_lazy("Einheit"), max_length=30, required=False)
    percent = forms.BooleanField(
        label=gettext_lazy("Als Prozent zeigen"),
        required=False,
        help_text=gettext_lazy("Aus 0,45 wird 45 %. Die Formel bleibt ohne „mal 100“."),
    )
    decimals = forms.TypedChoiceField(
        label=gettext_lazy("Nachkommastellen"),
        choices=[(n, str(n)) for n in range(5)],
        coerce=int,
        initial=0,
    )
    direction = forms.ChoiceField(
        label=gettext_lazy("Was ist besser?"),
        choices=IndicatorVersion.Direction.choices,
        widget=forms.RadioSelect,
    )
    accumulate = forms.ChoiceField(
        label=gettext_lazy("Wie entsteht die Reihe?"),
        choices=IndicatorVersion.Accumulate.choices,
        widget=forms.RadioSelect,
        initial=IndicatorVersion.Accumulate.PER_PERIOD,
    )
    baseline = NumberField(
        label=gettext_lazy("Ausgangswert"),
        required=False,
        help_text=gettext_lazy("Womit vergleichen Sie? Bei Prozent: 38 für 38 %."),
    )
    baseline_note = forms.CharField(
        label=gettext_lazy("Woher stammt der Ausgangswert?"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Zum Beispiel: Stand 2023, vier Träger"),
    )
    valid_from = PeriodField(
        label=gettext_lazy("Gilt ab"),
        help_text=gettext_lazy("Davor gilt weiter, was vorher vereinbart war."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Warum ändert sich die Definition?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("Steht später neben dem Bruch in der Reihe."),
    )

    def __init__(
        self, *args: Any, codes: Collection[str], after: Period | None = None, **kwargs: Any
    ) -> None:
        """``after`` is where the definition in force begins; without one there is no reason."""
        super().__init__(*args, **kwargs)
        self.codes, self.after = codes, after
        if after is None:
            del self.fields["reason"]
        else:
            self.fields["reason"].required = True

    def clean_formula(self) -> str:
        """Readable, and about measures there are."""
        text = str(self.cleaned_data["formula"])
        try:
            return str(read_formula(text, self.codes))
        except FormulaProblemError as problem:
            raise forms.ValidationError(str(problem)) from problem

    def clean_valid_from(self) -> Period:
        """After the definition in force."""
        period: Period = self.cleaned_data["valid_from"]
        if self.after and period.ordinal <= self.after.ordinal:
            raise forms.ValidationError(
                gettext("Die jetzige Fassung gilt ab %(period)s. Bitte wählen Sie einen späteren.")
                % {"period": self.after.label(language())}
            )
        return period

    def clean(self) -> dict[str, Any]:
        """A percentage has at most two decimals."""
        data = super().clean() or {}
        if is_too_fine(data.get("baseline"), percent=bool(data.get("percent"))):
            self.add_error("baseline", too_fine_sentence())
        return data

    def draft(self) -> VersionDraft:
        """What was typed; the baseline in the unit of the formula."""
        data = dict(self.cleaned_data)
        data["baseline"] = stored(data["baseline"], percent=data["percent"])
        return VersionDraft(**data)


def too_fine_sentence() -> str:
    """What is wrong with 45,123 %."""
    return gettext("Prozentwerte haben höchstens zwei Stellen nach dem Komma.")


def initial_of(version: IndicatorVersion) -> dict[str, Any]:
    """What the form begins with."""
    names = (
        "formula", "definition", "unit", "percent", "decimals", "direction", "accumulate",
        "baseline_note", "reason",
    )  # fmt: skip
    return {name: getattr(version, name) for name in names} | {
        "baseline": shown(version.baseline, percent=version.percent),
        "valid_from": Period.parse(version.valid_from),
    }


class AdoptionForm(PlainForm):
    """Who said that a definition counts."""

    adopted_label = forms.CharField(
        label=gettext_lazy("Wer hat das beschlossen?"),
        max_length=200,
        help_text=gettext_lazy("Zum Beispiel: Treffen der Steuerungsgruppe am 12.03.2026"),
    )


class TargetForm(RowForm):
    """One row of the table of targets."""

    period = PeriodField(
        label=gettext_lazy("Zeitraum"), required=False, widget=PeriodWidget(quiet=True)
    )
    value = NumberField(label=gettext_lazy("Zielwert"), required=False)
    tolerance = NumberField(label=gettext_lazy("Spielraum"), required=False, min_value=0)

    def __init__(self, *args: Any, percent: bool = False, **kwargs: Any) -> None:
        """``percent`` where the indicator is shown as a percentage."""
        super().__init__(*args, **kwargs)
        self.percent = percent

    def clean(self) -> dict[str, Any]:
        """A target needs its period."""
        data = super().clean() or {}
        for name in ("value", "tolerance"):
            if is_too_fine(data.get(name), percent=self.percent):
                self.add_error(name, too_fine_sentence())
        said = data.get("value") is not None or data.get("tolerance") is not None
        if said and not data.get("period") and "period" not in self.errors:
            self.add_error("period", gettext("Für welchen Zeitraum gilt das Ziel?"))
        if data.get("tolerance") is not None and data.get("value") is None:
            self.add_error("value", gettext("Hier fehlt der Zielwert."))
        return data


class _Targets(BaseFormSet[TargetForm]):
    def clean(self) -> None:
        """One target per period."""
        periods = [p for f in self.forms if (p := f.cleaned_data.get("period")) and _has_value(f)]
        doubled = {p for p in periods if periods.count(p) > 1}
        if doubled:
            raise forms.ValidationError(
                gettext("Für %(period)s stehen zwei Ziele in der Liste.")
                % {"period": min(doubled).label(language())}
            )


def target_drafts(rows: BaseFormSet[TargetForm], *, percent: bool) -> tuple[TargetDraft, ...]:
    """The rows that say something, in the unit of the formula."""
    return tuple(
        TargetDraft(
            f.cleaned_data["period"],
            stored(f.cleaned_data["value"], percent=percent) or Decimal(0),
            stored(f.cleaned_data["tolerance"], percent=percent) or Decimal(0),
        )
        for f in rows.forms
        if _has_value(f)
    )


def _has_value(form: TargetForm) -> bool:
    return form.cleaned_data.get("value") is not None


TargetFormSet = formset_factory(TargetForm, formset=_Targets, extra=0, max_num=200)


def target_rows(
    found: tuple[TargetRow, ...], *, percent: bool, first: Period
) -> list[dict[str, Any]]:
    """The targets there are, and four rows for the periods that follow."""
    rows: list[dict[str, Any]] = [
        {
            "period": t.period,
            "value": shown(t.value, percent=percent),
            "tolerance": shown(t.tolerance, percent=percent),
        }
        for t in found
    ]
    begin = found[-1].period.shift(1) if found else first
    return rows + [{"period": begin.shift(step)} for step in range(4)]


class CheckForm(PlainForm):
    """A validation rule."""

    expression = forms.CharField(
        label=gettext_lazy("Regel"),
        max_length=300,
        help_text=gettext_lazy(
            "Was immer gelten soll. Beispiel: integriert <= beendet. "
            "Mehrere Vergleiche verbinden Sie mit and."
        ),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    severity = forms.ChoiceField(
        label=gettext_lazy("Was geschieht, wenn sie nicht gilt?"),
        choices=[
            (
                ValidationRule.Severity.ERROR,
                gettext_lazy("Fehler: So kann niemand einreichen."),
            ),
            (
                ValidationRule.Severity.QUESTION,
                gettext_lazy("Rückfrage: Ein Satz zur Erklärung genügt."),
            ),
        ],
        widget=forms.RadioSelect,
    )
    message = forms.CharField(
        label=gettext_lazy("Satz für die Meldenden"),
        max_length=300,
        help_text=gettext_lazy(
            "Zum Beispiel: Es können nicht mehr Menschen in Arbeit sein als die Reha beendet haben."
        ),
    )
    position = OrderField()
    active = forms.BooleanField(
        label=gettext_lazy("Diese Regel anwenden"), required=False, initial=True
    )

    def __init__(self, *args: Any, codes: Collection[str], **kwargs: Any) -> None:
        """``codes`` are those of the measures there are."""
        super().__init__(*args, **kwargs)
        self.codes = codes

    def clean_expression(self) -> str:
        """Readable, and about measures there are."""
        text = str(self.cleaned_data["expression"])
        try:
            return str(read_rule(text, self.codes))
        except FormulaProblemError as problem:
            raise forms.ValidationError(str(problem)) from problem

    def draft(self) -> CheckDraft:
        """What was typed."""
        return CheckDraft(**self.cleaned_data)
