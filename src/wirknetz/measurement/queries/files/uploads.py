"""Files that wait to be taken over, the mappings of an organisation, what was taken before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from wirknetz.core.files.recognition.model import About, Profile, Step
from wirknetz.measurement.models import MappingProfile, ProfileVersion, TakeOver, Upload
from wirknetz.measurement.queries.files.words import Names, says_words
from wirknetz.network.rules import Actor


def find(
    actor: Actor,
    *,
    round_id: int,
    organisation_id: int,
    upload_id: int,
    at: dt.datetime,
    lock: bool = False,
) -> Upload | None:
    """The file this person is looking at; None for anybody else's and after its time. One query."""
    if not actor.belongs_to(organisation_id):
        return None
    rows = Upload.objects.select_related("submission__round__network", "profile")
    if lock:
        rows = rows.select_for_update(of=("self",))
    return rows.filter(
        pk=upload_id,
        by_id=actor.user_id,
        expires_at__gt=at,
        submission__round_id=round_id,
        submission__organisation_id=organisation_id,
        submission__round__network_id=actor.network_id,
    ).first()


def waiting_of(actor: Actor, submission_id: int | None, at: dt.datetime) -> Upload | None:
    """The file this person has begun to look at for this submission. One query, or none."""
    if submission_id is None:
        return None
    rows = Upload.objects.filter(
        submission_id=submission_id, by_id=actor.user_id, expires_at__gt=at
    )
    return rows.defer("book", "steps").first()


def step_of(raw: Mapping[str, Any]) -> Step:
    """A stored step, without how it reads."""
    return Step.from_dict({name: raw[name] for name in ("about", "where", "says")})


@dataclass(frozen=True, slots=True)
class TakenBefore:
    """Values came into this submission from a file."""

    id: int
    name: str
    sha256: str
    at: dt.datetime
    who: str
    kept: str
    undone_at: dt.datetime | None


def taken_before(submission_id: int | None) -> tuple[TakenBefore, ...]:
    """Everything taken over into this submission, the newest first. One query, or none."""
    if submission_id is None:
        return ()
    rows = TakeOver.objects.filter(submission_id=submission_id).order_by("-at", "-id")
    columns = ("id", "name", "sha256", "at", "by__name", "kept", "undone_at")
    return tuple(
        TakenBefore(pk, name, sha, at, who, kept, undone)
        for pk, name, sha, at, who, kept, undone in rows.values_list(*columns)
    )


# ------------------------------------------------------------------ mappings


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One state of a mapping."""

    number: int
    at: dt.datetime
    who: str
    steps: int


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """One mapping of an organisation with its states, the newest first."""

    id: int
    name: str
    retired_at: dt.datetime | None
    versions: tuple[VersionRow, ...]

    @property
    def newest(self) -> VersionRow:
        """The state in use."""
        return self.versions[0]


def profiles_of(actor: Actor, organisation_id: int) -> tuple[ProfileRow, ...]:
    """The organisation's mappings, those in use first, the last used before others. One query."""
    if not actor.belongs_to(organisation_id):
        return ()
    rows = (
        ProfileVersion.objects.filter(
            profile__network_id=actor.network_id, profile__organisation_id=organisation_id
        )
        .select_related("profile", "by")
        .order_by("-at", "-number")
    )
    found: dict[int, list[ProfileVersion]] = {}
    for row in rows:
        found.setdefault(row.profile_id, []).append(row)
    made = (_profile_row(versions) for versions in found.values())
    return tuple(sorted(made, key=lambda row: row.retired_at is not None))


def _profile_row(versions: list[ProfileVersion]) -> ProfileRow:
    profile = versions[0].profile
    return ProfileRow(
        id=profile.pk,
        name=profile.name,
        retired_at=profile.retired_at,
        versions=tuple(
            VersionRow(v.number, v.at, v.by.name, len(v.content.get("steps", ()))) for v in versions
        ),
    )


def profile_of(actor: Actor, organisation_id: int, profile_id: int | None) -> MappingProfile | None:
    """The mapping in use with this number; None where the organisation has none such."""
    if profile_id is None:
        return None
    return MappingProfile.objects.filter(
        pk=profile_id,
        network_id=actor.network_id,
        organisation_id=organisation_id,
        retired_at__isnull=True,
    ).first()


def content_of(profile: MappingProfile | None) -> Profile:
    """What the newest version says; nothing where it cannot be understood. One query, or none."""
    if profile is None:
        return Profile()
    newest = profile.versions.order_by("-number").values_list("content", flat=True).first()
    return understood(newest or {})


def understood(raw: Mapping[str, Any]) -> Profile:
    """A stored mapping; an empty one for a format that is not known."""
    try:
        return Profile.from_dict(raw)
    except (ValueError, TypeError, AttributeError):
        return Profile()


@dataclass(frozen=True, slots=True)
class Remembered:
    """One thing a mapping remembers: of which label or place, and what it says."""

    where: str
    says: str


def profile_words(actor: Actor, profile_id: int) -> tuple[Remembered, ...]:
    """What the newest version remembers, in words. Three queries."""
    profile = MappingProfile.objects.filter(pk=profile_id, network_id=actor.network_id).first()
    names = Names.of_network(actor.network_id)
    return tuple(
        Remembered(_where(step), says_words(step.says, names)) for step in content_of(profile).steps
    )


def _where(step: Step) -> str:
    page, _bang, place = step.where.rpartition("!")
    match step.about:
        case About.LABEL:
            return f"„{step.where}“"
        case About.QUESTION:
            return _("Eine Frage zu Ihrer Datei")
        case About.PAGE:
            return _("Blatt „%(page)s“") % {"page": step.where}
        case About.ROW:
            return _("Blatt „%(page)s“, Zeile %(row)s") % {"page": page, "row": place}
        case About.COLUMN:
            return _("Blatt „%(page)s“, Spalte %(column)s") % {"page": page, "column": place}
        case _:
            return _("Blatt „%(page)s“, Zelle %(cell)s") % {"page": page, "cell": place}
