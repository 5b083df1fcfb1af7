"""A book as compressed JSON, so that it can wait for its person without the file itself.

The format is our own, in place of a format that could run code when it is opened.
"""

from __future__ import annotations

import datetime as dt
import json
import zlib
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from wirknetz.core.files.grid import (
    Area,
    Book,
    Content,
    FileKind,
    GridCell,
    Note,
    NoteCode,
    Page,
)

FORMAT: Final = 1
LEVEL: Final = 6
MOST_BYTES: Final = 400 * 1024 * 1024
"""More than this is never unpacked."""


class NotPacked(ValueError):  # noqa: N818
    """These bytes are not a packed book."""


def pack(book: Book, *, level: int = LEVEL) -> bytes:
    """The book as bytes; :func:`unpack` gives an equal book. A low ``level`` saves time."""
    raw = {
        "format": FORMAT,
        "name": book.name,
        "kind": book.kind.value,
        "sha256": book.sha256,
        "notes": [[note.code.value, dict(note.params)] for note in book.notes],
        "pages": [_page_out(page) for page in book.pages],
    }
    text = json.dumps(raw, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode("utf-8", "surrogatepass"), level)


def unpack(packed: bytes) -> Book:
    """The book in these bytes; NotPacked for anything else."""
    try:
        raw = json.loads(_inflated(packed).decode("utf-8", "surrogatepass"))
        if raw["format"] != FORMAT:
            raise NotPacked("another format")
        return _book(raw)
    except (zlib.error, ValueError, KeyError, TypeError, InvalidOperation) as wrong:
        raise NotPacked("not a packed book") from wrong


def _inflated(packed: bytes) -> bytes:
    opened = zlib.decompressobj()
    data = opened.decompress(packed, MOST_BYTES)
    if opened.unconsumed_tail or not opened.eof:
        raise NotPacked("cut, or too much")
    return data


def _page_out(page: Page) -> dict[str, Any]:
    return {
        "name": page.name,
        "cells": [
            [row, column, *_content_out(cell.content), int(cell.percent), cell.formula]
            for (row, column), cell in page.cells.items()
        ],
        "merged": [list(area) for area in page.merged],
        "hidden_rows": sorted(page.hidden_rows),
        "hidden_columns": sorted(page.hidden_columns),
        "hidden": page.hidden,
        "rows": page.rows,
        "columns": page.columns,
    }


_OF_CALENDAR: Final = {dt.datetime: "m", dt.date: "d", dt.time: "t"}


def _content_out(content: Content) -> tuple[str, str]:
    match content:
        case str():
            return "s", content
        case bool():
            return "b", "1" if content else ""
        case Decimal():
            return "n", str(content)
        case dt.date() | dt.time():  # a moment is a date, too
            return _OF_CALENDAR[type(content)], content.isoformat()
        case dt.timedelta():
            return "p", str(content // dt.timedelta(microseconds=1))


_CONTENT: Final[Mapping[str, Callable[[str], Content]]] = {
    "s": str,
    "b": bool,
    "n": Decimal,
    "m": dt.datetime.fromisoformat,
    "d": dt.date.fromisoformat,
    "t": dt.time.fromisoformat,
    "p": lambda text: dt.timedelta(microseconds=int(text)),
}


def _book(raw: Mapping[str, Any]) -> Book:
    return Book(
        name=raw["name"],
        kind=FileKind(raw["kind"]),
        sha256=raw["sha256"],
        pages=tuple(_page(page) for page in raw["pages"]),
        notes=tuple(Note(NoteCode(code), params) for code, params in raw["notes"]),
    )


class _Cells(dict[tuple[str, str, int, bool | None], GridCell]):
    """Cells by what they are made of: equal ones are one object, since tables repeat them."""

    def __missing__(self, key: tuple[str, str, int, bool | None]) -> GridCell:
        kind, text, percent, formula = key
        self[key] = made = GridCell(_CONTENT[kind](text), bool(percent), formula)
        return made


def _page(raw: Mapping[str, Any]) -> Page:
    known = _Cells()
    return Page(
        name=raw["name"],
        cells={
            (row, column): known[kind, text, percent, formula]
            for row, column, kind, text, percent, formula in raw["cells"]
        },
        merged=tuple(Area(*area) for area in raw["merged"]),
        hidden_rows=frozenset(raw["hidden_rows"]),
        hidden_columns=frozenset(raw["hidden_columns"]),
        hidden=raw["hidden"],
        rows=raw["rows"],
        columns=raw["columns"],
    )
