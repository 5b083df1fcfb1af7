"""Who is where in a round, and what lies before one's own organisations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import Count
from django.utils import timezone

from wirknetz.core.measures import Completeness
from wirknetz.foundation.models import Notification
from wirknetz.measurement.models import Expectation, Round, Submission
from wirknetz.measurement.queries.collection.complete import completeness_of
from wirknetz.measurement.queries.collection.submissions import Colleague, colleagues_of
from wirknetz.measurement.rules.collection import may_see
from wirknetz.measurement.rules.rounds import OUTSTANDING
from wirknetz.network.models import Organisation
from wirknetz.network.rules import Actor

State = Submission.State
KINDS: Final = {
    State.OPEN: "neutral",
    State.DRAFT: "progress",
    State.SUBMITTED: "waiting",
    State.RETURNED: "warning",
    State.APPROVED: "success",
}
"""How each state looks as a badge."""
REMINDED: Final = "submission.reminded"


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One organisation. What others may not see of it is None or empty."""

    organisation_id: int
    name: str
    state: str
    state_label: str
    kind: str
    late: bool
    own: bool
    visible: bool
    asked: int | None = None
    answered: int | None = None
    explicit: int | None = None  # of the answered ones those that say why there is no amount
    changed_at: dt.datetime | None = None
    next_person: str = ""
    nobody: bool = False
    can_remind: bool = False
    reminded: bool = False


@dataclass(frozen=True, slots=True)
class StateCount:
    """How many organisations are in a state."""

    state: str
    label: str
    kind: str
    count: int
    current: bool


@dataclass(frozen=True, slots=True)
class Board:
    """A round and where everybody is."""

    round: Round
    rows: tuple[BoardRow, ...]
    counts: tuple[StateCount, ...]
    total: int
    approved: int
    late: int
    wanted: str
    only_late: bool


def board_of(
    *, actor: Actor, round_id: int, at: dt.datetime, state: str = "", only_late: bool = False
) -> Board | None:
    """Who is where; None for a round of another network. Ten queries, whatever its size.

    The coordinating office sees everything; partners see the state of everybody, and details
    of their own organisations only.
    """
    round_ = Round.objects.filter(pk=round_id, network_id=actor.network_id).first()
    if round_ is None:
        return None
    rows = _rows(actor, round_, at)
    shown = [r for r in rows if (not state or r.state == state) and (r.late or not only_late)]
    return Board(
        round=round_,
        rows=tuple(shown),
        counts=tuple(_counts(rows, state)),
        total=len(rows),
        approved=sum(r.state == State.APPROVED for r in rows),
        late=sum(r.late for r in rows),
        wanted=state,
        only_late=only_late,
    )


def _counts(rows: Iterable[BoardRow], wanted: str) -> Iterable[StateCount]:
    states = [row.state for row in rows]
    for state in State:
        if count := states.count(state.value):
            yield StateCount(
                state.value, str(state.label), KINDS[state], count, state.value == wanted
            )


@dataclass(frozen=True, slots=True)
class _Ground:
    """What all rows are made from."""

    actor: Actor
    round: Round
    day: dt.date
    submissions: Mapping[int, Submission]
    complete: Mapping[int, Completeness]
    asked: Mapping[int, int]
    colleagues: Mapping[int, tuple[Colleague, ...]]
    reminded: frozenset[str]


def _rows(actor: Actor, round_: Round, at: dt.datetime) -> list[BoardRow]:
    expected = Expectation.objects.filter(round=round_)
    asked = dict(expected.values_list("organisation_id").annotate(n=Count("id")))
    found = Submission.objects.filter(round=round_).defer("unfinished")
    seen = [organisation_id for organisation_id in asked if may_see(actor, organisation_id)]
    day = timezone.localdate(at)
    ground = _Ground(
        actor=actor,
        round=round_,
        day=day,
        submissions={s.organisation_id: s for s in found},
        complete=_complete([s for s in found if s.organisation_id in seen], asked, actor),
        asked=asked,
        colleagues=_by_organisation(colleagues_of(actor.network_id, seen)),
        reminded=_reminded(actor, round_, day),
    )
    organisations = Organisation.objects.filter(id__in=list(asked)).order_by("name")
    return [_row(ground, organisation) for organisation in organisations]


def _complete(
    found: Iterable[Submission], asked: Mapping[int, int], actor: Actor
) -> dict[int, Completeness]:
    """By organisation."""
    house = {s.pk: s.organisation_id for s in found}
    counts = {pk: asked[organisation_id] for pk, organisation_id in house.items()}
    known = completeness_of(found, asked=counts, network_id=actor.network_id)
    return {house[pk]: complete for pk, complete in known.items()}


def _by_organisation(found: Iterable[Colleague]) -> dict[int, tuple[Colleague, ...]]:
    grouped: dict[int, tuple[Colleague, ...]] = {}
    for colleague in found:
        here = grouped.get(colleague.organisation_id, ())
        grouped[colleague.organisation_id] = (*here, colleague)
    return grouped


def _reminded(actor: Actor, round_: Round, day: dt.date) -> frozenset[str]:
    if not actor.coordinator:
        return frozenset()
    prefix = f"{REMINDED}:{round_.pk}:"
    keys = Notification.objects.filter(kind=REMINDED, key__startswith=prefix)
    return frozenset(keys.values_list("key", flat=True))


def reminder_key(round_id: int, organisation_id: int, day: dt.date) -> str:
    """The same reminder is sent once a day."""
    return f"{REMINDED}:{round_id}:{organisation_id}:{day.isoformat()}"


def _row(ground: _Ground, organisation: Organisation) -> BoardRow:
    submission = ground.submissions.get(organisation.pk)
    state = State(submission.state if submission else State.OPEN)
    visible = may_see(ground.actor, organisation.pk)
    row = BoardRow(
        organisation_id=organisation.pk,
        name=organisation.name,
        state=state.value,
        state_label=str(state.label),
        kind=KINDS[state],
        late=is_late(ground.round, submission, ground.day),
        own=ground.actor.belongs_to(organisation.pk),
        visible=visible,
    )
    return _with_details(row, ground, submission) if visible else row


def _with_details(row: BoardRow, ground: _Ground, submission: Submission | None) -> BoardRow:
    key = reminder_key(ground.round.pk, row.organisation_id, ground.day)
    people = ground.colleagues.get(row.organisation_id, ())
    complete = ground.complete.get(row.organisation_id)
    return BoardRow(
        row.organisation_id, row.name, row.state, row.state_label, row.kind, row.late, row.own,
        row.visible,
        asked=ground.asked.get(row.organisation_id, 0),
        answered=complete.answered + complete.explicit if complete else 0,
        explicit=complete.explicit if complete else 0,
        changed_at=submission.changed_at if submission else None,
        next_person=", ".join(c.name for c in next_people(row.state, submission, people)),
        nobody=not people,
        can_remind=ground.actor.coordinator
        and row.state != State.APPROVED
        and ground.round.opened_at is not None
        and bool(people),
        reminded=key in ground.reminded,
    )  # fmt: skip


def next_people(
    state: str, submission: Submission | None, people: Iterable[Colleague]
) -> tuple[Colleague, ...]:
    """Whose turn it is: who types, who confirms, who reads a return."""
    found, by = tuple(people), submission.submitted_by_id if submission else None
    if state == State.APPROVED:
        return ()
    if state == State.SUBMITTED:
        others = tuple(c for c in found if c.user_id != by) or found
        return tuple(c for c in others if c.leads) or others
    if state == State.RETURNED and any(c.user_id == by for c in found):
        return tuple(c for c in found if c.user_id == by)
    return tuple(c for c in found if not c.leads) or found


def is_late(round_: Round, submission: Submission | None, day: dt.date) -> bool:
    """Whether it was not submitted by the due day: still not, or only later."""
    first = submission.first_submitted_at if submission else None
    if first is not None:
        return timezone.localdate(first) > round_.due_on
    outstanding = submission is None or submission.state in OUTSTANDING
    return outstanding and round_.opened_at is not None and day > round_.due_on


@dataclass(frozen=True, slots=True)
class OwnRow:
    """One round of one of one's own organisations."""

    round: Round
    organisation_id: int
    organisation: str
    state: str
    state_label: str
    kind: str
    late: bool
    to_do: bool


def own_rows(*, actor: Actor, at: dt.datetime, most: int = 60) -> tuple[OwnRow, ...]:
    """Rounds of the organisations one acts for, what is to be done first. One query."""
    found = (
        Submission.objects.filter(
            organisation_id__in=list(actor.standings), round__network_id=actor.network_id
        )
        .select_related("round", "organisation")
        .defer("unfinished", "grains")
        .order_by("-round__period_ordinal", "organisation__name")[:most]
    )
    day = timezone.localdate(at)
    rows = [_own_row(submission, day) for submission in found]
    return tuple(sorted(rows, key=lambda row: not row.to_do))


def _own_row(submission: Submission, day: dt.date) -> OwnRow:
    state, round_ = State(submission.state), submission.round
    running = round_.opened_at is not None and (round_.closed_at is None or submission.reason != "")
    return OwnRow(
        round=round_,
        organisation_id=submission.organisation_id,
        organisation=submission.organisation.name,
        state=state.value,
        state_label=str(state.label),
        kind=KINDS[state],
        late=is_late(round_, submission, day),
        to_do=state == State.SUBMITTED or (running and state in OUTSTANDING),
    )
