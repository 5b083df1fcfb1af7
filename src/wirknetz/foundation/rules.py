"""When a digest is due, and which requests come in before the second factor is set up."""

from __future__ import annotations

import datetime as dt
from typing import Final
from zoneinfo import ZoneInfo

HOUR: Final = 6
"""Digests leave after this hour of the site's own time."""
SILENCE: Final = dt.timedelta(days=7)
"""What still waits is told again after this time, even if nothing is new."""


def last_digest_moment(frequency: str, at: dt.datetime, zone: ZoneInfo) -> dt.datetime | None:
    """The latest moment up to ``at`` at which a digest of this frequency should leave.

    Every day, or every Monday, at six in the morning of the zone; None for ``never``.
    """
    if frequency not in ("daily", "weekly"):
        return None
    local = at.astimezone(zone)
    day = local.date() if local.hour >= HOUR else local.date() - dt.timedelta(days=1)
    if frequency == "weekly":
        day -= dt.timedelta(days=day.weekday())
    return dt.datetime.combine(day, dt.time(HOUR), zone)


def digest_due(
    frequency: str, checked_at: dt.datetime | None, at: dt.datetime, zone: ZoneInfo
) -> bool:
    """Has a moment for a digest passed since the last one was looked at?"""
    moment = last_digest_moment(frequency, at, zone)
    return moment is not None and (checked_at is None or checked_at < moment)


def digest_worth_mailing(
    *, news: int, waiting: frozenset[str], told: frozenset[str], mailed_at: dt.datetime | None,
    at: dt.datetime,
) -> bool:  # fmt: skip
    """Never empty: there is news, something new waits, or something has waited for a week."""
    if news or waiting - told:
        return True
    return bool(waiting) and (mailed_at is None or at - mailed_at >= SILENCE)
