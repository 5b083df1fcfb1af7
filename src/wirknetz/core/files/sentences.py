"""What is wrong with a file, and what to do: the German sentences, to be translated where said.

The library knows no language. Pages and the command line hand in their own ``gettext`` and how
they write numbers; without both the sentence is German.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from wirknetz.core.files.grid import FlawCode, Note, NoteCode, NotReadable

Say = Callable[[str], str]
Number = Callable[[int], str]
_MEGABYTE: Final = 1024 * 1024


def _(sentence: str) -> str:
    """Mark a sentence, so that it is collected for translation."""
    return sentence


FLAWS: Final[Mapping[FlawCode, str]] = {
    FlawCode.EMPTY: _(
        "Die Datei ist leer. Öffnen Sie Ihre Tabelle, speichern Sie sie, und wählen Sie sie noch "
        "einmal aus."
    ),
    FlawCode.TOO_BIG: _(
        "Die Datei hat {size}. Erlaubt sind {limit}. Speichern Sie nur das Blatt mit den Zahlen in "
        "einer eigenen Datei, und nehmen Sie diese."
    ),
    FlawCode.UNPACKS_TOO_BIG: _(
        "In der Datei steckt viel mehr, als sie zeigt. Sie wird deshalb nicht geöffnet. Kopieren "
        "Sie Ihre Zahlen in eine neue Tabelle, und nehmen Sie diese."
    ),
    FlawCode.DAMAGED: _(
        "Die Datei ist beschädigt oder unvollständig. Öffnen Sie sie in Ihrem Programm, speichern "
        "Sie sie neu, und wählen Sie sie noch einmal aus."
    ),
    FlawCode.NOT_A_TABLE: _(
        "Das ist keine Tabelle, sondern {looks_like}. Wählen Sie die Datei mit den Zahlen aus: "
        "Excel, LibreOffice oder CSV."
    ),
    FlawCode.PASSWORD: _(
        "Die Datei ist mit einem Passwort geschützt. Speichern Sie eine Kopie ohne Passwort, und "
        "nehmen Sie diese."
    ),
    FlawCode.TOO_WIDE: _(
        "Die Tabelle reicht bis Spalte {columns}. Gelesen werden höchstens {limit} Spalten. "
        "Löschen Sie, was weit rechts neben Ihren Zahlen steht, und speichern Sie die Datei neu."
    ),
    FlawCode.TOO_MANY_CELLS: _(
        "Die Tabelle hat mehr als {limit} ausgefüllte Felder. Speichern Sie nur den Teil mit den "
        "Zahlen in einer eigenen Datei, und nehmen Sie diese."
    ),
    FlawCode.NO_CONTENT: _(
        "In der Datei steht nichts: Alle Blätter sind leer. Prüfen Sie, ob es die richtige Datei "
        "ist."
    ),
    FlawCode.TOOK_TOO_LONG: _(
        "Das Lesen der Datei dauert zu lange. Speichern Sie nur das Blatt mit den Zahlen in einer "
        "eigenen Datei, und nehmen Sie diese."
    ),
    FlawCode.OLD_FORMAT: _(
        "Die Datei ist {looks_like}. Das lässt sich hier nicht lesen. Öffnen Sie sie in Ihrem "
        "Programm, und speichern Sie sie als Excel-Arbeitsmappe (.xlsx) oder als CSV."
    ),
}

NOTES: Final[Mapping[NoteCode, str]] = {
    NoteCode.MACROS: _("Die Datei enthält Makros. Sie werden weder gelesen noch ausgeführt."),
    NoteCode.LINKS_OUTSIDE: _(
        "Die Datei holt Werte aus anderen Dateien. Es zählt der Wert, der beim letzten Speichern "
        "dort stand."
    ),
    NoteCode.FORMULA_WITHOUT_VALUE: _(
        "Blatt „{page}“: Formeln ohne Ergebnis: {count}, die erste in {place}. Diese Felder gelten "
        "als leer. Öffnen Sie die Datei in Ihrem Programm, und speichern Sie sie neu."
    ),
    NoteCode.ERROR_VALUE: _(
        "Blatt „{page}“: Felder mit einem Fehler statt einer Zahl: {count}, das erste in {place} "
        "({text})."
    ),
    NoteCode.ENCODING: _(
        "Die Datei ist in einer älteren Zeichenkodierung gespeichert ({encoding}). Prüfen Sie, ob "
        "die Umlaute stimmen."
    ),
    NoteCode.REPLACED: _(
        "Einzelne Zeichen waren nicht lesbar: {count} Felder, das erste in {place}. Dort steht ein "
        "Ersatzzeichen."
    ),
    NoteCode.CUT: _(
        "Blatt „{page}“ hat {rows} Zeilen und {columns} Spalten. Das ist zu viel: Gelesen wurden "
        "{kept_rows} Zeilen. Aus dieser Datei kann nichts übernommen werden. Speichern Sie nur den "
        "Teil mit den Zahlen in einer eigenen Datei."
    ),
    NoteCode.FILTERED: _(
        "Blatt „{page}“ ist gefiltert. Zeilen, die der Filter verbirgt, bleiben außen vor."
    ),
    NoteCode.HIDDEN_SHEET: _("Blatt „{page}“ ist ausgeblendet und bleibt außen vor."),
    NoteCode.OTHER_SHEET: _("Blatt „{page}“ enthält keine Tabelle und bleibt außen vor."),
}

LOOKS: Final[Mapping[str, str]] = {
    "picture": _("ein Bild"),
    "pdf": _("eine PDF-Datei"),
    "document": _("ein Textdokument, eine Präsentation oder eine E-Mail"),
    "mail": _("eine E-Mail"),
    "archive": _("ein gepackter Ordner"),
    "program": _("ein Programm"),
    "media": _("eine Ton- oder Videodatei"),
    "database": _("eine Datenbank"),
    "json": _("eine Datei für Programme (JSON)"),
    "xml": _("eine Datei für Programme (XML)"),
    "html": _("eine Webseite, auch wenn ihr Name anders endet"),
    "xml_2003": _("eine XML-Kalkulationstabelle von 2003"),
    "flat_ods": _("eine OpenDocument-Tabelle in einer einzigen XML-Datei"),
    "sylk": _("eine Tabelle im alten Format SYLK"),
    "dif": _("eine Tabelle im alten Format DIF"),
    "old_excel": _("eine sehr alte Excel-Datei (vor 1993)"),
    "xlsb": _("eine Excel-Binärarbeitsmappe (.xlsb)"),
    "numbers": _("eine Numbers-Tabelle"),
    "unknown": _("eine andere Art von Datei"),
}
"""What ``looks_like`` stands for."""

ENCODINGS: Final[Mapping[str, str]] = {
    "cp1252": "Windows",
    "cp1254": "Windows, Türkisch",
    "cp1250": "Windows, Mitteleuropa",
    "iso8859_15": "ISO 8859-15",
    "cp850": "DOS",
    "mac_roman": "Mac",
}
"""Encodings as programs name them when they open a text file."""


def grouped(number: int) -> str:
    """``1.234.567``."""
    return f"{number:,}".replace(",", ".")


def flaw_sentence(flaw: NotReadable, say: Say = str, number: Number = grouped) -> str:
    """Why a file cannot be read and what to do."""
    return _sentence(FLAWS[flaw.code], flaw.params, say, number)


def note_sentence(note: Note, say: Say = str, number: Number = grouped) -> str:
    """A word about a file that was read."""
    return _sentence(NOTES[note.code], note.params, say, number)


def _sentence(sentence: str, params: Mapping[str, str], say: Say, number: Number) -> str:
    readable = {name: _readable(name, value, say, number) for name, value in params.items()}
    if "size" in readable:
        readable["limit"] = _megabytes(int(params["limit"]))
    return say(sentence).format(**readable)


def _readable(name: str, value: str, say: Say, number: Number) -> str:
    if name == "looks_like":
        return say(LOOKS.get(value, LOOKS["unknown"]))
    if name == "encoding":
        return ENCODINGS.get(value, value)
    if name == "size":
        return _megabytes(int(value))
    return number(int(value)) if value.isdigit() and name not in {"page", "text"} else value


def _megabytes(size: int) -> str:
    """In whole megabytes, rounded up: what is refused is never shown as allowed."""
    return f"{-(-size // _MEGABYTE)} MB"
