"""Kinds of field that all rooms share: a date in three parts, a number as a German types it.

Dates are asked for in three fields, because the browser's own date field follows the language
of the browser and not that of the page; numbers are text fields with a number keyboard, for the
same reason.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.translation import get_language, gettext_lazy

_FOUR_DIGITS: Final = re.compile(r"\d{4}")
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2999
"""As for periods. The moments around the ends of the calendar cannot be computed."""


class OneLine(forms.CharField):
    """A text without line breaks, for names and titles; runs of blanks become one."""

    def to_python(self, value: Any) -> Any:
        """Tidy the blanks; signs nobody sees are gone already (``foundation.signs``)."""
        return " ".join(str(super().to_python(value)).split())


class ThreePartDate(forms.MultiWidget):
    """Day, month and year as three short text fields."""

    template_name = "components/form/three_part_date.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        parts: dict[str, forms.Widget | type[forms.Widget]] = {
            part: forms.TextInput({"inputmode": "numeric", "autocomplete": "off"})
            for part in ("day", "month", "year")
        }
        super().__init__(parts, attrs)

    def decompress(self, value: dt.date | str | None) -> list[str | None]:
        """A date, or what was typed as ``d.m.y``, as three texts."""
        if isinstance(value, dt.date):
            return [f"{value.day}", f"{value.month}", f"{value.year}"]
        parts: list[str | None] = [*(value or "").split(".", 2)]
        return [*parts, None, None, None][:3]

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """``21.11.2026`` as typed; None when all three are empty."""
        parts = [(data.get(f"{name}_{part}") or "").strip() for part in ("day", "month", "year")]
        return ".".join(part.replace(".", "") for part in parts) if any(parts) else None

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """True when none of the three was sent."""
        return all(f"{name}_{part}" not in data for part in ("day", "month", "year"))


class DateInParts(forms.DateField):
    """A date asked for as day, month and year."""

    widget = ThreePartDate
    default_error_messages = {
        "required": gettext_lazy("Bitte geben Sie Tag, Monat und Jahr an."),
        "invalid": gettext_lazy("Dieses Datum gibt es nicht. Bitte prüfen Sie Tag und Monat."),
        "incomplete": gettext_lazy("Bitte geben Sie Tag, Monat und Jahr an."),
        "short_year": gettext_lazy(
            "Bitte schreiben Sie das Jahr mit vier Ziffern, zum Beispiel 2026."
        ),
        "year": gettext_lazy("Bitte prüfen Sie das Jahr."),
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=["%d.%m.%Y"], **options)

    def to_python(self, value: Any) -> dt.date | None:
        """Say which part is missing before saying that the day does not exist."""
        if isinstance(value, str) and value:
            parts = value.split(".")
            if len(parts) != 3 or not all(parts):
                raise forms.ValidationError(self.error_messages["incomplete"], code="incomplete")
            if not _FOUR_DIGITS.fullmatch(parts[2]):
                raise forms.ValidationError(self.error_messages["short_year"], code="short_year")
            if not FIRST_YEAR <= int(parts[2]) <= LAST_YEAR:
                raise forms.ValidationError(self.error_messages["year"], code="year")
        return super().to_python(value)


class NumberText(forms.TextInput):
    """A number as text with the number keyboard of a phone: ``1234,5``."""

    def __init__(self, attrs: dict[str, Any] | None = None, *, whole: bool = False) -> None:
        mode = "numeric" if whole else "decimal"
        super().__init__(
            {"inputmode": mode, "autocomplete": "off", "class": "wn-num", **(attrs or {})}
        )

    def format_value(self, value: Any) -> str | None:
        """Without grouping, so that what stands there can be typed the same way."""
        if isinstance(value, Decimal | int | float) and not isinstance(value, bool):
            plain = f"{Decimal(str(value)):f}"
            return plain if (get_language() or "de").startswith("en") else plain.replace(".", ",")
        text: str | None = super().format_value(value)
        return text
