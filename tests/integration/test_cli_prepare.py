"""`wirknetz prepare` from the command line: what it writes, what it refuses, what it never says."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.processes import ROOT
from wirknetz.cli import main
from wirknetz.core.evaluation import read_definition
from wirknetz.core.files.counting import read_profile
from wirknetz.core.files.counting.page import counting_page
from wirknetz.core.files.reading import iter_rows, read
from wirknetz.core.files.recognition import recognise

LIST = ROOT / "tests/data/partners/klinik-b-faelle_2025Q3.xlsx"
GUIDE = ROOT / "docs/beispiele/klinik-b.toml"
EXPECTED = json.loads((ROOT / "tests/data/partners/expected.json").read_text("utf-8"))
HEAD = "Fall;Geschl.;Beginn"
SHORT = """format = 1
name = "kurz"
[liste]
fallnummer = "Fall"
[merkmal.gender]
spalte = "Geschl."
[merkmal.gender.werte]
w = ["weibl."]
[[messgroesse]]
code = "begonnen"
nach = ["gender"]
wenn = [{ spalte = "Beginn", im_zeitraum = true }]
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def made(*rows: str, guide: str = SHORT) -> list[str]:
    """A list and a guide in this folder, and the words to count them."""
    Path("liste.csv").write_text("\n".join([HEAD, *rows]), "utf-8")
    Path("guide.toml").write_text(guide, "utf-8")
    return ["prepare", "liste.csv", "--profile", "guide.toml", "-o", "zahlen.csv",
            "--period", "2025Q3"]  # fmt: skip


def amounts(path: str) -> Iterator[tuple[str, str, int]]:
    rows = csv.DictReader(io.StringIO(Path(path).read_text("utf-8-sig")), delimiter=";")
    codes = {one.name: one.code for one in read_profile(GUIDE.read_bytes()).measures}
    for row in rows:
        yield codes[row["Messgröße"]], f"{row['Geschlecht']}|{row['Alter']}", int(row["Anzahl"])


def test_the_list_of_a_clinic_gives_exactly_what_is_expected() -> None:
    words = ["prepare", str(LIST), "--profile", str(GUIDE), "-o", "report.csv", "--yes"]
    assert main(words) == 0
    found = list(amounts("report.csv"))
    clinic = EXPECTED["organisations"]["Klinik B"]
    totals = {code: n for code, at, n in found if at in {"gesamt|gesamt", "|"}}
    assert totals == clinic["totals"]
    for code, cells in clinic["cells"].items():
        assert {at: n for c, at, n in found if c == code and at != "gesamt|gesamt"} == cells


def test_the_upload_recognises_the_result_by_itself() -> None:
    words = ["prepare", str(LIST), "--profile", str(GUIDE), "-o", "report.csv", "--yes"]
    assert main(words) == 0
    round_ = read_definition((ROOT / "docs/beispiele/runde.toml").read_bytes())
    clinic = next(one for one in round_.partners if one.name == "Klinik B")
    book = read(Path("report.csv").read_bytes(), name="report.csv")
    reading = recognise(book, round_.questionnaire(clinic))
    assert (reading.questions, len(reading.taken)) == ((), 29)
    wanted = EXPECTED["organisations"]["Klinik B"]["totals"]
    for code, total in wanted.items():
        amounts = [t.value.amount for t in reading.taken if t.target.measure == code]
        assert sum(amount for amount in amounts if amount is not None) == total


def test_what_leaves_is_shown_first_and_holds_nothing_of_a_person(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = ["prepare", str(LIST), "--profile", str(GUIDE), "-o", "report.csv", "--yes"]
    main(words)
    left = capsys.readouterr().out + Path("report.csv").read_text("utf-8")
    left += Path("report-quittung.json").read_text("utf-8")
    assert "Vereinbarte Termine" in left
    assert "Kleine Zahlen stehen mit dabei" in left
    persons = {v for row in iter_rows(LIST) if row.number for v in row.values[:3] if v}
    assert len(persons) > 100
    assert [value for value in persons if str(value) in left] == []


def test_the_receipt_says_what_was_counted_how() -> None:
    main([*made("1;weibl.;01.07.2025", "1;weibl.;01.07.2025", "2;;02.07.2025"), "--yes",
          "--leave-out"])  # fmt: skip
    said = json.loads(Path("zahlen-quittung.json").read_text("utf-8"))
    assert said["zeilen"] == {
        "gelesen": 3, "doppelt": 1, "nicht_gemeint": 0, "ausgeblendet": 0,
        "wiederholte_ueberschriften": 0, "nicht_gezaehlt": 1,
    }  # fmt: skip
    (gap,) = said["nicht_gezaehlt"]
    assert (gap["grund"], gap["spalte"], gap["zeilen"]) == ("missing", "Geschl.", [4])
    assert len(said["liste"]["sha256"]) == len(said["anleitung"]["sha256"]) == 64


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (("1;weibl.;01.07.25",), "Jahre mit zwei Ziffern"),
        (("1;k;01.07.2025",), "Wörter, die in der Anleitung fehlen: k"),
        (("1;weibl.;01.07.2025", "1;weibl.;02.07.2025"), "Gleiche Fallnummer"),
        (("1;;01.07.2025",), "Zeile 2: In „Geschl.“ steht nichts."),
        (("1;weibl.;gestern",), "kein lesbares Datum"),
    ],
)
def test_what_is_open_is_asked_and_nothing_is_written(
    rows: tuple[str, ...], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*made(*rows), "--yes"]) == 3
    assert sentence in capsys.readouterr().err
    assert not Path("zahlen.csv").exists()


def test_without_a_yes_nothing_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(made("1;weibl.;01.07.2025")) == 1
    assert "Nichts geschrieben" in capsys.readouterr().err
    assert sorted(path.name for path in Path().iterdir()) == ["guide.toml", "liste.csv"]


def test_a_file_that_is_there_is_not_replaced_by_itself() -> None:
    words = made("1;weibl.;01.07.2025")
    Path("zahlen.csv").write_text("alt", "utf-8")
    assert main(words) == 1
    assert Path("zahlen.csv").read_text("utf-8") == "alt"
    assert main([*words, "--yes"]) == 0
    assert Path("zahlen.csv").read_text("utf-8") != "alt"


def test_the_list_is_never_overwritten() -> None:
    words = made("1;weibl.;01.07.2025")
    words[words.index("zahlen.csv")] = "liste.csv"
    assert main([*words, "--yes"]) == 1
    assert Path("liste.csv").read_text("utf-8").startswith(HEAD)


@pytest.mark.parametrize(
    ("guide", "sentence"),
    [
        (SHORT.replace("messgroesse", "messgrosse"), "Zeile 9: messgrosse"),
        (SHORT.replace('code = "begonnen"', "code = begonnen"), "Zeile 10"),
        (SHORT.replace('nach = ["gender"]', 'nach = ["sex"]'), "„sex“ ist nicht beschrieben"),
    ],
)
def test_mistakes_in_the_guide_are_named_with_their_line(
    guide: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*made("1;weibl.;01.07.2025", guide=guide), "--yes"]) == 1
    assert sentence in capsys.readouterr().err


def test_the_period_is_given_or_in_the_guide_or_in_the_name(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = [*made("1;weibl.;01.07.2025"), "--yes"][:-3]
    assert main([*words, "--yes"]) == 1
    assert "--period 2025Q3" in capsys.readouterr().err
    Path("guide.toml").write_text(f'zeitraum = "2025Q2"\n{SHORT}', "utf-8")
    assert main([*words, "--yes"]) == 0
    assert "2. Quartal 2025" in Path("zahlen.csv").read_text("utf-8")
    assert "Alles ist 0" in capsys.readouterr().err
    assert main([*words, "--yes", "--period", "2025-07"]) == 0
    assert "Juli 2025;w;1" in Path("zahlen.csv").read_text("utf-8")


@pytest.mark.parametrize(
    "words",
    [
        ["prepare"],
        ["prepare", "fehlt.xlsx", "--profile", "guide.toml"],
        ["prepare", "liste.csv"],
        ["prepare", "liste.csv", "--profile", "fehlt.toml"],
        ["prepare", "liste.csv", "--profile", "guide.toml", "--period", "Q3"],
        ["prepare", "bild.xlsx", "--profile", "guide.toml", "--period", "2025Q3"],
        ["prepare", "liste.csv", "--profile", "guide.toml", "--period", "2025Q3", "-o", "a/b.csv"],
        ["prepare", "zahlen.csv", "--suggest"],
    ],
)
def test_what_does_not_work_ends_with_a_sentence(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    made("1;weibl.;01.07.2025")
    Path("bild.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    Path("zahlen.csv").write_text("1;2\n3;4\n", "utf-8")
    assert main([*words, "--yes"]) == 1
    said = capsys.readouterr().err
    assert said.strip()
    assert "Traceback" not in said


def test_a_first_guide_is_suggested() -> None:
    assert main(["prepare", str(LIST), "--suggest", "-o", "guide.toml"]) == 0
    text = Path("guide.toml").read_text("utf-8")
    assert 'geburtsdatum = "Geburtsdatum"' in text
    assert main(["prepare", str(LIST), "--profile", "guide.toml", "--yes"]) == 1  # to complete


def test_the_counting_page_is_written() -> None:
    assert main(["prepare", "--html", "zaehlen.html"]) == 0
    assert Path("zaehlen.html").read_bytes() == counting_page()
