"""What a partner's file is read for: measures asked, their words, the own history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from wirknetz.core import measures as core
from wirknetz.core.files.asked import Questionnaire, Wanted, WantedCategory, WantedDimension
from wirknetz.core.files.recognition.model import About
from wirknetz.core.measures.formula import Binary, Expression, Formula, Name
from wirknetz.measurement.models import MeasureWording, ProfileVersion
from wirknetz.measurement.queries.collection.checking import network_rules
from wirknetz.measurement.queries.collection.dossier import Dossier
from wirknetz.measurement.queries.collection.structure import AskedMeasure, DimensionView
from wirknetz.network.models import Membership

MOST_WORDS = 60
"""More words for one measure or category than this help nobody."""


@dataclass(frozen=True, slots=True)
class _Words:
    """Further names: by code of the measure, by (dimension, category)."""

    measures: dict[str, dict[str, None]] = field(default_factory=dict)
    categories: dict[tuple[str, str], dict[str, None]] = field(default_factory=dict)

    def add(self, meaning: str, word: str) -> None:
        """Remember what one step says; what is no measure and no category is nothing."""
        kind, _, code = meaning.partition(":")
        if kind == "measure":
            self.measures.setdefault(code, {})[word] = None
        elif kind == "category" and "=" in code:
            dimension, category = code.split("=", 1)
            self.categories.setdefault((dimension, category), {})[word] = None

    def of_measure(self, code: str) -> tuple[str, ...]:
        """At most so many, the first come."""
        return tuple(self.measures.get(code, ()))[:MOST_WORDS]

    def of_category(self, dimension: str, code: str) -> tuple[str, ...]:
        """At most so many, the first come."""
        return tuple(self.categories.get((dimension, code), ()))[:MOST_WORDS]


def questionnaire_of(dossier: Dossier) -> Questionnaire:
    """Everything asked of one organisation in one round. Four queries, whatever its size.

    Of other organisations nothing comes along but which word of theirs means which measure.
    """
    round_, asked = dossier.submission.round, dossier.asked
    words = _words(round_.network_id, dossier.submission.organisation_id, asked.measures.values())
    wholes, totals = _wholes(round_.network_id), _totals(dossier)
    own, others = _names(round_.network_id, dossier.submission.organisation_id)
    return Questionnaire(
        period=round_.period,
        measures=tuple(
            _wanted(m, words, totals.get(m.id, ()), wholes.get(m.code, ()))
            for m in asked.measures.values()
        ),
        dimensions=tuple(_dimension(d, words) for d in asked.dimensions.values()),
        own_names=own,
        other_names=others,
    )


def _wanted(
    measure: AskedMeasure, words: _Words, history: tuple[Decimal, ...], wholes: Iterable[str]
) -> Wanted:
    return Wanted(
        code=measure.code,
        name=measure.name,
        definition=measure.definition,
        unit=measure.unit,
        counts=measure.counts,
        adds=measure.adds,
        decimals=measure.decimals,
        grains=measure.grains,
        words=words.of_measure(measure.code),
        history=history,
        part_of=tuple(wholes),
        maximum=measure.maximum,
    )


def _dimension(dimension: DimensionView, words: _Words) -> WantedDimension:
    return WantedDimension(
        code=dimension.code,
        name=dimension.name,
        categories=tuple(
            WantedCategory(c.code, c.name, words.of_category(dimension.code, c.code))
            for c in dimension.offered
        ),
    )


# ------------------------------------------------------------------ words


def _words(network_id: int, organisation_id: int, measures: Iterable[AskedMeasure]) -> _Words:
    """Earlier names of the measures first, then what other organisations call them."""
    words, codes = _Words(), {m.id: m.code for m in measures}
    for measure_id, name in _earlier_names(codes):
        words.add(f"measure:{codes[measure_id]}", name)
    for content in _others(network_id, organisation_id):
        for meaning, word in _said_of_labels(content):
            words.add(meaning, word)
    return words


def _earlier_names(measures: Iterable[int]) -> Iterable[tuple[int, str]]:
    rows = MeasureWording.objects.filter(measure__in=list(measures)).order_by("-replaced_at")
    return rows.values_list("measure_id", "name")


def _others(network_id: int, organisation_id: int) -> Iterator[Mapping[str, Any]]:
    """The newest version of every mapping of other organisations, the latest first. One query."""
    rows = (
        ProfileVersion.objects.filter(
            profile__network_id=network_id, profile__retired_at__isnull=True
        )
        .exclude(profile__organisation_id=organisation_id)
        .order_by("-at", "-number")
    )
    met: set[int] = set()
    for profile_id, content in rows.values_list("profile_id", "content"):
        if profile_id not in met:
            met.add(profile_id)
            yield content


def _said_of_labels(content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What a mapping says of labels wherever they stand: meaning and label."""
    for step in content.get("steps", ()):
        if step.get("about") == About.LABEL:
            for meaning in str(step.get("says", "")).split():
                yield meaning, str(step.get("where", ""))


# ------------------------------------------------------------------ what is a part of what


def _wholes(network_id: int) -> dict[str, tuple[str, ...]]:
    """By measure: those it never exceeds, from the rules that must hold. One query."""
    found: dict[str, dict[str, None]] = {}
    for rule in network_rules(network_id).rules:
        if rule.severity is core.Severity.ERROR:
            for part, whole in _parts(rule.expression):
                found.setdefault(part, {})[whole] = None
    return {part: tuple(wholes) for part, wholes in found.items()}


def _parts(rule: core.RuleExpression) -> Iterator[tuple[str, str]]:
    for comparison in rule.comparisons:
        small, large = comparison.left, comparison.right
        if comparison.sign in (">", ">="):
            small, large = large, small
        elif comparison.sign not in ("<", "<="):
            continue
        if isinstance(large.root, Name):
            yield from ((part, large.root.name) for part in _summands(small))


def _summands(formula: Formula) -> tuple[str, ...]:
    """The measures it adds up; nothing if it does anything else."""
    return formula.names() if _only_adds(formula.root) else ()


def _only_adds(part: Expression) -> bool:
    if isinstance(part, Binary) and part.sign == "+":
        return _only_adds(part.left) and _only_adds(part.right)
    return isinstance(part, Name)


# ------------------------------------------------------------------ history and names


def _totals(dossier: Dossier) -> dict[int, tuple[Decimal, ...]]:
    """The own totals of earlier periods of the same kind, newest first. No query.

    Of every period the coarsest breakdown counts; a mean has a total only where it was said.
    """
    grains: dict[int, dict[int, dict[str, Decimal]]] = {}
    for (measure_id, cell), earlier in dossier.history.items():
        for one in earlier:
            if one.value.amount is not None:
                sums = grains.setdefault(measure_id, {}).setdefault(one.period, {})
                sums[cell.grain] = sums.get(cell.grain, Decimal(0)) + one.value.amount
    means = {m.id for m in dossier.asked.measures.values() if m.is_mean}
    return {
        measure_id: tuple(
            sums[grain]
            for _period, sums in sorted(periods.items(), reverse=True)
            if (grain := _coarsest(sums)) == "" or measure_id not in means
        )
        for measure_id, periods in grains.items()
    }


def _coarsest(sums: Mapping[str, Decimal]) -> str:
    return min(sums, key=lambda grain: (len(grain.split(",")) if grain else 0, grain))


def _names(network_id: int, organisation_id: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names of the organisation, and of all others of the network. One query."""
    rows = Membership.objects.filter(network_id=network_id).order_by("organisation__name")
    names = rows.values_list("organisation_id", "organisation__name", "organisation__short_name")
    own: dict[str, None] = {}
    others: dict[str, None] = {}
    for pk, *known in names:
        (own if pk == organisation_id else others).update(dict.fromkeys(known))
    return tuple(own), tuple(others)
