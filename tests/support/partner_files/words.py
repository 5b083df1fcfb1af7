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
)
