"""What labels of partner files mean. Each line is one that an office would write."""

import pytest

from wirknetz.core.files.asked import Questionnaire, Wanted, WantedCategory, WantedDimension
from wirknetz.core.files.words import ASKED, Lexicon, Role, Why, label_key
from wirknetz.core.values import Adds, Period

MEASURES = (
    Wanted("begonnen", "Begonnene Begleitungen"),
    Wanted("beendet", "Regulär beendete Begleitungen"),
    Wanted("integriert", "Davon in Arbeit oder Ausbildung"),
    Wanted("laufend", "Laufende Begleitungen am letzten Tag", adds=Adds.STOCK),
    Wanted("termine_vereinbart", "Vereinbarte Termine"),
    Wanted("termine_wahrgenommen", "Wahrgenommene Termine"),
    Wanted("uebergaben", "Übergaben an andere Träger"),
    Wanted("uebergaben_angekommen", "Davon angekommen"),
    Wanted("gespraeche", "Gemeinsame Gespräche mehrerer Träger"),
)
DIMENSIONS = (
    WantedDimension(
        "gender",
        "Geschlecht",
        (
            WantedCategory("w", "Frauen"),
            WantedCategory("m", "Männer"),
            WantedCategory("d", "divers"),
        ),
    ),
    WantedDimension(
        "age",
        "Alter",
        (
            WantedCategory("18-29", "18–29 Jahre"),
            WantedCategory("30-49", "30–49 Jahre"),
            WantedCategory("50+", "50 und älter"),
        ),
    ),
)


def lexicon(*, words: dict[str, tuple[str, ...]] | None = None, **more: object) -> Lexicon:
    measures = tuple(
        Wanted(m.code, m.name, adds=m.adds, words=(words or {}).get(m.code, ())) for m in MEASURES
    )
    taught = more.pop("taught", {})
    asked = Questionnaire(Period.parse("2025Q3"), measures, DIMENSIONS, **more)  # type: ignore[arg-type]
    return Lexicon.of(asked, taught)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("Begonnene Begleitungen", "begonnen"),
        ("1. Begonnene Begleitungen:", "begonnen"),
        ("Zugänge", "begonnen"),
        ("Neuaufnahmen im Quartal", "begonnen"),
        ("Teilnehmer: Beginn", "begonnen"),
        ("Eintritte TN", "begonnen"),
        ("Abgänge (regulär)", "beendet"),
        ("Abschluss planmäßig", "beendet"),
        ("Austritte TN planmäßig", "beendet"),
        ("davon in Arbeit oder Ausbildung integriert", "integriert"),
        ("Vermittlung in Arbeit/Ausbildung", "integriert"),
        ("Integrationen (SvB/Ausb.)", "integriert"),
        ("Bestand Klient*innen (Stichtag)", "laufend"),
        ("aktuell in Betreuung", "laufend"),
        ("Fallbestand Monatsende", "laufend"),
        ("Beratungstermine geplant", "termine_vereinbart"),
        ("Coachings vereinb.", "termine_vereinbart"),
        ("Termine: erschienen", "termine_wahrgenommen"),
        ("Coachings durchgef.", "termine_wahrgenommen"),
        ("Weitervermittlungen", "uebergaben"),
        ("Überleitungen erfolgreich", "uebergaben_angekommen"),
        ("Weitervermittlung: Erstkontakt erfolgt", "uebergaben_angekommen"),
        ("Runder Tisch / Helferkonferenz", "gespraeche"),
        ("Fallgespräche m. Dritten", "gespraeche"),
        ("Verabredete Gesprächstermine", "termine_vereinbart"),
        ("Fallübergaben an externe Stellen", "uebergaben"),
        ("Gelungene Übergänge", "uebergaben_angekommen"),
        ("Klient*innen in laufender Betreuung (Ende Quartal)", "laufend"),
        ("Fälle abgeschlossen wie geplant", "beendet"),
    ],
)
def test_is_understood_without_asking(label: str, code: str) -> None:
    meaning = lexicon().understand(label).meaning(Role.MEASURE)
    assert meaning is not None
    assert meaning.code == code
    assert meaning.sure >= ASKED


@pytest.mark.parametrize(
    "label",
    [
        "Abgänge",  # all of them, or the regular ones only?
        "Beendet",
        "… mit Arbeitsaufnahme",  # and training?
        "Termine",
        "Termine gesamt",
        "Zugänge aus SGB II",  # fewer than all
        "Teamgespräche",
        "Nicht wahrgenommene Termine",
        "Telefonkontakte",
        "Erfolgreich beendet",
        "Maßnahmeabbrüche",
        "In Ausbildung vermittelt",
        "Abgebrochene Begleitungen",
        "Ausgefallene Termine",
        "Geplante Zugänge",
        "Gespräche",
    ],
)
def test_is_asked_rather_than_guessed(label: str) -> None:
    meaning = lexicon().understand(label).meaning(Role.MEASURE)
    assert meaning is None or meaning.sure < ASKED


@pytest.mark.parametrize(
    ("label", "codes"),
    [
        ("weibl.", {"gender=w"}),
        ("M", {"gender=m"}),
        ("Frauen\n18-29", {"gender=w", "age=18-29"}),
        ("männl. 30 b. u. 50 J.", {"gender=m", "age=30-49"}),
        ("TN w 18–29", {"gender=w", "age=18-29"}),
        ("50 Jahre und älter", {"age=50+"}),
        ("50plus", {"age=50+"}),
        ("ab 50", {"age=50+"}),
        ("über 49 Jahre", {"age=50+"}),
        ("18 bis unter 30", {"age=18-29"}),
        ("Teilnehmerinnen", {"gender=w"}),
        ("Klient:innen", set()),
        ("Klientinnen und Klienten", set()),
        ("u25", {"age~0-24"}),
        ("17-24 Jahre", {"age~17-24"}),
        ("65+", {"age~65-"}),
        ("x7", set()),
        ("0231 18-29", set()),
        ("Fallgespräche m. Dritten", set()),
        ("Geschlecht (m/w/d)", set()),
        ("divers / k. A. zu m/w", set()),
        ("♀ 18/29", {"gender=w", "age=18-29"}),
        ("zwischen 30 und 49", {"age=30-49"}),
        (">=50", {"age=50+"}),
    ],
)
def test_categories(label: str, codes: set[str]) -> None:
    said = lexicon().understand(label).meanings
    assert {m.code for m in said if m.role is Role.CATEGORY} == codes


@pytest.mark.parametrize(
    ("label", "role", "code"),
    [
        ("Gesamt", Role.TOTAL, ""),
        ("Zwischensumme", Role.TOTAL, ""),
        ("Integrationsquote", Role.RATIO, ""),
        ("Anteil in %", Role.RATIO, ""),
        ("Soll 2025", Role.PLAN, ""),
        ("Altersgruppe", Role.HEADING, "dimension:age"),
        ("Anzahl", Role.HEADING, "amount"),
        ("Q3/2025", Role.PERIOD, "2025Q3"),
        ("Berichtszeitraum: Juli – September 2025", Role.PERIOD, "this"),
        ("Vorquartal", Role.PERIOD, "previous"),
        ("August", Role.PERIOD, "-08"),
        ("* Angaben ohne Gewähr", Role.REMARK, ""),
        ("Ansprechperson: Sozialdienst, Tel. 0231 000-0", Role.REMARK, ""),
    ],
)
def test_other_roles(label: str, role: Role, code: str) -> None:
    found = [m.code for m in lexicon().understand(label).meanings if m.role is role]
    assert found[:1] == [code]


def test_a_part_says_that_it_is_one() -> None:
    assert lexicon().understand("davon Frauen").of_which
    assert lexicon().understand("… mit Arbeitsaufnahme").of_which
    assert not lexicon().understand("Davonlaufende").of_which


def test_what_was_taught_wins_over_everything() -> None:
    taught = {label_key("Abgänge"): "measure:beendet"}
    meaning = lexicon(taught=taught).understand("ABGAENGE*").meaning(Role.MEASURE)
    assert meaning is not None
    assert (meaning.code, meaning.sure, meaning.why) == ("beendet", 1.0, Why.TAUGHT)


def test_words_of_the_network_count_as_names() -> None:
    meaning = (
        lexicon(words={"begonnen": ("Erstvorstellung",)}).understand("Erstvorstellung").meanings
    )
    assert [(m.code, m.why) for m in meaning] == [("begonnen", Why.WORD)]


def test_two_measures_with_one_word_leave_it_open() -> None:
    known = lexicon(words={"begonnen": ("Kontakte",), "laufend": ("Kontakte",)})
    assert known.understand("Kontakte").sure < ASKED


def test_the_name_of_the_network_says_nothing() -> None:
    assert lexicon().understand("Neufälle BORA-TB").sure < ASKED
    assert lexicon(silent=("BORA-TB",)).understand("Neufälle BORA-TB").sure >= ASKED


def test_alternatives_are_ranked_and_complete() -> None:
    read = lexicon().understand("Termine weiblich")
    assert {m[0].code for m in read.others} >= {"termine_wahrgenommen"}
    assert all(any(m.code == "gender=w" for m in other) for other in read.others)


@pytest.mark.parametrize(
    ("this", "next_time"),
    [
        ("Meldung 3. Quartal 2025", "Meldung 4. Quartal 2025"),
        ("Q3/2025", "Q4/2025"),
        ("Stand: 12.10.2025", "Stand: 09.01.2026"),
        ("Begonnene Begleitungen*", "begonnene Begleitungen "),
        ("Klient*innen", "Klient:innen"),
    ],
)
def test_a_label_is_found_again_next_quarter(this: str, next_time: str) -> None:
    assert label_key(this) == label_key(next_time)


def test_months_without_a_year_are_told_apart() -> None:
    assert label_key("Juli") != label_key("August")
