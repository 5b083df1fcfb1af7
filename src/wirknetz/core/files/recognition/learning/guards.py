"""Steps that speak of places hold for the next file only if the same labels stand around them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from wirknetz.core.files.grid import column_name, parse_a1
from wirknetz.core.files.recognition.model import About, Profile, Step
from wirknetz.core.files.recognition.tokens import Sheet, Token
from wirknetz.core.files.words import label_key

POSITIONAL: Final = frozenset({About.PLACE, About.ROW, About.COLUMN, About.CELL})
_HEADS: Final = 3


def holding(profile: Profile, sheets: Sequence[Sheet]) -> tuple[list[Step], list[Step]]:
    """The steps of a profile that hold for these sheets, and those that do not any more."""
    guards: Mapping[str, Any] = profile.layout.get("guards", {})
    held: list[Step] = []
    lost: list[Step] = []
    for step in profile.steps:
        if step.about not in POSITIONAL:
            held.append(step)
            continue
        found = _placed(step, guards.get(name_of(step)), sheets)
        (held if found else lost).append(found or step)
    return held, lost


def guards_of(steps: Iterable[Step], sheets: Sequence[Sheet]) -> dict[str, str]:
    """The labels around each step that speaks of a place."""
    guards = {}
    for step in steps:
        sheet = _sheet(step, sheets)
        if step.about in POSITIONAL and sheet is not None:
            guards[name_of(step)] = guard(step, sheet)
    return guards


def name_of(step: Step) -> str:
    """Under which a guard is kept."""
    return f"{step.about.value}:{step.where}"


def guard(step: Step, sheet: Sheet) -> str:
    """The labels that tell a place apart from others, as one text."""
    row, column = _position(step.where.rpartition("!")[2])
    parts: list[str] = []
    if step.about is About.PLACE:
        token = sheet.tokens.get((row or 0, column or 0))
        parts.append(_key(token) if token else "")
    if row is not None:
        parts.append("/".join(_of_row(sheet, row)))
    if column is not None:
        parts.append("/".join(_of_column(sheet, column)))
    return " | ".join(parts)


def _placed(step: Step, expected: Any, sheets: Sequence[Sheet]) -> Step | None:
    """The step on the sheet it was said of, or on the only other one that looks the same."""
    own = _sheet(step, sheets)
    if own is not None:
        return step if guard(step, own) == expected else None
    alike = [sheet for sheet in sheets if guard(step, sheet) == expected]
    if len(alike) != 1:
        return None
    return Step(step.about, f"{alike[0].key}!{step.where.rpartition('!')[2]}", step.says)


def _sheet(step: Step, sheets: Sequence[Sheet]) -> Sheet | None:
    key = step.where.rpartition("!")[0]
    return next((sheet for sheet in sheets if sheet.key == key), None)


def _position(where: str) -> tuple[int | None, int | None]:
    """Row and column of ``C7``, ``7`` or ``C``; None for what is not said."""
    if where.isdigit():
        return int(where) - 1, None
    if where.isalpha():
        return None, parse_a1(f"{where}1")[1]
    return parse_a1(where)


def _of_row(sheet: Sheet, row: int) -> list[str]:
    """The labels of a row; where it has none, those of the nearest rows that have some."""
    own = list(_labels(sheet.rows.get(row, ())))
    if own:
        return own
    before = max((r for r in sheet.rows if r < row and any(_labels(sheet.rows[r]))), default=-1)
    after = min((r for r in sheet.rows if r > row and any(_labels(sheet.rows[r]))), default=-1)
    return ["^", *_labels(sheet.rows.get(before, ())), "v", *_labels(sheet.rows.get(after, ()))]


def _of_column(sheet: Sheet, column: int) -> list[str]:
    """The first labels of a column; where it has none, those of the columns beside it."""
    own = _heads(sheet, column)
    return own or ["<", *_heads(sheet, column - 1), ">", *_heads(sheet, column + 1)]


def _heads(sheet: Sheet, column: int) -> list[str]:
    tokens = [sheet.tokens[r, column] for r in sorted(sheet.rows) if (r, column) in sheet.tokens]
    return list(_labels(tokens))[:_HEADS]


def _labels(tokens: Iterable[Token]) -> Iterator[str]:
    yield from (_key(token) for token in tokens if not token.is_value)


def _key(token: Token) -> str:
    return token.said.key or label_key(token.text)


def place_name(step: Step) -> str:
    """How the place of a step is called on a page: ``C7``, ``7``, ``C``."""
    row, column = _position(step.where.rpartition("!")[2])
    if row is None and column is not None:
        return column_name(column)
    return step.where.rpartition("!")[2]
