"""Which headings stand over a column: several lines, merged ones spread over their span."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from wirknetz.core.files.recognition.geometry.lines import Line
from wirknetz.core.files.recognition.tokens import Sheet, Token

Heads = Mapping[int, tuple[tuple[int, Token], ...]]
"""By column: level and label, from the top to the numbers."""


def heads_over(lines: Sequence[Line], columns: Sequence[int], sheet: Sheet) -> Heads:
    """The labels over each column of numbers."""
    levels = [_level(lines, at, columns, sheet) for at in range(len(lines))]
    return {
        column: tuple((at, level[column]) for at, level in enumerate(levels) if column in level)
        for column in columns
    }


def stubs_over(lines: Sequence[Line], columns: Sequence[int]) -> dict[int, Token]:
    """The lowest label over each column of labels."""
    wanted = set(columns)
    return {t.column: t for line in lines for t in line.tokens if t.column in wanted}


def _level(
    lines: Sequence[Line], at: int, columns: Sequence[int], sheet: Sheet
) -> dict[int, Token]:
    """One line of headings: each label over its column, its merged area, or its group."""
    level: dict[int, Token] = {}
    for token in lines[at].tokens:
        reach = sheet.reach(token)
        level |= {c: token for c in columns if reach.left <= c <= reach.right}
    if at == len(lines) - 1:
        return level
    below = {t.column: t for line in lines[at + 1 :] for t in line.tokens}
    return {**_spread(level, below, columns), **level}


def _spread(
    level: Mapping[int, Token], below: Mapping[int, Token], columns: Sequence[int]
) -> dict[int, Token]:
    """Labels over the columns right of them that have only a lower label."""
    groups = list(_groups(below, columns, level))
    if len(groups) > 1 and all(_inside(group, level) for group in groups):
        return {c: level[_inside(group, level)[0]] for group in groups for c in group}
    spread: dict[int, Token] = {}
    current: Token | None = None
    for column in columns:
        current = level.get(column, current if column in below else None)
        if current is not None:
            spread[column] = current
    return spread


def _inside(group: Sequence[int], level: Mapping[int, Token]) -> list[int]:
    """The columns of a group under exactly one label."""
    found = [c for c in group if c in level]
    return found if len({id(level[c]) for c in found}) == 1 else []


def _groups(
    below: Mapping[int, Token], columns: Sequence[int], level: Mapping[int, Token]
) -> Iterator[list[int]]:
    """Columns in groups: a new one begins where a lower label comes again."""
    group: list[int] = []
    seen: set[str] = set()
    for column in columns:
        if column not in below:
            if group:
                yield group
            group, seen = [], set()
            continue
        key = below[column].said.key or below[column].text
        if key in seen:
            yield group
            group, seen = [], set()
        group.append(column)
        seen.add(key)
    if group:
        yield group
