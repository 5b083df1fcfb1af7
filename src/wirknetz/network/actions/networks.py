"""Founding a network and changing its settings and lists."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.http import Http404
from django.utils.translation import gettext as _

from wirknetz.foundation.actions import record_event, require_second_factor
from wirknetz.foundation.audit import Author
from wirknetz.foundation.queries import account
from wirknetz.foundation.refusal import Refused
from wirknetz.network.actions._shared import changed, require, wrong
from wirknetz.network.models import Network, NetworkRole, Person, Region, TargetGroup
from wirknetz.network.queries.networks import NetworkSettings
from wirknetz.network.rules import Actor, is_coordinator

Listed = TypeVar("Listed", Region, TargetGroup)


@transaction.atomic
def found_network(
    *, name: str, slug: str, coordinator: int, by: Author, at: dt.datetime, purpose: str = ""
) -> int:
    """Make a network whose first coordinator is this user. Returns its id.

    ValidationError where name or address are taken; Http404 for an unknown user.
    """
    known = account(user_id=coordinator)
    if known is None:
        raise Http404
    network = _new_network(name=name, slug=slug, purpose=purpose, created_at=at)
    person, _new = Person.objects.get_or_create(
        user_id=coordinator,
        defaults={"name": known.name, "email": known.email, "created_at": at},
    )
    role = NetworkRole.objects.create(
        network=network, person=person, role=NetworkRole.Role.COORDINATOR, since=at
    )
    inside = Author(user_id=by.user_id, source=by.source, scope_id=network.pk)
    require_second_factor(user_id=coordinator, required=True, by=inside, at=at)
    record_event(
        by=inside, action="network.founded", at=at, object_type="network",
        object_id=network.pk, label=network.name, details={"role": role.pk},
    )  # fmt: skip
    return network.pk


def _new_network(**fields: object) -> Network:
    network = Network(**fields)
    network.full_clean()
    network.save()
    return network


@transaction.atomic
def change_settings(*, settings: NetworkSettings, by: Actor, at: dt.datetime) -> None:
    """Change the network's name and rules. ValidationError for values that cannot be."""
    require(is_coordinator(by), _("Die Einstellungen ändert nur die Koordinierungsstelle."))
    network = Network.objects.select_for_update().get(pk=by.network_id)
    if Network.objects.filter(name__iexact=settings.name).exclude(pk=network.pk).exists():
        raise wrong("name", _("Diesen Namen gibt es schon. Bitte wählen Sie einen anderen."))
    differences = changed(network, asdict(settings))
    differences.pop("backbone_email", None)
    network.full_clean()
    record_event(
        by=by, action="network.settings_changed", at=at, object_type="network",
        object_id=network.pk, label=network.name, details={"changed": differences},
    )  # fmt: skip


@transaction.atomic
def add_region(*, name: str, by: Actor, at: dt.datetime) -> int:
    """Put a place on the network's list. ValidationError if it is there already."""
    return _add(Region(network_id=by.network_id, name=name), by, at)


@transaction.atomic
def change_region(*, region_id: int, name: str, by: Actor, at: dt.datetime) -> None:
    """Name a place anew."""
    _change(_find(Region, region_id, by), {"name": name}, by, at)


@transaction.atomic
def remove_region(*, region_id: int, by: Actor, at: dt.datetime) -> None:
    """Take a place off the list. Refused while an organisation works there."""
    region = _find(Region, region_id, by)
    used = region.membership_set.count()
    require(
        not used,
        _("Diese Region wird noch benutzt. Ordnen Sie die Organisationen zuerst anders zu."),
    )
    _remove(region, by, at)


@transaction.atomic
def add_target_group(*, name: str, description: str, by: Actor, at: dt.datetime) -> int:
    """Put a target group on the network's list. ValidationError if it is there already."""
    group = TargetGroup(network_id=by.network_id, name=name, description=description)
    return _add(group, by, at)


@transaction.atomic
def change_target_group(
    *, target_group_id: int, name: str, description: str, by: Actor, at: dt.datetime
) -> None:
    """Change name and description."""
    group = _find(TargetGroup, target_group_id, by)
    _change(group, {"name": name, "description": description}, by, at)


@transaction.atomic
def remove_target_group(*, target_group_id: int, by: Actor, at: dt.datetime) -> None:
    """Take a target group off the list. Refused while something refers to it."""
    _remove(_find(TargetGroup, target_group_id, by), by, at)


def _kind(row: Region | TargetGroup) -> str:
    return "region" if isinstance(row, Region) else "target_group"


def _require_lists(by: Actor) -> None:
    require(is_coordinator(by), _("Diese Liste ändert nur die Koordinierungsstelle."))


def _find(model: type[Listed], pk: int, by: Actor) -> Listed:
    _require_lists(by)
    found = model.objects.filter(network_id=by.network_id, pk=pk).first()
    if found is None:
        raise Http404
    return found


def _add(row: Region | TargetGroup, by: Actor, at: dt.datetime) -> int:
    _require_lists(by)
    _store_once(row)
    _tell(row, "added", by, at, {})
    return row.pk


def _change(row: Region | TargetGroup, values: dict[str, str], by: Actor, at: dt.datetime) -> None:
    before = {name: getattr(row, name) for name in values}
    for name, value in values.items():
        setattr(row, name, value)
    _store_once(row)
    differences = {n: [before[n], v] for n, v in values.items() if before[n] != v}
    _tell(row, "changed", by, at, {"changed": differences})


def _store_once(row: Region | TargetGroup) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise wrong("name", _("Das steht schon auf der Liste.")) from error


def _remove(row: Region | TargetGroup, by: Actor, at: dt.datetime) -> None:
    kept = row.pk
    try:
        row.delete()
    except ProtectedError as error:
        sentence = _("Das wird noch benutzt und kann deshalb nicht entfernt werden.")
        raise Refused(sentence) from error
    row.pk = kept
    _tell(row, "removed", by, at, {})


def _tell(
    row: Region | TargetGroup, what: str, by: Actor, at: dt.datetime, details: dict[str, object]
) -> None:
    record_event(
        by=by, action=f"{_kind(row)}.{what}", at=at, object_type=_kind(row), object_id=row.pk,
        label=row.name, details=details,
    )  # fmt: skip
