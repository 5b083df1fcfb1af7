"""What Django's own fields say when something is missing or wrong, in words for everybody."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

_CHOOSE: Final = _("Bitte wählen Sie etwas aus.")
_NOT_OFFERED: Final = _("Diese Auswahl gibt es nicht mehr. Bitte wählen Sie neu.")
_NO_NUMBER: Final = _("Das ist keine Zahl. Bitte schreiben Sie nur Ziffern.")

_SENTENCES: Final[dict[type[forms.Field], dict[str, Any]]] = {
    forms.Field: {"required": _("Bitte füllen Sie dieses Feld aus.")},
    forms.BooleanField: {"required": _("Bitte setzen Sie hier ein Häkchen.")},
    forms.ChoiceField: {"required": _CHOOSE, "invalid_choice": _NOT_OFFERED},
    forms.ModelChoiceField: {"required": _CHOOSE, "invalid_choice": _NOT_OFFERED},
    forms.MultipleChoiceField: {"required": _CHOOSE, "invalid_choice": _NOT_OFFERED},
    forms.ModelMultipleChoiceField: {"required": _CHOOSE, "invalid_choice": _NOT_OFFERED},
    forms.IntegerField: {"invalid": _("Bitte geben Sie eine ganze Zahl ein, zum Beispiel 12.")},
    forms.DecimalField: {"invalid": _NO_NUMBER},
    forms.FileField: {
        "required": _("Bitte wählen Sie eine Datei aus."),
        "empty": _("Diese Datei ist leer."),
    },
}


def speak_plainly() -> None:
    """Give the fields of Django our sentences; called once at start-up."""
    for field, sentences in _SENTENCES.items():
        field.default_error_messages = {**field.default_error_messages, **sentences}
