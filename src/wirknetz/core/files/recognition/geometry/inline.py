"""Numbers that stand in one cell with their label: "Zugänge: 58"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from wirknetz.core.files.grid import Area, GridCell
from wirknetz.core.files.recognition.geometry.columns import Columns
from wirknetz.core.files.recognition.geometry.paths import Link, Side, Spot
from wirknetz.core.files.recognition.geometry.tables import BodyRow, Table
from wirknetz.core.files.recognition.tokens import Kind, Sheet, Token
from wirknetz.core.files.words import Lexicon, Role, read_number

_INLINE: Final = re.compile(r"^(?P<label>[^:=\d][^:=]*?)\s*[:=]\s*(?P<number>\d[\d.,'’ ]*)$")


def inline_spots(sheet: Sheet, lexicon: Lexicon) -> Iterator[tuple[Table, list[Spot]]]:
    """Every such number as a table of its own."""
    for token in sheet.tokens.values():
        if token.kind is Kind.LABEL:
            match = _INLINE.match(token.text)
            said = lexicon.understand(match["label"]) if match else None
            if match and said and said.meaning(Role.MEASURE):
                label = replace(token, said=said)
                yield _spot(sheet, label, match["number"].strip())


def _spot(sheet: Sheet, label: Token, number: str) -> tuple[Table, list[Spot]]:
    value = replace(
        label, kind=Kind.NUMBER, text=number, cell=GridCell(number), read=read_number(number)
    )
    row, column = label.row, label.column
    body = (BodyRow(row, (value,)),)
    table = Table(sheet, Area(row, column, row, column), Columns((column,)), (), body)
    return table, [Spot(value, table, (Link(Side.ROW, label, column),), ())]
