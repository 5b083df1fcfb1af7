"""Telling people something: at once by mail, or with the next digest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from wirknetz.foundation import mails
from wirknetz.foundation.actions.mail import send_mail, shorten_key
from wirknetz.foundation.models import Notification, User


@transaction.atomic
def notify(
    *,
    user_ids: Iterable[int],
    kind: str,
    key: str,
    subject: str | Promise,
    at: dt.datetime,
    text: str | Promise = "",
    url: str = "",
    scope_id: int | None = None,
    immediate: bool = False,
    about: Iterable[str] = (),
    mailed_already: bool = False,
) -> None:
    """Store news once per person and key; mail it at once or in the next digest, never twice.

    ``immediate`` is for what one is personally asked; ``about`` names what waits because of it
    (``Waiting.about``), so that no digest says it again. ``mailed_already``: the caller mails it
    in the same transaction, with a personal link in it; no other mail is made. Lazy texts are
    stored in the language of each person. ``url`` is a path of this site. People whose account
    is closed are left out.
    """
    at_once = immediate or mailed_already
    what = _What(kind, shorten_key(key), subject, text, url, scope_id, at_once, tuple(about), at)
    users = User.objects.filter(pk__in=set(user_ids), is_active=True).order_by("pk")
    told = Notification.objects.filter(user__in=users, key=what.key)
    known = set(told.values_list("user_id", flat=True))
    fresh = [what.for_person(user) for user in users if user.pk not in known]
    Notification.objects.bulk_create(fresh, ignore_conflicts=True)
    for news in fresh if immediate and not mailed_already else ():
        _mail(news, at)


@dataclass(frozen=True, slots=True)
class _What:
    """What is told, before it is put into a person's language."""

    kind: str
    key: str
    subject: str | Promise
    text: str | Promise
    url: str
    scope_id: int | None
    immediate: bool
    about: tuple[str, ...]
    at: dt.datetime

    def for_person(self, user: User) -> Notification:
        with translation.override(user.language):
            return Notification(
                user=user,
                key=self.key,
                scope_id=self.scope_id,
                kind=self.kind,
                subject=mails.one_line(str(self.subject))[:200],
                text=str(self.text),
                url=self.url,
                immediate=self.immediate,
                about=list(self.about),
                created_at=self.at,
                mailed_at=self.at if self.immediate else None,
            )


def _mail(news: Notification, at: dt.datetime) -> None:
    """Race-safe by the key: two writers of the same news leave one mail."""
    with translation.override(news.user.language):
        hello = _("Guten Tag %(name)s,") % {"name": mails.one_line(news.user.name)}
        parts = [hello, news.text or news.subject, mails.absolute(news.url), _signature()]
        send_mail(
            key=f"notification:{news.user_id}:{news.key}",
            to=news.user.email,
            subject=news.subject,
            text="\n\n".join(part for part in parts if part),
            scope_id=news.scope_id,
            at=at,
        )


def _signature() -> str:
    return _("Diese Nachricht hat Wirknetz verschickt.") + "\n" + mails.absolute("/")


def mark_read(*, user_id: int, at: dt.datetime, pk: int | None = None) -> int:
    """Mark one of the person's news as read, or all. Returns how many were unread."""
    unread = Notification.objects.filter(user_id=user_id, read_at__isnull=True, created_at__lte=at)
    if pk is not None:
        unread = unread.filter(pk=pk)
    return unread.update(read_at=at)


def open_news(*, user_id: int, pk: int, at: dt.datetime) -> str | None:
    """Mark one as read and return where it leads; None if it is not the person's."""
    own = Notification.objects.filter(user_id=user_id, pk=pk).first()
    if own is None:
        return None
    mark_read(user_id=user_id, pk=pk, at=at)
    return own.url
