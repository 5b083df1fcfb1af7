"""Numbers, dates and spans of time as a reader of the current language expects them.

German: ``1.234,5`` · ``21.11.2026`` · ``14:05``. English: ``1,234.5`` · ``21 Nov 2026``.
Nothing missing is ever shown as 0: what is None or empty reads as a dash.
"""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Final, Protocol

from django.utils import timezone
from django.utils.translation import gettext, ngettext

from wirknetz.foundation.language import format_day as format_plain_day
from wirknetz.foundation.language import format_number as format_plain_number
from wirknetz.foundation.language import language

MISSING: Final = "–"
THIN: Final = "\u202f"  # narrow, no break
_MOST_DECIMALS: Final = 6

Numeric = Decimal | int | float | str


class Labelled(Protocol):
    """Anything with a name in a language, such as a period."""

    def label(self, language: str = "de") -> str:
        """Name for people."""


def to_decimal(value: Numeric | None) -> Decimal | None:
    """The value as Decimal; None for what is not a finite number."""
    if value is None or isinstance(value, bool) or value == "":
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def format_number(value: Numeric | None, decimals: int | None = None) -> str:
    """``1.234,5``; with ``decimals`` rounded half up to exactly so many, else as it is."""
    number = to_decimal(value)
    if number is None:
        return MISSING
    if decimals is not None:
        number = number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    elif _exponent(number) < -_MOST_DECIMALS:
        number = round(number, _MOST_DECIMALS).normalize()
    return format_plain_number(number)


def _exponent(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def format_percent(share: Numeric | None, decimals: int = 0) -> str:
    """A share between 0 and 1 as ``34,5 %`` (narrow space, never broken)."""
    number = to_decimal(share)
    if number is None:
        return MISSING
    text = format_number(number * 100, decimals)
    return f"{text}%" if language() == "en" else f"{text}{THIN}%"


def format_day(value: dt.date | None) -> str:
    """``21.11.2026``; of a moment its local day."""
    if value is None or value == "":
        return MISSING
    return format_plain_day(local_day(value))


def format_clock(value: dt.datetime | dt.time | None) -> str:
    """``14:05`` in local time."""
    if value is None or value == "":
        return MISSING
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return f"{value:%H:%M}"


def format_moment(value: dt.datetime | None) -> str:
    """``21.11.2026, 14:05 Uhr``."""
    if value is None or value == "":
        return MISSING
    day, clock = format_day(value), format_clock(value)
    return f"{day}, {clock}" if language() == "en" else f"{day}, {clock} Uhr"


def format_period(value: Labelled | None) -> str:
    """``3. Quartal 2025``."""
    return value.label(language()) if value else MISSING


def format_bytes(size: int | None) -> str:
    """``34 kB``, ``1,2 MB`` (powers of 1000, as files are labelled)."""
    if size is None:
        return MISSING
    if size < 1_000_000:
        return f"{format_number(max(1, round(size / 1000)))}{THIN}kB"
    return f"{format_number(Decimal(size) / 1_000_000, 1)}{THIN}MB"


def local_day(value: dt.date) -> dt.date:
    """The calendar day of a date or of a moment in local time."""
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


def days_until(due: dt.date, today: dt.date | None = None) -> int:
    """Days from today to the due day; negative when it is over."""
    return (local_day(due) - (local_day(today) if today else timezone.localdate())).days


def is_far_off(due: dt.date, today: dt.date | None = None) -> bool:
    """Whether a day is so far away that counting days says less than its date."""
    return abs(days_until(due, today)) > 30


def format_due(due: dt.date | None, today: dt.date | None = None) -> str:
    """``heute``, ``morgen``, ``in 3 Tagen``, ``gestern``, ``vor 3 Tagen``; far off the date."""
    if due is None or due == "":
        return MISSING
    days = days_until(due, today)
    near = {0: gettext("heute"), 1: gettext("morgen"), -1: gettext("gestern")}
    if days in near:
        return near[days]
    if is_far_off(due, today):
        return gettext("am %(day)s") % {"day": format_day(due)}
    if days > 0:
        return ngettext("in %(count)s Tag", "in %(count)s Tagen", days) % {"count": days}
    return ngettext("vor %(count)s Tag", "vor %(count)s Tagen", -days) % {"count": -days}
