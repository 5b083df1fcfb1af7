"""Reading formulas and rules that people type.

Grammar, loosest binding first::

    rule    = compare { "and" compare }
    compare = sum ( "<=" | ">=" | "<" | ">" | "==" | "!=" ) sum
    sum     = product { ("+" | "-") product }
    product = unary { ("*" | "/") unary }
    unary   = "-" unary | atom
    atom    = number | name | "(" sum ")" | ("min" | "max") "(" sum { "," sum } ")"

Numbers are plain decimals with a point; names are codes of measures.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NoReturn

from wirknetz.core.measures.formula import (
    Binary,
    Comparison,
    Expression,
    Extreme,
    Formula,
    Name,
    Negative,
    Number,
    RuleExpression,
)

MAX_LENGTH: Final = 500
MAX_TOKENS: Final = 150
MAX_DEPTH: Final = 20
_COMPARE: Final = ("<=", ">=", "==", "!=", "<", ">")
_FUNCTIONS: Final = ("min", "max")
_RESERVED: Final = frozenset({"and", *_FUNCTIONS})
_TOKEN: Final = re.compile(
    r"\s*(?:(?P<number>[0-9]+(?:\.[0-9]+)?(?![\w.]))|(?P<name>[^\W\d]\w*)|(?P<sign><=|>=|==|!=|[-+*/()<>,]))",
)


class FormulaError(ValueError):
    """A formula or rule that cannot be read.

    ``position`` counts characters from 1. ``code`` is one of ``empty``, ``too_long``,
    ``too_deep``, ``unexpected_character``, ``unexpected_end``, ``unexpected``,
    ``comparison_in_formula``, ``comparison_missing``, ``no_name``. ``params`` holds what a
    sentence needs: ``found``, ``limit``.
    """

    def __init__(self, position: int, code: str, **params: str | int) -> None:
        """Keep the parts; the sentence for people is made where the language is known."""
        super().__init__(f"{code} at {position}: {params}")
        self.position = position
        self.code = code
        self.params = params


def parse_formula(text: str) -> Formula:
    """Read an arithmetic expression such as ``integriert / beendet * 100``.

    Raises:
        FormulaError: it cannot be read, is longer than ``MAX_LENGTH`` characters or
            ``MAX_TOKENS`` words and signs, is nested deeper than ``MAX_DEPTH``, compares,
            or names no measure.
    """
    parser = _Parser(text)
    formula = Formula(parser.sum(0))
    parser.expect_end()
    _need_names(formula.names())
    return formula


def parse_rule(text: str) -> RuleExpression:
    """Read a validation rule such as ``integriert <= beendet and beendet <= begonnen + 5``.

    Raises:
        FormulaError: as :func:`parse_formula`, and where a comparison is missing.
    """
    parser = _Parser(text)
    comparisons = [parser.compare()]
    while parser.take("and"):
        comparisons.append(parser.compare())
    parser.expect_end()
    rule = RuleExpression(tuple(comparisons))
    _need_names(rule.names())
    return rule


def _need_names(names: tuple[str, ...]) -> None:
    if not names:
        raise FormulaError(1, "no_name")


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    position: int


def _tokens(text: str) -> list[_Token]:
    if len(text) > MAX_LENGTH:
        raise FormulaError(MAX_LENGTH + 1, "too_long", limit=MAX_LENGTH)
    tokens, at, end = [], 0, len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None:
            position = at + len(text[at:]) - len(text[at:].lstrip())
            raise FormulaError(position + 1, "unexpected_character", found=text[position])
        kind = str(match.lastgroup)
        tokens.append(_Token(kind, match[kind], match.start(kind) + 1))
        at = match.end()
    if not tokens:
        raise FormulaError(1, "empty")
    if len(tokens) > MAX_TOKENS:
        raise FormulaError(tokens[MAX_TOKENS].position, "too_long", limit=MAX_TOKENS)
    return tokens


class _Parser:
    """Recursive descent over the tokens; every method leaves ``at`` behind what it read."""

    def __init__(self, text: str) -> None:
        self.tokens = _tokens(text)
        self.end = len(text.rstrip()) + 1
        self.at = 0

    def peek(self) -> str:
        return self.tokens[self.at].text if self.at < len(self.tokens) else ""

    def take(self, *texts: str) -> str:
        found = self.peek()
        if not found or found not in texts:
            return ""
        self.at += 1
        return found

    def expect_end(self) -> None:
        if self.at < len(self.tokens):
            self.fail()

    def fail(self) -> NoReturn:
        if self.at >= len(self.tokens):
            raise FormulaError(self.end, "unexpected_end")
        token = self.tokens[self.at]
        code = "comparison_in_formula" if token.text in {*_COMPARE, "and"} else "unexpected"
        raise FormulaError(token.position, code, found=token.text)

    def compare(self) -> Comparison:
        left = Formula(self.sum(0))
        sign = self.take(*_COMPARE)
        if not sign:
            position = self.tokens[self.at].position if self.peek() else self.end
            raise FormulaError(position, "comparison_missing", found=self.peek())
        return Comparison(sign, left, Formula(self.sum(0)))

    def sum(self, depth: int) -> Expression:
        return self.chain(("+", "-"), self.product, depth)

    def product(self, depth: int) -> Expression:
        return self.chain(("*", "/"), self.unary, depth)

    def chain(
        self, signs: tuple[str, ...], operand: Callable[[int], Expression], depth: int
    ) -> Expression:
        left = operand(depth)
        while sign := self.take(*signs):
            left = Binary(sign, left, operand(depth))
        return left

    def unary(self, depth: int) -> Expression:
        if depth > MAX_DEPTH:
            raise FormulaError(self.tokens[self.at - 1].position, "too_deep", limit=MAX_DEPTH)
        if self.take("-"):
            return Negative(self.unary(depth + 1))
        return self.atom(depth)

    def atom(self, depth: int) -> Expression:
        if function := self.take(*_FUNCTIONS):
            return Extreme(function, self.operands(depth))
        if self.take("("):
            inside = self.sum(depth + 1)
            self.close()
            return inside
        return self.leaf()

    def operands(self, depth: int) -> tuple[Expression, ...]:
        if not self.take("("):
            self.fail()
        found = [self.sum(depth + 1)]
        while self.take(","):
            found.append(self.sum(depth + 1))
        self.close()
        return tuple(found)

    def close(self) -> None:
        if not self.take(")"):
            self.fail()

    def leaf(self) -> Expression:
        token = self.tokens[self.at] if self.at < len(self.tokens) else None
        if token is None or token.kind == "sign" or token.text in _RESERVED:
            self.fail()
        self.at += 1
        return Number(Decimal(token.text)) if token.kind == "number" else Name(token.text)
