"""One look at the XML of an XLSX sheet: what it hides, merges, calculates, shows as percent.

Empty formatted cells, of which a sheet can have millions, are taken out before the XML is
parsed. What was parsed is kept, up to the limit, as the only thing the reader of values sees.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final
from xml.parsers import expat

from wirknetz.core.files.grid import Area, FlawCode, NotReadable, parse_a1
from wirknetz.core.files.reading.scanned import Budget, Scan
from wirknetz.core.files.reading.xml import Attributes, only_utf8, parser, whole_tags

_CELL: Final = rb'<(?:\w++:)?c r="[A-Z]++\d++"(?: s="\d++")?+(?: t="\w++")?+(?:/>|></(?:\w++:)?c>)'
_EMPTY_ROWS: Final = re.compile(
    rb'(?:<(?:\w++:)?row r="\d++"[^<>/]*+(?:/>|>(?:' + _CELL + rb")*+</(?:\w++:)?row>))++"
)  # what an empty row hides or not is of no interest
_EMPTY_CELLS: Final = re.compile(rb"(?:" + _CELL + rb")++")
_SIGNS_OF_EMPTY: Final = (b"/>", b'"></')
_LATER_COLUMN: Final = re.compile(rb' r="([A-Z]{1,3})\d{1,7}"[^<>/]*>')
_LATER_ROW: Final = re.compile(rb' r="[A-Z]{1,3}(\d{1,7})"[^<>/]*>')
_DIGITS: Final = "0123456789"
_FALSE: Final = ("", "0", "false")
MOST_ROWS: Final = 1_048_576
MOST_COLUMNS: Final = 16_384
_MOST_MERGED: Final = 50_000
_TAIL: Final = 16_384

_OnStart = Callable[[Attributes], None]


class _Implicit(Exception):  # noqa: N818
    """Places are not written down but counted: nothing may be taken out before."""


def scan_sheet(
    chunks: Callable[[], Iterable[bytes]], *, percent: frozenset[int], budget: Budget
) -> tuple[Scan, bytes]:
    """What the sheet tells, and its XML without empty cells up to the limit."""
    try:
        look = _Look(percent, budget, prune=True)
        look.over(chunks())
    except _Implicit:
        look = _Look(percent, budget, prune=False)
        look.over(chunks())
    budget.take(look.scan)
    return look.scan, bytes(look.kept)


def _pruned(chunk: bytes) -> bytes:
    """The XML without empty rows and cells."""
    if not any(sign in chunk for sign in _SIGNS_OF_EMPTY):
        return chunk
    return _EMPTY_CELLS.sub(b"", _EMPTY_ROWS.sub(b"", chunk))


class _Look:
    def __init__(self, percent: frozenset[int], budget: Budget, *, prune: bool) -> None:
        self.scan = Scan()
        self.kept = bytearray()
        self._percent = {str(style) for style in percent}
        self._budget = budget
        self._prune = prune
        self._pruned = False
        self._prefix: str | None = None
        self._columns: dict[str, int] = {}
        self._row = self._column = -1
        self._row_text = ""
        self._mask = self._filled = 0
        self._type = "n"
        self._shows_percent = False
        self._text: list[str] = []
        self._row_at: int | None = None
        self._cut: int | None = None
        self._by_name: dict[str, _OnStart | None] = {}
        self._parser = parser()
        self._parser.StartElementHandler = self._start

    def over(self, chunks: Iterable[bytes]) -> None:
        """Parse up to the limit, then only count."""
        rest = iter(whole_tags(chunks))
        try:
            for number, chunk in enumerate(rest):
                self._parse(chunk, first=not number)
                if self._cut is not None:
                    self._count(chunk)
                    break
            else:
                self._parser.Parse(b"", True)
                self._end_row()
        except expat.ExpatError as error:
            raise NotReadable(FlawCode.DAMAGED) from error
        if self._cut is not None:
            self._close()
        for chunk in rest:
            self._count(chunk)
        self._budget.text += len(self.kept)

    def _parse(self, whole: bytes, *, first: bool) -> None:
        if first:
            only_utf8(whole[:2])
        self._prune = self._prune and b"<!" not in whole
        chunk = _pruned(whole) if self._prune else whole
        self._pruned = self._pruned or len(chunk) < len(whole)
        self.kept += chunk
        if len(self.kept) + self._budget.text > self._budget.limits.text:
            raise NotReadable(FlawCode.UNPACKS_TOO_BIG)
        self._parser.Parse(chunk, False)

    def _close(self) -> None:
        """End the XML where it was cut, so that it can be read."""
        prefix = f"{self._prefix}:" if self._prefix else ""
        del self.kept[self._cut :]
        self.kept += f"</{prefix}sheetData></{prefix}worksheet>".encode()

    def _count(self, chunk: bytes) -> None:
        """Only how far the sheet reaches."""
        scan = self.scan
        for letters in set(_LATER_COLUMN.findall(chunk)):
            column = self._columns.get(letters.decode()) or column_number(letters.decode())
            scan.columns = max(scan.columns, column + 1)
            self._budget.wide(column)
        rows = _LATER_ROW.findall(chunk, max(0, len(chunk) - _TAIL)) or _LATER_ROW.findall(chunk)
        scan.rows = max(scan.rows, *map(int, rows[-1:]), 0)

    def _start(self, name: str, attributes: Attributes) -> None:
        try:
            handler = self._by_name[name]
        except KeyError:
            handler = self._by_name[name] = self._handler(name)
        if handler is not None and self._cut is None:
            handler(attributes)

    def _handler(self, name: str) -> _OnStart | None:
        """What to do with these elements; those of drawings and extensions are not meant."""
        prefix, _, plain = name.rpartition(":")
        if self._prefix is None:
            self._prefix = prefix
        if prefix != self._prefix:
            return None
        does: dict[str, _OnStart] = {
            "row": self._on_row, "c": self._on_cell, "v": self._on_value, "is": self._on_value,
            "f": self._on_formula, "mergeCell": self._on_merged, "col": self._on_columns,
            "filterColumn": self._on_filter,
        }  # fmt: skip
        return does.get(plain)

    def _on_row(self, attributes: Attributes) -> None:
        self._end_row()
        number = attributes.get("r")
        if number is None and self._pruned:
            raise _Implicit
        before, self._row = self._row, int(number) - 1 if number else self._row + 1
        if not before < self._row < MOST_ROWS:
            raise NotReadable(FlawCode.DAMAGED)
        self._row_text = str(self._row + 1)
        self._mask = self._filled = 0
        self._column = -1
        self._row_at = self._parser.CurrentByteIndex
        if _hidden(attributes, "ht"):
            self.scan.hidden_rows.add(self._row)

    def _end_row(self) -> None:
        if not self._mask or self._cut is not None:
            return
        self._budget.wide(self._mask.bit_length() - 1)
        self.scan.add(self._row, self._mask, self._filled)
        if self._budget.full(self.scan):
            self._cut, self.scan.kept_rows = self._row_at, self._row
            self.scan.seen.pop(self._row, None)
        self._mask = 0

    def _on_cell(self, attributes: Attributes) -> None:
        place = attributes.get("r")
        if place is None:
            if self._pruned:
                raise _Implicit
            self._column += 1
        else:
            letters = place.rstrip(_DIGITS)
            column = self._columns.get(letters)
            if column is None:
                column = self._columns[letters] = column_number(letters)
            if place[len(letters) :] != self._row_text:
                raise NotReadable(FlawCode.DAMAGED)
            self._column = column
        self._type = attributes.get("t", "n")
        self._shows_percent = attributes.get("s") in self._percent

    def _on_value(self, _: Attributes) -> None:
        self._mask |= 1 << self._column
        self._filled += 1
        if self._shows_percent:
            self.scan.percent.add((self._row, self._column))
        if self._type == "s":
            self.scan.shared += 1
        elif self._type == "e":
            self._text.clear()
            self._parser.CharacterDataHandler = self._text.append
            self._parser.EndElementHandler = self._end_error

    def _end_error(self, _: str) -> None:
        self._parser.CharacterDataHandler = self._parser.EndElementHandler = None
        self.scan.errors[self._row, self._column] = "".join(self._text).strip()

    def _on_formula(self, _: Attributes) -> None:
        place = (self._row, self._column)
        self.scan.formulas.add(place)
        if self._type == "str":
            self.scan.empty_results.add(place)

    def _on_merged(self, attributes: Attributes) -> None:
        if len(self.scan.merged) < _MOST_MERGED and (area := parse_area(attributes.get("ref", ""))):
            self.scan.merged.append(area)

    def _on_columns(self, attributes: Attributes) -> None:
        if _hidden(attributes, "width"):
            first, last = int(attributes["min"]) - 1, int(attributes["max"]) - 1
            self.scan.hide_columns(max(0, first), last, self._budget.limits)

    def _on_filter(self, _: Attributes) -> None:
        self.scan.filtered = True


def _hidden(attributes: Attributes, size: str) -> bool:
    if attributes.get("hidden", "") not in _FALSE:
        return True
    return attributes.get(size, "").strip("0.") == "" and size in attributes


def parse_area(text: str) -> Area | None:
    """``A1:B2`` as an area; None for what is none."""
    first, _, last = text.partition(":")
    try:
        (top, left), (bottom, right) = parse_a1(first), parse_a1(last or first)
    except ValueError:
        return None
    return Area(min(top, bottom), min(left, right), max(top, bottom), max(left, right))


def column_number(letters: str) -> int:
    """0 for ``A``; NotReadable for what no program writes."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    if not (letters.isascii() and letters.isalpha() and letters.isupper()):
        raise NotReadable(FlawCode.DAMAGED)
    if number > MOST_COLUMNS:
        raise NotReadable(FlawCode.DAMAGED)
    return number - 1
