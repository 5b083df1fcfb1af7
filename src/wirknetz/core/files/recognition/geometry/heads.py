"""Which headings stand over a column: several lines, merged ones spread over their span."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from wirknetz.core.files.recognition.geometry.lines import Line
from wirknetz.core.files.recognition.tokens import Sheet, Token
from wirknetz.core.files.words import Role

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
    merged = False
    for token in lines[at].tokens:
        reach = sheet.reach(token)
        over = [c for c in columns if reach.left <= c <= reach.right]
        merged = merged or len(over) > 1
        level |= dict.fromkeys(over, token)
    if merged:
        return level
    if at == len(lines) - 1:
        above = {t.column: t for line in lines[:at] for t in line.tokens}
        return {**_grouped(level, above, columns), **level}
    below = {t.column: t for line in lines[at + 1 :] for t in line.tokens}
    return {**_spread(level, below, columns), **level}


def _spread(
    level: Mapping[int, Token], below: Mapping[int, Token], columns: Sequence[int]
) -> dict[int, Token]:
    """Labels over the columns right of them that have only a lower label."""
    grouped = _grouped(level, below, columns)
    if grouped:
        return grouped
    spread: dict[int, Token] = {}
    current: Token | None = None
    for column in columns:
        current = level.get(column, current if column in below else None)
        if current is not None:
            spread[column] = current
    return _without_last_sum(spread, level, below)


def _without_last_sum(
    spread: dict[int, Token], level: Mapping[int, Token], below: Mapping[int, Token]
) -> dict[int, Token]:
    """A sum under the last label only is one of all columns, not of that label's."""
    sums = [c for c in spread if c not in level and c in below and is_sum(below[c])]
    labels = {id(spread[c]) for c in sums}
    if len(labels) < len({id(token) for token in spread.values()}):
        return {c: token for c, token in spread.items() if c not in sums}
    return spread


def _grouped(
    level: Mapping[int, Token], others: Mapping[int, Token], columns: Sequence[int]
) -> dict[int, Token]:
    """One label over each group of columns, if the groups show by what comes again."""
    groups = list(_groups(others, columns))
    if len(groups) < 2 or not all(_inside(group, level) for group in groups):
        return {}
    fewest = min(sum(is_sum(others[c]) for c in group) for group in groups)
    found: dict[int, Token] = {}
    for group in groups:
        sums = [c for c in group if is_sum(others[c])][fewest:]
        label = level[_inside(group, level)[0]]
        found |= {c: label for c in group if c not in sums or c in level}
    return found


def is_sum(token: Token) -> bool:
    """Whether a label says nothing but that it is a sum."""
    return {meaning.role for meaning in token.said.meanings} == {Role.TOTAL}


def _inside(group: Sequence[int], level: Mapping[int, Token]) -> list[int]:
    """The columns of a group under exactly one label."""
    found = [c for c in group if c in level]
    return found if len({id(level[c]) for c in found}) == 1 else []


def _groups(below: Mapping[int, Token], columns: Sequence[int]) -> Iterator[list[int]]:
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
