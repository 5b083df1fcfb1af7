"""Parts and totals of one measure: compared, never added; the finest complete breakdown counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from wirknetz.core.files.asked import Questionnaire, Wanted
from wirknetz.core.files.recognition.deciding.figures import Figure, Parts, added
from wirknetz.core.files.recognition.desk import Desk, digest
from wirknetz.core.files.recognition.model import AsideCode, Choice, QuestionCode
from wirknetz.core.values import Adds


@dataclass(slots=True)
class Breakdown:
    """All figures of one measure by their place, those in unknown categories apart."""

    wanted: Wanted
    questionnaire: Questionnaire
    desk: Desk
    given: dict[Parts, Figure]
    odd: dict[Parts, Figure] = field(default_factory=dict)
    agreeing: set[Parts] = field(default_factory=set)

    def chosen(self) -> list[Figure]:
        """The figures that are reported."""
        if self.wanted.adds is not Adds.MEAN:
            for parts in sorted(self.given, key=lambda p: (-len(p), sorted(p))):
                self._compare(parts)
        for grain in self.wanted.grains:
            found = self._at(frozenset(grain.split(",")) if grain else frozenset())
            if found:
                self._say(found)
                return found
        return []

    def _compare(self, parts: Parts) -> None:
        """A total with the parts below it, along each dimension."""
        for dimension in self._dimensions(below=parts):
            whole = self.given.get(parts)
            kids = self._kids(parts, dimension)
            if whole is None or not kids or whole.amount is None:
                continue
            amounts = [kid.amount for kid in kids]
            if None in amounts:
                continue
            total = sum((a for a in amounts if a is not None), Decimal(0))
            if total == whole.amount:
                self.agreeing.add(parts)
            elif total > whole.amount or len(kids) > 1:
                self._disagree(whole, kids, total)

    def _disagree(self, whole: Figure, kids: list[Figure], total: Decimal) -> None:
        places = [c.address for f in (whole, *kids) for c in f.claims]
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
            self.given.pop(whole.parts)
        if answer in ("total", "ignore"):
            self._drop_below(whole.parts)
        if not answer:
            for figure in (whole, *self._below(whole.parts)):
                figure.needs.add(key)

    def _below(self, parts: Parts) -> list[Figure]:
        return [f for p, f in {**self.given, **self.odd}.items() if parts < p]

    def _drop_below(self, parts: Parts) -> None:
        for figures in (self.given, self.odd):
            for below in [p for p in figures if parts < p]:
                figures.pop(below)

    def _dimensions(self, below: Parts) -> list[str]:
        used = {dimension for dimension, _ in below}
        every = {d for p in (*self.given, *self.odd) for d, _ in p}
        return sorted(every - used)

    def _kids(self, parts: Parts, dimension: str) -> list[Figure]:
        """The figures exactly one step below, along one dimension."""
        return [
            figure
            for p, figure in (*self.given.items(), *self.odd.items())
            if parts < p and len(p) == len(parts) + 1 and dimension in dict(p)
        ]

    def _at(self, grain: frozenset[str]) -> list[Figure]:
        """All figures at one grain, those that can be added up included; none if incomplete."""
        places = {self._coarser(p, grain) for p in self.given if grain <= dict(p).keys()}
        figures = [figure for p in sorted(places, key=sorted) if (figure := self._sum(p))]
        if not figures or len(figures) < len(places):
            return []
        return figures if self._is_complete(grain, figures) else []

    @staticmethod
    def _coarser(parts: Parts, grain: frozenset[str]) -> Parts:
        return frozenset((d, c) for d, c in parts if d in grain)

    def _sum(self, parts: Parts) -> Figure | None:
        """The figure of a place: as given, or added up from all its parts."""
        if parts in self.given:
            return self.given[parts]
        if self.wanted.adds is Adds.MEAN:
            return None
        for dimension in self._dimensions(below=parts):
            codes = {dict(p)[dimension] for p in self.given if parts < p and dimension in dict(p)}
            kids = [self._sum(parts | {(dimension, code)}) for code in sorted(codes)]
            odd = [
                f
                for p, f in self.odd.items()
                if parts < p and len(p) == len(parts) + 1 and dimension in dict(p)
            ]
            if len(kids) > 1 and None not in kids:
                return added(parts, [*(kid for kid in kids if kid), *odd])
        return None

    def _is_complete(self, grain: frozenset[str], figures: Iterable[Figure]) -> bool:
        """Whether no coarser figure holds more than these, but for what is asked anyway."""
        found = list(figures)
        for parts, whole in self.given.items():
            if not dict(parts).keys() < grain or whole.amount is None:
                continue
            below = [f for f in found if parts < f.parts]
            asked = any(need in whole.needs for f in below for need in f.needs)
            amounts = [f.amount for f in below]
            if not below or (not asked and None not in amounts and _total(amounts) != whole.amount):
                return False
        return not any(
            f.amount and self._coarser(p, grain) not in {g.parts for g in found}
            for p, f in self.odd.items()
            if p.__class__ is frozenset and dict(p).keys() <= grain
        )

    def _say(self, chosen: list[Figure]) -> None:
        """A word about totals that agree and about parts finer than asked."""
        reported = {id(claim) for figure in chosen for claim in figure.claims if not figure.added}
        for figure in chosen:
            if figure.added:
                self._aside(AsideCode.FINER, figure)
        for parts in self.agreeing:
            for claim in self.given[parts].claims if parts in self.given else ():
                if id(claim) not in reported:
                    self.desk.aside(AsideCode.SUM_AGREES, claim.address)

    def _aside(self, code: AsideCode, figure: Figure) -> None:
        for claim in figure.claims:
            self.desk.aside(code, claim.address)


def _total(amounts: Iterable[Decimal | None]) -> Decimal:
    return sum((a for a in amounts if a is not None), Decimal(0))


def by_place(figures: Mapping[Parts, Figure]) -> Iterator[Figure]:
    """In a fixed order."""
    yield from (figures[parts] for parts in sorted(figures, key=sorted))
