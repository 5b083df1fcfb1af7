"""Bands that are not those asked: added up where they fill one exactly, asked where they do not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wirknetz.core.files.asked import WantedDimension
from wirknetz.core.files.recognition.deciding.figures import Figure, Parts, added
from wirknetz.core.files.recognition.desk import Desk
from wirknetz.core.files.recognition.model import Choice, QuestionCode
from wirknetz.core.files.words import Band, Lexicon
from wirknetz.core.files.words.categories import OPEN

_ODD = "~"


@dataclass(frozen=True, slots=True)
class Bands:
    """Brings the bands of one dimension to those asked."""

    dimension: WantedDimension
    lexicon: Lexicon
    desk: Desk

    def fitted(self, given: dict[Parts, Figure]) -> dict[Parts, Figure]:
        """The same figures, finer bands added up; the rest waits for an answer."""
        odd = sorted({code for parts in given if (code := self._odd(parts))})
        if not odd:
            return given
        tiles = {c.code: self._tiles(c.code, odd) for c in self.dimension.categories}
        used = {code for tile in tiles.values() for code in tile}
        fitted = {p: f for p, f in given.items() if self._odd(p) not in used}
        fitted |= {f.parts: f for f in self._summed(given, tiles) if f.parts not in fitted}
        left = {f.parts: f for p, f in fitted.items() if self._odd(p) and f.amount != 0}
        if left:
            fitted = self._asked(left, fitted)
        return {p: f for p, f in fitted.items() if not self._odd(p) or p in left}

    def _odd(self, parts: Parts) -> str:
        code = dict(parts).get(self.dimension.code, "")
        return code if code.startswith(_ODD) else ""

    def _tiles(self, category: str, odd: Sequence[str]) -> tuple[str, ...]:
        """The bands that follow each other from the start of a category to its end."""
        whole = self.lexicon.band(self.dimension.code, category)
        if whole is None:
            return ()
        bands = {code: _band(code) for code in odd}
        found: list[str] = []
        at = whole.low
        while at <= whole.high:
            code = next((c for c, band in bands.items() if band.low == at), None)
            if code is None or bands[code].high > whole.high:
                return ()
            found.append(code)
            if bands[code].high == OPEN:
                break
            at = bands[code].high + 1
        return tuple(found)

    def _summed(
        self, given: dict[Parts, Figure], tiles: dict[str, tuple[str, ...]]
    ) -> Iterator[Figure]:
        name = self.dimension.code
        others = {frozenset((d, c) for d, c in p if d != name) for p in given if self._odd(p)}
        for rest in sorted(others, key=sorted):
            for category, codes in tiles.items():
                found = [given.get(rest | {(name, code)}) for code in codes]
                if found and None not in found:
                    yield added(rest | {(name, category)}, [f for f in found if f is not None])

    def _asked(self, left: dict[Parts, Figure], every: dict[Parts, Figure]) -> dict[Parts, Figure]:
        """The figures after the answer, or as they would be after the suggested one."""
        codes = sorted({self._odd(parts) for parts in left})
        near = self._nearest(codes, every)
        names = [code.removeprefix(_ODD) for code in codes]
        key = f"bands|{self.dimension.code}|{'+'.join(names)}"
        answer = self.desk.ask(
            QuestionCode.BANDS, key, [c.address for f in left.values() for c in f.claims],
            (*((Choice("nearest"),) if near else ()), Choice("total"), Choice("ignore")),
            params={
                "found": ", ".join(names), "dimension": self.dimension.name,
                "wanted": ", ".join(c.name for c in self.dimension.categories),
            },
            suggested=0,
        )  # fmt: skip
        if answer == "ignore":
            return {}
        if near and answer in ("", "nearest"):
            every = self._moved(every, near)
        for figure in every.values() if not answer else ():
            if self.dimension.code in figure.dimensions:
                figure.needs.add(key)
        return every

    def _nearest(self, codes: Sequence[str], every: dict[Parts, Figure]) -> dict[str, str]:
        """The category each band begins or ends with; empty unless there is just one for each."""
        name = self.dimension.code
        there = {dict(parts).get(name) for parts in every}
        free = {c.code: self.lexicon.band(name, c.code) for c in self.dimension.categories}
        near: dict[str, str] = {}
        for code in codes:
            own = _band(code)
            fits = [
                category
                for category, band in free.items()
                if band and category not in there and (band.low == own.low or band.high == own.high)
            ]
            if len(fits) != 1 or fits[0] in near.values():
                return {}
            near[code] = fits[0]
        return near

    def _moved(self, every: dict[Parts, Figure], near: dict[str, str]) -> dict[Parts, Figure]:
        """The figures with their bands taken for the nearest categories."""
        moved: dict[Parts, Figure] = {}
        for parts, figure in every.items():
            code = near.get(self._odd(parts))
            if code:
                figure.parts = frozenset({**dict(parts), self.dimension.code: code}.items())
            moved[figure.parts] = figure
        return moved


def _band(code: str) -> Band:
    low, _, high = code.removeprefix(_ODD).partition("-")
    return Band(int(low), int(high) if high else OPEN)
