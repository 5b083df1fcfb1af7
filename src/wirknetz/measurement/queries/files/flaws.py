"""Why a file cannot be read, what is worth a word about it, where it speaks of persons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wirknetz.core.files.grid import Note, NotReadable
from wirknetz.core.files.persons import PersonsFound
from wirknetz.core.files.persons_signs import Kind
from wirknetz.core.files.sentences import flaw_sentence, note_sentence
from wirknetz.measurement.queries.collection.sentences import number
from wirknetz.measurement.queries.files.words import Text

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


def flaw_words(flaw: NotReadable) -> str:
    """Why it cannot be read, and what to do."""
    return flaw_sentence(flaw, _, _number)


def note_words(note: Note) -> str:
    """A word about the file."""
    return note_sentence(note, _, _number)


def _number(value: int) -> str:
    return number(Decimal(value))


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
