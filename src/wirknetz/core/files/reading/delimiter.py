"""What separates the columns of a text file, by evidence."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice
from typing import Final

CANDIDATES: Final = (";", "\t", "|", ",")
_SEP_LINE: Final = re.compile(r'\A"?sep=(.)"?[ \t;,]*(?:\r\n|\r|\n|\Z)', re.IGNORECASE)
_SAMPLE_SIGNS: Final = 128 * 1024
_SAMPLE_ROWS: Final = 300
_DECIMAL_COMMA: Final = re.compile(r"(?<=\d),(?=\d)")
_PROSE_COMMA: Final = re.compile(r", ")
_RARE_IN_PROSE: Final = {";": 1.15, "\t": 1.3, "|": 1.15, ",": 1.0}
_END: Final = "\x00"
_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_WIDEST: Final = 50_000
_MOST_LINES: Final = 2


def said_first(text: str) -> tuple[str, str] | None:
    """The separator named by a first line ``sep=;``, and the text after it."""
    match = _SEP_LINE.match(text)
    return (match[1], text[match.end() :]) if match else None


def separator(text: str) -> str:
    """The most likely separator; ``;`` for a text without any."""
    sample = text[:_SAMPLE_SIGNS]
    if len(text) > len(sample):
        sample = sample[: sample.rfind("\n") + 1] or sample
    scores = {mark: _score(sample, mark) for mark in CANDIDATES}
    best = max(CANDIDATES, key=scores.__getitem__)
    return best if scores[best] > 0 else ";"


def _score(sample: str, mark: str) -> float:
    """How evenly the rows are divided by it, and into how many."""
    if mark not in sample:
        return 0.0
    try:
        rows = list(islice(split(sample, mark), _SAMPLE_ROWS))
    except csv.Error:
        return 0.0
    widths = Counter(len(row) for row in rows if any(field.strip() for field in row))
    divided = {width: times for width, times in widths.items() if width > 1}
    if not divided:
        return 0.0
    usual, times = max(divided.items(), key=lambda item: (item[1], item[0]))
    share = (times + 0.5 * (sum(divided.values()) - times)) / sum(widths.values())
    return share * (1 + min(usual, 12) / 12) * _RARE_IN_PROSE[mark] * _trust(sample, mark)


def _trust(sample: str, mark: str) -> float:
    """Commas inside numbers and before a space are no separators, unless nothing else is."""
    if mark != ",":
        return 1.0
    commas = sample.count(",")
    inside = len(_DECIMAL_COMMA.findall(sample)) + len(_PROSE_COMMA.findall(sample))
    return 1.0 - 0.8 * inside / commas


def split(text: str, mark: str) -> Iterator[list[str]]:
    """Rows as spreadsheet programs divide them; quotes count only where they are closed.

    csv.Error if a field is longer, or a row wider, than any program keeps.
    """
    if '"' in text and _well_quoted(text, mark):
        return csv.reader(_lines(text, mark), delimiter=mark)
    return csv.reader(_lines(text, mark), delimiter=mark, quoting=csv.QUOTE_NONE)


def rows_without_quotes(text: str, mark: str) -> int:
    """How many rows a text has up to the last content, where no quote can hold a line end."""
    filled = text.rstrip(f"{mark} \t\r\n")
    return filled.count("\n") + filled.count("\r") - filled.count("\r\n") + 1


def _lines(text: str, mark: str) -> Iterator[str]:
    """Line by line, whatever ends a line; without a second copy of the text."""
    for match in _LINE.finditer(text):
        line = match[0]
        if len(line) > _WIDEST and line.count(mark) > _WIDEST:
            raise csv.Error("more columns than any program has")
        yield line


def _well_quoted(text: str, mark: str) -> bool:
    """Whether no quote swallows rows: all are closed, and no cell holds several whole rows."""
    row: list[str] = []
    try:
        for row in csv.reader(chain(_lines(text, mark), ("\n", _END)), delimiter=mark):
            if any("\n" in field and _swallowed(field, mark) for field in row):
                return False
    except csv.Error:
        return False
    return row == [_END]


def _swallowed(field: str, mark: str) -> bool:
    lines = field.splitlines()
    return len(lines) > _MOST_LINES and all(mark in line for line in lines[:-1])
