"""Results as charts of the one renderer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from wirknetz.core import charts
from wirknetz.core.charts import Mark
from wirknetz.foundation.language import language
from wirknetz.measurement.queries.results import Breakdown, Figure, Gap, Result
from wirknetz.measurement.views.results.words import gap_words, group_label


@dataclass(frozen=True, slots=True)
class Text:
    """A cell's text and whether it is a number, for a template."""

    text: str
    numeric: bool


@dataclass(frozen=True, slots=True)
class Equal:
    """The table that says the same as a chart."""

    caption: str
    columns: tuple[Text, ...]
    body: tuple[tuple[Text, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn chart and the table that says the same."""

    svg: SafeString
    table: Equal
    title: str


def picture(chart: charts.Chart, id_prefix: str) -> Picture:
    """Draw it in the language of the page; the renderer escapes every text."""
    svg = charts.render_pair(chart, id_prefix=id_prefix, language=language())
    table = charts.as_table(chart, language=language())
    return Picture(mark_safe(svg), _equal(table), table.caption)  # noqa: S308


def _equal(table: charts.ChartTable) -> Equal:
    def texts(row: tuple[str, ...]) -> tuple[Text, ...]:
        return tuple(Text(t, n) for t, n in zip(row, table.numeric, strict=True))

    return Equal(table.caption, texts(table.header), tuple(texts(r) for r in table.rows))


def line(result: Result) -> charts.LineChart:
    """The series of an indicator, one's own beside it, with targets and breaks.

    A running round is left out: half of the partners would look like a fall.
    """
    series = [charts.Series(gettext("Netzwerk"), tuple(_point(f) for f in closed(result)))]
    if any(f.own is not None for f in result.figures):
        own = tuple(charts.Point(f.period, f.own) for f in closed(result))
        series.append(charts.Series(result.own_name, own))
    return charts.LineChart(
        title=result.name,
        series=tuple(series),
        unit=result.unit,
        decimals=result.decimals,
        targets=tuple(
            charts.Target(f.period, f.target, f.tolerance)
            for f in result.figures
            if f.target is not None
        ),
        breaks=breaks(result),
        direction=result.direction,
        from_zero=result.unit != "%",
    )


def closed(result: Result) -> tuple[Figure, ...]:
    """The figures whose rounds are closed."""
    return tuple(f for f in result.figures if f.closed)


def breaks(result: Result) -> tuple[charts.Break, ...]:
    """Where another definition begins within the series."""
    shown = [f.period for f in result.figures]
    return tuple(
        charts.Break(version.valid_from, gettext("ab hier Fassung %(n)s") % {"n": version.number})
        for version in result.versions[1:]
        if shown and shown[0] < version.valid_from <= shown[-1]
    )


def sparkline(result: Result, id_prefix: str) -> SafeString:
    """The series as small as a word."""
    points = tuple(_point(f) for f in closed(result)[-8:])
    chart = charts.Sparkline(
        title=result.name,
        series=charts.Series(gettext("Netzwerk"), points),
        unit=result.unit,
        decimals=result.decimals,
        breaks=breaks(result),
    )
    svg = charts.render_pair(chart, id_prefix=id_prefix, language=language())
    return mark_safe(svg)  # noqa: S308


def bars(result: Result, breakdown: Breakdown) -> charts.BarChart:
    """The groups of one period."""
    return charts.BarChart(
        title=gettext("%(name)s nach %(dimension)s")
        % {"name": result.name, "dimension": breakdown.dimension},
        bars=tuple(
            charts.Bar(
                label=group_label(group),
                value=group.value,
                note=gap_words(group.gap) if group.gap else "",
                mark=Mark.VALUE if group.broken_down else Mark.NOT_BROKEN_DOWN,
            )
            for group in breakdown.groups
        ),
        category_name=breakdown.dimension,
        unit=result.unit,
        decimals=result.decimals,
    )


def multiples(
    result: Result, rows: Sequence[tuple[str, tuple[Figure, ...]]]
) -> charts.SmallMultiples:
    """One small chart per organisation, by name, on one scale."""
    return charts.SmallMultiples(
        title=gettext("%(name)s je Organisation") % {"name": result.name},
        panels=tuple(
            charts.LineChart(
                title=name,
                series=(charts.Series(name, tuple(_point(f) for f in figures)),),
                unit=result.unit,
                decimals=result.decimals,
                breaks=breaks(result),
                from_zero=result.unit != "%",
            )
            for name, figures in rows
        ),
    )


def _point(figure: Figure) -> charts.Point:
    mark = Mark.SUPPRESSED if figure.gap is Gap.TOO_FEW else Mark.VALUE
    note = gap_words(figure.gap) if figure.gap else ""
    return charts.Point(figure.period, figure.value, note, mark)
