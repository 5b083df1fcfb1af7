"""Where a submission stands and who has to do with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wirknetz.foundation.models import User
from wirknetz.measurement.models import Submission
from wirknetz.measurement.rules.collection import Standing
from wirknetz.network.models import Affiliation


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of an organisation who has an account."""

    user_id: int
    organisation_id: int
    name: str
    email: str
    leads: bool
    language: str


def find(
    *, network_id: int, round_id: int, organisation_id: int, lock: bool = False
) -> Submission | None:
    """The submission with its round, network and organisation. One query."""
    rows = Submission.objects.select_related("round__network", "organisation")
    if lock:
        rows = rows.select_for_update(of=("self",))
    return rows.filter(
        round_id=round_id, organisation_id=organisation_id, round__network_id=network_id
    ).first()


def standing_of(submission: Submission, colleagues: Iterable[Colleague] = ()) -> Standing:
    """What the rules need to know of it."""
    return Standing(
        organisation_id=submission.organisation_id,
        state=submission.state,
        opened=submission.round.opened_at is not None,
        closed=submission.round.closed_at is not None,
        explained=bool(submission.reason),
        submitted_by=submission.submitted_by_id,
        second_person=submission.round.network.second_person_approves,
        colleagues=frozenset(c.user_id for c in colleagues),
    )


def colleagues_of(network_id: int, organisation_ids: Iterable[int]) -> tuple[Colleague, ...]:
    """Everybody who can sign in for these organisations, leadership first. One query.

    Nobody of an organisation that has left: she would be told of what she may not see.
    """
    rows = (
        Affiliation.objects.speaking()
        .filter(
            network_id=network_id,
            organisation_id__in=list(organisation_ids),
            person__user__is_active=True,
        )
        .select_related("person__user")
        .order_by("person__name", "id")
    )
    found = [_colleague(row, row.person.user) for row in rows if row.person.user]
    return tuple(sorted(found, key=lambda c: not c.leads))


def _colleague(row: Affiliation, user: User) -> Colleague:
    return Colleague(
        user_id=user.pk,
        organisation_id=row.organisation_id,
        name=row.shown_name,
        email=user.email,
        leads=row.level == Affiliation.Level.LEADERSHIP and row.mandate,
        language=user.language,
    )
