"""XLS (Excel 5 to 2003): a look at its records, then the values by python-calamine.

What cannot be known: into which other file a cell points, only that the workbook does.
"""

from __future__ import annotations

import io
import struct

from python_calamine import load_workbook

from wirknetz.core.files.grid import FlawCode, Note, NoteCode, NotReadable
from wirknetz.core.files.reading import biff
from wirknetz.core.files.reading.limits import Limits
from wirknetz.core.files.reading.ole import Container, Stream
from wirknetz.core.files.reading.scanned import Budget, Looked, Scan

_END_OF_SHEET = struct.pack("<HH", 0x000A, 0)


def look(content: bytes, limits: Limits) -> Looked:
    """Look at all sheets; NotReadable for what is no workbook, or needs a password."""
    container = Container(content)
    stream = container.stream("Workbook", "Book")
    if stream is None:
        raise NotReadable(FlawCode.DAMAGED)
    try:
        about = biff.workbook(stream.content)
        found = list(biff.scans(stream.content, about, Budget(limits)))
    except struct.error as error:
        raise NotReadable(FlawCode.DAMAGED) from error
    kept = _shortened(content, stream, [cut for _, cut in found if cut is not None])
    workbook = load_workbook(io.BytesIO(kept))
    named = _named(workbook.sheet_names, [scan for scan, _ in found])
    return Looked(workbook, named, _notes(container, about))


def _shortened(content: bytes, stream: Stream, cuts: list[int]) -> bytes:
    """The file, with each sheet that is too large ending where it was cut."""
    if not cuts:
        return content
    kept = bytearray(content)
    for cut in cuts:
        for at, byte in enumerate(_END_OF_SHEET, cut):
            kept[stream.place(at)] = byte
    return bytes(kept)


def _named(names: list[str], scans: list[Scan | None]) -> dict[str, Scan]:
    if len(names) != len(scans) or len(set(names)) < len(names):
        raise NotReadable(FlawCode.DAMAGED)
    named = {name: scan for name, scan in zip(names, scans, strict=True) if scan is not None}
    for name, scan in named.items():
        scan.name = name
    return named


def _notes(container: Container, about: biff.Workbook) -> tuple[Note, ...]:
    macros = any(name.startswith(("_VBA_PROJECT", "VBA")) for name in container.names)
    notes = [Note(NoteCode.MACROS)] if macros else []
    return (*notes, Note(NoteCode.LINKS_OUTSIDE)) if about.links_outside else tuple(notes)
