"""From cells to claims: every sheet read, its tables found, the labels of each number joined."""

from __future__ import annotations

from collections.abc import Iterator

from wirknetz.core.files.recognition.geometry.inline import inline_spots
from wirknetz.core.files.recognition.geometry.paths import spots_of
from wirknetz.core.files.recognition.geometry.tables import tables_of
from wirknetz.core.files.recognition.joining.claims import Claim, Timing, When
from wirknetz.core.files.recognition.joining.joiner import Joiner
from wirknetz.core.files.recognition.joining.timing import Context, speaks_of_other
from wirknetz.core.files.recognition.learning.guards import holding
from wirknetz.core.files.recognition.model import AsideCode
from wirknetz.core.files.recognition.said import Said, meanings_of
from wirknetz.core.files.recognition.tokens import Sheet, Token, sheet_of, taught
from wirknetz.core.files.recognition.work import Work
from wirknetz.core.files.words import Meaning, Role


def gather(work: Work) -> None:
    """Fill sheets, tables and claims."""
    work.sheets = [sheet_of(page, work.lexicon) for page in work.book.pages]
    held, work.lost = holding(work.profile, work.sheets)
    work.said = work.desk.said = Said.of((*held, *work.steps))
    work.sheets = [taught(sheet, work.said.places) for sheet in work.sheets]
    for sheet in work.sheets:
        if work.said.pages.get(sheet.key) != "ignore":
            work.claims += _claims(work, sheet)


def _claims(work: Work, sheet: Sheet) -> Iterator[Claim]:
    tables, top = tables_of(sheet, work.lexicon)
    context = _context(work, sheet, top)
    work.tables += tables
    for table, spots in (*spots_of(tables), *inline_spots(sheet, work.lexicon)):
        for claim in Joiner(table, work.lexicon, context).claims(spots):
            _overrule(work, sheet, claim)
            _set_aside(work, sheet, claim)
            yield claim


def _context(work: Work, sheet: Sheet, top: list[Token]) -> Context:
    told = work.said.pages.get(sheet.key, "").removeprefix("period:")
    return Context(
        work.questionnaire.period,
        work.lexicon.understand(sheet.page.name),
        tuple(token.said for token in top),
        told if told in {"this", "other"} else "this" if told == "use" else "",
        _is_older(work, sheet),
    )


def _is_older(work: Work, sheet: Sheet) -> bool:
    """Whether a sheet's name speaks of another period, while another sheet's does not."""
    others = [s for s in work.sheets if s is not sheet and not s.page.hidden]
    fuller = [s for s in others if 2 * _numbers(s) >= _numbers(sheet)]
    return _names_other(work, sheet) and not all(_names_other(work, s) for s in fuller)


def _names_other(work: Work, sheet: Sheet) -> bool:
    said = work.lexicon.understand(sheet.page.name)
    return speaks_of_other(said, work.questionnaire.period)


def _numbers(sheet: Sheet) -> int:
    return sum(token.is_value for token in sheet.tokens.values())


def _overrule(work: Work, sheet: Sheet, claim: Claim) -> None:
    """What the person said of the cell, its row or its column counts before its labels."""
    says = work.said.of_cell(sheet.key, claim.address)
    if not says:
        return
    claim.said = says
    meanings = meanings_of(says)
    if says.startswith(("amount:", "state:", "use")) or not meanings:
        return
    claim.aside, claim.unknown, claim.leaning = None, (), False
    for meaning in meanings:
        _apply(work, claim, meaning)


def _apply(work: Work, claim: Claim, meaning: Meaning) -> None:
    if meaning.role is Role.MEASURE:
        claim.options, claim.sure = (meaning,), 1.0
    elif meaning.role is Role.CATEGORY:
        dimension, _, code = meaning.code.partition("=")
        claim.parts[dimension] = code
    elif meaning.role is Role.TOTAL:
        claim.parts.clear()
    elif meaning.role is Role.PERIOD:
        this = meaning.code in {"this", work.questionnaire.period.code}
        claim.timing = Timing() if this else Timing(When.OTHER, meaning.code)
    elif meaning.role is Role.IGNORE:
        claim.aside = AsideCode.NOT_ASKED


def _set_aside(work: Work, sheet: Sheet, claim: Claim) -> None:
    """Hidden cells and other periods, unless the person said to use them."""
    if claim.said == "use" or work.said.answers.get(claim.hidden_key) == "use":
        return
    if claim.spot.token.hidden:
        claim.aside = AsideCode.HIDDEN
    elif claim.aside is None and claim.timing.when in (When.OTHER, When.UNSURE):
        _of_other_period(work, claim)


def _of_other_period(work: Work, claim: Claim) -> None:
    answer = work.said.answers.get(claim.period_key)
    if answer == "use":
        claim.timing = Timing()
    elif claim.timing.when is When.OTHER or answer == "ignore":
        older = claim.timing.older_page
        claim.aside = AsideCode.OLDER_PAGE if older else AsideCode.OTHER_PERIOD
        claim.params = {"found": claim.timing.found}
