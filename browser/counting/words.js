// Written by scripts/build_browser_files.py from the sentences of the command line.

export const ROW_WORDS = {
  "one": "Zeile {row}",
  "some": "Zeilen {rows}",
  "more": "Zeilen {rows} und {n} weitere",
  "gap": "{rows}: {why} Nicht gezählt in: {measures}."
};

export const GAP_WORDS = {
  "missing": "In „{column}“ steht nichts.",
  "unreadable_day": "In „{column}“ steht kein lesbares Datum.",
  "unreadable_number": "In „{column}“ steht keine lesbare Zahl.",
  "negative": "In „{column}“ steht eine Zahl unter 0.",
  "age_outside": "Das Alter (aus „{column}“) passt in keine Altersgruppe.",
  "age_odd": "Das Alter (aus „{column}“) kann nicht stimmen.",
  "order": "Das Datum in „{column}“ liegt vor einem früheren.",
  "part_exceeds": "In „{column}“ steht mehr als das, wovon es ein Teil ist.",
  "no_case_number": "Ohne Nummer in „{column}“.",
  "total_row": "Das sieht aus wie eine Summe der Zeilen darüber."
};

export const QUESTION_WORDS = {
  "pages": "Mehrere Blätter passen zur Anleitung: {pages}. Welches gilt? Bitte in der Anleitung unter [liste] angeben: blatt = \"…\"",
  "no_page": "Kein Blatt passt zur Anleitung {page}. Es gibt: {pages}. Bitte in der Anleitung unter [liste] angeben: blatt = \"…\"",
  "no_column": "Diese Spalten stehen nicht in der Liste: {columns}. Heißen sie dort anders? Dann bitte in der Anleitung ändern.",
  "column_twice": "Diese Überschriften stehen mehrmals in der Liste: {columns}. Welche Spalte gilt? Bitte die andere umbenennen.",
  "no_rows": "Unter den Überschriften steht keine Zeile.",
  "doubles_differ": "Gleiche Fallnummer, aber verschiedene Angaben in: {columns}. Was gilt? Bitte in der Liste berichtigen oder unter [liste] angeben: doppelte = \"letzte\" oder \"jede\"",
  "hidden_rows": "Diese Zeilen sind ausgeblendet. Zählen sie mit? Bitte unter [liste] angeben: ausgeblendete_zeilen = \"zaehlen\" oder \"auslassen\"",
  "two_digit_year": "In „{column}“ stehen Jahre mit zwei Ziffern. Bitte unter [liste] angeben, bis zu welchem Jahr sie reichen, zum Beispiel: zweistellige_jahre_bis = 2025",
  "slash_day": "In „{column}“ stehen Tage wie 05/06/2025. Was kommt zuerst? Bitte unter [liste] angeben: schraegstrich = \"TT/MM/JJJJ\" oder \"MM/TT/JJJJ\"",
  "number_style": "In „{column}“ stehen Zahlen wie 1.204. Ist das tausend oder ein Bruch? Bitte unter [liste] angeben: zahlen = \"1.234,5\" oder \"1,234.5\"",
  "unknown_word": "In „{column}“ stehen Wörter, die in der Anleitung fehlen: {words}. Bitte dort einer Ausprägung zuordnen.",
  "without_value": "In „{column}“ steht eine Formel, die nie berechnet wurde. Bitte die Liste öffnen und speichern."
};

export const MISTAKE_WORDS = {
  "syntax": "Das ist kein lesbares TOML ({message}).",
  "missing": "Hier fehlt eine Angabe.",
  "unknown_key": "Diese Angabe gibt es nicht. Es gibt: {known}.",
  "wrong_type": "Hier gehört hin: {what}.",
  "wrong_value": "„{found}“ geht hier nicht. Möglich ist: {known}.",
  "unknown_name": "„{found}“ ist nicht beschrieben. Beschrieben sind: {known}.",
  "twice": "„{found}“ steht doppelt.",
  "bands": "„{found}“ ist keine Altersgruppe oder überschneidet sich.",
  "nothing": "Es ist keine Messgröße beschrieben.",
  "one_test": "Hier fehlt genau eine Frage. Möglich ist: {known}.",
  "circle": "Das ist ein Teil von sich selbst."
};

export const KIND_WORDS = {
  "text": "ein Text in Anführungszeichen",
  "texts": "ein Text oder eine Liste von Texten",
  "number": "eine ganze Zahl",
  "yes_no": "true oder false",
  "table": "ein Abschnitt in eckigen Klammern",
  "tables": "ein Abschnitt in doppelten eckigen Klammern oder eine Liste"
};

export const UNREADABLE_WORDS = {
  "empty": "Die Datei ist leer.",
  "no_content": "In der Datei steht nichts.",
  "too_big": "Die Datei ist zu groß. Bitte nur das Blatt mit der Liste speichern.",
  "too_wide": "Die Datei ist zu groß. Bitte nur das Blatt mit der Liste speichern.",
  "too_many_cells": "Die Datei ist zu groß. Bitte nur das Blatt mit der Liste speichern.",
  "unpacks_too_big": "Die Datei ist zu groß. Bitte nur das Blatt mit der Liste speichern.",
  "damaged": "Die Datei ist beschädigt. Bitte noch einmal speichern.",
  "password": "Die Datei ist mit einem Passwort geschützt. Bitte ohne speichern.",
  "took_too_long": "Die Datei war nicht in vernünftiger Zeit zu lesen.",
  "not_a_table": "Das ist keine Tabelle. Bitte eine Tabelle (XLSX, ODS oder CSV) angeben.",
  "old_format": "Dieses Format wird nicht gelesen. Bitte in Ihrem Programm als XLSX, ODS oder CSV speichern."
};
