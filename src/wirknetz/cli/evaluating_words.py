"""Sentences about a round evaluated without the site: what is open, and how it is answered."""

from wirknetz.cli.counting_words import gap_words, question_words
from wirknetz.cli.file_words import unreadable_words
from wirknetz.cli.say import gettext as _
from wirknetz.core.evaluation import Open, OpenKind
from wirknetz.core.files.counting import GapCode
from wirknetz.core.files.counting import QuestionCode as CountingCode
from wirknetz.core.files.grid import FlawCode
from wirknetz.core.files.recognition.model import QuestionCode
from wirknetz.core.measures import FindingCode

MOST_PLACES = 6


def open_sentence(one: Open) -> str:
    """What is open, with the places."""
    what = _what(one).format_map(_Params(one.params))
    if not one.places:
        return what
    shown = ", ".join(one.places[:MOST_PLACES])
    more = " …" if len(one.places) > MOST_PLACES else ""
    return f"{what} ({shown}{more})"


def answer_hint(one: Open) -> str:
    """What to write into the definition; empty where there is nothing to choose."""
    if not one.key or not one.choices:
        return ""
    return _('In der Definition unter [organisation.antworten]: "{key}" = "{choices}"').format(
        key=one.key, choices=_('" oder "').join(one.choices)
    )


class _Params(dict[str, str]):
    """What a sentence needs and nobody said stays out of it."""

    def __missing__(self, _key: str) -> str:
        return ""


def _what(one: Open) -> str:
    match one.kind:
        case OpenKind.UNREADABLE:
            return unreadable_words()[FlawCode(one.code)]
        case OpenKind.COUNTING:
            return question_words()[CountingCode(one.code)]
        case OpenKind.GAP:
            return gap_words()[GapCode(one.code)]
        case OpenKind.QUESTION:
            return recognition_words()[QuestionCode(one.code)]
        case OpenKind.FINDING:
            return finding_words()[FindingCode(one.code)]
        case _:
            return _others(one)


def _others(one: Open) -> str:
    sentences = {
        OpenKind.NO_FILE: _("Keine Datei."),
        OpenKind.NOT_FOUND: _("Nicht in der Datei: {code}.").replace("{code}", one.code),
        OpenKind.GUIDE: _("Die Zähl-Anleitung {guide} kann nicht verwendet werden: {why}"),
        OpenKind.PERSONS: _(
            "Das ist eine Liste von Personen ({rows} Zeilen auf „{page}“). Bitte unter "
            '[[organisation]] eine Zähl-Anleitung angeben: anleitung = "…"'
        ),
    }
    return sentences[one.kind]


def recognition_words() -> dict[QuestionCode, str]:
    """A sentence for every question about a file."""
    return (
        _about_words()
        | _about_numbers()
        | {
            QuestionCode.PERIOD: _("Die Datei spricht von einem anderen Zeitraum: {found}."),
            QuestionCode.PAGE: _("Welches Blatt gilt: {pages}?"),
            QuestionCode.ORGANISATION: _("Hier steht eine andere Organisation: {text}."),
            QuestionCode.PLAN: _("Ist das geplant oder erreicht?"),
            QuestionCode.HIDDEN: _("Die Zahl steht in einer ausgeblendeten Zeile oder Spalte."),
            QuestionCode.PROFILE: _("Der Aufbau ist anders als gelernt: {what}."),
        }
    )


def _about_words() -> dict[QuestionCode, str]:
    return {
        QuestionCode.LABEL: _("Was bedeutet „{text}“?"),
        QuestionCode.CATEGORY: _("Unbekannte Ausprägung „{text}“."),
        QuestionCode.BANDS: _("Andere Altersgruppen als gefragt: {found}."),
        QuestionCode.STATE: _("Heißt „{text}“ null oder nicht erhoben?"),
    }


def _about_numbers() -> dict[QuestionCode, str]:
    return {
        QuestionCode.TWO_NUMBERS: _("Zwei verschiedene Zahlen für {target}."),
        QuestionCode.SUM: _("Die Summe stimmt nicht: {parts} statt {total}."),
        QuestionCode.NUMBER_STYLE: _("Ist „{text}“ tausend oder ein Bruch?"),
        QuestionCode.TEXT_NUMBER: _("Welche Zahl ist „{text}“?"),
        QuestionCode.PART: _("{part} ist mehr als {whole}."),
        QuestionCode.SIZE: _("Ungewöhnlich groß oder klein: {now}."),
        QuestionCode.NEGATIVE: _("Eine Zahl unter 0."),
        QuestionCode.DECIMALS: _("Eine Zahl mit Komma, wo ganze gezählt werden: {text}."),
        QuestionCode.ERROR: _("Ein Fehler oder eine nie berechnete Formel."),
    }


def finding_words() -> dict[FindingCode, str]:
    """A sentence for every way in which values cannot be right together."""
    odd = _("{measure}: {amount} kann nicht stimmen.")
    return dict.fromkeys(FindingCode, odd) | {
        FindingCode.ABOVE_TOTAL: _("{measure}: Die Teile ergeben mehr als die Summe {total}."),
        FindingCode.BELOW_TOTAL: _("{measure}: Die Teile ergeben weniger als die Summe {total}."),
    }
