"""What one organisation took from its files and taught us about them, for its own export."""

from __future__ import annotations

import json

from django.utils.translation import gettext as _

from wirknetz.measurement.models import ProfileVersion, TakeOver
from wirknetz.measurement.queries.collection.contributed import Sheet


def take_overs(*, organisation_id: int, network_id: int) -> Sheet:
    """One row per take-over. One query."""
    rows = TakeOver.objects.filter(
        submission__organisation_id=organisation_id, submission__round__network_id=network_id
    ).order_by("at", "id")
    columns = (
        "submission__round__title", "at", "by__name", "name", "sha256", "undone_at",
        "undone_by__name",
    )  # fmt: skip
    header = (
        _("Runde"), _("übernommen"), _("von"), _("Datei"), _("Prüfsumme der Datei"),
        _("zurückgenommen"), _("zurückgenommen von"),
    )  # fmt: skip
    return header, tuple(rows.values_list(*columns))


def profiles(*, organisation_id: int, network_id: int) -> Sheet:
    """One row per thing remembered in every version of every mapping. One query."""
    rows = ProfileVersion.objects.filter(
        profile__organisation_id=organisation_id, profile__network_id=network_id
    ).order_by("profile__name", "profile_id", "number")
    columns = ("profile__name", "number", "at", "by__name", "content")
    header = (
        _("Zuordnung"), _("Fassung"), _("gespeichert"), _("von"), _("gilt für"), _("wo"),
        _("bedeutet"), _("Aufbau der Datei"),
    )  # fmt: skip
    made: list[tuple[object, ...]] = []
    for name, number, at, who, content in rows.values_list(*columns):
        layout = json.dumps(content.get("layout", {}), ensure_ascii=False, sort_keys=True)[:30_000]
        made.append((name, number, at, who, "", "", "", layout))
        made += [
            (name, number, at, who, step["about"], step["where"], step["says"], "")
            for step in content.get("steps", ())
        ]
    return header, tuple(made)
