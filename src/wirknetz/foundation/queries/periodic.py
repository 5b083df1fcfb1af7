"""Reading when jobs ran."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from wirknetz.foundation.models import PeriodicRun


@dataclass(frozen=True, slots=True)
class Run:
    """The last run of a job; ``error`` is empty if it went well."""

    name: str
    last_run_at: dt.datetime | None
    error: str
    failed_at: dt.datetime | None


def last_runs() -> dict[str, Run]:
    """The last run of every job that ever ran, by name. One query."""
    return {
        run.name: Run(run.name, run.last_run_at, run.last_error, run.failed_at)
        for run in PeriodicRun.objects.all()
    }
