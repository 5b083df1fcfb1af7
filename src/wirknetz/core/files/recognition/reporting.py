"""What recognition says in the end: values, marks on cells, words above the table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wirknetz.core.files.grid import Address
from wirknetz.core.files.recognition.deciding.figures import Figure
from wirknetz.core.files.recognition.joining.claims import Claim
from wirknetz.core.files.recognition.model import (
    AsideCode,
    Block,
    Mark,
    MarkKind,
    Reading,
    Taken,
    Target,
)
from wirknetz.core.files.recognition.work import Work
from wirknetz.core.files.words import Role


def report(work: Work) -> Reading:
    """The reading of all figures and questions."""
    taken: list[Taken] = []
    proposed: list[Taken] = []
    holds: dict[str, list[Target]] = {}
    for measure, figures in work.figures.items():
        for figure in figures:
            one = _taken(measure, figure)
            if one is not None:
                (proposed if figure.needs else taken).append(one)
            for need in figure.needs:
                holds.setdefault(need, []).append(Target(measure, figure.cell))
    _say_asides(work)
    known = {one.target.measure for one in (*taken, *proposed)}
    return Reading(
        tuple(taken),
        work.desk.held(holds),
        work.desk.words(),
        tuple(_blocks(work)),
        _marks(work, taken, proposed),
        tuple(m.code for m in work.questionnaire.measures if m.code not in known),
        {sheet.page.name: sheet.key for sheet in work.sheets},
        proposed=tuple(proposed),
    )


def _taken(measure: str, figure: Figure) -> Taken | None:
    if figure.value is None:
        return None
    return Taken(
        Target(measure, figure.cell),
        figure.value,
        tuple(dict.fromkeys(claim.address for claim in figure.claims)),
        " + ".join(claim.spot.token.text for claim in figure.claims),
        "; ".join(_remarks(figure.claims)),
        figure.sure,
    )


def _remarks(claims: Iterable[Claim]) -> Iterator[str]:
    yield from dict.fromkeys(claim.read.remark for claim in claims if claim.read.remark)


def _say_asides(work: Work) -> None:
    for claim in work.claims:
        if claim.aside is not None:
            work.desk.aside(claim.aside, claim.address, **claim.params)
    for sheet in work.sheets:
        if work.said.pages.get(sheet.key) == "ignore":
            for token in sheet.tokens.values():
                if token.is_value:
                    work.desk.aside(AsideCode.NOT_ASKED, token.address(sheet.page.name))


def _blocks(work: Work) -> Iterator[Block]:
    by_table: dict[int, list[Claim]] = {}
    for claim in work.claims:
        by_table.setdefault(id(claim.spot.table), []).append(claim)
    for table in work.tables:
        claims = by_table.get(id(table), [])
        measures = tuple(dict.fromkeys(claim.measure for claim in claims if claim.measure))
        dimensions = tuple(dict.fromkeys(d for claim in claims for d in claim.parts))
        title = table.titles[-1].text if table.titles else ""
        yield Block(table.sheet.page.name, table.area, measures, dimensions, title)


def _marks(work: Work, taken: Iterable[Taken], proposed: Iterable[Taken]) -> dict[Address, Mark]:
    """Later marks replace earlier ones: what is asked shows before anything else."""
    marks = dict(_label_marks(work))
    for code, place, _ in work.desk.asides:
        sums = code is AsideCode.SUM_AGREES
        marks[place] = Mark(MarkKind.SUM if sums else MarkKind.ASIDE, aside=code)
    for one in taken:
        marks |= {source: Mark(MarkKind.TAKEN, one.target) for source in one.sources}
    targets = {source: one.target for one in proposed for source in one.sources}
    marks |= {place: Mark(MarkKind.ASKED, target) for place, target in targets.items()}
    for key, places in work.desk.places.items():
        for place in places:
            before = marks.get(place)
            marks[place] = Mark(
                MarkKind.ASKED, targets.get(place), before.label if before else None, key
            )
    return marks


def _label_marks(work: Work) -> Iterator[tuple[Address, Mark]]:
    for sheet in work.sheets:
        for token in sheet.tokens.values():
            if token.is_value:
                continue
            known = any(m.role is not Role.IGNORE for m in token.said.meanings)
            kind = MarkKind.LABEL if known else MarkKind.UNKNOWN_LABEL
            yield token.address(sheet.page.name), Mark(kind, label=token.said)
