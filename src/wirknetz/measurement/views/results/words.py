"""Sentences of the results pages."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from wirknetz.core.measures import TargetState
from wirknetz.measurement.queries.results import Figure, Gap, Group

GAPS: Final[dict[Gap, Promise]] = {
    Gap.NOT_REPORTED: _("noch nichts gemeldet"),
    Gap.NO_AMOUNT: _("keine Zahl gemeldet"),
    Gap.NOT_TOGETHER: _("keine Organisation hat alle Teile gemeldet"),
    Gap.DIVISION_BY_ZERO: _("nicht berechenbar, der Nenner ist 0"),
    Gap.NOT_DEFINED: _("noch nicht definiert"),
    Gap.RUNNING: _("Runde läuft noch"),
    Gap.TOO_FEW: _("geschützt: zu wenige Organisationen"),
}
STATES: Final[dict[TargetState, tuple[Promise, str]]] = {
    TargetState.REACHED: (_("Ziel erreicht"), "success"),
    TargetState.CLOSE: (_("Ziel knapp verfehlt"), "warning"),
    TargetState.MISSED: (_("Ziel verfehlt"), "danger"),
    TargetState.OPEN: (_("Ziel offen"), "waiting"),
    TargetState.NO_TARGET: (_("kein Ziel gesetzt"), "none"),
}


def gap_words(gap: Gap) -> str:
    """Why there is no value, in a few words."""
    return str(GAPS[gap])


def group_label(group: Group) -> str:
    """The category, or what the row is that nobody broke down."""
    return group.label if group.broken_down else gettext("nicht aufgeschlüsselt")


def coverage_words(figure: Figure) -> str:
    """How many of how many organisations stand behind the figure."""
    if figure.expected:
        return gettext("%(done)s von %(asked)s Organisationen") % {
            "done": figure.organisations,
            "asked": figure.expected,
        }
    return gettext("%(done)s Organisationen") % {"done": figure.organisations}


def remarks(figure: Figure) -> list[str]:
    """What a reader must know beside the number."""
    notes = []
    if figure.persons_doubled and figure.value is not None:
        notes.append(
            gettext(
                "Doppelzählungen möglich: "
                "Eine Person kann bei mehreren Organisationen gezählt sein."
            )
        )
    if figure.partial and figure.gap is None:
        notes.append(
            gettext("Darunter %(count)s mit Lücken in ihrer Meldung.") % {"count": figure.partial}
        )
    if figure.incomplete and figure.value is not None:
        notes.append(gettext("In der laufenden Summe fehlt mindestens ein Zeitraum."))
    if figure.held:
        notes.append(_held_words(figure))
    if not figure.closed and figure.value is not None:
        notes.append(gettext("Vorläufig: Die Runde ist noch nicht geschlossen."))
    return notes


def _held_words(figure: Figure) -> str:
    """What came after the round was closed, and who does not see it yet."""
    if figure.held_included:
        words = ngettext(
            "Was eine Organisation nach dem Schluss der Runde geändert hat, sehen Partner "
            "und Förderung hier noch nicht.",
            "Was %(count)s Organisationen nach dem Schluss der Runde geändert haben, sehen Partner "
            "und Förderung hier noch nicht.",
            figure.held,
        )
    else:
        words = ngettext(
            "Was eine Organisation nach dem Schluss der Runde geändert hat, fehlt hier noch. "
            "Es kommt dazu, sobald niemand daraus einzelne Zahlen ausrechnen kann.",
            "Was %(count)s Organisationen nach dem Schluss der Runde geändert haben, fehlt hier "
            "noch. Es kommt dazu, sobald niemand daraus einzelne Zahlen ausrechnen kann.",
            figure.held,
        )
    return words % {"count": figure.held}
