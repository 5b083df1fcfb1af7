"""Signing in by mail: a link and a code for the same moment, of which one works, once."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.db import transaction

from wirknetz.foundation.actions.accounts import came_in
from wirknetz.foundation.actions.audit import record_event
from wirknetz.foundation.actions.links import create_link, revoke_links
from wirknetz.foundation.audit import Author
from wirknetz.foundation.models import MailedLink, User

SIGN_IN: Final = "account.sign-in"
VALID_FOR: Final = dt.timedelta(minutes=15)


@transaction.atomic
def create_sign_in_link(*, email: str, pair: str, at: dt.datetime, instead_of: str = "") -> str:
    """Return the address that signs the person with this mail address in, once, for 15 minutes.

    ``pair`` ties it to the code of the same mail; the link of the pair ``instead_of`` ends.
    """
    user = User.objects.get(email=email.strip().lower())
    if instead_of:
        revoke_links(purpose=SIGN_IN, user_id=user.pk, payload={"pair": instead_of}, at=at)
    return create_link(
        purpose=SIGN_IN,
        email=user.email,
        name=user.name,
        user_id=user.pk,
        payload={"pair": pair},
        valid_for=VALID_FOR,
        at=at,
    )


@transaction.atomic
def use_code(*, user_id: int, pair: str, at: dt.datetime) -> bool:
    """The code was typed: use the link of the same mail up. False if one of both was used."""
    open_links = MailedLink.objects.filter(
        purpose=SIGN_IN,
        user_id=user_id,
        payload={"pair": pair},
        used_at__isnull=True,
        revoked_at__isnull=True,
        expires_at__gt=at,
    )
    return bool(open_links.update(used_at=at))


@transaction.atomic
def signed_in(*, user_id: int, method: str, at: dt.datetime) -> None:
    """Somebody came in; other links to come in that lie in her mail end."""
    revoke_links(purpose=SIGN_IN, user_id=user_id, at=at)
    came_in(user_id=user_id, at=at)
    record_event(
        by=Author(user_id=user_id),
        action="account.signed_in",
        at=at,
        object_type="user",
        object_id=user_id,
        details={"method": method},
    )
