"""One partner's file: read, recognised or counted; what is ambiguous stays open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path

from wirknetz.core.evaluation.definition import Partner, Round
from wirknetz.core.evaluation.model import Gathered, Open, OpenKind, Reported
from wirknetz.core.files.counting import Counted, ProfileError, prepare, read_profile
from wirknetz.core.files.grid import Book, NotReadable
from wirknetz.core.files.persons import looks_like_persons
from wirknetz.core.files.reading import read
from wirknetz.core.files.recognition import recognise
from wirknetz.core.files.recognition.model import Question, Reading, Taken
from wirknetz.core.measures import Severity, check
from wirknetz.core.values import Cell, State, Value


def gather(partner: Partner, path: Path | None, round_: Round, *, beside: Path) -> Gathered:
    """What this partner's file says; ``beside`` is the folder of the definition."""
    if path is None:
        return Gathered(partner.name, open=(Open(OpenKind.NO_FILE),))
    try:
        found = _counted if partner.guide else _recognised
        gathered = found(partner, path, round_, beside)
    except NotReadable as error:
        flaw = Open(OpenKind.UNREADABLE, error.code.value, dict(error.params))
        return Gathered(partner.name, path.name, open=(flaw,))
    return _settled(gathered, round_)


# ------------------------------------------------------------------ reports


def _recognised(partner: Partner, path: Path, round_: Round, _beside: Path) -> Gathered:
    book = read(path.read_bytes(), name=path.name)
    if found := looks_like_persons(book):
        persons = Open(OpenKind.PERSONS, params={"page": found.page, "rows": str(found.rows)})
        return Gathered(partner.name, path.name, book.sha256, open=(persons,))
    reading = recognise(book, round_.questionnaire(partner), steps=partner.steps)
    values = tuple(map(_reported, reading.taken))
    return Gathered(partner.name, path.name, book.sha256, values, tuple(_asked(reading, book)))


def _reported(taken: Taken) -> Reported:
    places = tuple(f"{place.page}!{place.a1}" for place in taken.sources)
    return Reported(taken.target.measure, taken.target.cell, taken.value, places, taken.remark)


def _asked(reading: Reading, book: Book) -> Iterator[Open]:
    if book.cut:
        yield Open(OpenKind.UNREADABLE, "too_many_cells")
    yield from map(_question, reading.questions)
    held = {target.measure for question in reading.questions for target in question.holds}
    for code in reading.missing:
        if code not in held:
            yield Open(OpenKind.NOT_FOUND, code)


def _question(asked: Question) -> Open:
    return Open(
        OpenKind.QUESTION,
        asked.code.value,
        dict(asked.params),
        tuple(f"{place.page}!{place.a1}" for place in asked.places),
        asked.key,
        tuple(choice.code for choice in asked.choices),
        tuple(dict.fromkeys(target.measure for target in asked.holds)),
    )


# ------------------------------------------------------------------ lists of persons


def _counted(partner: Partner, path: Path, round_: Round, beside: Path) -> Gathered:
    try:
        profile = read_profile((beside / partner.guide).read_bytes())
    except (OSError, ProfileError) as error:
        guide = Open(OpenKind.GUIDE, params={"guide": partner.guide, "why": str(error)})
        return Gathered(partner.name, path.name, open=(guide,))
    counted = prepare(path, profile, round_.period)
    asked = {measure.code for measure in round_.measures}
    values = tuple(value for value in _values(counted) if value.measure in asked)
    left = () if partner.leaves_out else tuple(_gaps(counted))
    open_ = (*_questions(counted), *left, *_not_found(counted, round_))
    return Gathered(partner.name, path.name, counted.sha256, values, open_)


def _values(counted: Counted) -> Iterator[Reported]:
    for one in counted.measures:
        amounts = one.cells or ((Cell(), one.total),)
        for cell, amount in amounts:
            yield Reported(one.code, cell, Value(State.AMOUNT, amount), (counted.page,))


def _questions(counted: Counted) -> Iterator[Open]:
    for one in counted.questions:
        rows = tuple(map(str, one.rows))
        yield Open(OpenKind.COUNTING, one.code.value, dict(one.params), rows)


def _gaps(counted: Counted) -> Iterator[Open]:
    for gap in counted.gaps:
        rows = tuple(map(str, gap.rows))
        column = {"column": gap.column}
        yield Open(OpenKind.GAP, gap.code.value, column, rows, measures=gap.measures)


def _not_found(counted: Counted, round_: Round) -> Iterator[Open]:
    if not counted.questions:
        there = {one.code for one in counted.measures}
        for measure in round_.measures:
            if measure.code not in there:
                yield Open(OpenKind.NOT_FOUND, measure.code)


# ------------------------------------------------------------------ nothing ambiguous is counted


def _settled(gathered: Gathered, round_: Round) -> Gathered:
    """Without the measures something is open about: a part of a sum would be a wrong number."""
    findings = tuple(_findings(gathered.values, round_))
    open_ = (*gathered.open, *findings)
    waiting = {code for one in open_ for code in one.measures}
    values = tuple(value for value in gathered.values if value.measure not in waiting)
    return Gathered(gathered.organisation, gathered.file, gathered.sha256, values, open_)


def _findings(values: Iterable[Reported], round_: Round) -> Iterator[Open]:
    given = {(one.measure, one.cell): one.value for one in values}
    for finding in check(given, measures=round_.specs):
        if finding.severity is Severity.ERROR:
            params = {name: _text(value) for name, value in finding.params}
            where = {"measure": finding.measure, "cell": finding.cell.key}
            yield Open(
                OpenKind.FINDING, finding.code.value, where | params, measures=(finding.measure,)
            )


def _text(value: Decimal | str) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else value
