"""Reading the audit trail, for the page of a space."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wirknetz.foundation.audit import label_of
from wirknetz.foundation.models import AuditEvent

_WAYS: Final = {
    "password": gettext_lazy("mit Passwort"),
    "mfa": gettext_lazy("mit zweitem Schritt oder Passkey"),
    "code": gettext_lazy("mit Code aus einer E-Mail"),
    "mailed_link": gettext_lazy("mit Link aus einer E-Mail"),
}


@dataclass(frozen=True, slots=True)
class Event:
    """One row of the audit trail, in words."""

    pk: int
    at: dt.datetime
    user_id: int | None
    who: str
    on_behalf: str
    action: str
    label: str
    object_type: str
    object_id: str
    object_label: str
    details: Mapping[str, Any]

    @property
    def how(self) -> str:
        """In which way somebody came in, where the event tells it."""
        words = _WAYS.get(str(self.details.get("method", "")), "")
        return str(words)


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which rows: everything given has to match. ``until`` is not included."""

    user_id: int | None = None
    on_behalf_id: int | None = None
    action: str = ""
    object_type: str = ""
    object_id: str = ""
    since: dt.datetime | None = None
    until: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class EventPage:
    """One page of rows, newest first. ``paginator_page`` is for ``{% pagination %}``."""

    rows: tuple[Event, ...]
    number: int
    pages: int
    total: int
    paginator_page: Any


def events(
    *,
    scope_id: int,
    page: int | str | None = 1,
    filters: EventFilter = EventFilter(),
    per_page: int = 50,
) -> EventPage:
    """One page of the audit trail of this space. A page out of range gives the nearest one.

    Two queries, whatever the size.
    """
    return _page(_matching(scope_id, filters), page, per_page)


def _page(found: QuerySet[AuditEvent], page: int | str | None, per_page: int) -> EventPage:
    ordered = found.select_related("user").order_by("-at", "-pk")
    shown = Paginator(ordered, per_page).get_page(page or 1)
    return EventPage(
        rows=tuple(_row(event) for event in shown.object_list),
        number=shown.number,
        pages=shown.paginator.num_pages,
        total=shown.paginator.count,
        paginator_page=shown,
    )


def account_events(*, user_id: int, page: int | str | None = 1, per_page: int = 25) -> EventPage:
    """What happened to this account, whoever did it, newest first. Two queries."""
    found = AuditEvent.objects.filter(
        object_type="user", object_id=str(user_id), action__startswith="account."
    )
    return _page(found, page, per_page)


def _matching(scope_id: int, filters: EventFilter) -> QuerySet[AuditEvent]:
    wanted = {
        "user_id": filters.user_id,
        "on_behalf_id": filters.on_behalf_id,
        "action": filters.action,
        "object_type": filters.object_type,
        "object_id": filters.object_id,
        "at__gte": filters.since,
        "at__lt": filters.until,
    }
    given = {name: value for name, value in wanted.items() if value not in (None, "")}
    return AuditEvent.objects.filter(scope_id=scope_id, **given)


def _row(event: AuditEvent) -> Event:
    return Event(
        pk=event.pk,
        at=event.at,
        user_id=event.user_id,
        who=_who(event),
        on_behalf=event.on_behalf_label,
        action=event.action,
        label=label_of(event.action),
        object_type=event.object_type,
        object_id=event.object_id,
        object_label=event.object_label,
        details=event.details,
    )


def _who(event: AuditEvent) -> str:
    if event.user is not None:
        return str(event.user)
    if event.source.startswith("link:") or not event.source:
        return _("Persönlicher Link")
    return _("Wirknetz (automatisch)")


def actions_of(*, scope_id: int) -> tuple[tuple[str, str], ...]:
    """The actions that occur in this space with their names, for a filter. One query."""
    names = AuditEvent.objects.filter(scope_id=scope_id).values_list("action", flat=True)
    found = [(name, label_of(name)) for name in names.order_by("action").distinct()]
    return tuple(sorted(found, key=lambda pair: pair[1]))
