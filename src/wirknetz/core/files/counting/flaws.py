"""Collects why rows could not be counted, and what has to be asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from wirknetz.core.files.counting.columns import Flaw
from wirknetz.core.files.counting.model import Gap, GapCode, Question, QuestionCode

MOST_WORDS = 10
LONGEST_WORD = 30


@dataclass(slots=True)
class _Found:
    rows: set[int] = field(default_factory=set)
    measures: dict[str, None] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)


class Flaws:
    """Rows by reason and column."""

    def __init__(self, measures: Iterable[str]) -> None:
        """``measures`` are the codes of all that are counted."""
        self._all = tuple(measures)
        self._found: dict[tuple[GapCode | QuestionCode, str], _Found] = {}

    def add(self, flaw: Flaw, row: int, measure: str = "") -> None:
        """A row that is not counted in this measure or, without one, in any."""
        found = self._found.setdefault((flaw.code, flaw.column), _Found())
        found.rows.add(row)
        found.measures.update(dict.fromkeys((measure,) if measure else self._all))
        if flaw.word:
            found.words.add(flaw.word[:LONGEST_WORD])

    def _in_order(self, measures: Iterable[str]) -> tuple[str, ...]:
        chosen = set(measures)
        return tuple(code for code in self._all if code in chosen)

    def gaps(self) -> tuple[Gap, ...]:
        """In the order of the codes, then of the first row."""
        order = list(GapCode)
        found = [
            Gap(code, column, tuple(sorted(one.rows)), self._in_order(one.measures))
            for (code, column), one in self._found.items()
            if isinstance(code, GapCode)
        ]
        return tuple(sorted(found, key=lambda gap: (order.index(gap.code), gap.rows, gap.column)))

    def questions(self) -> tuple[Question, ...]:
        """In the order of the codes, then of the first row."""
        order = list(QuestionCode)
        found = [
            Question(code, tuple(sorted(one.rows)), _params(column, one.words))
            for (code, column), one in self._found.items()
            if isinstance(code, QuestionCode)
        ]
        return tuple(
            sorted(found, key=lambda q: (order.index(q.code), q.rows, q.params.get("column", "")))
        )


def _params(column: str, words: set[str]) -> dict[str, str]:
    said = ", ".join(sorted(words)[:MOST_WORDS])
    return {"column": column, **({"words": said} if said else {})}
