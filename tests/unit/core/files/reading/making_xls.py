"""Makes XLS files (BIFF8 in a compound file), which no maintained writer does any more."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def record(number: int, content: bytes = b"") -> bytes:
    """One record."""
    return struct.pack("<HH", number, len(content)) + content


def label(row: int, column: int, said: str) -> bytes:
    """A text."""
    text = said.encode("utf-16-le")
    return record(0x0204, struct.pack("<HHHHB", row, column, 0, len(said), 1) + text)


def number(row: int, column: int, value: float, style: int = 0) -> bytes:
    """A number."""
    return record(0x0203, struct.pack("<HHHd", row, column, style, value))


def formula(row: int, column: int, result: bytes) -> bytes:
    """A formula with its eight bytes of result."""
    return record(
        0x0006, struct.pack("<HHH", row, column, 0) + result + struct.pack("<HIH", 0, 0, 0)
    )


def error_result(code: int) -> bytes:
    """The result of a formula that failed."""
    return struct.pack("<BxBxxxH", 2, code, 0xFFFF)


def hidden_row(row: int) -> bytes:
    """A row that is not shown."""
    return record(0x0208, struct.pack("<HHHHHHI", row, 0, 9, 255, 0, 0, 0x20))


def hidden_columns(first: int, last: int) -> bytes:
    """Columns that are not shown."""
    return record(0x007D, struct.pack("<6H", first, last, 2560, 0, 1, 0))


def merged(top: int, bottom: int, left: int, right: int) -> bytes:
    """Cells put together."""
    return record(0x00E5, struct.pack("<5H", 1, top, bottom, left, right))


@dataclass(frozen=True)
class XlsSheet:
    """A sheet: its records, and whether it is shown."""

    name: str
    records: Sequence[bytes] = field(default_factory=list)
    state: int = 0


def xls(*sheets: XlsSheet, formats: Sequence[str] = (), extra: bytes = b"") -> bytes:
    """A file with these sheets; style 0 is plain, style n shows the n-th format."""
    return compound("Workbook", workbook(*sheets, formats=formats, extra=extra))


def workbook(*sheets: XlsSheet, formats: Sequence[str] = (), extra: bytes = b"") -> bytes:
    """The stream of a workbook."""
    bof = struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)
    start = record(0x0809, bof) + extra + record(0x0042, struct.pack("<H", 1200))
    start += b"".join(record(0x041E, _format(164 + n, said)) for n, said in enumerate(formats))
    start += record(0x00E0, _style(0))
    start += b"".join(record(0x00E0, _style(164 + n)) for n in range(len(formats)))
    names = [sheet.name.encode("utf-16-le") for sheet in sheets]
    at = len(start) + sum(4 + 8 + len(name) for name in names) + 4
    bound, bodies = b"", b""
    for sheet, name in zip(sheets, names, strict=True):
        head = struct.pack("<IBBBB", at + len(bodies), sheet.state, 0, len(sheet.name), 1)
        bound += record(0x0085, head + name)
        bodies += record(0x0809, bof[:2] + struct.pack("<H", 0x0010) + bof[4:])
        bodies += b"".join(sheet.records) + record(0x000A)
    return start + bound + record(0x000A) + bodies


def _format(number: int, said: str) -> bytes:
    return struct.pack("<HHB", number, len(said), 0) + said.encode("latin-1")


def _style(shown: int) -> bytes:
    return struct.pack("<HH", 0, shown) + bytes(16)


def compound(name: str, stream: bytes) -> bytes:
    """A compound file with one stream."""
    stream = stream.ljust(4096, b"\0")
    size = len(stream)
    stream += bytes(-size % SECTOR)
    many = len(stream) // SECTOR
    tables = -(-(many + 2) // (SECTOR // 4 - 1))
    chain = [*range(1, many), END, END, *[FAT] * tables]
    table = struct.pack(f"<{len(chain)}I", *chain)
    table += struct.pack("<I", FREE) * (tables * SECTOR // 4 - len(chain))
    root = _entry("Root Entry", 5, END, 0, child=1)
    directory = (root + _entry(name, 2, 0, size)).ljust(SECTOR, b"\0")
    slots = [many + 1 + n for n in range(tables)] + [FREE] * (109 - tables)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9I", 0, tables, many, 0, 4096, END, 0, END, 0)
    return head + struct.pack("<109I", *slots) + stream + directory + table


def _entry(name: str, kind: int, start: int, size: int, child: int = FREE) -> bytes:
    said = name.encode("utf-16-le") + b"\0\0"
    links = struct.pack("<III", FREE, FREE, child)
    head = said.ljust(64, b"\0") + struct.pack("<HBB", len(said), kind, 1) + links
    return head + bytes(36) + struct.pack("<IQ", start, size)
