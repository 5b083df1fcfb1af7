"""The one-time link of a new installation."""

import datetime as dt


def setup_link() -> str | None:
    """An address that creates network and coordinator, or None once somebody has an account."""
    from wirknetz.foundation import actions, queries

    if not queries.is_empty_site():
        return None
    return actions.create_setup_link(at=dt.datetime.now(dt.UTC))
