"""What a chart shows in plain sentences, for those who hear it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from wirknetz.core.charts.facts import cell, in_brackets, numbers_of
from wirknetz.core.charts.look import Look
from wirknetz.core.charts.model import (
    BarChart,
    Break,
    Coverage,
    LineChart,
    Mark,
    Point,
    Series,
    SmallMultiples,
    Sparkline,
    StateIcon,
)
from wirknetz.core.charts.textfit import clean
from wirknetz.core.charts.timeline import after, comparable, completed, ordered_breaks, timeline

_MOST_LISTED: Final = 12


def describe_lines(chart: LineChart, look: Look) -> str:
    """Development of each series since the last break, targets, gaps, breaks."""
    if chart.summary:
        return clean(chart.summary)
    breaks = ordered_breaks(chart.breaks, timeline(chart))
    return " ".join(
        (
            *(_development(series, chart, look) for series in chart.series),
            *_target(chart, look),
            *_gap_sentences(chart, look),
            *(_break(each, look) for each in breaks),
        )
    ) or _sentence(look.words.nothing_yet)


def _development(series: Series, chart: LineChart, look: Look) -> str:
    """``Netzwerk: von 35,2 % (1. Quartal 2024) auf 42,1 % (3. Quartal 2025).``."""
    points = comparable(series, chart.breaks)
    said = _from_to(points, chart, look) if points else look.words.nothing_yet
    alone = len(chart.series) == 1 or not clean(series.name)
    return _sentence(said) if alone else f"{clean(series.name)}: {said}."


def _from_to(points: tuple[Point, ...], chart: LineChart, look: Look) -> str:
    words, numbers = look.words, numbers_of(chart, look)
    first, last = (
        (numbers.value(p.value, full=True) if p.value is not None else "", _when(p, look))
        for p in (points[0], points[-1])
    )
    if len(points) == 1:
        return words.latest.format(last=last[0], end=last[1])
    pattern = words.unchanged if _all_equal(points) else words.from_to
    return pattern.format(first=first[0], start=first[1], last=last[0], end=last[1])


def _all_equal(points: tuple[Point, ...]) -> bool:
    return len({point.value for point in points}) == 1


def _when(point: Point, look: Look) -> str:
    return point.period.label(look.language)


def _target(chart: LineChart, look: Look) -> list[str]:
    """The last target; with its period where there are several."""
    if not chart.targets:
        return []
    last = max(chart.targets, key=lambda target: after(target.period))
    value = numbers_of(chart, look).short(last.value, full=True)
    if len({target.value for target in chart.targets}) == 1:
        return [look.words.target_is.format(value=value)]
    return [look.words.target_for.format(value=value, period=last.period.label(look.language))]


def _gap_sentences(chart: LineChart, look: Look) -> list[str]:
    words, periods = look.words, timeline(chart).periods
    kinds = (
        (Mark.MISSING, words.gaps_one, words.gaps_many),
        (Mark.SUPPRESSED, words.hidden_one, words.hidden_many),
    )
    found = []
    for series in chart.series:
        marks = [point.mark for point in completed(series, chart, periods)]
        for mark, one, many in kinds:
            if count := marks.count(mark):
                name = clean(series.name) or words.value
                found.append((one if count == 1 else many).format(name=name, count=count))
    return found


def _break(each: Break, look: Look) -> str:
    period = each.period.label(look.language)
    return look.words.incomparable.format(period=period, label=clean(each.label))


def describe_spark(chart: Sparkline, look: Look) -> str:
    """As a line chart of one series."""
    return describe_lines(as_line_chart(chart), look)


def as_line_chart(chart: Sparkline) -> LineChart:
    """The sparkline as the line chart it is a small form of."""
    return LineChart(
        title=chart.title,
        series=(chart.series,),
        unit=chart.unit,
        decimals=chart.decimals,
        breaks=chart.breaks,
        summary=chart.summary,
        from_zero=False,
    )


def describe_bars(chart: BarChart, look: Look) -> str:
    """All categories with their values; of many, the first twelve."""
    if chart.summary:
        return clean(chart.summary)
    if not chart.bars:
        return look.words.no_breakdown
    numbers = look.numbers(chart.unit, chart.decimals)
    parts = []
    for bar in chart.bars[:_MOST_LISTED]:
        said = cell(bar.value, bar.mark, numbers, look.words)
        extra = look.words.not_broken_down if bar.mark is Mark.NOT_BROKEN_DOWN else ""
        parts.append(f"{clean(bar.label)}: {said}{in_brackets(extra)}")
    more = len(chart.bars) - _MOST_LISTED
    return _sentence("; ".join([*parts, *([f"… (+{more})"] if more > 0 else [])]))


def describe_multiples(chart: SmallMultiples, look: Look) -> str:
    """How many panels on which axis, then each in a sentence."""
    if chart.summary:
        return clean(chart.summary)
    words = look.words
    scale = words.shared_scale if shares_scale(chart) else words.own_scale
    panels = (f"{clean(p.title)}: {describe_lines(p, look)}" for p in chart.panels[:_MOST_LISTED])
    return " ".join(_some((words.panels.format(count=len(chart.panels)), scale, *panels)))


def shares_scale(chart: SmallMultiples) -> bool:
    """Whether all panels have one axis: asked for, and all of one unit."""
    return chart.shared_scale and len({panel.unit for panel in chart.panels}) == 1


def describe_coverage(chart: Coverage, look: Look) -> str:
    """``11 von 14 Organisationen.``."""
    return clean(chart.summary) or _sentence(coverage_words(chart, look))


def coverage_words(chart: Coverage, look: Look) -> str:
    """``11 von 14 Organisationen``."""
    noun = clean(chart.noun)
    return look.words.coverage.format(done=chart.done, asked=chart.asked, noun=noun).strip()


def state_words(chart: StateIcon, look: Look) -> str:
    """The words that stand for the sign."""
    return clean(chart.title) or look.words.states[chart.state.value]


def _sentence(said: str) -> str:
    ended = said.endswith((".", "!", "?"))
    return said[:1].upper() + said[1:] + ("" if ended else ".")


def _some(parts: Iterable[str]) -> list[str]:
    return [part for part in parts if part]
