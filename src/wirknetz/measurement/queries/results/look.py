"""One indicator as one person looks at it: what all parts of its page need is read once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from wirknetz.core.values import Period
from wirknetz.measurement.models import Dimension
from wirknetz.measurement.queries.results.breakdown import breakdown_on, dimensions_of
from wirknetz.measurement.queries.results.definitions import Defined, defined
from wirknetz.measurement.queries.results.figures import Breakdown, Result
from wirknetz.measurement.queries.results.series import Ground, ground_of, results_on
from wirknetz.measurement.rules.results import Sight
from wirknetz.network.models import Network


@dataclass(frozen=True)
class Look:
    """An indicator, and what its figures stand on for this viewer."""

    of: Defined
    ground: Ground

    def result(self, period: Period | None = None) -> Result:
        """Its series, the current figure being of ``period`` (default: the latest to be seen)."""
        return results_on(self.ground, [self.of], period=period)[0]

    def dimensions(self, period: Period) -> tuple[Dimension, ...]:
        """By what the definition of this period breaks down."""
        version = self.of.at(period.ordinal)
        return self._dimensions[version.row.pk] if version else ()

    @cached_property
    def _dimensions(self) -> dict[int, tuple[Dimension, ...]]:
        return {version.row.pk: dimensions_of(version) for version in self.of.versions}

    def breakdown(self, dimension: str, period: Period) -> Breakdown | None:
        """The groups of one period; None where it does not break down by this dimension."""
        version = self.of.at(period.ordinal)
        by = next((d for d in self.dimensions(period) if d.code == dimension), None)
        if version is None or by is None:
            return None
        return breakdown_on(self.ground, self.of, version, by=by, period=period)

    def breakdowns(self, periods: Iterable[Period]) -> tuple[Breakdown, ...]:
        """What the pages of these periods show this viewer broken down, by every dimension.

        Without those that nobody reported by. Queries grow with periods and dimensions, not with
        organisations.
        """
        if not self.ground.sight.breakdowns:
            return ()
        found = (
            self.breakdown(by.code, period) for period in periods for by in self.dimensions(period)
        )
        return tuple(one for one in found if one and any(g.broken_down for g in one.groups))


def look(
    network: Network, sight: Sight, code: str, *, as_of: dt.datetime | None = None
) -> Look | None:
    """The indicator of this code; None where the network has none. Seven queries."""
    found = defined(network.pk, code=code)
    return Look(found[0], ground_of(network, sight, as_of)) if found else None


def looks(network: Network, sight: Sight, *, as_of: dt.datetime | None = None) -> tuple[Look, ...]:
    """All indicators of the network. Seven queries."""
    ground = ground_of(network, sight, as_of)
    return tuple(Look(of, ground) for of in defined(network.pk))


def result(
    network: Network,
    sight: Sight,
    code: str,
    *,
    period: Period | None = None,
    as_of: dt.datetime | None = None,
) -> Result | None:
    """One indicator, the current figure being of ``period`` (default: the latest to be seen)."""
    found = look(network, sight, code, as_of=as_of)
    return found.result(period) if found else None


def breakdown(
    network: Network,
    sight: Sight,
    code: str,
    *,
    dimension: str,
    period: Period,
    as_of: dt.datetime | None = None,
) -> Breakdown | None:
    """The groups of one period, unknown dimension or indicator: None."""
    found = look(network, sight, code, as_of=as_of)
    return found.breakdown(dimension, period) if found else None
