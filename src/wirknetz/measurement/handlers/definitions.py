"""Answers and reactions about what is counted."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from wirknetz.foundation.audit import describe
from wirknetz.foundation.providers import (
    Adopted,
    Exported,
    ExportOf,
    NavigationEntry,
    NavigationFor,
    Waiting,
    WaitingFor,
    reacts,
)
from wirknetz.measurement.actions.indicators import adopt_version
from wirknetz.measurement.rules.definitions import may_see_definitions
from wirknetz.network.queries import inside

_LABELS = {
    "measure.created": gettext_lazy("Messgröße angelegt"),
    "measure.changed": gettext_lazy("Messgröße geändert"),
    "measure.retired": gettext_lazy("Messgröße stillgelegt"),
    "measure.restored": gettext_lazy("Messgröße wieder aufgenommen"),
    "dimension.created": gettext_lazy("Merkmal angelegt"),
    "dimension.changed": gettext_lazy("Merkmal geändert"),
    "indicator.created": gettext_lazy("Indikator angelegt"),
    "indicator.changed": gettext_lazy("Indikator geändert"),
    "indicator.retired": gettext_lazy("Indikator stillgelegt"),
    "indicator.restored": gettext_lazy("Indikator wieder aufgenommen"),
    "indicator.targets_set": gettext_lazy("Zielwerte festgelegt"),
    "indicator_version.drafted": gettext_lazy("Definition entworfen"),
    "indicator_version.discarded": gettext_lazy("Entwurf einer Definition verworfen"),
    "indicator_version.in_force": gettext_lazy("Definition gilt"),
    "indicator_version.adopted": gettext_lazy("Definition gemeinsam beschlossen"),
    "validation_rule.created": gettext_lazy("Prüfregel angelegt"),
    "validation_rule.changed": gettext_lazy("Prüfregel geändert"),
}
for _action, _label in _LABELS.items():
    describe(_action, _label)


@reacts(Adopted, room="measurement")
def adopted(event: Adopted) -> None:
    """What the partners adopted counts, if it is a definition of an indicator."""
    if event.subject == "indicator_version":
        adopt_version(
            version_id=event.subject_id,
            scope_id=event.scope_id,
            valid_from=event.valid_from,
            decision_label=event.decision_label,
            at=event.at,
        )


def waiting(asked: WaitingFor) -> Iterable[Waiting]:
    """What waits for this person."""
    return ()


def navigation(asked: NavigationFor) -> Iterable[NavigationEntry]:
    """What is counted and how, for everybody inside; what only the office changes, for it."""
    found = inside(asked)
    if found is None or not may_see_definitions(found[1]):
        return
    pages = (
        (gettext("Indikatoren"), "indicators", 40, True),
        (gettext("Messgrößen"), "measures", 50, True),
        (gettext("Merkmale"), "dimensions", 60, found[1].coordinator),
        (gettext("Prüfregeln"), "checks", 70, found[1].coordinator),
    )
    for label, name, position, shown in pages:
        if not shown:
            continue
        url = reverse(f"measurement:{name}", kwargs={"slug": found[0].slug})
        yield NavigationEntry("impact", label, url, position=position)


def exported(asked: ExportOf) -> Iterable[Exported]:
    """What this organisation contributed."""
    return ()
