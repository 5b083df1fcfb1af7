"""The counting page as people open it: from a file, by keyboard, on a phone, with no connection."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from scripts import build_browser_files as built

from tests.support.processes import ROOT
from wirknetz.core.files.counting import prepare, read_profile, receipt, report
from wirknetz.core.files.counting.page import counting_page
from wirknetz.core.files.reading import iter_rows
from wirknetz.core.values import Period

LIST = ROOT / "tests/data/partners/klinik-b-faelle_2025Q3.xlsx"
GUIDE = ROOT / "docs/beispiele/klinik-b.toml"
AFTER = ("01.02.1990", "01.07.2025", "", "", "", "4", "3")
STYLE = re.compile(r"<style>.*?</style>|style-src '[^']*'", re.DOTALL)
browser_only = pytest.mark.browser


def test_it_is_built_from_what_stands_in_the_repository() -> None:
    assert STYLE.sub("", counting_page().decode()) == STYLE.sub("", built.page())
    for path, text in built.modules().items():
        assert path.read_text("utf-8") == text, f"{path.name}: run scripts/build_browser_files.py"


def test_nothing_in_it_may_connect() -> None:
    page = counting_page().decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    assert policy[1].startswith("default-src 'none'; script-src 'sha256-")
    assert not re.search(r"unsafe|https?:", policy[1])
    assert not re.search(r"""(?:src|href|action)\s*=\s*["'](?!#)""", page)


class Opened:
    """The page in a browser, and everything it tried to do outside."""

    def __init__(self, page: Any, path: Path) -> None:
        self.page, self.trouble = page, list[str]()
        page.on("request", lambda r: self._note(r.url))
        page.on("console", lambda m: self.trouble.append(m.text))
        page.on("pageerror", lambda e: self.trouble.append(str(e)))
        page.goto(path.as_uri())

    def _note(self, url: str) -> None:
        if not url.startswith(("file:", "data:", "blob:")):
            self.trouble.append(url)

    def give(self, list_: Path, guide: Path = GUIDE, part: str = "Q3", year: str = "2025") -> None:
        self.page.set_input_files("#liste", str(list_))
        self.page.set_input_files("#anleitung", str(guide))
        self.page.select_option("#teil", part)
        self.page.fill("#jahr", year)
        self.page.keyboard.press("Enter")
        self.page.wait_for_selector("#ergebnis:not([hidden])")

    def saved(self, button: str) -> bytes:
        with self.page.expect_download() as waiting:
            self.page.click(button)
        return Path(waiting.value.path()).read_bytes()

    def points(self) -> list[str]:
        return list(self.page.locator("#meldung-punkte li").all_inner_texts())


@pytest.fixture
def opened(new_page: Any, tmp_path: Path) -> Opened:
    path = tmp_path / "zaehlen.html"
    path.write_bytes(counting_page())
    return Opened(new_page(width=360, height=740), path)


@browser_only
def test_a_list_becomes_the_same_file_and_receipt_as_on_the_command_line(opened: Opened) -> None:
    opened.give(LIST)
    profile = read_profile(GUIDE.read_bytes())
    counted = prepare(LIST, profile, Period.parse("2025Q3"))
    assert opened.saved("#speichern") == report(counted, profile)
    kept, version = opened.saved("#quittung"), json.loads(opened.saved("#quittung"))["wirknetz"]
    assert kept == receipt(counted, profile, version=version)
    assert opened.trouble == []


@browser_only
def test_what_leaves_is_shown_before_it_is_saved(opened: Opened) -> None:
    opened.give(LIST)
    rows = opened.page.locator("#zeilen tr").all_inner_texts()
    assert rows[0].split("\t") == ["Begonnene Begleitungen", "gesamt", "gesamt", "82"]
    assert len(rows) == 32
    assert "Doppelt: 4" in opened.page.inner_text("#gelesen")
    assert opened.page.evaluate("document.activeElement.id") == "ergebnis-titel"


@browser_only
def test_rows_that_cannot_be_counted_are_left_out_only_by_decision(
    opened: Opened, tmp_path: Path
) -> None:
    list_ = tmp_path / "liste.csv"
    heading = next(iter_rows(LIST)).values
    rows = (heading, ("B-1", "weibl.", *AFTER), ("B-2", "", *AFTER))
    lines = [";".join(map(str, (row[0], *row[-8:]))) for row in rows]
    list_.write_text("\n".join(lines), "utf-8")
    opened.give(list_)
    assert opened.points() == ["Zeile 3: In „Geschl.“ steht nichts. Nicht gezählt in: begonnen."]
    assert opened.page.locator("#speichern").is_disabled()
    opened.page.check("#auslassen")
    said = json.loads(opened.saved("#quittung"))
    assert said["nicht_gezaehlt"][0]["zeilen"] == [3]
    assert b"Begonnene Begleitungen;3. Quartal 2025;gesamt;gesamt;1" in opened.saved("#speichern")


@browser_only
@pytest.mark.parametrize(
    ("given", "guide", "point"),
    [
        (b"", None, "Die Datei ist leer."),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, None, "Dieses Format wird nicht gelesen."),
        (b"PK\x03\x04 gar kein Archiv", None, "Die Datei ist beschädigt."),
        (b"\x89PNG\r\n\x1a\n", None, "Das ist keine Tabelle."),
        (b"Nr;Beginn\n1;01.07.2025\n", None, "Diese Spalten stehen nicht in der Liste: Fall-Nr."),
        (None, b"format = 1\nname = Probe\n", "Zeile 2: Das ist kein lesbares TOML"),
        (None, b'format = 1\nname = "x"\n[[messgroesse]]\nkode = "y"\n',
         "Zeile 3: messgroesse.1.code: Hier fehlt eine Angabe."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_can_be_saved(
    opened: Opened, tmp_path: Path, given: bytes | None, guide: bytes | None, point: str
) -> None:
    list_, other = tmp_path / "l.csv", tmp_path / "g.toml"
    list_.write_bytes(LIST.read_bytes() if given is None else given)
    other.write_bytes(GUIDE.read_bytes() if guide is None else guide)
    opened.give(list_, other)
    assert opened.points()[0].startswith(point)
    assert not opened.page.locator("#zahlen").is_visible()


@browser_only
def test_missing_files_are_asked_for(opened: Opened) -> None:
    opened.page.fill("#jahr", "25")
    opened.page.keyboard.press("Enter")
    assert opened.points() == [
        "Bitte wählen Sie Ihre Liste.",
        "Bitte wählen Sie Ihre Zähl-Anleitung.",
        "Bitte geben Sie das Jahr mit vier Ziffern an.",
    ]


@browser_only
def test_a_changed_choice_takes_the_result_away(opened: Opened) -> None:
    opened.give(LIST)
    opened.page.select_option("#teil", "Q2")
    assert not opened.page.locator("#ergebnis").is_visible()


@browser_only
@pytest.mark.parametrize("width", [320, 1280])
def test_it_is_accessible_and_fits(opened: Opened, width: int) -> None:
    opened.page.set_viewport_size({"width": width, "height": 740})
    opened.give(LIST)
    opened.page.evaluate(
        "document.querySelectorAll('details').forEach((one) => { one.open = true; })"
    )
    assert opened.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found = Axe().run(opened.page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
