"""Who is told what about a submission: at once where personally asked, else in the digest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse
from django.utils import translation
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wirknetz.foundation import actions as foundation
from wirknetz.measurement.models import Submission, SubmissionNote
from wirknetz.measurement.queries.collection import submissions
from wirknetz.measurement.queries.collection.submissions import Colleague
from wirknetz.measurement.rules.collection import mark_of, may_confirm
from wirknetz.network.rules import Actor

APPROVE_LINK = "measurement.approve"


def page(name: str, submission: Submission) -> str:
    """Address of a page of this submission."""
    kwargs = {
        "slug": submission.round.network.slug,
        "round_id": submission.round_id,
        "organisation_id": submission.organisation_id,
    }
    return reverse(f"measurement:{name}", kwargs=kwargs)


def ask_for_approval(
    submission: Submission, *, colleagues: Iterable[Colleague], by: Actor, at: dt.datetime
) -> None:
    """Ask the leadership by mail with a link for this one act; the others find it waiting.

    Where the organisation has no leadership with mandate, everybody who may approve is asked.
    """
    standing = submissions.standing_of(submission, colleagues)
    able = [c for c in colleagues if c.user_id != by.user_id and may_confirm(c.user_id, standing)]
    asked = [c for c in able if c.leads] or able
    for colleague in asked:
        _ask(submission, colleague, by=by, at=at)


def _ask(submission: Submission, colleague: Colleague, *, by: Actor, at: dt.datetime) -> None:
    address = foundation.create_link(
        purpose=APPROVE_LINK,
        email=colleague.email,
        name=colleague.name,
        user_id=colleague.user_id,
        on_behalf_id=submission.organisation_id,
        on_behalf_label=submission.organisation.name,
        scope_id=submission.round.network_id,
        payload={
            "round": submission.round_id,
            "organisation": submission.organisation_id,
            "revision": submission.revision,
            "submitted_at": at.isoformat(),
        },
        at=at,
    )
    _tell_asked(submission, colleague, by=by, at=at)
    with translation.override(colleague.language):
        foundation.send_mail(
            key=f"approve:{submission.pk}:{at.isoformat()}:{colleague.user_id}",
            to=colleague.email,
            subject=gettext("Bitte bestätigen: %(round)s") % {"round": submission.round.title},
            text=_approval_text(submission, colleague, address, by),
            scope_id=submission.round.network_id,
            at=at,
        )


def _tell_asked(
    submission: Submission, colleague: Colleague, *, by: Actor, at: dt.datetime
) -> None:
    """On the page as well, where she looks later; the mail with the link is the one above."""
    foundation.notify(
        user_ids=[colleague.user_id],
        kind="submission.submitted",
        key=f"approve:{submission.pk}:{at.isoformat()}",
        subject=format_lazy(_("Bitte bestätigen: {round}"), round=submission.round.title),
        text=format_lazy(
            _("{who} hat die Meldung von {organisation} eingereicht."),
            who=by.name,
            organisation=submission.organisation.name,
        ),
        url=page("submission_review", submission),
        scope_id=submission.round.network_id,
        about=[mark_of(submission)],
        mailed_already=True,
        at=at,
    )


def _approval_text(submission: Submission, colleague: Colleague, address: str, by: Actor) -> str:
    return gettext(
        "Guten Tag %(name)s,\n\n"
        "%(who)s hat die Meldung von %(organisation)s für „%(round)s“ eingereicht. "
        "Sie zählt erst, wenn eine zweite Person sie bestätigt.\n\n"
        "Werte ansehen und bestätigen oder zurückgeben (etwa 5 Minuten):\n%(address)s\n\n"
        "Der Link gilt nur für diese Meldung und 14 Tage lang."
    ) % {
        "name": colleague.name,
        "who": by.name,
        "organisation": submission.organisation.name,
        "round": submission.round.title,
        "address": address,
    }


def tell_returned(submission: Submission, *, reason: str, by: Actor, at: dt.datetime) -> None:
    """Tell at once who submitted it."""
    if submission.submitted_by_id is None or submission.submitted_by_id == by.user_id:
        return
    foundation.notify(
        user_ids=[submission.submitted_by_id],
        kind="submission.returned",
        key=f"returned:{submission.pk}:{at.isoformat()}",
        subject=format_lazy(_("Ihre Meldung kam zurück: {round}"), round=submission.round.title),
        text=format_lazy(_("{who} schreibt: {reason}"), who=by.name, reason=reason),
        url=page("submission", submission),
        scope_id=submission.round.network_id,
        immediate=True,
        about=[mark_of(submission)],
        at=at,
    )


def tell_approved(
    submission: Submission, *, colleagues: Iterable[Colleague], by: Actor, at: dt.datetime
) -> None:
    """Colleagues read it in the next digest."""
    others = [c.user_id for c in colleagues if c.user_id != by.user_id]
    foundation.notify(
        user_ids=others,
        kind="submission.approved",
        key=f"approved:{submission.pk}:{submission.revision}",
        subject=format_lazy(_("Bestätigt: {round}"), round=submission.round.title),
        text=format_lazy(
            _("{who} hat die Meldung von {organisation} bestätigt."),
            who=by.name,
            organisation=submission.organisation.name,
        ),
        url=page("submission_review", submission),
        scope_id=submission.round.network_id,
        at=at,
    )


def tell_reply(submission: Submission, *, text: str, by: Actor, at: dt.datetime) -> None:
    """Whoever returned it last reads the answer in the next digest."""
    returned = (
        SubmissionNote.objects.filter(submission=submission, kind=SubmissionNote.Kind.RETURNED)
        .order_by("-at")
        .first()
    )
    if returned is None or returned.by_id == by.user_id:
        return
    foundation.notify(
        user_ids=[returned.by_id],
        kind="submission.answered",
        key=f"answered:{submission.pk}:{at.isoformat()}",
        subject=format_lazy(
            _("Antwort von {organisation}"), organisation=submission.organisation.name
        ),
        text=text,
        url=page("submission_review", submission),
        scope_id=submission.round.network_id,
        at=at,
    )
