"""What the demo networks count and want: measures, indicators, targets, rules."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

PEOPLE_GRAIN: Final = ("age", "gender")


@dataclass(frozen=True, slots=True)
class Counted:
    """A measure of the demo."""

    code: str
    name: str
    definition: str
    unit: str
    group: str
    level: str
    counts: str
    adds: str = "flow"
    dimensions: tuple[str, ...] = ()
    asked_of: tuple[str, ...] = ("full", "clinic")
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Wanted:
    """One definition of an indicator; ``since`` is a round, counted from the first (0)."""

    code: str
    name: str
    goal: str
    formula: str
    definition: str
    unit: str = ""
    percent: bool = False
    decimals: int = 0
    direction: str = "up"
    accumulate: str = "per_period"
    baseline: Decimal | None = None
    since: int = 0
    reason: str = ""
    targets: tuple[tuple[int, str, str], ...] = ()  # round, value, tolerance


DIMENSIONS: Final = (
    ("gender", "Geschlecht", (("w", "Frauen"), ("m", "Männer"), ("d", "divers"))),
    ("age", "Alter", (("18-29", "18–29 Jahre"), ("30-49", "30–49 Jahre"), ("50+", "50 und älter"))),
    (
        "art",
        "Art der Zusammenarbeit",
        (
            ("info", "Austausch von Informationen"),
            ("ueberleitung", "verabredete Überleitung"),
            ("angebot", "gemeinsames Angebot"),
        ),
    ),
)
ALL: Final = ("full", "clinic", "partner")
BODY: Final = ("full",)
MEASURES: Final = (
    Counted("begonnen", "Begonnene Begleitungen",
            "Menschen, deren Begleitung in diesem Zeitraum begonnen hat. Jede Person einmal.",
            "Personen", "Begleitung", "output", "persons", dimensions=PEOPLE_GRAIN),
    Counted("mit_ziel", "Mit mindestens einem Ziel für die Arbeit",
            "Begonnene Begleitungen, in denen mindestens ein Ziel für Arbeit oder Ausbildung "
            "aufgeschrieben ist.",
            "Personen", "Begleitung", "output", "persons"),
    Counted("laufend", "Laufende Begleitungen am letzten Tag",
            "Menschen, die am letzten Tag des Zeitraums begleitet werden.",
            "Personen", "Begleitung", "output", "persons", adds="stock", asked_of=BODY),
    Counted("beendet", "Regulär beendete Begleitungen",
            "Menschen, deren Begleitung wie geplant geendet hat. Abbrüche zählen hier nicht.",
            "Personen", "Begleitung", "output", "persons", dimensions=PEOPLE_GRAIN),
    Counted("abgebrochen", "Abgebrochene Begleitungen",
            "Menschen, deren Begleitung vor dem geplanten Ende aufgehört hat.",
            "Personen", "Begleitung", "output", "persons"),
    Counted("integriert", "Davon in Arbeit oder Ausbildung",
            "Regulär beendete Begleitungen, nach denen die Person arbeitet oder eine Ausbildung "
            "begonnen hat.",
            "Personen", "Arbeit und Ausbildung", "outcome", "persons", dimensions=PEOPLE_GRAIN),
    Counted("platz_erhalten", "Arbeitsplatz erhalten",
            "Integrierte Personen, die an ihren bisherigen Arbeitsplatz zurückgekehrt sind.",
            "Personen", "Arbeit und Ausbildung", "outcome", "persons"),
    Counted("arbeit_neu", "Neue Arbeit aufgenommen",
            "Integrierte Personen mit einem neuen Arbeitsverhältnis.",
            "Personen", "Arbeit und Ausbildung", "outcome", "persons"),
    Counted("erstausbildung", "Erste Ausbildung begonnen",
            "Integrierte Personen, die ihre erste Berufsausbildung begonnen haben.",
            "Personen", "Arbeit und Ausbildung", "outcome", "persons"),
    Counted("folgeangebote", "Nutzt ein weiterführendes Angebot",
            "Beendete Begleitungen, nach denen die Person ein weiteres Angebot zur Teilhabe am "
            "Arbeitsleben nutzt.",
            "Personen", "Arbeit und Ausbildung", "outcome", "persons"),
    Counted("termine_vereinbart", "Vereinbarte Termine",
            "Alle Gesprächs- und Erhebungstermine, die für den Zeitraum vereinbart waren.",
            "Termine", "Termine und Übergaben", "output", "events"),
    Counted("termine_wahrgenommen", "Wahrgenommene Termine",
            "Vereinbarte Termine, zu denen die Person gekommen ist.",
            "Termine", "Termine und Übergaben", "output", "events"),
    Counted("uebergaben", "Übergaben an andere Träger",
            "Fälle, die mit Einwilligung an einen anderen Träger übergeben wurden.",
            "Übergaben", "Termine und Übergaben", "output", "cases", asked_of=BODY),
    Counted("uebergaben_angekommen", "Davon angekommen",
            "Übergaben, bei denen das erste Gespräch beim neuen Träger stattgefunden hat.",
            "Übergaben", "Termine und Übergaben", "outcome", "cases", asked_of=BODY),
    Counted("gespraeche", "Gemeinsame Gespräche mehrerer Träger",
            "Termine, an denen mindestens zwei Träger und die begleitete Person teilnehmen.",
            "Gespräche", "Zusammenarbeit", "output", "events", asked_of=("full", "partner")),
    Counted("kooperationen", "Verabredete Kooperationen",
            "Organisationen, mit denen am letzten Tag des Zeitraums eine Zusammenarbeit "
            "verabredet ist.",
            "Kooperationen", "Zusammenarbeit", "output", "other", adds="stock",
            dimensions=("art",), asked_of=ALL),
    Counted("zufriedenheit", "Zufriedenheit der Begleiteten",
            "Mittelwert der Abschlussfrage: 1 (gar nicht hilfreich) bis 5 (sehr hilfreich).",
            "Punkte", "Begleitung", "outcome", "persons", adds="mean", decimals=1),
    Counted("stunden", "Arbeitsstunden für das Netzwerk",
            "Stunden, die Ihre Beschäftigten für Treffen und Abstimmung im Netzwerk gearbeitet "
            "haben.",
            "Stunden", "Zusammenarbeit", "input", "other", asked_of=ALL, decimals=1),
)  # fmt: skip
INDICATORS: Final = (
    Wanted("integrationsquote", "In Arbeit oder Ausbildung",
           "Menschen kehren ins Erwerbsleben zurück",
           "arbeit_neu / beendet",
           "Von 100 Menschen, deren Begleitung regulär endet: So viele haben eine neue Arbeit.",
           percent=True, decimals=1, baseline=Decimal("0.18")),
    Wanted("integrationsquote", "In Arbeit oder Ausbildung",
           "Menschen kehren ins Erwerbsleben zurück",
           "integriert / beendet",
           "Von 100 Menschen, deren Begleitung regulär endet: So viele arbeiten oder beginnen "
           "eine Ausbildung.",
           percent=True, decimals=1, baseline=Decimal("0.35"), since=3,
           reason="Ein erhaltener Arbeitsplatz und eine erste Ausbildung zählen jetzt mit. "
                  "So hatten es die Partner beim Netzwerktreffen gewünscht.",
           targets=((3, "0.40", "0.03"), (4, "0.42", "0.03"), (5, "0.42", "0.03"),
                    (6, "0.44", "0.03"), (7, "0.45", "0.03"), (8, "0.45", "0.03"))),
    Wanted("termintreue", "Wahrgenommene Termine",
           "Jede Person nimmt alle Termine wahr",
           "termine_wahrgenommen / termine_vereinbart",
           "Von 100 vereinbarten Terminen: So viele haben stattgefunden.",
           percent=True, decimals=1, baseline=Decimal("0.72"),
           targets=tuple((q, "0.80", "0.02") for q in range(9))),
    Wanted("zielquote", "Mit einem Ziel für die Arbeit",
           "Jede Person hat mindestens ein Ziel für die Arbeit",
           "mit_ziel / begonnen",
           "Von 100 begonnenen Begleitungen: So viele haben ein aufgeschriebenes Ziel.",
           percent=True, decimals=1, targets=tuple((q, "1", "0.05") for q in range(9))),
    Wanted("uebergabequote", "Übergaben, die ankommen",
           "Niemand geht zwischen zwei Trägern verloren",
           "uebergaben_angekommen / uebergaben",
           "Von 100 Übergaben: Bei so vielen fand das erste Gespräch beim neuen Träger statt.",
           percent=True, decimals=1, baseline=Decimal("0.55"),
           targets=tuple((q, "0.75", "0.05") for q in range(3, 9))),
    Wanted("gespraeche_summe", "Gemeinsame Gespräche seit Beginn",
           "Träger sprechen gemeinsam mit der Person",
           "gespraeche",
           "Alle gemeinsamen Gespräche mehrerer Träger seit dem ersten Zeitraum.",
           unit="Gespräche", accumulate="cumulative",
           targets=((3, "280", "20"), (7, "650", "30"))),
    Wanted("kooperationen_stand", "Verabredete Kooperationen",
           "Zusammenarbeit wächst in Zahl und Art",
           "kooperationen",
           "Alle verabredeten Kooperationen am letzten Tag des Zeitraums.",
           unit="Kooperationen", accumulate="latest", targets=((7, "120", "10"),)),
    Wanted("abbruchquote", "Abgebrochene Begleitungen",
           "Menschen bleiben bis zum Ende dabei",
           "abgebrochen / (beendet + abgebrochen)",
           "Von 100 Begleitungen, die enden: So viele enden vorzeitig.",
           percent=True, decimals=1, direction="down", baseline=Decimal("0.30"),
           targets=tuple((q, "0.20", "0.02") for q in range(9))),
    Wanted("arbeit_neu_zahl", "Neue Arbeit aufgenommen",
           "Menschen kehren ins Erwerbsleben zurück", "arbeit_neu",
           "So viele Menschen haben eine neue Arbeit aufgenommen.", unit="Personen"),
    Wanted("platz_erhalten_zahl", "Arbeitsplatz erhalten",
           "Menschen kehren ins Erwerbsleben zurück", "platz_erhalten",
           "So viele Menschen sind an ihren Arbeitsplatz zurückgekehrt.", unit="Personen"),
    Wanted("erstausbildung_zahl", "Erste Ausbildung begonnen",
           "Menschen kehren ins Erwerbsleben zurück", "erstausbildung",
           "So viele Menschen haben ihre erste Ausbildung begonnen.", unit="Personen"),
    Wanted("folgequote", "Weiterführende Angebote genutzt",
           "Menschen nutzen weitere Leistungen zur Teilhabe",
           "folgeangebote / beendet",
           "Von 100 regulär beendeten Begleitungen: So viele führen in ein weiteres Angebot.",
           percent=True, decimals=1),
    Wanted("zufriedenheit_mittel", "Zufriedenheit der Begleiteten",
           "Die Begleitung hilft aus Sicht der Menschen", "zufriedenheit",
           "Mittelwert aller Antworten auf die Abschlussfrage, 1 bis 5 Punkte.",
           unit="Punkte", decimals=1, targets=tuple((q, "4", "0.2") for q in range(4, 9))),
)  # fmt: skip
RULES: Final = (
    ("integriert <= beendet", "error",
     "Es können nicht mehr Menschen integriert sein, als Begleitungen geendet haben."),
    ("termine_wahrgenommen <= termine_vereinbart", "error",
     "Es können nicht mehr Termine wahrgenommen als vereinbart worden sein."),
    ("uebergaben_angekommen <= uebergaben", "error",
     "Es können nicht mehr Übergaben ankommen, als gemacht wurden."),
    ("mit_ziel <= begonnen", "error",
     "Es können nicht mehr Menschen ein Ziel haben, als Begleitungen begonnen haben."),
    ("platz_erhalten + arbeit_neu + erstausbildung == integriert", "question",
     ("Arbeitsplatz erhalten, neue Arbeit und erste Ausbildung ergeben zusammen sonst die "
     "integrierten Personen.")),
    ("folgeangebote <= beendet", "question",
     "Sonst nutzen höchstens so viele ein Angebot, wie Begleitungen geendet haben."),
)  # fmt: skip
SECOND_MEASURES: Final = (
    Counted("beratungen", "Beratene Alleinerziehende",
            "Alleinerziehende, die im Zeitraum mindestens einmal beraten wurden.",
            "Personen", "Beratung", "output", "persons", asked_of=("small",)),
    Counted("arbeit", "Arbeit oder Ausbildung begonnen",
            "Beratene Alleinerziehende, die eine Arbeit oder Ausbildung begonnen haben.",
            "Personen", "Beratung", "outcome", "persons", asked_of=("small",)),
    Counted("betreuung", "Vermittelte Kinderbetreuung",
            "Kinder, für die ein Betreuungsplatz gefunden wurde.",
            "Kinder", "Betreuung", "output", "persons", asked_of=("small",)),
)  # fmt: skip
SECOND_INDICATORS: Final = (
    Wanted("arbeitsquote", "In Arbeit nach der Beratung",
           "Alleinerziehende können arbeiten", "arbeit / beratungen",
           "Von 100 beratenen Alleinerziehenden: So viele haben eine Arbeit oder Ausbildung "
           "begonnen.",
           percent=True, decimals=1, targets=((1, "0.25", "0.03"), (2, "0.25", "0.03"))),
    Wanted("betreuungsplaetze", "Vermittelte Betreuungsplätze",
           "Kinder sind gut betreut", "betreuung",
           "Kinder, für die ein Platz gefunden wurde.", unit="Kinder"),
)  # fmt: skip
