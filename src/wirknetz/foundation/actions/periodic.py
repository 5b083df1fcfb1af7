"""When what runs again and again ran last."""

from __future__ import annotations

import datetime as dt

from wirknetz.foundation.models import PeriodicRun


def claim_run(*, name: str, every: dt.timedelta, at: dt.datetime) -> bool:
    """Take this run of the job for this worker alone. False if it is not due or taken."""
    PeriodicRun.objects.bulk_create([PeriodicRun(name=name)], ignore_conflicts=True)
    due = PeriodicRun.objects.filter(name=name, last_run_at__isnull=True)
    again = PeriodicRun.objects.filter(name=name, last_run_at__lte=at - every)
    return bool(due.update(last_run_at=at) or again.update(last_run_at=at))


def end_run(*, name: str, error: str, at: dt.datetime) -> None:
    """Keep how it ended: empty after a good run."""
    run = PeriodicRun.objects.filter(name=name)
    run.update(last_error=error[-4000:], **({"failed_at": at} if error else {}))
