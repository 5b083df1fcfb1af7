"""Removing what has expired."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.contrib.sessions.models import Session
from django.db.models import Q

from wirknetz.foundation.models import MailedLink, Notification, OutboxMessage

KEPT_LINKS: Final = dt.timedelta(days=90)
KEPT_MAILS: Final = dt.timedelta(days=30)
KEPT_NEWS: Final = dt.timedelta(days=400)


def remove_what_expired(*, at: dt.datetime) -> None:
    """Remove old sessions, links, news, and the contents of mails that left or failed long ago.

    A mail's row stays with its key, so that the same mail never leaves again; who got it and
    what it said goes. Links stay for a while after they expired to be able to say so.
    """
    Session.objects.filter(expire_date__lt=at).delete()
    MailedLink.objects.filter(expires_at__lt=at - KEPT_LINKS).delete()
    Notification.objects.filter(created_at__lt=at - KEPT_NEWS).delete()
    over = Q(state=OutboxMessage.State.SENT, sent_at__lt=at - KEPT_MAILS)
    over |= Q(state=OutboxMessage.State.FAILED, created_at__lt=at - KEPT_MAILS)
    OutboxMessage.objects.filter(over).exclude(recipient="").update(
        recipient="", subject="", text="", html="", headers={}, last_error=""
    )
