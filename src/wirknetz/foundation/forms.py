"""Parsing what people type about themselves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from wirknetz.foundation.fields import OneLine
from wirknetz.foundation.models import User

_NEW = {"autocomplete": "new-password"}


class ProfileForm(forms.Form):
    """Name, language and how often the digest comes."""

    name = OneLine(label=_("Name"), max_length=150, help_text=_("So sehen andere Sie."))
    language = forms.ChoiceField(label=_("Sprache"), choices=User.Language.choices)
    digest = forms.ChoiceField(
        label=_("Zusammenfassung per E-Mail"),
        help_text=_(
            "Was wartet und was neu ist, in einer Nachricht. "
            "Was Sie persönlich gefragt werden, kommt immer sofort."
        ),
        choices=User.Digest.choices,
        widget=forms.RadioSelect,
    )


class JoinForm(forms.Form):
    """Accepting an invitation."""

    name = OneLine(label=_("Ihr Name"), max_length=150)
    password = forms.CharField(
        label=_("Passwort"),
        required=False,
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs=_NEW),
        help_text=_(
            "Mindestens 12 Zeichen. Ohne Passwort melden Sie sich mit einem Link an, "
            "den wir Ihnen jedes Mal per E-Mail schicken."
        ),
    )

    def __init__(self, *args: Any, email: str = "", **kwargs: Any) -> None:
        """The address is needed to refuse passwords that resemble it."""
        super().__init__(*args, **kwargs)
        self.address = email

    def clean(self) -> dict[str, Any]:
        """Refuse weak passwords, saying why."""
        values = super().clean() or {}
        if values.get("password"):
            person = User(email=values.get("email") or self.address, name=values.get("name", ""))
            try:
                validate_password(values["password"], person)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return values


class SetUpForm(JoinForm):
    """The first person sets up the site."""

    email = forms.EmailField(
        label=_("Ihre E-Mail-Adresse"), widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    network_name = OneLine(
        label=_("Name des Netzwerks"), max_length=150, help_text=_("Zum Beispiel: BORA-TB")
    )
    slug = forms.SlugField(
        label=_("Kurzname in der Adresse"),
        max_length=60,
        help_text=_("Kleine Buchstaben, Ziffern und Bindestriche. Zum Beispiel: bora-tb"),
    )

    field_order = ("name", "email", "password", "network_name", "slug")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Here the password is needed."""
        super().__init__(*args, **kwargs)
        self.fields["password"].required = True
        self.fields["password"].help_text = _("Mindestens 12 Zeichen.")

    def clean_slug(self) -> str:
        """Small letters only."""
        slug: str = self.cleaned_data["slug"]
        return slug.lower()
