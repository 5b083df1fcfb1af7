"""What a person said, now or for earlier files of this layout, ready to be looked up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from wirknetz.core.files.grid import Address
from wirknetz.core.files.recognition.model import About, Step
from wirknetz.core.files.words import Meaning, Role, Why

LABEL_KEY: Final = "label|"
"""The key of a question about a label is this and the label's own key."""
ROW_KEY: Final = "row|"
"""The key of a question about a row without a label of use is this and the row's place."""
_NOTHING: Final = "heading:amount"
"""What a label means that says nothing against its numbers."""


@dataclass(frozen=True, slots=True)
class Said:
    """Steps by what they speak of; the later one counts.

    ``labels`` are for :class:`~wirknetz.core.files.words.Lexicon`. ``places``, ``rows``,
    ``columns`` and ``cells`` are keyed as in :class:`Step`: ``page key!C7``.
    """

    labels: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    cells: Mapping[str, str] = field(default_factory=dict)
    pages: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, steps: Iterable[Step]) -> Said:
        """Sort the steps."""
        by: dict[About, dict[str, str]] = {about: {} for about in About}
        for step in map(generalised, steps):
            by[step.about].pop(step.where, None)
            by[step.about][step.where] = step.says
        labels = {key: taught(says) for key, says in by[About.LABEL].items()}
        return cls(
            labels, by[About.PLACE], by[About.ROW], by[About.COLUMN], by[About.CELL],
            by[About.PAGE], by[About.QUESTION],
        )  # fmt: skip

    def of_cell(self, page_key: str, address: Address) -> str:
        """What was said of one cell, its row or its column; empty where nothing was."""
        row, column = str(address.row + 1), address.a1.rstrip("0123456789")
        return (
            self.cells.get(f"{page_key}!{address.a1}")
            or self.rows.get(f"{page_key}!{row}")
            or self.columns.get(f"{page_key}!{column}")
            or ""
        )


def generalised(step: Step) -> Step:
    """An answer about a label speaks of the label wherever it stands."""
    if step.about is About.QUESTION and step.where.startswith(LABEL_KEY):
        return Step(About.LABEL, step.where.removeprefix(LABEL_KEY), step.says)
    if step.about is About.QUESTION and step.where.startswith("page|"):
        return Step(About.PAGE, step.where.removeprefix("page|"), step.says)
    if step.about is About.QUESTION and step.where.startswith(ROW_KEY):
        return Step(About.ROW, step.where.removeprefix(ROW_KEY), step.says)
    return step


def taught(says: str) -> str:
    """As the lexicon reads it: "use" is a label that says nothing against its numbers."""
    known = [part for part in says.split() if part.partition(":")[0] in set(Role)]
    if not known and "use" in says.split():
        return _NOTHING
    return " ".join(known) or Role.IGNORE.value


def meanings_of(says: str) -> tuple[Meaning, ...]:
    """What a step says, as a label would say it."""
    parts = (part.partition(":") for part in taught(says).split())
    return tuple(Meaning(Role(role), code, 1.0, Why.TAUGHT) for role, _, code in parts)
