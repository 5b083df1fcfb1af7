"""Counting a list: rows in, counts out, and a word about every row that could not be counted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from wirknetz.core.files.counting.columns import (
    Columns,
    Flaw,
    places_in,
    slots_of,
)
from wirknetz.core.files.counting.conditions import Answer
from wirknetz.core.files.counting.flaws import Flaws
from wirknetz.core.files.counting.keeping import Keeper, Kept
from wirknetz.core.files.counting.model import (
    Counted,
    CountedMeasure,
    Question,
    QuestionCode,
    Rows,
)
from wirknetz.core.files.counting.pages import HEADING_ROWS, page_of
from wirknetz.core.files.counting.profile import Hidden, MeasureRule, Profile
from wirknetz.core.files.counting.tallying import Tally
from wirknetz.core.files.reading import ListRow, iter_rows
from wirknetz.core.values import Period

_NOTHING: Final = (None, "")


def prepare(path: Path, profile: Profile, period: Period) -> Counted:
    """Count the list in this file. NotReadable where it is none."""
    page = page_of(path, profile)
    if isinstance(page, Question):
        return Counted(period, "", (), Rows(), questions=(page,))
    counted = count(iter_rows(path, page or None), profile, period, page=page)
    return replace(counted, sha256=hashlib.sha256(path.read_bytes()).hexdigest())


def count(lines: Iterable[ListRow], profile: Profile, period: Period, *, page: str = "") -> Counted:
    """Count these rows. With a question there are no measures; gaps leave rows out, by name."""
    left = iter(lines)
    found = _headings(left, profile)
    if isinstance(found, Question):
        return Counted(period, page, (), Rows(), questions=(found,))
    columns = Columns(profile, found.places)
    flaws = Flaws(measure.code for measure in profile.measures)
    headings = columns.cells(found.line.values)
    kept = Keeper(profile, columns, period, flaws, headings).take(left)
    measures = _tallied(kept, profile, columns, period, flaws)
    questions = (*_asked(kept, profile), *flaws.questions())
    gaps = flaws.gaps()
    rows = kept.rows(left_out=len({row for gap in gaps for row in gap.rows}))
    empty = tuple(_empty(kept, columns))
    return Counted(period, page, () if questions else measures, rows, gaps, questions, empty)


@dataclass(frozen=True, slots=True)
class _Found:
    """The row with the headings, and where each column is."""

    line: ListRow
    places: dict[str, int]


def _headings(left: Iterator[ListRow], profile: Profile) -> _Found | Question:
    """Where the columns are; ``left`` then stands below the headings."""
    headings = list(dict.fromkeys(heading for heading, _use in slots_of(profile)))
    best: dict[str, list[int]] = {}
    line = ListRow(0, ())
    for _number, line in zip(range(HEADING_ROWS), left, strict=False):
        found = places_in(line.values, headings)
        if len(found) > len(best):
            best = found
        if len(found) == len(headings):
            break
    missing = [heading for heading in headings if heading not in best]
    twice = [heading for heading, places in best.items() if len(places) > 1]
    if missing:
        return Question(QuestionCode.NO_COLUMN, params={"columns": ", ".join(missing)})
    if twice:
        return Question(QuestionCode.COLUMN_TWICE, params={"columns": ", ".join(twice)})
    return _Found(line, {heading: places[0] for heading, places in best.items()})


def _tallied(
    kept: Kept, profile: Profile, columns: Columns, period: Period, flaws: Flaws
) -> tuple[CountedMeasure, ...]:
    tallies = {one.code: Tally(profile, one, columns, period) for one in _wholes_first(profile)}
    for number, record in kept.records:
        answers: dict[str, Answer] = {"": True}
        for code, tally in tallies.items():
            answer = tally.add(record, answers[tally.rule.part_of])
            answers[code] = answer
            if isinstance(answer, Flaw):
                flaws.add(answer, number, code)
    return tuple(tallies[one.code].counted() for one in profile.measures)


def _wholes_first(profile: Profile) -> Iterator[MeasureRule]:
    done: set[str] = {""}
    waiting = list(profile.measures)
    while waiting:
        ready = [one for one in waiting if one.part_of in done]
        yield from ready
        done |= {one.code for one in ready}
        waiting = [one for one in waiting if one.code not in done]


def _asked(kept: Kept, profile: Profile) -> Iterator[Question]:
    if kept.hidden and profile.hidden is not Hidden.LEAVE:
        yield Question(QuestionCode.HIDDEN_ROWS, tuple(kept.hidden))
    if kept.doubles_differ:
        columns = {"columns": ", ".join(kept.differing)}
        yield Question(QuestionCode.DOUBLES_DIFFER, tuple(sorted(kept.doubles_differ)), columns)
    if not kept.read:
        yield Question(QuestionCode.NO_ROWS)


def _empty(kept: Kept, columns: Columns) -> Iterator[tuple[str, int]]:
    """How many of the counted rows have nothing in a column."""
    for heading in columns.headings:
        number = next(n for n, slot in enumerate(columns.slots) if slot[0] == heading)
        blank = sum(1 for _row, record in kept.records if record[number] in _NOTHING)
        if blank:
            yield heading, blank
