"""Taking values over from a file: all at once, with what is remembered of the file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.http import Http404

from wirknetz.foundation.actions import record_event
from wirknetz.measurement.actions.collection.recording import (
    Choice,
    NotRecorded,
    Recorded,
    Row,
    opened,
    record,
)
from wirknetz.measurement.actions.files.profiles import save_version
from wirknetz.measurement.models import Entry, ProfileVersion, Submission, TakeOver, Upload
from wirknetz.measurement.queries.collection import submissions
from wirknetz.measurement.queries.collection.dossier import plain
from wirknetz.measurement.queries.collection.refusing import require
from wirknetz.measurement.queries.collection.said import value_of
from wirknetz.measurement.queries.files.review import Block, Review
from wirknetz.measurement.queries.files.uploads import find
from wirknetz.measurement.rules.collection import Act
from wirknetz.network.rules import Actor


class ChangedMeanwhile(ValueError):  # noqa: N818
    """Something else would be reported or replaced than the person was shown."""


def take_over(
    *,
    by: Actor,
    review: Review,
    measures: Iterable[int],
    seen: str,
    profile_name: str,
    at: dt.datetime,
) -> int:
    """Report the values of these measures from the file. Returns the number of the take-over.

    The values, what is remembered of the file, the audit events and the end of the waiting
    file are one transaction. ``review`` is worked out before it, since that takes its time;
    ``seen`` is the digest of what the person was shown.

    Raises:
        Http404, Refused: as for recording.
        ChangedMeanwhile: the file, what was said about it or the submission is another by now.
        NotRecorded: a value cannot be stored.
    """
    blocks = review.chosen(measures)
    if not blocks or review.digest != seen:
        raise ChangedMeanwhile
    with transaction.atomic():
        return _take(by, review, blocks, profile_name, at)


def _take(
    by: Actor, review: Review, blocks: Sequence[Block], profile_name: str, at: dt.datetime
) -> int:
    submission, upload = _locked(by, review, at)
    before = _before(submission, [block.measure.id for block in blocks])
    recorded = _record(by, submission, blocks, at)
    version = save_version(
        by=by,
        organisation_id=submission.organisation_id,
        profile=upload.profile,
        name=profile_name,
        content=review.looking.reading.learned,
        at=at,
    )
    made = _remember(upload, by=by, version=version, before=before, recorded=recorded, at=at)
    upload.delete()
    return made.pk


def _locked(by: Actor, review: Review, at: dt.datetime) -> tuple[Submission, Upload]:
    """Both rows, locked; ChangedMeanwhile where the file that waits is not the one shown."""
    shown = review.looking.upload
    round_id, organisation_id = shown.submission.round_id, shown.submission.organisation_id
    submission = opened(by, round_id, organisation_id)
    require(Act.RECORD, by, submissions.standing_of(submission))
    upload = find(
        by, round_id=round_id, organisation_id=organisation_id, upload_id=shown.pk, at=at,
        lock=True,
    )  # fmt: skip
    if upload is None:
        raise Http404
    if upload.steps != shown.steps:
        raise ChangedMeanwhile
    return submission, upload


def _record(
    by: Actor, submission: Submission, blocks: Sequence[Block], at: dt.datetime
) -> Recorded:
    try:
        return record(
            by=by,
            round_id=submission.round_id,
            organisation_id=submission.organisation_id,
            rows=[row for block in blocks for row in _rows(block)],
            choices={b.measure.id: Choice(b.grains[0]) for b in blocks if b.has_one_breakdown},
            at=at,
        )
    except NotRecorded as wrong:
        if any(problem.code == "conflict" for problem in wrong.problems):
            raise ChangedMeanwhile from wrong
        raise


def _rows(block: Block) -> Iterable[Row]:
    for line in block.gone:
        yield Row(line.measure.id, line.cell, None, seen=line.seen)
    for line in block.lines:
        yield Row(
            line.measure.id, line.cell, line.value, seen=line.seen, source=dict(line.source),
            text=line.text,
        )  # fmt: skip


def _before(submission: Submission, measures: Sequence[int]) -> dict[str, Any]:
    """What stands there of these measures, so that it can come back."""
    keys = tuple(f"{number}:" for number in measures)
    rows = Entry.objects.filter(
        submission=submission, measure_id__in=measures, superseded_at__isnull=True
    ).values_list("measure_id", "cell__key", "state", "amount", "n", "source")
    return {
        "measures": list(measures),
        "values": [
            [measure, cell, plain(value_of(state, amount, n)), source]
            for measure, cell, state, amount, n, source in rows
        ],
        "grains": {m: g for m, g in submission.grains.items() if int(m) in measures},
        "unfinished": {k: v for k, v in submission.unfinished.items() if k.startswith(keys)},
    }


def _remember(
    upload: Upload,
    *,
    by: Actor,
    version: ProfileVersion | None,
    before: Mapping[str, Any],
    recorded: Recorded,
    at: dt.datetime,
) -> TakeOver:
    submission = upload.submission
    written = [[measure, cell.key, entry] for (measure, cell), entry in recorded.entries.items()]
    made = TakeOver.objects.create(
        submission=submission,
        revision=submission.revision,
        at=at,
        by_id=by.user_id,
        name=upload.name,
        size=upload.size,
        sha256=upload.sha256,
        kept=upload.kept,
        profile_version=version,
        before=before,
        written=written,
    )
    _tell(made, by=by, values=recorded.changed, at=at)
    return made


def _tell(made: TakeOver, *, by: Actor, values: int, at: dt.datetime) -> None:
    submission, version = made.submission, made.profile_version
    record_event(
        by=by.author_for(submission.organisation_id),
        action="file.taken_over",
        at=at,
        object_type="submission",
        object_id=submission.pk,
        label=str(submission.round.title),
        details={
            "sha256": made.sha256,
            "kept": bool(made.kept),
            "values": values,
            "profile": version.profile_id if version else None,
            "version": version.number if version else None,
        },
    )
