"""The words of carriers: what each calls the same measures and categories."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Carrier:
    """One organisation's words. ``measures`` by code, ``genders`` and ``ages`` by category."""

    name: str
    measures: Mapping[str, str]
    genders: Mapping[str, str]
    ages: Mapping[str, str]
    heading_measure: str = "Kennzahl"
    heading_gender: str = "Geschlecht"
    heading_age: str = "Alter"
    heading_amount: str = "Anzahl"
    heading_period: str = "Zeitraum"
    heading_organisation: str = "Träger"
    total: str = "Summe"
    grand_total: str = "Gesamt"


CARRIERS: tuple[Carrier, ...] = (
    Carrier(
        name="Klinik am Musterberg",
        measures={
            "begonnen": "Begonnene Begleitungen",
            "beendet": "Regulär beendete Begleitungen",
            "integriert": "davon in Arbeit oder Ausbildung integriert",
            "termine_vereinbart": "Vereinbarte Termine",
            "termine_wahrgenommen": "Wahrgenommene Termine",
            "uebergaben": "Eingeleitete Übergaben",
            "uebergaben_angekommen": "Angekommene Übergaben",
            "gespraeche": "Trägerübergreifende Gespräche",
            "laufend": "Laufende Begleitungen am Quartalsende",
        },
        genders={"w": "weiblich", "m": "männlich", "d": "divers"},
        ages={"18-29": "18 bis 29 Jahre", "30-49": "30 bis 49 Jahre", "50+": "50 Jahre und älter"},
        heading_age="Altersgruppe",
    ),
    Carrier(
        name="Suchthilfe Morgenrot e. V.",
        measures={
            "begonnen": "Neuaufnahmen",
            "beendet": "Planmäßig beendete Betreuungen",
            "integriert": "Vermittelt in Arbeit/Ausbildung",
            "termine_vereinbart": "Terminvereinbarungen",
            "termine_wahrgenommen": "Eingehaltene Termine",
            "uebergaben": "Überleitungen an andere Einrichtungen",
            "uebergaben_angekommen": "Überleitungen: dort angekommen",
            "gespraeche": "Fallkonferenzen mit anderen Trägern",
            "laufend": "Klient*innen in laufender Betreuung (Ende Quartal)",
        },
        genders={"w": "Frauen", "m": "Männer", "d": "Divers"},
        ages={"18-29": "18–29", "30-49": "30–49", "50+": "50+"},
        heading_measure="Merkmal",
        total="Zusammen",
        grand_total="Insgesamt",
    ),
    Carrier(
        name="Diakoniewerk Sonnental",
        measures={
            "begonnen": "Zugänge",
            "beendet": "Abgänge (regulär)",
            "integriert": "… mit Aufnahme einer Arbeit oder Ausbildung",
            "termine_vereinbart": "Termine angesetzt",
            "termine_wahrgenommen": "Termine – erschienen",
            "uebergaben": "Weitervermittlungen",
            "uebergaben_angekommen": "Weitervermittlungen mit Erfolg",
            "gespraeche": "Trägergespräche",
            "laufend": "Fallbestand am Monatsletzten",
        },
        genders={"w": "w", "m": "m", "d": "d"},
        ages={"18-29": "18 - 29 J.", "30-49": "30 - 49 J.", "50+": "ab 50 J."},
        heading_measure="Kennzahl",
        heading_gender="Geschl.",
        heading_age="Altersgr.",
        total="Σ",
        grand_total="Ges.",
    ),
    Carrier(
        name="Jobzentrum Beispielstadt",
        measures={
            "begonnen": "TN-Eintritte",
            "beendet": "TN-Austritte, regulär",
            "integriert": "davon Integrationen in SvB oder Ausbildung",
            "termine_vereinbart": "Einladungen zu Terminen",
            "termine_wahrgenommen": "Vorsprachen zu Terminen",
            "uebergaben": "Übergaben an Dritte",
            "uebergaben_angekommen": "Übergaben an Dritte, angenommen",
            "gespraeche": "Gemeinsame Fallgespräche (trägerübergreifend)",
            "laufend": "TN im Bestand",
        },
        genders={"w": "weibl.", "m": "männl.", "d": "div."},
        ages={"18-29": "18 bis unter 30", "30-49": "30 bis unter 50", "50+": "50 und älter"},
        heading_measure="Indikator",
        heading_amount="Ist",
        heading_period="Berichtsquartal",
        heading_organisation="Dienststelle",
        total="Summe",
        grand_total="Summe gesamt",
    ),
    Carrier(
        name="Bildungswerk Talblick gGmbH",
        measures={
            "begonnen": "Teilnehmende: Maßnahmebeginn",
            "beendet": "Teilnehmende: regulärer Abschluss",
            "integriert": "nach Abschluss in Beschäftigung oder Ausbildung",
            "termine_vereinbart": "Coachings vereinb.",
            "termine_wahrgenommen": "Coachings durchgef.",
            "uebergaben": "Verweisberatungen",
            "uebergaben_angekommen": "Verweisberatungen mit Rückmeldung der Zielstelle",
            "gespraeche": "Helferrunden",
            "laufend": "aktuell Teilnehmende",
        },
        genders={"w": "Teilnehmerinnen", "m": "Teilnehmer (m)", "d": "Teilnehmende (d)"},
        ages={"18-29": "18 b. 29 Jahre", "30-49": "30 b. 49 Jahre", "50+": "über 49 Jahre"},
        heading_measure="Position",
        heading_age="Alter in Jahren",
        total="gesamt",
        grand_total="Alle",
    ),
    Carrier(
        name="Klinikum Nordufer, Sozialdienst",
        measures={
            "begonnen": "Anzahl neu begonnener Fälle",
            "beendet": "Anzahl regulär abgeschlossener Fälle",
            "integriert": "Anzahl Fälle mit Arbeits- oder Ausbildungsaufnahme",
            "termine_vereinbart": "Vergebene Beratungstermine",
            "termine_wahrgenommen": "Wahrgenommene Beratungstermine",
            "uebergaben": "Fallübergaben an externe Stellen",
            "uebergaben_angekommen": "Fallübergaben: Erstgespräch hat stattgefunden",
            "gespraeche": "Runde Tische mit Netzwerkpartnern",
            "laufend": "Offene Fälle zum Stichtag",
        },
        genders={"w": "weiblich", "m": "männlich", "d": "divers / k. A. zu m/w"},
        ages={"18-29": "18-29jährige", "30-49": "30-49jährige", "50+": "50 J. u. älter"},
        heading_measure="Leistung",
        heading_gender="Geschlecht (m/w/d)",
        heading_amount="Fallzahl",
    ),
    Carrier(
        name="AWO Musterkreis",
        measures={
            "begonnen": "Neue Klient:innen",
            "beendet": "Beendete Begleitungen (planmäßig)",
            "integriert": "Arbeits- / Ausbildungsaufnahmen",
            "termine_vereinbart": "Verabredete Gesprächstermine",
            "termine_wahrgenommen": "Stattgefundene Gesprächstermine",
            "uebergaben": "Übergänge zu anderen Trägern",
            "uebergaben_angekommen": "Gelungene Übergänge",
            "gespraeche": "Gespräche gemeinsam mit anderen Trägern",
            "laufend": "Klient:innen am Quartalsende",
        },
        genders={"w": "Frau", "m": "Mann", "d": "nicht-binär"},
        ages={"18-29": "U30", "30-49": "30–49", "50+": "Ü49"},
        heading_measure="Was",
        heading_amount="Wie viele",
        heading_organisation="Einrichtung",
        total="Teilsumme",
        grand_total="Gesamtsumme",
    ),
    Carrier(
        name="Drogenberatung Hafenblick",
        measures={
            "begonnen": "Erstaufnahmen im Quartal",
            "beendet": "Reguläre Beendigungen",
            "integriert": "Berufliche Wiedereingliederung (Arbeit, Ausbildung)",
            "termine_vereinbart": "Kontakte geplant",
            "termine_wahrgenommen": "Kontakte stattgefunden",
            "uebergaben": "Verweise an das Hilfenetz",
            "uebergaben_angekommen": "Verweise mit bestätigter Ankunft",
            "gespraeche": "Netzwerkkonferenzen",
            "laufend": "Betreute am letzten Tag des Quartals",
        },
        genders={"w": "weibliche Personen", "m": "männliche Personen", "d": "diverse Personen"},
        ages={"18-29": "zwischen 18 und 29", "30-49": "zwischen 30 und 49", "50+": "50 plus"},
        heading_measure="Erhebungsmerkmal",
        heading_gender="Gender",
        heading_age="Lebensalter",
    ),
    Carrier(
        name="Caritas Muldental",
        measures={
            "begonnen": "Fälle neu",
            "beendet": "Fälle abgeschlossen wie geplant",
            "integriert": "In Arbeit/Ausbildung",
            "termine_vereinbart": "Beratungen terminiert",
            "termine_wahrgenommen": "Beratungen durchgeführt",
            "uebergaben": "Weiterleitungen",
            "uebergaben_angekommen": "Weiterleitungen – Kontakt kam zustande",
            "gespraeche": "Hilfeplankonferenzen mit Partnern",
            "laufend": "Fälle laufend",
        },
        genders={"w": "♀", "m": "♂", "d": "⚧"},
        ages={"18-29": "18/29", "30-49": "30/49", "50+": ">=50"},
        heading_measure="Bezeichnung",
        heading_amount="n",
        heading_age="Altersklasse",
        total="ges.",
        grand_total="TOTAL",
    ),
)
