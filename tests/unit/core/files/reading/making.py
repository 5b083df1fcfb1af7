"""Makes files of partners: by the programs' own writers, and by hand where no writer would."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import xlsxwriter
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableColumn, TableRow
from odf.text import P

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def xlsx(fill: Callable[[Any, Any], None]) -> bytes:
    """A workbook by xlsxwriter: ``fill(workbook, first sheet)``."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    fill(book, book.add_worksheet("Blatt"))
    book.close()
    return buffer.getvalue()


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """A zip container with these members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return buffer.getvalue()


def parts(rows: str, *, shared: str = "", after: str = "", before: str = "") -> dict[str, str]:
    """The members of a workbook of one sheet, written by hand."""
    return {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": _relations(("a", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="Blatt" sheetId="1" r:id="b"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(
            ("b", "worksheet", "worksheets/sheet1.xml"),
            ("c", "sharedStrings", "sharedStrings.xml"),
        ),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}">{before}'
        f"<sheetData>{rows}</sheetData>{after}</worksheet>",
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{shared}</sst>',
    }


def by_hand(rows: str, *, shared: str = "", after: str = "", before: str = "") -> bytes:
    """A workbook of one sheet, written by hand."""
    return zipped(parts(rows, shared=shared, after=after, before=before))


def _relations(*found: tuple[str, str, str]) -> str:
    lines = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for key, kind, target in found
    )
    return f'<Relationships xmlns="{PACKAGE}">{lines}</Relationships>'


def ods(fill: Callable[[Table], None], name: str = "Blatt") -> bytes:
    """A spreadsheet by odfpy: ``fill(first sheet)``."""
    document = OpenDocumentSpreadsheet()
    table = Table(name=name)
    fill(table)
    document.spreadsheet.addElement(table)
    buffer = io.BytesIO()
    document.write(buffer)
    return buffer.getvalue()


def columns(table: Table, *hidden: bool) -> None:
    """Columns of an ODS sheet, hidden or not."""
    for unseen in hidden:
        table.addElement(TableColumn(visibility="collapse" if unseen else "visible"))


def row(table: Table, *cells: TableCell, **attributes: Any) -> None:
    """A row of an ODS sheet."""
    made = TableRow(**attributes)
    for cell in cells:
        made.addElement(cell)
    table.addElement(made)


def number(value: float, **attributes: Any) -> TableCell:
    """A number in an ODS sheet."""
    return _shown(TableCell(valuetype="float", value=str(value), **attributes), str(value))


def text(said: str, **attributes: Any) -> TableCell:
    """A text in an ODS sheet."""
    return _shown(TableCell(valuetype="string", **attributes), said)


def cell(said: str = "", **attributes: Any) -> TableCell:
    """Any cell of an ODS sheet."""
    return _shown(TableCell(**attributes), said)


def _shown(made: TableCell, said: str) -> TableCell:
    if said:
        made.addElement(P(text=said))
    return made


def content_xml(tables: str) -> bytes:
    """An ODS file with this XML between its sheets."""
    spaces = "urn:oasis:names:tc:opendocument:xmlns"
    return zipped({
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": "<manifest/>",
        "content.xml": f'<office:document-content xmlns:office="{spaces}:office:1.0" '
        f'xmlns:table="{spaces}:table:1.0" xmlns:text="{spaces}:text:1.0"><office:body>'
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>",
    })  # fmt: skip


def lines(*rows: Iterable[object]) -> str:
    """A text file with semicolons."""
    return "".join(";".join(map(str, values)) + "\r\n" for values in rows)
