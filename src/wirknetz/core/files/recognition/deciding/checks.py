"""What cannot be right, or hardly: asked before it is taken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Final

from wirknetz.core.files.asked import Questionnaire, Wanted
from wirknetz.core.files.recognition.deciding.figures import Figure
from wirknetz.core.files.recognition.desk import Desk, digest
from wirknetz.core.files.recognition.model import Choice, QuestionCode
from wirknetz.core.measures.robust import MINIMUM_HISTORY, THRESHOLD, floats, score
from wirknetz.core.values import Counts, State, Value

_FACTOR: Final = 4
"""A tenfold month makes a quarter four times as large."""
_LESS: Final = 10
"""A quarter with little going on is common, a mistake of a digit is a tenth."""
_SMALL: Final = 20
"""Below this a factor says nothing."""
_DOUBLE: Final = 2
_ABSURD: Final = 1_000_000
_USE: Final = (Choice("use"), Choice("ignore"))


@dataclass(frozen=True, slots=True)
class Checks:
    """Looks at the figures that would be reported."""

    desk: Desk
    questionnaire: Questionnaire

    def look(self, figures: Mapping[str, list[Figure]]) -> None:
        """Note the questions and let the figures wait; answers change or drop them."""
        for code, found in figures.items():
            wanted = self.questionnaire.measure(code)
            for figure in found:
                self._sign(figure)
                self._decimals(figure, wanted)
            self._size(found, wanted)
        for code, found in figures.items():
            for whole in self.questionnaire.measure(code).part_of:
                self._part(code, found, whole, figures.get(whole, []))

    def _sign(self, figure: Figure) -> None:
        amount = figure.amount
        if amount is not None and amount < 0:
            turned = Choice(f"amount:{-amount:f}", {"amount": f"{-amount:f}"})
            self._ask(QuestionCode.NEGATIVE, [figure], (turned, Choice("ignore")), {})

    def _decimals(self, figure: Figure, wanted: Wanted) -> None:
        amount = figure.amount
        if amount is None or amount == round(amount, wanted.decimals):
            return
        rounded = round(amount, wanted.decimals)
        choice = Choice(f"amount:{rounded:f}", {"amount": f"{rounded:f}"})
        params = {"text": f"{amount:f}"}
        self._ask(QuestionCode.DECIMALS, [figure], (choice, Choice("ignore")), params)

    def _size(self, figures: Sequence[Figure], wanted: Wanted) -> None:
        """The total against the organisation's own earlier ones."""
        amounts = [f.amount for f in figures if f.amount is not None]
        if not amounts:
            return
        total = sum(amounts, Decimal(0))
        if _is_far(total, wanted) or (wanted.maximum is not None and max(amounts) > wanted.maximum):
            earlier = ", ".join(f"{amount:f}" for amount in wanted.history[:4])
            params = {"earlier": earlier, "now": f"{total:f}", "measure": wanted.code}
            self._ask(QuestionCode.SIZE, figures, _USE, params)

    def _part(
        self, code: str, parts: Sequence[Figure], whole_code: str, wholes: Sequence[Figure]
    ) -> None:
        """A part is never more than its whole, neither in all nor in any cell both have."""
        by_cell = {figure.cell: figure for figure in wholes}
        pairs = [([f], [by_cell[f.cell]]) for f in parts if f.cell in by_cell]
        pairs.append((list(parts), list(wholes)))
        for some, whole in pairs:
            if _exceeds(some, whole):
                params = {
                    "part": code, "whole": whole_code,
                    "part_amount": f"{_sum(some):f}", "whole_amount": f"{_sum(whole):f}",
                }  # fmt: skip
                self._ask(QuestionCode.PART, [*some, *whole], _USE, params)
                return

    def _ask(
        self,
        code: QuestionCode,
        figures: Sequence[Figure],
        choices: tuple[Choice, ...],
        params: Mapping[str, str],
    ) -> None:
        places = [claim.address for figure in figures for claim in figure.claims]
        key = f"{code.value}|{digest(*sorted(places), *(f.amount for f in figures))}"
        answer = self.desk.ask(code, key, places, choices, params=params)
        for figure in figures:
            if not answer:
                figure.needs.add(key)
            elif answer == "ignore":
                figure.value = None
            elif answer.startswith("amount:"):
                figure.value = Value(State.AMOUNT, Decimal(answer.removeprefix("amount:")))


def _is_far(total: Decimal, wanted: Wanted) -> bool:
    if not wanted.history:
        return wanted.counts is not Counts.OTHER and total >= _ABSURD
    most, least = max(wanted.history), min(wanted.history)
    too_much = total >= _SMALL and total > _FACTOR * most
    too_little = least >= _SMALL and total * _LESS < least
    return too_much or too_little or _stands_out(total, wanted)


def _stands_out(total: Decimal, wanted: Wanted) -> bool:
    """Far outside the usual scatter, and twice or half of it: steady growth is not asked."""
    if len(wanted.history) < MINIMUM_HISTORY:
        return False
    earlier = floats(wanted.history)
    usual, now = median(earlier), float(total)
    away = abs(score(now, earlier, counting=wanted.counts is not Counts.OTHER)) > THRESHOLD
    return away and not usual / _DOUBLE < now < usual * _DOUBLE


def _exceeds(some: Iterable[Figure], whole: Iterable[Figure]) -> bool:
    parts, wholes = list(some), list(whole)
    return _is_known(parts) and _is_known(wholes) and _sum(parts) > _sum(wholes)


def _is_known(figures: Sequence[Figure]) -> bool:
    return bool(figures) and all(figure.amount is not None for figure in figures)


def _sum(figures: Iterable[Figure]) -> Decimal:
    return sum((f.amount for f in figures if f.amount is not None), Decimal(0))
