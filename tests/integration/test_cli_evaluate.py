"""`wirknetz evaluate`: the six files give exactly what is expected; nothing open is counted."""

from __future__ import annotations

import json
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.support.processes import ROOT
from wirknetz.cli import main

PARTNERS = ROOT / "tests/data/partners"
EXAMPLES = ROOT / "docs/beispiele"
EXPECTED = json.loads((PARTNERS / "expected.json").read_text("utf-8"))
FILES = {name: PARTNERS / one["file"] for name, one in EXPECTED["organisations"].items()}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    monkeypatch.chdir(tmp_path)
    for path in EXAMPLES.glob("*.toml"):
        shutil.copy(path, tmp_path)
    return tmp_path


def evaluated(*left_out: str, files: dict[str, Path] = FILES) -> tuple[int, dict[str, Any]]:
    given = [str(path) for name, path in files.items() if name not in left_out]
    code = main(["evaluate", "runde.toml", *given, "-o", "ergebnis.xlsx", "--yes"])
    return code, json.loads(Path("ergebnis.json").read_text("utf-8"))


def changed(old: str, new: str) -> None:
    path = Path("runde.toml")
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def key_of(cell: str) -> str:
    """`w|18-29` of the expected values as this report writes it."""
    gender, age = cell.split("|")
    return "|".join(filter(None, (f"age={age}" if age else "", f"gender={gender}")))


def test_the_six_files_give_exactly_what_is_expected() -> None:
    code, said = evaluated()
    assert (code, said["complete"], said["period"]) == (0, True, "2025Q3")
    for name, wanted in EXPECTED["organisations"].items():
        found = said["organisations"][name]
        cells = {m: {key_of(c): n for c, n in v.items()} for m, v in wanted["cells"].items()}
        assert (found["totals"], found["cells"]) == (wanted["totals"], cells), name
        assert found["states"] == wanted.get("states", {}), name
    network = {
        code: {name: one[name] for name in ("total", "organisations", "of")}
        for code, one in said["network"].items()
    }
    assert network == EXPECTED["network"]
    assert {c: one["value"] for c, one in said["indicators"].items()} == EXPECTED["indicators"]


def test_the_workbook_says_the_same_with_its_places() -> None:
    evaluated()
    book = openpyxl.load_workbook("ergebnis.xlsx")
    totals = {row[0]: row[2] for row in book["Netzwerk"].iter_rows(min_row=2, values_only=True)}
    assert totals == {code: one["total"] for code, one in EXPECTED["network"].items()}
    values = list(book["Einzelwerte"].iter_rows(min_row=2, values_only=True))
    where = {(row[0], row[1], row[3], row[4]): row[6] for row in values}
    assert where["Klinik A", "begonnen", "w", "18-29"] == "Q3 2025!C7"
    states = {
        (row[0], row[1]): row[4] for row in book["Organisationen"].iter_rows(values_only=True)
    }
    assert states["Klinik A", "gespraeche"] == "nicht erhoben"
    assert states["Klinik B", "laufend"] == "nicht gemeldet"


def test_nothing_of_a_person_leaves_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    evaluated()
    left = capsys.readouterr().out + Path("ergebnis.json").read_text("utf-8")
    book = openpyxl.load_workbook("ergebnis.xlsx")
    left += " ".join(str(c.value) for sheet in book for row in sheet.iter_rows() for c in row)
    assert "Klinik B" in left
    assert [name for name in ("Nguyen", "Öztürk", "B-110", "Łukasz") if name in left] == []


def test_what_is_open_is_asked_and_not_counted(capsys: pytest.CaptureFixture[str]) -> None:
    changed('"Neufälle BORA-TB" = "begonnen"', '"Träger" = "-"')
    code, said = evaluated()
    assert (code, said["complete"]) == (3, False)
    assert "Neufälle BORA-TB" in capsys.readouterr().err
    assert "begonnen" not in said["organisations"]["Caritas"]["totals"]
    begun = EXPECTED["network"]["begonnen"]["total"] - 159
    assert (said["network"]["begonnen"]["total"], said["network"]["begonnen"]["organisations"]) == (
        begun, 5,
    )  # fmt: skip


def test_an_answer_of_the_definition_settles_a_question() -> None:
    changed('"Einladungen" = "termine_vereinbart"\n', "")
    code, said = evaluated()
    asked = next(one for one in said["organisations"]["Jobcenter"]["open"] if one["key"])
    assert (code, asked["kind"], asked["code"]) == (3, "question", "label")
    assert "measure:termine_vereinbart" in asked["choices"]
    answer = f'"{asked["key"]}" = "measure:termine_vereinbart"'
    changed('name = "BFW"', f'name = "BFW"\n[organisation.antworten]\n{answer}')
    assert evaluated()[0] == 3  # it was said of another organisation
    labels = '[organisation.beschriftungen]\n"Vorsprachen"'
    changed(labels, f"[organisation.antworten]\n{answer}\n{labels}")
    code, said = evaluated()
    assert code == 0
    assert said["organisations"]["Jobcenter"]["totals"]["termine_vereinbart"] == 371


def test_a_list_of_persons_without_a_guide_is_never_read_as_a_report() -> None:
    changed('anleitung = "klinik-b.toml"', "")
    code, said = evaluated()
    found = said["organisations"]["Klinik B"]
    assert (code, found["totals"]) == (3, {})
    assert [one["kind"] for one in found["open"]] == ["persons"]


def test_rows_that_cannot_be_counted_are_left_out_only_if_the_definition_says_so() -> None:
    path = Path("klinik-b_liste.csv")
    heading = ("Fall-Nr.;Geschl.;Geburtsdatum;Beginn;Ende;Art der Beendigung;"
               "Arbeit/Ausbildung aufgenommen;Termine;davon wahrgenommen")  # fmt: skip
    rows = ("1;weibl.;01.02.1990;01.07.2025;;;;4;3", "2;;01.02.1990;01.07.2025;;;;4;3")
    path.write_text("\n".join([heading, *rows]), "utf-8")
    files = FILES | {"Klinik B": path}
    code, said = evaluated(files=files)
    assert code == 3
    assert said["organisations"]["Klinik B"]["totals"] == {
        "termine_vereinbart": 8, "termine_wahrgenommen": 6, "beendet": 0, "integriert": 0,
    }  # fmt: skip
    changed('anleitung = "klinik-b.toml"', 'anleitung = "klinik-b.toml"\nauslassen = true')
    code, said = evaluated(files=files)
    assert (code, said["organisations"]["Klinik B"]["totals"]["begonnen"]) == (0, 1)


def test_a_missing_file_is_said_and_the_rest_adds_up() -> None:
    code, said = evaluated("Diakonie")
    begun = said["network"]["begonnen"]
    assert (code, begun["organisations"], begun["of"]) == (4, 5, 6)
    assert begun["total"] == EXPECTED["network"]["begonnen"]["total"] - 102
    quota = Decimal(200 - 37) / (475 - 76)
    assert said["indicators"]["integrationsquote"]["value"] == float(round(quota, 6))


@pytest.mark.parametrize("name", ["abgeschnitten.xlsx", "leer.csv", "bild-als-tabelle.xlsx"])
def test_a_bad_file_is_explained_and_the_others_count(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = Path(f"diakonie-{name}")
    shutil.copy(PARTNERS / "bad" / name, bad)
    code, said = evaluated(files=FILES | {"Diakonie": bad})
    assert (code, said["network"]["begonnen"]["organisations"]) == (3, 5)
    assert said["organisations"]["Diakonie"]["open"][0]["kind"] == "unreadable"
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('formel = "integriert / beendet"', 'formel = "integriert / ende"', "„ende“"),
        ('formel = "integriert / beendet"', 'formel = "integriert /"', "geht hier nicht"),
        ('"Einladungen" = "termine_vereinbart"', '"Einladungen" = "termine"', "„termine“"),
        ('zeitraum = "2025Q3"', 'zeitraum = "Herbst"', "zeitraum"),
        ('code = "laufend"', 'code = "begonnen"', "„begonnen“ steht doppelt"),
        ('nach = ["gender", "age"]', 'nach = ["sex"]', "„sex“"),
        ("[[indikator]]", "[[indikatoren]]", "indikatoren"),
    ],
)
def test_mistakes_in_the_definition_are_named(
    old: str, new: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    changed(old, new)
    assert main(["evaluate", "runde.toml", "-o", "ergebnis.xlsx"]) == 1
    said = capsys.readouterr().err
    assert sentence in said
    assert "Zeile " in said
    assert not Path("ergebnis.xlsx").exists()


def test_files_must_belong_to_one_organisation(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("unbekannt.csv", "Caritas-Diakonie.csv", "bfw-1.csv", "bfw-2.csv"):
        Path(name).write_text("a;b\n", "utf-8")
    files = ["unbekannt.csv", "Caritas-Diakonie.csv", "bfw-1.csv", "bfw-2.csv"]
    assert main(["evaluate", "runde.toml", *files, "-o", "ergebnis.xlsx"]) == 1
    said = capsys.readouterr().err
    assert "unbekannt.csv passt zu keiner Organisation" in said
    assert "Caritas-Diakonie.csv passt zu mehreren Organisationen: Caritas, Diakonie" in said
    assert "Für BFW gibt es mehrere Dateien: bfw-1.csv, bfw-2.csv" in said


def test_results_are_not_replaced_and_inputs_never() -> None:
    Path("ergebnis.xlsx").write_text("alt", "utf-8")
    assert main(["evaluate", "runde.toml", "-o", "ergebnis.xlsx"]) == 1
    assert main(["evaluate", "runde.toml", "-o", "runde.toml", "--yes"]) == 1
    assert Path("ergebnis.xlsx").read_text("utf-8") == "alt"
