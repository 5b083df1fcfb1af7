"""What a reader chooses on a results page: period, dimension, moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

from wirknetz.core.values import Period


@dataclass(frozen=True, slots=True)
class Choice:
    """What was asked for; ``moment_refused`` if the date could not be read."""

    period: Period | None = None
    by: str = ""
    day: dt.date | None = None
    as_of: dt.datetime | None = None
    moment_refused: bool = False

    def query(self) -> dict[str, str]:
        """As it stands in an address, without the dimension."""
        asked = {"zeitraum": self.period.code if self.period else ""}
        asked["stand"] = self.day.isoformat() if self.day else ""
        return {key: value for key, value in asked.items() if value}

    @property
    def moment(self) -> str:
        """``?stand=2026-10-31`` where a day was chosen: links and files keep to it."""
        return f"?stand={self.day.isoformat()}" if self.day else ""


def read_choice(asked: Mapping[str, str], *, moments: bool, now: dt.datetime) -> Choice:
    """Read it from an address. What cannot be read counts as not asked.

    ``stand`` is a day (2026-11-22 or 22.11.2026); its end is meant, today and later mean now.
    """
    text = asked.get("stand", "").strip() if moments else ""
    day = _day(text)
    past = day is not None and day < timezone.localdate(now)
    return Choice(
        period=_period(asked.get("zeitraum", "")),
        by=asked.get("nach", "")[:40],
        day=day if past else None,
        as_of=_end_of(day) if day and past else None,
        moment_refused=bool(text) and day is None,
    )


def _period(code: str) -> Period | None:
    try:
        return Period.parse(code) if code else None
    except ValueError:
        return None


def _day(text: str) -> dt.date | None:
    for form in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return dt.datetime.strptime(text, form).date()  # noqa: DTZ007
        except ValueError:
            continue
    return None


def _end_of(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.max))
