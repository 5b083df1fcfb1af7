"""What is implausible about a submission: errors, questions, and the answers given."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from wirknetz.core import measures as core
from wirknetz.core.values import Cell, Value
from wirknetz.measurement.models import FindingAnswer, ValidationRule
from wirknetz.measurement.queries.collection.said import Earlier
from wirknetz.measurement.queries.collection.sentences import finding_sentence
from wirknetz.measurement.queries.collection.structure import Asked, AskedMeasure

ABOVE_MAXIMUM = "above_maximum"
Place = tuple[int, Cell]


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing the check found, as a sentence, with its place and the answer given."""

    key: str
    is_error: bool
    measure_id: int
    cell: Cell
    sentence: str
    answer: str = ""

    @property
    def place(self) -> Place:
        """Measure and cell."""
        return self.measure_id, self.cell

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done about it."""
        return self.is_error or not self.answer


@dataclass(frozen=True, slots=True)
class NetworkRules:
    """The network's own rules and their sentences, by number."""

    rules: tuple[core.Rule, ...]
    sentences: Mapping[str, str]


def network_rules(network_id: int) -> NetworkRules:
    """The active rules of the network. One query."""
    rows = list(ValidationRule.objects.filter(network_id=network_id, active=True))
    return NetworkRules(
        rules=tuple(
            core.Rule(str(r.pk), core.parse_rule(r.expression), core.Severity(r.severity))
            for r in rows
        ),
        sentences={str(r.pk): r.message for r in rows},
    )


def answers_of(submission_id: int) -> dict[str, str]:
    """Answers to questions that stand now, by the key of the finding. One query."""
    rows = FindingAnswer.objects.filter(submission_id=submission_id, superseded_at__isnull=True)
    return dict(rows.values_list("finding", "text"))


def remarks(
    values: Mapping[Place, Value],
    *,
    asked: Asked,
    rules: NetworkRules,
    history: Mapping[Place, Iterable[Earlier]],
    answers: Mapping[str, str],
) -> tuple[Remark, ...]:
    """Everything found about these values, errors first. No query."""
    by_code = {m.code: m for m in asked.measures.values()}
    found = core.check(
        {
            (asked.measures[m].code, cell): v
            for (m, cell), v in values.items()
            if m in asked.measures
        },
        measures={m.code: core.MeasureSpec(m.id, m.adds, m.counts) for m in by_code.values()},
        rules=rules.rules,
        history=_amounts(history, asked),
    )
    made = [
        _remark(f, by_code, asked, rules, answers)
        for f in found
        if not _known_better(f, by_code[f.measure])
    ]
    made += _above_maximum(values, asked, answers)
    return tuple(sorted(made, key=lambda remark: not remark.is_error))


def _known_better(finding: core.Finding, measure: AskedMeasure) -> bool:
    """Where the network said what is plausible, sizes in general are not asked about."""
    return finding.code is core.FindingCode.VERY_LARGE and measure.maximum is not None


def _amounts(
    history: Mapping[Place, Iterable[Earlier]], asked: Asked
) -> dict[tuple[str, Cell], list[Decimal]]:
    return {
        (asked.measures[m].code, cell): [e.value.amount for e in rows if e.value.amount is not None]
        for (m, cell), rows in history.items()
        if m in asked.measures
    }


def _remark(
    finding: core.Finding,
    by_code: Mapping[str, AskedMeasure],
    asked: Asked,
    rules: NetworkRules,
    answers: Mapping[str, str],
) -> Remark:
    measure = by_code[finding.measure]
    key = _key(finding.code.value, finding.measure, finding.cell, finding.params)
    return Remark(
        key=key,
        is_error=finding.severity is core.Severity.ERROR,
        measure_id=measure.id,
        cell=finding.cell,
        sentence=finding_sentence(
            finding.code.value, dict(finding.params), measure=measure, asked=asked,
            own=rules.sentences,
        ),
        answer=answers.get(key, ""),
    )  # fmt: skip


def _above_maximum(
    values: Mapping[Place, Value], asked: Asked, answers: Mapping[str, str]
) -> Iterable[Remark]:
    for (measure_id, cell), value in values.items():
        measure = asked.measures.get(measure_id)
        if measure is None or measure.maximum is None or value.amount is None:
            continue
        if value.amount > measure.maximum:
            params: dict[str, Decimal | str] = {"amount": value.amount, "limit": measure.maximum}
            key = _key(ABOVE_MAXIMUM, measure.code, cell, tuple(params.items()))
            text = finding_sentence(ABOVE_MAXIMUM, params, measure=measure, asked=asked, own={})
            yield Remark(key, False, measure_id, cell, text, answers.get(key, ""))


def _key(code: str, measure: str, cell: Cell, params: Iterable[tuple[str, object]]) -> str:
    """An answer stands for these values only: another value asks again."""
    parts = [code, measure, cell.key, *(f"{name}={_plain(value)}" for name, value in params)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:40]


def _plain(value: object) -> str:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)
