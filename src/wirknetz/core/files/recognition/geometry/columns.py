"""Which columns of a region hold numbers and which hold labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Final

from wirknetz.core.files.recognition.tokens import Kind, Token
from wirknetz.core.files.words import Lexicon, Role, Understood
from wirknetz.core.values import Period, PeriodKind

_FIRST_YEAR: Final = 1990
_LAST_YEAR: Final = 2100
_MONTHS: Final = 12
_QUARTERS: Final = 4
_NUMBERS: Final = frozenset({Kind.NUMBER, Kind.PERCENT, Kind.ERROR})


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a region: of numbers, of labels, and those that say nothing of numbers."""

    values: tuple[int, ...] = ()
    labels: tuple[int, ...] = ()
    dropped: tuple[int, ...] = ()


def columns_of(rows: Iterable[Sequence[Token]], prior: Columns | None = None) -> Columns:
    """Sort the columns by what stands in rows with values; ``prior`` decides where nothing does."""
    numbers: Counter[int] = Counter()
    soft: Counter[int] = Counter()
    labels: Counter[int] = Counter()
    for row in rows:
        if any(token.is_value for token in row):
            for token in row:
                _counted(token, numbers, soft, labels)
    every = {*numbers, *soft, *labels}
    values = {c for c in every if _holds_numbers(numbers[c], soft[c], labels[c])}
    if prior:
        values |= {c for c in every - values if c in prior.values and not labels[c]}
    return Columns(tuple(sorted(values)), tuple(sorted(every - values)))


def _counted(token: Token, numbers: Counter[int], soft: Counter[int], labels: Counter[int]) -> None:
    if token.kind in _NUMBERS:
        numbers[token.column] += 1
    elif token.kind is Kind.SOFT:
        soft[token.column] += 1
    elif token.kind is Kind.LABEL or not token.read.state:
        labels[token.column] += 1
    else:
        soft[token.column] += 1


def _holds_numbers(numbers: int, soft: int, labels: int) -> bool:
    """Dashes and "k. A." say little: they stand in columns of labels, too."""
    if numbers or labels:
        return numbers >= labels and numbers > 0
    return soft > 0


def counts_rows(tokens: Sequence[Token]) -> bool:
    """Whether a column only numbers the rows: 1, 2, 3."""
    amounts = [token.amount for token in tokens if token.amount is not None]
    steps = sum(after - before == 1 for before, after in pairwise(amounts))
    return len(amounts) > 1 and amounts[0] in (0, 1) and 10 * steps >= 9 * (len(amounts) - 1)


def is_year(token: Token) -> bool:
    """Whether a number can be a year."""
    amount = token.amount
    return (
        token.kind is Kind.NUMBER
        and amount is not None
        and amount == amount.to_integral_value()
        and _FIRST_YEAR <= amount <= _LAST_YEAR
    )


def as_label(token: Token, lexicon: Lexicon, text: str = "") -> Token:
    """The same cell read as a label."""
    text = text or token.text
    return replace(token, kind=Kind.LABEL, said=lexicon.understand(text))


def period_text(heading: Understood, amount: Decimal | None) -> str:
    """What a bare number under "Quartal", "Monat" or "Jahr" says; empty where it says nothing."""
    if amount is None or amount != amount.to_integral_value() or not speaks_of_period(heading):
        return ""
    number, word = int(amount), heading.key
    if _FIRST_YEAR <= number <= _LAST_YEAR:
        return str(number)
    if "monat" in word and 1 <= number <= _MONTHS:
        return Period(PeriodKind.MONTH, 2000, number).label().split()[0]
    if "quartal" in word and 1 <= number <= _QUARTERS:
        return f"Q{number}"
    return ""


def speaks_of_period(heading: Understood) -> bool:
    """Whether a heading announces periods: "Quartal", "Berichtsjahr", "Monat"."""
    if any(m.role is Role.HEADING and m.code == "period" for m in heading.meanings):
        return True
    whole = {"-Q", "-M", "-Y", "this"}
    return bool(heading.meanings) and all(
        m.role is Role.PERIOD and m.code in whole for m in heading.meanings
    )
