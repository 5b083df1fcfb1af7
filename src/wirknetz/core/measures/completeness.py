"""Completeness: what was asked, what was answered. Counts content, not the click."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from wirknetz.core.measures.query import Dialect, flat_sql, prepended
from wirknetz.core.values import Value

_COUNTS: Final = ("asked", "answered", "explicit", "open", "late")


@dataclass(frozen=True, slots=True)
class Completeness:
    """How complete answers are, counted in asked values (organisation × period × measure).

    ``asked`` = ``answered`` (at least one amount came) + ``explicit`` (only states came: the
    partner said why there is none) + ``open`` (nothing came). ``late`` of them came after they
    were due, or are due and still open.
    """

    asked: int
    answered: int
    explicit: int
    open: int
    late: int
    organisation: int | str | None = None
    period: int | None = None

    @property
    def share(self) -> Decimal | None:
        """The part of what was asked that has content, states included; None if nothing was."""
        return Decimal(self.answered + self.explicit) / self.asked if self.asked else None


def completeness(
    asked: Iterable[str],
    given: Mapping[str, Iterable[Value]],
    *,
    late: bool = False,
) -> Completeness:
    """The completeness of one submission.

    ``asked`` are the names of the measures, ``given`` the values reported for each, in any
    breakdown; what was given without being asked does not count. ``late`` says whether the
    submission came after it was due, or is overdue.
    """
    names = tuple(dict.fromkeys(asked))
    values = {name: tuple(given.get(name, ())) for name in names}
    answered = sum(any(v.amount is not None for v in found) for found in values.values())
    empty = sum(not found for found in values.values())
    delayed = len(names) if late else 0
    return Completeness(len(names), answered, len(names) - answered - empty, empty, delayed)


def overall(parts: Iterable[Completeness]) -> Completeness:
    """The completeness of everything together."""
    found = tuple(parts)
    return Completeness(*(sum(getattr(part, name) for part in found) for name in _COUNTS))


@dataclass(frozen=True, slots=True)
class CompletenessQuery:
    """Compiled SQL over two relations, ``asked`` and ``facts``."""

    by: tuple[str, ...]
    dialect: Dialect
    body: str

    def over(self, *, asked: str, facts: str, interpolated: bool = True) -> str:
        """The whole statement over two SELECTs; see :meth:`Query.over` for ``interpolated``.

        ``asked`` yields one row per value asked for: organisation, period, measure, and
        ``overdue`` (boolean: is due by now). ``facts`` yields organisation, period, measure,
        amount and ``late`` (boolean: came after it was due). Write the parameters of
        ``asked`` before those of ``facts``.
        """
        return prepended(self.body, interpolated=interpolated, asked=asked, facts=facts)


def compile_completeness(
    *, by: Iterable[str] = ("organisation",), dialect: Dialect | str
) -> CompletenessQuery:
    """SQL that counts completeness in bulk, by organisation, period, both or neither.

    Compiled once per process for each combination.

    Raises:
        ValueError: another grouping, or an unknown dialect.
    """
    wanted = tuple(name for name in ("organisation", "period") if name in set(by))
    if set(by) - set(wanted):
        raise ValueError("completeness is counted by organisation and period")
    return _compiled(wanted, Dialect.of(dialect))


def rows_to_completeness(
    rows: Iterable[Sequence[Any]], *, query: CompletenessQuery
) -> tuple[Completeness, ...]:
    """What the query counted, sorted by organisation and period."""
    found = []
    for row in rows:
        keys = dict(zip(query.by, row, strict=False))
        counts = (int(number or 0) for number in row[len(query.by) :])
        found.append(Completeness(*counts, **keys))
    return tuple(sorted(found, key=lambda c: (c.organisation or 0, c.period or 0)))


@lru_cache(maxsize=64)
def _compiled(by: tuple[str, ...], dialect: Dialect) -> CompletenessQuery:
    return CompletenessQuery(by, dialect, flat_sql(_expression(by), dialect))


def _expression(by: tuple[str, ...]) -> Any:
    import ibis

    unit = {"organisation": "int64", "period": "int64", "measure": "int64"}
    asked = ibis.table(unit | {"overdue": "boolean"}, name="asked")
    facts = ibis.table(unit | {"amount": "float64", "late": "boolean"}, name="facts")
    reports = facts.group_by(list(unit)).agg(
        amounts=facts.amount.count(),
        delayed=facts.late.ifelse(1, 0).max(),
    )
    both = asked.left_join(reports, list(unit)).select(
        **{name: asked[name] for name in (*unit, "overdue")},
        amounts=reports.amounts,
        delayed=reports.delayed,
    )
    grouped = both.group_by(list(by)) if by else both
    return grouped.agg(**_counts(both)).select(*by, *_COUNTS)


def _counts(both: Any) -> dict[str, Any]:
    nothing = both.amounts.isnull()
    return {
        "asked": both.count(),
        "answered": both.count(where=both.amounts > 0),
        "explicit": both.count(where=both.amounts == 0),
        "open": both.count(where=nothing),
        "late": both.count(where=(both.delayed > 0) | (nothing & both.overdue)),
    }
