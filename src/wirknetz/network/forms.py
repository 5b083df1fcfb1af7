"""Parsing what people type about networks, organisations and people."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wirknetz.foundation.fields import DateInParts, OneLine
from wirknetz.network.models import Affiliation, Membership, NetworkRole, Organisation
from wirknetz.network.queries import AffiliationFacts, NetworkSettings, OrganisationFacts

NOT_CHOSEN: Final = [("", _("Bitte wählen"))]
ALL: Final = [("", _("alle"))]


class OrganisationForm(forms.Form):
    """The facts of an organisation."""

    name = OneLine(label=_("Name"), max_length=150)
    short_name = OneLine(
        label=_("Kurzname"),
        max_length=40,
        help_text=_("Steht in engen Tabellen, zum Beispiel „Lindenhof“."),
    )
    sector = forms.ChoiceField(label=_("Sektor"), choices=NOT_CHOSEN + Organisation.Sector.choices)
    legal_area = forms.ChoiceField(
        label=_("Rechtskreis"),
        choices=Organisation.LegalArea.choices,
        initial=Organisation.LegalArea.NONE,
        help_text=_("Nach welchem Buch des Sozialgesetzbuchs arbeitet die Organisation?"),
    )
    city = OneLine(label=_("Ort"), max_length=100, required=False)
    website = forms.URLField(
        label=_("Internetseite"), required=False, max_length=200, assume_scheme="https"
    )

    def facts(self) -> OrganisationFacts:
        """What was typed."""
        values = self.cleaned_data
        return OrganisationFacts(**{name: values[name] for name in OrganisationForm.base_fields})


class NewOrganisationForm(OrganisationForm):
    """An organisation that comes into the network."""

    stage = forms.ChoiceField(
        label=pgettext_lazy("Mitgliedschaft", "Stand"),
        choices=[c for c in Membership.Stage.choices if c[0] != Membership.Stage.LEFT],
        initial=Membership.Stage.CANDIDATE,
        help_text=_("Wie weit ist die Zusammenarbeit? Ab „Mitglied“ kann die Organisation melden."),
    )
    region = forms.TypedChoiceField(label=_("Region"), required=False, coerce=int, empty_value=None)
    reuse = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, regions: list[tuple[int, str]], **kwargs: Any) -> None:
        """Offer the places of the network."""
        super().__init__(*args, **kwargs)
        _offer(self, "region", [("", _("keine Angabe")), *regions])


class RegionChoiceForm(forms.Form):
    """Where in the network an organisation works."""

    region = forms.TypedChoiceField(label=_("Region"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, regions: list[tuple[int, str]], **kwargs: Any) -> None:
        """Offer the places of the network."""
        super().__init__(*args, **kwargs)
        _offer(self, "region", [("", _("keine Angabe")), *regions])


class StageForm(forms.Form):
    """The next stage of a membership."""

    stage = forms.ChoiceField(label=_("Neuer Stand"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, stages: tuple[str, ...], **kwargs: Any) -> None:
        """Offer what may follow."""
        super().__init__(*args, **kwargs)
        names = dict(Membership.Stage.choices)
        _offer(self, "stage", [(stage, names[Membership.Stage(stage)]) for stage in stages])


class AffiliationForm(forms.Form):
    """Where a person stands in an organisation."""

    level = forms.ChoiceField(
        label=_("Ebene"),
        choices=Affiliation.Level.choices,
        initial=Affiliation.Level.OPERATIVE,
        widget=forms.RadioSelect,
    )
    function = OneLine(
        label=_("Funktion"),
        max_length=120,
        required=False,
        help_text=_("Zum Beispiel „Fachbereich Reha“. Die Partner im Netzwerk sehen sie."),
    )
    mandate = forms.BooleanField(
        label=_("Hat ein Mandat: darf für die Organisation entscheiden"), required=False
    )
    mandate_since = DateInParts(label=_("Mandat seit"), required=False)

    def clean(self) -> dict[str, Any]:
        """A mandate has a day on which it began, and that is not ahead."""
        values = super().clean() or {}
        since = values.get("mandate_since")
        if values.get("mandate") and "mandate_since" in values and since is None:
            self.add_error("mandate_since", _("Bitte geben Sie an, seit wann das Mandat gilt."))
        if isinstance(since, dt.date) and since > timezone.localdate():
            self.add_error("mandate_since", _("Dieser Tag liegt in der Zukunft."))
        return values

    def affiliation_facts(self) -> AffiliationFacts:
        """What was typed."""
        values = self.cleaned_data
        return AffiliationFacts(
            level=values["level"],
            function=values["function"],
            mandate=values["mandate"],
            mandate_since=values["mandate_since"] if values["mandate"] else None,
        )


class NewPersonForm(AffiliationForm):
    """A person who comes to act for an organisation."""

    name = OneLine(label=_("Name"), max_length=150)
    email = forms.EmailField(label=_("E-Mail-Adresse"), max_length=254)
    phone = OneLine(label=_("Telefon"), max_length=40, required=False)
    invited = forms.BooleanField(
        label=_("Jetzt per E-Mail einladen"),
        required=False,
        initial=True,
        help_text=_("Ohne Einladung steht die Person nur auf der Liste und hat keinen Zugang."),
    )

    field_order = ("name", "email", "phone", "level", "function", "mandate", "mandate_since")


class CorrectPersonForm(forms.Form):
    """Name and phone of somebody who has not joined."""

    name = OneLine(label=_("Name"), max_length=150)
    phone = OneLine(label=_("Telefon"), max_length=40, required=False)


class RoleForm(forms.Form):
    """Somebody who is to coordinate or to watch."""

    name = OneLine(label=_("Name"), max_length=150)
    email = forms.EmailField(label=_("E-Mail-Adresse"), max_length=254)
    role = forms.ChoiceField(
        label=_("Rolle"),
        choices=NetworkRole.Role.choices,
        initial=NetworkRole.Role.OBSERVER,
        widget=forms.RadioSelect,
        help_text=_(
            "Koordination verwaltet das Netzwerk. Beobachtung sieht die Ergebnisse des Netzwerks, "
            "zum Beispiel für den Förderer."
        ),
    )


class RegionForm(forms.Form):
    """A place."""

    name = OneLine(label=_("Name"), max_length=120)


class TargetGroupForm(forms.Form):
    """A target group."""

    name = OneLine(label=_("Name"), max_length=150)
    description = forms.CharField(
        label=_("Beschreibung"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Wen genau meint das Netzwerk damit?"),
    )


class SettingsForm(forms.Form):
    """What the coordinating office may set."""

    name = OneLine(label=_("Name des Netzwerks"), max_length=150)
    purpose = forms.CharField(
        label=_("Anliegen"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Was will das Netzwerk gemeinsam bewegen? Zwei, drei Sätze."),
    )
    backbone_name = OneLine(label=_("Koordinierungsstelle"), max_length=150, required=False)
    backbone_email = forms.EmailField(
        label=_("E-Mail der Koordinierungsstelle"), max_length=254, required=False
    )
    second_person_approves = forms.BooleanField(
        label=_("Eine zweite Person der Organisation bestätigt jede Meldung"),
        required=False,
        help_text=_("Hat eine Organisation nur eine Person, darf diese selbst bestätigen."),
    )
    minimum_group = forms.IntegerField(
        label=_("So viele andere Organisationen müssen hinter einer Zahl stehen"),
        min_value=3,
        max_value=100,
        help_text=_("Sonst ließe sich ausrechnen, was eine einzelne gemeldet hat. Mindestens 3."),
    )
    remind_days_before = forms.IntegerField(
        label=_("Erinnerung vor der Frist"), min_value=0, max_value=60
    )
    remind_days_after = forms.IntegerField(
        label=_("Erinnerung nach der Frist"), min_value=0, max_value=60
    )
    keep_files = forms.BooleanField(
        label=_("Tabellen, die Partner hochladen, aufbewahren"),
        required=False,
        help_text=_(
            "Nur die eigene Organisation kann ihre Datei wieder herunterladen. Ohne Haken "
            "bleiben nur Blatt, Zelle und die Prüfsumme der Datei."
        ),
    )

    def settings(self) -> NetworkSettings:
        """What was typed."""
        return NetworkSettings(**self.cleaned_data)


class Filter(forms.Form):
    """Narrowing a list. What makes no sense narrows nothing."""

    use_required_attribute = False

    def wanted(self) -> dict[str, Any]:
        """What was chosen. Afterwards the labels no longer say that everything is optional."""
        self.full_clean()
        for field in self.fields.values():
            field.required = True
        return self.cleaned_data


class OrganisationFilter(Filter):
    """Narrowing the list of organisations."""

    q = OneLine(label=_("Suche"), required=False, max_length=100)
    stage = forms.ChoiceField(label=pgettext_lazy("Mitgliedschaft", "Stand"), required=False)
    sector = forms.ChoiceField(
        label=_("Sektor"), required=False, choices=ALL + Organisation.Sector.choices
    )
    access = forms.ChoiceField(
        label=_("Zugang"),
        required=False,
        choices=[*ALL, ("none", _("Mitglied ohne Zugang"))],
    )

    def __init__(self, *args: Any, stages: frozenset[str], **kwargs: Any) -> None:
        """Offer the stages the person may see."""
        super().__init__(*args, **kwargs)
        offered = [c for c in Membership.Stage.choices if c[0] in stages]
        _offer(self, "stage", [*ALL, *offered])


class PersonFilter(Filter):
    """Narrowing the list of people."""

    q = OneLine(label=_("Suche"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=_("Einladung"), required=False, choices=[*ALL, ("invited", _("noch offen"))]
    )


class TrailFilter(Filter):
    """Narrowing the audit trail; days are included."""

    action = forms.ChoiceField(label=_("Vorgang"), required=False)
    user = forms.TypedChoiceField(label=_("Person"), required=False, coerce=int, empty_value=None)
    organisation = forms.TypedChoiceField(
        label=_("im Namen von"), required=False, coerce=int, empty_value=None
    )
    since = DateInParts(label=_("von"), required=False)
    until = DateInParts(label=_("bis"), required=False)

    def __init__(
        self,
        *args: Any,
        kinds: list[tuple[str, str]],
        people: list[tuple[int, str]],
        organisations: list[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        """Offer what occurs in the network."""
        super().__init__(*args, **kwargs)
        _offer(self, "action", [*ALL, *kinds])
        _offer(self, "user", [*ALL, *people])
        _offer(self, "organisation", [*ALL, *organisations])


def _offer(form: forms.Form, name: str, choices: list[Any]) -> None:
    """Set the choices of a field."""
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = choices
