"""Sentences about files that cannot be read, for commands that work without the site."""

from wirknetz.cli.say import gettext as _
from wirknetz.core.files.grid import FlawCode, NotReadable


def not_readable(error: NotReadable, name: str) -> str:
    """What is wrong with the file, and what to do."""
    return _("{file}: {what}").format(file=name, what=unreadable_words()[error.code])


def unreadable_words() -> dict[FlawCode, str]:
    """A sentence for every reason."""
    big = _("Die Datei ist zu groß. Bitte nur das Blatt mit der Liste speichern.")
    return {
        FlawCode.EMPTY: _("Die Datei ist leer."),
        FlawCode.NO_CONTENT: _("In der Datei steht nichts."),
        FlawCode.TOO_BIG: big,
        FlawCode.TOO_WIDE: big,
        FlawCode.TOO_MANY_CELLS: big,
        FlawCode.UNPACKS_TOO_BIG: big,
        FlawCode.DAMAGED: _("Die Datei ist beschädigt. Bitte noch einmal speichern."),
        FlawCode.PASSWORD: _("Die Datei ist mit einem Passwort geschützt. Bitte ohne speichern."),
        FlawCode.TOOK_TOO_LONG: _("Die Datei war nicht in vernünftiger Zeit zu lesen."),
        FlawCode.NOT_A_TABLE: _(
            "Das ist keine Tabelle. Bitte eine Tabelle (XLSX, ODS oder CSV) angeben."
        ),
        FlawCode.OLD_FORMAT: _(
            "Dieses Format wird nicht gelesen. Bitte in Ihrem Programm als XLSX, ODS oder CSV "
            "speichern."
        ),
    }
