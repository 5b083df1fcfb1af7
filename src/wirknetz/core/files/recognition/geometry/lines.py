"""What each row of a region is: text above or between, a heading, or numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Final

from wirknetz.core.files.grid import Area
from wirknetz.core.files.recognition.geometry.columns import (
    Columns,
    as_label,
    columns_of,
    counts_rows,
    is_year,
    period_text,
    speaks_of_period,
)
from wirknetz.core.files.recognition.tokens import Kind, Sheet, Token
from wirknetz.core.files.words import ASKED, Lexicon, Role

Row = tuple[Token, ...]
_HEADING_ROLES: Final = frozenset(
    {Role.CATEGORY, Role.PERIOD, Role.TOTAL, Role.HEADING, Role.MEASURE, Role.RATIO, Role.PLAN}
)
_NOT_VALUES: Final = frozenset({"period", "number", "organisation", "remark"})


class LineKind(Enum):
    """What a row is."""

    TEXT = auto()
    HEAD = auto()
    BODY = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a region."""

    row: int
    kind: LineKind
    tokens: Row


@dataclass(frozen=True, slots=True)
class Layout:
    """A region with its columns and rows sorted out."""

    area: Area
    columns: Columns
    lines: tuple[Line, ...]

    @property
    def has_values(self) -> bool:
        """Whether any row holds numbers."""
        return any(line.kind is LineKind.BODY for line in self.lines)


def layout_of(sheet: Sheet, area: Area, lexicon: Lexicon, prior: Columns | None) -> Layout:
    """Sort out one region; ``prior`` are the columns of the region above it."""
    rows = [
        tuple(sheet.within(area, r)) for r in range(area.top, area.bottom + 1) if r in sheet.rows
    ]
    rows = [row for row in rows if row]
    rows = [_periods_beside(row, lexicon) for row in _years_as_heads(rows, lexicon)]
    columns = columns_of(rows, prior)
    rows, columns = _by_headings(rows, columns, lexicon)
    rows = [tuple(_placed(token, columns, lexicon) for token in row) for row in rows]
    return Layout(area, columns, tuple(_lines(rows, columns, sheet)))


def _years_as_heads(rows: Sequence[Row], lexicon: Lexicon) -> list[Row]:
    """A first row whose numbers are all years heads the columns below it."""
    for at, row in enumerate(rows):
        values = [token for token in row if token.is_value]
        if not values:
            continue
        below = {token.column for other in rows[at + 1 :] for token in other if token.is_value}
        heads = all(is_year(v) and v.column in below for v in values)
        beside = all(
            speaks_of_period(t.said) or t.said.meaning(Role.HEADING) for t in row if not t.is_value
        )
        if heads and beside:
            relabelled = tuple(as_label(t, lexicon) if t.is_value else t for t in row)
            return [*rows[:at], relabelled, *rows[at + 1 :]]
        break
    return list(rows)


def _periods_beside(row: Row, lexicon: Lexicon) -> Row:
    """Beside "Quartal", 3 speaks of a period; the number is none to report."""
    if len(row) < 2 or not speaks_of_period(row[0].said):
        return row
    texts = [period_text(row[0].said, token.amount) for token in row[1:]]
    if not all(texts):
        return row
    return (row[0], *(as_label(t, lexicon, x) for t, x in zip(row[1:], texts, strict=True)))


def _by_headings(
    rows: Sequence[Row], columns: Columns, lexicon: Lexicon
) -> tuple[list[Row], Columns]:
    """Columns of numbers that are periods, row numbers or names by their heading."""
    heads = _first_heads(rows)
    dropped, turned = set(), set()
    for column in columns.values:
        head = heads.get(column)
        heading = head.said.meaning(Role.HEADING) if head else None
        if heading and heading.code == "number" and len(columns.values) > 1:
            dropped.add(column)
        elif head and speaks_of_period(head.said) and _are_periods(rows, column, head):
            turned.add(column)
        elif _is_index(rows, column, columns, head):
            dropped.add(column)
    dropped |= {c for c in columns.labels if _says_nothing(heads.get(c))}
    return _turned(rows, turned, heads, lexicon), Columns(
        tuple(c for c in columns.values if c not in dropped | turned),
        tuple(c for c in sorted({*columns.labels, *turned}) if c not in dropped),
        tuple(sorted(dropped)),
    )


def _first_heads(rows: Sequence[Row]) -> dict[int, Token]:
    """The label nearest above the first number, by column."""
    heads: dict[int, Token] = {}
    for row in rows:
        if any(token.is_value for token in row):
            break
        heads |= {token.column: token for token in row}
    return heads


def _says_nothing(head: Token | None) -> bool:
    heading = head.said.meaning(Role.HEADING) if head else None
    return heading is not None and heading.code in {"remark", "number"}


def _are_periods(rows: Sequence[Row], column: int, head: Token) -> bool:
    """Whether a column holds periods; never the last one with numbers, nor one beside months."""
    later = any(t.column > column and t.is_value for row in rows for t in row)
    beside = any(t.said.meaning(Role.PERIOD) for t in _row_of(rows, head) if t is not head)
    values = [t for row in rows for t in row if t.column == column and t.kind is Kind.NUMBER]
    return (
        later
        and not beside
        and bool(values)
        and all(period_text(head.said, t.amount) for t in values)
    )


def _row_of(rows: Sequence[Row], token: Token) -> Row:
    return next((row for row in rows if token in row), ())


def _is_index(rows: Sequence[Row], column: int, columns: Columns, head: Token | None) -> bool:
    """Whether a column left of all labels numbers the rows, or holds what no heading names."""
    if not columns.labels or column > columns.labels[0] or columns.values[-1] < columns.labels[0]:
        return False
    if counts_rows([t for row in rows for t in row if t.column == column]):
        return True
    return head is None or not {m.role for m in head.said.meanings} & _HEADING_ROLES


def _turned(
    rows: Sequence[Row], turned: set[int], heads: dict[int, Token], lexicon: Lexicon
) -> list[Row]:
    if not turned:
        return list(rows)
    return [
        tuple(
            as_label(token, lexicon, period_text(heads[token.column].said, token.amount))
            if token.column in turned and token.kind is Kind.NUMBER
            else token
            for token in row
        )
        for row in rows
    ]


def _placed(token: Token, columns: Columns, lexicon: Lexicon) -> Token:
    """What might be either is a label among labels; numbers among labels are labels."""
    if token.column not in columns.labels or token.kind is Kind.LABEL:
        return token
    if token.kind is Kind.EITHER:
        return replace(token, kind=Kind.LABEL)
    return as_label(token, lexicon) if token.kind in (Kind.NUMBER, Kind.SOFT) else token


def _lines(rows: Sequence[Row], columns: Columns, sheet: Sheet) -> list[Line]:
    lines: list[Line] = []
    begun = headed = False
    for row in rows:
        kind = _kind(row, columns, sheet, begun=begun)
        if kind is LineKind.TEXT and (begun or headed) and _is_left_empty(row, columns):
            kind = LineKind.BODY
        if kind is LineKind.HEAD and not begun and _answers_in_words(row, rows, columns):
            kind = LineKind.BODY
        begun = begun or kind is LineKind.BODY
        headed = headed or kind is LineKind.HEAD
        lines.append(Line(row[0].row, kind, row))
    return lines


def _kind(row: Row, columns: Columns, sheet: Sheet, *, begun: bool) -> LineKind:
    over = [token for token in row if token.column in columns.values]
    values = [token for token in over if token.is_value]
    if values and not (all(t.kind is Kind.SOFT for t in values) and _heads(row, over)):
        return LineKind.BODY
    if not over:
        return LineKind.HEAD if _stub_only(row, begun=begun) else LineKind.TEXT
    if len(row) == 1 and len(columns.values) > 1:
        return _alone(row[0], columns, sheet)
    if begun and not _heads(row, over):
        return LineKind.BODY
    return LineKind.HEAD


def _answers_in_words(row: Row, rows: Sequence[Row], columns: Columns) -> bool:
    """A first row "Zugänge | siehe Anlage" in a list of measures is no heading."""
    over = [token for token in row if token.column in columns.values]
    known = [t for t in over if t.said.meanings and t.kind is not Kind.EITHER]
    if len(columns.values) != 1 or known:
        return False
    return _names_measure(row[0]) and any(_names_measure(r[0]) for r in rows if r is not row)


def _names_measure(token: Token) -> bool:
    meaning = token.said.meaning(Role.MEASURE)
    return meaning is not None and meaning.sure >= ASKED


def _is_left_empty(row: Row, columns: Columns) -> bool:
    """A row of a list whose number was left out: no title stands in several columns."""
    inside = [token for token in row if token.column in columns.labels]
    return len(inside) == len(row) and (len(row) > 1 or row[0].column != columns.labels[0])


def _stub_only(row: Row, *, begun: bool) -> bool:
    """Whether a row only names the columns of labels."""
    headings = sum(1 for token in row if token.said.meaning(Role.HEADING))
    return headings == len(row) if begun or len(row) == 1 else 2 * headings >= len(row)


def _alone(token: Token, columns: Columns, sheet: Sheet) -> LineKind:
    """A single text over numbers: a heading of some columns, or a title of all."""
    reach = sheet.reach(token)
    inside = [c for c in columns.values if reach.left <= c <= reach.right]
    if 1 < len(inside) < len(columns.values):
        return LineKind.HEAD
    roles = {meaning.role for meaning in token.said.meanings}
    some = bool(roles & {Role.CATEGORY, Role.PERIOD, Role.TOTAL}) and Role.MEASURE not in roles
    partly = token.column > columns.values[0] and len(inside) < len(columns.values)
    return LineKind.HEAD if some and partly else LineKind.TEXT


def _heads(row: Row, over: Sequence[Token]) -> bool:
    """Whether a row below numbers is a new heading, and no text in place of a number."""
    known = [
        token
        for token in over
        if token.kind is not Kind.SOFT and {m.role for m in token.said.meanings} & _HEADING_ROLES
    ]
    if len(row) > len(over) and len(over) == 1 and over[0].kind is Kind.EITHER:
        return False
    return 2 * len(known) >= len(over) and bool(known)
