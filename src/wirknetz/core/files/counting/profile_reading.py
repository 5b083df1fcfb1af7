"""From a TOML file to a counting profile, every mistake named with its key and line."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Final

from wirknetz.core.files.counting.folding import fold
from wirknetz.core.files.counting.profile import (
    PROFILE_FORMAT,
    Band,
    Breakdown,
    Doubles,
    Edge,
    Hidden,
    MeasureRule,
    Moment,
    Profile,
    Slashes,
    Style,
)
from wirknetz.core.files.counting.profile_conditions import condition_in, moment_in
from wirknetz.core.toml import (
    MistakeCode,
    Mistakes,
    Table,
    TomlError,
    listed,
    opened,
)
from wirknetz.core.values import Period

_CODE: Final = re.compile(r"[^=|\s]+")
_BANDS: Final = tuple(
    (re.compile(pattern, re.ASCII), low, high)
    for pattern, low, high in (
        (r"(\d{1,3}) ?(?:-|bis) ?(\d{1,3})", 1, 2),
        (r"ab (\d{1,3})|(\d{1,3}) ?\+", 1, 0),
        (r"bis (\d{1,3})", 0, 1),
        (r"unter (\d{1,3})", 0, 1),
    )
)


class ProfileError(TomlError):
    """The profile cannot be used; ``mistakes`` say why, in the order of the file."""


def read_profile(content: bytes) -> Profile:
    """The profile in these bytes. ProfileError names everything that is wrong with it."""
    try:
        top, mistakes = opened(content)
    except TomlError as error:
        raise ProfileError(error.mistakes) from error
    profile = _profile(top, hashlib.sha256(content).hexdigest())
    _check_names(profile, mistakes)
    if mistakes.found:
        raise ProfileError(mistakes.found)
    return profile


def _profile(top: Table, sha256: str) -> Profile:
    top.known("format", "name", "zeitraum", "liste", "nur", "merkmal", "messgroesse")
    if top.number("format") != PROFILE_FORMAT:
        top.wrong(MistakeCode.WRONG_VALUE, "format", found="", known=str(PROFILE_FORMAT))
    sheet = top.table("liste")
    sheet.known(
        "blatt", "fallnummer", "doppelte", "pflicht", "reihenfolge", "gilt_als_leer",
        "zweistellige_jahre_bis", "schraegstrich", "zahlen", "ausgeblendete_zeilen",
    )  # fmt: skip
    breakdowns = top.table("merkmal")
    return Profile(
        name=top.text("name", needed=True),
        measures=tuple(map(_measure, top.tables("messgroesse"))),
        breakdowns=tuple(_breakdown(code, breakdowns.table(code)) for code in breakdowns.raw),
        only=tuple(filter(None, map(condition_in, top.tables("nur")))),
        page=sheet.text("blatt"),
        case_number=sheet.text("fallnummer"),
        doubles=sheet.one_of("doppelte", Doubles) or Doubles.ONCE,
        required=sheet.texts("pflicht"),
        in_order=sheet.texts("reihenfolge"),
        empty_words=tuple(map(fold, sheet.texts("gilt_als_leer"))),
        latest_year=sheet.number("zweistellige_jahre_bis"),
        slashes=sheet.one_of("schraegstrich", Slashes),
        style=sheet.one_of("zahlen", Style),
        hidden=sheet.one_of("ausgeblendete_zeilen", Hidden),
        period=_period(top),
        sha256=sha256,
    )


def _period(top: Table) -> Period | None:
    code = top.text("zeitraum")
    try:
        return Period.parse(code) if code else None
    except ValueError:
        top.wrong(MistakeCode.WRONG_VALUE, "zeitraum", found=code, known="2025, 2025Q3, 2025-07")
        return None


def _measure(table: Table) -> MeasureRule:
    table.known(
        "code", "name", "wenn", "summe", "nach", "teil_von", "alter_am", "leer_ist_null"
    )  # fmt: skip
    code = _code(table)
    return MeasureRule(
        code=code,
        name=table.text("name") or code,
        conditions=tuple(filter(None, map(condition_in, table.tables("wenn")))),
        summed=table.text("summe"),
        breakdowns=table.texts("nach"),
        part_of=table.text("teil_von"),
        at=_at(table, "alter_am"),
        empty_is_zero=table.yes("leer_ist_null"),
    )


def _code(table: Table) -> str:
    code = table.text("code", needed=True)
    if code and not _CODE.fullmatch(code):
        table.wrong(MistakeCode.WRONG_VALUE, "code", found=code, known="a-z, 0-9, _")
    return code


def _breakdown(code: str, table: Table) -> Breakdown:
    table.known("name", "spalte", "geburtsdatum", "am", "werte", "baender", "leer")
    born = table.text("geburtsdatum")
    column = born or table.text("spalte", needed=True)
    words = tuple(_words(table.table("werte"))) if "werte" in table.raw else ()
    bands = _bands(table) if "baender" in table.raw else ()
    if bool(words) == bool(bands):
        table.wrong(MistakeCode.MISSING, "baender" if born else "werte")
    empty = table.text("leer")
    odd = [one for one in (code, empty, *table.raw.get("werte", ())) if set("=|") & set(one)]
    for one in odd:
        table.wrong(MistakeCode.WRONG_VALUE, "werte", found=one, known="a-z, 0-9, _")
    named = [one.code for one in bands] or [category for category, _word in words]
    categories = tuple(dict.fromkeys([*named, *([empty] if empty else [])]))
    at = (_at(table, "am") or Edge.START) if born else None
    return Breakdown(code, table.text("name") or code, column, categories, words, bands, at, empty)


def _at(table: Table, key: str) -> str | Moment | None:
    """A column's heading, or a moment."""
    if key not in table.raw:
        return None
    found = moment_in(table.raw[key])
    return found if found is not None else table.text(key, needed=True)


def _words(table: Table) -> Iterator[tuple[str, str]]:
    """Category and folded word; the category's own code always means it."""
    meant: dict[str, str] = {}
    for category in table.raw:
        for word in dict.fromkeys(map(fold, (*table.texts(category), category))):
            if meant.setdefault(word, category) != category:
                table.wrong(MistakeCode.TWICE, category, found=word)
            else:
                yield category, word


def _bands(table: Table) -> tuple[Band, ...]:
    """Bands as a list of texts, or as a table of code and text."""
    raw = table.raw["baender"]
    if isinstance(raw, list):
        named = {text: text for text in table.texts("baender")}
    else:
        inside = table.table("baender")
        named = {code: inside.text(code) for code in inside.raw}
    bands = [_band(code, text) for code, text in named.items()]
    for band, text in zip(bands, named.values(), strict=True):
        if band is None or any(o and o is not band and _overlap(band, o) for o in bands):
            table.wrong(MistakeCode.BANDS, "baender", found=text)
    return tuple(band for band in bands if band)


def _band(code: str, text: str) -> Band | None:
    plain = fold(text).replace("\u2013", "-").replace(" jahre", "")
    for number, (pattern, low, high) in enumerate(_BANDS):
        if match := pattern.fullmatch(plain):
            ends = [int(group) for group in match.groups() if group]
            start = ends[0] if low else 0
            end = ends[high - 1] - (number == 3) if high else None
            return Band(code, start, end) if end is None or start <= end else None
    return None


def _overlap(one: Band, other: Band) -> bool:
    return (one.high is None or other.low <= one.high) and (
        other.high is None or one.low <= other.high
    )


# ------------------------------------------------------------------ names that refer to others


def _check_names(profile: Profile, mistakes: Mistakes) -> None:
    codes = [measure.code for measure in profile.measures]
    breakdowns = [one.code for one in profile.breakdowns]
    if not codes:
        mistakes.add(MistakeCode.NOTHING, ("messgroesse",))
    for number, measure in enumerate(profile.measures):
        here = ("messgroesse", number)
        if codes.index(measure.code) != number:
            mistakes.add(MistakeCode.TWICE, (*here, "code"), found=measure.code)
        for name in measure.breakdowns:
            if name not in breakdowns:
                known = listed(breakdowns)
                mistakes.add(MistakeCode.UNKNOWN_NAME, (*here, "nach"), found=name, known=known)
        if measure.part_of and measure.part_of not in codes:
            found, known = measure.part_of, listed(codes)
            mistakes.add(MistakeCode.UNKNOWN_NAME, (*here, "teil_von"), found=found, known=known)
        elif _circles(profile, measure):
            mistakes.add(MistakeCode.CIRCLE, (*here, "teil_von"))


def _circles(profile: Profile, measure: MeasureRule) -> bool:
    seen = {measure.code}
    while measure.part_of:
        if measure.part_of in seen:
            return True
        seen.add(measure.part_of)
        known = [one for one in profile.measures if one.code == measure.part_of]
        if not known:
            return False
        measure = known[0]
    return False
