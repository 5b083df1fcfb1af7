"""Reading the outbox: what waits, what did not leave."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.db.models import Count, Min, Q

from wirknetz.foundation.models import OutboxMessage

State = OutboxMessage.State


@dataclass(frozen=True, slots=True)
class MailState:
    """How the outbox is doing. ``oldest`` is when the oldest waiting mail was stored."""

    waiting: int
    failed: int
    oldest: dt.datetime | None


class Reason(StrEnum):
    """Why a mail did not leave, as far as somebody can do something about it."""

    ADDRESS = "address"  # nobody can be reached there
    SERVER = "server"  # our own mail server does not answer or does not let us in
    REFUSED = "refused"  # the mail was not accepted, whoever it is for


_REASONS: Final = {
    "SMTPRecipientsRefused": Reason.ADDRESS,
    "UnicodeEncodeError": Reason.ADDRESS,
    "ValueError": Reason.ADDRESS,
    "SMTPDataError": Reason.REFUSED,
    "SMTPSenderRefused": Reason.REFUSED,
}


@dataclass(frozen=True, slots=True)
class StuckMail:
    """A mail that did not leave, and what the mail server said."""

    pk: int
    recipient: str
    scope_id: int | None
    subject: str
    attempts: int
    error: str
    created_at: dt.datetime
    for_good: bool

    @property
    def reason(self) -> Reason:
        """By the kind of error, which stands first in ``error``."""
        return _REASONS.get(self.error.partition(":")[0], Reason.SERVER)


def mail_state() -> MailState:
    """How many mails wait, how many failed for good."""
    waiting = Q(state__in=[State.QUEUED, State.SENDING])
    found = OutboxMessage.objects.exclude(state=State.SENT).aggregate(
        waiting=Count("pk", filter=waiting),
        failed=Count("pk", filter=Q(state=State.FAILED)),
        oldest=Min("created_at", filter=waiting),
    )
    return MailState(**found)


def stuck_mail(
    *,
    to: Iterable[str] | None = None,
    scope_id: int | None = None,
    attempts: int = 1,
    limit: int = 50,
) -> tuple[StuckMail, ...]:
    """Mails that have not left after so many attempts or for good, newest first. One query.

    To these addresses; of this space and of none.
    """
    found = OutboxMessage.objects.exclude(state=State.SENT).exclude(last_error="")
    found = found.filter(Q(state=State.FAILED) | Q(attempts__gte=attempts))
    if to is not None:
        found = found.filter(recipient__in=list(to))
    if scope_id is not None:
        found = found.filter(Q(scope_id=scope_id) | Q(scope_id__isnull=True))
    return tuple(map(_stuck, found.order_by("-created_at", "-pk")[:limit]))


def _stuck(m: OutboxMessage) -> StuckMail:
    return StuckMail(
        pk=m.pk,
        recipient=m.recipient,
        scope_id=m.scope_id,
        subject=m.subject,
        attempts=m.attempts,
        error=m.last_error,
        created_at=m.created_at,
        for_good=m.state == State.FAILED,
    )


def unreachable(*, addresses: Iterable[str]) -> frozenset[str]:
    """Those of the addresses whose last mail failed for good. One query."""
    rows = OutboxMessage.objects.filter(
        recipient__in=list(addresses), state__in=[State.SENT, State.FAILED]
    ).order_by("created_at", "pk")
    latest = dict(rows.values_list("recipient", "state"))  # of one recipient, the last stays
    return frozenset(address for address, state in latest.items() if state == State.FAILED)
