"""What words of the field speak of, so that ``Neuzugänge`` is found for ``Begonnene Begleitungen``.

A small thesaurus of welfare work. A phrase is taken out of the label before its single words
are looked at, so that ``Arbeitsaufnahme`` speaks of work and not of a beginning. It only
suggests: which measure is meant is decided by likeness to all measures asked, and asked
where two come close.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final


class Concept(StrEnum):
    """An idea several words stand for."""

    START = "start"
    END = "end"
    STOCK = "stock"
    REGULAR = "regular"
    EARLY = "early"  # broken off
    WORK = "work"
    TRAINING = "training"
    JOB_KEPT = "job_kept"
    FIRST = "first"
    APPOINTMENT = "appointment"
    AGREED = "agreed"
    KEPT = "kept"
    MISSED = "missed"
    HANDOVER = "handover"
    ARRIVED = "arrived"
    TALK = "talk"
    JOINT = "joint"
    ADVICE = "advice"
    CASE = "case"
    COOPERATION = "cooperation"
    FURTHER = "further"
    GOAL = "goal"
    SATISFACTION = "satisfaction"
    HOURS = "hours"
    MONEY = "money"
    CHILDCARE = "childcare"
    HOUSING = "housing"
    DEBT = "debt"
    ENQUIRY = "enquiry"
    WAITING = "waiting"
    VOLUNTEER = "volunteer"
    GROUP = "group"
    EVENT = "event"
    LANGUAGE = "language"
    NOT = "not"


OPPOSED: Final = (
    frozenset({Concept.AGREED, Concept.KEPT, Concept.MISSED}),
    frozenset({Concept.REGULAR, Concept.EARLY}),
    frozenset({Concept.START, Concept.END, Concept.STOCK, Concept.WAITING}),
)
"""Of each set a label and a measure must not speak of different members."""

NARROWS: Final = frozenset(
    set(Concept) - {Concept.CASE, Concept.ADVICE, Concept.APPOINTMENT, Concept.HANDOVER}
)
"""What restricts: a label without it may well count more than the measure that has it."""

WEIGHT: Final = {Concept.CASE: 0.2, Concept.JOINT: 0.7, Concept.ADVICE: 0.5, Concept.NOT: 2.0}
"""How much a concept says; 1 where nothing stands."""

_PHRASES: Final[tuple[tuple[Concept | None, tuple[str, ...]], ...]] = (
    (None, (
        r"\bnach (?:dem |der )?(?:ende|abschluss|beendigung|entlassung|massnahme\w*)\b",
    )),
    (Concept.NOT, (
        r"\b(?:nicht|ohne|kein(?:e|en|er)?|nie|un(?=entschuldigt))\b", r"\bfehlend\w*",
    )),
    (Concept.ARRIVED, (
        r"erst(?:kontakt|gespraech|termin)e?\s+(?:ist |hat |kam |wurde )?(?:erfolgt|zustande)\w*",
        r"erst(?:kontakt|gespraech|termin)e?\s+(?:ist |hat |wurde )?(?:stattgefunden|gefuehrt)",
        r"\bkontakt (?:ist |kam |wurde )?(?:zustande|hergestellt)\w*",
        r"\bin der (?:neuen )?stelle angekommen\b", r"\bmit (?:rueckmeldung|anschluss|erfolg)\b",
        r"\bkontakt (?:hergestellt|zustande gekommen|erfolgt|aufgenommen)\b", r"\bankunft\w*",
        r"\brueckmeldung (?:erhalten|liegt vor|erfolgt)\b", r"\bangenommen\b", r"\bangekommen\w*",
        r"\bangetreten\w*", r"\berfolgreich\w*", r"\bgelungen\w*", r"\brueckgemeldet\b",
        r"\brueckmeldung\w*", r"\bbestaetigt\w*", r"\bzustande\s?gekommen\w*", r"\bangebunden\w*",
    )),
    (Concept.JOB_KEPT, (
        r"arbeits(?:platz|stelle|verhaeltnis)\w* (?:erhalten|gesichert|behalten)\w*",
        r"\bjob\w* erhalten", r"\barbeitsplatz(?:erhalt|sicherung)\w*", r"\bstelle behalten",
        r"\brueckkehr (?:an|in) (?:den|die) (?:alten?\s)?arbeit\w*",
    )),
    (Concept.WORK, (
        r"arbeits?(?:auf|ein|be)nahm\w*", r"\barbeits?-(?=\s|/)", r"\bberufliche?[nr]?\b",
        r"\b(?:aufnahme|beginn) (?:einer |von |der )?(?:arbeit|beschaeftigung|taetigkeit)\w*",
        r"\bvermittlung\w* (?:in|auf)\s(?:den\s)?(?:\d\.\s)?(?:arbeit|job|beschaeftigung|svb)\w*",
        r"\bin (?:arbeit|beschaeftigung|lohn und brot)\b", r"\bsvb?\b", r"\bsvp\b",
        r"\bsozialversicherungspflichtig\w*", r"\b(?:erwerbs|berufs)taetig\w*",
        r"\berwerbstaetigkeit\w*", r"\bbeschaeftigt\w*", r"\bbeschaeftigung(?!stherap)\w*",
        r"\bintegr(?:\.|ation\w*|iert\w*)", r"\barbeitsmarkt\w*", r"\bjobs?\b",
        r"\bjobaufnahm\w*", r"\berwerbsintegration\w*",
        r"\barbeit(?:s(?:stelle|platz|verhaeltnis)\w*)?\b", r"\b\w*eingliederung\w*",
        r"\beinmuendung\w*",
    )),
    (Concept.TRAINING, (
        r"\baus(?:bildung\w*|b)\b", r"\bausbildungs(?:aufnahme|beginn|platz)\w*",
        r"\blehrstelle\w*", r"\bqualifizierung\w*", r"\bumschulung\w*", r"\blehre\b",
    )),
    (Concept.STOCK, (
        r"\b(?:in|am) (?:laufender )?(?:betreuung|begleitung|beratung|massnahme)\b",
        r"\blaufend\w*", r"\b\w*bestand\w*", r"\bstichtag\w*", r"\baktuell\w*", r"\bderzeit\w*",
        r"\bbelegung\w*", r"\b(?:am|zum) (?:quartals|monats|jahres)?ende\b",
        r"\bzum \d+\.\d+\.\w*", r"\bende (?:des )?(?:quartal|monat|jahr)\w*", r"\boffene?\b",
        r"\b(?:quartals|monats|jahres)letzte\w*", r"\bam letzten tag\b",
        r"\b(?:quartals|monats|jahres)(?:ende|letzter)\b", r"\baktiv\w*",
        r"\bgegenwaertig\w*",
    )),
    (Concept.APPOINTMENT, (r"\b\w+termine?n?\b",)),
    (Concept.TALK, (
        r"\bfall(?:gespraech|konferenz|besprechung|runde|beratung)\w*",
        r"\bhelfer(?:konferenz|runde)\w*", r"\brunde[rn]? tisch\w*",
        r"\bhilfeplan(?:gespraech|konferenz)\w*", r"\b\w*konferenz\w*",
        r"\b(?:netzwerk|traeger|kooperations|uebergabe|abstimmungs|dreier)gespraech\w*",
        r"\b\w*gespraech\w*", r"\bbesprechung\w*",
    )),
    (Concept.JOINT, (
        r"\btraegeruebergreifend\w*", r"\bgemeinsam\w*",
        r"\bmit (?:dritten|anderen|traegern|partnern|netzwerkpartnern|kooperationspartnern)\b",
        r"\bm\. dritten\b", r"\binstitutionsuebergreifend\w*", r"\bmehrerer? traeger\b",
        r"\bfallbezogen\w*", r"\bsektorenuebergreifend\w*", r"\bnetzwerk\w*",
    )),
    (Concept.HANDOVER, (
        r"\b\w*ueber(?:gabe|leitung|gang|gaeng|weisung|fuehrung)\w*",
        r"\b(?:ueber(?:geben|geleitet|gegangen|wiesen))\w*",
        r"\bweiter(?:vermittl|leit|verweis|gab|vermittelt|geleitet)\w*", r"\bverweis\w*",
        r"\bvermittlung\w* (?:an|zu|in andere)\b", r"\banschluss(?:hilfe|angebot|vermittlung)\w*",
    )),
    (Concept.FURTHER, (
        r"\bweiterfuehrend\w*", r"\bfolgeangebot\w*", r"\banschlussangebot\w*", r"\bnachsorge\w*",
    )),
    (Concept.COOPERATION, (
        r"\bkooperation(?!spartner)\w*", r"\bvereinbarung\w*", r"\bzusammenarbeit\w*",
    )),
    (Concept.REGULAR, (
        r"\b(?:regulaer|planmaessig|plangemaess|ordnungsgemaess|ordentlich|regelgerecht)\w*",
        r"\breg\.(?=\s|$)", r"\bwie (?:geplant|vereinbart)\b",
    )),
    (Concept.MISSED, (
        r"\b(?:ausgefallen|versaeumt|abgesagt|verpasst|geschwaenzt)\w*",
        r"\b(?:nicht (?:erschienen|wahrgenommen|eingehalten)|no[- ]?show)\w*",
        r"\b(?:ausfall|fehltermin|absage)\w*",
    )),
    (Concept.KEPT, (
        r"\bwahrgenommen\w*", r"\bwahrn\.", r"\bstattgefunden\w*", r"\bstattgef\.",
        r"\berschienen\w*", r"\berschein\w*", r"\bdurchgef(?:uehrt\w*|\.)", r"\bdurchfuehrung\w*",
        r"\beingehalten\w*", r"\bgehalten\w*", r"\bvorsprache\w*", r"\bteilgenommen\w*",
        r"\banwesend\w*", r"\brealisiert\w*", r"\berfolgte?n?\b", r"\bgeleistet\w*",
        r"\babsolviert\w*", r"\bgenutzt\w*",
    )),
    (Concept.AGREED, (
        r"\bvereinbart\w*", r"\bvereinb\.?(?=\s|$)", r"\bverabredet\w*", r"\bgeplant\w*",
        r"\bangesetzt\w*", r"\bvergeben\w*", r"\bein(?:geladen|ladung)\w*", r"\bangeboten\w*",
        r"\bfestgelegt\w*", r"\bterminiert\w*", r"\bgebucht\w*", r"\bausgemacht\w*",
        r"\bterminvergabe\w*", r"\bterminvereinbarung\w*",
    )),
    (Concept.APPOINTMENT, (
        r"\b\w*termin(?:e|en|s)?\b", r"\bcoachings?\b", r"\b\w*kontakte?n?\b", r"\bsitzung\w*",
        r"\b\w*einheiten\b", r"\bsprechstunde\w*", r"\bsitzungen\b", r"\btermin\w*",
    )),
    (Concept.EARLY, (
        r"\b(?:abbrech|abgebroch|abbruch|abbrueche|vorzeitig)\w*",
        r"\b(?:irregulaer|unplanmaessig|ausgeschieden|ausschluss|ausgeschlossen|verlegt)\w*",
    )),
    (Concept.START, (
        r"\b(?:begonnen|beginn|begin|start|gestartet)\w*",
        r"\b(?:neu(?:fall|faelle|aufnahme|zugang|zugaeng|eintritt|klient|anmeldung|kund))\w*",
        r"\b(?:zugang)\w*", r"\b(?:zugaeng|eintritt|aufnahme)\w*",
        r"\b(?:aufgenommen|einstieg|eingetret|eingang|eingaeng)\w*",
        r"\b(?:erstkontakt|erstgespraech|erstaufnahm|anmeldung|zugegangen)\w*", r"\bneue?\b",
        r"\b\w+(?:beginn|eintritte?|zugaenge?|aufnahmen?)\b",
    )),
    (Concept.END, (
        r"\b(?:beendet|beendig|ende\b|abgang|abgaeng|austritt)\w*",
        r"\b(?:abschluss|abschluess|abgeschlossen|entlass|abmeldung|ausgeschied|ausgang)\w*",
        r"\b\w+(?:abschluesse?|austritte?|abgaenge?)\b",
    )),
    (Concept.FIRST, (
        r"\berste?[rn]?\b", r"\berstmalig\w*", r"\berst(?=ausbildung)",
    )),
    (Concept.GOAL, (
        r"\b\w*ziele?n?\b", r"\bzielvereinbarung\w*", r"\bfoerderplan\w*", r"\bhilfeplan\w*",
    )),
    (Concept.SATISFACTION, (
        r"\bzufrieden\w*", r"\bbewertung\w*", r"\bfeedback\b",
    )),
    (Concept.HOURS, (
        r"\b\w*stunden?\b", r"\bstd\b", r"\bzeitaufwand\w*", r"\barbeitszeit\w*",
    )),
    (Concept.MONEY, (
        r"\b(?:kosten|ausgaben|mittel|budget|euro|eur|zuschuss|zuschuesse|spenden)\b", r"€",
    )),
    (Concept.CHILDCARE, (
        r"\b(?:kinderbetreuung|kita|krippe|tagespflege|betreuungsplatz|betreuungsplaetze)\w*",
    )),
    (Concept.HOUSING, (
        r"\bwohn\w*", r"\bunterkunft\w*", r"\bmiet\w*",
    )),
    (Concept.DEBT, (
        r"\bschuld(?:en|ner)\w*", r"\binsolvenz\w*",
    )),
    (Concept.ENQUIRY, (
        r"\banfrage\w*", r"\binteressent\w*", r"\berstanfrage\w*",
    )),
    (Concept.WAITING, (
        r"\bwarte(?:liste|zeit|nd)\w*", r"\bwartend\w*",
    )),
    (Concept.VOLUNTEER, (
        r"\behrenamt\w*", r"\bfreiwillig\w*", r"\bengagiert\w*",
    )),
    (Concept.GROUP, (
        r"\bgruppe(?:n\w*)?\b", r"\bkurs\w*",
    )),
    (Concept.EVENT, (
        r"\bveranstaltung\w*", r"\bworkshop\w*", r"\bseminar\w*", r"\bschulung\w*",
        r"\bfortbildung\w*",
    )),
    (Concept.LANGUAGE, (
        r"\bsprach\w*", r"\bdeutschkurs\w*",
    )),
    (Concept.ADVICE, (
        r"\b(?:berat\w*|beratung\w*|sozialberatung\w*)",
    )),
    (Concept.CASE, (
        r"\b(?:faelle|fall|klient\w*|kl\.?(?=\s|$)|teilnehm\w*)",
        r"\b(?:tn\b|person\w*|betreu\w*|begleit\w*|ratsuchend\w*|massnahme\w*)",
        r"\b(?:mensch\w*|patient\w*|rehabilitand\w*|kund\w*|bewohn\w*|hilfe(?:n|suchend\w*)?)",
        r"\b(?:nutzer\w*|nutzend\w*|leistungsberechtigt\w*|adressat\w*|akten?\b|prozess\w*)",
    )),
)  # fmt: skip
"""In this order: a phrase is taken out before words it is made of. None says when, not what."""
_WITH_OTHERS: Final = re.compile(
    r"\b(?:fall|helfer)konferenz|\brunde[rn]? tisch|\bhelferrunde"
    r"|\b(?:netzwerk|traeger|kooperations|dreier)gespraech"
)
"""Talks that nobody holds alone."""
_PATTERNS: Final = tuple((concept, re.compile("|".join(parts))) for concept, parts in _PHRASES)


def concepts_in(text: str) -> tuple[frozenset[Concept], str]:
    """The concepts of a label in :func:`plain` spelling, and what is left of it."""
    found: set[Concept] = {Concept.JOINT} if _WITH_OTHERS.search(text) else set()
    for concept, pattern in _PATTERNS:
        text, hits = pattern.subn(" ", text)
        if hits and concept:
            found.add(concept)
    return frozenset(found), text
