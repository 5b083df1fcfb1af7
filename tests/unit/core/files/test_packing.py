"""A book waits as compressed JSON and comes back as it was."""

from __future__ import annotations

import json
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirknetz.core.files.grid import Area, Book, FileKind, GridCell, Note, NoteCode, Page
from wirknetz.core.files.packing import NotPacked, pack, unpack

CONTENT = (
    st.text(max_size=20)
    | st.decimals(allow_nan=False, allow_infinity=False)
    | st.booleans()
    | st.dates()
    | st.datetimes()
    | st.times()
    | st.timedeltas()
)
CELLS = st.dictionaries(
    st.tuples(st.integers(0, 9999), st.integers(0, 999)),
    st.builds(GridCell, CONTENT, st.booleans(), st.none() | st.booleans()),
    max_size=8,
)


def book(**page: object) -> Book:
    sheet = Page("Q3 2025", {}, **page)  # type: ignore[arg-type]
    return Book("klinik.xlsx", FileKind.XLSX, "ab" * 32, (sheet,))


@given(CELLS)
def test_every_content_comes_back_as_it_was(cells: dict[tuple[int, int], GridCell]) -> None:
    given_ = Book("a", FileKind.ODS, "0" * 64, (Page("x", cells),))
    back = unpack(pack(given_))
    assert back == given_
    found = back.pages[0].cells
    assert {at: type(cell.content) for at, cell in found.items()} == {
        at: type(cell.content) for at, cell in cells.items()
    }


def test_what_a_reader_can_tell_comes_back() -> None:
    sheet = Page(
        "Blatt", {(0, 0): GridCell("a", formula=True)}, (Area(0, 0, 0, 3),), frozenset({4}),
        frozenset({2, 1}), hidden=True, rows=200, columns=7,
    )  # fmt: skip
    given_ = Book("a.ods", FileKind.ODS, "1" * 64, (sheet,), (Note(NoteCode.MACROS, {"a": "b"}),))
    assert unpack(pack(given_)) == given_


def _with(**changed: object) -> bytes:
    raw = json.loads(zlib.decompress(pack(book())))
    return zlib.compress(json.dumps(raw | changed).encode())


@pytest.mark.parametrize(
    "packed",
    [
        b"",
        b"PK\x03\x04",
        pack(book())[:-3],
        zlib.compress(b"[]"),
        zlib.compress(b"{}"),
        _with(format=99),
        _with(kind="exe"),
        _with(pages=[{"name": "x"}]),
        _with(pages=1),
    ],
)
def test_anything_else_is_refused(packed: bytes) -> None:
    with pytest.raises(NotPacked):
        unpack(packed)


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wirknetz.core.files.packing.MOST_BYTES", 1000)
    with pytest.raises(NotPacked):
        unpack(zlib.compress(b" " * 2000))
