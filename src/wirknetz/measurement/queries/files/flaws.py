"""Why a file cannot be read, what is worth a word about it, where it speaks of persons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wirknetz.core.files.grid import FlawCode, Note, NoteCode, NotReadable
from wirknetz.core.files.persons import PersonsFound
from wirknetz.core.files.persons_signs import Kind
from wirknetz.measurement.queries.collection.sentences import number
from wirknetz.measurement.queries.files.words import Text

FLAWS: Final[Mapping[FlawCode, Text]] = {
    FlawCode.EMPTY: gettext_lazy(
        "Die Datei ist leer. Bitte sehen Sie nach, ob es die richtige ist."
    ),
    FlawCode.TOO_BIG: gettext_lazy(
        "Die Datei ist mit %(size)s zu groß. Höchstens %(limit)s sind möglich. Löschen Sie in "
        "einer Kopie alte Blätter und Bilder."
    ),
    FlawCode.UNPACKS_TOO_BIG: gettext_lazy(
        "Diese Datei ist gepackt und würde beim Öffnen riesig. Das füllt niemand von Hand aus. "
        "Bitte kopieren Sie das Blatt mit den Zahlen in eine neue Tabelle."
    ),
    FlawCode.DAMAGED: gettext_lazy(
        "Die Datei ist beschädigt oder unvollständig. Öffnen Sie sie in Ihrem Programm, "
        "speichern Sie sie neu, und versuchen Sie es noch einmal."
    ),
    FlawCode.NOT_A_TABLE: gettext_lazy(
        "Das ist keine Tabelle (%(looks_like)s). Möglich sind Excel, LibreOffice und CSV."
    ),
    FlawCode.PASSWORD: gettext_lazy(
        "Die Datei ist mit einem Passwort geschützt. Speichern Sie bitte eine Kopie ohne Passwort."
    ),
    FlawCode.TOO_WIDE: gettext_lazy(
        "Die Tabelle hat %(columns)s Spalten. Höchstens %(limit)s sind möglich. Bitte kopieren "
        "Sie den Teil mit den Zahlen in eine neue Tabelle."
    ),
    FlawCode.TOO_MANY_CELLS: gettext_lazy(
        "In der Datei stehen mehr als %(limit)s Werte. Das ist für eine Meldung zu viel. Bitte "
        "kopieren Sie den Teil mit den Zahlen in eine neue Tabelle."
    ),
    FlawCode.NO_CONTENT: gettext_lazy("In der Datei ist keine einzige Zelle ausgefüllt."),
    FlawCode.TOOK_TOO_LONG: gettext_lazy(
        "Die Datei zu lesen dauert zu lange. Bitte kopieren Sie das Blatt mit den Zahlen in eine "
        "neue Tabelle."
    ),
    FlawCode.OLD_FORMAT: gettext_lazy(
        "Dieses alte Format (%(looks_like)s) können wir nicht lesen. Bitte speichern Sie die "
        "Datei als Excel-Datei (.xlsx)."
    ),
}

NOTES: Final[Mapping[NoteCode, Text]] = {
    NoteCode.MACROS: gettext_lazy("Die Datei enthält Makros. Sie werden nie ausgeführt."),
    NoteCode.LINKS_OUTSIDE: gettext_lazy(
        "Einige Zellen verweisen auf andere Dateien. Es gilt die Zahl, die zuletzt gespeichert war."
    ),
    NoteCode.FORMULA_WITHOUT_VALUE: gettext_lazy(
        "In %(place)s steht eine Formel ohne Ergebnis. Sie wird wie eine leere Zelle gelesen. "
        "Öffnen und speichern Sie die Datei einmal in Ihrem Programm."
    ),
    NoteCode.ERROR_VALUE: gettext_lazy("In %(place)s steht ein Fehler: %(text)s."),
    NoteCode.ENCODING: gettext_lazy(
        "Der Text ist in %(encoding)s gespeichert. Bitte sehen Sie nach, ob die Umlaute stimmen."
    ),
    NoteCode.REPLACED: gettext_lazy("In %(place)s war ein Zeichen nicht lesbar."),
    NoteCode.CUT: gettext_lazy(
        "Das Blatt „%(page)s“ ist zu groß: Gelesen sind %(kept_rows)s von %(rows)s Zeilen. "
        "Deshalb kann aus dieser Datei nichts übernommen werden."
    ),
    NoteCode.HIDDEN_SHEET: gettext_lazy("Das Blatt „%(page)s“ ist ausgeblendet."),
    NoteCode.OTHER_SHEET: gettext_lazy("Das Blatt „%(page)s“ enthält keine Tabelle."),
}

KINDS: Final[Mapping[Kind, Text]] = {
    Kind.NAME: gettext_lazy("Namen"),
    Kind.BIRTH_DATE: gettext_lazy("Geburtsdaten"),
    Kind.BIRTH_YEAR: gettext_lazy("Geburtsjahre"),
    Kind.EMAIL: gettext_lazy("E-Mail-Adressen"),
    Kind.PHONE: gettext_lazy("Telefonnummern"),
    Kind.ADDRESS: gettext_lazy("Anschriften"),
    Kind.INSURANCE: gettext_lazy("Versicherungsnummern"),
    Kind.CASE_NUMBER: gettext_lazy("Fallnummern"),
    Kind.NUMBER: gettext_lazy("laufende Nummern"),
    Kind.GENDER: gettext_lazy("Geschlecht jeder Person"),
    Kind.AGE: gettext_lazy("Alter jeder Person"),
    Kind.DAY: gettext_lazy("Daten jeder Person"),
}

_BYTES: Final = ("size", "limit")
_PARAMS: Final = (
    "size limit looks_like columns place text encoding page rows kept_rows kept_columns"
)
_MISSING: Final = dict.fromkeys(_PARAMS.split(), "…")


def flaw_words(flaw: NotReadable) -> str:
    """Why it cannot be read, and what to do."""
    params = dict(flaw.params)
    if flaw.code is FlawCode.TOO_BIG:
        params |= {name: _megabytes(params[name]) for name in _BYTES if name in params}
    return str(FLAWS[flaw.code]) % (_MISSING | _counted(params))


def note_words(note: Note) -> str:
    """A word about the file."""
    return str(NOTES[note.code]) % (_MISSING | _counted(dict(note.params)))


def _counted(params: Mapping[str, str]) -> dict[str, str]:
    return {name: number(text) if text.isdecimal() else text for name, text in params.items()}


def _megabytes(text: str) -> str:
    return f"{number(str(round(int(text) / 1024 / 1024, 1)))} MB" if text.isdecimal() else text


@dataclass(frozen=True, slots=True)
class PersonsWords:
    """Where a file speaks of persons: the sheet, and the columns with what they hold."""

    page: str
    columns: tuple[tuple[str, str], ...]
    rows: int


def persons_words(found: PersonsFound) -> PersonsWords:
    """Where a list of persons was noticed, never what stands in it."""
    return PersonsWords(
        page=found.page,
        columns=tuple((_place(c.place), str(KINDS[c.kind])) for c in found.columns),
        rows=found.rows,
    )


def _place(place: str) -> str:
    if place.isdecimal():
        return _("Zeile %(number)s") % {"number": place}
    return _("Spalte %(name)s") % {"name": place}
