"""Answers about partners' own files."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext, gettext_lazy

from wirknetz.foundation.audit import describe
from wirknetz.foundation.providers import (
    Exported,
    ExportOf,
    NavigationEntry,
    NavigationFor,
    Waiting,
    WaitingFor,
)
from wirknetz.measurement.jobs import files as jobs
from wirknetz.measurement.queries.files import contributed

__all__ = ["exported", "jobs", "navigation", "waiting"]

_LABELS = {
    "file.taken_over": gettext_lazy("Werte aus einer Tabelle übernommen"),
    "file.taken_back": gettext_lazy("Übernahme aus einer Tabelle zurückgenommen"),
    "profile.saved": gettext_lazy("Zuordnung gespeichert"),
    "profile.renamed": gettext_lazy("Zuordnung umbenannt"),
    "profile.retired": gettext_lazy("Zuordnung beendet"),
    "profile.restored": gettext_lazy("Zuordnung wieder aufgenommen"),
}
for _action, _label in _LABELS.items():
    describe(_action, _label)


def waiting(asked: WaitingFor) -> Iterable[Waiting]:
    """Nothing: the report itself waits already."""
    return ()


def navigation(asked: NavigationFor) -> Iterable[NavigationEntry]:
    """Nothing: the way leads over the reports."""
    return ()


def exported(asked: ExportOf) -> Iterable[Exported]:
    """What this organisation took from files, and what it taught."""
    whose = {"organisation_id": asked.organisation_id, "network_id": asked.scope_id}
    for name, sheet in (
        (gettext("Aus Tabellen übernommen"), contributed.take_overs),
        (gettext("Zuordnungen"), contributed.profiles),
    ):
        yield Exported(name, *sheet(**whose))
