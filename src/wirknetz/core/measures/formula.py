"""Formulas and rules as checked expression trees. Never evaluated as code."""

from __future__ import annotations

import operator
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Final

_BINDING: Final = {"+": 1, "-": 1, "*": 2, "/": 2}


class DivisionByZeroError(ArithmeticError):
    """A formula divides by zero for these amounts."""


@dataclass(frozen=True, slots=True)
class Number:
    """A constant, never negative."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Name:
    """The amount of a measure."""

    name: str


@dataclass(frozen=True, slots=True)
class Negative:
    """Unary minus."""

    operand: Expression


@dataclass(frozen=True, slots=True)
class Binary:
    """``left`` and ``right`` joined by ``+ - * /``."""

    sign: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Extreme:
    """Smallest or largest of its operands; ``function`` is ``min`` or ``max``."""

    function: str
    operands: tuple[Expression, ...]


Expression = Number | Name | Negative | Binary | Extreme


@dataclass(frozen=True)
class Formula:
    """A checked arithmetic expression. ``str()`` reads back to an equal formula."""

    root: Expression

    def names(self) -> tuple[str, ...]:
        """The measures it needs, each once, in order of appearance."""
        return self._known

    @cached_property
    def _known(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(_names(self.root)))

    def value(self, amounts: Mapping[str, Decimal | None]) -> Decimal | None:
        """Its value, None if any amount needed is None or absent.

        Raises:
            DivisionByZeroError: a divisor is zero.
        """
        known = {name: amounts.get(name) for name in self.names()}
        if None in known.values():
            return None
        columns = {name: (amount,) for name, amount in known.items() if amount is not None}
        return column_of_values(self, columns, 1)[0]

    @cached_property
    def additive(self) -> bool:
        """Whether it only adds measures, each at most weighted by a constant.

        The parts of such a sum may come from different organisations; those of every other
        formula belong together and count only where one organisation has them all.
        """
        return _additive(self.root)

    def __str__(self) -> str:
        """Return the canonical text, with no more parentheses than needed."""
        return _text(self.root)


@dataclass(frozen=True, slots=True)
class Comparison:
    """``left sign right`` with one of ``<= >= < > == !=``."""

    sign: str
    left: Formula
    right: Formula

    def __str__(self) -> str:
        """Return the canonical text."""
        return f"{self.left} {self.sign} {self.right}"


@dataclass(frozen=True, slots=True)
class RuleExpression:
    """Comparisons that must all hold. ``str()`` reads back to an equal rule."""

    comparisons: tuple[Comparison, ...]

    def names(self) -> tuple[str, ...]:
        """The measures it needs, each once, in order of appearance."""
        sides = (side for c in self.comparisons for side in (c.left, c.right))
        return tuple(dict.fromkeys(name for side in sides for name in side.names()))

    def holds(self, amounts: Mapping[str, Decimal | None]) -> bool | None:
        """Whether every comparison holds; None where one cannot be told.

        An amount that is missing, or a division by zero, leaves a comparison untold. One
        that fails decides.
        """
        told = [_holds(comparison, amounts) for comparison in self.comparisons]
        if False in told:
            return False
        return None if None in told else True

    def __str__(self) -> str:
        """Return the canonical text."""
        return " and ".join(str(comparison) for comparison in self.comparisons)


def _children(node: Expression) -> tuple[Expression, ...]:
    match node:
        case Negative(operand):
            return (operand,)
        case Binary(_, left, right):
            return (left, right)
        case Extreme(_, operands):
            return operands
    return ()


def _names(node: Expression) -> Iterator[str]:
    if isinstance(node, Name):
        yield node.name
    for child in _children(node):
        yield from _names(child)


Column = Sequence[Decimal]


def column_of_values(formula: Formula, columns: Mapping[str, Column], size: int) -> Column:
    """The formula's value for many rows at once, from one column of known amounts per name.

    Raises:
        DivisionByZeroError: a divisor of some row is zero.
    """
    return _column(formula.root, columns, size)


def _column(node: Expression, columns: Mapping[str, Column], size: int) -> Column:
    """Row by row in C: ``map`` over an operator is several times faster than a loop."""
    match node:
        case Number(value):
            return [value] * size
        case Name(name):
            return columns[name]
        case Negative(operand):
            return list(map(operator.neg, _column(operand, columns, size)))
        case Extreme(function, operands):
            inside = [_column(operand, columns, size) for operand in operands]
            return list(map(min if function == "min" else max, zip(*inside, strict=True)))
        case Binary(sign, left, right):
            divisor = _column(right, columns, size)
            if sign == "/" and not all(divisor):
                raise DivisionByZeroError
            return list(map(_SIGNS[sign], _column(left, columns, size), divisor))


_SIGNS: Final = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}


def _additive(node: Expression) -> bool:
    match node:
        case Name():
            return True
        case Binary("+", left, right):
            return _additive(left) and _additive(right)
        case Binary("*", left, right):
            return _constant(left) ^ _constant(right) and (_additive(left) or _additive(right))
        case Binary("/", left, right):
            return _additive(left) and _constant(right)
    return False


def _constant(node: Expression) -> bool:
    return not any(True for _ in _names(node))


def _holds(comparison: Comparison, amounts: Mapping[str, Decimal | None]) -> bool | None:
    try:
        left, right = comparison.left.value(amounts), comparison.right.value(amounts)
    except DivisionByZeroError:
        return None
    if left is None or right is None:
        return None
    return {
        "<=": left <= right,
        ">=": left >= right,
        "<": left < right,
        ">": left > right,
        "==": left == right,
        "!=": left != right,
    }[comparison.sign]


def _text(node: Expression) -> str:
    match node:
        case Number(value):
            return f"{value:f}"
        case Name(name):
            return name
        case Negative(operand):
            inner = _text(operand)
            return f"-({inner})" if isinstance(operand, Binary) else f"-{inner}"
        case Extreme(function, operands):
            return f"{function}({', '.join(_text(operand) for operand in operands)})"
        case Binary(sign, left, right):
            return f"{_wrapped(left, _BINDING[sign])} {sign} {_wrapped(right, _BINDING[sign] + 1)}"


def _wrapped(node: Expression, binding: int) -> str:
    loose = isinstance(node, Binary) and _BINDING[node.sign] < binding
    return f"({_text(node)})" if loose else _text(node)
