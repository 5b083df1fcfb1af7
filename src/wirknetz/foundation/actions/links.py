"""Mailed personal links: made, used once, revoked."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping
from typing import Any

from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse

from wirknetz.foundation import links, mails, queries
from wirknetz.foundation.actions.audit import record_event
from wirknetz.foundation.models import MailedLink
from wirknetz.foundation.providers import LinkRefused, tell
from wirknetz.foundation.queries.links import hash_of


def create_link(
    *,
    purpose: str,
    email: str,
    at: dt.datetime,
    name: str = "",
    user_id: int | None = None,
    on_behalf_id: int | None = None,
    on_behalf_label: str = "",
    scope_id: int | None = None,
    payload: Mapping[str, Any] | None = None,
    valid_for: dt.timedelta = dt.timedelta(days=14),
) -> str:
    """Make a personal link for one act and return its whole address; it is not kept anywhere.

    Whoever has the address may do this one act, once, until it expires. KeyError if no room
    registered the purpose, ValueError if it would have expired already.
    """
    token = secrets.token_urlsafe(32)
    path = reverse("foundation:link", args=[token])  # reads all views, so all purposes are known
    _refuse_useless(purpose, email, valid_for)
    MailedLink.objects.create(
        token_hash=hash_of(token),
        purpose=purpose,
        user_id=user_id,
        email=email,
        name=name[:150],
        on_behalf_id=on_behalf_id,
        on_behalf_label=on_behalf_label[:200],
        scope_id=scope_id,
        payload=dict(payload or {}),
        created_at=at,
        expires_at=at + valid_for,
    )
    return mails.absolute(path)


def _refuse_useless(purpose: str, email: str, valid_for: dt.timedelta) -> None:
    """Nobody is to be mailed an address that could never act."""
    links.act_for(purpose)
    if valid_for <= dt.timedelta():
        raise ValueError("a link has to be valid for some time")
    if email:
        validate_email(email)


@transaction.atomic
def use_link(*, pk: int, at: dt.datetime) -> bool:
    """Mark it as used. False if it is used, revoked or expired: of two, one gets True."""
    usable = MailedLink.objects.filter(
        pk=pk, used_at__isnull=True, revoked_at__isnull=True, expires_at__gt=at
    )
    return bool(usable.update(used_at=at))


@transaction.atomic
def perform_link(
    *, token: str, data: Mapping[str, Any], at: dt.datetime
) -> tuple[links.Link, links.Done]:
    """Do what the link is for. Nothing is used up if the act refuses or fails.

    Raises :class:`links.NotUsable` if the link is unknown, used, revoked or expired.
    """
    link = queries.link(token=token, at=at)
    if link is None:
        raise links.NotUsable(links.State.UNKNOWN)
    if link.state is not links.State.OPEN:
        raise links.NotUsable(link.state)
    if not use_link(pk=link.pk, at=at):
        raise links.NotUsable(links.State.USED)
    done = links.act_for(link.purpose).do(link, data, at)
    record_event(
        by=link.author,
        action="link.used",
        at=at,
        object_type="link",
        object_id=link.pk,
        label=link.purpose,
    )
    return link, done


@transaction.atomic
def revoke_link(*, token: str, at: dt.datetime) -> bool:
    """Somebody says the link is not theirs: nobody can use it any more. False if it was over."""
    link = queries.link(token=token, at=at)
    if link is None or not _revoke(MailedLink.objects.filter(pk=link.pk), at):
        return False
    record_event(
        by=link.author,
        action="link.refused",
        at=at,
        object_type="link",
        object_id=link.pk,
        label=link.purpose,
    )
    tell(LinkRefused(link.purpose, link.scope_id, link.user_id, link.on_behalf_id, at))
    return True


def revoke_links(
    *,
    purpose: str,
    at: dt.datetime,
    user_id: int | None = None,
    payload: Mapping[str, Any] | None = None,
) -> int:
    """Make open links of this purpose useless: of this user, or with exactly this payload."""
    found = MailedLink.objects.filter(purpose=purpose)
    if user_id is not None:
        found = found.filter(user_id=user_id)
    if payload is not None:
        found = found.filter(payload=dict(payload))
    return _revoke(found, at)


def _revoke(found: Any, at: dt.datetime) -> int:
    still_open = found.filter(used_at__isnull=True, revoked_at__isnull=True)
    revoked: int = still_open.update(revoked_at=at)
    return revoked
