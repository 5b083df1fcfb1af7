"""Parts and totals of one measure: compared, never added; the finest complete breakdown counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from wirknetz.core.files.asked import Wanted
from wirknetz.core.files.recognition.deciding.figures import Figure, Parts, added
from wirknetz.core.files.recognition.desk import Desk, digest
from wirknetz.core.files.recognition.joining.claims import UNKNOWN, Claim
from wirknetz.core.files.recognition.model import AsideCode, Choice, QuestionCode
from wirknetz.core.values import Adds

WHOLE: Parts = frozenset()


@dataclass(slots=True)
class Breakdown:
    """All figures of one measure by their place.

    ``given`` stand in the file; those in categories nobody asks for are among them and marked
    by :func:`is_odd`. ``agreeing`` are totals that their parts confirm.
    """

    wanted: Wanted
    desk: Desk
    given: dict[Parts, Figure]
    agreeing: set[Parts] = field(default_factory=set)
    sums: dict[Parts, Figure | None] = field(default_factory=dict)

    @property
    def _adds(self) -> bool:
        return self.wanted.adds is not Adds.MEAN

    def chosen(self) -> list[Figure]:
        """The figures that are reported."""
        if self._adds:
            for parts in sorted(self.given, key=lambda p: (-len(p), sorted(p))):
                self._compare(parts)
            self._compare_breakdowns()
        for grain in self.wanted.grains:
            found = self._at(frozenset(grain.split(",")) if grain else frozenset())
            if found:
                self._say(found)
                return found
        return []

    # Totals and parts

    def _compare(self, parts: Parts) -> None:
        """A total with the parts below it, along each dimension."""
        for dimension in self._dimensions(below=parts):
            whole = self.given.get(parts)
            if whole is None or whole.amount is None:
                return
            kids = self._kids(parts, dimension)
            known = [kid for kid in kids if kid is not None and kid.amount is not None]
            total = total_of(known)
            if len(known) == len(kids) and total == whole.amount:
                self.agreeing.add(parts)
            elif total > whole.amount or (len(known) == len(kids) > 1):
                self._disagree(whole, known, total)
        if parts in self.given and parts not in self.agreeing:
            self._compare_finest(parts)

    def _compare_finest(self, parts: Parts) -> None:
        """Where cells are empty, what stands there is compared with the total all the same."""
        whole = self.given[parts]
        below = [f for f in self._below(parts) if f.amount is not None]
        deepest = max((len(f.parts) for f in below), default=0)
        finest = [f for f in below if len(f.parts) == deepest]
        if deepest <= len(parts) + 1 or whole.amount is None:
            return
        total = total_of(finest)
        if total == whole.amount:
            self.agreeing.add(parts)
        elif not self._is_lopsided(finest) and not any(f.needs & whole.needs for f in finest):
            self._disagree(whole, finest, total)

    def _is_lopsided(self, finest: Sequence[Figure]) -> bool:
        """Whether some category stands only in the coarser figures."""
        dimensions = {d for f in finest for d in f.dimensions}
        return any(
            {dict(f.parts)[d] for f in finest if d in f.dimensions} != self._codes(WHOLE, d)
            for d in dimensions
        )

    def _compare_breakdowns(self) -> None:
        """By gender and by age the whole is the same; without a total only this can be seen."""
        if WHOLE in self.given:
            return
        totals: dict[str, Decimal] = {}
        for dimension in self._dimensions(below=WHOLE):
            kids = [kid for kid in self._kids(WHOLE, dimension) if kid and kid.amount is not None]
            if len(kids) > 1 and len(kids) == len(self._codes(WHOLE, dimension)):
                totals[dimension] = total_of(kids)
        if len(set(totals.values())) == 1 and len(totals) > 1:
            self.agreeing.add(WHOLE)
        elif totals and len(set(totals.values())) > 1:
            self._ask_breakdowns(totals)

    def _ask_breakdowns(self, totals: dict[str, Decimal]) -> None:
        found = [f for f in self.given.values() if f.dimensions & totals.keys()]
        places = [c.address for f in found for c in f.claims]
        key = f"sum|{digest(*sorted(places), *sorted(totals.items()))}"
        amounts = sorted(set(totals.values()))
        answer = self.desk.ask(
            QuestionCode.SUM, key, places,
            (*(Choice(f"by:{d}", {"amount": str(a)}) for d, a in totals.items()), Choice("ignore")),
            params={
                "measure": self.wanted.code, "total": f"{amounts[-1]:f}",
                "parts": f"{amounts[0]:f}", "difference": f"{amounts[-1] - amounts[0]:f}",
            },
        )  # fmt: skip
        kept = answer.removeprefix("by:")
        for figure in found:
            if not answer:
                figure.needs.add(key)
            elif kept not in figure.dimensions:
                self.given.pop(figure.parts)
        self.sums.clear()

    def _disagree(self, whole: Figure, kids: Sequence[Figure], total: Decimal) -> None:
        places = list(dict.fromkeys(c.address for f in (whole, *kids) for c in f.claims))
        amount = whole.amount or Decimal(0)
        key = f"sum|{digest(*sorted(places), amount, total)}"
        answer = self.desk.ask(
            QuestionCode.SUM, key, places, (Choice("parts"), Choice("total"), Choice("ignore")),
            params={
                "measure": self.wanted.code, "total": f"{amount:f}", "parts": f"{total:f}",
                "difference": f"{abs(amount - total):f}",
            },
        )  # fmt: skip
        if answer in ("parts", "ignore"):
            self.given.pop(whole.parts, None)
        if answer in ("total", "ignore"):
            for figure in self._below(whole.parts):
                self.given.pop(figure.parts)
        if not answer:
            for figure in (whole, *self._below(whole.parts)):
                figure.needs.add(key)
        self.sums.clear()

    def _below(self, parts: Parts) -> list[Figure]:
        return [f for p, f in self.given.items() if parts < p]

    def _dimensions(self, below: Parts) -> list[str]:
        used = {dimension for dimension, _ in below}
        return sorted({d for p in self.given if below < p for d, _ in p} - used)

    def _codes(self, parts: Parts, dimension: str) -> set[str]:
        """The categories of a dimension that stand anywhere below a place."""
        return {dict(p)[dimension] for p in self.given if parts <= p and dimension in dict(p)}

    def _kids(self, parts: Parts, dimension: str) -> list[Figure | None]:
        """The figures one step below, along one dimension; None for one that is not complete."""
        codes = sorted(self._codes(parts, dimension))
        return [self._sum(parts | {(dimension, code)}) for code in codes]

    def _sum(self, parts: Parts) -> Figure | None:
        """The figure of a place: as given, or added up from all its parts."""
        if parts not in self.sums:
            self.sums[parts] = self.given.get(parts) or self._added(parts)
        return self.sums[parts]

    def _added(self, parts: Parts) -> Figure | None:
        if not self._adds:
            return None
        for dimension in self._dimensions(below=parts):
            kids = self._kids(parts, dimension)
            whole = self._codes(WHOLE, dimension) == self._codes(parts, dimension)
            if whole and len(kids) > 1 and None not in kids:
                return added(parts, [kid for kid in kids if kid is not None])
        return None

    # What is reported

    def _at(self, grain: frozenset[str]) -> list[Figure]:
        """All figures at one grain, those that can be added up included; none if incomplete."""
        places = {coarser(p, grain) for p in self.given if grain <= dict(p).keys()}
        found = [figure for p in sorted(places, key=sorted) if (figure := self._sum(p))]
        if not found or len(found) < len(places) or any(is_odd(f.parts) for f in found):
            return []
        return found if self._is_complete(grain, found) else []

    def _is_complete(self, grain: frozenset[str], found: Sequence[Figure]) -> bool:
        """Whether no coarser figure holds more than these, but for what is asked anyway."""
        for parts, whole in self.given.items():
            if dict(parts).keys() < grain and whole.amount is not None:
                below = [f for f in found if parts < f.parts]
                asked = any(need.startswith("sum|") for f in below for need in f.needs)
                unknown = any(f.amount is None for f in below)
                differs = total_of(below) != whole.amount
                if not below or (differs and not asked and not unknown):
                    return False
        return True

    def _say(self, chosen: Sequence[Figure]) -> None:
        """A word about totals that agree and about parts finer than asked."""
        reported = {id(claim) for figure in chosen for claim in figure.claims}
        for figure in chosen:
            if figure.added and len(figure.claims) > 1:
                for claim in self._finer_than(figure):
                    self.desk.aside(AsideCode.FINER, claim.address)
        for parts in sorted(self.agreeing, key=sorted):
            for claim in self.given[parts].claims if parts in self.given else ():
                if id(claim) not in reported:
                    self.desk.aside(AsideCode.SUM_AGREES, claim.address)

    @staticmethod
    def _finer_than(figure: Figure) -> Iterator[Claim]:
        yield from (c for c in figure.claims if frozenset(c.parts.items()) != figure.parts)


def is_odd(parts: Parts) -> bool:
    """Whether a place lies in a category that is not asked."""
    return any(code.startswith((UNKNOWN, "~")) for _, code in parts)


def coarser(parts: Parts, grain: frozenset[str]) -> Parts:
    """The place at a coarser grain."""
    return frozenset((d, c) for d, c in parts if d in grain)


def total_of(figures: Iterable[Figure]) -> Decimal:
    """The sum of all that have a number."""
    return sum((f.amount for f in figures if f.amount is not None), Decimal(0))
