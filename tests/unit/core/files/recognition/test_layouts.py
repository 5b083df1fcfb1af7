"""Layouts partners use: what is taken from each without a question."""

from __future__ import annotations

import pytest

from tests.unit.core.files.recognition.asked import QUARTER, asked, values
from tests.unit.core.files.recognition.drawing import drawn
from wirknetz.core.files.recognition import recognise

BY_GENDER = {"begonnen|gender=w": "5", "begonnen|gender=m": "6"}
FINE = {
    "begonnen|age=18-29|gender=w": "1", "begonnen|age=30-49|gender=w": "2",
    "begonnen|age=50+|gender=w": "3", "begonnen|age=18-29|gender=m": "4",
    "begonnen|age=30-49|gender=m": "5", "begonnen|age=50+|gender=m": "6",
}  # fmt: skip
LAYOUTS = {
    "measures as rows": ("""
        Kennzahl | Frauen | Männer
        Zugänge  | 5      | 6
        """, BY_GENDER),
    "measures as columns": ("""
        Geschlecht | Zugänge
        weiblich   | 5
        männlich   | 6
        """, BY_GENDER),
    "one measure per block, named by its title": ("""
        Begonnene Begleitungen |        |
        Altersgruppe           | Frauen | Männer
        18-29                  | 1      | 4
        30-49                  | 2      | 5
        50+                    | 3      | 6
        """, FINE),
    "the corner of a table names the measure": ("""
        Zugänge | Frauen | Männer
        18-29   | 1      | 4
        30-49   | 2      | 5
        50+     | 3      | 6
        """, FINE),
    "one labelled cell per number": ("""
        Zugänge                    | 7
        Übergaben an andere Träger | 9
        davon angekommen           | 5
        """, {"begonnen": "7", "uebergaben": "9", "uebergaben_angekommen": "5"}),
    "several labelled cells in a row": ("""
        Zugänge | 7 | Übergaben an andere Träger | 9
        Bestand | 8 | davon angekommen           | 5
        """, {"begonnen": "7", "laufend": "8", "uebergaben": "9", "uebergaben_angekommen": "5"}),
    "label and number in one cell": ("Zugänge: 58", {"begonnen": "58"}),
    "numbers left of their labels": ("""
        7 | Zugänge
        8 | Bestand
        """, {"begonnen": "7", "laufend": "8"}),
    "labels above single numbers": ("""
        Zugänge | Bestand
        7       | 8
        """, {"begonnen": "7", "laufend": "8"}),
    "a long list with one amount column": ("""
        Träger   | Zeitraum | Kennzahl | Geschlecht | Anzahl
        Klinik A | Q3/2025  | Zugänge  | w          | 5
        Klinik A | Q3/2025  | Zugänge  | m          | 6
        Klinik A | Q3/2025  | Bestand  |            | 8
        """, BY_GENDER | {"laufend": "8"}),
    "repeated labels left blank": ("""
        Zugänge | Frauen | 18-29 | 1
                |        | 30-49 | 2
                |        | 50+   | 3
                | Männer | 18-29 | 4
                |        | 30-49 | 5
                |        | 50+   | 6
        Bestand |        |       | 8
        """, FINE | {"laufend": "8"}),
    "an empty row inside repeated labels, confirmed by the sum": ("""
        Zugänge | Frauen | 5
        -----
                | Männer | 6
        -----
        Zugänge | Summe  | 11
        """, BY_GENDER),
    "two lines of headings, merged": ("""
                | Frauen | <     | <   | Männer | <     | <
                | 18-29  | 30-49 | 50+ | 18-29  | 30-49 | 50+
        Zugänge | 1      | 2     | 3   | 4      | 5     | 6
        """, FINE),
    "two lines of headings, not merged": ("""
                | Frauen |       |     | Männer |       |     | Gesamt
                | 18-29  | 30-49 | 50+ | 18-29  | 30-49 | 50+ |
        Zugänge | 1      | 2     | 3   | 4      | 5     | 6   | 21
        """, FINE),
    "two lines of headings, in the middle of their groups": ("""
                |       | Frauen |     |       | Männer |
                | 18-29 | 30-49  | 50+ | 18-29 | 30-49  | 50+
        Zugänge | 1     | 2      | 3   | 4     | 5      | 6
        """, FINE),
    "the total's heading stands in the lower line": ("""
                | Frauen |       |     | Männer |       |     |
                | 18-29  | 30-49 | 50+ | 18-29  | 30-49 | 50+ | Gesamt
        Zugänge | 1      | 2     | 3   | 4      | 5     | 6   | 21
        """, FINE),
    "sub-totals within groups": ("""
                | Frauen |       |     |       | Männer |       |     |
                | 18-29  | 30-49 | 50+ | Summe | 18-29  | 30-49 | 50+ | Summe
        Zugänge | 1      | 2     | 3   | 6     | 4      | 5     | 6   | 15
        """, FINE),
    "measures over categories": ("""
               | Zugänge | <      | Regulär beendet | <
               | Frauen  | Männer | Frauen          | Männer
        Anzahl | 5       | 6      | 2               | 3
        """, BY_GENDER | {"beendet|gender=w": "2", "beendet|gender=m": "3"}),
    "both categories in one heading": ("""
                | w 18-29 | w 30-49 | w 50+ | m 18-29 | m 30-49 | m 50+
        Zugänge | 1       | 2       | 3     | 4       | 5       | 6
        """, FINE),
    "one block per category": ("""
        Frauen   |       |       |
        Kennzahl | 18-29 | 30-49 | 50+
        Zugänge  | 1     | 2     | 3
        -----
        Männer   |       |       |
        Kennzahl | 18-29 | 30-49 | 50+
        Zugänge  | 4     | 5     | 6
        """, FINE),
    "sections between rows": ("""
        Kennzahl   | Wert
        Frauen     |
        Zugänge    | 5
        Männer     |
        Zugänge    | 6
        """, BY_GENDER),
    "two words name a measure only together": ("""
        Termine      |
        vereinbart   | 58
        wahrgenommen | 28
        """, {"termine_vereinbart": "58", "termine_wahrgenommen": "28"}),
    "a label over two rows": ("""
        Begonnene       |
        Begleitungen    | 12
        Regulär beendete|
        Begleitungen    | 8
        """, {"begonnen": "12", "beendet": "8"}),
    "parts named davon": ("""
        Zugänge        | 11
        davon weiblich | 5
        davon männlich | 6
        """, BY_GENDER),
    "parts without davon, confirmed by their sum": ("""
        Zugänge | 11
        Frauen  | 5
        Männer  | 6
        """, BY_GENDER),
    "numbered rows": ("""
        Nr. | Kennzahl | Wert
        1   | Zugänge  | 7
        2   | Bestand  | 8
        """, {"begonnen": "7", "laufend": "8"}),
    "numbered as in a law": ("""
        1.  | Zugänge      | 11
        1.1 | davon Frauen | 5
        1.2 | davon Männer | 6
        2.  | Bestand      | 8
        """, BY_GENDER | {"laufend": "8"}),
    "a column of remarks between numbers": ("""
        Kennzahl | Q2 2025 | Bemerkung | Q3 2025
        Zugänge  | 4       | Umzug     | 7
        Bestand  | 6       |           | 8
        """, {"begonnen": "7", "laufend": "8"}),
    "an empty column between labels and numbers": ("""
        Zugänge | | 7
        Bestand | | 8
        """, {"begonnen": "7", "laufend": "8"}),
    "an empty column before the total": ("""
        Kennzahl | Frauen | Männer | | Summe
        Zugänge  | 5      | 6      | | 11
        """, BY_GENDER),
    "two tables side by side": ("""
        Kennzahl | Frauen | Männer | | Sonstiges                  | Wert
        Zugänge  | 5      | 6      | | Übergaben an andere Träger | 9
                 |        |        | | davon angekommen           | 5
        """, BY_GENDER | {"uebergaben": "9", "uebergaben_angekommen": "5"}),
    "a list below a table, in the table's first column": ("""
        Kennzahl | Frauen | Männer
        Zugänge  | 5      | 6
        -----
        Bestand  | 8      |
        """, BY_GENDER | {"laufend": "8"}),
    "an empty row within a table": ("""
        Kennzahl        | Frauen | Männer
        Zugänge         | 5      | 6
        -----
        Regulär beendet | 2      | 3
        """, BY_GENDER | {"beendet|gender=w": "2", "beendet|gender=m": "3"}),
    "several tables below each other without a gap": ("""
        Zugänge              |        |
        Kennzahl             | Frauen | Männer
        Anzahl               | 5      | 6
        Regulär beendet      |        |
        Kennzahl             | Frauen | Männer
        Anzahl               | 2      | 3
        """, BY_GENDER | {"beendet|gender=w": "2", "beendet|gender=m": "3"}),
}  # fmt: skip


@pytest.mark.parametrize("name", LAYOUTS)
def test_layout_is_recognised_without_a_question(name: str) -> None:
    drawing, expected = LAYOUTS[name]
    reading = recognise(drawn(drawing), QUARTER)
    assert asked(reading) == []
    assert values(reading.taken) == expected


def test_measures_on_sheets_of_their_own() -> None:
    book = drawn(
        "Frauen | 5\nMänner | 6", "Frauen | 2\nMänner | 3", names=["Zugänge", "Regulär beendet"]
    )
    reading = recognise(book, QUARTER)
    assert values(reading.taken) == BY_GENDER | {"beendet|gender=w": "2", "beendet|gender=m": "3"}
