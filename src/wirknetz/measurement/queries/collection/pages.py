"""What the pages of one submission show, as far as the person may see it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from wirknetz.core.values import Cell
from wirknetz.measurement.models import (
    Expectation,
    Round,
    Submission,
    SubmissionNote,
)
from wirknetz.measurement.queries.collection import said, submissions
from wirknetz.measurement.queries.collection.dossier import Dossier, dossier_of
from wirknetz.measurement.queries.collection.form import FormView, form_of
from wirknetz.measurement.queries.collection.lines import Line, lines_of
from wirknetz.measurement.queries.collection.structure import AskedMeasure
from wirknetz.measurement.queries.collection.todo import CheckView, check_of
from wirknetz.measurement.rules.collection import (
    MINUTES,
    SENTENCES,
    Act,
    Standing,
    is_alone,
    may_see,
    refusal,
)
from wirknetz.network.models import Organisation
from wirknetz.network.rules import Actor


@dataclass(frozen=True, slots=True)
class NoteView:
    """What somebody wrote about the submission."""

    kind: str
    kind_label: str
    text: str
    who: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class ApprovalView:
    """Who stood behind which revision."""

    revision: int
    who: str
    at: dt.datetime
    content_hash: str
    alone: bool


@dataclass(frozen=True)
class Page:
    """A submission as one person sees it."""

    actor: Actor
    dossier: Dossier
    notes: tuple[NoteView, ...]
    approvals: tuple[ApprovalView, ...]

    @property
    def submission(self) -> Submission:
        """The row itself."""
        return self.dossier.submission

    @property
    def own(self) -> bool:
        """Whether the person acts for this organisation."""
        return self.actor.belongs_to(self.submission.organisation_id)

    @cached_property
    def standing(self) -> Standing:
        """What the rules need to know."""
        return submissions.standing_of(self.submission, self.dossier.colleagues)

    def may(self, act: Act) -> bool:
        """Whether the person may do this now."""
        return refusal(act, self.actor, self.standing) is None

    def why_not(self, act: Act) -> str:
        """The sentence of why not; empty where she may."""
        found = refusal(act, self.actor, self.standing)
        return str(SENTENCES[found]) if found else ""

    @property
    def may_record(self) -> bool:
        """Whether values can be typed."""
        return self.may(Act.RECORD)

    @property
    def may_submit(self) -> bool:
        """Whether the submission can be handed over, once nothing is wrong."""
        return self.may(Act.SUBMIT)

    @property
    def may_approve(self) -> bool:
        """Whether this person may confirm."""
        return self.may(Act.APPROVE)

    @property
    def may_return(self) -> bool:
        """Whether this person may give it back."""
        return self.may(Act.RETURN)

    @property
    def may_correct(self) -> bool:
        """Whether this person may open it again."""
        return self.may(Act.CORRECT) or self.may(Act.REPORT_LATE)

    @property
    def after_closing(self) -> bool:
        """Whether others may have seen figures without what is to be approved."""
        return self.submission.round.closed_at is not None

    @property
    def why_no_approval(self) -> str:
        """Why this person may not confirm."""
        return self.why_not(Act.APPROVE)

    @property
    def alone(self) -> bool:
        """Whether nobody else of the organisation could confirm."""
        return is_alone(self.actor.user_id, self.standing)

    @property
    def late_only(self) -> bool:
        """Whether the round is over and a reason is needed first."""
        return self.may(Act.REPORT_LATE) and not self.may(Act.RECORD)

    @cached_property
    def form(self) -> FormView:
        """The form."""
        return form_of(self.dossier)

    @property
    def returned(self) -> NoteView | None:
        """The last return of this submission while it is being worked on."""
        if self.submission.state not in {Submission.State.RETURNED, Submission.State.DRAFT}:
            return None
        since = self.submission.approved_at
        found = [n for n in self.notes if n.kind == SubmissionNote.Kind.RETURNED]
        return found[-1] if found and (since is None or found[-1].at > since) else None

    @property
    def asks_minutes(self) -> bool:
        """Whether to ask how long it took: once, after the first approval."""
        return self.own and bool(self.approvals) and self.submission.minutes is None

    @property
    def minutes(self) -> tuple[int, ...]:
        """What may be answered."""
        return MINUTES

    @cached_property
    def submitted_by(self) -> str:
        """The name of who submitted."""
        number_ = self.submission.submitted_by_id
        return said.names([number_]).get(number_ or 0, "")

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Everything said, with the change against the period before."""
        return lines_of(self.dossier)

    @cached_property
    def check(self) -> CheckView:
        """What stands between the values and submitting."""
        return check_of(self.dossier)


def page_of(*, actor: Actor, round_id: int, organisation_id: int) -> Page | None:
    """The submission as this person sees it; None where she may not know of it.

    A constant number of queries. Where the organisation is asked but has not begun yet, the
    submission is a fresh one that is not stored.
    """
    if not may_see(actor, organisation_id):
        return None
    submission = submissions.find(
        network_id=actor.network_id, round_id=round_id, organisation_id=organisation_id
    ) or _fresh(actor.network_id, round_id, organisation_id)
    if submission is None:
        return None
    return Page(actor, dossier_of(submission), _notes(submission), _approvals(submission))


def _fresh(network_id: int, round_id: int, organisation_id: int) -> Submission | None:
    round_ = (
        Round.objects.select_related("network").filter(pk=round_id, network_id=network_id).first()
    )
    asked = Expectation.objects.filter(round_id=round_id, organisation_id=organisation_id)
    if round_ is None or not asked.exists():
        return None
    organisation = Organisation.objects.get(pk=organisation_id)
    return Submission(round=round_, organisation=organisation)


def _notes(submission: Submission) -> tuple[NoteView, ...]:
    if submission.pk is None:
        return ()
    rows = submission.notes.select_related("by").order_by("at", "id")
    return tuple(NoteView(r.kind, str(r.get_kind_display()), r.text, r.by.name, r.at) for r in rows)


def _approvals(submission: Submission) -> tuple[ApprovalView, ...]:
    if submission.pk is None:
        return ()
    rows = submission.approvals.select_related("by").defer("content").order_by("revision")
    return tuple(ApprovalView(r.revision, r.by.name, r.at, r.content_hash, r.alone) for r in rows)


@dataclass(frozen=True, slots=True)
class HistoryView:
    """The history of one value."""

    measure: AskedMeasure
    label: str
    rows: tuple[said.HistoryRow, ...]
    answers: tuple[said.AnswerRow, ...]


def history_of(page: Page, *, measure_id: int, key: str) -> HistoryView | None:
    """Everything said at this place; None where the place does not exist. Two queries."""
    measure = page.dossier.asked.measures.get(measure_id)
    try:
        cell = Cell.parse(key)
    except (ValueError, TypeError):
        return None
    if measure is None or not page.dossier.asked.knows(cell) or page.submission.pk is None:
        return None
    return HistoryView(
        measure=measure,
        label=page.dossier.asked.cell_label(cell),
        rows=said.history(submission_id=page.submission.pk, measure_id=measure_id, cell=cell),
        answers=said.answers(submission_id=page.submission.pk, measure_id=measure_id, cell=cell),
    )
