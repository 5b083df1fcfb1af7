"""Where a figure comes from: definition, contributions, approvals, corrections, what is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext

from wirknetz.core.values import Period, Row
from wirknetz.measurement.models import (
    Approval,
    Entry,
    Expectation,
    Measure,
    Submission,
)
from wirknetz.measurement.queries.cells import cell_labels
from wirknetz.measurement.queries.results.definitions import Version
from wirknetz.measurement.queries.results.facts import Scope, evaluate
from wirknetz.measurement.queries.results.figures import Figure, VersionNote
from wirknetz.measurement.queries.results.held import held_for
from wirknetz.measurement.queries.results.look import look
from wirknetz.measurement.queries.results.rhythms import Collected
from wirknetz.measurement.queries.results.series import trimmed
from wirknetz.measurement.rules.results import (
    Sight,
    may_see_amounts_of,
    may_see_contributors,
    may_see_parts,
)
from wirknetz.network.models import Network


@dataclass(frozen=True, slots=True)
class Share:
    """What one measure brings, under the name people know; ``n`` cases behind a mean."""

    code: str
    name: str
    amount: Decimal | None
    n: int | None


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one organisation brings to the figure; amounts only where the viewer may see them."""

    organisation_id: int
    organisation: str
    round_id: int | None
    state: str
    counts: bool
    amounts: tuple[Share, ...]
    visible: bool
    approved_at: dt.datetime | None = None
    approved_by: str = ""
    content_hash: str = ""
    late: bool = False


@dataclass(frozen=True, slots=True)
class Correction:
    """A value that counted and was replaced, with the reason given."""

    organisation: str
    measure: str
    cell: str
    before: Decimal | None
    after: Decimal | None
    reason: str
    at: dt.datetime
    visible: bool


@dataclass(frozen=True, slots=True)
class Provenance:
    """Everything behind one figure that this viewer may know."""

    name: str
    unit: str
    decimals: int
    figure: Figure
    version: VersionNote
    parts: tuple[Share, ...]
    contributions: tuple[Contribution, ...]
    corrections: tuple[Correction, ...]
    names_shown: bool
    as_of: dt.datetime | None

    @property
    def contributing(self) -> tuple[Contribution, ...]:
        """Those that count."""
        return tuple(c for c in self.contributions if c.counts)

    @property
    def missing(self) -> tuple[Contribution, ...]:
        """Those that were asked and do not count."""
        return tuple(c for c in self.contributions if not c.counts)


def provenance(
    network: Network,
    sight: Sight,
    code: str,
    *,
    period: Period,
    as_of: dt.datetime | None = None,
) -> Provenance | None:
    """Everything behind the figure of this period; None where there is no such figure."""
    found = look(network, sight, code, as_of=as_of)
    version = found.of.at(period.ordinal) if found else None
    if found is None or version is None or (every := found.ground.every) is None:
        return None
    shown = found.result(period)
    if shown.current is None:
        return None
    rounds = every.of(found.of.measure_ids)
    seen = held_for(sight, found.ground.held, version.measure_ids)
    scope = Scope((period.ordinal,), as_of=as_of, rounds=rounds.only, held=seen)
    rows = {r.organisation: r for r in evaluate(version.definition, scope, by=("organisation",))}
    whole = evaluate(version.definition, scope).one()
    names = dict(Measure.objects.filter(network=network).values_list("code", "name"))
    return Provenance(
        name=shown.name,
        unit=shown.unit,
        decimals=shown.decimals,
        figure=shown.current,
        version=version.note(),
        parts=_parts(whole, rows, names, sight) if shown.current.value is not None else (),
        contributions=_contributions(asked_in(rounds, period, version, as_of), rows, names, sight),
        corrections=_corrections(rounds.rounds.get(period.ordinal, ()), version, sight, as_of),
        names_shown=may_see_contributors(sight),
        as_of=as_of,
    )


def _parts(
    whole: Row, rows: Mapping[int | str | None, Row], names: Mapping[str, str], sight: Sight
) -> tuple[Share, ...]:
    """What goes into the figure, unless it would tell who reported only some of it."""
    others = (row for pk, row in rows.items() if pk not in sight.own)
    left_out = sum(row.organisations == 0 for row in others)
    return _shares(whole, names) if may_see_parts(sight, left_out=left_out) else ()


def _shares(row: Row, names: Mapping[str, str]) -> tuple[Share, ...]:
    return tuple(
        Share(p.name, names.get(p.name, p.name), _amount(p.amount), p.n) for p in row.parts
    )


def _amount(stored: Decimal | None) -> Decimal | None:
    """Without the empty decimals of the database."""
    return None if stored is None else trimmed(stored)


@dataclass(frozen=True, slots=True)
class _AskedIn:
    """The rounds of a period, whom they asked for any measure of a definition, as of when."""

    rounds: tuple[int, ...]
    organisations: frozenset[int]
    as_of: dt.datetime | None


def asked_in(
    rounds: Collected, period: Period, version: Version, as_of: dt.datetime | None
) -> _AskedIn:
    """Which rounds of the period asked whom. One query."""
    in_rounds = rounds.rounds.get(period.ordinal, ())
    asked = Expectation.objects.filter(
        round__in=in_rounds, measure__in=version.measure_ids
    ).values_list("organisation", flat=True)
    return _AskedIn(in_rounds, frozenset(asked), as_of)


def _contributions(
    asked: _AskedIn,
    rows: Mapping[int | str | None, Row],
    names: Mapping[str, str],
    sight: Sight,
) -> tuple[Contribution, ...]:
    if not may_see_contributors(sight):
        return ()
    submissions = (
        Submission.objects.filter(round__in=asked.rounds)
        .select_related("organisation", "round")
        .order_by("organisation__name")
    )
    approvals = _approvals(asked)
    return tuple(
        _contribution(s, rows.get(s.organisation_id), approvals.get(s.pk), names, sight)
        for s in submissions
        if s.organisation_id in asked.organisations or s.organisation_id in rows
    )


def _approvals(asked: _AskedIn) -> dict[int, Approval]:
    """The approval that stood at that moment, by submission."""
    found = Approval.objects.filter(submission__round__in=asked.rounds)
    if asked.as_of is not None:
        found = found.filter(at__lte=asked.as_of)
    return {a.submission_id: a for a in found.select_related("by").order_by("revision")}


def _contribution(
    submission: Submission,
    row: Row | None,
    approval: Approval | None,
    names: Mapping[str, str],
    sight: Sight,
) -> Contribution:
    visible = may_see_amounts_of(sight, submission.organisation_id)
    counts = row is not None and row.organisations > 0
    first = submission.first_submitted_at
    return Contribution(
        organisation_id=submission.organisation_id,
        organisation=submission.organisation.name,
        round_id=submission.round_id,
        state=_state(submission, counts=counts),
        counts=counts,
        amounts=_shares(row, names) if row and visible else (),
        visible=visible,
        approved_at=approval.at if approval else None,
        approved_by=str(approval.by) if approval and visible else "",
        content_hash=approval.content_hash if approval and visible else "",
        late=first is not None and timezone.localdate(first) > submission.round.due_on,
    )


def _state(submission: Submission, *, counts: bool) -> str:
    """Where it is; where others do not see yet what was approved, that it waits."""
    if submission.held_since and not counts:
        return gettext("bestätigt, kommt später dazu")
    return str(submission.get_state_display())


def _corrections(
    rounds: tuple[int, ...], version: Version, sight: Sight, as_of: dt.datetime | None
) -> tuple[Correction, ...]:
    if not may_see_contributors(sight):
        return ()
    replaced = (
        Entry.objects.filter(
            submission__round__in=rounds,
            measure__in=version.measure_ids,
            counted_until__isnull=False,
        )
        .select_related("organisation", "measure")
        .order_by("-counted_until", "organisation__name")
    )
    if as_of is not None:
        replaced = replaced.filter(counted_until__lte=as_of)
    after, labels = _after(replaced, version), cell_labels(e.cell_id for e in replaced)
    return tuple(
        _correction(
            old,
            after.get((old.submission_id, old.measure_id, old.cell_id, old.counted_until)),
            labels.get(old.cell_id, ""),
            sight,
        )
        for old in replaced
    )


def _after(replaced: Iterable[Entry], version: Version) -> dict[tuple[object, ...], Entry]:
    """What followed each of these, by submission, measure, cell and moment. One query."""
    found = Entry.objects.filter(
        submission__in={e.submission_id for e in replaced},
        measure__in=version.measure_ids,
        counted_from__in={e.counted_until for e in replaced},
    )
    return {(e.submission_id, e.measure_id, e.cell_id, e.counted_from): e for e in found}


def _correction(old: Entry, new: Entry | None, cell: str, sight: Sight) -> Correction:
    visible = may_see_amounts_of(sight, old.organisation_id)
    if old.counted_until is None:
        raise ValueError("only a value that was replaced is a correction")
    return Correction(
        organisation=old.organisation.name,
        measure=old.measure.name,
        cell=cell,
        before=_amount(old.amount) if visible else None,
        after=_amount(new.amount) if new and visible else None,
        reason=new.reason if new and visible else "",
        at=old.counted_until,
        visible=visible,
    )
