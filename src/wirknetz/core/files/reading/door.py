"""The one door from bytes to a book."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from python_calamine import PasswordError

from wirknetz.core.files.grid import Book, FileKind, FlawCode, NotReadable
from wirknetz.core.files.reading import ods, xls, xlsx
from wirknetz.core.files.reading.assembled import Read, assemble
from wirknetz.core.files.reading.kinds import kind_inside, kind_of
from wirknetz.core.files.reading.limits import DEFAULT, Limits
from wirknetz.core.files.reading.packed import Packed
from wirknetz.core.files.reading.scanned import Looked
from wirknetz.core.files.reading.text import read_text


class NoSuchPage(KeyError):  # noqa: N818
    """The page that was asked for is not in the file."""


@contextmanager
def guarded() -> Iterator[None]:
    """Whatever goes wrong inside, but for a lack of memory, is a reason not to read the file."""
    try:
        yield
    except (NotReadable, NoSuchPage, MemoryError, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except PasswordError as error:
        raise NotReadable(FlawCode.PASSWORD) from error
    except BaseException as error:  # the reader of values panics past Exception
        raise NotReadable(FlawCode.DAMAGED) from error


@contextmanager
def enough_memory() -> Iterator[None]:
    """A lack of memory inside is a reason not to read the file, too."""
    try:
        yield
    except MemoryError as error:
        raise NotReadable(FlawCode.UNPACKS_TOO_BIG) from error


def read(content: bytes, *, name: str, limits: Limits = DEFAULT) -> Book:
    """The book in these bytes, in this process; NotReadable for everything else.

    Cells, pages and rows keep their places in the file. A server that gets files from strangers
    uses :func:`~wirknetz.core.files.reading.read_apart`, which also bounds memory and time.
    """
    with enough_memory():
        return read_bound(content, name=name, limits=limits)


def read_bound(content: bytes, *, name: str, limits: Limits) -> Book:
    """As :func:`read`, but a lack of memory stays a MemoryError."""
    with guarded():
        return _read(content, name, limits)


def refuse_size(size: int, limits: Limits) -> None:
    """NotReadable for more bytes than are taken."""
    if size > limits.file:
        raise NotReadable(FlawCode.TOO_BIG, size=str(size), limit=str(limits.file))


def _read(content: bytes, name: str, limits: Limits) -> Book:
    refuse_size(len(content), limits)
    kind, found = _found(content, limits)
    if not any(page.cells for page in found.pages) and not _cut(found):
        raise NotReadable(FlawCode.NO_CONTENT)
    return Book(name, kind, hashlib.sha256(content).hexdigest(), found.pages, found.notes)


def _cut(found: Read) -> bool:
    return any(page.rows for page in found.pages)


def _found(content: bytes, limits: Limits) -> tuple[FileKind, Read]:
    kind = kind_of(content)
    if kind is FileKind.TEXT:
        return kind, read_text(content, limits)
    kind, looked = looked_at(content, kind, limits)
    found = assemble(looked.workbook, looked.scans, most=limits.pages)
    return kind, Read(found.pages, (*looked.notes, *found.notes))


def looked_at(content: bytes, kind: FileKind | None, limits: Limits) -> tuple[FileKind, Looked]:
    """A workbook that was looked through; without a kind it is a zip container."""
    if kind is FileKind.XLS:
        return kind, xls.look(content, limits)
    packed = Packed(content, limits)
    mimetype = packed.part("mimetype", 1024) if "mimetype" in packed else b""
    kind = kind_inside(packed.names, mimetype)
    return kind, (ods if kind is FileKind.ODS else xlsx).look(packed, limits)
