"""Categories nobody knows: part of the whole, or none; asked where it matters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from wirknetz.core.files.asked import WantedDimension
from wirknetz.core.files.recognition.deciding.figures import Figure, Parts
from wirknetz.core.files.recognition.deciding.grains import total_of
from wirknetz.core.files.recognition.desk import Desk
from wirknetz.core.files.recognition.geometry.paths import Link
from wirknetz.core.files.recognition.geometry.tables import dimension_of
from wirknetz.core.files.recognition.joining.claims import UNKNOWN
from wirknetz.core.files.recognition.joining.joiner import headed_dimension
from wirknetz.core.files.recognition.model import Choice, QuestionCode
from wirknetz.core.files.recognition.said import LABEL_KEY
from wirknetz.core.files.words import Lexicon, Role


@dataclass(frozen=True, slots=True)
class Categories:
    """Settles the unknown categories of one dimension."""

    dimension: WantedDimension
    grains: Sequence[str]
    lexicon: Lexicon
    desk: Desk

    def settled(self, given: dict[Parts, Figure]) -> dict[Parts, Figure]:
        """The figures without unknown categories, but for those that are part of a total."""
        unknown = [f for p, f in given.items() if self._unknown(p)]
        if not unknown:
            return given
        named = self._named(unknown, given)
        if named:
            return self._suggested(unknown, given, named)
        left = [f for f in unknown if f.amount != 0 and not self._is_beside(f, given)]
        kept = {p: f for p, f in given.items() if f not in unknown or self._is_part(f, given)}
        for figure in left:
            self._ask(figure, kept.values())
        return kept

    def _named(self, unknown: Sequence[Figure], given: dict[Parts, Figure]) -> str:
        """The only category that is not there, if all unknown labels name it."""
        name = self.dimension.code
        there = {dict(parts).get(name) for parts in given}
        free = [c.code for c in self.dimension.categories if c.code not in there]
        labels = {self._unknown(figure.parts) for figure in unknown}
        words = self.lexicon.categories.get(name)
        if len(free) != 1 or words is None:
            return ""
        named = [{words.by_word.get(word) for word in label.split()} for label in labels]
        return free[0] if all(free[0] in codes for codes in named) else ""

    def _suggested(
        self, unknown: Sequence[Figure], given: dict[Parts, Figure], code: str
    ) -> dict[Parts, Figure]:
        """The unknown category taken for the one it names; its numbers wait for the answer."""
        name = self.dimension.code
        kept = {p: f for p, f in given.items() if not self._unknown(p)}
        for figure in unknown:
            key = self._asked(figure, code)
            figure.parts = frozenset({**dict(figure.parts), name: code}.items())
            figure.needs.add(key)
            kept[figure.parts] = figure
        return kept

    def _unknown(self, parts: Parts) -> str:
        code = dict(parts).get(self.dimension.code, "")
        return code.removeprefix(UNKNOWN) if code.startswith(UNKNOWN) else ""

    def _is_beside(self, figure: Figure, given: dict[Parts, Figure]) -> bool:
        """Whether the total is reached without it, so that it is no part of it."""
        whole, known, _ = self._around(figure, given)
        return whole is not None and len(known) > 1 and total_of(known) == whole.amount

    def _is_part(self, figure: Figure, given: dict[Parts, Figure]) -> bool:
        """Whether the total is only reached with it."""
        whole, known, unknown = self._around(figure, given)
        return whole is not None and total_of([*known, *unknown]) == whole.amount

    def _around(
        self, figure: Figure, given: dict[Parts, Figure]
    ) -> tuple[Figure | None, list[Figure], list[Figure]]:
        """The total it may belong to, the known categories beside it, and the unknown ones."""
        name = self.dimension.code
        rest = frozenset((d, c) for d, c in figure.parts if d != name)
        kids = {
            p: f
            for p, f in given.items()
            if rest < p and len(p) == len(rest) + 1 and name in dict(p)
        }
        known = [f for p, f in kids.items() if not self._unknown(p)]
        unknown = [f for p, f in kids.items() if self._unknown(p)]
        return given.get(rest), known, unknown

    def _ask(self, figure: Figure, every: Iterable[Figure]) -> None:
        key = self._asked(figure)
        if self._holds(self._links(figure)):
            for one in every:
                if self.dimension.code in one.dimensions or not one.parts:
                    one.needs.add(key)

    def _asked(self, figure: Figure, suggested: str = "") -> str:
        """Ask what a label means; the key of the question."""
        key = LABEL_KEY + self._unknown(figure.parts)
        links = self._links(figure)
        text = links[0].token.text if links else self._unknown(figure.parts)
        codes = [category.code for category in self.dimension.categories]
        places = [claim.address for claim in figure.claims]
        self.desk.ask(
            QuestionCode.CATEGORY, key, places, tuple(self._choices(links)),
            params={"text": text, "dimension": self.dimension.name},
            suggested=codes.index(suggested) if suggested else None,
        )  # fmt: skip
        return key

    def _links(self, figure: Figure) -> list[Link]:
        label = self._unknown(figure.parts)
        return [link for c in figure.claims for link in c.strange if link.said.key == label]

    def _holds(self, links: Sequence[Link]) -> bool:
        """A strange column beside "Frauen" and "Männer" leaves these what they are."""
        asked = any(self.dimension.code in grain.split(",") for grain in self.grains)
        return not asked or any(headed_dimension(link) for link in links)

    def _is_own(self, code: str) -> bool:
        return dimension_of(code) == self.dimension.code

    def _choices(self, links: Sequence[Link]) -> Iterator[Choice]:
        """Each category, beside what the label names anyway."""
        said = links[0].said.meanings if links else ()
        other = [m.code for m in said if m.role is Role.CATEGORY and not self._is_own(m.code)]
        named = [f"{Role.CATEGORY.value}:{code}" for code in other]
        for category in self.dimension.categories:
            code = f"category:{self.dimension.code}={category.code}"
            yield Choice(" ".join((*named, code)), {"name": category.name})
        yield Choice("total")
        yield Choice("ignore")
