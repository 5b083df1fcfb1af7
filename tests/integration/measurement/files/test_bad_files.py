"""Whatever is sent: a German sentence that says what is wrong and where, nothing stored."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from tests.integration.measurement.files.conftest import (
    House,
    bad_files,
    sent,
    table,
)
from wirknetz.foundation.models import AuditEvent
from wirknetz.measurement.models import Entry, Submission, TakeOver, Upload
from wirknetz.measurement.rules.files import MOST_BYTES

pytestmark = pytest.mark.django_db

REFUSED = {
    "abgeschnitten.xlsx": "Die Datei ist beschädigt oder unvollständig",
    "bild-als-tabelle.xlsx": "Das ist keine Tabelle",
    "bombe.xlsx": "In der Datei steckt viel mehr, als sie zeigt",
    "leer.csv": "Die Datei ist leer",
}
"""Files that cannot be read at all, with the sentence."""
ASKED = {
    "doppelt.csv": ("zwei verschiedene Zahlen", "Zellen D2 bis D3"),
    "falsches-quartal.csv": ("4. Quartal 2024", "Zelle"),
    "kein-zahlwert.csv": ("zwölf", "Zelle B2"),
    "mehr-integriert-als-beendet.csv": ("Ein Teil kann nicht größer sein als das Ganze", "Zelle"),
    "negativ.csv": ("-3", "Zelle B2"),
    "unbekannte-auspraegung.csv": ("x7", "Zelle"),
}
"""Files that raise a question: words of it, and its place."""
HARMLESS = {"formel.csv"}


def words_of(page: HttpResponse) -> str:
    return re.sub(r"\s+", " ", page.content.decode())


def nothing_stored(house: House) -> None:
    assert not Entry.objects.exists()
    assert not TakeOver.objects.exists()
    assert house.submission.state == Submission.State.OPEN
    assert not AuditEvent.objects.filter(action__startswith="submission").exists()


def test_every_bad_file_is_looked_at_here() -> None:
    assert {path.name for path in bad_files()} == {*REFUSED, *ASKED, *HARMLESS}


@pytest.mark.parametrize("path", list(bad_files()), ids=lambda path: path.name)
def test_a_bad_file_leads_to_a_sentence(klinik: House, path: Path) -> None:
    answer = klinik.send(path.read_bytes(), path.name)
    assert answer.status_code in {302, 422}
    page = klinik.client.get(answer.url) if answer.status_code == 302 else answer
    words = words_of(page)
    assert "Traceback" not in words
    assert "Da ist etwas schiefgegangen" not in words
    if path.name in REFUSED:
        assert REFUSED[path.name] in words
        assert "Es wurde nichts gespeichert." in words
        assert not Upload.objects.exists()
    elif path.name in ASKED:
        for part in ASKED[path.name]:
            assert part in words
        assert klinik.client.get(f"{answer.url}pruefen/").status_code == 302
    nothing_stored(klinik)


def test_a_formula_is_shown_as_text_and_never_works(klinik: House) -> None:
    answer = klinik.send(sent("bad/formel.csv"), "formel.csv")
    words = klinik.client.get(answer.url).content.decode()
    assert 'href="http://example.invalid' not in words
    assert "=HYPERLINK(&quot;http://example.invalid&quot;" in words


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (("Zeitraum;Kennzahl;Anzahl", "Q2/2025;Vereinbarte Termine;10"), "2. Quartal 2025"),
        (("Kennzahl;Anzahl", "Vereinbarte Termine;10", "Vereinbarte Termine;12"), "zwei versch"),
        (("Kennzahl;Anzahl", "Vereinbarte Termine;-10"), "kleiner als 0"),
        (("Kennzahl;Anzahl", "Vereinbarte Termine;1,5"), "keine ganze Zahl"),
        (("Kennzahl;Anzahl", "Vereinbarte Termine;<script>alert(1)</script>"), "Tabelle"),
    ],
)
def test_what_cannot_be_is_asked_with_its_place(
    klinik: House, lines: tuple[str, ...], sentence: str
) -> None:
    answer = klinik.send(table(*lines), "zahlen.csv")
    page = klinik.client.get(answer.url)
    assert sentence in words_of(page)
    assert "<script>alert" not in page.content.decode()
    assert klinik.client.get(f"{answer.url}pruefen/").status_code == 302
    nothing_stored(klinik)


@pytest.mark.parametrize("amount", ["1000000000", "10" * 8])
def test_a_number_that_cannot_be_is_not_taken_in_silence(klinik: House, amount: str) -> None:
    """Ten and eight more zeros: a question of the file, of the check, or an error."""
    answer = klinik.send(table("Kennzahl;Anzahl", f"Vereinbarte Termine;{amount}"), "viel.csv")
    page = klinik.client.get(answer.url)
    if page.context["asked"] is None:
        page = klinik.client.get(f"{answer.url}pruefen/")
        assert re.search("wn-cell__(error|question)", page.content.decode())
    nothing_stored(klinik)


def test_no_file_at_all(klinik: House) -> None:
    answer = klinik.client.post(klinik.url("upload"), {})
    assert answer.status_code == 422
    assert "Bitte wählen Sie eine Datei aus." in words_of(answer)


def test_a_text_in_place_of_a_file(klinik: House) -> None:
    answer = klinik.client.post(klinik.url("upload"), {"file": "C:\\zahlen.xlsx"})
    assert answer.status_code == 422


def test_what_is_too_big_is_refused_at_the_door(klinik: House) -> None:
    big = SimpleUploadedFile("gross.xlsx", b"x" * (MOST_BYTES + 100_000))
    answer = klinik.client.post(klinik.url("upload"), {"file": big})
    assert answer.status_code == 413
    assert "Eine Datei darf höchstens 25,0" in words_of(answer).replace("\xa0", " ")
    nothing_stored(klinik)


def test_whoever_sends_too_often_waits(klinik: House) -> None:
    """Thirty files in ten minutes are more than anybody has."""
    answers = [klinik.client.post(klinik.url("upload"), {}).status_code for _ in range(31)]
    assert answers[:30] == [422] * 30
    assert answers[30] == 429


def test_a_name_cannot_break_out(klinik: House) -> None:
    evil = '../../etc/passwd"><script>alert(1)</script>.csv'
    answer = klinik.send(table("Kennzahl;Anzahl", "Vereinbarte Termine;10"), evil)
    page = klinik.client.get(answer.url).content.decode()
    assert "<script>alert" not in page
    assert "/" not in Upload.objects.get().name
