"""Every filled cell as a number, a label, or what might be either."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import Final

from wirknetz.core.files.grid import Address, Area, Content, GridCell, Page, parse_a1
from wirknetz.core.files.recognition.said import meanings_of
from wirknetz.core.files.words import (
    Lexicon,
    Meaning,
    NumberRead,
    Role,
    Understood,
    Why,
    page_key,
    periods_in,
    read_number,
)

_ERROR: Final = re.compile(
    r"^#(?:DIV/0|BEZUG|REF|WERT|VALUE|NAME|NULL|ZAHL|NUM|NV|N/A|SPILL|CALC|FELD|ÜBERLAUF)[!?]?$"
    r"|^(?:Err:\d{3})$",
    re.IGNORECASE,
)
_SMALL: Final = 12
_OLDEST: Final = 120
_LONG: Final = 999
_PLAIN_DOUBTS: Final = frozenset({"text"})
_FOLLOWED: Final = frozenset({"unit", "remark"})
_EITHER_DOUBTS: Final = frozenset({"range", "below", "dash", "word", "about", "ambiguous"})


class Kind(StrEnum):
    """What a cell is, as far as it can be said alone."""

    NUMBER = "number"
    PERCENT = "percent"
    SOFT = "soft"  # stands where a number belongs: "k. A.", "–", "< 3", "zwölf"
    ERROR = "error"
    LABEL = "label"
    EITHER = "either"  # "18-29", "unbekannt": a label, or something said instead of a number


@dataclass(frozen=True, slots=True, eq=False)
class Token:
    """One filled cell. ``read`` is how it reads as a number, ``said`` what it says as a label."""

    row: int
    column: int
    kind: Kind
    text: str
    cell: GridCell
    read: NumberRead
    said: Understood
    hidden: bool = False

    @property
    def is_value(self) -> bool:
        """Whether it can only be a value."""
        return self.kind in _VALUES

    @property
    def amount(self) -> Decimal | None:
        """Its number, where it was stored or reads as exactly one."""
        return Decimal(self.read.amount) if self.read.amount is not None else None

    def address(self, page: str) -> Address:
        """Where it stands."""
        return Address(page, self.row, self.column)


_VALUES: Final = frozenset({Kind.NUMBER, Kind.PERCENT, Kind.SOFT, Kind.ERROR})


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page as tokens; ``rows`` holds them by row, from left to right."""

    page: Page
    key: str
    tokens: Mapping[tuple[int, int], Token]
    rows: Mapping[int, tuple[Token, ...]]
    merged: Mapping[tuple[int, int], Area] = field(default_factory=dict)

    def within(self, area: Area, row: int) -> Iterator[Token]:
        """The tokens of one row inside an area."""
        for token in self.rows.get(row, ()):
            if area.left <= token.column <= area.right:
                yield token

    def reach(self, token: Token) -> Area:
        """The area a token's cell covers; itself where it is not merged."""
        one = Area(token.row, token.column, token.row, token.column)
        return self.merged.get((token.row, token.column), one)


def sheet_of(page: Page, lexicon: Lexicon) -> Sheet:
    """Read all cells of a page."""
    tokens = {
        place: token
        for place, cell in sorted(page.cells.items())
        if (token := _token(page, place, cell, lexicon)) is not None
    }
    merged = {(area.top, area.left): area for area in page.merged}
    return Sheet(page, page_key(page.name), tokens, _by_row(tokens), merged)


def taught(sheet: Sheet, places: Mapping[str, str]) -> Sheet:
    """The same sheet, single labels of it meaning what the person said."""
    tokens = dict(sheet.tokens)
    for where, says in places.items():
        _teach(tokens, sheet.key, where, says)
    return replace(sheet, tokens=tokens, rows=_by_row(tokens)) if places else sheet


def _by_row(tokens: Mapping[tuple[int, int], Token]) -> dict[int, tuple[Token, ...]]:
    rows: dict[int, list[Token]] = {}
    for token in tokens.values():
        rows.setdefault(token.row, []).append(token)
    return {row: tuple(found) for row, found in rows.items()}


def _teach(tokens: dict[tuple[int, int], Token], key: str, where: str, says: str) -> None:
    """A label at one place means what the person said of it."""
    name, _, a1 = where.rpartition("!")
    token = tokens.get(parse_a1(a1)) if name == key else None
    if token is not None:
        said = replace(token.said, meanings=meanings_of(says), others=(), rest="")
        tokens[token.row, token.column] = replace(token, kind=Kind.LABEL, said=said)


def _token(page: Page, place: tuple[int, int], cell: GridCell, lexicon: Lexicon) -> Token | None:
    text = text_of(cell.content).strip()
    if not text:
        return None
    kind, read, said = _kind(cell, text, lexicon)
    return Token(*place, kind, text, cell, read, said, page.is_hidden(*place))


def text_of(content: Content) -> str:
    """As a label: dates that begin a month are that month."""
    if isinstance(content, dt.datetime):
        content = content.date()
    if isinstance(content, dt.date):
        return f"{content:%Y-%m}" if content.day == 1 else f"{content:%d.%m.%Y}"
    return GridCell(content).text


def _kind(cell: GridCell, text: str, lexicon: Lexicon) -> tuple[Kind, NumberRead, Understood]:
    content = cell.content
    if isinstance(content, Decimal):
        read = NumberRead(amount=f"{content:f}", percent=cell.percent)
        kind = Kind.PERCENT if cell.percent else Kind.NUMBER
        return kind, read, Understood(text, "")
    said = _with_periods(lexicon.understand(text))
    if not isinstance(content, str):
        return Kind.LABEL, NumberRead(doubt="text"), said
    if _ERROR.match(text):
        return Kind.ERROR, NumberRead(doubt="error"), said
    read = read_number(text)
    return _of_text(read, said), read, said


def _with_periods(said: Understood) -> Understood:
    """What was taught of "Zugänge Q3 2025" holds for every quarter; which one, the label says."""
    if not any(m.why is Why.TAUGHT for m in said.meanings) or said.meaning(Role.PERIOD):
        return said
    periods = [p for p in periods_in(said.text) if p.code != "day"]
    named = tuple(Meaning(Role.PERIOD, period.code) for period in periods)
    return replace(said, meanings=(*said.meanings, *named))


def _of_text(read: NumberRead, said: Understood) -> Kind:
    if read.doubt in _PLAIN_DOUBTS:
        return Kind.LABEL
    if read.percent:
        return Kind.PERCENT if not said.meaning(Role.MEASURE) else Kind.LABEL
    if read.amount is not None or read.doubt == "ambiguous":
        return Kind.NUMBER
    if not said.meanings and read.doubt not in _FOLLOWED:
        return Kind.SOFT
    if read.doubt in {"below", "range"} and _is_small(said):
        return Kind.SOFT
    known = bool(said.meanings) and not read.state and read.doubt not in _EITHER_DOUBTS
    return Kind.LABEL if known else Kind.EITHER


def _is_small(said: Understood) -> bool:
    """Whether a span nobody asks for ends where no age does, and stands for a number: "< 3"."""
    bands = [m.code.partition("~")[2] for m in said.meanings if "~" in m.code]
    ends = [int(band.partition("-")[2] or _LONG) for band in bands]
    return bool(ends) and (max(ends) < _SMALL or _OLDEST < max(ends) < _LONG)
