"""What happens to waiting files by itself."""

from __future__ import annotations

import datetime as dt

from wirknetz.foundation.jobs import periodic
from wirknetz.measurement.actions import files as actions


@periodic("measurement.files", every=dt.timedelta(minutes=15))
def remove_expired(at: dt.datetime) -> None:
    """Delete what was read from files and not taken over in time."""
    actions.remove_expired(at=at)


@periodic("measurement.stray-files", every=dt.timedelta(days=1))
def remove_stray_files(at: dt.datetime) -> None:
    """Delete kept files that nothing refers to."""
    actions.remove_stray_files(at=at)
