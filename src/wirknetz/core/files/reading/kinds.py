"""What the bytes are, whatever the name says."""

from __future__ import annotations

import re
from typing import Final

from wirknetz.core.files.grid import FileKind, FlawCode, NotReadable

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BINARY: Final = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG", "picture"), (b"\xff\xd8\xff", "picture"), (b"GIF8", "picture"),
    (b"BM", "picture"), (b"II*\x00", "picture"), (b"MM\x00*", "picture"),
    (b"\x1f\x8b", "archive"), (b"7z\xbc\xaf", "archive"), (b"Rar!", "archive"),
    (b"PK", "archive"), (b"BZh", "archive"), (b"\xfd7zXZ", "archive"),
    (b"{\\rtf", "document"), (b"MZ", "program"), (b"\x7fELF", "program"),
    (b"OggS", "media"), (b"ID3", "media"), (b"SQLite format 3", "database"),
)  # fmt: skip
"""First bytes that are never text; ``BM`` and ``MZ`` only where the rest is no text either."""
_AMBIGUOUS: Final = (b"BM", b"MZ", b"ID3", b"PK")
_OLD_BIFF: Final = re.compile(rb"\t[\x00\x02\x04][\x04\x06]\x00")
_NOT_TEXT: Final = re.compile(rb"[\x00-\x06\x0e-\x19\x1c-\x1f]")
_CONTROL: Final = re.compile(rb"[\x01-\x06\x0e-\x19\x1c-\x1f]")  # zeros are half of UTF-16
_MARKED: Final = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_MOST_CONTROL: Final = 0.02
_HEAD: Final = 4_096
_MARKUP: Final = (
    (re.compile(r"<\?mso-application\s+progid=\"Excel|schemas-microsoft-com:office:spreadsheet",
                re.IGNORECASE), "xml_2003"),
    (re.compile(r"opendocument:xmlns:office", re.IGNORECASE), "flat_ods"),
    (re.compile(r"^\s*(<!doctype html|<html|<table|<meta|<style|<body|<div)|<html[\s>]",
                re.IGNORECASE), "html"),
    (re.compile(r"^\s*<\?xml"), "xml"),
    (re.compile(r"^ID;P"), "sylk"),
    (re.compile(r"^TABLE\r?\n0,1\r?\n"), "dif"),
    (re.compile(r"^\s*[{\[]\s*[{\[\"]"), "json"),
    (re.compile(r"^(MIME-Version|Received|Return-Path|From): .*\r?\n\S+: ", re.IGNORECASE), "mail"),
)  # fmt: skip
_OLD_TABLES: Final = frozenset({"xml_2003", "flat_ods", "html", "sylk", "dif"})


def kind_of(content: bytes) -> FileKind | None:
    """XLSX or ODS have to be told apart inside: both are None here. NotReadable for no table."""
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise NotReadable(FlawCode.EMPTY)
    if content.startswith(_ZIP):
        return None
    if content.startswith(_OLE):
        return _inside_ole(content)
    if _OLD_BIFF.match(content):
        raise NotReadable(FlawCode.OLD_FORMAT, looks_like="old_excel")
    _refuse_binary(content)
    return FileKind.TEXT


def kind_inside(names: frozenset[str], mimetype: bytes) -> FileKind:
    """What a zip container holds, by its members (in small letters)."""
    if mimetype.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return FileKind.ODS
    if "xl/workbook.bin" in names:
        raise NotReadable(FlawCode.OLD_FORMAT, looks_like="xlsb")
    if any(name.startswith("index/") and name.endswith((".iwa", ".zip")) for name in names):
        raise NotReadable(FlawCode.OLD_FORMAT, looks_like="numbers")
    if mimetype or any(name.startswith(("word/", "ppt/", "visio/")) for name in names):
        raise NotReadable(FlawCode.NOT_A_TABLE, looks_like="document")
    if "[content_types].xml" in names or any(name.startswith("xl/") for name in names):
        return FileKind.XLSX
    if "content.xml" in names:
        return FileKind.ODS
    raise NotReadable(FlawCode.NOT_A_TABLE, looks_like="archive")


def refuse_markup(text: str) -> None:
    """Refuse text that is a table for another program, or none at all."""
    head = text[:_HEAD].lstrip("\ufeff")
    for pattern, looks_like in _MARKUP:
        if pattern.search(head):
            old = looks_like in _OLD_TABLES
            code = FlawCode.OLD_FORMAT if old else FlawCode.NOT_A_TABLE
            raise NotReadable(code, looks_like=looks_like)


def _inside_ole(content: bytes) -> FileKind:
    def has(name: str) -> bool:
        return name.encode("utf-16-le") in content

    if has("EncryptedPackage"):
        raise NotReadable(FlawCode.PASSWORD)
    if has("Workbook\0") or has("Book\0") or has("WORKBOOK\0"):
        return FileKind.XLS
    if has("WordDocument") or has("PowerPoint Document") or has("__substg1.0_"):
        raise NotReadable(FlawCode.NOT_A_TABLE, looks_like="document")
    raise NotReadable(FlawCode.DAMAGED)


def _refuse_binary(content: bytes) -> None:
    head = content[:_HEAD]
    text_like = _NOT_TEXT.search(head) is None
    for start, looks_like in _BINARY:
        if head.startswith(start) and not (text_like and start in _AMBIGUOUS):
            raise NotReadable(FlawCode.NOT_A_TABLE, looks_like=looks_like)
    if head[4:8] == b"ftyp" or (head[:4] == b"RIFF" and not text_like):
        raise NotReadable(FlawCode.NOT_A_TABLE, looks_like="picture")
    controls = 0 if head.startswith(_MARKED) else len(_CONTROL.findall(head))
    if controls > 3 + _MOST_CONTROL * len(head):
        raise NotReadable(FlawCode.NOT_A_TABLE, looks_like="unknown")
