"""The outbox: mails are stored with the act they tell of and leave once."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F, Q

from wirknetz.foundation import mails
from wirknetz.foundation.actions.audit import record_event
from wirknetz.foundation.audit import HasAuthor
from wirknetz.foundation.models import OutboxMessage

State = OutboxMessage.State

HEADERS: Final = frozenset(
    {"Auto-Submitted", "List-Unsubscribe", "List-Unsubscribe-Post", "List-Id", "Reply-To"}
)
WAITS: Final = tuple(
    dt.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440, 1440)
)
LEASE: Final = dt.timedelta(minutes=10)
"""After this time a mail that somebody began to send counts as left behind by a crash."""


def send_mail(
    *,
    key: str,
    to: str,
    subject: str,
    text: str,
    at: dt.datetime,
    html: str = "",
    headers: Mapping[str, str] | None = None,
    scope_id: int | None = None,
) -> None:
    """Store a mail in the caller's transaction; it leaves once, whatever crashes.

    The same ``key`` again is not stored again. ``scope_id`` is the space whose office may read
    that it did not arrive. ``text`` is plain text, addresses in it on a
    line of their own become buttons in the HTML part. ValidationError for an address that is
    none, ValueError for a header that is not allowed.
    """
    validate_email(to)
    message = OutboxMessage(
        key=shorten_key(key),
        message_id=f"<{uuid.uuid4()}@{urlsplit(settings.BASE_URL).hostname}>",
        scope_id=scope_id,
        recipient=to,
        subject=mails.one_line(subject)[:300],
        text=text,
        html=html or mails.as_html(subject, text),
        headers=_checked(headers or {}),
        created_at=at,
        next_attempt_at=at,
    )
    OutboxMessage.objects.bulk_create([message], ignore_conflicts=True)


def shorten_key(key: str) -> str:
    """The key itself; a long one ends in a hash instead of being cut."""
    if len(key) <= 200:
        return key
    return f"{key[:130]}:{hashlib.sha256(key.encode()).hexdigest()}"


def _checked(headers: Mapping[str, str]) -> dict[str, str]:
    for name, value in headers.items():
        if name not in HEADERS or any(ord(sign) < 32 for sign in value):
            raise ValueError(f"mail header {name!r} is not allowed or holds control characters")
    return {"Auto-Submitted": "auto-generated", **headers}


def claim_mail(*, at: dt.datetime) -> OutboxMessage | None:
    """Take the next mail that is due, for this worker alone. None if nothing is due.

    Also takes a mail whose sender died: it goes again with the same Message-ID.
    """
    while True:
        message = _next_due(at)
        if message is None:
            return None
        seen = OutboxMessage.objects.filter(
            pk=message.pk, state=message.state, attempts=message.attempts
        )
        if seen.update(state=State.SENDING, claimed_at=at, attempts=F("attempts") + 1):
            message.attempts += 1
            return message


def _next_due(at: dt.datetime) -> OutboxMessage | None:
    due = OutboxMessage.objects.order_by("next_attempt_at", "pk")
    waiting = due.filter(state=State.QUEUED, next_attempt_at__lte=at).first()
    return waiting or due.filter(state=State.SENDING, claimed_at__lte=at - LEASE).first()


def mail_sent(*, pk: int, at: dt.datetime) -> None:
    """The mail server has taken it. What it said is not kept: it may hold links that still work."""
    OutboxMessage.objects.filter(pk=pk).update(
        state=State.SENT, sent_at=at, last_error="", text="", html="", headers={}
    )


def mail_failed(*, pk: int, attempts: int, error: str, for_good: bool, at: dt.datetime) -> None:
    """Try again later, with growing waits of up to a day; give up after some three days."""
    over = for_good or attempts > len(WAITS)
    OutboxMessage.objects.filter(pk=pk).update(
        state=State.FAILED if over else State.QUEUED,
        next_attempt_at=at if over else at + WAITS[attempts - 1],
        last_error=error[:2000],
    )


def retry_mail(*, pk: int, at: dt.datetime) -> bool:
    """Put a mail that failed for good back into the queue. False if it had not failed."""
    failed = OutboxMessage.objects.filter(pk=pk, state=State.FAILED).exclude(recipient="")
    return bool(failed.update(state=State.QUEUED, attempts=0, next_attempt_at=at))


@transaction.atomic
def retry_mails(*, to: Iterable[str], scope_id: int, by: HasAuthor, at: dt.datetime) -> int:
    """Send again, now, what did not reach these addresses, of this space or of none.

    Also what would be tried later by itself. Returns how many mails; audited if there are any.
    """
    stuck = OutboxMessage.objects.filter(
        Q(scope_id=scope_id) | Q(scope_id__isnull=True),
        state__in=[State.FAILED, State.QUEUED],
        recipient__in=list(to),
    ).exclude(last_error="")
    tried = stuck.update(state=State.QUEUED, attempts=0, next_attempt_at=at)
    if tried:
        record_event(by=by, action="mail.retried", at=at, details={"mails": tried})
    return tried
