"""What the legend of a line chart holds: only what the picture shows and does not name."""

from __future__ import annotations

from functools import partial

from wirknetz.core.charts import palette
from wirknetz.core.charts.labels import GLYPH, Key
from wirknetz.core.charts.look import Look, rule
from wirknetz.core.charts.model import LineChart, Mark
from wirknetz.core.charts.palette import SERIES
from wirknetz.core.charts.shapes import coloured, marker, missing_sign, secret_sign
from wirknetz.core.charts.svg import Element, el
from wirknetz.core.charts.textfit import clean
from wirknetz.core.charts.timeline import Timeline, has_mark, joint_timeline


def line_keys(chart: LineChart, time: Timeline, look: Look, *, with_names: bool) -> tuple[Key, ...]:
    """Names of the series where wanted, tolerance of the target, signs for what is missing."""
    names = _names(chart) if with_names and len(chart.series) > 1 else ()
    tolerant = any(target.tolerance for target in chart.targets)
    band = (Key(_band_sign, look.words.tolerance),) if tolerant else ()
    return (*names, *band, *_signs(chart, time, look))


def panel_keys(panels: tuple[LineChart, ...], look: Look) -> tuple[Key, ...]:
    """What the panels use together, each once: names, target, tolerance, signs."""
    time = joint_timeline(panels)
    keys = [key for panel in panels for key in line_keys(panel, time, look, with_names=True)]
    targets = [target for panel in panels for target in panel.targets]
    if targets and not any(target.tolerance for target in targets):
        keys.append(Key(_target_sign, look.words.target))
    return tuple({key.words: key for key in keys}.values())


def _names(chart: LineChart) -> tuple[Key, ...]:
    return tuple(
        Key(partial(_line_sign, index), clean(series.name))
        for index, series in enumerate(chart.series)
    )


def _signs(chart: LineChart, time: Timeline, look: Look) -> tuple[Key, ...]:
    signs = (
        (Mark.MISSING, _missing, look.words.missing),
        (Mark.SUPPRESSED, _secret, look.words.suppressed),
    )
    return tuple(
        Key(draw, words, glyph=16)
        for mark, draw, words in signs
        if has_mark(chart, mark, time.periods)
    )


def _missing(x: float, y: float) -> Element:
    return missing_sign(x + 5, y, palette.MUTED)


def _secret(x: float, y: float) -> Element:
    return secret_sign(x + 5, y, palette.MUTED)


def _line_sign(index: int, x: float, y: float) -> Element:
    style, end = SERIES[index], x + GLYPH - 7
    line = rule(x, y, end, y, kind="line", stroke=style.colour, width=2, dash=style.dash)
    return coloured(index, line, marker((x + end) / 2, y, index, 4))


def _band_sign(x: float, y: float) -> Element:
    width = GLYPH - 7
    band = el("rect", class_="wn-chart__band", x=x, y=y, width=width, height=6, fill=palette.BAND)
    line = rule(x, y, x + width, y, kind="target", stroke=palette.TARGET, width=1.5)
    return el("g", band, line)


def _target_sign(x: float, y: float) -> Element:
    return rule(x, y, x + GLYPH - 7, y, kind="target", stroke=palette.TARGET, width=1.5)
