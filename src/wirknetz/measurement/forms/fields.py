"""Fields that the definitions share: numbers as Germans type them, periods, plain sentences."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from wirknetz.core.values import Period, PeriodKind
from wirknetz.foundation.fields import NumberText
from wirknetz.foundation.language import language
from wirknetz.measurement.forms.collection import numbers

_STORED_DECIMALS: Final = 4


def read_number(text: str) -> Decimal:
    """``1.234,5`` or ``1234,5`` or ``12.5``. ValidationError where it is none or unclear.

    ``1.500`` is one and a half to some and fifteen hundred to others: the person is asked.
    """
    typed = text.replace("%", "")
    try:
        return numbers.read_number(typed, decimals=_STORED_DECIMALS, language=language())
    except numbers.Ambiguous as both:
        raise forms.ValidationError(_unsure(both), code="unsure") from both
    except numbers.NotANumber as wrong:
        raise forms.ValidationError(
            gettext("„%(text)s“ ist keine Zahl. Schreiben Sie zum Beispiel 1234,5.")
            % {"text": text[:20]},
            code="invalid",
        ) from wrong


def _unsure(both: numbers.Ambiguous) -> str:
    return gettext("Meinen Sie %(large)s oder %(small)s? Bitte schreiben Sie es so.") % {
        "large": f"{both.first:f}",
        "small": number_format(both.second.normalize(), use_l10n=True, force_grouping=False),
    }


class NumberField(forms.DecimalField):
    """A number as people type it; at most four decimals, as amounts are stored."""

    widget = NumberText

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_digits": 16, "decimal_places": _STORED_DECIMALS} | options)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        """Read by our own rule, whatever the language of the page."""
        if value in self.empty_values:
            return None
        return value if isinstance(value, Decimal) else read_number(str(value))

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """No step or limits of the browser: our sentences are better."""
        return {}


def shown(value: Decimal | None, *, percent: bool = False) -> Decimal | None:
    """A stored number as the form shows it: without empty decimals, percentages times 100."""
    if value is None:
        return None
    number = value * 100 if percent else value
    whole = number.to_integral_value()
    return whole if number == whole else number.normalize()


def stored(value: Decimal | None, *, percent: bool) -> Decimal | None:
    """What was typed, in the unit of the formula."""
    return value / 100 if value is not None and percent else value


def is_too_fine(value: Decimal | None, *, percent: bool) -> bool:
    """Whether a percentage has more than the two decimals that can be stored."""
    return percent and value is not None and value != round(value, 2)


# -------------------------------------------------------------------------------- periods

_LETTERS: Final = {"q": PeriodKind.QUARTER, "h": PeriodKind.HALF_YEAR, "m": PeriodKind.MONTH}
_BLANK: Final = ("", "–")


def _part(period: Period) -> str:
    letter = {kind: letter for letter, kind in _LETTERS.items()}.get(period.kind)
    return f"{letter}{period.number}" if letter else "y1"


def _part_choices() -> list[tuple[str, list[tuple[str, str]]] | tuple[str, str]]:
    in_language = language()

    def label(kind: PeriodKind, number: int) -> str:
        return re.sub(r"\s*2000\s*", "", Period(kind, 2000, number).label(in_language))

    def all_of(letter: str, kind: PeriodKind) -> list[tuple[str, str]]:
        return [(f"{letter}{n}", label(kind, n)) for n in range(1, kind.per_year + 1)]

    return [
        _BLANK,
        (gettext("Quartal"), all_of("q", PeriodKind.QUARTER)),
        (gettext("Halbjahr"), all_of("h", PeriodKind.HALF_YEAR)),
        (gettext("Jahr"), [("y1", gettext("ganzes Jahr"))]),
        (gettext("Monat"), all_of("m", PeriodKind.MONTH)),
    ]


class PeriodWidget(forms.MultiWidget):
    """Which part of the year, and the year."""

    template_name = "measurement/widgets/period.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None, *, quiet: bool = False) -> None:
        self.quiet = quiet  # in a table, where the column says what it is
        parts: dict[str, forms.Widget | type[forms.Widget]] = {
            "part": forms.Select(choices=_part_choices),  # type: ignore[arg-type]
            "year": forms.TextInput(
                {"inputmode": "numeric", "autocomplete": "off", "maxlength": "4"}
            ),
        }
        super().__init__(parts, attrs)

    def decompress(self, value: Period | str | None) -> list[str | None]:
        """A period, or what was chosen as ``q3|2026``."""
        if isinstance(value, Period):
            return [_part(value), str(value.year)]
        part, _, year = (value or "").partition("|")
        return [part or None, year or None]

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """``q3|2026``; None when both are empty."""
        part = (data.get(f"{name}_part") or "").strip()
        year = (data.get(f"{name}_year") or "").strip()
        return f"{part}|{year}" if part or year else None

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """True when neither was sent."""
        return f"{name}_part" not in data and f"{name}_year" not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The class of the frame's select for the first part."""
        context = super().get_context(name, value, attrs)
        context["widget"]["quiet"] = self.quiet
        for part, css in zip(
            context["widget"]["subwidgets"],
            ("kern-form-input__select", "kern-form-input__input"),
            strict=True,
        ):
            part["attrs"]["class"] = css
        return context


class PeriodField(forms.Field):
    """A calendar period of any kind."""

    widget = PeriodWidget
    default_error_messages = {
        "required": gettext_lazy("Bitte wählen Sie einen Zeitraum und schreiben Sie das Jahr."),
        "part": gettext_lazy("Bitte wählen Sie, welcher Teil des Jahres gemeint ist."),
        "year": gettext_lazy("Bitte schreiben Sie das Jahr mit vier Ziffern, zum Beispiel 2026."),
    }

    def to_python(self, value: Any) -> Period | None:
        """The period; ValidationError naming the part that is missing or wrong."""
        if value in self.empty_values or isinstance(value, Period):
            return value or None
        part, _, year = str(value).partition("|")
        kind = PeriodKind.YEAR if part == "y1" else _LETTERS.get(part[:1])
        number = part[1:]
        if kind is None or not number.isascii() or not number.isdigit():
            raise forms.ValidationError(self.error_messages["part"], code="part")
        if not re.fullmatch(r"(19|20)[0-9]{2}", year):
            raise forms.ValidationError(self.error_messages["year"], code="year")
        try:
            return Period(kind, int(year), int(number))
        except ValueError:
            raise forms.ValidationError(self.error_messages["part"], code="part") from None


# ---------------------------------------------------------------------------------- forms


class PlainForm(forms.Form):
    """A form whose errors are sentences."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            _say_plainly(field)


def _say_plainly(field: forms.Field) -> None:
    own: dict[str, str | Promise] = {
        "max_length": gettext_lazy(
            "Das ist zu lang: höchstens %(limit_value)d Zeichen, Sie haben %(show_value)d."
        ),
        "max_digits": gettext_lazy("Diese Zahl ist zu groß."),
        "max_whole_digits": gettext_lazy("Diese Zahl ist zu groß."),
        "min_value": gettext_lazy("Bitte geben Sie mindestens %(limit_value)s an."),
        "max_value": gettext_lazy("Bitte geben Sie höchstens %(limit_value)s an."),
        "invalid_choice": gettext_lazy("Diese Auswahl gibt es nicht. Bitte wählen Sie neu."),
        "max_decimal_places": gettext_lazy("Höchstens %(max)s Stellen nach dem Komma."),
    }
    if not isinstance(field, PeriodField):
        choice = isinstance(field, forms.ChoiceField)
        own["required"] = (
            gettext_lazy("Bitte wählen Sie etwas aus.")
            if choice
            else gettext_lazy("Bitte füllen Sie dieses Feld aus.")
        )
    if isinstance(field, forms.IntegerField) and not isinstance(field, NumberField):
        own["invalid"] = gettext_lazy("Bitte geben Sie eine ganze Zahl an.")
    field.error_messages |= {key: str(text) for key, text in own.items()}


class RowForm(PlainForm):
    """One row of a table of fields."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field.widget, forms.TextInput):
                own = field.widget.attrs.get("class", "")
                field.widget.attrs["class"] = f"kern-form-input__input {own}".strip()

    def full_clean(self) -> None:
        """Mark what is wrong for the eye as well."""
        super().full_clean()
        for name in self.errors if self.is_bound else ():
            if name in self.fields and isinstance(self.fields[name].widget, forms.TextInput):
                self.fields[name].widget.attrs["class"] += " kern-form-input__input--error"


class OrderField(forms.IntegerField):
    """Where something stands in a list: small numbers first."""

    def __init__(self, **options: Any) -> None:
        given: dict[str, Any] = {
            "label": gettext_lazy("Reihenfolge"),
            "help_text": gettext_lazy("Kleine Zahlen stehen oben."),
            "min_value": 0,
            "max_value": 32000,
            "required": False,
            "widget": NumberText(whole=True),
        }
        super().__init__(**given | options)

    def clean(self, value: Any) -> int:
        """Nothing is 0."""
        return super().clean(value) or 0

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """No limits of the browser: our sentences are better."""
        return {}
