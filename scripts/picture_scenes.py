"""Which pictures are taken, in which order: who, where, how wide, and what happens there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

WIDE, PHONE = 1280, 360
NET = "/netz/bora-tb/"
WORK = f"{NET}wirkung/"
Afterwards = Callable[[Callable[[], Any]], Any]
OFFICE, PARTNER, LEADER = "koordination", "praxis", "leitung.diakonie"


@dataclass(frozen=True)
class Scene:
    """One picture. `part` cuts out an element, `until` ends below one, else the window is taken.

    `follow` names links to click after arriving; `mailed_to` and `subject` find the mail whose
    personal link is opened instead of `path`.
    """

    name: str
    who: str
    path: str = ""
    width: int = WIDE
    height: int = 900
    part: str = ""
    until: str = ""
    follow: tuple[str, ...] = ()
    mailed_to: str = ""
    subject: str = ""
    act: Callable[[Any, Afterwards], None] | None = None


def _phone(name: str, who: str, path: str = "", **more: Any) -> Scene:
    return Scene(name, who, path, **({"width": PHONE, "height": 740} | more))


def _to(page: Any, name: str, *, down: int = 90) -> Any:
    """Scroll so that the question of this name stands below the top of the window."""
    question = page.locator("article", has=page.get_by_role("heading", name=name, exact=True))
    top = question.bounding_box()["y"]
    page.evaluate(f"window.scrollTo(0, window.scrollY + {top} - {down})")
    return question


def _first_questions(page: Any, _afterwards: Afterwards) -> None:
    _to(page, "Begonnene Begleitungen", down=60)


def _no_number(page: Any, _afterwards: Afterwards) -> None:
    question = _to(page, "Nutzt ein weiterführendes Angebot")
    question.get_by_text("Keine Zahl?").click()


def _wrong_number(page: Any, _afterwards: Afterwards) -> None:
    planned = _to(page, "Vereinbarte Termine")
    planned.locator("input[type=text]").first.fill("1240")
    kept = page.locator("article", has=page.get_by_role("heading", name="Wahrgenommene Termine"))
    kept.locator("input[type=text]").first.fill("1420")
    kept.locator("input[type=text]").first.blur()
    kept.locator(".wn-cell__error").first.wait_for()


def _mended(page: Any) -> None:
    for name, value in (
        ("Vereinbarte Termine", "1240"),
        ("Wahrgenommene Termine", "998"),
        ("Übergaben an andere Träger", "94"),
        ("Davon angekommen", "19"),
        ("Nutzt ein weiterführendes Angebot", "45"),
        ("Gemeinsame Gespräche mehrerer Träger", "9"),
        ("Arbeitsstunden für das Netzwerk", "48"),
    ):
        question = page.locator("article", has=page.get_by_role("heading", name=name, exact=True))
        question.locator("input[type=text]").first.fill(value)


def _checked(page: Any, _afterwards: Afterwards) -> None:
    _mended(page)
    page.get_by_role("button", name="Weiter: Prüfen").click()
    page.get_by_role("heading", name="Vollständigkeit").wait_for()
    questions = page.get_by_role("heading", name="Rückfrage")
    top = questions.first.bounding_box()["y"]
    page.evaluate(f"window.scrollTo(0, window.scrollY + {top} - 24)")


def _without_connection(page: Any, afterwards: Afterwards) -> None:
    question = _to(page, "Gemeinsame Gespräche mehrerer Träger")
    page.context.set_offline(True)
    afterwards(lambda: page.context.set_offline(False))
    question.locator("input[type=text]").first.fill("11")
    question.locator("input[type=text]").first.blur()
    page.get_by_text("Keine Verbindung.").wait_for()


def _give_back(page: Any, _afterwards: Afterwards) -> None:
    box = page.locator("main details", has_text="Zurückgeben").last
    box.locator("summary").click()
    reason = "Bei „Abgebrochene Begleitungen“ fehlt vermutlich die Außenstelle."
    box.get_by_label("Was soll geändert oder erklärt werden?").fill(reason)
    box.scroll_into_view_if_needed()


def _came_back(page: Any, _afterwards: Afterwards) -> None:
    top = page.get_by_text("Schritt 1 von 3").bounding_box()["y"]
    page.evaluate(f"window.scrollTo(0, {top} - 24)")


def _to_the_end(page: Any, _afterwards: Afterwards) -> None:
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")


def _menu(page: Any, _afterwards: Afterwards) -> None:
    page.locator(".wn-acting summary").click()


def _formula(page: Any, _afterwards: Afterwards) -> None:
    page.get_by_label("Name").first.fill("Anteil in Arbeit nach der Reha")
    page.get_by_label("Formel").first.fill("integriert / beendet")
    page.get_by_label("Formel").first.blur()
    page.get_by_text("Die Formel ist lesbar.").wait_for()


RUNNING = "Erhebung 3. Quartal 2026"
QUOTA = "In Arbeit oder Ausbildung"
SCENES = (
    # signing in
    Scene("anmelden", "", "/konto/login/", height=820),
    _phone("anmelden-code", "", "/konto/login/code/", height=620),
    Scene("zweiter-schritt", OFFICE, "/konto/2fa/", until="main"),
    # the coordinating office
    Scene("heute-koordination", OFFICE, NET),
    Scene("person-eintragen", OFFICE, f"{NET}organisationen/",
          follow=("Tagesreha Mühlbach", "Person eintragen"), until=".wn-actions"),
    Scene("messgroesse", OFFICE, f"{WORK}messgroessen/",
          follow=("Begonnene Begleitungen",), height=940),
    Scene("indikator-neu", OFFICE, f"{WORK}indikatoren/neu/", act=_formula, height=1000),
    Scene("indikator-fassung", OFFICE, f"{WORK}indikatoren/", follow=(QUOTA,), height=1100),
    Scene("runde-neu", OFFICE, f"{WORK}runden/neu/", until=".wn-actions"),
    Scene("wer-meldet", OFFICE, f"{WORK}runden/",
          follow=(RUNNING, "Ändern, wer was meldet"), height=860),
    Scene("stand", OFFICE, f"{WORK}runden/", follow=(RUNNING, "Wer ist wie weit?"), height=1180),
    Scene("zurueckgeben", OFFICE, f"{WORK}runden/",
          follow=(RUNNING, "Wer ist wie weit?", "Diakonie Lindental"), act=_give_back,
          height=560),
    Scene("schliessen", OFFICE, f"{WORK}runden/", follow=(RUNNING, "Schließen"), until="main"),
    Scene("ergebnisse", OFFICE, f"{WORK}ergebnisse/", height=1200),
    Scene("herkunft", OFFICE, f"{WORK}ergebnisse/",
          follow=(QUOTA, "Woher kommt diese Zahl?"), height=1300),
    Scene("je-organisation", OFFICE, f"{WORK}ergebnisse/",
          follow=(QUOTA, "Verlauf je Organisation ansehen"), height=1000),
    Scene("verlauf", OFFICE, f"{NET}verlauf/", height=800),
    # a partner
    Scene("indicator", PARTNER, f"{WORK}ergebnisse/", follow=(QUOTA,), until=".wn-figure__chart"),
    _phone("heute-telefon", PARTNER, NET),
    _phone("form-phone", PARTNER, f"{WORK}meldungen/", follow=(RUNNING,), act=_first_questions),
    _phone("keine-zahl", PARTNER, f"{WORK}meldungen/", follow=(RUNNING,), act=_no_number),
    _phone("fehler", PARTNER, f"{WORK}meldungen/", follow=(RUNNING,), act=_wrong_number),
    _phone("rueckfragen", PARTNER, f"{WORK}meldungen/", follow=(RUNNING,), act=_checked),
    _phone("ohne-verbindung", PARTNER, f"{WORK}meldungen/", follow=(RUNNING,),
           act=_without_connection),
    _phone("zurueckgegeben", "praxis.bruecke", f"{WORK}meldungen/", follow=(RUNNING,),
           act=_came_back),
    Scene("handeln-fuer", "praxis.bfw", NET, act=_menu, height=620),
    # the leadership
    _phone("bestaetigen", "", mailed_to=f"{LEADER}@example.org", subject="Bitte bestätigen"),
    _phone("bestaetigen-knopf", "", mailed_to=f"{LEADER}@example.org",
           subject="Bitte bestätigen", act=_to_the_end, height=620),
    Scene("eigene-leute", LEADER, f"{NET}organisationen/", follow=("Diakonie Lindental",),
          height=1250),
    # the funder
    Scene("foerderung", "foerderung", f"{WORK}ergebnisse/", height=860),
)  # fmt: skip
