"""What an organisation takes along: its facts, its people."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wirknetz.foundation.providers import EXPORT, Exported, ExportOf, ask
from wirknetz.foundation.refusal import Refused
from wirknetz.network.models import Affiliation, Membership
from wirknetz.network.rules import Actor

Sheet = tuple[tuple[str, ...], tuple[tuple[object, ...], ...]]


def take_along(actor: Actor, organisation_id: int) -> tuple[Exported, ...]:
    """Everything this organisation contributed, from all rooms. Refused to all but its people."""
    if not actor.belongs_to(organisation_id):
        raise Refused(_("Das dürfen nur Personen dieser Organisation."))
    return tuple(ask(EXPORT, ExportOf(organisation_id, actor.network_id)))


def exported_facts(*, organisation_id: int, network_id: int) -> Sheet:
    """Header and one row with the facts and the membership; no row without a membership."""
    found = Membership.objects.filter(organisation_id=organisation_id, network_id=network_id)
    header = (
        _("Name"), _("Kurzname"), _("Sektor"), _("Rechtskreis"), _("Ort"), _("Internetseite"),
        pgettext("Mitgliedschaft", "Stand"), _("Region"), _("Mitglied seit"), _("ausgetreten am"),
    )  # fmt: skip
    return header, tuple(_facts(m) for m in found.select_related("organisation", "region"))


def _facts(m: Membership) -> tuple[object, ...]:
    it = m.organisation
    return (
        it.name, it.short_name, it.get_sector_display(), it.get_legal_area_display(), it.city,
        it.website, m.get_stage_display(), m.region.name if m.region else "", m.joined_on,
        m.left_on,
    )  # fmt: skip


def exported_people(*, organisation_id: int, network_id: int) -> Sheet:
    """Header and a row for everybody who acts or acted for the organisation there."""
    found = Affiliation.objects.filter(organisation_id=organisation_id, network_id=network_id)
    header = (
        _("Name"), _("E-Mail-Adresse"), _("Telefon"), _("Ebene"), _("Funktion"),
        _("Mandat seit"), _("von"), _("bis"),
    )  # fmt: skip
    rows = found.named().select_related("person__user").order_by("since", "pk")
    return header, tuple(_person(a) for a in rows)


def _person(a: Affiliation) -> tuple[object, ...]:
    """How to reach somebody who has gone is not the organisation's any more."""
    here = a.until is None
    return (
        a.shown_name, a.shown_email if here else "", a.shown_phone if here else "",
        a.get_level_display(), a.function,
        a.mandate_since, a.since, a.until,
    )  # fmt: skip
