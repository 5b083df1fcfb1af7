"""The audit trail of a network, in sentences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wirknetz.foundation.queries import Event, EventFilter, actions_of, events
from wirknetz.network.models import (
    Affiliation,
    EnteredAs,
    Membership,
    Network,
    NetworkRole,
    Organisation,
    Person,
    Region,
    TargetGroup,
)
from wirknetz.network.rules import Actor

_MODELS: Mapping[str, type[Model]] = {
    "network": Network,
    "organisation": Organisation,
    "region": Region,
    "target_group": TargetGroup,
}


@dataclass(frozen=True, slots=True)
class TrailRow:
    """One act: who, for whom, what, on what, and what changed in words."""

    at: dt.datetime
    who: str
    on_behalf: str
    what: str
    subject: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TrailPage:
    """One page of the trail, newest first. ``paginator_page`` is for ``{% pagination %}``."""

    rows: tuple[TrailRow, ...]
    total: int
    paginator_page: Any


def trail(
    actor: Actor,
    *,
    user_id: int | None = None,
    organisation_id: int | None = None,
    action: str = "",
    since: dt.datetime | None = None,
    until: dt.datetime | None = None,
    page: int | str | None = 1,
) -> TrailPage:
    """One page of what happened in this network. Five queries, whatever the size.

    ``organisation_id`` is the organisation spoken for; ``until`` is not included.
    """
    wanted = EventFilter(
        user_id=user_id, on_behalf_id=organisation_id, action=action, since=since, until=until
    )
    found = events(scope_id=actor.network_id, page=page, filters=wanted)
    names = _Names.of(found.rows, actor.network_id)
    return TrailPage(
        rows=tuple(_row(event, names) for event in found.rows),
        total=found.total,
        paginator_page=found.paginator_page,
    )


def trail_choices(
    actor: Actor,
) -> tuple[list[tuple[str, str]], list[tuple[int, str]], list[tuple[int, str]]]:
    """For the filters: kinds of act, users and organisations of the network. Five queries."""
    here = actor.network_id
    ids = {
        *Affiliation.objects.filter(network_id=here).values_list("person__user_id", flat=True),
        *NetworkRole.objects.filter(network_id=here).values_list("person__user_id", flat=True),
    }
    people = Person.objects.filter(user_id__in=ids - {None}).select_related("user")
    called = _called(here)
    members = Membership.objects.filter(network_id=here).order_by("organisation__name")
    return (
        list(actions_of(scope_id=here)),
        sorted(
            ((p.user_id or 0, called.get(p.pk, p.shown_name)) for p in people),
            key=lambda pair: pair[1],
        ),
        list(members.values_list("organisation_id", "organisation__name")),
    )


@dataclass(frozen=True, slots=True)
class _Names:
    """Names of the people the events speak of, by person and by user."""

    by_person: Mapping[int, str]
    by_user: Mapping[int, str]

    @classmethod
    def of(cls, rows: Iterable[Event], network_id: int) -> _Names:
        rows = list(rows)
        persons = {e.details["person"] for e in rows if isinstance(e.details.get("person"), int)}
        users = {int(e.object_id) for e in rows if e.object_type == "user" and e.object_id}
        by_person = Person.objects.filter(pk__in=persons).select_related("user")
        by_user = Person.objects.filter(user_id__in=users).select_related("user")
        called = _called(network_id)
        return cls(
            {p.pk: called.get(p.pk, p.shown_name) for p in by_person},
            {p.user_id: called.get(p.pk, p.shown_name) for p in by_user if p.user_id is not None},
        )


def _called(network_id: int) -> Mapping[int, str]:
    """What this network calls people who have not accepted there. One query."""
    waiting = EnteredAs.objects.filter(network_id=network_id, accepted_at__isnull=True)
    return dict(waiting.values_list("person_id", "name"))


def _row(event: Event, names: _Names) -> TrailRow:
    subject = event.object_label
    if event.object_type == "user" and event.object_id:
        subject = names.by_user.get(int(event.object_id), "")
    person = names.by_person.get(event.details.get("person") or 0)
    if person:
        subject = f"{person} · {subject}" if subject else person
    return TrailRow(
        at=event.at,
        who=event.who,
        on_behalf=event.on_behalf,
        what=event.label,
        subject=subject,
        notes=tuple(_notes(event)),
    )


def _notes(event: Event) -> Iterable[str]:
    """What changed: from, to, field by field. Details without words stay unsaid."""
    details = event.details
    if event.action == "membership.stage_changed":
        yield _change(
            pgettext("Mitgliedschaft", "Stand"),
            _stage(details.get("from")),
            _stage(details.get("to")),
        )
    changes = details.get("changed")
    for field, pair in changes.items() if isinstance(changes, dict) else ():
        if isinstance(pair, list) and len(pair) == 2:
            column = _column(event.object_type, field)
            label = str(getattr(column, "verbose_name", field))
            yield _change(label, *(_shown(column, value) for value in pair))


def _change(label: str, before: str, after: str) -> str:
    return _("%(label)s: vorher %(before)s, jetzt %(after)s") % {
        "label": label,
        "before": before,
        "after": after,
    }


def _stage(code: object) -> str:
    return str(dict(Membership.Stage.choices).get(str(code), code))


def _shown(column: Any, value: object) -> str:
    choices = {str(key): str(label) for key, label in getattr(column, "flatchoices", ())}
    words = {"True": _("ja"), "False": _("nein"), "": _("leer")} | choices
    return words.get(str(value), f"„{value}“")


def _column(object_type: str, name: str) -> Any:
    """The field of this name, wherever in the room it stands; None if nowhere."""
    for model in (_MODELS.get(object_type), Membership, Affiliation):
        for column in model._meta.get_fields() if model else ():  # noqa: SLF001 - Django's public name
            if column.name == name:
                return column
    return None
