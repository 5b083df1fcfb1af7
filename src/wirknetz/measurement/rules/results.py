"""Who may see which result.

Until publications are protected and released one by one, plain rules hold (ADR 5). The
coordinating office sees everything. A partner sees a network figure only where enough *other*
organisations stand behind it, and only of closed rounds: the total of a running round, looked
at before and after a colleague's approval, would tell her figures. Observers see totals only.

What changes after closing is another matter: see :mod:`wirknetz.measurement.rules.holding`.

Nothing that is shown together may tell what is hidden: each summand needs enough organisations
of its own, and so does each step of a running total.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wirknetz.network.models import Network
from wirknetz.network.rules import Actor


@dataclass(frozen=True, slots=True)
class Sight:
    """What one viewer may see: ``own`` organisations, and how many others must stand behind."""

    everything: bool
    breakdowns: bool
    own: tuple[int, ...]
    minimum: int


def sight_of(actor: Actor, network: Network) -> Sight:
    """The sight of this person in this network."""
    return Sight(
        everything=actor.coordinator,
        breakdowns=actor.coordinator or bool(actor.standings),
        own=tuple(sorted(actor.standings)),
        minimum=network.minimum_group,
    )


def may_see_figure(sight: Sight, *, contributors: int, own: int = 0, closed: bool = True) -> bool:
    """May she see a network figure behind which so many organisations stand, her own included?"""
    return sight.everything or (closed and contributors - own >= sight.minimum)


def may_see_step(sight: Sight, *, contributors: int, own: int = 0) -> bool:
    """May she see a running total to which so many contributed in its last period?

    The difference to the total before it is what they contributed; nobody's is nothing.
    """
    return sight.everything or not 0 < contributors - own < sight.minimum


def may_see_parts(sight: Sight, *, left_out: int) -> bool:
    """May she see the parts of a ratio that so many others reported only in part?

    The sum of a part beside the sum of the whole measure would tell theirs.
    """
    return sight.everything or not 0 < left_out < sight.minimum


def may_see_breakdown(sight: Sight, groups: Iterable[tuple[int, int]], *, closed: bool) -> bool:
    """May she see a breakdown whose rows with anything in them have these (contributors, own)?

    All rows or none: one hidden row could be worked out from the total and the others.
    """
    return sight.breakdowns and all(
        may_see_figure(sight, contributors=contributors, own=own, closed=closed)
        for contributors, own in groups
    )


def may_choose_moment(sight: Sight) -> bool:
    """May she ask for results as of a moment? Differences of moments tell single reports."""
    return sight.everything


def may_see_amounts_of(sight: Sight, organisation_id: int) -> bool:
    """May she see what this organisation contributed?"""
    return sight.everything or organisation_id in sight.own


def may_see_contributors(sight: Sight) -> bool:
    """May she see which organisations contributed (not how much)? Observers see their number."""
    return sight.breakdowns
