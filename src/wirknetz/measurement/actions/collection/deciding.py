"""Submitting, approving, returning, correcting: every step of a submission after recording."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from wirknetz.foundation.actions import record_event
from wirknetz.foundation.doors import Refused
from wirknetz.measurement.actions.collection import holding, telling
from wirknetz.measurement.models import Approval, Entry, FindingAnswer, Submission, SubmissionNote
from wirknetz.measurement.queries.collection import submissions
from wirknetz.measurement.queries.collection.checking import Remark
from wirknetz.measurement.queries.collection.dossier import Dossier, dossier_of
from wirknetz.measurement.queries.collection.refusing import require
from wirknetz.measurement.rules.collection import MINUTES, SUBMISSION, Act, is_alone, may_see
from wirknetz.network.rules import Actor

LONGEST_REASON = 500
LONGEST_ANSWER = 500


class NotReady(ValueError):  # noqa: N818
    """The submission still has errors, open questions or nothing in it; ``dossier`` shows them."""

    def __init__(self, dossier: Dossier) -> None:
        """Keep what is to be mended."""
        super().__init__("not ready to be submitted")
        self.dossier = dossier


class Unexplained(ValueError):  # noqa: N818
    """A sentence is missing or too long; the text is for the person."""


@transaction.atomic
def submit(*, by: Actor, round_id: int, organisation_id: int, at: dt.datetime) -> None:
    """Hand the submission to the second person, or NotReady. Tells who may approve."""
    submission, colleagues = _locked(by, round_id, organisation_id)
    require(Act.SUBMIT, by, submissions.standing_of(submission, colleagues))
    dossier = dossier_of(submission)
    if not dossier.ready:
        raise NotReady(dossier)
    submission.submitted_at, submission.submitted_by_id = at, by.user_id
    submission.first_submitted_at = submission.first_submitted_at or at
    _move(submission, Act.SUBMIT, at, "submitted_at", "submitted_by", "first_submitted_at")
    _tell(by, "submission.submitted", submission, at, values=len(dossier.values))
    telling.ask_for_approval(submission, colleagues=colleagues, by=by, at=at)


@transaction.atomic
def approve(
    *,
    by: Actor,
    round_id: int,
    organisation_id: int,
    at: dt.datetime,
    seen: str = "",
    agreed: bool = False,
) -> str:
    """Stand behind the values: keep a copy and its hash, and let them count from now on.

    ``seen`` is the hash of what the person was shown; Refused if it is something else by now.
    After the round was closed, others see the change with those of more organisations only, or
    at once where the organisation ``agreed``. Returns the hash.
    """
    submission, colleagues = _locked(by, round_id, organisation_id)
    standing = submissions.standing_of(submission, colleagues)
    require(Act.APPROVE, by, standing)
    dossier = dossier_of(submission)
    _refuse_other_than(seen, dossier)
    alone = is_alone(by.user_id, standing) and by.user_id == submission.submitted_by_id
    _keep_copy(dossier, alone=alone, by=by, at=at)
    _let_count(submission, at)
    submission.approved_at, submission.reason = at, ""
    _move(submission, Act.APPROVE, at, "approved_at", "reason")
    holding.hold_back(submission, agreed=agreed, by=by, at=at)
    _tell(
        by, "submission.approved", submission, at, hash=dossier.content_hash, alone=alone,
        revision=submission.revision, held=submission.held_since is not None,
    )  # fmt: skip
    telling.tell_approved(submission, colleagues=colleagues, by=by, at=at)
    return dossier.content_hash


def _keep_copy(dossier: Dossier, *, alone: bool, by: Actor, at: dt.datetime) -> None:
    """What is approved, as it stands now, with its hash."""
    Approval.objects.create(
        submission=dossier.submission,
        revision=dossier.submission.revision,
        at=at,
        by_id=by.user_id,
        content=dossier.content(),
        content_hash=dossier.content_hash,
        alone=alone,
    )


def _refuse_other_than(seen: str, dossier: Dossier) -> None:
    """Only what was shown is approved, and only without errors."""
    if seen and seen != dossier.content_hash:
        raise Refused(
            _("Die Werte haben sich geändert, seit Sie diese Seite geöffnet haben. "
              "Bitte sehen Sie sie noch einmal an.")
        )  # fmt: skip
    if dossier.errors:  # a rule may have come after the report was submitted
        raise Refused(
            _("In dieser Meldung ist ein Fehler. So kann sie nicht zählen. "
              "Bitte geben Sie sie mit einem Grund zurück.")
        )  # fmt: skip


def _let_count(submission: Submission, at: dt.datetime) -> None:
    """What ended since the last approval stops counting, what stands begins to."""
    rows = Entry.objects.filter(submission=submission)
    rows.filter(
        superseded_at__isnull=False, counted_from__isnull=False, counted_until__isnull=True
    ).update(counted_until=at)
    rows.filter(superseded_at__isnull=True, counted_from__isnull=True).update(counted_from=at)


@transaction.atomic
def return_(
    *, by: Actor, round_id: int, organisation_id: int, reason: str, at: dt.datetime
) -> None:
    """Give it back with a reason. Tells at once who submitted it."""
    submission, colleagues = _locked(by, round_id, organisation_id)
    require(Act.RETURN, by, submissions.standing_of(submission, colleagues))
    text = _explained(reason)
    _move(submission, Act.RETURN, at)
    _note(submission, SubmissionNote.Kind.RETURNED, text, by, at)
    _tell(by, "submission.returned", submission, at)
    telling.tell_returned(submission, reason=text, by=by, at=at)


@transaction.atomic
def reply(*, by: Actor, round_id: int, organisation_id: int, text: str, at: dt.datetime) -> None:
    """Answer a return. The organisation's own people only; whoever returned it is told."""
    submission, _colleagues = _locked(by, round_id, organisation_id)
    if not by.belongs_to(organisation_id):
        raise Http404
    sentence = _explained(text)
    _note(submission, SubmissionNote.Kind.ANSWER, sentence, by, at)
    _tell(by, "submission.answered", submission, at)
    telling.tell_reply(submission, text=sentence, by=by, at=at)


@transaction.atomic
def correct(
    *, by: Actor, round_id: int, organisation_id: int, reason: str, at: dt.datetime
) -> None:
    """Open again what was approved, or report after the round has closed; with a reason.

    What was approved keeps counting until the correction is approved.
    """
    submission, colleagues = _locked(by, round_id, organisation_id)
    approved = submission.state == Submission.State.APPROVED
    act = Act.CORRECT if approved else Act.REPORT_LATE
    require(act, by, submissions.standing_of(submission, colleagues))
    submission.reason = _explained(reason)
    submission.revision += approved
    _move(submission, act, at, "reason", "revision")
    _note(submission, SubmissionNote.Kind.CORRECTION, submission.reason, by, at)
    _tell(by, "submission.reopened", submission, at, revision=submission.revision)


@transaction.atomic
def answer(
    *, by: Actor, round_id: int, organisation_id: int, answers: dict[str, str], at: dt.datetime
) -> None:
    """Answer questions of the check with a sentence each; an empty one takes the answer back.

    Only questions that are open for what stands there now can be answered, errors never.
    """
    submission, colleagues = _locked(by, round_id, organisation_id)
    require(Act.RECORD, by, submissions.standing_of(submission, colleagues))
    asked = {remark.key: remark for remark in dossier_of(submission).questions}
    given = {key: text.strip() for key, text in answers.items() if key in asked}
    if any(len(text) > LONGEST_ANSWER for text in given.values()):
        raise Unexplained(_("Eine Antwort ist zu lang. Bitte schreiben Sie höchstens 500 Zeichen."))
    changed = {asked[key]: text for key, text in given.items() if text != asked[key].answer}
    _store_answers(submission, changed, by, at)
    if changed:
        _tell(by, "submission.questions_answered", submission, at, answers=len(changed))


def _store_answers(
    submission: Submission, given: dict[Remark, str], by: Actor, at: dt.datetime
) -> None:
    """Each answer beside the one before it, which ends now."""
    keys = [remark.key for remark in given]
    FindingAnswer.objects.filter(
        submission=submission, finding__in=keys, superseded_at__isnull=True
    ).update(superseded_at=at, superseded_by=by.user_id)
    FindingAnswer.objects.bulk_create(
        FindingAnswer(
            submission=submission, finding=remark.key, measure_id=remark.measure_id,
            cell=remark.cell.key, question=remark.sentence[:1000], text=text, at=at,
            by_id=by.user_id,
        )
        for remark, text in given.items()
        if text
    )  # fmt: skip


@transaction.atomic
def tell_minutes(
    *, by: Actor, round_id: int, organisation_id: int, minutes: int, at: dt.datetime
) -> None:
    """Keep about how long it took; asked once, the first answer stands."""
    submission, _colleagues = _locked(by, round_id, organisation_id)
    if not by.belongs_to(organisation_id):
        raise Http404
    if minutes not in MINUTES:
        raise Unexplained(_("Bitte wählen Sie eine der vier Angaben."))
    if submission.minutes is None:
        submission.minutes = minutes
        submission.save(update_fields=["minutes"])
        _tell(by, "submission.minutes_told", submission, at, minutes=minutes)


def _locked(
    by: Actor, round_id: int, organisation_id: int
) -> tuple[Submission, tuple[submissions.Colleague, ...]]:
    """The locked submission and who else belongs to the organisation; 404 for strangers."""
    found = (
        submissions.find(
            network_id=by.network_id,
            round_id=round_id,
            organisation_id=organisation_id,
            lock=True,
        )
        if may_see(by, organisation_id)
        else None
    )
    if found is None:
        raise Http404
    return found, submissions.colleagues_of(by.network_id, [organisation_id])


def _move(submission: Submission, act: Act, at: dt.datetime, *fields: str) -> None:
    submission.state = SUBMISSION[submission.state, act]
    submission.changed_at = at
    submission.save(update_fields=["state", "changed_at", *fields])


def _explained(text: str) -> str:
    sentence = text.strip()
    if not sentence:
        raise Unexplained(_("Bitte schreiben Sie einen Satz dazu."))
    if len(sentence) > LONGEST_REASON:
        raise Unexplained(_("Das ist zu lang. Bitte schreiben Sie höchstens 500 Zeichen."))
    return sentence


def _note(submission: Submission, kind: str, text: str, by: Actor, at: dt.datetime) -> None:
    SubmissionNote.objects.create(
        submission=submission, kind=kind, text=text, at=at, by_id=by.user_id,
        revision=submission.revision,
    )  # fmt: skip


def _tell(by: Actor, action: str, submission: Submission, at: dt.datetime, **details: Any) -> None:
    record_event(
        by=by.author_for(submission.organisation_id),
        action=action,
        at=at,
        object_type="submission",
        object_id=submission.pk,
        label=f"{submission.organisation.name} · {submission.round.title}",
        details=details,
    )
