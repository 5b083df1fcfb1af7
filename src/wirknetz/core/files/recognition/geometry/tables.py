"""Tables: rows of numbers under one heading, with the titles and sections they stand under."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from wirknetz.core.files.grid import Area
from wirknetz.core.files.recognition.geometry.columns import Columns
from wirknetz.core.files.recognition.geometry.cutting import regions_of
from wirknetz.core.files.recognition.geometry.lines import Layout, Line, LineKind, Row, layout_of
from wirknetz.core.files.recognition.tokens import Sheet, Token
from wirknetz.core.files.words import ASKED, Lexicon, Role, Understood


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A row with numbers; ``sections`` are the texts above it inside the table, outer first."""

    row: int
    tokens: Row
    sections: Row = ()


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Numbers under one heading.

    ``titles`` stand directly above, outer first; ``kept`` are those of a table before, which
    hold only if something else says so. ``above`` is the table whose heading this one goes on
    under. ``area`` is what it covers, its own headings included.
    """

    sheet: Sheet
    area: Area
    columns: Columns
    heads: tuple[Line, ...]
    body: tuple[BodyRow, ...]
    titles: Row = ()
    kept: Row = ()
    above: Table | None = None


@dataclass(slots=True)
class _Open:
    """A table on its way."""

    columns: Columns
    heads: list[Line] = field(default_factory=list)
    body: list[BodyRow] = field(default_factory=list)
    titles: list[Token] = field(default_factory=list)
    sections: list[Token] = field(default_factory=list)
    kept: list[Token] = field(default_factory=list)


def tables_of(sheet: Sheet, lexicon: Lexicon) -> tuple[list[Table], list[Token]]:
    """The tables of a sheet, and the texts above the first of them."""
    found: list[Table] = []
    texts: list[Layout] = []
    top: list[Token] = []
    last: dict[int, Table] = {}
    for area in regions_of(sheet):
        above = _above(last, area)
        layout = layout_of(sheet, area, lexicon, above.columns if above else None)
        if not layout.has_values:
            texts.append(layout)
            if not found:
                top += [token for line in layout.lines for token in line.tokens]
            continue
        if not found:
            top += _first_texts(layout)
        for table in _tables(sheet, layout, _between(texts, area, above), above):
            found.append(table)
            last |= dict.fromkeys(range(table.area.left, table.area.right + 1), table)
    return found, top


def _above(last: Mapping[int, Table], area: Area) -> Table | None:
    """The nearest table that ends above an area and shares columns with it."""
    columns = range(area.left, area.right + 1)
    near = {id(last[c]): last[c] for c in columns if c in last and last[c].area.bottom < area.top}
    return max(near.values(), key=lambda t: t.area.bottom, default=None)


def _between(texts: Sequence[Layout], area: Area, above: Table | None) -> list[Layout]:
    """The texts between an area and the table above it, from the top."""
    found: list[Layout] = []
    for layout in reversed(texts):
        if above is not None and layout.area.top <= above.area.bottom:
            break
        if _stands_over(layout.area, area):
            found.append(layout)
    return found[::-1]


def _stands_over(above: Area, below: Area) -> bool:
    return above.bottom < below.top and above.left <= below.right and below.left <= above.right


def _first_texts(layout: Layout) -> list[Token]:
    texts: list[Token] = []
    for line in layout.lines:
        if line.kind is LineKind.BODY:
            break
        if line.kind is LineKind.TEXT:
            texts += line.tokens
    return texts


def _tables(
    sheet: Sheet, layout: Layout, between: Sequence[Layout], above: Table | None
) -> Iterator[Table]:
    """The tables of one region: each new heading below numbers begins another."""
    opened = _Open(layout.columns)
    _read_between(opened, between)
    if above and not between:
        opened.kept = [*(above.titles or above.kept), *_last_said(above)]
    for line in layout.lines:
        if line.kind is LineKind.HEAD and opened.body:
            yield _closed(sheet, opened, above)
            opened = _next(opened)
        _add(opened, line)
    if opened.body:
        yield _closed(sheet, opened, above)


def _last_said(above: Table) -> Iterator[Token]:
    """What the end of a table speaks of: its last section, and a row that stands alone."""
    last = above.body[-1]
    yield from last.sections
    if len(above.body) == 1:
        yield from (t for t in last.tokens if t.column in above.columns.labels)


def _read_between(opened: _Open, between: Sequence[Layout]) -> None:
    """Texts between this region and the table above it: titles, or a heading cut off."""
    for layout in between:
        for line in layout.lines:
            inside = [t for t in line.tokens if t.column in opened.columns.values]
            if len(inside) > 1:
                opened.heads.append(replace(line, kind=LineKind.HEAD))
            else:
                opened.heads.clear()
                opened.titles += line.tokens


def _next(before: _Open) -> _Open:
    """The table that begins below another one in the same region."""
    trailing = [t for t in before.sections if t.row > before.body[-1].row]
    opened = _Open(before.columns, titles=trailing)
    if not trailing:
        opened.kept = [*before.titles, *before.sections]
        if before.body:
            opened.kept += [t for t in before.body[-1].tokens if t.column in before.columns.labels]
    return opened


def _add(opened: _Open, line: Line) -> None:
    if line.kind is LineKind.HEAD:
        _enter_head(opened, line)
    elif _is_remark(line):
        return
    elif line.kind is LineKind.TEXT and not opened.body:
        if opened.heads:
            opened.sections += line.tokens
        else:
            opened.titles += line.tokens
    elif line.kind is LineKind.TEXT:
        _enter_section(opened, line)
    else:
        opened.sections = _holding(opened.sections, line, opened.columns)
        opened.body.append(BodyRow(line.row, line.tokens, tuple(opened.sections)))


def _enter_head(opened: _Open, line: Line) -> None:
    """A heading; texts between it and an earlier one were titles after all."""
    if opened.sections:
        opened.titles += [t for head in opened.heads for t in head.tokens]
        opened.titles += opened.sections
        opened.heads.clear()
        opened.sections.clear()
    opened.heads.append(line)


def _is_remark(line: Line) -> bool:
    return all(token.said.meaning(Role.REMARK) for token in line.tokens)


def _enter_section(opened: _Open, line: Line) -> None:
    """A text between rows: deeper than the one directly above it, or in place of its kind."""
    last = opened.body[-1].row
    for token in line.tokens:
        deeper = [t for t in opened.sections if t.row > last and t.row < line.row]
        outer = [t for t in opened.sections if t.row <= last or t.row == line.row]
        opened.sections = [*_outside(outer, token, line.row), *deeper, token]


def _holding(sections: list[Token], line: Line, columns: Columns) -> list[Token]:
    """The sections a row stands in: a label of its own kind was a row without a number."""
    own = next((t for t in line.tokens if t.column in columns.labels), None)
    if own is None:
        return sections
    kinds = kinds_of(own.said)
    if own.said.sure < ASKED:
        kinds -= {Role.MEASURE.value}
    for at, section in enumerate(sections):
        if kinds_of(section.said) & kinds and section.column == own.column:
            return sections[:at]
    return sections


def _outside(sections: Sequence[Token], token: Token, row: int) -> list[Token]:
    """The sections a new one stands inside of: none where it says nothing we know."""
    kinds = kinds_of(token.said)
    if not kinds:
        return [t for t in sections if t.row == row]
    for at, section in enumerate(sections):
        if section.row != row and (not kinds_of(section.said) or kinds_of(section.said) & kinds):
            return [*sections[:at], *(t for t in sections[at:] if t.row == row)]
    return list(sections)


def kinds_of(said: Understood) -> frozenset[str]:
    """What sorts of things a label says: measure, period, a dimension."""
    kinds = set()
    for meaning in said.meanings:
        if meaning.role is Role.CATEGORY:
            kinds.add(dimension_of(meaning.code))
        elif meaning.role in (Role.MEASURE, Role.PERIOD, Role.ORGANISATION):
            kinds.add(meaning.role.value)
    return frozenset(kinds)


def dimension_of(code: str) -> str:
    """``gender`` for ``gender=w``, and ``age`` for the unknown band ``age~18-24``."""
    return code.replace("~", "=").partition("=")[0]


def _closed(sheet: Sheet, opened: _Open, above: Table | None) -> Table:
    over = above if above and not opened.heads and _continues(opened, above) else None
    return Table(
        sheet,
        _area(opened),
        opened.columns,
        over.heads if over else tuple(opened.heads),
        tuple(opened.body),
        tuple(opened.titles),
        tuple(opened.kept),
        over,
    )


def _area(opened: _Open) -> Area:
    tokens = [t for line in opened.heads for t in line.tokens]
    tokens += [t for line in opened.body for t in line.tokens]
    rows, columns = [t.row for t in tokens], [t.column for t in tokens]
    return Area(min(rows), min(columns), max(rows), max(columns))


def _continues(opened: _Open, above: Table) -> bool:
    """Whether numbers without a heading stand under the heading of the table above.

    One column of numbers below a table with several is a list of its own: form fields often
    stand below a table, in its first column.
    """
    own, theirs = set(opened.columns.values), set(above.columns.values)
    filled = {t.column for row in opened.body for t in row.tokens if t.is_value}
    if not (own | filled) <= theirs:
        return False
    return len(filled) > 1 or len(theirs) == 1
