"""XLSX and XLSM: a look at every part that counts, then the values by python-calamine.

The reader of values never gets the partner's bytes but a container of our own, with the parts
that were looked at: no member twice, none that inflates further than counted, no sheet larger
than what is kept, no document types and entities.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

from python_calamine import CalamineWorkbook, load_workbook

from wirknetz.core.files.grid import FlawCode, Note, NoteCode, NotReadable
from wirknetz.core.files.reading.limits import MEGABYTE, Limits
from wirknetz.core.files.reading.packed import Packed
from wirknetz.core.files.reading.scanned import Budget, Looked, Scan
from wirknetz.core.files.reading.xlsx_sheet import scan_sheet
from wirknetz.core.files.reading.xlsx_texts import Texts
from wirknetz.core.files.reading.xml import Attributes, elements

_ROOT_RELATIONS: Final = "_rels/.rels"
_RELATION: Final = frozenset({"Relationship"})
_STYLE_PARTS: Final = frozenset({"numFmt", "cellXfs", "cellStyleXfs", "cellStyles", "dxfs", "xf"})
_SHARED_TEXTS: Final = 96 * MEGABYTE
_PERCENT_BUILT_IN: Final = frozenset({"9", "10"})


@dataclass(frozen=True, slots=True)
class _Sheet:
    name: str
    part: str


class _Parts(dict[str, bytes]):
    """The parts of a container of our own."""

    def workbook(self) -> CalamineWorkbook:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made:
            while self:
                made.writestr(*self.popitem())
        buffer.seek(0)
        return load_workbook(buffer)


def look(packed: Packed, limits: Limits) -> Looked:
    """Look at all parts of the workbook; NotReadable for what is no workbook."""
    workbook = _workbook(packed)
    book, relations = packed.part(workbook), packed.part(_relations_of(workbook))
    parts = _Parts(
        {
            _ROOT_RELATIONS: packed.part(_ROOT_RELATIONS),
            workbook: book,
            _relations_of(workbook): relations,
        }
    )
    targets = _targets(relations, workbook)
    percent = _styles(packed, targets, parts)
    part = _one(targets, "sharedStrings", packed)
    texts = Texts(packed.part(part, _SHARED_TEXTS) if part else b"")
    scans = _scans(
        packed,
        list(_sheets(book, targets)),
        percent=percent,
        texts=texts,
        parts=parts,
        budget=Budget(limits),
    )
    if part:
        parts[part] = texts.kept()
    return Looked(parts.workbook(), scans, tuple(_notes(packed)))


def _scans(
    packed: Packed,
    sheets: list[_Sheet],
    *,
    percent: frozenset[int],
    texts: Texts,
    parts: _Parts,
    budget: Budget,
) -> dict[str, Scan]:
    scans = dict[str, Scan]()
    for sheet in sheets:
        scan, kept = scan_sheet(partial(packed.chunks, sheet.part), percent=percent, budget=budget)
        budget.text += texts.shown(scan, kept)
        if budget.text > budget.limits.text:
            raise NotReadable(FlawCode.UNPACKS_TOO_BIG)
        if sheet.name in scans:
            raise NotReadable(FlawCode.DAMAGED)
        parts[sheet.part] = kept
        scan.name = sheet.name
        scans[sheet.name] = scan
    return scans


def _workbook(packed: Packed) -> str:
    for _, relation in elements(packed.part(_ROOT_RELATIONS), _RELATION):
        if relation.get("Type", "").endswith("/officeDocument"):
            return _resolved(relation.get("Target", ""), "")
    raise NotReadable(FlawCode.DAMAGED)


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _resolved(target: str, source: str) -> str:
    """The member a relation points to; absolute ones start at the root."""
    joined = posixpath.join("/", posixpath.dirname(source), target.replace("\\", "/"))
    return posixpath.normpath(joined).lstrip("/")


@dataclass(frozen=True, slots=True)
class _Target:
    kind: str
    part: str


def _targets(relations: bytes, workbook: str) -> dict[str, _Target]:
    return {
        relation.get("Id", ""): _Target(
            relation.get("Type", "").rpartition("/")[2],
            _resolved(relation.get("Target", ""), workbook),
        )
        for _, relation in elements(relations, _RELATION)
        if relation.get("TargetMode") != "External"
    }


def _sheets(book: bytes, targets: dict[str, _Target]) -> Iterator[_Sheet]:
    for _, sheet in elements(book, frozenset({"sheet"})):
        identity = next((v for k, v in sheet.items() if k.endswith(":id")), "")
        target = targets.get(identity)
        if target is None:
            raise NotReadable(FlawCode.DAMAGED)
        if target.kind == "worksheet":
            yield _Sheet(sheet.get("name", ""), target.part)


def _one(targets: dict[str, _Target], kind: str, packed: Packed) -> str | None:
    found = (target.part for target in targets.values() if target.kind == kind)
    return next((part for part in found if part in packed), None)


def _styles(packed: Packed, targets: dict[str, _Target], parts: _Parts) -> frozenset[int]:
    """The numbers of the cell styles that show a percentage."""
    part = _one(targets, "styles", packed)
    if part is None:
        return frozenset()
    content = packed.part(part)
    parts[part] = content
    return frozenset(_percent_styles(elements(content, _STYLE_PARTS)))


def _percent_styles(found: list[tuple[str, Attributes]]) -> Iterator[int]:
    formats = {
        a.get("numFmtId", "") for name, a in found if name == "numFmt" and "%" in a["formatCode"]
    }
    inside, number = False, -1
    for name, attributes in found:
        if name != "xf":
            inside = name == "cellXfs"
        elif inside:
            number += 1
            if attributes.get("numFmtId") in formats | _PERCENT_BUILT_IN:
                yield number


def _notes(packed: Packed) -> Iterator[Note]:
    if any(name.endswith("vbaproject.bin") for name in packed.names):
        yield Note(NoteCode.MACROS)
    if any("/externallinks/" in f"/{name}" for name in packed.names):
        yield Note(NoteCode.LINKS_OUTSIDE)
