"""Words that every German table uses, whatever it counts."""

from __future__ import annotations

import re
from typing import Final

OF_WHICH: Final = re.compile(
    r"^(?:[-+•·>→…. ]*)(?:davon|darunter|hiervon|dav\.|dar\.|d\.|von diesen|von denen|darin)"
    r"(?:\s*(?:im einzelnen|sind|waren|wurden))?(?=[\s:,.-]|$)[\s:,.-]*"
    r"|^(?:…|\.\.\.|→|•|-\s|>\s)\s*"
)
TOTAL: Final = re.compile(
    r"\b(?:ins)?gesamt(?:summe|zahl|wert|anzahl|ergebnis)?\b"
    r"|\b(?:zwischen|teil|gesamt)?summen?\b"
    r"|\btotal\b|\bzusammen\b|\balle\b|\bges\.(?=\s|$)|\binsg\.|∑|σ|\bi\.\s?g\."
)
RATIO: Final = re.compile(
    r"%|\bv\.\s?h\.|\bprozent\w*|\b\w*quote[n]?\b|\banteil\w*|\b\w*rate\b|\bverhaeltnis\b"
    r"|\bdurchschnitt\w*|\bmittelwert\w*|\bpro (?:kopf|fall|person)\b"
    r"|\bje (?:fall|person|klient\w*|tn)\b|(?<!\w)ø(?!\w)"
)
NUMBERED: Final = re.compile(
    r"^(?:\d{1,2}(?:\.\d{1,2})*[.)]|[a-h]\)|\(\w\))\s*(?=[a-z]{3})"
    r"(?!quart|halbj|vierte|arbeitsm|q\b)"
)
PLAN: Final = re.compile(
    r"\bsoll(?:wert|zahl|stand|vorgabe)?\w*\b|\bplan(?:zahl|wert|ung|groesse)?(?:en)?\b"
    r"|\bziel(?:wert|zahl|vorgabe|marke)\w*\b|\bprognose\b|\berwartet\w*|\bvorgabe\b|\bbudgetiert\b"
)
ACHIEVED: Final = re.compile(r"\bist(?:-?(?:wert|zahl|stand)\w*)?\b|\berreicht\w*\b")
REMARK: Final = re.compile(
    r"^(?:stand\b[:\s]*(?:\d|vom|am|zum)|ansprech\w*|tel\b|telefon(?:nr|nummer)?\b|fax\b|e-?mail"
    r"|mail|bearbeit\w*|erstellt|datum\b|quelle\b|hinweis\w*|anmerkung\w*|bemerkung\w*|kommentar\w*"
    r"|notiz\w*|erlaeuterung\w*|legende|fussnote\w*|unterschrift|kontakt:|seite \d|ort, datum"
    r"|gez\.|version|ausgefuellt|aktenzeichen|az\b|sachbearb\w*"
    r"|\*|\d\)\s|bitte\b|angaben\b)"
)
HEADINGS: Final = {
    "measure": (
        "kennzahl", "kennzahlen", "merkmal", "merkmale", "messgroesse", "messgroessen", "indikator",
        "indikatoren", "bezeichnung", "position", "posten", "leistung", "leistungen", "angabe",
        "kategorie", "gegenstand", "art", "thema", "was", "rubrik", "zeile", "daten", "kriterium",
        "sonstiges", "weitere angaben", "uebrige angaben", "allgemeines", "kennziffer",
        "beschreibung",
        "statistik", "ereignis", "erhebungsmerkmal", "inhalt", "messwert name", "item", "variable",
    ),
    "amount": (
        "anzahl", "wert", "werte", "menge", "zahl", "zahlen", "anz", "ist", "ist wert", "messwert",
        "ergebnis", "betrag", "faelle", "personen", "n", "haeufigkeit", "absolut", "abs", "tn",
        "fallzahl", "wie viele", "wieviele", "anzahl personen", "anzahl faelle", "ist zahl",
        "istwert", "meldung",
    ),
    "period": (
        "zeitraum", "quartal", "monat", "jahr", "berichtszeitraum", "periode", "halbjahr",
        "von bis",
        "berichtsquartal", "berichtsmonat", "zeit", "berichtsperiode",
    ),
    "organisation": (
        "traeger", "einrichtung", "organisation", "partner", "standort", "institution", "dienst",
        "stelle", "haus", "meldende stelle", "dienststelle", "mandant", "verband",
    ),
    "remark": (
        "bemerkung", "bemerkungen", "anmerkung", "anmerkungen", "kommentar", "hinweis", "hinweise",
        "notiz", "notizen", "erlaeuterung", "erlaeuterungen", "quelle", "status",
    ),
    "number": (
        "lfd nr", "nr", "nummer", "lfd", "pos", "id", "lfdnr", "code", "kuerzel", "ziffer",
        "kennung",
    ),
}  # fmt: skip
HEADING_OF: Final = {text: code for code, texts in HEADINGS.items() for text in texts}
DIMENSION_WORDS: Final = {
    "gender": (
        "geschlecht", "geschl", "gender", "m w d", "w m d", "sex", "geschlechter", "mw", "m w",
        "w m",
    ),
    "age": (
        "alter", "altersgruppe", "altersgruppen", "altersklasse", "altersklassen", "altersband",
        "jahre", "alter in jahren", "altersstufe", "age", "altersgr", "alterskategorie",
        "lebensalter",
    ),
}  # fmt: skip
HARMLESS: Final = frozenset((
    "der", "die", "das", "des", "dem", "den", "in", "im", "am", "an", "von", "vom", "zum", "zur",
    "zu",
    "und", "oder", "u", "o", "mit", "bei", "fuer", "auf", "aus", "je", "pro", "einer", "eines",
    "einem",
    "ein", "eine", "anzahl", "zahl", "zahlen", "anz", "wert", "zeitraum", "quartal", "monat",
    "jahr",
    "berichtszeitraum", "berichtsquartal", "ist", "wurden", "wurde", "sind", "waren", "hat",
    "haben",
    "davon", "gesamt", "summe", "unsere", "unserer", "unser", "wir", "als", "nach", "durch", "inkl",
    "bzw", "etc", "stand", "letzter", "letzten", "letzte", "tag", "tage", "monatsende", "hier",
    "quartalsende", "mehrerer", "traeger", "traegern", "andere", "anderen", "anderer", "ende",
    "jeweils", "einrichtung", "einrichtungen", "stelle", "stellen", "dienste", "dienst", "externe",
    "vermittelt", "vermittelte", "vermittlung", "vermittlungen", "dort", "extern", "gemeldet",
    "gemeldete", "eingeleitet", "eingeleitete", "veranlasst", "veranlasste", "dritte",
    "dritten", "erfolgt", "erfolgte", "erfolgten", "statistik", "angaben", "daten", "uebersicht",
    "meldung", "bericht",
))  # fmt: skip
