"""Which rows of a list are counted at all: no headings, no doubles, nothing that is hidden."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from wirknetz.core.files.counting.columns import Columns, Flaw, Record, Use
from wirknetz.core.files.counting.conditions import asks
from wirknetz.core.files.counting.flaws import Flaws
from wirknetz.core.files.counting.folding import fold
from wirknetz.core.files.counting.model import GapCode, QuestionCode, Rows
from wirknetz.core.files.counting.profile import Doubles, Hidden, Profile
from wirknetz.core.files.grid import Content
from wirknetz.core.files.reading import ListRow
from wirknetz.core.values import Period

_TOTALS: Final = frozenset(
    ("summe", "summen", "gesamt", "insgesamt", "total", "gesamtsumme", "zwischensumme", "∑")
)
_NOTHING: Final = (None, "")
_LONGEST_TOTAL: Final = 20


@dataclass(slots=True)
class Kept:
    """Records by row number, and what became of the other rows."""

    records: list[tuple[int, Record]] = field(default_factory=list)
    read: int = 0
    doubles: int = 0
    filtered: int = 0
    headings: int = 0
    doubles_differ: set[int] = field(default_factory=set)
    differing: dict[str, None] = field(default_factory=dict)
    hidden: list[int] = field(default_factory=list)

    def rows(self, left_out: int) -> Rows:
        """The numbers of all of them."""
        hidden = len(self.hidden)
        return Rows(self.read, self.doubles, self.filtered, hidden, self.headings, left_out)


class Keeper:
    """Sorts the rows of one list."""

    def __init__(
        self,
        profile: Profile,
        columns: Columns,
        period: Period,
        flaws: Flaws,
        headings: tuple[Content | None, ...],
    ) -> None:
        """Prepare for rows below the headings, which may come again."""
        self._profile, self._columns, self._flaws = profile, columns, flaws
        self._only = asks(profile.only, columns, period)
        self._headings = headings
        case = profile.case_number if profile.doubles is not Doubles.EVERY else ""
        self._case = columns.number(case, Use.WORD) if case else None
        self._required = [(h, columns.number(h, Use.WORD)) for h in profile.required]
        self._in_order = [(h, columns.number(h, Use.DAY)) for h in profile.in_order]
        self._first: dict[str, int] = {}
        self.kept = Kept()

    def take(self, lines: Iterable[ListRow]) -> Kept:
        """Look at every row."""
        for line in lines:
            cells = self._columns.cells(line.values)
            if any(cell is not None for cell in cells) or self._without_value(line):
                self._row(line, cells)
        self._take_out_last_sum()
        self._narrow()
        return self.kept

    def _without_value(self, line: ListRow) -> bool:
        return bool(line.without_value) and not set(line.without_value).isdisjoint(
            self._columns.places
        )

    def _row(self, line: ListRow, cells: tuple[Content | None, ...]) -> None:
        number, kept = line.number + 1, self.kept
        kept.read += 1
        if line.hidden and self._profile.hidden is not Hidden.COUNT:
            kept.hidden.append(number)
        elif cells == self._headings:
            kept.headings += 1
        elif self._without_value(line):
            places = zip(self._columns.headings, self._columns.places, strict=True)
            heading = next(h for h, place in places if place in line.without_value)
            self._flaws.add(Flaw(QuestionCode.WITHOUT_VALUE, heading), number)
        elif any(map(_names_total, line.values)):
            self._flaws.add(Flaw(GapCode.TOTAL_ROW, ""), number)
        else:
            self._keep(number, self._columns.record(line.values))

    def _keep(self, number: int, record: Record) -> None:
        if self._case is None:
            self.kept.records.append((number, record))
            return
        case = record[self._case]
        if not isinstance(case, str) or not case:
            self._flaws.add(Flaw(GapCode.NO_CASE_NUMBER, self._profile.case_number), number)
            return
        first = self._first.setdefault(case, len(self.kept.records))
        if first == len(self.kept.records):
            self.kept.records.append((number, record))
        else:
            self._double(first, number, record)

    def _double(self, first: int, number: int, record: Record) -> None:
        self.kept.doubles += 1
        before_number, before = self.kept.records[first]
        if self._profile.doubles is Doubles.LAST:
            self.kept.records[first] = (number, record)
        elif before != record:
            self.kept.doubles_differ |= {before_number, number}
            pairs = zip(self._columns.slots, before, record, strict=True)
            differing = [slot[0] for slot, one, other in pairs if one != other]
            self.kept.differing.update(dict.fromkeys(differing))

    def _take_out_last_sum(self) -> None:
        """A last row that says nothing but what those above add up to is their sum."""
        *above, (number, last) = self.kept.records or [(0, ())]
        amounts = [n for n, said in enumerate(last) if isinstance(said, Decimal)]
        bare = all(said in _NOTHING for n, said in enumerate(last) if n not in amounts)
        if len(above) > 1 and amounts and bare and all(_adds_up(above, last, n) for n in amounts):
            self.kept.records.pop()
            self._flaws.add(Flaw(GapCode.TOTAL_ROW, ""), number)

    def _narrow(self) -> None:
        """Leave the rows that are meant and have what every row must have."""
        self.kept.records = [one for one in self.kept.records if self._meant(*one)]

    def _meant(self, number: int, record: Record) -> bool:
        answer = self._only(record)
        if answer is False:
            self.kept.filtered += 1
            return False
        flaws = list(self._lacking(record)) if answer is True else [answer]
        for flaw in flaws:
            if isinstance(flaw, Flaw):
                self._flaws.add(flaw, number)
        return not flaws

    def _lacking(self, record: Record) -> Iterator[Flaw]:
        for heading, number in self._required:
            if record[number] == "":
                yield Flaw(GapCode.MISSING, heading)
        before: dt.date | None = None
        for heading, number in self._in_order:
            said = record[number]
            if isinstance(said, dt.date):
                if before is not None and said < before:
                    yield Flaw(GapCode.ORDER, heading)
                before = said


def _names_total(cell: Content | None) -> bool:
    if not isinstance(cell, str) or len(cell) > _LONGEST_TOTAL:
        return False
    return fold(cell).rstrip(":") in _TOTALS


def _adds_up(above: list[tuple[int, Record]], last: Record, number: int) -> bool:
    """Whether this amount of the last row is the sum of those above it, and not nothing."""
    amounts = [said for _row, record in above if isinstance(said := record[number], Decimal)]
    return last[number] == sum(amounts) and bool(last[number])
