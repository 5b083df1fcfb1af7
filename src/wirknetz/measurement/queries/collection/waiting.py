"""What waits for one person in the collection of a network."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Final

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wirknetz.measurement.models import Expectation, Round, Submission
from wirknetz.measurement.queries.collection.board import State, next_people
from wirknetz.measurement.queries.collection.complete import completeness_of
from wirknetz.measurement.queries.collection.submissions import (
    Colleague,
    colleagues_of,
    standing_of,
)
from wirknetz.measurement.rules.collection import Act, mark_of, refusal
from wirknetz.measurement.rules.rounds import OUTSTANDING
from wirknetz.network.models import Network
from wirknetz.network.rules import Actor

USUAL_MINUTES: Final = 15
APPROVAL_MINUTES: Final = 5


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that waits. ``page`` names the page, ``organisation_id`` None the board.

    ``filter`` is what the board is asked to show, as in its address.
    """

    title: str
    page: str
    round_id: int
    organisation_id: int | None
    asked_by: str
    due: dt.date
    minutes: int
    consequence: str
    on_behalf: str = ""
    filter: str = ""
    about: str = ""


def tasks_of(*, network: Network, actor: Actor, at: dt.datetime) -> tuple[Task, ...]:
    """What this person is asked to do. At most ten queries, two where nothing is open."""
    own = _open_submissions(actor)
    found: list[Task] = []
    if own:
        ground = _Ground(
            network=network,
            actor=actor,
            colleagues=colleagues_of(network.pk, {s.organisation_id for s in own}),
            minutes=_usual_minutes(actor),
            complete=_complete(own, network.pk),
        )
        found += [task for submission in own if (task := _task(ground, submission))]
    if actor.coordinator:
        found += _missing(network, timezone.localdate(at))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Ground:
    network: Network
    actor: Actor
    colleagues: tuple[Colleague, ...]
    minutes: Mapping[int, int]
    complete: frozenset[int]

    @property
    def asking(self) -> str:
        """Who asks for reports."""
        return self.network.backbone_name or self.network.name


def _open_submissions(actor: Actor) -> list[Submission]:
    """Submissions of one's organisations on which somebody has to act."""
    if not actor.standings:
        return []
    running = Q(round__closed_at__isnull=True) | ~Q(reason="") | Q(state=State.SUBMITTED)
    rows = Submission.objects.filter(
        running,
        organisation_id__in=list(actor.standings),
        round__network_id=actor.network_id,
        round__opened_at__isnull=False,
    ).exclude(state=State.APPROVED)
    return list(
        rows.select_related("round__network", "organisation", "submitted_by")
        .defer("unfinished")
        .order_by("round__due_on", "organisation__name")
    )


def _usual_minutes(actor: Actor) -> dict[int, int]:
    """The median of what each organisation said its reports took."""
    rows = Submission.objects.filter(
        organisation_id__in=list(actor.standings), minutes__isnull=False
    )
    told: dict[int, list[int]] = {}
    for organisation_id, minutes in rows.values_list("organisation_id", "minutes"):
        told.setdefault(organisation_id, []).append(minutes or 0)
    return {organisation_id: round(median(found)) for organisation_id, found in told.items()}


def _complete(found: Iterable[Submission], network_id: int) -> frozenset[int]:
    """Drafts in which everything asked is answered, amounts or why there are none."""
    drafts = [s for s in found if s.state == State.DRAFT]
    if not drafts:
        return frozenset()
    counted = Expectation.objects.filter(round_id__in={s.round_id for s in drafts})
    wanted = {
        (round_id, organisation_id): n
        for round_id, organisation_id, n in counted.values_list(
            "round_id", "organisation_id"
        ).annotate(n=Count("id"))
    }
    asked = {s.pk: wanted.get((s.round_id, s.organisation_id), 0) for s in drafts}
    known = completeness_of(drafts, asked=asked, network_id=network_id)
    return frozenset(pk for pk, complete in known.items() if complete.asked and not complete.open)


def _task(ground: _Ground, submission: Submission) -> Task | None:
    people = [c for c in ground.colleagues if c.organisation_id == submission.organisation_id]
    if submission.state == State.SUBMITTED:
        standing = standing_of(submission, people)
        return None if refusal(Act.APPROVE, ground.actor, standing) else _approval(submission)
    turn = next_people(submission.state, submission, people)
    if ground.actor.user_id not in {colleague.user_id for colleague in turn}:
        return None
    return _report(ground, submission)


def _approval(submission: Submission) -> Task:
    by = submission.submitted_by
    return Task(
        title=_("Meldung bestätigen: %(round)s") % {"round": submission.round.title},
        page="submission_review",
        round_id=submission.round_id,
        organisation_id=submission.organisation_id,
        asked_by=by.name if by else submission.organisation.name,
        due=submission.round.due_on,
        minutes=APPROVAL_MINUTES,
        consequence=_("Solange niemand bestätigt, zählen die Werte nicht."),
        on_behalf=submission.organisation.name,
        about=mark_of(submission),
    )


def _report(ground: _Ground, submission: Submission) -> Task:
    title, page = _report_words(submission, complete=submission.pk in ground.complete)
    minutes = ground.minutes.get(submission.organisation_id, USUAL_MINUTES)
    return Task(
        title=title % {"round": submission.round.title},
        page=page,
        round_id=submission.round_id,
        organisation_id=submission.organisation_id,
        asked_by=ground.asking,
        due=submission.round.due_on,
        minutes=minutes if submission.state == State.OPEN else APPROVAL_MINUTES,
        consequence=_("Ohne Ihre Meldung fehlt Ihre Organisation im Ergebnis."),
        on_behalf=submission.organisation.name,
        about=mark_of(submission),
    )


def _report_words(submission: Submission, *, complete: bool) -> tuple[str, str]:
    if submission.state == State.RETURNED:
        return _("Zurückgegebene Meldung ansehen: %(round)s"), "submission"
    if submission.state == State.DRAFT and complete:
        return _("Meldung prüfen und einreichen: %(round)s"), "submission_check"
    if submission.state == State.DRAFT:
        return _("Meldung zu Ende bringen: %(round)s"), "submission"
    return _("Zahlen melden: %(round)s"), "submission"


def _missing(network: Network, day: dt.date) -> Iterator[Task]:
    """For the coordinating office: reports that are late or were returned, round by round."""
    late = Q(submissions__state__in=OUTSTANDING, due_on__lt=day)
    returned = Q(submissions__state=State.RETURNED)
    rounds = Round.objects.filter(
        network=network, opened_at__isnull=False, closed_at__isnull=True
    ).annotate(
        late=Count("submissions", filter=late, distinct=True),
        returned=Count("submissions", filter=returned, distinct=True),
    )
    for round_ in rounds.order_by("due_on"):
        if round_.late or round_.returned:
            yield _missing_task(round_, late=round_.late, returned=round_.returned)


def _missing_task(round_: Round, *, late: int, returned: int) -> Task:
    words = {"late": late, "returned": returned, "round": round_.title}
    return Task(
        title=_missing_words(late, returned) % words,
        page="board",
        round_id=round_.pk,
        organisation_id=None,
        asked_by="",
        due=round_.closes_on,
        minutes=APPROVAL_MINUTES,
        consequence=_("Was bis zum Schluss der Runde fehlt, fehlt im Ergebnis."),
        filter=_filter(late=late, returned=returned),
    )


def _missing_words(late: int, returned: int) -> str:
    if late and returned:
        return _("%(round)s: %(late)s überfällig, %(returned)s zurückgegeben")
    if late:
        return ngettext(
            "Eine Meldung ist überfällig: %(round)s",
            "%(late)s Meldungen sind überfällig: %(round)s",
            late,
        )
    return ngettext(
        "Eine Meldung ist zurückgegeben: %(round)s",
        "%(returned)s Meldungen sind zurückgegeben: %(round)s",
        returned,
    )


def _filter(*, late: int, returned: int) -> str:
    """The board shows exactly what is meant, or everything where that takes two filters."""
    if late and returned:
        return ""
    return "spaet=1" if late else f"stand={State.RETURNED.value}"
