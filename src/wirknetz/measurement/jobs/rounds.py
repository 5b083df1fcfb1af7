"""What happens to rounds by itself."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from wirknetz.foundation.jobs import periodic
from wirknetz.measurement.actions.rounds import close_by_itself, open_by_itself, send_reminders
from wirknetz.measurement.queries.rounds import to_close, to_open


@periodic("measurement.rounds", every=dt.timedelta(minutes=15))
def open_and_close(at: dt.datetime) -> None:
    """Open the rounds whose day has come, close those whose closing day is over."""
    day = timezone.localdate(at)
    for one in to_open(day):
        open_by_itself(round_id=one.pk, at=at)
    for one in to_close(day):
        close_by_itself(round_id=one.pk, at=at)


@periodic("measurement.reminders", every=dt.timedelta(hours=1))
def remind(at: dt.datetime) -> None:
    """Remind people of what they still have to report; not before seven in the morning."""
    if timezone.localtime(at).hour >= 7:
        send_reminders(at=at)
