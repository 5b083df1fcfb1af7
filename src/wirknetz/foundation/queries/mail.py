"""Reading the outbox: what waits, what did not leave."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Min, Q

from wirknetz.foundation.models import OutboxMessage

State = OutboxMessage.State


@dataclass(frozen=True, slots=True)
class MailState:
    """How the outbox is doing. ``oldest`` is when the oldest waiting mail was stored."""

    waiting: int
    failed: int
    oldest: dt.datetime | None


@dataclass(frozen=True, slots=True)
class StuckMail:
    """A mail that did not leave, and what the mail server said."""

    pk: int
    recipient: str
    subject: str
    attempts: int
    error: str
    created_at: dt.datetime
    for_good: bool


def mail_state() -> MailState:
    """How many mails wait, how many failed for good."""
    waiting = Q(state__in=[State.QUEUED, State.SENDING])
    found = OutboxMessage.objects.exclude(state=State.SENT).aggregate(
        waiting=Count("pk", filter=waiting),
        failed=Count("pk", filter=Q(state=State.FAILED)),
        oldest=Min("created_at", filter=waiting),
    )
    return MailState(**found)


def stuck_mail(*, to: Iterable[str] | None = None, limit: int = 50) -> tuple[StuckMail, ...]:
    """Mails that failed at least once and have not left, newest first; to these addresses."""
    found = OutboxMessage.objects.exclude(state=State.SENT).exclude(last_error="")
    if to is not None:
        found = found.filter(recipient__in=list(to))
    return tuple(
        StuckMail(
            pk=m.pk,
            recipient=m.recipient,
            subject=m.subject,
            attempts=m.attempts,
            error=m.last_error,
            created_at=m.created_at,
            for_good=m.state == State.FAILED,
        )
        for m in found.order_by("-created_at", "-pk")[:limit]
    )


def unreachable(*, addresses: Iterable[str]) -> frozenset[str]:
    """Those of the addresses whose last mail failed for good. One query."""
    rows = OutboxMessage.objects.filter(
        recipient__in=list(addresses), state__in=[State.SENT, State.FAILED]
    ).order_by("created_at", "pk")
    latest = dict(rows.values_list("recipient", "state"))  # of one recipient, the last stays
    return frozenset(address for address, state in latest.items() if state == State.FAILED)
