"""Valid files with something changed, and bytes of any kind: a book or a reason, soon.

Runs for `WIRKNETZ_FUZZ_SECONDS` (5); always with other examples, and a failing one is shown.
"""

from __future__ import annotations

import io
import os
import signal
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import SystemRandom
from time import monotonic

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from tests.unit.core.files.reading import making_xls
from tests.unit.core.files.reading.making import zipped
from wirknetz.core.files.grid import Book, NotReadable
from wirknetz.core.files.reading import Limits, read

SECONDS = float(os.environ.get("WIRKNETZ_FUZZ_SECONDS", "5"))
SOON = 10
PARTNERS = Path(__file__).parents[4] / "data" / "partners"
LIMITS = Limits(cells=20_000, area=200_000, unpacked=4_000_000, text=2_000_000)
TOKENS = (
    b"", b"\x00", b"\xff", b"<", b">", b"&", b'"', b"<!--", b"<![CDATA[", b"<!DOCTYPE a>", b"/>",
    b"-1", b"0", b"999999999999", b"1e999", b"NaN", b"XFD1048576", b"A0", b"A1:XFD1048576",
    b' r="A1"', b' t="s"', b' t="e"', b' t="d"', b' s="99"', b"<row>", b"</sheetData>",
    b' table:number-rows-repeated="1048576"', b' table:number-columns-repeated="16384"',
    b' table:number-rows-spanned="9999999"', b";", b"\t", b"\r", b"\n", b"\xfe\xff", b"\xc3",
    "ä".encode(), "\u2028".encode(), b"=1+1", b"sep=x\n", b"\x09\x08\x10\x00", b"\x0a\x00\x00\x00",
)  # fmt: skip


def originals() -> tuple[bytes, ...]:
    """One valid file of each kind."""
    cells = [making_xls.label(0, 0, "Zugänge"), making_xls.number(1, 1, 12.5)]
    old = making_xls.xls(making_xls.XlsSheet("Blatt", cells), formats=["0%"])
    kinds = {".xlsx", ".ods", ".csv", ".txt"}
    found = sorted(path for path in PARTNERS.iterdir() if path.suffix in kinds)
    return (old, *(path.read_bytes() for path in found))


ORIGINALS = originals()
Change = tuple[str, float, int, bytes]
CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["remove", "insert", "replace", "repeat", "flip", "cut"]),
        st.floats(0, 1, exclude_max=True),
        st.sampled_from([1, 2, 4, 8, 40, 400]),
        st.sampled_from(TOKENS) | st.binary(max_size=8),
    ),
    min_size=1,
    max_size=3,
)


def changed(content: bytes, changes: list[Change]) -> bytes:
    for how, where, size, token in changes:
        at = int(where * (len(content) + 1))
        before, piece, after = content[:at], content[at : at + size], content[at + size :]
        made = {
            "cut": before,
            "remove": before + after,
            "insert": before + token + piece + after,
            "replace": before + token + after,
            "repeat": before + piece * 20 + after,
            "flip": before + bytes(byte ^ 1 << size % 8 for byte in piece) + after,
        }
        content = made[how]
    return content


def inside(content: bytes, which: float, changes: list[Change]) -> bytes:
    """The container with one member changed, so that the change is found by its reader."""
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        members = {name: source.read(name) for name in source.namelist()}
    name = sorted(members)[int(which * len(members))]
    return zipped(members | {name: changed(members[name], changes)})


@st.composite
def files(draw: Callable[..., object]) -> bytes:
    if draw(st.integers(0, 9)) == 0:
        return bytes(draw(st.binary(max_size=600)))  # type: ignore[call-overload]
    content = draw(st.sampled_from(ORIGINALS))
    changes = draw(CHANGES)
    assert isinstance(content, bytes)
    assert isinstance(changes, list)
    if content.startswith(b"PK") and draw(st.integers(0, 3)):
        which = draw(st.floats(0, 1, exclude_max=True))
        assert isinstance(which, float)
        return inside(content, which, changes)
    return changed(content, changes)


@contextmanager
def soon() -> Iterator[list[bool]]:
    """Stops what hangs; says so, since the door would turn the stop into a reason."""
    hung: list[bool] = []
    if sys.platform == "win32":
        yield hung
        return

    def stop(*_: object) -> None:
        hung.append(True)
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(SOON)
    try:
        yield hung
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def check(content: bytes) -> None:
    with soon() as hung, suppress(NotReadable):
        coherent(read(content, name="x", limits=LIMITS))
    assert not hung


def coherent(book: Book) -> None:
    assert sum(len(page.cells) for page in book) <= LIMITS.cells
    for page in book:
        for row, column in page.cells:
            assert 0 <= row < page.rows
            assert 0 <= column < min(page.columns, LIMITS.columns)


def test_the_door_gives_a_book_or_a_reason() -> None:
    until = monotonic() + SECONDS
    while monotonic() < until:
        round_ = given(files())(check)
        settings(
            max_examples=100, deadline=None, database=None,
            suppress_health_check=list(HealthCheck),
        )(seed(SystemRandom().getrandbits(64))(round_))()  # fmt: skip
