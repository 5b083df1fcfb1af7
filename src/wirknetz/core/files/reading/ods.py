"""ODS: a look at `content.xml`, then the values by python-calamine.

As with XLSX the reader of values gets a container of our own. Repeated rows and cells, of which
two lines of XML can make millions, are counted before anything is made of them.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Final

from python_calamine import CalamineWorkbook, load_workbook

from wirknetz.core.files.grid import FlawCode, Note, NoteCode, NotReadable
from wirknetz.core.files.reading.limits import Limits
from wirknetz.core.files.reading.ods_sheets import Sheets
from wirknetz.core.files.reading.packed import Packed
from wirknetz.core.files.reading.scanned import Looked
from wirknetz.core.files.reading.xml import elements

_CONTENT: Final = "content.xml"
_MANIFEST: Final = "META-INF/manifest.xml"
_EMPTY_MANIFEST: Final = (
    b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
)
_TYPE: Final = b"application/vnd.oasis.opendocument.spreadsheet"


def look(packed: Packed, limits: Limits) -> Looked:
    """Look at all sheets; NotReadable for what is no spreadsheet, or needs a password."""
    if _MANIFEST in packed and elements(packed.part(_MANIFEST), frozenset({"encryption-data"})):
        raise NotReadable(FlawCode.PASSWORD)
    sheets = Sheets(limits)
    kept = sheets.over(packed.chunks(_CONTENT))
    names = [scan.name for scan in sheets.scans]
    if len(set(names)) < len(names):
        raise NotReadable(FlawCode.DAMAGED)
    scans = {scan.name: scan for scan in sheets.scans}
    return Looked(_workbook(kept), scans, tuple(_notes(packed, sheets)))


def _workbook(content: bytes) -> CalamineWorkbook:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made:
        made.writestr("mimetype", _TYPE, zipfile.ZIP_STORED)
        made.writestr(_MANIFEST, _EMPTY_MANIFEST)
        made.writestr(_CONTENT, content)
    buffer.seek(0)
    return load_workbook(buffer)


def _notes(packed: Packed, sheets: Sheets) -> Iterator[Note]:
    if any(name.startswith(("basic/", "scripts/")) for name in packed.names):
        yield Note(NoteCode.MACROS)
    if sheets.links_outside:
        yield Note(NoteCode.LINKS_OUTSIDE)
