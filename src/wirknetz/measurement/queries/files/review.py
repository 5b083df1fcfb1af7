"""What would be reported from a file: beside what stands there and what was reported before."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _

from wirknetz.core.files.grid import Address
from wirknetz.core.files.recognition.model import Taken
from wirknetz.core.values import Cell, Value
from wirknetz.measurement.queries.collection import checking
from wirknetz.measurement.queries.collection.checking import Remark
from wirknetz.measurement.queries.collection.dossier import Place, plain
from wirknetz.measurement.queries.collection.lines import change_words
from wirknetz.measurement.queries.collection.sentences import number, problem_sentence, value_words
from wirknetz.measurement.queries.collection.sources import cell_words
from wirknetz.measurement.queries.collection.structure import AskedMeasure
from wirknetz.measurement.queries.files.looking import Looking
from wirknetz.measurement.rules.collection_values import Problem, flaw


@dataclass(frozen=True, slots=True)
class Line:
    """One value that would be reported, or one that would go (``value`` None).

    ``seen`` is the number of the entry that stands there now, ``source`` what is stored with
    the value. ``here`` is what stands there where it is something else.
    """

    measure: AskedMeasure
    cell: Cell
    label: str
    value: Value | None
    words: str
    text: str
    remark: str
    places: str
    source: Mapping[str, str]
    here: str
    stays: bool
    previous: str
    change: str
    seen: int | None
    flaw: str

    @property
    def place(self) -> Place:
        """Measure and cell."""
        return self.measure.id, self.cell


@dataclass(frozen=True, slots=True)
class Block:
    """Everything of one measure: what comes, what goes, what the check says of it."""

    measure: AskedMeasure
    lines: tuple[Line, ...]
    gone: tuple[Line, ...]
    remarks: tuple[Remark, ...]
    grains: tuple[str, ...]

    @property
    def single(self) -> Line | None:
        """Its only value, where it is not broken down and nothing else goes."""
        alone = len(self.lines) == 1 and not self.gone and not self.lines[0].cell.items
        return self.lines[0] if alone else None

    @property
    def has_one_breakdown(self) -> bool:
        """Whether its amounts stand at one grain only; "not collected" stands at none."""
        return len(self.grains) == 1 and any(
            line.value and line.value.amount is not None for line in self.lines
        )

    @property
    def total(self) -> str:
        """The sum of a breakdown; empty for a mean, and where several stand side by side."""
        amounts = [
            line.value.amount for line in self.lines if line.value and line.value.amount is not None
        ]
        if self.measure.is_mean or len(self.grains) != 1 or self.single:
            return ""
        return number(sum(amounts, Decimal(0)))

    @property
    def replaces(self) -> int:
        """How many values that stand there would be others or go."""
        return sum(bool(line.here) for line in self.lines) + len(self.gone)

    @property
    def wrong(self) -> bool:
        """Whether it cannot be reported so."""
        return any(line.flaw for line in self.lines) or any(r.is_error for r in self.remarks)


@dataclass(frozen=True)
class Review:
    """What would come of a file."""

    looking: Looking
    blocks: tuple[Block, ...]
    others: tuple[Remark, ...]
    """What the check says of measures that are not in the file, because of those that are."""

    def chosen(self, measures: Iterable[int]) -> tuple[Block, ...]:
        """Those of these measures."""
        wanted = set(measures)
        return tuple(block for block in self.blocks if block.measure.id in wanted)

    @property
    def singles(self) -> tuple[Block, ...]:
        """Measures of one value."""
        return tuple(block for block in self.blocks if block.single)

    @property
    def broken_down(self) -> tuple[Block, ...]:
        """The others."""
        return tuple(block for block in self.blocks if not block.single)

    @property
    def errors(self) -> tuple[Remark, ...]:
        """What could not stand beside it in measures that are not in the file."""
        return tuple(remark for remark in self.others if remark.is_error)

    @property
    def name(self) -> str:
        """What to call the mapping: as it is called, else after the file."""
        upload = self.looking.upload
        return upload.profile.name if upload.profile else suggested_name(upload.name)

    @property
    def values(self) -> int:
        """How many values would be reported."""
        return sum(len(block.lines) for block in self.blocks)

    @property
    def missing(self) -> tuple[AskedMeasure, ...]:
        """Measures that are asked and not in the file."""
        found = {block.measure.id for block in self.blocks}
        measures = self.looking.page.dossier.asked.measures.values()
        return tuple(m for m in measures if m.id not in found)

    @property
    def replaces(self) -> int:
        """How many values that stand there would be others or go."""
        return sum(block.replaces for block in self.blocks)

    @cached_property
    def digest(self) -> str:
        """Changes whenever something else would be reported or replaced than was shown."""
        shown = [
            [*line.place[:1], line.cell.key, line.value and plain(line.value), line.seen]
            for block in self.blocks
            for line in (*block.lines, *block.gone)
        ]
        text = json.dumps([self.looking.upload.sha256, shown], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


def suggested_name(file_name: str) -> str:
    """``klinik-a`` for ``klinik-a_2025Q3.xlsx``: the name without what changes every time."""
    stem = file_name.rpartition(".")[0] or file_name
    words = re.sub(r"\d+|\b[QH]\b|(?<=_)[QHqh](?=_|$)", " ", stem).replace("_", " ")
    plain = " ".join(part for part in words.split() if part not in {"Q", "H", "q", "h"})
    return plain.strip(" .-")[:80] or _("Unsere Tabelle")


def review_of(looking: Looking, *, measures: Iterable[int] | None = None) -> Review:
    """What would be reported, of all measures found or of these. Two queries.

    The check looks at everything that would then stand in the submission.
    """
    made = _Making(looking)
    blocks = tuple(made.blocks())
    wanted = {b.measure.id for b in blocks} if measures is None else set(measures)
    remarks = made.remarks([b for b in blocks if b.measure.id in wanted])
    placed = tuple(
        Block(b.measure, b.lines, b.gone, tuple(remarks.pop(b.measure.id, ())), b.grains)
        for b in blocks
    )
    return Review(looking, placed, tuple(r for rest in remarks.values() for r in rest))


class _Making:
    """Works out the lines of one file."""

    def __init__(self, looking: Looking) -> None:
        self.looking, self.dossier = looking, looking.page.dossier
        self.taken: dict[str, list[Taken]] = {}
        for one in looking.reading.taken:
            self.taken.setdefault(one.target.measure, []).append(one)

    def blocks(self) -> Iterator[Block]:
        for measure in self.dossier.asked.measures.values():
            if taken := self.taken.get(measure.code):
                found = [self._line(measure, one) for one in taken]
                lines = tuple(sorted(found, key=self._order))
                grains = tuple(dict.fromkeys(line.cell.grain for line in lines))
                yield Block(measure, lines, tuple(self._gone(measure, lines)), (), grains)

    def _order(self, line: Line) -> tuple[object, ...]:
        """As the form has it: by breakdown, then as the categories stand in their lists."""
        places = []
        for name, code in line.cell.items:
            codes = [c.code for c in self.dossier.asked.dimensions[name].categories]
            places.append(codes.index(code) if code in codes else len(codes))
        return len(places), line.cell.grain, places

    def _line(self, measure: AskedMeasure, one: Taken) -> Line:
        place = (measure.id, one.target.cell)
        here, before = self.dossier.values.get(place), self.dossier.history.get(place, ())
        same = here is not None and here.value == one.value
        return Line(
            measure=measure,
            cell=one.target.cell,
            label=self.dossier.asked.cell_label(one.target.cell),
            value=one.value,
            words=value_words(one.value),
            text=one.text,
            remark=one.remark,
            places=places_words(one.sources),
            source=self._source(one.sources),
            here="" if here is None or same else value_words(here.value),
            stays=same,
            previous=value_words(before[-1].value) if before else "",
            change=change_words(one.value, before[-1].value if before else None),
            seen=here.id if here else None,
            flaw=_flaw_words(measure, one),
        )

    def _gone(self, measure: AskedMeasure, lines: Iterable[Line]) -> Iterator[Line]:
        """What stands there at other places: two ways to say the same must not stand together."""
        kept = {line.place for line in lines}
        for place, here in self.dossier.values.items():
            if place[0] == measure.id and place not in kept:
                yield Line(
                    measure=measure, cell=here.cell,
                    label=self.dossier.asked.cell_label(here.cell) or _("Gesamtzahl"),
                    value=None, words="", text="", remark="", places="", source={},
                    here=value_words(here.value), stays=False, previous="", change="",
                    seen=here.id, flaw="",
                )  # fmt: skip

    def _source(self, sources: tuple[Address, ...]) -> dict[str, str]:
        """What is stored with a value: the file by name and hash, and where it stood."""
        return {
            "file": self.looking.upload.name,
            "sha256": self.looking.upload.sha256,
            "sheet": _sheets(sources),
            "cell": _cells(sources),
        }

    def remarks(self, blocks: list[Block]) -> dict[int, list[Remark]]:
        """What the check finds once these stand there, without what it says already."""
        values = {place: here.value for place, here in self.dossier.values.items()}
        for line in (line for b in blocks for line in (*b.gone, *b.lines)):
            values.pop(line.place, None)
            if line.value is not None:
                values[line.place] = line.value
        said = {remark.key for remark in self.dossier.remarks}
        found = checking.remarks(
            values,
            asked=self.dossier.asked,
            rules=checking.network_rules(self.dossier.submission.round.network_id),
            history=self.dossier.history,
            answers={},
        )
        by_measure: dict[int, list[Remark]] = {}
        ours = {b.measure.id for b in blocks}
        for remark in found:
            if remark.measure_id in ours or remark.key not in said:
                by_measure.setdefault(remark.measure_id, []).append(remark)
        return by_measure


def _flaw_words(measure: AskedMeasure, one: Taken) -> str:
    """What is wrong with the value by itself, with its place in the file."""
    found = flaw(one.value, decimals=measure.decimals, is_mean=measure.is_mean)
    if found is None:
        return ""
    problem = Problem(found[0], measure.id, one.target.cell, found[1], one.text)
    return f"{places_words(one.sources)}: {problem_sentence(problem)}"


def places_words(sources: Iterable[Address]) -> str:
    """``Blatt „Q3 2025“, Zelle B7`` or several of them."""
    found = tuple(sources)
    return cell_words({"sheet": _sheets(found), "cell": _cells(found)})


def _sheets(sources: tuple[Address, ...]) -> str:
    return ", ".join(dict.fromkeys(place.page for place in sources))


def _cells(sources: tuple[Address, ...]) -> str:
    """``B7``, ``D4, E4, F4``, ``Juli!B7, August!B7``."""
    pages = {place.page for place in sources}
    if len(pages) <= 1:
        return ", ".join(place.a1 for place in sources)
    return ", ".join(f"{place.page}!{place.a1}" for place in sources)
