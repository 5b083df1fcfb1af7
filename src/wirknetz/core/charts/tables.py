"""The equal view of each chart: the same words as in the picture, as header and rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from wirknetz.core.charts.facts import break_fact, cell, numbers_of, target_cell
from wirknetz.core.charts.look import Look
from wirknetz.core.charts.model import (
    Bar,
    BarChart,
    Break,
    ChartTable,
    Coverage,
    LineChart,
    Mark,
    Point,
    SmallMultiples,
    StateIcon,
)
from wirknetz.core.charts.summaries import coverage_words, state_words
from wirknetz.core.charts.textfit import clean
from wirknetz.core.charts.timeline import (
    Timeline,
    after,
    completed,
    joint_timeline,
    ordered_breaks,
    timeline,
)
from wirknetz.core.values import Period

_MOST_COLUMNS: Final = 12
_NOTHING: Final = "–"

Columns = tuple[dict[Period, Point], ...]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A line chart ready to be read row by row."""

    chart: LineChart
    look: Look
    periods: tuple[Period, ...]
    columns: Columns
    breaks: dict[Period, list[Break]]


def _sheet(chart: LineChart, look: Look) -> _Sheet:
    time = timeline(chart)
    columns = tuple({p.period: p for p in completed(s, chart, time.periods)} for s in chart.series)
    return _Sheet(chart, look, time.periods, columns, _break_rows(chart, time))


def _break_rows(chart: LineChart, time: Timeline) -> dict[Period, list[Break]]:
    """Breaks by the first period that is not wholly before them."""
    found: dict[Period, list[Break]] = {}
    for each in ordered_breaks(chart.breaks, time):
        row = next((p for p in time.periods if after(p) > each.period.ordinal), None)
        if row is not None:
            found.setdefault(row, []).append(each)
    return found


def table_of_lines(chart: LineChart, look: Look) -> ChartTable:
    """One row for each period: values, then target and note where there are any."""
    sheet = _sheet(chart, look)
    rows = tuple(_line_row(sheet, period) for period in sheet.periods)
    head = _line_head(chart, look)
    noted = any(row[-1] for row in rows)
    numeric = (False, *(True for _ in head[1:]), False)
    return ChartTable(
        clean(chart.title),
        (*head, look.words.note) if noted else head,
        rows if noted else tuple(row[:-1] for row in rows),
        numeric if noted else numeric[:-1],
    )


def _line_head(chart: LineChart, look: Look) -> tuple[str, ...]:
    unit = numbers_of(chart, look).spoken_unit
    names = (_with_unit(clean(series.name) or look.words.value, unit) for series in chart.series)
    target = (_with_unit(look.words.target, unit),) if chart.targets else ()
    return (look.words.period, *names, *target)


def _with_unit(name: str, unit: str) -> str:
    return f"{name} ({unit})" if unit else name


def _line_row(sheet: _Sheet, period: Period) -> tuple[str, ...]:
    chart, look = sheet.chart, sheet.look
    values = (_cell(column.get(period), chart, look) for column in sheet.columns)
    targets = (_target(chart, period, look),) if chart.targets else ()
    return (period.label(look.language), *values, *targets, _notes(sheet, period))


def _cell(point: Point | None, chart: LineChart, look: Look) -> str:
    """The value; a dash where the period lies outside what was asked so far."""
    if point is None:
        return _NOTHING
    return cell(point.value, point.mark, numbers_of(chart, look), look.words)


def _target(chart: LineChart, period: Period, look: Look) -> str:
    found = (target for target in chart.targets if target.period == period)
    return "; ".join(target_cell(target, chart, look) for target in found) or _NOTHING


def _notes(sheet: _Sheet, period: Period) -> str:
    breaks = (break_fact(each, sheet.look) for each in sheet.breaks.get(period, ()))
    several = len(sheet.columns) > 1
    notes = []
    for series, column in zip(sheet.chart.series, sheet.columns, strict=True):
        said = clean(column[period].note) if period in column else ""
        if said:
            notes.append(f"{clean(series.name)}: {said}" if several else said)
    return "; ".join((*breaks, *notes))


def table_of_multiples(chart: SmallMultiples, look: Look) -> ChartTable:
    """Panels by periods where that says everything; else one row for each panel and period."""
    periods = joint_timeline(chart.panels).periods
    if len(periods) <= _MOST_COLUMNS and all(_plain(panel) for panel in chart.panels):
        return _matrix(chart, periods, look)
    return _long(chart, look)


def _plain(panel: LineChart) -> bool:
    notes = any(point.note for series in panel.series for point in series.points)
    return len(panel.series) == 1 and not (panel.targets or panel.breaks or notes)


def _matrix(chart: SmallMultiples, periods: tuple[Period, ...], look: Look) -> ChartTable:
    rows = []
    for panel in chart.panels:
        column = _sheet(panel, look).columns[0]
        values = (_cell(column.get(period), panel, look) for period in periods)
        rows.append((_with_unit(clean(panel.title), numbers_of(panel, look).spoken_unit), *values))
    head = (look.words.name, *(period.label(look.language) for period in periods))
    numeric = (False, *(True for _ in periods))
    return ChartTable(clean(chart.title), head, tuple(rows), numeric)


def _long(chart: SmallMultiples, look: Look) -> ChartTable:
    words = look.words
    sheets = [_sheet(panel, look) for panel in chart.panels]
    rows = [
        row for sheet in sheets for period in sheet.periods for row in _long_rows(sheet, period)
    ]
    head = (words.name, words.period, words.value, words.target, words.note)
    return ChartTable(clean(chart.title), head, tuple(rows), (False, False, True, True, False))


def _long_rows(sheet: _Sheet, period: Period) -> list[tuple[str, ...]]:
    """One row for each series of the panel in this period."""
    panel, look = sheet.chart, sheet.look
    several = len(panel.series) > 1
    name = _with_unit(clean(panel.title), numbers_of(panel, look).spoken_unit)
    target, note = _target(panel, period, look), _notes(sheet, period)
    found: list[tuple[str, ...]] = []
    for series, column in zip(panel.series, sheet.columns, strict=True):
        named = f"{name}, {clean(series.name)}" if several else name
        value = _cell(column.get(period), panel, look)
        found.append((named, period.label(look.language), value, target, note))
    return found


def table_of_bars(chart: BarChart, look: Look) -> ChartTable:
    """One row for each category; a note column where something needs saying."""
    words, numbers = look.words, look.numbers(chart.unit, chart.decimals)
    notes = [bar_note(bar, look) for bar in chart.bars]
    rows = [
        (clean(bar.label), cell(bar.value, bar.mark, numbers, words), note)
        for bar, note in zip(chart.bars, notes, strict=True)
    ]
    value = _with_unit(words.value, numbers.spoken_unit)
    head = (clean(chart.category_name) or words.category, value, words.note)
    width = 3 if any(notes) else 2
    return ChartTable(
        clean(chart.title),
        head[:width],
        tuple(row[:width] for row in rows),
        (False, True, False)[:width],
    )


def bar_note(bar: Bar, look: Look) -> str:
    """What must be said about the bar besides its value."""
    own = look.words.not_broken_down if bar.mark is Mark.NOT_BROKEN_DOWN else ""
    return "; ".join(part for part in (own, clean(bar.note)) if part)


def table_of_coverage(chart: Coverage, look: Look) -> ChartTable:
    """One row."""
    head = (look.words.name, look.words.value)
    rows = ((clean(chart.title), coverage_words(chart, look)),)
    return ChartTable(clean(chart.title), head, rows, (False, False))


def table_of_state(chart: StateIcon, look: Look) -> ChartTable:
    """One row."""
    said = state_words(chart, look)
    return ChartTable(said, (look.words.state,), ((said,),), (False,))
