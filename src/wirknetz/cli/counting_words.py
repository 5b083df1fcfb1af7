"""Sentences about counting: mistakes in a profile, rows left out, questions.

None of them shows a value of a row; words of a column only where they are to be sorted.
"""

from collections.abc import Callable, Iterable, Sequence

from wirknetz.cli.say import gettext as _
from wirknetz.core.files.counting import (
    Gap,
    GapCode,
    Question,
    QuestionCode,
)
from wirknetz.core.toml import Mistake, MistakeCode, TomlError

MOST_ROWS = 12


def row_words() -> dict[str, str]:
    """How rows are named, and what is said of a gap."""
    return {
        "one": _("Zeile {row}"),
        "some": _("Zeilen {rows}"),
        "more": _("Zeilen {rows} und {n} weitere"),
        "gap": _("{rows}: {why} Nicht gezählt in: {measures}."),
    }


def rows_said(rows: Sequence[int]) -> str:
    """``Zeile 17`` or ``Zeilen 17, 20 und 3 weitere``."""
    if len(rows) == 1:
        return row_words()["one"].format(row=rows[0])
    shown = ", ".join(map(str, rows[:MOST_ROWS]))
    more = len(rows) - MOST_ROWS
    return row_words()["more" if more > 0 else "some"].format(rows=shown, n=more)


def gap(found: Gap) -> str:
    """Which rows were not counted, and why."""
    why = gap_words()[found.code].format(column=found.column)
    return row_words()["gap"].format(
        rows=rows_said(found.rows), why=why, measures=", ".join(found.measures)
    )


def gap_words() -> dict[GapCode, str]:
    """A sentence for every reason."""
    return {
        GapCode.MISSING: _("In „{column}“ steht nichts."),
        GapCode.UNREADABLE_DAY: _("In „{column}“ steht kein lesbares Datum."),
        GapCode.UNREADABLE_NUMBER: _("In „{column}“ steht keine lesbare Zahl."),
        GapCode.NEGATIVE: _("In „{column}“ steht eine Zahl unter 0."),
        GapCode.AGE_OUTSIDE: _("Das Alter (aus „{column}“) passt in keine Altersgruppe."),
        GapCode.AGE_ODD: _("Das Alter (aus „{column}“) kann nicht stimmen."),
        GapCode.ORDER: _("Das Datum in „{column}“ liegt vor einem früheren."),
        GapCode.PART_EXCEEDS: _("In „{column}“ steht mehr als das, wovon es ein Teil ist."),
        GapCode.NO_CASE_NUMBER: _("Ohne Nummer in „{column}“."),
        GapCode.TOTAL_ROW: _("Das sieht aus wie eine Summe der Zeilen darüber."),
    }


def question(asked: Question) -> str:
    """What has to be settled, and how."""
    sentence = question_words()[asked.code].format(**asked.params)
    return f"{rows_said(asked.rows)}: {sentence}" if asked.rows else sentence


def question_words() -> dict[QuestionCode, str]:
    """A sentence for every question."""
    return _about_the_list() | _about_cells()


def _about_the_list() -> dict[QuestionCode, str]:
    return {
        QuestionCode.PAGES: _(
            "Mehrere Blätter passen zur Anleitung: {pages}. Welches gilt? "
            'Bitte in der Anleitung unter [liste] angeben: blatt = "…"'
        ),
        QuestionCode.NO_PAGE: _(
            "Kein Blatt passt zur Anleitung {page}. Es gibt: {pages}. "
            'Bitte in der Anleitung unter [liste] angeben: blatt = "…"'
        ),
        QuestionCode.NO_COLUMN: _(
            "Diese Spalten stehen nicht in der Liste: {columns}. "
            "Heißen sie dort anders? Dann bitte in der Anleitung ändern."
        ),
        QuestionCode.COLUMN_TWICE: _(
            "Diese Überschriften stehen mehrmals in der Liste: {columns}. Welche Spalte gilt? "
            "Bitte die andere umbenennen."
        ),
        QuestionCode.NO_ROWS: _("Unter den Überschriften steht keine Zeile."),
        QuestionCode.DOUBLES_DIFFER: _(
            "Gleiche Fallnummer, aber verschiedene Angaben in: {columns}. Was gilt? Bitte in der "
            'Liste berichtigen oder unter [liste] angeben: doppelte = "letzte" oder "jede"'
        ),
        QuestionCode.HIDDEN_ROWS: _(
            "Diese Zeilen sind ausgeblendet. Zählen sie mit? Bitte unter [liste] angeben: "
            'ausgeblendete_zeilen = "zaehlen" oder "auslassen"'
        ),
    }


def _about_cells() -> dict[QuestionCode, str]:
    return {
        QuestionCode.TWO_DIGIT_YEAR: _(
            "In „{column}“ stehen Jahre mit zwei Ziffern. Bitte unter [liste] angeben, bis zu "
            "welchem Jahr sie reichen, zum Beispiel: zweistellige_jahre_bis = 2025"
        ),
        QuestionCode.SLASH_DAY: _(
            "In „{column}“ stehen Tage wie 05/06/2025. Was kommt zuerst? Bitte unter [liste] "
            'angeben: schraegstrich = "TT/MM/JJJJ" oder "MM/TT/JJJJ"'
        ),
        QuestionCode.NUMBER_STYLE: _(
            "In „{column}“ stehen Zahlen wie 1.204. Ist das tausend oder ein Bruch? Bitte unter "
            '[liste] angeben: zahlen = "1.234,5" oder "1,234.5"'
        ),
        QuestionCode.UNKNOWN_WORD: _(
            "In „{column}“ stehen Wörter, die in der Anleitung fehlen: {words}. "
            "Bitte dort einer Ausprägung zuordnen."
        ),
        QuestionCode.WITHOUT_VALUE: _(
            "In „{column}“ steht eine Formel, die nie berechnet wurde. Bitte die Liste öffnen "
            "und speichern."
        ),
    }


def mistakes(error: TomlError, name: str) -> str:
    """Everything wrong with a file people write, a line each."""
    lines = (_mistake(one) for one in error.mistakes)
    head = _("Die Anleitung {file} kann nicht verwendet werden:").format(file=name)
    return "\n".join([head, *(f"  {line}" for line in lines)])


def _mistake(one: Mistake) -> str:
    what = mistake_words()[one.code].format(**one.params, what=_kind(one))
    place = _("Zeile {row}").format(row=one.line) if one.line else ""
    return ": ".join(part for part in (place, one.where, what) if part)


def _kind(one: Mistake) -> str:
    return kind_words().get(one.params.get("expected", ""), "")


def kind_words() -> dict[str, str]:
    """What was expected at a place of a TOML file."""
    return {
        "text": _("ein Text in Anführungszeichen"),
        "texts": _("ein Text oder eine Liste von Texten"),
        "number": _("eine ganze Zahl"),
        "yes_no": _("true oder false"),
        "table": _("ein Abschnitt in eckigen Klammern"),
        "tables": _("ein Abschnitt in doppelten eckigen Klammern oder eine Liste"),
    }


def mistake_words() -> dict[MistakeCode, str]:
    """A sentence for every mistake."""
    return {
        MistakeCode.SYNTAX: _("Das ist kein lesbares TOML ({message})."),
        MistakeCode.MISSING: _("Hier fehlt eine Angabe."),
        MistakeCode.UNKNOWN_KEY: _("Diese Angabe gibt es nicht. Es gibt: {known}."),
        MistakeCode.WRONG_TYPE: _("Hier gehört hin: {what}."),
        MistakeCode.WRONG_VALUE: _("„{found}“ geht hier nicht. Möglich ist: {known}."),
        MistakeCode.UNKNOWN_NAME: _("„{found}“ ist nicht beschrieben. Beschrieben sind: {known}."),
        MistakeCode.TWICE: _("„{found}“ steht doppelt."),
        MistakeCode.BANDS: _("„{found}“ ist keine Altersgruppe oder überschneidet sich."),
        MistakeCode.NOTHING: _("Es ist keine Messgröße beschrieben."),
        MistakeCode.ONE_TEST: _("Hier fehlt genau eine Frage. Möglich ist: {known}."),
        MistakeCode.CIRCLE: _("Das ist ein Teil von sich selbst."),
    }


def listed(say: Callable[[str], None], sentences: Iterable[str]) -> None:
    """Say each sentence as a point."""
    for sentence in sentences:
        say(f"  • {sentence}")
