"""Reading what people are told: their news, and what their next digest holds."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Paginator
from django.db.models import Q
from django.utils import timezone

from wirknetz.foundation.mails import absolute
from wirknetz.foundation.models import Notification, User
from wirknetz.foundation.providers import SCOPES, WAITING, Waiting, WaitingFor, ask
from wirknetz.foundation.rules import digest_due

MAILED_WITHIN: Final = dt.timedelta(days=30)
"""Older news are not worth a mail any more; they stay on the page."""


@dataclass(frozen=True, slots=True)
class News:
    """One thing a person was told."""

    pk: int
    subject: str
    text: str
    url: str
    created_at: dt.datetime
    read: bool

    @property
    def address(self) -> str:
        """Where it leads, as a mail needs it."""
        return absolute(self.url)

    @property
    def kind(self) -> str:
        """How the card of it looks."""
        return "" if self.read else "tint"


@dataclass(frozen=True, slots=True)
class NewsPage:
    """One page of a person's news, newest first."""

    rows: tuple[News, ...]
    unread: int
    paginator_page: Any


@dataclass(frozen=True, slots=True)
class WaitingThere:
    """Something that waits, in which space."""

    scope: str
    waiting: Waiting

    @property
    def address(self) -> str:
        """Where it leads, as a mail needs it."""
        return absolute(self.waiting.url)

    @property
    def mark(self) -> str:
        """Short sign by which a digest knows that it has told this before."""
        words = f"{self.scope}|{self.waiting.title}|{self.waiting.url}|{self.waiting.due}"
        return hashlib.sha256(words.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Digest:
    """What a person's next digest would hold.

    ``mailed`` counts what waits as well, but was mailed at once: it is not said again.
    """

    waiting: tuple[WaitingThere, ...]
    news: tuple[News, ...]
    mailed: int = 0

    @property
    def marks(self) -> frozenset[str]:
        """The signs of everything that waits."""
        return frozenset(each.mark for each in self.waiting)


def news_of(
    *, user_id: int, page: int | str | None = 1, per_page: int = 25, scope_id: int | None = None
) -> NewsPage:
    """One page of the person's news, of one space and of none if asked for. Three queries."""
    own = Notification.objects.filter(user_id=user_id)
    if scope_id is not None:
        own = own.filter(Q(scope_id=scope_id) | Q(scope_id__isnull=True))
    shown = Paginator(own.order_by("-created_at", "-pk"), per_page).get_page(page or 1)
    return NewsPage(
        rows=tuple(map(_news, shown.object_list)),
        unread=unread_count(user_id=user_id),
        paginator_page=shown,
    )


def unread_count(*, user_id: int) -> int:
    """How many of the person's news are unread."""
    return Notification.objects.filter(user_id=user_id, read_at__isnull=True).count()


def _news(row: Notification) -> News:
    return News(
        row.pk, row.subject, row.text, row.url, row.created_at, read=row.read_at is not None
    )


def digest_candidates(*, at: dt.datetime) -> tuple[int, ...]:
    """Ids of the users for whom a digest has to be looked at now. One query."""
    zone = timezone.get_default_timezone()
    users = User.objects.filter(is_active=True).exclude(digest=User.Digest.NEVER)
    rows = users.order_by("pk").values_list("pk", "digest", "digest_checked_at")
    return tuple(pk for pk, digest, checked in rows if digest_due(digest, checked, at, zone))


def digest_of(*, user_id: int, at: dt.datetime) -> Digest:
    """What waits for the person in all spaces, and unread news; only what no mail has told yet."""
    everything = [
        WaitingThere(scope.label, each)
        for scope in ask(SCOPES, user_id)
        for each in ask(WAITING, WaitingFor(user_id, scope.id, at))
    ]
    told = _mailed_at_once(user_id)
    waiting = tuple(each for each in everything if each.waiting.about not in told)
    untold = Q(mailed_at__isnull=True, read_at__isnull=True, created_at__lte=at)
    recent = Q(created_at__gt=at - MAILED_WITHIN)
    rows = Notification.objects.filter(untold & recent, user_id=user_id)
    news = tuple(map(_news, rows.order_by("created_at", "pk")))
    return Digest(waiting, news, mailed=len(everything) - len(waiting))


def _mailed_at_once(user_id: int) -> frozenset[str]:
    """The marks of what this person was asked by a mail of its own."""
    asked = Notification.objects.filter(user_id=user_id, immediate=True, mailed_at__isnull=False)
    marks = asked.exclude(about=[]).values_list("about", flat=True)
    return frozenset(mark for several in marks for mark in several)
