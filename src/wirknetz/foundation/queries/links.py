"""Reading mailed links."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from wirknetz.foundation.audit import Author
from wirknetz.foundation.models import MailedLink


class State(StrEnum):
    """What has become of a link."""

    OPEN = "open"
    USED = "used"
    REVOKED = "revoked"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Link:
    """One mailed link as rooms see it. Can be passed as ``by=`` to actions."""

    pk: int
    purpose: str
    email: str
    name: str
    user_id: int | None
    on_behalf_id: int | None
    on_behalf_label: str
    scope_id: int | None
    payload: Mapping[str, Any]
    expires_at: dt.datetime
    state: State = State.OPEN
    used_at: dt.datetime | None = None

    @property
    def author(self) -> Author:
        """As the audit trail wants it."""
        return Author(
            user_id=self.user_id,
            source="" if self.user_id else f"link:{self.pk}",
            scope_id=self.scope_id,
            on_behalf_id=self.on_behalf_id,
            on_behalf_label=self.on_behalf_label,
        )


def link(*, token: str, at: dt.datetime) -> Link | None:
    """The link with this token and what has become of it; None if there never was one."""
    stored = MailedLink.objects.filter(token_hash=hash_of(token)).first()
    if stored is None:
        return None
    return Link(
        pk=stored.pk,
        purpose=stored.purpose,
        email=stored.email,
        name=stored.name,
        user_id=stored.user_id,
        on_behalf_id=stored.on_behalf_id,
        on_behalf_label=stored.on_behalf_label,
        scope_id=stored.scope_id,
        payload=stored.payload,
        expires_at=stored.expires_at,
        state=_state(stored, at),
        used_at=stored.used_at,
    )


def _state(stored: MailedLink, at: dt.datetime) -> State:
    if stored.used_at is not None:
        return State.USED
    if stored.revoked_at is not None:
        return State.REVOKED
    return State.EXPIRED if stored.expires_at <= at else State.OPEN


def hash_of(token: str) -> str:
    """What is stored instead of the token."""
    return hashlib.sha256(token.encode()).hexdigest()
