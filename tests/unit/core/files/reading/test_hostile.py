"""Whatever somebody sends: a book, or a reason."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from tests.unit.core.files.reading.making import by_hand, parts, zipped
from wirknetz.core.files.grid import FlawCode, NotReadable
from wirknetz.core.files.reading import Limits, read

BAD = Path(__file__).parents[4] / "data" / "partners" / "bad"
ONE = '<row r="1"><c r="A1"><v>1</v></c></row>'
SHEET = "xl/worksheets/sheet1.xml"


def flaw(content: bytes, **limits: int) -> tuple[FlawCode, str]:
    with pytest.raises(NotReadable) as refused:
        read(content, name="x.xlsx", limits=Limits(**limits))
    return refused.value.code, refused.value.params.get("looks_like", "")


def code(content: bytes, **limits: int) -> FlawCode:
    return flaw(content, **limits)[0]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("abgeschnitten.xlsx", FlawCode.DAMAGED),
        ("bild-als-tabelle.xlsx", FlawCode.NOT_A_TABLE),
        ("bombe.xlsx", FlawCode.UNPACKS_TOO_BIG),
        ("leer.csv", FlawCode.EMPTY),
    ],
)
def test_bad_files_of_partners(name: str, expected: FlawCode) -> None:
    assert code((BAD / name).read_bytes()) is expected


def test_files_that_are_only_wrong_in_content_are_read() -> None:
    for name in ("doppelt", "falsches-quartal", "formel", "kein-zahlwert", "negativ"):
        assert read((BAD / f"{name}.csv").read_bytes(), name=name).pages[0].cells


@pytest.mark.parametrize("content", [b"", b"   \r\n\t", b"\xef\xbb\xbf", b"\xff\xfe", bytes(90)])
def test_nothing_is_said_to_be_empty(content: bytes) -> None:
    assert code(content) is FlawCode.EMPTY


def test_a_workbook_without_content_is_named() -> None:
    assert code(by_hand('<row r="1"><c r="A1" s="0"/></row>')) is FlawCode.NO_CONTENT
    assert code(b";;;\r\n;;;\r\n") is FlawCode.NO_CONTENT


def test_too_many_bytes_are_refused_unread() -> None:
    with pytest.raises(NotReadable) as refused:
        read(b"x" * 101, name="x", limits=Limits(file=100))
    assert refused.value.code is FlawCode.TOO_BIG
    assert refused.value.params == {"size": "101", "limit": "100"}


@pytest.mark.parametrize(
    ("content", "looks_like"),
    [
        (b"%PDF-1.7\n1 0 obj", "pdf"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "picture"),
        (b"\xff\xd8\xff\xe0" + bytes(40), "picture"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(40), "picture"),
        (b"\x1f\x8b\x08" + bytes(range(40)), "archive"),
        (b"{\\rtf1 Bericht}", "document"),
        (b"MZ\x90\x00\x03" + bytes(40), "program"),
        (bytes(range(256)) * 20, "unknown"),
    ],
)
def test_other_files_are_named(content: bytes, looks_like: str) -> None:
    assert flaw(content) == (FlawCode.NOT_A_TABLE, looks_like)


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"[Content_Types].xml": "", "word/document.xml": ""}, (FlawCode.NOT_A_TABLE, "document")),
        ({"bild.png": "x"}, (FlawCode.NOT_A_TABLE, "archive")),
        ({"xl/workbook.bin": "x"}, (FlawCode.OLD_FORMAT, "xlsb")),
        ({"Index/Document.iwa": "x"}, (FlawCode.OLD_FORMAT, "numbers")),
        (
            {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"},
            (FlawCode.NOT_A_TABLE, "document"),
        ),
    ],
)
def test_other_containers_are_named(
    members: dict[str, str], expected: tuple[FlawCode, str]
) -> None:
    assert flaw(zipped(members)) == expected


@pytest.mark.parametrize(("kept", "times"), [(0.3, 1), (0.6, 1), (0.95, 1), (0.999, 1)])
def test_what_breaks_off_is_damaged(kept: float, times: int) -> None:
    content = by_hand(ONE)
    assert code(content[: int(len(content) * kept)]) is FlawCode.DAMAGED


def test_a_bomb_is_refused_by_what_comes_out() -> None:
    rows = ONE + " " * 2_000_000
    assert code(by_hand(rows), unpacked=1_000_000) is FlawCode.UNPACKS_TOO_BIG


def test_a_bomb_that_lies_about_its_size_is_not_unpacked() -> None:
    content = bytearray(by_hand(ONE + " " * 3_000_000))
    for signature, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = -1
        while (place := content.find(signature, place + 1)) >= 0:
            (size,) = struct.unpack_from("<I", content, place + at)
            if size > 1_000_000:
                struct.pack_into("<I", content, place + at, 1000)
    assert code(bytes(content), unpacked=1_000_000) is FlawCode.DAMAGED


def test_a_bomb_inside_a_bomb_stays_closed() -> None:
    inner = zipped({"a": b"0" * 5_000_000})
    members = {**parts(ONE), "xl/inner.zip": inner}
    found = read(zipped(members), name="x", limits=Limits(unpacked=1_000_000))
    assert len(found.pages[0].cells) == 1


def test_too_many_members_are_refused() -> None:
    assert code(zipped({str(n): "" for n in range(50)}), members=40) is FlawCode.UNPACKS_TOO_BIG


def test_two_members_of_one_name_are_refused() -> None:
    buffer = io.BytesIO(by_hand(ONE))
    with zipfile.ZipFile(buffer, "a") as made, pytest.warns(UserWarning, match="Duplicate"):
        made.writestr(SHEET, parts(ONE.replace(">1<", ">2<"))[SHEET])
    assert code(buffer.getvalue()) is FlawCode.DAMAGED


def test_names_that_lead_elsewhere_lead_nowhere(tmp_path: Path) -> None:
    members = {**parts(ONE), "../../evil.txt": "x", "/etc/evil": "x", "C:\\evil": "x"}
    assert len(read(zipped(members), name="x").pages[0].cells) == 1
    leading = parts(ONE)
    key = "xl/_rels/workbook.xml.rels"
    leading[key] = leading[key].replace("worksheets/sheet1.xml", "../../../../etc/passwd")
    assert code(zipped(leading)) is FlawCode.DAMAGED


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/sharedStrings.xml", "_rels/.rels"])
@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE a SYSTEM "http://example.invalid/a.dtd">',
    ],
)
def test_entities_and_document_types_are_refused(part: str, doctype: str) -> None:
    members = parts(ONE)
    members[part] = doctype + members[part]
    assert code(zipped(members)) is FlawCode.DAMAGED


def test_an_encoding_that_two_readers_would_read_differently_is_refused() -> None:
    members = parts(ONE)
    claimed = '<?xml version="1.0" encoding="cp500"?>'
    members[SHEET] = (claimed + members[SHEET]).encode("cp500")  # type: ignore[assignment]
    assert code(zipped(members)) is FlawCode.DAMAGED


def test_a_text_shown_in_every_cell_is_not_multiplied() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}" t=\'s\'><v>0</v></c></row>' for n in range(1, 9000))
    shared = f"<si><t>{'x' * 20_000}</t></si>"
    assert code(by_hand(rows, shared=shared)) is FlawCode.UNPACKS_TOO_BIG


def test_many_texts_are_kept_as_far_as_they_are_shown() -> None:
    shared = "".join(f"<si><t>Text {n} {'x' * 200}</t></si>" for n in range(80_000))
    rows = '<row r="1"><c r="A1" t="s"><v>7</v></c><c r="B1" t="s"><v>41</v></c></row>'
    cells = read(by_hand(rows, shared=shared), name="x").pages[0].cells
    assert [cell.text.split()[1] for cell in cells.values()] == ["7", "41"]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_sixteen_thousand_columns_are_refused(kind: str) -> None:
    row = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>1</v></c></row>'
    content = by_hand(row) if kind == "xlsx" else b"1;" * 16_383 + b"1"
    with pytest.raises(NotReadable) as refused:
        read(content, name="x")
    assert refused.value.code is FlawCode.TOO_WIDE
    assert refused.value.params == {"columns": "16384", "limit": "1024"}


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="A2"><v>1</v></c></row>',
        '<row r="1"><c r="a1"><v>1</v></c></row>',
        '<row r="1"><c r="ZZZZ1"><v>1</v></c></row>',
        '<row r="99999999"><c r="A99999999"><v>1</v></c></row>',
        '<row r="x"><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>77</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></row>',
    ],
)
def test_sheets_no_program_writes_are_damaged(rows: str) -> None:
    assert code(by_hand(rows)) is FlawCode.DAMAGED


def test_a_password_on_the_container_is_noticed() -> None:
    content = bytearray(by_hand(ONE))
    at = content.index(b"PK\x01\x02")
    struct.pack_into("<H", content, at + 8, 1)
    assert code(bytes(content)) is FlawCode.PASSWORD


def test_a_checksum_that_is_wrong_is_damaged() -> None:
    plain = parts(ONE)[SHEET].encode()
    content = by_hand(ONE)
    checksum = struct.pack("<I", zlib.crc32(plain))
    assert checksum in content
    assert code(content.replace(checksum, b"\x00\x01\x02\x03")) is FlawCode.DAMAGED
