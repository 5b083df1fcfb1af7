"""From claims to figures: measures settled, values read, periods and parts brought together."""

from __future__ import annotations

from collections.abc import Sequence

from wirknetz.core.files.recognition.deciding.asking import Asking, ask_gap, ask_period
from wirknetz.core.files.recognition.deciding.bands import Bands
from wirknetz.core.files.recognition.deciding.categories import Categories
from wirknetz.core.files.recognition.deciding.checks import Checks
from wirknetz.core.files.recognition.deciding.figures import Figure, Parts, figure_of
from wirknetz.core.files.recognition.deciding.grains import Breakdown
from wirknetz.core.files.recognition.deciding.labels import Labels
from wirknetz.core.files.recognition.deciding.leaning import Leaning
from wirknetz.core.files.recognition.deciding.months import Months
from wirknetz.core.files.recognition.deciding.orphans import Orphans
from wirknetz.core.files.recognition.deciding.pages import settle_pages
from wirknetz.core.files.recognition.deciding.valuing import STYLES, Valuer, apply_value
from wirknetz.core.files.recognition.joining.claims import Claim, When
from wirknetz.core.files.recognition.model import AsideCode
from wirknetz.core.files.recognition.styles import Styles
from wirknetz.core.files.recognition.work import Work
from wirknetz.core.values import Period


def decide(work: Work) -> None:
    """Fill the figures of every measure; each waits for the questions it needs."""
    Labels(work.desk, work.questionnaire).settle(work.claims)
    by_measure = _valued(work)
    settle_pages((claim for found in by_measure.values() for claim in found), work.desk)
    for measure in work.questionnaire.measures:
        work.figures[measure.code] = _figures(work, measure.code, by_measure[measure.code])
    Checks(work.desk, work.questionnaire).look(work.figures)
    Asking.of(work).ask()
    Orphans(work).ask()


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
    live = [claim for claim in work.claims if is_live(claim)]
    _drop_doubtful(live)
    for claim in live:
        if claim.aside is not None:
            continue
        if claim.said.startswith(("amount:", "state:")):
            apply_value(claim, claim.said)
        else:
            valuer.value(claim)
        if claim.timing.when is When.UNSURE and not ask_period(work, claim):
            claim.needs.add(claim.period_key)
        if claim.aside is None:
            found[claim.measure].append(claim)
    return found


def _drop_doubtful(claims: Sequence[Claim]) -> None:
    """Where one number says clearly that it is this period's, others need not be asked about."""
    firm = {_place(c) for c in claims if c.timing.when is When.THIS and c.timing.found}
    for claim in claims:
        if claim.timing.when is When.UNSURE and _place(claim) in firm:
            claim.aside, claim.params = AsideCode.OTHER_PERIOD, {"found": claim.timing.found}


def _place(claim: Claim) -> tuple[str, Parts]:
    return claim.measure, frozenset(claim.parts.items())


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
    given: dict[Parts, Figure] = {}
    for parts, found in _by_place(claims).items():
        figures = {p: figure_of(parts, cs, measure, work.desk) for p, cs in found.items()}
        whole = figures.get(None)
        figure = months.joined(parts, whole, {p: f for p, f in figures.items() if p is not None})
        if figure is not None:
            given[parts] = figure
    for dimension in work.questionnaire.dimensions:
        given = Bands(dimension, work.lexicon, work.desk).fitted(given)
        given = Categories(dimension, wanted.grains, work.lexicon, work.desk).settled(given)
    breakdown = Breakdown(wanted, work.desk, given)
    chosen = breakdown.chosen()
    for figure in chosen:
        ask_gap(figure, work.desk)
    Leaning(wanted, work.desk).confirm(chosen, breakdown.agreeing)
    return chosen


def _by_place(claims: Sequence[Claim]) -> dict[Parts, dict[Period | None, list[Claim]]]:
    groups: dict[Parts, dict[Period | None, list[Claim]]] = {}
    for claim in claims:
        if claim.aside is not None:
            continue
        period = claim.timing.within
        place = groups.setdefault(frozenset(claim.parts.items()), {})
        place.setdefault(period, []).append(claim)
    return groups
