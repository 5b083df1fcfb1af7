"""Where questions and words about cells are collected, and answers looked up."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from wirknetz.core.files.grid import Address, Area
from wirknetz.core.files.recognition.model import (
    Aside,
    AsideCode,
    Choice,
    Question,
    QuestionCode,
    Target,
)
from wirknetz.core.files.recognition.said import Said

NUMBERS: Final = "#"
"""Stands in the key of a question that is about these very numbers, not about the layout."""


@dataclass(slots=True)
class Desk:
    """Collects what has to be asked and what has to be said."""

    said: Said
    questions: dict[str, Question] = field(default_factory=dict)
    places: dict[str, dict[Address, None]] = field(default_factory=dict)
    asides: list[tuple[AsideCode, Address, tuple[tuple[str, str], ...]]] = field(
        default_factory=list
    )

    def ask(
        self,
        code: QuestionCode,
        key: str,
        places: Iterable[Address],
        choices: Sequence[Choice],
        *,
        params: Mapping[str, str] | None = None,
        suggested: int | None = None,
    ) -> str:
        """The answer given to a question; empty, and the question noted, where there is none."""
        answer = self.said.answers.get(key, "")
        if answer and any(choice.code == answer for choice in choices):
            return answer
        self.places.setdefault(key, {}).update(dict.fromkeys(places))
        self.questions.setdefault(
            key, Question(key, code, (), tuple(choices), dict(params or {}), (), suggested)
        )
        return ""

    def aside(self, code: AsideCode, place: Address, **params: str) -> None:
        """Say a word about a cell."""
        self.asides.append((code, place, tuple(sorted(params.items()))))

    def held(self, holds: Mapping[str, Iterable[Target]]) -> tuple[Question, ...]:
        """All questions with the targets that wait for them."""
        return tuple(
            replace(
                question,
                places=tuple(self.places[key]),
                holds=tuple(sorted(set(holds.get(key, ())), key=lambda t: t.key)),
            )
            for key, question in self.questions.items()
        )

    def words(self) -> tuple[Aside, ...]:
        """What was said of cells, those of one kind side by side put together."""
        groups: dict[tuple[AsideCode, str, tuple[tuple[str, str], ...]], list[Address]] = {}
        for code, place, params in self.asides:
            groups.setdefault((code, place.page, params), []).append(place)
        return tuple(
            Aside(code, page, area, dict(params))
            for (code, page, params), places in groups.items()
            for area in areas_of(places)
        )


def areas_of(places: Iterable[Address]) -> list[Area]:
    """Rectangles that cover exactly these cells: runs in columns, joined with their like."""
    columns: dict[int, list[int]] = {}
    for place in sorted(set(places), key=lambda p: (p.column, p.row)):
        columns.setdefault(place.column, []).append(place.row)
    areas: list[Area] = []
    last: dict[tuple[int, int], int] = {}
    for column, rows in sorted(columns.items()):
        for top, bottom in _runs(rows):
            at = last.get((top, bottom))
            if at is not None and areas[at].right == column - 1:
                areas[at] = areas[at]._replace(right=column)
            else:
                last[top, bottom] = len(areas)
                areas.append(Area(top, column, bottom, column))
    return areas


def _runs(rows: Sequence[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and row == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs


def digest(*parts: object) -> str:
    """A short name for numbers and places, so that a question about others is another one."""
    text = "\x1f".join(map(str, parts))
    return NUMBERS + hashlib.sha256(text.encode()).hexdigest()[:12]
