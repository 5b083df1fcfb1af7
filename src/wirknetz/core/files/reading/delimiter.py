"""What separates the columns of a text file, by evidence."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Final

CANDIDATES: Final = (";", "\t", "|", ",")
_SEP_LINE: Final = re.compile(r'\A"?sep=(.)"?[ \t;,]*(?:\r\n|\r|\n|\Z)', re.IGNORECASE)
_SAMPLE_SIGNS: Final = 128 * 1024
_SAMPLE_ROWS: Final = 300
_DECIMAL_COMMA: Final = re.compile(r"(?<=\d),(?=\d)")
_PROSE_COMMA: Final = re.compile(r", ")
_RARE_IN_PROSE: Final = {";": 1.15, "\t": 1.3, "|": 1.15, ",": 1.0}
_END: Final = "\x00"
_FIELD_LIMIT_LINES: Final = 2


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

    csv.Error if a field is longer than any program keeps.
    """
    if '"' not in text:
        return csv.reader(io.StringIO(text, newline=""), delimiter=mark, quoting=csv.QUOTE_NONE)
    if _well_quoted(text, mark):
        return csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    return csv.reader(io.StringIO(text, newline=""), delimiter=mark, quoting=csv.QUOTE_NONE)


def _well_quoted(text: str, mark: str) -> bool:
    """Whether no quote swallows rows: all are closed, and no cell holds several whole rows."""
    row: list[str] = []
    try:
        for row in csv.reader(io.StringIO(f"{text}\n{_END}", newline=""), delimiter=mark):
            if any("\n" in field and _swallowed(field, mark) for field in row):
                return False
    except csv.Error:
        return False
    return row == [_END]


def _swallowed(field: str, mark: str) -> bool:
    lines = field.splitlines()
    return len(lines) > _FIELD_LIMIT_LINES and all(mark in line for line in lines[:-1])
