"""The demo: two invented networks with two years behind them, filled through the real doors.

Everything is written by the same actions the site uses, with moments in the past, so that
approvals, corrections and the audit trail are what they would be.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from wirknetz.cli.demo_data.cast import LOGINS, PASSWORD, Somebody

Say = Callable[[str], None]


def fill(*, at: dt.datetime, say: Say) -> None:
    """Fill an empty database. ``at`` is now: one round is open then."""
    from wirknetz.cli.demo_data.story import tell

    tell(at=at, say=say)


def logins() -> tuple[tuple[str, str, str], ...]:
    """One login per role: role, e-mail address, password."""
    return tuple((role, Somebody("", mailbox).email, PASSWORD) for role, mailbox in LOGINS)
