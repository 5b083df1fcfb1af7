"""Reads about validation rules, and trying one out on what was reported last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from wirknetz.core.measures import RuleExpression
from wirknetz.core.values import Adds
from wirknetz.measurement.models import Entry, Round, ValidationRule


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One validation rule in the list."""

    id: int
    expression: str
    severity: str
    severity_label: str
    message: str
    active: bool


@dataclass(frozen=True, slots=True)
class Tried:
    """What a rule says about one organisation: holds, fails, or None for not to be told."""

    organisation: str
    holds: bool | None
    amounts: tuple[tuple[str, Decimal | None], ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """A rule tried on the last round with confirmed values."""

    round_title: str
    tried: tuple[Tried, ...]

    @property
    def failing(self) -> tuple[Tried, ...]:
        """Those the rule would have stopped or asked."""
        return tuple(one for one in self.tried if one.holds is False)

    @property
    def untold(self) -> int:
        """How many did not report all it needs."""
        return sum(one.holds is None for one in self.tried)


def check(network_id: int, pk: int) -> ValidationRule | None:
    """A validation rule of this network; None where it has no such rule."""
    return ValidationRule.objects.filter(network_id=network_id, pk=pk).first()


def checks(network_id: int) -> tuple[CheckRow, ...]:
    """All validation rules, those in use first. One query."""
    found = ValidationRule.objects.filter(network_id=network_id)
    return tuple(
        CheckRow(r.pk, r.expression, r.severity, str(r.get_severity_display()), r.message, r.active)
        for r in found.order_by("-active", "position", "id")
    )


def trial(network_id: int, rule: RuleExpression) -> Trial | None:
    """Try a rule on the last round with confirmed values; None without one. Two queries."""
    newest = (
        Round.objects.filter(
            network_id=network_id, submissions__entries__counted_from__isnull=False
        )
        .order_by("-period_ordinal", "-id")
        .first()
    )
    if newest is None:
        return None
    amounts = _amounts(newest, rule.names())
    tried = tuple(
        Tried(
            organisation=name,
            holds=rule.holds(found),
            amounts=tuple((code, _plain(found.get(code))) for code in rule.names()),
        )
        for name, found in sorted(amounts.items())
    )
    return Trial(newest.title, tried)


def _plain(amount: Decimal | None) -> Decimal | None:
    """Without the empty decimals of the database."""
    if amount is None:
        return None
    whole = amount.to_integral_value()
    return whole if whole == amount else amount.normalize()


def _amounts(one: Round, codes: tuple[str, ...]) -> dict[str, Mapping[str, Decimal]]:
    """Confirmed totals by organisation name and code: base rows only, means by their cases."""
    rows = Entry.objects.filter(
        submission__round=one,
        measure__code__in=codes,
        base=True,
        amount__isnull=False,
        counted_from__isnull=False,
        counted_until__isnull=True,
    ).values_list("organisation__name", "measure__code", "measure__adds", "amount", "n")
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    cases: dict[tuple[str, str], int] = defaultdict(int)
    for name, code, adds, amount, n in rows:
        weight = (n or 0) if adds == Adds.MEAN.value else 1
        sums[name, code] += (amount or Decimal(0)) * weight
        cases[name, code] += (n or 0) if adds == Adds.MEAN.value else 0
    found: dict[str, dict[str, Decimal]] = defaultdict(dict)
    for (name, code), total in sums.items():
        weight = cases[name, code]
        found[name][code] = total / weight if weight else total
    return dict(found)
