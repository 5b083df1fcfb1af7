"""The one door from bytes to a book."""

from __future__ import annotations

import hashlib
import io

from python_calamine import PasswordError, load_workbook

from wirknetz.core.files.grid import Book, FileKind, FlawCode, NotReadable
from wirknetz.core.files.reading import ods, xlsx
from wirknetz.core.files.reading.assembled import Read, assemble
from wirknetz.core.files.reading.kinds import kind_inside, kind_of
from wirknetz.core.files.reading.limits import DEFAULT, Limits
from wirknetz.core.files.reading.packed import Packed
from wirknetz.core.files.reading.text import read_text
from wirknetz.core.files.reading.xls import read_xls


def read(content: bytes, *, name: str, limits: Limits = DEFAULT) -> Book:
    """The book in these bytes, in this process; NotReadable for everything else.

    Cells, pages and rows keep their places in the file. A server that gets files from strangers
    uses :func:`~wirknetz.core.files.reading.read_apart`, which also bounds memory and time.
    """
    try:
        return _read(content, name, limits)
    except NotReadable:
        raise
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except PasswordError as error:
        raise NotReadable(FlawCode.PASSWORD) from error
    except MemoryError as error:
        raise NotReadable(FlawCode.UNPACKS_TOO_BIG) from error
    except BaseException as error:  # the reader of values panics past Exception
        raise NotReadable(FlawCode.DAMAGED) from error


def _read(content: bytes, name: str, limits: Limits) -> Book:
    if len(content) > limits.file:
        raise NotReadable(FlawCode.TOO_BIG, size=str(len(content)), limit=str(limits.file))
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
    if kind is FileKind.XLS:
        return kind, read_xls(content, limits)
    return _unpacked(content, limits)


def _unpacked(content: bytes, limits: Limits) -> tuple[FileKind, Read]:
    packed = Packed(content, limits)
    mimetype = packed.part("mimetype", 1024) if "mimetype" in packed else b""
    kind = kind_inside(packed.names, mimetype)
    looked = (ods if kind is FileKind.ODS else xlsx).look(packed, limits)
    workbook = load_workbook(io.BytesIO(looked.container))
    read_ = assemble(workbook, looked.scans, most=limits.pages)
    return kind, Read(read_.pages, (*looked.notes, *read_.notes))
