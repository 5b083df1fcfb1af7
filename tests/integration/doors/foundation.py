"""Who gets an answer at the pages of the foundation and of the site itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.urls import resolve
from django.utils import timezone

from tests.integration.doors.table import NOBODY, SIGNED_IN, Row, nothing, own_page, public_page
from tests.world import NOW, Role, World
from wirknetz.foundation.actions import create_link
from wirknetz.foundation.actions.digests import unsubscribe_url
from wirknetz.foundation.actions.setup import JOIN
from wirknetz.foundation.models import Notification


def open_link(world: World) -> Mapping[str, Any]:
    """An invitation somebody was mailed."""
    user = world.user(Role.STRANGER)
    url = create_link(
        purpose=JOIN, email=user.email, name=user.name, user_id=user.pk, at=timezone.now()
    )
    return resolve(urlsplit(url).path).kwargs


def stop_digest(world: World) -> Mapping[str, Any]:
    return resolve(unsubscribe_url(world.user(Role.STRANGER).pk)).kwargs


def own_news(world: World) -> Mapping[str, Any]:
    """News for the stranger; nobody else may open them."""
    news = Notification.objects.create(
        user=world.user(Role.STRANGER), key="k", kind="k", subject="Neu", created_at=NOW
    )
    return {"pk": news.pk}


ONE = frozenset({Role.STRANGER})
ROWS = (
    public_page("start"),
    public_page("language", get=False, post=True),
    public_page("foundation:link", post=True, where=open_link),
    public_page("foundation:link_refuse", post=True, where=open_link),
    public_page("foundation:unsubscribe", post=True, where=stop_digest),
    own_page("foundation:profile", post=True),
    own_page("foundation:sign_out_everywhere", get=False, post=True),
    own_page("foundation:account_events"),
    own_page("foundation:second_factor"),
    own_page("foundation:news"),
    own_page("foundation:news_read", get=False, post=True),
    Row(
        "foundation:news_open", NOBODY, ONE, own_news,
        hidden=SIGNED_IN - ONE, data=nothing, outside=NOBODY,
    ),
)  # fmt: skip
