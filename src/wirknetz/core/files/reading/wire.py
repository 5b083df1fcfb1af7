"""A book as JSON and back: how the child that reads hands over what it read.

Nothing in it is ever run, unlike what pickle would do with the answer of a process that has
read a hostile file.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

from wirknetz.core.files.grid import (
    Area,
    Book,
    Content,
    FileKind,
    FlawCode,
    GridCell,
    Note,
    NoteCode,
    NotReadable,
    Page,
)

_PERCENT: Final = 1
_FORMULA: Final[Mapping[bool | None, int]] = {None: 0, False: 2, True: 4}
_BACK: Final = {code: formula for formula, code in _FORMULA.items()}


def dumped(found: Book | NotReadable) -> bytes:
    """The answer, on one line."""
    said = _book(found) if isinstance(found, Book) else _flaw(found)
    return json.dumps(said, separators=(",", ":")).encode()


def loaded(answer: bytes, *, name: str) -> Book:
    """The book that was answered; raises NotReadable that was answered, ValueError otherwise."""
    said = json.loads(answer)
    if "flaw" in said:
        raise NotReadable(FlawCode(said["flaw"]), **said["params"])
    pages = tuple(_page_back(page) for page in said["pages"])
    return Book(name, FileKind(said["kind"]), said["sha256"], pages, _notes_back(said["notes"]))


def _flaw(flaw: NotReadable) -> dict[str, Any]:
    return {"flaw": flaw.code.value, "params": flaw.params}


def _book(book: Book) -> dict[str, Any]:
    return {
        "kind": book.kind.value,
        "sha256": book.sha256,
        "notes": [[note.code.value, dict(note.params)] for note in book.notes],
        "pages": [_page(page) for page in book.pages],
    }


def _page(page: Page) -> dict[str, Any]:
    return {
        "name": page.name,
        "merged": page.merged,
        "hidden_rows": sorted(page.hidden_rows),
        "hidden_columns": sorted(page.hidden_columns),
        "hidden": page.hidden,
        "size": [page.rows, page.columns],
        "cells": [[*place, *_cell(cell)] for place, cell in page.cells.items()],
    }


def _cell(cell: GridCell) -> tuple[str, int, str]:
    flags = _FORMULA[cell.formula] + (_PERCENT if cell.percent else 0)
    content = cell.content
    if isinstance(content, str | Decimal):
        return ("s" if isinstance(content, str) else "n"), flags, str(content)
    if isinstance(content, bool):
        return "b", flags, "1" if content else ""
    if isinstance(content, dt.timedelta):
        return "e", flags, str(content // dt.timedelta(microseconds=1))
    kind = "m" if isinstance(content, dt.datetime) else "d" if isinstance(content, dt.date) else "t"
    return kind, flags, content.isoformat()


_CONTENTS: Final[Mapping[str, Callable[[str], Content]]] = {
    "s": str,
    "n": Decimal,
    "b": bool,
    "m": dt.datetime.fromisoformat,
    "d": dt.date.fromisoformat,
    "t": dt.time.fromisoformat,
    "e": lambda text: dt.timedelta(microseconds=int(text)),
}


def _page_back(said: dict[str, Any]) -> Page:
    known = dict[tuple[str, int, str], GridCell]()
    cells = dict[tuple[int, int], GridCell]()
    for row, column, kind, flags, text in said["cells"]:
        cell = known.get((kind, flags, text))
        if cell is None:
            percent, formula = bool(flags & _PERCENT), _BACK[flags & ~_PERCENT]
            cell = known[kind, flags, text] = GridCell(_CONTENTS[kind](text), percent, formula)
        cells[row, column] = cell
    rows, columns = said["size"]
    return Page(
        said["name"],
        cells,
        tuple(Area(*area) for area in said["merged"]),
        frozenset(said["hidden_rows"]),
        frozenset(said["hidden_columns"]),
        said["hidden"],
        rows,
        columns,
    )


def _notes_back(said: list[tuple[str, dict[str, str]]]) -> tuple[Note, ...]:
    return tuple(Note(NoteCode(code), params) for code, params in said)
