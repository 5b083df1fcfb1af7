"""A file that is looked at: it waits with its steps and leaves no trace where nothing came of it.

No value is stored here and no audit event is written: what a person discards is gone.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from wirknetz.core.files.grid import Book
from wirknetz.core.files.packing import pack
from wirknetz.core.files.recognition.model import Step
from wirknetz.foundation.doors import Refused
from wirknetz.measurement.actions.collection.recording import opened
from wirknetz.measurement.models import TakeOver, Upload
from wirknetz.measurement.queries.collection import submissions
from wirknetz.measurement.queries.collection.refusing import require
from wirknetz.measurement.queries.files.uploads import find, profile_of, step_of
from wirknetz.measurement.rules.collection import Act
from wirknetz.measurement.rules.files import LONGEST_STEP, MOST_STEPS, WAITS_FOR
from wirknetz.network.rules import Actor

FOLDER: Final = "partner-files"


@transaction.atomic
def stage(
    *,
    by: Actor,
    round_id: int,
    organisation_id: int,
    book: Book,
    content: bytes,
    profile_id: int | None,
    at: dt.datetime,
) -> int:
    """Let what was read wait for this person, in place of what waited before. Returns its number.

    ``content`` is kept only where the network keeps files. Http404 or Refused as for recording.
    """
    submission = opened(by, round_id, organisation_id)
    require(Act.RECORD, by, submissions.standing_of(submission))
    profile = profile_of(by, organisation_id, profile_id)
    for former in Upload.objects.filter(submission=submission, by_id=by.user_id):
        _delete(former)
    keeps = submission.round.network.keep_files
    return Upload.objects.create(
        submission=submission,
        by_id=by.user_id,
        at=at,
        expires_at=at + WAITS_FOR,
        name=book.name[:200],
        size=len(content),
        sha256=book.sha256,
        book=pack(book),
        profile=profile,
        kept=_keep(content) if keeps else "",
    ).pk


def _keep(content: bytes) -> str:
    """Into the storage, under a name that tells nothing; out of it again if all this fails."""
    name = default_storage.save(f"{FOLDER}/{uuid.uuid4().hex}", ContentFile(content))
    return str(name)


@transaction.atomic
def say(
    *, by: Actor, round_id: int, organisation_id: int, upload_id: int,
    steps: Sequence[tuple[Step, str]], at: dt.datetime,
) -> None:  # fmt: skip
    """Add what the person said about the file: each step with how it reads to her."""
    upload = _mine(by, round_id, organisation_id, upload_id, at)
    if len(upload.steps) + len(steps) > MOST_STEPS:
        raise Refused(
            _("Das sind zu viele Angaben zu einer Datei. Bitte nehmen Sie einige zurück.")
        )
    if any(len(step.where) + len(step.says) > LONGEST_STEP for step, _words in steps):
        raise Refused(_("Diese Angabe ist zu lang."))
    upload.steps = [*upload.steps, *(s.as_dict() | {"words": words[:400]} for s, words in steps)]
    upload.save(update_fields=["steps"])


@transaction.atomic
def take_back(
    *, by: Actor, round_id: int, organisation_id: int, upload_id: int, number: int, step: Step,
    at: dt.datetime,
) -> bool:  # fmt: skip
    """Leave out what was said as number so-and-so; False if something else stands there."""
    upload = _mine(by, round_id, organisation_id, upload_id, at)
    if not 0 <= number < len(upload.steps) or step_of(upload.steps[number]) != step:
        return False
    upload.steps = [*upload.steps[:number], *upload.steps[number + 1 :]]
    upload.save(update_fields=["steps"])
    return True


@transaction.atomic
def discard(
    *, by: Actor, round_id: int, organisation_id: int, upload_id: int, at: dt.datetime
) -> None:
    """Delete what waits, and the file if it was kept."""
    _delete(_mine(by, round_id, organisation_id, upload_id, at))


@transaction.atomic
def remove_expired(*, at: dt.datetime) -> int:
    """Delete what nobody took over in time. Returns how many."""
    expired = list(Upload.objects.filter(expires_at__lte=at))
    for upload in expired:
        _delete(upload)
    return len(expired)


def remove_stray_files(*, at: dt.datetime) -> int:
    """Delete kept files that nothing refers to, such as of a request that failed half way."""
    try:
        names = [f"{FOLDER}/{name}" for name in default_storage.listdir(FOLDER)[1]]
    except FileNotFoundError:
        return 0
    known = {*TakeOver.objects.filter(kept__in=names).values_list("kept", flat=True)}
    known |= {*Upload.objects.filter(kept__in=names).values_list("kept", flat=True)}
    stray = [n for n in names if n not in known and _is_old(n, at)]
    for name in stray:
        default_storage.delete(name)
    return len(stray)


def _is_old(name: str, at: dt.datetime) -> bool:
    return default_storage.get_created_time(name) < at - WAITS_FOR


def _mine(
    by: Actor, round_id: int, organisation_id: int, upload_id: int, at: dt.datetime
) -> Upload:
    """The locked upload of this person, or Http404."""
    found = find(
        by, round_id=round_id, organisation_id=organisation_id, upload_id=upload_id, at=at,
        lock=True,
    )  # fmt: skip
    if found is None:
        raise Http404
    require(Act.RECORD, by, submissions.standing_of(found.submission))
    return found


def _delete(upload: Upload) -> None:
    kept = upload.kept
    upload.delete()
    if kept and not TakeOver.objects.filter(kept=kept).exists():
        transaction.on_commit(lambda: default_storage.delete(kept))
