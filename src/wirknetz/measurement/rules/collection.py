"""Who may record, submit, return, approve and correct, and which state follows which.

``SUBMISSION`` is the one table of states; the diagram in ``docs/states/submission.md`` and the
tests are made from it. What the table allows may still be refused: ``refusal`` says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from django.utils.translation import gettext_lazy as _

from wirknetz.measurement.models import Submission
from wirknetz.network.rules import Actor

State = Submission.State


class Act(StrEnum):
    """What may happen to a submission."""

    RECORD = "record"
    SUBMIT = "submit"
    RETURN = "return"
    APPROVE = "approve"
    CORRECT = "correct"  # what was approved is opened again, with a reason
    REPORT_LATE = "report_late"  # the round has closed: only with a reason


SUBMISSION: Final[Mapping[tuple[str, Act], str]] = MappingProxyType(
    {
        (State.OPEN, Act.RECORD): State.DRAFT,
        (State.DRAFT, Act.RECORD): State.DRAFT,
        (State.RETURNED, Act.RECORD): State.DRAFT,
        (State.DRAFT, Act.SUBMIT): State.SUBMITTED,
        (State.RETURNED, Act.SUBMIT): State.SUBMITTED,
        (State.SUBMITTED, Act.RETURN): State.RETURNED,
        (State.SUBMITTED, Act.APPROVE): State.APPROVED,
        (State.APPROVED, Act.CORRECT): State.DRAFT,
        (State.OPEN, Act.REPORT_LATE): State.DRAFT,
        (State.DRAFT, Act.REPORT_LATE): State.DRAFT,
        (State.RETURNED, Act.REPORT_LATE): State.DRAFT,
    }
)
"""Which act leads from which state to which."""

ACT_LABELS: Final = {
    Act.RECORD: _("eintragen"),
    Act.SUBMIT: _("einreichen"),
    Act.RETURN: _("zurückgeben, mit Grund"),
    Act.APPROVE: _("bestätigen"),
    Act.CORRECT: _("korrigieren, mit Grund"),
    Act.REPORT_LATE: _("nachmelden nach Schluss, mit Grund"),
}

NEEDS_REASON: Final = frozenset({Act.RETURN, Act.CORRECT, Act.REPORT_LATE})
"""Acts that need a sentence of why."""

MINUTES: Final = (5, 15, 30, 60)
"""What may be answered to: about how long did it take?"""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the rules need to know of a submission.

    ``colleagues`` are the user numbers of everybody of the organisation who has an account;
    ``explained`` says that a reason for a correction or a late report is given.
    """

    organisation_id: int
    state: str
    opened: bool = True
    closed: bool = False
    explained: bool = False
    submitted_by: int | None = None
    second_person: bool = True
    colleagues: frozenset[int] = frozenset()


class Refusal(StrEnum):
    """Why an act is not allowed."""

    NOT_YOURS = "not_yours"
    NOT_OPEN_YET = "not_open_yet"
    CLOSED = "closed"
    STILL_OPEN = "still_open"
    STATE = "state"
    SECOND_PERSON = "second_person"


SENTENCES: Final = {
    Refusal.NOT_YOURS: _("Das dürfen nur Personen dieser Organisation."),
    Refusal.NOT_OPEN_YET: _("Diese Runde ist noch nicht geöffnet."),
    Refusal.CLOSED: _(
        "Diese Runde ist geschlossen. Sie können nachmelden oder korrigieren, wenn Sie einen "
        "Grund angeben."
    ),
    Refusal.STILL_OPEN: _("Diese Runde ist noch offen. Sie können ohne Begründung melden."),
    Refusal.STATE: _(
        "Das geht im jetzigen Stand der Meldung nicht. Bitte laden Sie die Seite neu: "
        "Vielleicht war jemand aus Ihrer Organisation schneller."
    ),
    Refusal.SECOND_PERSON: _(
        "Sie haben diese Meldung selbst eingereicht. Bitte lassen Sie eine zweite Person Ihrer "
        "Organisation bestätigen."
    ),
}


def may_see(actor: Actor, organisation_id: int) -> bool:
    """The values of a submission: the organisation's own people and the coordinating office."""
    return actor.coordinator or actor.belongs_to(organisation_id)


def may_see_board(actor: Actor) -> bool:
    """Who is where in a round: everybody who reports and the coordinating office."""
    return actor.coordinator or bool(actor.standings)


def may_report(actor: Actor) -> bool:
    """Whoever acts for an organisation may open forms; which one, the submission decides."""
    return bool(actor.standings)


def refusal(act: Act, actor: Actor, standing: Standing) -> Refusal | None:
    """Why this person may not do this now; None where she may."""
    late = standing.closed and not standing.explained
    grounds = (
        (Refusal.NOT_YOURS, not _is_hers(act, actor, standing)),
        (Refusal.NOT_OPEN_YET, not standing.opened),
        (Refusal.STATE, (standing.state, act) not in SUBMISSION),
        (Refusal.STILL_OPEN, act is Act.REPORT_LATE and not standing.closed),
        (Refusal.CLOSED, act in {Act.RECORD, Act.SUBMIT} and late),
        (Refusal.SECOND_PERSON, act is Act.APPROVE and not may_confirm(actor.user_id, standing)),
    )
    return next((refusal for refusal, applies in grounds if applies), None)


def _is_hers(act: Act, actor: Actor, standing: Standing) -> bool:
    """The coordinating office may return with a reason, and nothing else."""
    if act is Act.RETURN and actor.coordinator:
        return True
    return actor.belongs_to(standing.organisation_id)


def may_confirm(user_id: int, standing: Standing) -> bool:
    """A second person where there is one and the network wants it so."""
    if not standing.second_person or user_id != standing.submitted_by:
        return True
    return is_alone(user_id, standing)


def is_alone(user_id: int, standing: Standing) -> bool:
    """Whether nobody else of the organisation could confirm."""
    return not (standing.colleagues - {user_id})


def following(state: str) -> Iterable[tuple[Act, str]]:
    """What may happen in this state, and where it leads."""
    return ((act, after) for (before, act), after in SUBMISSION.items() if before == state)


def diagram() -> str:
    """The states as a Mermaid diagram, made from the table."""
    labels = "\n".join(f"  {state.value} : {state.label}" for state in State)
    arrows = "\n".join(
        f"  {before} --> {after} : {ACT_LABELS[act]}" for (before, act), after in SUBMISSION.items()
    )
    return f"stateDiagram-v2\n{labels}\n  [*] --> {State.OPEN.value}\n{arrows}\n"


def report_mark(round_id: int, organisation_id: int, revision: int = 1) -> str:
    """The mark of a report that is asked for, as notifications and what waits name it."""
    return f"report:{round_id}:{organisation_id}:{revision}"


def mark_of(submission: Submission) -> str:
    """The mark of what is asked now: to report, to look at what came back, or to approve."""
    if submission.state in (State.SUBMITTED, State.RETURNED):
        moment = submission.submitted_at.timestamp() if submission.submitted_at else 0
        return f"{submission.state}:{submission.pk}:{moment:.0f}"
    return report_mark(submission.round_id, submission.organisation_id, submission.revision)
