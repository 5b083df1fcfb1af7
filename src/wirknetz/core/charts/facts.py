"""One place that says a value in words, for the picture and for the table alike."""

from __future__ import annotations

from decimal import Decimal

from wirknetz.core.charts.figures import Numbers
from wirknetz.core.charts.look import Look
from wirknetz.core.charts.model import Break, LineChart, Mark, Point, Target
from wirknetz.core.charts.textfit import clean
from wirknetz.core.charts.words import Words


def cell(value: Decimal | None, mark: Mark, numbers: Numbers, words: Words) -> str:
    """The value as text; words where there is none. Never 0 for nothing."""
    if value is not None:
        return numbers.value(value)
    return words.suppressed if mark is Mark.SUPPRESSED else words.missing


def point_fact(name: str, point: Point, chart: LineChart, look: Look) -> str:
    """``Netzwerk, 3. Quartal 2025: 42,1 % (vorläufig)``."""
    said = cell(point.value, point.mark, numbers_of(chart, look), look.words)
    where = f"{clean(name)}, {point.period.label(look.language)}: {said}"
    return where + in_brackets(point.note)


def target_fact(target: Target, chart: LineChart, look: Look) -> str:
    """``Ziel, 2025: 45 % (Spielraum 2 %)``."""
    said = target_cell(target, chart, look)
    return f"{look.words.target}, {target.period.label(look.language)}: {said}"


def target_cell(target: Target, chart: LineChart, look: Look) -> str:
    """``45 % (Spielraum 2 %)``."""
    numbers = numbers_of(chart, look)
    margin = look.words.tolerance_of.format(value=numbers.short(target.tolerance))
    return numbers.short(target.value) + (in_brackets(margin) if target.tolerance else "")


def break_fact(each: Break, look: Look) -> str:
    """``Ab hier neue Definition: …``."""
    return look.words.break_at.format(label=clean(each.label))


def numbers_of(chart: LineChart, look: Look) -> Numbers:
    """The number format of a line chart."""
    return look.numbers(chart.unit, chart.decimals)


def in_brackets(note: str) -> str:
    """The note behind a value, or nothing."""
    said = clean(note)
    return f" ({said})" if said else ""
