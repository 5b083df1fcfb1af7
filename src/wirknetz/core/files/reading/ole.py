"""The container of XLS: sectors and chains, as far as finding one stream needs it.

Source of the layout: Microsoft, [MS-CFB] Compound File Binary File Format.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from wirknetz.core.files.grid import FlawCode, NotReadable

_END: Final = 0xFFFFFFFA
"""From here on sector numbers are marks: end of chain, free."""
_STREAM: Final = 2
_ROOT: Final = 5
_ENTRY_SIZE: Final = 128
_HEADER_SLOTS: Final = 109


@dataclass(frozen=True, slots=True)
class Stream:
    """A stream: its bytes, and where in the file each of its pieces stands."""

    content: bytes
    piece: int
    offsets: tuple[int, ...]

    def place(self, at: int) -> int:
        """Where a byte of the stream stands in the file."""
        return self.offsets[at // self.piece] + at % self.piece


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    kind: int
    start: int
    size: int


class Container:
    """The directory of one file; raises NotReadable only."""

    def __init__(self, content: bytes) -> None:
        """Read the tables of sectors and the directory."""
        self._content = content
        try:
            self._read_header()
            self._entries = tuple(self._directory())
        except (struct.error, IndexError, OverflowError) as error:
            raise NotReadable(FlawCode.DAMAGED) from error

    @property
    def names(self) -> frozenset[str]:
        """The names of all streams and folders."""
        return frozenset(entry.name for entry in self._entries)

    def stream(self, *names: str) -> Stream | None:
        """The first stream with one of these names."""
        for wanted in names:
            for entry in self._entries:
                if entry.kind == _STREAM and entry.name.lower() == wanted.lower():
                    return self._stream(entry)
        return None

    def _read_header(self) -> None:
        head = struct.unpack_from("<HHHH", self._content, 0x1A)
        if head[1] != 0xFFFE or head[2] not in (9, 12) or not head[3] < head[2]:
            raise NotReadable(FlawCode.DAMAGED)
        self._size: int = 1 << head[2]
        self._mini_size: int = 1 << head[3]
        self._most = len(self._content) // self._size + 1
        self._cutoff, mini, _, more, _ = struct.unpack_from("<5I", self._content, 0x38)
        self._first_directory: int = struct.unpack_from("<I", self._content, 0x30)[0]
        self._next = self._table(list(self._table_sectors(more)))
        self._next_mini = self._table(self._chain(mini, self._next))

    def _offset(self, sector: int) -> int:
        if sector >= self._most:
            raise NotReadable(FlawCode.DAMAGED)
        return (sector + 1) * self._size

    def _table_sectors(self, more: int) -> Iterator[int]:
        """Where the table of sectors stands: first in the header, then in sectors of its own."""
        slots = struct.unpack_from(f"<{_HEADER_SLOTS}I", self._content, 0x4C)
        yield from (slot for slot in slots if slot < _END)
        for _ in range(self._most):
            if more >= _END:
                return
            *slots_, more = self._numbers(more)
            yield from (slot for slot in slots_ if slot < _END)

    def _numbers(self, sector: int) -> tuple[int, ...]:
        return struct.unpack_from(f"<{self._size // 4}I", self._content, self._offset(sector))

    def _table(self, sectors: list[int]) -> list[int]:
        if len(sectors) > self._most:
            raise NotReadable(FlawCode.DAMAGED)
        return [number for sector in sectors for number in self._numbers(sector)]

    def _chain(self, sector: int, table: list[int]) -> list[int]:
        found = []
        while sector < _END:
            found.append(sector)
            if len(found) > len(table):  # a ring
                raise NotReadable(FlawCode.DAMAGED)
            sector = table[sector]
        return found

    def _directory(self) -> Iterator[_Entry]:
        for sector in self._chain(self._first_directory, self._next):
            start = self._offset(sector)
            for at in range(start, start + self._size, _ENTRY_SIZE):
                long, kind = struct.unpack_from("<HB", self._content, at + 64)
                first, size = struct.unpack_from("<II", self._content, at + 116)
                name = self._content[at : at + max(0, min(long, 64) - 2)]
                if kind:
                    yield _Entry(name.decode("utf-16-le", "replace"), kind, first, size)

    def _stream(self, entry: _Entry) -> Stream:
        try:
            if entry.size >= self._cutoff:
                offsets = [self._offset(s) for s in self._chain(entry.start, self._next)]
                return self._joined(offsets, self._size, entry.size)
            return self._joined(self._mini_offsets(entry), self._mini_size, entry.size)
        except (struct.error, IndexError, StopIteration) as error:
            raise NotReadable(FlawCode.DAMAGED) from error

    def _mini_offsets(self, entry: _Entry) -> list[int]:
        root = next(e for e in self._entries if e.kind == _ROOT)
        big = [self._offset(s) for s in self._chain(root.start, self._next)]
        each = self._size // self._mini_size
        return [
            big[sector // each] + sector % each * self._mini_size
            for sector in self._chain(entry.start, self._next_mini)
        ]

    def _joined(self, offsets: list[int], piece: int, size: int) -> Stream:
        content = b"".join(self._content[at : at + piece] for at in offsets)[:size]
        return Stream(content, piece, tuple(offsets))
