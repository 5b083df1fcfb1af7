"""From claims to figures: measures settled, values read, periods and parts brought together."""

from __future__ import annotations

from collections.abc import Sequence

from wirknetz.core.files.recognition.deciding.checks import Checks
from wirknetz.core.files.recognition.deciding.figures import Figure, Parts, figure_of
from wirknetz.core.files.recognition.deciding.grains import Breakdown
from wirknetz.core.files.recognition.deciding.labels import Labels
from wirknetz.core.files.recognition.deciding.months import Months
from wirknetz.core.files.recognition.deciding.valuing import STYLES, Valuer, apply_value
from wirknetz.core.files.recognition.joining.claims import UNKNOWN, Claim, When
from wirknetz.core.files.recognition.styles import Styles
from wirknetz.core.files.recognition.work import Work
from wirknetz.core.values import Period


def decide(work: Work) -> None:
    """Fill the figures of every measure; each waits for the questions it needs."""
    Labels(work.desk, work.questionnaire).settle(work.claims)
    by_measure = _valued(work)
    for measure in work.questionnaire.measures:
        work.figures[measure.code] = _figures(work, measure.code, by_measure[measure.code])
    Checks(work.desk, work.questionnaire).look(work.figures)


def is_live(claim: Claim) -> bool:
    """Whether a claim may be reported: known measure, this period, nothing against it."""
    return bool(
        claim.aside is None
        and claim.measure
        and not claim.unknown
        and claim.timing.when is not When.OTHER
    )


def _valued(work: Work) -> dict[str, list[Claim]]:
    """The live claims of every measure, their values read."""
    valuer = Valuer(work.desk, _styles(work), work.questionnaire)
    found: dict[str, list[Claim]] = {m.code: [] for m in work.questionnaire.measures}
    for claim in work.claims:
        if not is_live(claim):
            continue
        if claim.said.startswith(("amount:", "state:")):
            apply_value(claim, claim.said)
        else:
            valuer.value(claim)
        if claim.aside is None:
            found[claim.measure].append(claim)
    return found


def _styles(work: Work) -> Styles:
    told = {
        key.removeprefix("style|"): STYLES[answer]
        for key, answer in work.said.answers.items()
        if key.startswith("style|") and answer in STYLES
    }
    whole = all(m.decimals == 0 for m in work.questionnaire.measures)
    return Styles.of(work.sheets, whole=whole, told=told)


def _figures(work: Work, measure: str, claims: Sequence[Claim]) -> list[Figure]:
    wanted = work.questionnaire.measure(measure)
    months = Months(work.questionnaire.period, wanted.adds, measure, work.desk)
    breakdown = Breakdown(wanted, work.questionnaire, work.desk, {})
    for parts, found in _by_place(claims).items():
        figures = {p: figure_of(parts, cs, measure, work.desk) for p, cs in found.items()}
        whole = figures.get(None)
        figure = months.joined(parts, whole, {p: f for p, f in figures.items() if p is not None})
        if figure is not None:
            odd = any(code.startswith((UNKNOWN, "~")) for _, code in parts)
            (breakdown.odd if odd else breakdown.given)[parts] = figure
    return breakdown.chosen()


def _by_place(claims: Sequence[Claim]) -> dict[Parts, dict[Period | None, list[Claim]]]:
    groups: dict[Parts, dict[Period | None, list[Claim]]] = {}
    for claim in claims:
        period = claim.timing.period if claim.timing.when is When.WITHIN else None
        place = groups.setdefault(frozenset(claim.parts.items()), {})
        place.setdefault(period, []).append(claim)
    return groups
