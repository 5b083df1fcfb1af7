"""The fields of the collection form: their names, and from what was posted to rows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext

from wirknetz.core.values import Cell, State, Value
from wirknetz.foundation.language import format_number
from wirknetz.foundation.refusal import Refused
from wirknetz.measurement.actions.collection import Choice, Row
from wirknetz.measurement.forms.collection.numbers import (
    LONGEST,
    Ambiguous,
    NotANumber,
    TooLong,
    read_number,
)
from wirknetz.measurement.queries.collection.sentences import STATE_WORDS, number
from wirknetz.measurement.queries.collection.structure import decimals_asked
from wirknetz.measurement.rules.collection_values import Problem, ProblemCode

MOST_ROWS: Final = 6000
_SHORT: Final = {
    "n.z.": State.NOT_APPLICABLE, "nz": State.NOT_APPLICABLE, "entfällt": State.NOT_APPLICABLE,
    "n.e.": State.NOT_COLLECTED, "ne": State.NOT_COLLECTED,
    "k.a.": State.REFUSED, "ka": State.REFUSED,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Posted:
    """What came with a post: rows, and measures to be reported in another way."""

    rows: tuple[Row, ...]
    choices: Mapping[int, Choice]


def posted(data: Mapping[str, str], *, round_id: int, language: str) -> Posted:
    """What came with a post of the form of this round. One query."""
    return read_posted(data, decimals=decimals_asked(round_id), language=language)


def read_posted(
    data: Mapping[str, str], *, decimals: Mapping[int, int], language: str = "de"
) -> Posted:
    """Rows of all fields posted. ``decimals`` of the measures asked, by number.

    Fields: ``v:<measure>:<cell>`` the amount, ``n:…`` its cases, ``s:…`` the entry seen,
    ``q:…`` what was sent before without an answer (JSON list), ``g:<measure>`` how it is
    reported, ``h:<measure>`` how it was when the page was made, ``t:…``, ``w:…`` and ``u:…``
    the colleague's value, cases and entry in a conflict. Buttons: ``fill`` (a measure) makes
    its empty fields 0, ``take`` and ``keep`` (a place) decide a conflict. Names that are none
    of these are not looked at. Refused where there are more than ``MOST_ROWS``: none is read.
    """
    _refuse_too_many(sum(_place(name) is not None for name in data))
    data = _taken(data)
    return Posted(tuple(_rows(data, decimals, language)), dict(_choices(data)))


def _refuse_too_many(count: int) -> None:
    if count > MOST_ROWS:
        raise Refused(
            gettext(
                "Das sind %(count)s Werte auf einmal, höchstens %(most)s sind möglich. "
                "Nichts davon ist gespeichert. Bitte schicken Sie die Werte in Teilen."
            )
            % {"count": format_number(Decimal(count)), "most": format_number(Decimal(MOST_ROWS))}
        )


def _taken(data: Mapping[str, str]) -> Mapping[str, str]:
    """What was posted, with the effect of the buttons."""
    if place := data.get("take", "") or data.get("keep", ""):
        data = {**_plain(data), f"s:{place}": data.get(f"u:{place}", "")}
    if place := data.get("take", ""):
        theirs = {
            f"v:{place}": data.get(f"t:{place}", ""),
            f"n:{place}": data.get(f"w:{place}", ""),
        }
        data = {**data, **theirs}
    if measure := data.get("fill", ""):
        zero = {
            name: "0"
            for name, text in data.items()
            if name.startswith(f"v:{measure}:") and not text.strip()
        }
        data = {**_plain(data), **zero}
    return data


def _plain(data: Mapping[str, str]) -> dict[str, str]:
    """One text for each name; of a name posted twice the last."""
    return {name: data[name] for name in data}


def _rows(data: Mapping[str, str], decimals: Mapping[int, int], language: str) -> Iterator[Row]:
    for name in data:
        place = _place(name)
        if place is not None:
            yield _row(data, place, decimals.get(place[0], 0), language)


def _place(name: str) -> tuple[int, Cell] | None:
    kind, _, rest = name.partition(":")
    measure, colon, key = rest.partition(":")
    if kind != "v" or not colon or not (measure.isascii() and measure.isdigit()):
        return None
    if len(measure) > 18 or len(key) > 300:
        return None
    try:
        return int(measure), Cell.parse(key)
    except (ValueError, TypeError):
        return None


def _row(data: Mapping[str, str], place: tuple[int, Cell], decimals: int, language: str) -> Row:
    suffix = f"{place[0]}:{place[1].key}"
    text, n_text = data.get(f"v:{suffix}", ""), data.get(f"n:{suffix}", "")
    seen = data.get(f"s:{suffix}", "")
    value, problem = _read(text, n_text, place, decimals, language)
    return Row(
        measure_id=place[0],
        cell=place[1],
        value=value,
        seen=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 19 else None,
        sent=_sent(data.get(f"q:{suffix}", ""), decimals, language),
        text=text[:200],
        n_text=n_text[:LONGEST],
        problem=problem,
    )


def _sent(text: str, decimals: int, language: str) -> tuple[Value | None, ...]:
    """What the page sent before; whatever cannot be read was not stored either."""
    if not text:
        return ()
    try:
        pairs = json.loads(text[:4000])
        read = [_read(str(v), str(n), (0, Cell()), decimals, language) for v, n in pairs]
    except (ValueError, TypeError, RecursionError):
        return ()
    return tuple(value for value, problem in read if problem is None)


def _read(
    text: str, n_text: str, place: tuple[int, Cell], decimals: int, language: str
) -> tuple[Value | None, Problem | None]:
    """The value, or what is wrong with it. Nothing typed is nothing said."""
    text, n_text = text.strip(), n_text.strip()
    if not text and not n_text:
        return None, None
    if not text:
        return None, _problem(ProblemCode.MEAN_MISSING, place, text, n_text)
    if state := _state(text):
        return Value(state), None
    try:
        amount = read_number(text, decimals=decimals, language=language)
    except NotANumber as wrong:
        return None, _unreadable(wrong, place, text, n_text)
    n = _cases(n_text, language)
    if n_text and n is None:
        return None, _problem(ProblemCode.N_NOT_WHOLE, place, n_text, n_text)
    return Value(amount=amount, n=n), None


def _state(text: str) -> State | None:
    """A reason instead of a number, in words: ``nicht erhoben``, ``n. e.``."""
    words = text.casefold()
    for state, label in STATE_WORDS.items():
        if words == str(label).casefold():
            return state
    return _SHORT.get(words.replace(" ", ""))


def _unreadable(wrong: NotANumber, place: tuple[int, Cell], text: str, n_text: str) -> Problem:
    if isinstance(wrong, TooLong):
        return _problem(ProblemCode.TOO_LONG, place, text, n_text)
    if isinstance(wrong, Ambiguous):
        both = {"first": _typed(wrong.first), "second": _typed(wrong.second)}
        return _problem(ProblemCode.AMBIGUOUS, place, text, n_text, **both)
    return _problem(ProblemCode.NOT_A_NUMBER, place, text, n_text)


def _typed(amount: Decimal) -> str:
    return number(amount).replace(".", "") if amount == amount.to_integral() else number(amount)


def _cases(text: str, language: str) -> int | None:
    if not text:
        return None
    try:
        found = read_number(text, language=language)
    except NotANumber:
        return None
    return int(found) if found == found.to_integral() and found >= 0 else None


def _problem(
    code: ProblemCode, place: tuple[int, Cell], text: str, n_text: str, **params: str
) -> Problem:
    return Problem(code, place[0], place[1], params, text[:200], n_text[:LONGEST])


def _choices(data: Mapping[str, str]) -> Iterator[tuple[int, Choice]]:
    for name, wanted in data.items():
        kind, _, measure = name.partition(":")
        if kind != "g" or not (measure.isascii() and measure.isdigit()) or len(measure) > 18:
            continue
        if wanted and wanted != data.get(f"h:{measure}", ""):
            choice = _choice(wanted)
            if choice:
                yield int(measure), choice


def _choice(wanted: str) -> Choice | None:
    kind, colon, rest = wanted.partition(":")
    if kind == "grain" and colon:
        return Choice(grain=rest)
    if kind == "state" and rest in {State.NOT_APPLICABLE, State.NOT_COLLECTED, State.REFUSED}:
        return Choice(state=State(rest))
    return None
