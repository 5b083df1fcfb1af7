"""Categories nobody knows: part of the whole, or none; asked where it matters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from wirknetz.core.files.asked import WantedDimension
from wirknetz.core.files.recognition.deciding.figures import Figure, Parts
from wirknetz.core.files.recognition.deciding.grains import total_of
from wirknetz.core.files.recognition.desk import Desk
from wirknetz.core.files.recognition.geometry.paths import Link
from wirknetz.core.files.recognition.joining.claims import UNKNOWN
from wirknetz.core.files.recognition.joining.joiner import headed_dimension
from wirknetz.core.files.recognition.model import Choice, QuestionCode
from wirknetz.core.files.recognition.said import LABEL_KEY


@dataclass(frozen=True, slots=True)
class Categories:
    """Settles the unknown categories of one dimension."""

    dimension: WantedDimension
    grains: Sequence[str]
    desk: Desk

    def settled(self, given: dict[Parts, Figure]) -> dict[Parts, Figure]:
        """The figures without unknown categories, but for those that are part of a total."""
        unknown = [f for p, f in given.items() if self._unknown(p)]
        if not unknown:
            return given
        left = [f for f in unknown if f.amount != 0 and not self._is_beside(f, given)]
        kept = {p: f for p, f in given.items() if f not in unknown or self._is_part(f, given)}
        for figure in left:
            self._ask(figure, kept.values())
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
        name = self.dimension.code
        key = LABEL_KEY + self._unknown(figure.parts)
        links = [
            link
            for c in figure.claims
            for link in c.strange
            if link.said.key == key[len(LABEL_KEY) :]
        ]
        text = links[0].token.text if links else self._unknown(figure.parts)
        self.desk.ask(
            QuestionCode.CATEGORY, key, [c.address for c in figure.claims], tuple(self._choices()),
            params={"text": text, "dimension": self.dimension.name},
        )  # fmt: skip
        if self._holds(links):
            for one in every:
                if name in one.dimensions or not one.parts:
                    one.needs.add(key)

    def _holds(self, links: Sequence[Link]) -> bool:
        """A strange column beside "Frauen" and "Männer" leaves these what they are."""
        asked = any(self.dimension.code in grain.split(",") for grain in self.grains)
        return not asked or any(headed_dimension(link) for link in links)

    def _choices(self) -> Iterator[Choice]:
        for category in self.dimension.categories:
            code = f"category:{self.dimension.code}={category.code}"
            yield Choice(code, {"name": category.name})
        yield Choice("total")
        yield Choice("ignore")
