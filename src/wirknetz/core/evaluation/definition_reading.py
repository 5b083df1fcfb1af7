"""From a TOML file to a round, every mistake named with its key and line."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from itertools import combinations
from typing import Final

from wirknetz.core.evaluation.definition import Indicator, Partner, Round
from wirknetz.core.files.asked import Wanted, WantedCategory, WantedDimension
from wirknetz.core.files.recognition.model import About, Step
from wirknetz.core.files.words.keys import label_key
from wirknetz.core.measures import Definition, FormulaError, MeasureSpec, UnknownMeasureError
from wirknetz.core.toml import MistakeCode, Table, TomlError, listed, opened
from wirknetz.core.values import Adds, Counts, Period

FORMAT: Final = 1
_IGNORED: Final = ("-", "nicht zählen")
_TOTAL: Final = "gesamt"


class _Counts(StrEnum):
    PERSONS = "personen"
    CASES = "faelle"
    EVENTS = "ereignisse"
    OTHER = "anderes"


class _Adds(StrEnum):
    FLOW = "fluss"
    STOCK = "bestand"


class _Bezug(StrEnum):
    """What a taught step speaks of, in the words of the definition."""

    LABEL = "beschriftung"
    PLACE = "stelle"
    ROW = "zeile"
    COLUMN = "spalte"
    CELL = "zelle"
    PAGE = "blatt"
    QUESTION = "frage"


def read_definition(content: bytes) -> Round:
    """The round in these bytes. TomlError names everything that is wrong with it."""
    top, mistakes = opened(content)
    top.known("format", "name", "zeitraum", "merkmal", "messgroesse", "indikator", "organisation")
    if top.number("format") != FORMAT:
        top.wrong(MistakeCode.WRONG_VALUE, "format", found="", known=str(FORMAT))
    dimensions = _dimensions(top.table("merkmal"))
    tables = top.tables("messgroesse")
    codes = tuple(_code(table) for table in tables)
    measures = tuple(_measure(table, codes, dimensions) for table in tables)
    if not measures:
        top.wrong(MistakeCode.NOTHING, "messgroesse")
    specs = {m.code: MeasureSpec(m.code, m.adds, m.counts) for m in measures}
    known = _Known(specs, dimensions)
    indicators = tuple(_indicator(table, specs) for table in top.tables("indikator"))
    partners = tuple(_partner(table, known) for table in top.tables("organisation"))
    period = _period(top)
    if mistakes.found or period is None:
        raise TomlError(mistakes.found)
    name, sha256 = top.text("name"), hashlib.sha256(content).hexdigest()
    return Round(
        name, period, measures, dimensions, tuple(filter(None, indicators)), partners, sha256
    )


def _period(top: Table) -> Period | None:
    top.text("name", needed=True)
    code = top.text("zeitraum", needed=True)
    try:
        return Period.parse(code)
    except ValueError:
        if code:
            top.wrong(
                MistakeCode.WRONG_VALUE, "zeitraum", found=code, known="2025, 2025Q3, 2025-07"
            )
        return None


def _code(table: Table) -> str:
    code = table.text("code", needed=True)
    if code and not code.replace("_", "a").isalnum():
        table.wrong(MistakeCode.WRONG_VALUE, "code", found=code, known="a-z, 0-9, _")
    return code


# ------------------------------------------------------------------ what is asked


def _dimensions(table: Table) -> tuple[WantedDimension, ...]:
    return tuple(_dimension(code, table.table(code)) for code in table.raw)


def _dimension(code: str, table: Table) -> WantedDimension:
    table.known("name", "woerter", "auspraegungen")
    inside = table.table("auspraegungen")
    if not inside.raw:
        table.wrong(MistakeCode.MISSING, "auspraegungen")
    categories = []
    for category in inside.raw:
        name, *words = inside.texts(category) or (category,)
        categories.append(WantedCategory(category, name, tuple(words)))
        if set("=| ,") & set(category):
            inside.wrong(MistakeCode.WRONG_VALUE, category, found=category, known="a-z, 0-9, -+")
    return WantedDimension(
        code, table.text("name") or code, tuple(categories), table.texts("woerter")
    )


def _measure(
    table: Table, codes: tuple[str, ...], dimensions: tuple[WantedDimension, ...]
) -> Wanted:
    table.known(
        "code", "name", "erklaerung", "einheit", "zaehlt", "addiert", "nach", "teil_von",
        "woerter", "nachkommastellen", "hoechstens",
    )  # fmt: skip
    code = table.text("code")
    if codes.count(code) > 1:
        table.wrong(MistakeCode.TWICE, "code", found=code)
    for whole in table.texts("teil_von"):
        if whole not in codes:
            table.wrong(MistakeCode.UNKNOWN_NAME, "teil_von", found=whole, known=listed(codes))
    counts = table.one_of("zaehlt", _Counts) or _Counts.PERSONS
    adds = table.one_of("addiert", _Adds) or _Adds.FLOW
    most = table.number("hoechstens")
    return Wanted(
        code=code,
        name=table.text("name", needed=True),
        definition=table.text("erklaerung"),
        unit=table.text("einheit"),
        counts=Counts[counts.name],
        adds=Adds[adds.name],
        decimals=table.number("nachkommastellen") or 0,
        grains=tuple(_grains(table, dimensions)),
        words=table.texts("woerter"),
        part_of=table.texts("teil_von"),
        maximum=None if most is None else Decimal(most),
    )


def _grains(table: Table, dimensions: tuple[WantedDimension, ...]) -> Iterator[str]:
    """The breakdown asked for, every coarser one, the total last."""
    known = [one.code for one in dimensions]
    asked = sorted(set(table.texts("nach")))
    for code in asked:
        if code not in known:
            table.wrong(MistakeCode.UNKNOWN_NAME, "nach", found=code, known=listed(known))
    for length in range(len(asked), -1, -1):
        yield from (",".join(some) for some in combinations(asked, length))


def _indicator(table: Table, specs: dict[str, MeasureSpec]) -> Indicator | None:
    table.known("code", "name", "formel", "faktor", "nachkommastellen")
    code, formula = _code(table), table.text("formel", needed=True)
    factor = table.number("faktor")
    try:
        definition = Definition.of(
            formula,
            specs,
            decimals=table.number("nachkommastellen") or 0,
            factor=1 if factor is None else factor,
        )
    except UnknownMeasureError as error:
        found, known = listed(error.names), listed(specs)
        table.wrong(MistakeCode.UNKNOWN_NAME, "formel", found=found, known=known)
        return None
    except FormulaError:
        if formula:
            table.wrong(MistakeCode.WRONG_VALUE, "formel", found=formula, known="a / b, a + b")
        return None
    return Indicator(code, table.text("name") or code, formula, definition)


# ------------------------------------------------------------------ of whom


class _Known:
    """The names a taught word can mean."""

    def __init__(
        self, specs: dict[str, MeasureSpec], dimensions: tuple[WantedDimension, ...]
    ) -> None:
        self.measures = tuple(specs)
        self.categories = tuple(
            f"{one.code}={category.code}" for one in dimensions for category in one.categories
        )

    def says(self, text: str) -> str:
        """What a step says for it; empty for a name that is not known."""
        if text in self.measures:
            return f"measure:{text}"
        if text in _IGNORED:
            return "ignore"
        if text == _TOTAL:
            return "total"
        parts = text.split()
        if parts and all(part in self.categories for part in parts):
            return " ".join(f"category:{part}" for part in parts)
        return text if ":" in text else ""


def _partner(table: Table, known: _Known) -> Partner:
    table.known(
        "name", "namen", "datei", "anleitung", "auslassen", "beschriftungen", "antworten",
        "schritt",
    )  # fmt: skip
    return Partner(
        name=table.text("name", needed=True),
        names=table.texts("namen"),
        files=table.texts("datei"),
        guide=table.text("anleitung"),
        steps=(*_labels(table, known), *_answers(table), *_steps(table)),
        leaves_out=table.yes("auslassen"),
    )


def _labels(table: Table, known: _Known) -> Iterator[Step]:
    inside = table.table("beschriftungen")
    for label in inside.raw:
        text = inside.text(label, needed=True)
        says = known.says(text)
        if text and not says:
            names = listed((*known.measures, *known.categories, _TOTAL, *_IGNORED))
            inside.wrong(MistakeCode.UNKNOWN_NAME, label, found=text, known=names)
        elif says:
            yield Step(About.LABEL, label_key(label), says)


def _answers(table: Table) -> Iterator[Step]:
    inside = table.table("antworten")
    for key in inside.raw:
        if text := inside.text(key, needed=True):
            yield Step(About.QUESTION, key, text)


def _steps(table: Table) -> Iterator[Step]:
    for one in table.tables("schritt"):
        one.known("bezug", "wo", "sagt")
        about = one.one_of("bezug", _Bezug)
        where, says = one.text("wo", needed=True), one.text("sagt", needed=True)
        if about is None:
            one.wrong(MistakeCode.MISSING, "bezug")
        elif where and says:
            yield Step(About[about.name], where, says)
