"""The counting page counts what Python counts: the shared cases, lists made up, real files."""

from __future__ import annotations

import base64
import csv
import datetime as dt
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, find, given, settings
from hypothesis import strategies as st
from odf import opendocument
from odf import table as ods
from odf import text as odf_text

from tests.support.browser_modules import INTO_CELLS, open_modules
from tests.support.processes import ROOT
from tests.unit.core.files.counting.support import CASES, FOLDER, counted, said
from wirknetz.core.files.counting import prepare, read_profile, receipt, report
from wirknetz.core.values import Period

pytestmark = pytest.mark.browser
MODULES = ("cells", "reading", "profile", "period", "counting", "leaving", "values")
PROFILES = json.loads((FOLDER / "profiles.json").read_text("utf-8"))
PARTNERS = ROOT / "tests/data/partners"
CLINIC = ROOT / "docs/beispiele/klinik-b.toml"
COUNT = (
    INTO_CELLS
    + """
const ROWS = ["read", "doubles", "filtered", "hidden", "headings", "leftOut"];
const said = (counted) => ({
  measures: Object.fromEntries(counted.measures.map((one) => [one.code, [
    values.amountText(one.total),
    Object.fromEntries(one.cells.map(([at, amount]) => [at.join("|"), values.amountText(amount)])),
  ]])),
  gaps: counted.gaps.map((gap) => [gap.code, gap.column, gap.rows, gap.measures]),
  questions: counted.questions.map((one) => [one.code, one.rows, one.params]),
  counts: ROWS.map((key) => counted.rows[key]),
});
const countOne = async (given) => said(await counting.count(
  given.rows.map((raw, row) => ({
    row, hidden: (given.hidden || []).includes(row), cells: intoCells(raw),
    without: (given.without_value || {})[row] || [],
  })),
  profile.readProfile(given.profile), period.parsePeriod(given.period)));
"""
)
PREPARE = """async ({ list, text, code }) => {
  const bytes = Uint8Array.from(atob(list), (sign) => sign.charCodeAt(0));
  const guide = profile.readProfile(text);
  const found = await counting.prepare(
    await reading.openBook(new Blob([bytes])), guide, period.parsePeriod(code));
  const csv = leaving.reportOf(found, guide);
  const coded = (one) => new TextEncoder().encode(one);
  return {
    csv,
    receipt: leaving.receiptOf(found, guide, {
      version: "1", profileHash: await leaving.hashOf(coded(text)),
      listHash: await leaving.hashOf(bytes), reportHash: await leaving.hashOf(coded(csv)),
    }),
  };
}"""


@pytest.fixture
def page(new_page: Any) -> Any:
    return open_modules(new_page(), MODULES)


def count_all(page: Any, cases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    code = f"async (cases) => {{ {COUNT} return Promise.all(cases.map(countOne)); }}"
    return list(page.evaluate(code, cases))


def test_truth(page: Any) -> None:
    found = count_all(page, CASES)
    wrong = {
        case["name"]: one for case, one in zip(CASES, found, strict=True) if one != case["expected"]
    }
    assert wrong == {}


def test_mistakes_in_profiles(page: Any) -> None:
    code = """(texts) => texts.map((text) => {
      try { profile.readProfile(text); return []; } catch (error) {
        return error.mistakes.map((one) => [one.code, one.where, one.line]);
      }
    })"""
    found = page.evaluate(code, [case["toml"] for case in PROFILES])
    wrong = {
        case["name"]: one
        for case, one in zip(PROFILES, found, strict=True)
        if one != case["mistakes"]
    }
    assert wrong == {}


def in_browser(page: Any, path: Path, guide: Path, code: str) -> dict[str, str]:
    given = {
        "list": base64.b64encode(path.read_bytes()).decode(),
        "text": guide.read_text("utf-8"),
        "code": code,
    }
    return dict(page.evaluate(PREPARE, given))


def test_the_list_of_a_clinic_gives_the_same_bytes(page: Any) -> None:
    path = PARTNERS / "klinik-b-faelle_2025Q3.xlsx"
    guide = read_profile(CLINIC.read_bytes())
    here = prepare(path, guide, Period.parse("2025Q3"))
    found = in_browser(page, path, CLINIC, "2025Q3")
    assert found["csv"].encode() == report(here, guide)
    assert found["receipt"].encode() == receipt(here, guide, version="1")


# ------------------------------------------------------------------ lists made up

GUIDE = """format = 1
name = "Erfunden"
[liste]
fallnummer = "Nr"
doppelte = "{doubles}"
pflicht = ["Beginn"]
reihenfolge = ["geb", "Beginn", "Ende"]
gilt_als_leer = ["k. A."]
{more}
[[nur]]
oder = [{{ spalte = "Art", ist_nicht = "Test" }}, {{ spalte = "Zahl", mindestens = 5 }}]
[merkmal.g]
spalte = "G"
leer = "u"
[merkmal.g.werte]
w = ["Frau", "weibl."]
m = ["Mann", "männl."]
[merkmal.a]
geburtsdatum = "geb"
am = "{at}"
baender = ["unter 18", "18-29", "30-49", "ab 50"]
[[messgroesse]]
code = "begonnen"
nach = ["g", "a"]
wenn = [{{ spalte = "Beginn", im_zeitraum = true }}]
[[messgroesse]]
code = "laufend"
nach = ["a"]
alter_am = "zeitraum_ende"
wenn = [
  {{ spalte = "Beginn", bis = "zeitraum_ende" }},
  {{ oder = [{{ spalte = "Ende", leer = true }}, {{ spalte = "Ende", nach = "zeitraum_ende" }}] }},
]
[[messgroesse]]
code = "regulär"
teil_von = "begonnen"
wenn = [{{ spalte = "Art", ist = ["regulär", "REGULAER"] }}, {{ spalte = "Ende", leer = false }}]
[[messgroesse]]
code = "stunden"
summe = "Zahl"
leer_ist_null = true
"""
MORE = (
    'zweistellige_jahre_bis = 2025\nschraegstrich = "TT/MM/JJJJ"\nzahlen = "1.234,5"\n'
    'ausgeblendete_zeilen = "auslassen"'
)
DAYS = st.dates(dt.date(1940, 1, 1), dt.date(2026, 3, 1))
RECENT = st.dates(dt.date(2025, 5, 1), dt.date(2025, 11, 30))


def written(days: st.SearchStrategy[dt.date]) -> st.SearchStrategy[Any]:
    forms = ("%d.%m.%Y", "%d.%m.%y", "%Y-%m-%d", "%d/%m/%Y", " %d. %m. %Y ", "%d.%m.%Y 08:15")
    text = st.builds(dt.date.strftime, days, st.sampled_from(forms))
    odd = st.sampled_from(
        [None, "k. A.", "31.02.2025", "offen", 45000, "1. Juli 2025", "5.Mai 2025"]
    )
    return st.one_of(days.map(lambda day: {"day": day.isoformat()}), text, odd)


NUMBERS = st.one_of(
    st.none(),
    st.integers(0, 12),
    st.integers(-3, 10**7),
    st.decimals(0, 5000, places=3).map(float),
    st.sampled_from(["1.204", "1.234,5", "1,5", "7", "−3", "viele", "1 000", "0,12345", True]),
)
ROW = st.tuples(
    st.one_of(st.integers(1, 9), st.sampled_from(["1", "A-1 ", "a-1", "ß", "SS", None, "Summe"])),
    st.sampled_from(["Frau", "weibl.", "w", "MÄNNL.", "Mann ", "k. A.", None, "Frau", "Mann"]),
    written(DAYS),
    written(RECENT),
    written(RECENT),
    st.sampled_from(["regulär", "Regulär", "Test", None, "abgebrochen"]),
    NUMBERS,
).map(list)
PLAIN_ROW = st.tuples(
    st.integers(1, 10**6),
    st.sampled_from(["Frau", "Mann", "w", "m"]),
    DAYS.filter(lambda day: day.year < 2010).map(lambda day: {"day": day.isoformat()}),
    RECENT.map(lambda day: {"day": day.isoformat()}),
    st.none(),
    st.sampled_from(["regulär", None]),
    st.one_of(st.integers(0, 40), st.decimals(0, 50, places=2).map(float)),
).map(list)
HEAD = ["Nr", "G", "geb", "Beginn", "Ende", "Art", "Zahl"]


@st.composite
def lists(draw: Any, row: st.SearchStrategy[list[Any]] = ROW) -> dict[str, Any]:
    rows = draw(st.lists(row, max_size=25))
    guide = GUIDE.format(
        doubles=draw(st.sampled_from(["einmal", "letzte", "jede"])),
        more=draw(st.sampled_from(["", MORE])),
        at=draw(st.sampled_from(["Beginn", "zeitraum_anfang", "Ende"])),
    )
    hidden = draw(st.sets(st.integers(1, 30), max_size=1))
    period = draw(st.sampled_from(["2025Q3", "2025-07", "2025", "2025H2"]))
    return {"profile": guide, "period": period, "rows": [HEAD, *rows], "hidden": sorted(hidden)}


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases=st.lists(st.one_of(lists(), lists(PLAIN_ROW)), min_size=4, max_size=8))
def test_made_up_lists_are_counted_alike(page: Any, cases: list[dict[str, Any]]) -> None:
    for case, found in zip(cases, count_all(page, cases), strict=True):
        assert found == said(counted(case), read_profile(case["profile"].encode()))


def test_made_up_lists_reach_the_counts() -> None:
    """The test above compares more than refusals."""
    found = find(
        lists(PLAIN_ROW),
        lambda case: len(counted(case).measures) == 4 and counted(case).measures[0].total > 2,
        settings=settings(max_examples=3000, deadline=None),
    )
    assert found


# ------------------------------------------------------------------ files of all kinds

FILE_ROWS = [
    HEAD,
    ["F-1", "Frau", {"day": "1990-02-03"}, {"day": "2025-07-01"}, None, "regulär", 3],
    ["F-2", "männl.", "03.04.1970", "30.09.2025", {"day": "2025-09-30"}, "Test", 1.5],
    [3, "w", {"day": "1999-12-31"}, {"day": "2025-10-01"}, None, None, 1204],
    None,
    ["F-4", 'Frau "Ö"; ß', {"day": "1960-01-01"}, {"day": "2025-08-08"}, None, "a & <b>", 0],
]


def test_workbooks_of_excel(page: Any, tmp_path: Path) -> None:
    path = tmp_path / "liste.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet, day = book.add_worksheet("Fälle & mehr"), book.add_format({"num_format": "dd.mm.yyyy"})
    for row, values in enumerate(FILE_ROWS):
        for column, value in enumerate(values or ()):
            if isinstance(value, dict):
                sheet.write_datetime(row, column, dt.datetime.fromisoformat(value["day"]), day)
            elif value is not None:
                sheet.write(row, column, value)
    sheet.write_formula(1, 9, "=1+1", None, 2)
    book.add_worksheet("versteckt").hide()
    book.close()
    same_in_both(page, path)


def test_workbooks_of_an_unusual_form_are_read_all_the_same(page: Any, tmp_path: Path) -> None:
    """Prefixes, comments, marked-up texts and entities leave the fast way, not the truth."""
    source, path = tmp_path / "quelle.xlsx", tmp_path / "liste.xlsx"
    book = xlsxwriter.Workbook(str(source))
    sheet, bold = book.add_worksheet("Fälle"), book.add_format({"bold": True})
    for row, values in enumerate(FILE_ROWS):
        for column, value in enumerate(values or ()):
            if value is not None:
                sheet.write(row, column, text_of(value) if isinstance(value, dict) else value)
    sheet.write_rich_string(1, 1, bold, "Fr", "au")
    book.close()
    with zipfile.ZipFile(source) as given, zipfile.ZipFile(path, "w") as made:
        for name in given.namelist():
            text = given.read(name).decode()
            if name.endswith("sheet1.xml"):
                text = text.replace("</row><row", "</row><!-- <row> --><row", 1)
                text = text.replace("männl.", "m&#228;nnl.")
            made.writestr(name, text)
    same_in_both(page, path)


def test_workbooks_of_libreoffice(page: Any, tmp_path: Path) -> None:
    path = tmp_path / "liste.ods"
    document = opendocument.OpenDocumentSpreadsheet()
    sheet = ods.Table(name="Fälle")
    for values in FILE_ROWS:
        row = ods.TableRow()
        for value in values or ():
            row.addElement(ods_cell(value))
        sheet.addElement(row)
    document.spreadsheet.addElement(sheet)
    document.save(str(path))
    same_in_both(page, path)


def ods_cell(value: Any) -> Any:
    if value is None:
        return ods.TableCell()
    if isinstance(value, dict):
        return ods.TableCell(valuetype="date", datevalue=value["day"])
    if isinstance(value, int | float):
        return ods.TableCell(valuetype="float", value=value)
    cell = ods.TableCell(valuetype="string")
    cell.addElement(odf_text.P(text=value))
    return cell


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "cp850", "utf-16"])
@pytest.mark.parametrize("mark", [";", "\t", ","])
def test_text_files(page: Any, tmp_path: Path, encoding: str, mark: str) -> None:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=mark, lineterminator="\r\n")
    for values in FILE_ROWS:
        writer.writerow([text_of(value) for value in values or ()])
    path = tmp_path / "liste.csv"
    path.write_bytes(buffer.getvalue().encode(encoding))
    same_in_both(page, path)


def text_of(value: Any) -> str:
    if isinstance(value, dict):
        return dt.date.fromisoformat(value["day"]).strftime("%d.%m.%Y")
    return "" if value is None else str(value).replace(".", ",") if value == 1.5 else str(value)


def same_in_both(page: Any, path: Path) -> None:
    text = GUIDE.format(doubles="einmal", more="", at="Beginn")
    text = text.replace('w = ["Frau"', 'w = [\'Frau "Ö"; ß\', "Frau"')
    guide = path.with_suffix(".toml")
    guide.write_text(text, "utf-8")
    here = prepare(path, read_profile(guide.read_bytes()), Period.parse("2025Q3"))
    assert (here.questions, here.rows.read) == ((), 4)
    found = in_browser(page, path, guide, "2025Q3")
    assert found["csv"].encode() == report(here, read_profile(guide.read_bytes()))
