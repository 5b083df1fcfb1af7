"""Typed reading of TOML tables that collects every mistake with its place."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from wirknetz.core.toml.lines import Path, line_at, lines_of

E = TypeVar("E", bound=StrEnum)


class MistakeCode(StrEnum):
    """What is wrong in a TOML file. Each has one German sentence."""

    SYNTAX = "syntax"  # params: message
    MISSING = "missing"
    UNKNOWN_KEY = "unknown_key"  # params: known
    WRONG_TYPE = "wrong_type"  # params: expected (text, texts, number, yes_no, table, tables)
    WRONG_VALUE = "wrong_value"  # params: found, known
    UNKNOWN_NAME = "unknown_name"  # params: found, known
    TWICE = "twice"  # params: found
    BANDS = "bands"  # params: found: not a band, or it overlaps another
    NOTHING = "nothing"  # nothing to count
    ONE_TEST = "one_test"  # a condition asks exactly one question. params: known
    CIRCLE = "circle"  # a part of itself


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing wrong: where (``messgroesse.2.summe``), in which line, and what."""

    code: MistakeCode
    where: str
    line: int | None = None
    params: Mapping[str, str] = field(default_factory=dict)


class TomlError(ValueError):
    """The file cannot be used; ``mistakes`` say why, in the order of the file."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        """Keep them, the first line first."""
        self.mistakes = tuple(sorted(mistakes, key=lambda one: one.line or 0))
        super().__init__(", ".join(f"{m.code} at {m.where} ({m.line})" for m in self.mistakes))


class Mistakes:
    """Collects what is wrong in one file."""

    def __init__(self, lines: dict[Path, int]) -> None:
        """Know where keys stand."""
        self._lines = lines
        self.found: list[Mistake] = []

    def add(self, code: MistakeCode, path: Path, **params: str) -> None:
        """One more."""
        where = ".".join(str(p + 1) if isinstance(p, int) else p for p in path)
        self.found.append(Mistake(code, where, line_at(self._lines, path), params))


class Table:
    """One table: every question to it says what was expected where it is not there."""

    def __init__(self, raw: Any, path: Path, mistakes: Mistakes) -> None:
        """Take what stands there; anything but a table is a mistake."""
        self.path, self.mistakes = path, mistakes
        self.raw: dict[str, Any] = raw if isinstance(raw, dict) else {}
        if not isinstance(raw, dict):
            mistakes.add(MistakeCode.WRONG_TYPE, path, expected="table")

    def known(self, *keys: str) -> None:
        """Say which keys there can be."""
        for key in self.raw:
            if key not in keys:
                self.wrong(MistakeCode.UNKNOWN_KEY, key, known=", ".join(keys))

    def wrong(self, code: MistakeCode, key: str, **params: str) -> None:
        """A mistake at this key."""
        self.mistakes.add(code, (*self.path, key), **params)

    def text(self, key: str, *, needed: bool = False) -> str:
        """Text; empty where there is none."""
        value = self._value(key, str, "text", needed=needed)
        return value.strip() if isinstance(value, str) else ""

    def texts(self, key: str) -> tuple[str, ...]:
        """One text or a list of them."""
        value = self.raw.get(key, [])
        listed = [value] if isinstance(value, str) else value
        if isinstance(listed, list) and all(isinstance(one, str) for one in listed):
            return tuple(one.strip() for one in listed)
        self.wrong(MistakeCode.WRONG_TYPE, key, expected="texts")
        return ()

    def number(self, key: str) -> int | None:
        """A whole number; None where there is none."""
        value = self._value(key, int, "number")
        return value if isinstance(value, int) else None

    def yes(self, key: str) -> bool:
        """True where it says so."""
        return self._value(key, bool, "yes_no") is True

    def one_of(self, key: str, choices: type[E]) -> E | None:
        """One of these words; None where there is none."""
        found = self.text(key)
        if not found:
            return None
        try:
            return choices(found)
        except ValueError:
            self.wrong(MistakeCode.WRONG_VALUE, key, found=found, known=listed(choices))
            return None

    def table(self, key: str) -> Table:
        """A table inside; empty where there is none."""
        return Table(self.raw.get(key, {}), (*self.path, key), self.mistakes)

    def tables(self, key: str) -> tuple[Table, ...]:
        """A list of tables; empty where there is none."""
        value = self.raw.get(key, [])
        if not isinstance(value, list):
            self.wrong(MistakeCode.WRONG_TYPE, key, expected="tables")
            return ()
        at = (*self.path, key)
        return tuple(Table(one, (*at, n), self.mistakes) for n, one in enumerate(value))

    def _value(self, key: str, kind: type, expected: str, *, needed: bool = False) -> Any:
        if key not in self.raw:
            if needed:
                self.wrong(MistakeCode.MISSING, key)
            return None
        value = self.raw[key]
        fits = isinstance(value, kind) and (kind is bool or not isinstance(value, bool))
        if not fits:
            self.wrong(MistakeCode.WRONG_TYPE, key, expected=expected)
            return None
        if needed and isinstance(value, str) and not value.strip():
            self.wrong(MistakeCode.MISSING, key)
        return value


def opened(content: bytes) -> tuple[Table, Mistakes]:
    """The file as a table, and where its mistakes are kept. TomlError for what is no TOML."""
    text = content.decode("utf-8-sig", errors="replace").replace("\r\n", "\n")
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TomlError((_syntax(str(error)),)) from error
    mistakes = Mistakes(lines_of(text))
    return Table(raw, (), mistakes), mistakes


def _syntax(message: str) -> Mistake:
    line = re.search(r"line (\d+)", message)
    said = {"message": message.partition(" (")[0]}
    return Mistake(MistakeCode.SYNTAX, "", int(line[1]) if line else None, said)


def listed(words: Iterable[str]) -> str:
    """Words for a sentence."""
    return ", ".join(str(word) for word in words)
