"""Answers and reactions about who is asked when."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext, gettext_lazy

from wirknetz.foundation.audit import describe
from wirknetz.foundation.providers import (
    Exported,
    ExportOf,
    NavigationEntry,
    NavigationFor,
    Waiting,
    WaitingFor,
)
from wirknetz.measurement.jobs import rounds as jobs
from wirknetz.measurement.queries.rounds import unprepared_period
from wirknetz.measurement.rules.rounds import may_plan, may_see_rounds
from wirknetz.network.queries import inside

__all__ = ["exported", "jobs", "navigation", "waiting"]

_LABELS = {
    "round.created": gettext_lazy("Runde geplant"),
    "round.changed": gettext_lazy("Termine einer Runde geändert"),
    "round.discarded": gettext_lazy("Geplante Runde verworfen"),
    "round.measures_set": gettext_lazy("Messgrößen einer Runde festgelegt"),
    "round.expectations_set": gettext_lazy("Festgelegt, wer was meldet"),
    "round.opened": gettext_lazy("Runde geöffnet"),
    "round.closed": gettext_lazy("Runde geschlossen"),
    "round.late_changes_shown": gettext_lazy("Späte Änderungen im Ergebnis gezeigt"),
}
for _action, _label in _LABELS.items():
    describe(_action, _label)


def waiting(asked: WaitingFor) -> Iterable[Waiting]:
    """What waits for the coordinators: a round to prepare.

    What is missing in a round past its due date is told with the collection.
    """
    found = inside(asked)
    if found is None or not may_plan(found[1]):
        return
    network, today = found[0], timezone.localdate(asked.at)
    period = unprepared_period(network.pk, today)
    if period is not None:
        yield Waiting(
            title=gettext("Runde für %(period)s vorbereiten")
            % {"period": period.label(get_language() or "de")},
            url=reverse("measurement:round_new", kwargs={"slug": network.slug}),
            asked_by=network.name,
            due=None,
            minutes=5,
            consequence=gettext("Ohne Runde meldet niemand, und die Reihe bekommt eine Lücke."),
        )


def navigation(asked: NavigationFor) -> Iterable[NavigationEntry]:
    """The rounds, for partners."""
    found = inside(asked)
    if found is not None and may_see_rounds(found[1]):
        url = reverse("measurement:rounds", kwargs={"slug": found[0].slug})
        yield NavigationEntry("impact", gettext("Runden"), url, position=30)


def exported(asked: ExportOf) -> Iterable[Exported]:
    """What this organisation contributed."""
    return ()
