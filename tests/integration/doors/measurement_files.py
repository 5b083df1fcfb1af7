"""Who gets an answer at the pages around partners' own files: nobody but the organisation."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from tests.integration.doors.measurement_collection import FOREIGN, one_submission
from tests.integration.doors.table import OWN, act, page, public_page
from tests.world import NOW, Role, World
from wirknetz.core.files.grid import Book, FileKind, GridCell, Page
from wirknetz.core.files.recognition.model import About, Profile, Step
from wirknetz.measurement.actions import files as actions
from wirknetz.measurement.models import (
    MappingProfile,
    ProfileVersion,
    Submission,
    TakeOver,
    Upload,
)

TYPIST = frozenset({Role.PRACTITIONER_OWN})
"""A file waits for the person who brought it, and for nobody else."""
OTHERS = FOREIGN | {Role.LEADERSHIP_OWN}


def book() -> Book:
    """One sheet with a label and a number."""
    texts = {(0, 0): "Kennzahl", (0, 1): "Anzahl", (1, 0): "Begonnen", (1, 1): Decimal(12)}
    page_ = Page("Q3", {at: GridCell(what) for at, what in texts.items()}, rows=2, columns=2)
    return Book("quartal.xlsx", FileKind.XLSX, "ab" * 32, (page_,))


def waiting(world: World) -> Mapping[str, Any]:
    where = one_submission(world)
    number = actions.stage(
        by=world.actor(Role.PRACTITIONER_OWN), round_id=where["round_id"],
        organisation_id=world.own.pk, book=book(), content=b"x", profile_id=None,
        at=timezone.now(),
    )  # fmt: skip
    step = Step(About.LABEL, "begonnen", "measure:begonnen")
    Upload.objects.filter(pk=number).update(steps=[step.as_dict() | {"words": "Begonnen"}])
    return {**where, "upload_id": number}


def taken(world: World) -> Mapping[str, Any]:
    where = one_submission(world)
    submission = Submission.objects.get(round_id=where["round_id"], organisation=world.own)
    made = TakeOver.objects.create(
        submission=submission, revision=1, at=NOW, by=world.user(Role.PRACTITIONER_OWN),
        name="quartal.xlsx", size=1, sha256="ab" * 32, written=[],
        kept=default_storage.save("partner-files/x", ContentFile(b"PK")),
        before={"measures": [], "values": [], "grains": {}, "unfinished": {}},
    )  # fmt: skip
    return {**where, "take_over_id": made.pk}


def profiles(world: World) -> Mapping[str, Any]:
    return {"slug": world.network.slug, "organisation_id": world.own.pk}


def profile(world: World) -> Mapping[str, Any]:
    made = MappingProfile.objects.create(
        network=world.network, organisation=world.own, name="Quartal", created_at=NOW
    )
    for number in (1, 2):
        step = Step(About.LABEL, f"zugang {number}", "measure:begonnen")
        ProfileVersion.objects.create(
            profile=made, number=number, content=Profile((step,)).as_dict(), at=NOW,
            by=world.user(Role.PRACTITIONER_OWN),
        )  # fmt: skip
    return {**profiles(world), "profile_id": made.pk}


def version(world: World) -> Mapping[str, Any]:
    return {**profile(world), "number": 1}


def pointed(world: World) -> Mapping[str, Any]:
    return {"ort": "A2", "scope": "place|q3!A2", "what": "means", "measure": "begonnen"}


def step(world: World) -> Mapping[str, Any]:
    return {"number": "0", "about": "label", "where": "begonnen", "says": "measure:begonnen"}


def new_name(world: World) -> Mapping[str, Any]:
    return {"name": "Unsere Zahlen"}


ROWS = (
    public_page("measurement:counting_page"),
    page("measurement:upload", OWN, one_submission, post=True, hidden=FOREIGN),
    page("measurement:upload_look", TYPIST, waiting, hidden=OTHERS),
    act("measurement:upload_say", TYPIST, waiting, hidden=OTHERS, data=pointed),
    act("measurement:upload_take_back", TYPIST, waiting, hidden=OTHERS, data=step),
    page("measurement:upload_review", TYPIST, waiting, post=True, hidden=OTHERS),
    page("measurement:upload_discard", TYPIST, waiting, post=True, hidden=OTHERS),
    page("measurement:take_over_undo", OWN, taken, post=True, hidden=FOREIGN),
    page("measurement:take_over_file", OWN, taken, hidden=FOREIGN),
    page("measurement:profiles", OWN, profiles, hidden=FOREIGN),
    page("measurement:profile", OWN, profile, post=True, hidden=FOREIGN, data=new_name),
    act("measurement:profile_retire", OWN, profile, hidden=FOREIGN),
    act("measurement:profile_restore", OWN, profile, hidden=FOREIGN),
    act("measurement:profile_use_again", OWN, version, hidden=FOREIGN),
)
