"""What the coordinating office has in view of running rounds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from wirknetz.foundation.providers import DeskCard, DeskFor
from wirknetz.measurement.queries.rounds import RoundRow, rounds
from wirknetz.measurement.rules.rounds import RoundState
from wirknetz.network.queries import inside


def desk(asked: DeskFor) -> Iterator[DeskCard]:
    """For each running round: how many have reported, how many are confirmed. Two queries."""
    found = inside(asked)
    if found is None or not found[1].coordinator:
        return
    network, today = found[0], timezone.localdate(asked.at)
    for row in rounds(network.pk):
        if row.state is RoundState.OPEN:
            url = reverse("measurement:board", args=[network.slug, row.id])
            yield _card(row, url, today)


def _card(row: RoundRow, url: str, today: dt.date) -> DeskCard:
    missing = row.organisations - row.reported
    late = bool(missing) and row.due_on < today
    counted = {"reported": row.reported, "all": row.organisations}
    return DeskCard(
        label=gettext("%(title)s: gemeldet") % {"title": row.title},
        figure=gettext("%(reported)s von %(all)s") % counted,
        url=url,
        note=f"{_missing(missing, late=late)} {_confirmed(row.approved)}",
        kind="danger" if late else "neutral" if missing else "success",
        position=10 if late else 30,
    )


def _missing(missing: int, *, late: bool) -> str:
    if not missing:
        return gettext("Alle haben gemeldet.")
    if late:
        words = ngettext(
            "%(count)s Meldung ist überfällig.", "%(count)s Meldungen sind überfällig.", missing
        )
    else:
        words = ngettext(
            "%(count)s Meldung fehlt noch.", "%(count)s Meldungen fehlen noch.", missing
        )
    return words % {"count": missing}


def _confirmed(approved: int) -> str:
    words = ngettext("%(count)s ist bestätigt.", "%(count)s sind bestätigt.", approved)
    return words % {"count": approved}
