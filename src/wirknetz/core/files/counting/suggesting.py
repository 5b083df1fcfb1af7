"""A first profile for a list, from its headings: something to read through and correct.

Words of a column are written out only where there are few of them (gender, kind of ending),
so that no name gets into a profile.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Final

from wirknetz.core.files.counting.folding import fold
from wirknetz.core.files.grid import Content
from wirknetz.core.files.persons_signs import Kind, heading_key, heading_kind, is_day, sign_of
from wirknetz.core.files.reading import ListRow

_LOOKED_AT: Final = 5000
_TOP: Final = 30
_FEW_WORDS: Final = 8
_BEGIN: Final = re.compile(r".*(beginn|aufnahme|eintritt|start|zugang|erstkontakt|einzug).*")
_END: Final = re.compile(r".*(ende|austritt|entlass|abgang|abschluss|auszug).*")
_ENDING: Final = re.compile(r".*(beendigung|abschluss|austritts?grund|grund|ergebnis|art).*")
_GENDER: Final = (("w", "wfk"), ("m", "mhe"), ("d", ""))
_NAME: Final = '\n# name = ""   # so heißt die Messgröße im Netzwerk'
_NOT_SUMMED: Final = frozenset(
    {"age", "birth_year", "case_number", "number", "insurance", "phone", "day"}
)


@dataclass(frozen=True, slots=True)
class _Column:
    heading: str
    values: tuple[Content, ...]

    @property
    def kind(self) -> str:
        return heading_kind(self.heading)

    @property
    def words(self) -> tuple[str, ...]:
        """The different words, as they stand there; none where there are many."""
        known = {fold(v): v.strip() for v in self.values if isinstance(v, str) and v.strip()}
        few = len(known) <= _FEW_WORDS and 2 * len(known) <= len(self.values)
        return tuple(known.values()) if few else ()

    def share(self, days: bool) -> float:
        """How much of it is days, or numbers."""
        fitting = sum(is_day(v) if days else isinstance(v, Decimal) for v in self.values)
        return fitting / len(self.values) if self.values else 0.0


def suggest(lines: Iterable[ListRow]) -> str:
    """The text of a profile. ValueError where no row looks like headings."""
    columns = _columns(list(islice(lines, _LOOKED_AT)))
    return "\n".join([*_head(columns), *_breakdowns(columns), *_measures(columns), ""])


def _columns(rows: Sequence[ListRow]) -> list[_Column]:
    best = max(rows[:_TOP], key=_known, default=None)
    if best is None or not _known(best):
        raise ValueError("no row looks like headings")
    below = rows[rows.index(best) + 1 :]
    return [
        _Column(heading.strip(), tuple(_below(below, place)))
        for place, heading in enumerate(best.values)
        if isinstance(heading, str) and heading.strip()
    ]


def _known(row: ListRow) -> int:
    texts = [value for value in row.values if value is not None]
    if not all(isinstance(value, str) and not is_day(value) for value in texts):
        return 0
    return sum(bool(heading_kind(value)) for value in texts)


def _below(rows: Iterable[ListRow], place: int) -> Iterator[Content]:
    for row in rows:
        value = row.values[place] if place < len(row.values) else None
        if value is not None:
            yield value


def _first(columns: Iterable[_Column], kind: str) -> _Column | None:
    return next((column for column in columns if column.kind == kind), None)


def _days(columns: Iterable[_Column], pattern: re.Pattern[str]) -> _Column | None:
    return next(
        (
            column
            for column in columns
            if pattern.fullmatch(heading_key(column.heading)) and column.share(days=True) >= 0.5
        ),
        None,
    )


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _head(columns: list[_Column]) -> Iterator[str]:
    yield "# Zähl-Anleitung: sagt, wie aus einer Liste von Personen Zahlen werden."
    yield "# Ein Vorschlag aus den Überschriften. Bitte jede Zeile prüfen."
    yield 'format = 1\nname = "Unsere Fallliste"\n'
    yield "[liste]"
    case = _first(columns, "case_number") or _first(columns, "number")
    if case:
        yield f"fallnummer = {_quoted(case.heading)}   # gleiche Nummer = derselbe Fall"
    begin, birth = _days(columns, _BEGIN), _first(columns, "birth_date")
    if begin:
        yield f"pflicht = [{_quoted(begin.heading)}]   # darf in keiner Zeile leer sein"
    order = [column.heading for column in (birth, begin, _days(columns, _END)) if column]
    if len(order) > 1:
        yield f"reihenfolge = [{', '.join(map(_quoted, order))}]   # früher vor später"
    yield "# zweistellige_jahre_bis = 2025   # nur bei Jahren wie 03.04.85"


def _breakdowns(columns: list[_Column]) -> Iterator[str]:
    gender = _first(columns, "gender")
    if gender and gender.words:
        yield f'\n[merkmal.geschlecht]\nname = "Geschlecht"\nspalte = {_quoted(gender.heading)}'
        yield '# leer = "u"   # so zählen leere Felder; sonst werden sie Ihnen gemeldet'
        yield "[merkmal.geschlecht.werte]"
        for code, letters in _GENDER:
            words = [w for w in gender.words if _gender_of(w, letters)]
            if words:
                yield f"{code} = [{', '.join(map(_quoted, words))}]"
    birth, begin = _first(columns, "birth_date"), _days(columns, _BEGIN)
    if birth:
        at = begin.heading if begin else "zeitraum_ende"
        yield f'\n[merkmal.alter]\nname = "Alter"\ngeburtsdatum = {_quoted(birth.heading)}'
        yield f"am = {_quoted(at)}   # an diesem Tag wird das Alter berechnet"
        yield 'baender = ["18-29", "30-49", "50+"]'


def _gender_of(word: str, letters: str) -> bool:
    first = fold(word)[:1]
    return first in letters if letters else not any(first in other for _code, other in _GENDER)


def _measures(columns: list[_Column]) -> Iterator[str]:
    begin, end = _days(columns, _BEGIN), _days(columns, _END)
    by = _by(columns)
    if begin:
        yield f'\n[[messgroesse]]\ncode = "begonnen"{_NAME}{by}'
        yield f"wenn = [{{ spalte = {_quoted(begin.heading)}, im_zeitraum = true }}]"
    if end:
        yield f'\n[[messgroesse]]\ncode = "beendet"{_NAME}{by}'
        yield f"wenn = [\n  {{ spalte = {_quoted(end.heading)}, im_zeitraum = true }},"
        yield from _endings(columns)
        yield "]"
    summed = [c for c in columns if c.kind not in _NOT_SUMMED and c.share(days=False) >= 0.8]
    for number, column in enumerate(summed, 1):
        yield f'\n[[messgroesse]]\ncode = "summe_{number}"   # bitte den Code der Messgröße'
        yield f"summe = {_quoted(column.heading)}"
    if not (begin or end or summed):
        yield '\n[[messgroesse]]\ncode = "faelle"   # bitte den Code der Messgröße'


def _by(columns: list[_Column]) -> str:
    gender = _first(columns, "gender")
    names = ["geschlecht"] if gender and gender.words else []
    names += ["alter"] if _first(columns, "birth_date") else []
    return f"\nnach = [{', '.join(map(_quoted, names))}]" if names else ""


def _endings(columns: list[_Column]) -> Iterator[str]:
    """Conditions left open: the profile is refused until somebody says which words count."""
    for column in columns:
        ending = _ENDING.fullmatch(heading_key(column.heading))
        if ending and column.words and not _is_personal(column):
            asked = f"{{ spalte = {_quoted(column.heading)}, ist = [] }}"
            yield f"  {asked},   # was davon zählt? {', '.join(sorted(column.words))}"


def _is_personal(column: _Column) -> bool:
    """Whether names or birth dates stand there."""
    sign = sign_of(column.values, "", by_content=True)
    return sign is not None and sign.kind in {Kind.NAME, Kind.BIRTH_DATE}
