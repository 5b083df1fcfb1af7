"""Bars by category: every bar from 0, its value beside it, nothing missing drawn as 0."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from wirknetz.core.charts import palette
from wirknetz.core.charts.facts import cell, in_brackets
from wirknetz.core.charts.figures import Axis, Numbers
from wirknetz.core.charts.labels import Key, draw_legend
from wirknetz.core.charts.look import Drawing, Look, rule, text
from wirknetz.core.charts.model import Bar, BarChart, Mark
from wirknetz.core.charts.shapes import coloured, hatch, missing_sign, secret_sign
from wirknetz.core.charts.svg import Element, el, group
from wirknetz.core.charts.tables import bar_note
from wirknetz.core.charts.textfit import clean, shorten, text_width, widest, wrap

_GAP: Final = 8
_WORDS: Final = 20  # from 0 to the words for a missing value
_LABEL_SHARE: Final = 0.36
_VALUE_SHARE: Final = 0.34
_HATCH: Final = "hatch"


@dataclass(frozen=True, slots=True)
class _Row:
    """A bar with its wrapped label and the text beside it."""

    bar: Bar
    label: tuple[str, ...]
    said: str


@dataclass(frozen=True, slots=True)
class _Sheet:
    """All rows and the scale they share."""

    chart: BarChart
    look: Look
    rows: tuple[_Row, ...]
    axis: Axis
    left: float
    right: float

    def x(self, amount: Decimal) -> float:
        """Pixel of an amount."""
        return self.left + self.axis.share(amount) * (self.right - self.left)

    @property
    def thickness(self) -> float:
        """Height of a bar."""
        return 16 if self.look.wide else 14

    def height(self, row: _Row) -> float:
        """Height of a row; on narrow pictures the label stands above its bar."""
        lines = len(row.label) * self.look.line
        if self.look.wide:
            return max(self.thickness + 12, lines + 10)
        return lines + self.thickness + 14


def draw_bars(chart: BarChart, look: Look) -> Drawing:
    """Draw the chart for the width of the look; its height follows from its bars."""
    if not chart.bars:
        said = shorten(look.words.no_breakdown, look.width, look.size)
        nothing = text(0, look.size + 4, said, look, kind="nothing", fill=palette.MUTED)
        return Drawing(look.width, look.line + 8, (nothing,))
    sheet = _sheet(chart, look)
    legend = draw_legend(_keys(chart, look), 0, look)
    head, top = _unit(sheet, legend.height)
    body, bottom = _rows(sheet, top)
    colour = palette.SERIES[0].colour
    return Drawing(
        look.width,
        bottom + 4,
        (*legend.elements, *head, *_zero_lines(sheet, top), *body),
        (coloured(0, hatch(look, _HATCH, colour)),) if _hatched(chart) else (),
    )


def _hatched(chart: BarChart) -> bool:
    return any(bar.mark is Mark.NOT_BROKEN_DOWN for bar in chart.bars)


def _keys(chart: BarChart, look: Look) -> tuple[Key, ...]:
    if not _hatched(chart):
        return ()
    return (
        Key(
            lambda x, y: coloured(0, _rect((x, y - 6, 20, 12), look, Mark.NOT_BROKEN_DOWN)),
            look.words.not_broken_down,
            glyph=28,
        ),
    )


def _sheet(chart: BarChart, look: Look) -> _Sheet:
    numbers = look.numbers(chart.unit, chart.decimals)
    rows = tuple(_row(bar, numbers, look) for bar in chart.bars)
    values = [bar.value for bar in chart.bars if bar.value is not None]
    low, high = min([*values, Decimal(0)]), max([*values, Decimal(0)])
    axis = Axis(low, high, Decimal(1)) if high > low else Axis(Decimal(0), Decimal(1), Decimal(1))
    labels = max(widest(row.label, look.size) for row in rows) + _GAP if look.wide else 0
    left = max(1, labels + _beside(rows, look, negative=True))
    right = look.width - _beside(rows, look, negative=False)
    return _Sheet(chart, look, rows, axis, left, right)


def _row(bar: Bar, numbers: Numbers, look: Look) -> _Row:
    room = look.width * (_LABEL_SHARE if look.wide else 1)
    label = wrap(clean(bar.label), room, look.size, lines=2)
    if bar.value is None:
        said = cell(None, bar.mark, numbers, look.words)
    else:
        said = numbers.fitting(bar.value, look.width * _VALUE_SHARE, look.size)
    return _Row(bar, label, said)


def _beside(rows: tuple[_Row, ...], look: Look, *, negative: bool) -> float:
    """Room for the values beside bars to the left or to the right."""
    said = tuple(
        row.said for row in rows if row.bar.value is not None and (row.bar.value < 0) is negative
    )
    return widest(said, look.size, bold=True) + _GAP if said else 0.0


def _unit(sheet: _Sheet, top: float) -> tuple[list[Element], float]:
    """The unit where it is a word, and where the rows begin."""
    look = sheet.look
    unit = look.numbers(sheet.chart.unit, sheet.chart.decimals).spoken_unit
    if not unit:
        return [], top + 2
    said = shorten(unit, look.width, look.size)
    line = text(0, top + look.size, said, look, kind="unit", fill=palette.MUTED)
    return [line], top + look.line + 4


def _rows(sheet: _Sheet, top: float) -> tuple[list[Element], float]:
    found, y = [], top
    for row in sheet.rows:
        found.append(_draw_row(sheet, row, y))
        y += sheet.height(row)
    return found, y


def _zero_lines(sheet: _Sheet, top: float) -> list[Element]:
    """The line of 0: one beside labels, a piece for each bar where labels stand above."""
    found, y, zero = [], top, sheet.x(Decimal(0))
    for row in sheet.rows:
        bottom = y + sheet.height(row)
        start = y if sheet.look.wide else y + len(row.label) * sheet.look.line
        end = bottom if sheet.look.wide else start + sheet.thickness + 4
        found.append(rule(zero, start, zero, end, kind="axis", stroke=palette.AXIS))
        y = bottom
    return found


def _draw_row(sheet: _Sheet, row: _Row, top: float) -> Element:
    look, height = sheet.look, sheet.height(row)
    lines = len(row.label) * look.line
    if look.wide:
        middle = top + height / 2
        base = middle - lines / 2 + look.size
    else:
        base = top + look.size
        middle = top + lines + sheet.thickness / 2 + 2
    names = [
        text(0, base + number * look.line, line, look, kind="category")
        for number, line in enumerate(row.label)
    ]
    drawn = _bar(sheet, row, middle) if row.bar.value is not None else _blank(sheet, row, middle)
    return group([*names, *drawn], class_="wn-chart__row", title=_tip(sheet, row))


def _tip(sheet: _Sheet, row: _Row) -> str:
    look, bar = sheet.look, row.bar
    numbers = look.numbers(sheet.chart.unit, sheet.chart.decimals)
    said = cell(bar.value, bar.mark, numbers, look.words)
    return f"{clean(bar.label)}: {said}{in_brackets(bar_note(bar, look))}"


def _bar(sheet: _Sheet, row: _Row, middle: float) -> list[Element]:
    value = row.bar.value or Decimal(0)
    zero, end = sheet.x(Decimal(0)), sheet.x(value)
    top, width = middle - sheet.thickness / 2, abs(end - zero)
    if value:
        width = max(width, 1)
    left = zero - width if value < 0 else zero
    bar = _rect((left, top, width, sheet.thickness), sheet.look, row.bar.mark)
    at = left - _GAP + 2 if value < 0 else zero + width + _GAP - 2
    return [coloured(0, bar), _said(at, middle, row, sheet.look, ending=value < 0)]


def _rect(box: tuple[float, float, float, float], look: Look, mark: Mark) -> Element:
    """A filled bar; hatched and outlined where the value is not broken down."""
    x, y, width, height = box
    colour, hatched = palette.SERIES[0].colour, mark is Mark.NOT_BROKEN_DOWN
    return el(
        "rect",
        class_="wn-chart__bar" + (" wn-chart__bar--hatched" if hatched else ""),
        x=x,
        y=y,
        width=width,
        height=height,
        fill=f"url(#{look.ref(_HATCH)})" if hatched else colour,
        stroke=colour if hatched else None,
    )


def _said(
    x: float, middle: float, row: _Row, look: Look, *, ending: bool, muted: bool = False
) -> Element:
    return text(
        x,
        middle + look.size * 0.35,
        row.said,
        look,
        kind="nothing" if muted else "value",
        anchor="end" if ending else None,
        fill=palette.MUTED if muted else palette.INK,
        halo=muted,
    )


def _blank(sheet: _Sheet, row: _Row, middle: float) -> list[Element]:
    """Sign and words where there is no value, right of 0, or left of it where room is short."""
    look, zero = sheet.look, sheet.x(Decimal(0))
    sign = secret_sign if row.bar.mark is Mark.SUPPRESSED else missing_sign
    width = text_width(row.said, look.size)
    left_of_zero = zero + _WORDS + width > look.width and zero - _WORDS - width >= 0
    side = -1 if left_of_zero else 1
    start = zero if left_of_zero else min(zero, look.width - width - _WORDS)
    words = _said(start + side * _WORDS, middle, row, look, ending=left_of_zero, muted=True)
    return [sign(start + side * 11, middle, palette.MUTED), words]
