"""Who may bring a file, how big it may be, how long it waits."""

from __future__ import annotations

import datetime as dt
from typing import Final

from wirknetz.network.rules import Actor

MOST_BYTES: Final = 25_000_000
"""A file may be this big."""
WAITS_FOR: Final = dt.timedelta(hours=24)
"""What was read from a file is deleted after this time if nobody takes it over."""
MOST_STEPS: Final = 500
"""Nobody says more than this about one file."""
LONGEST_STEP: Final = 2000
MOST_PROFILES: Final = 50


def may_see_sources(actor: Actor, organisation_id: int) -> bool:
    """File, sheet and cell a value came from: the organisation's own people only."""
    return actor.belongs_to(organisation_id)
