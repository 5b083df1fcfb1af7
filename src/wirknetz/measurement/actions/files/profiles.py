"""Mappings: every state is kept; names change, retiring can be undone."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.http import Http404

from wirknetz.core.files.recognition.model import Profile
from wirknetz.foundation.actions import record_event
from wirknetz.measurement.models import MappingProfile, ProfileVersion
from wirknetz.network.rules import Actor

LONGEST_NAME = 80


class NameTaken(ValueError):  # noqa: N818
    """The organisation has another mapping of this name."""


def save_version(
    *,
    by: Actor,
    organisation_id: int,
    profile: MappingProfile | None,
    name: str,
    content: Profile,
    at: dt.datetime,
) -> ProfileVersion | None:
    """The version that holds this content: the newest, or a new one. None where nothing is learned.

    In the caller's transaction. Without ``profile`` the organisation's mapping of this name is
    used, or a new one made.
    """
    raw = content.as_dict()
    if profile is None and not content.steps and not content.layout:
        return None
    if profile is None:
        profile = _by_name(by, organisation_id, name, at)
    newest = profile.versions.order_by("-number").first()
    if newest is not None and newest.content == raw:
        return newest
    return _append(profile, raw, by, at)


def _by_name(by: Actor, organisation_id: int, name: str, at: dt.datetime) -> MappingProfile:
    found, _new = MappingProfile.objects.get_or_create(
        network_id=by.network_id,
        organisation_id=organisation_id,
        name=name[:LONGEST_NAME],
        retired_at=None,
        defaults={"created_at": at},
    )
    return found


def _append(
    profile: MappingProfile, content: dict[str, Any], by: Actor, at: dt.datetime
) -> ProfileVersion:
    last = profile.versions.order_by("-number").values_list("number", flat=True).first() or 0
    made = ProfileVersion.objects.create(
        profile=profile, number=last + 1, content=content, at=at, by_id=by.user_id
    )
    _tell(profile, "profile.saved", by, at, version=made.number)
    return made


@transaction.atomic
def rename_profile(
    *, by: Actor, organisation_id: int, profile_id: int, name: str, at: dt.datetime
) -> None:
    """Give it another name; NameTaken where another one has it, ValueError for an empty one."""
    profile = _mine(by, organisation_id, profile_id)
    wanted = " ".join(name.split())[:LONGEST_NAME]
    if not wanted:
        raise ValueError("a mapping has a name")
    if wanted == profile.name:
        return
    before, profile.name = profile.name, wanted
    _store_once(profile, "name")
    _tell(profile, "profile.renamed", by, at, before=before)


@transaction.atomic
def retire_profile(*, by: Actor, organisation_id: int, profile_id: int, at: dt.datetime) -> None:
    """No longer use it; its versions stay."""
    profile = _mine(by, organisation_id, profile_id)
    if profile.retired_at is None:
        profile.retired_at = at
        profile.save(update_fields=["retired_at"])
        _tell(profile, "profile.retired", by, at)


@transaction.atomic
def restore_profile(*, by: Actor, organisation_id: int, profile_id: int, at: dt.datetime) -> None:
    """Use it again; NameTaken where another one has its name by now."""
    profile = _mine(by, organisation_id, profile_id)
    if profile.retired_at is not None:
        profile.retired_at = None
        _store_once(profile, "retired_at")
        _tell(profile, "profile.restored", by, at)


@transaction.atomic
def use_again(
    *, by: Actor, organisation_id: int, profile_id: int, number: int, at: dt.datetime
) -> None:
    """Append an earlier version as the newest."""
    profile = _mine(by, organisation_id, profile_id)
    earlier = profile.versions.filter(number=number).first()
    if earlier is None:
        raise Http404
    newest = profile.versions.order_by("-number").first()
    if newest is not None and newest.content != earlier.content:
        _append(profile, earlier.content, by, at)


def _mine(by: Actor, organisation_id: int, profile_id: int) -> MappingProfile:
    """The locked mapping of this organisation, or Http404."""
    found = (
        MappingProfile.objects.select_for_update()
        .filter(pk=profile_id, network_id=by.network_id, organisation_id=organisation_id)
        .first()
    )
    if found is None or not by.belongs_to(organisation_id):
        raise Http404
    return found


def _store_once(profile: MappingProfile, field: str) -> None:
    try:
        with transaction.atomic():
            profile.save(update_fields=[field])
    except IntegrityError as error:
        raise NameTaken(profile.name) from error


def _tell(
    profile: MappingProfile, action: str, by: Actor, at: dt.datetime, **details: object
) -> None:
    record_event(
        by=by.author_for(profile.organisation_id),
        action=action,
        at=at,
        object_type="profile",
        object_id=profile.pk,
        label=profile.name,
        details=details,
    )
