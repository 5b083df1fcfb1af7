"""Labels at the ends of lines: beside their point, off other lines, never on each other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations, pairwise
from typing import Final

from wirknetz.core.charts import palette
from wirknetz.core.charts.facts import numbers_of
from wirknetz.core.charts.look import Look, text
from wirknetz.core.charts.model import LineChart
from wirknetz.core.charts.plot import Plot, place
from wirknetz.core.charts.shapes import coloured
from wirknetz.core.charts.svg import Element, el
from wirknetz.core.charts.textfit import shorten, text_width, widest
from wirknetz.core.charts.timeline import after, last_value, middle, runs, target_runs

BESIDE: Final = 9  # between the end of a line and its label
_SAMPLE: Final = 6  # pixels between the places at which a line is looked at
_PER_LINE: Final = 3  # what moving by a line of text costs, in covered places
_MOVES: Final = (0.0, -0.7, 0.7, -1.3, 1.3, -1.9, 1.9, -2.5, 2.5, -3.2, 3.2)  # in lines of text

Places = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class EndLabel:
    """Lines of text to the right of a line's end; ``at`` is its month ordinal.

    ``series`` is None for the label of a target. ``x`` and ``y`` (middle of the first line) are
    settled by :func:`draw_ends`.
    """

    at: float
    amount: Decimal
    value: str
    name: tuple[str, ...] = ()
    series: int | None = None
    x: float = 0.0
    y: float = 0.0

    def width(self, look: Look) -> float:
        """Room it needs to the right."""
        value = text_width(self.value, look.size, bold=True)
        return max(value, widest(self.name, look.size))

    def height(self, look: Look) -> float:
        """Room it needs downwards."""
        return look.line * (1 + len(self.name))


def series_labels(
    chart: LineChart, look: Look, room: float, names: tuple[tuple[str, ...], ...] = ()
) -> tuple[EndLabel, ...]:
    """The last value of each series that has one; ``names`` stand below the values."""
    numbers = numbers_of(chart, look)
    found = []
    for index, series in enumerate(chart.series):
        last = last_value(series)
        if last is not None and last.value is not None:
            said = numbers.fitting(last.value, room, look.size)
            name = names[index] if names else ()
            found.append(EndLabel(middle(last.period), last.value, said, name, index))
    return tuple(found)


def target_label(chart: LineChart, look: Look, room: float) -> tuple[EndLabel, ...]:
    """``Ziel 45 %`` at the end of the last target."""
    if not chart.targets:
        return ()
    last = max(chart.targets, key=lambda target: after(target.period))
    said = f"{look.words.target} {numbers_of(chart, look).short(last.value)}"
    return (EndLabel(after(last.period), last.value, shorten(said, room, look.size, bold=True)),)


def draw_ends(
    labels: tuple[EndLabel, ...], plot: Plot, chart: LineChart, look: Look
) -> list[Element]:
    """Settle and draw the labels."""
    taken = (*_line_places(plot, chart), *_target_places(plot, chart))
    found: list[Element] = []
    beside = (
        replace(label, x=plot.x(label.at) + BESIDE, y=plot.y(label.amount)) for label in labels
    )
    for neighbours in _neighbours(tuple(beside), look):
        stacks = _settled(neighbours, taken, plot, look)
        found += [_draw(label, look) for stack in stacks for label in _placed(stack, look)]
    return found


def _settled(labels: list[EndLabel], taken: Places, plot: Plot, look: Look) -> list[_Stack]:
    """The target's label at its line if the others find room beside it; else all moved."""
    targets = _spread([label for label in labels if label.series is None], plot, look)
    others = _spread([label for label in labels if label.series is not None], plot, look)
    stacks = _cleared([*targets, *others], len(targets), taken, plot, look)
    if not any(_touch(one, two) for one, two in combinations(stacks, 2)):
        return stacks
    return _cleared(_spread(labels, plot, look), 0, taken, plot, look)


def _line_places(plot: Plot, chart: LineChart) -> Places:
    """Points all along the drawn lines."""
    found: list[tuple[float, float]] = []
    for series in chart.series:
        for run in runs(series, chart.breaks):
            spots = [place(plot, point) for point in run]
            found += spots
            for one, two in pairwise(spots):
                found += _between(one, two)
    return tuple(found)


def _between(one: tuple[float, float], two: tuple[float, float]) -> Places:
    count = int(max(abs(two[0] - one[0]), abs(two[1] - one[1])) // _SAMPLE) + 1
    shares = (step / count for step in range(count + 1))
    return tuple(
        (one[0] + (two[0] - one[0]) * share, one[1] + (two[1] - one[1]) * share) for share in shares
    )


def _target_places(plot: Plot, chart: LineChart) -> Places:
    found: list[tuple[float, float]] = []
    for run in target_runs(chart.targets):
        y = plot.y(run[0].value)
        found += _between((plot.x(run[0].period.ordinal), y), (plot.x(after(run[-1].period)), y))
    return tuple(found)


def _neighbours(labels: tuple[EndLabel, ...], look: Look) -> list[list[EndLabel]]:
    """Labels that stand above each other, from left to right."""
    found: list[list[EndLabel]] = []
    edge = float("-inf")
    for label in sorted(labels, key=lambda label: label.x):
        if label.x >= edge:
            found.append([])
        found[-1].append(label)
        edge = max(edge, label.x + label.width(look) + 4)
    return found


@dataclass(frozen=True, slots=True)
class _Stack:
    """Labels that touch, as one block; ``top`` is where it wants to begin."""

    labels: tuple[EndLabel, ...]
    top: float
    height: float


def _spread(labels: list[EndLabel], plot: Plot, look: Look) -> list[_Stack]:
    """Labels moved up and down as little as possible until none covers another.

    The higher value stays above the lower one.
    """
    stacks: list[_Stack] = []
    for label in sorted(labels, key=lambda label: (-label.amount, label.y)):
        stacks.append(_within(_stack((label,), look), plot, look))
        while len(stacks) > 1 and stacks[-2].top + stacks[-2].height > stacks[-1].top:
            upper, lower = stacks[-2:]
            merged = _stack((*upper.labels, *lower.labels), look)
            stacks[-2:] = [_within(merged, plot, look)]
    return stacks


def _stack(labels: tuple[EndLabel, ...], look: Look) -> _Stack:
    """One block whose top lies where its labels on average want it."""
    offset, wishes = 0.0, 0.0
    for label in labels:
        wishes += label.y - look.line / 2 - offset
        offset += label.height(look)
    return _Stack(labels, wishes / len(labels), offset)


def _within(stack: _Stack, plot: Plot, look: Look) -> _Stack:
    """The block kept within the plane."""
    low = plot.bottom + look.line / 2 - stack.height
    return replace(stack, top=max(plot.top - look.line / 2, min(stack.top, low)))


def _cleared(
    stacks: list[_Stack], fixed: int, taken: Places, plot: Plot, look: Look
) -> list[_Stack]:
    """The blocks moved off lines where little movement does it and no other block is there.

    The first ``fixed`` blocks stay where they are.
    """
    done = list(stacks)
    for index, stack in enumerate(stacks[fixed:], start=fixed):
        others = [other for other in done if other is not stack]
        options = [
            _within(replace(stack, top=stack.top + move * look.line), plot, look) for move in _MOVES
        ]
        free = [option for option in options if not any(_touch(option, each) for each in others)]

        def cost(option: _Stack, start: float = stack.top) -> float:
            return _covered(option, taken, look) + _PER_LINE * abs(option.top - start) / look.line

        done[index] = min(free or [stack], key=cost)
    return done


def _touch(one: _Stack, two: _Stack) -> bool:
    return one.top < two.top + two.height and two.top < one.top + one.height


def _covered(stack: _Stack, taken: Places, look: Look) -> int:
    """How many points of lines the labels of the block would cover."""
    found = 0
    for label in _placed(stack, look):
        left, right = label.x - 3, label.x + label.width(look) + 3
        top = label.y - look.line / 2 + 1
        low = top + label.height(look) - 2
        found += sum(1 for x, y in taken if left <= x <= right and top < y < low)
    return found


def _placed(stack: _Stack, look: Look) -> list[EndLabel]:
    found, top = [], stack.top
    for label in stack.labels:
        found.append(replace(label, y=top + look.line / 2))
        top += label.height(look)
    return found


def _draw(label: EndLabel, look: Look) -> Element:
    """Value in bold type, name below it."""
    fill = palette.TARGET if label.series is None else palette.SERIES[label.series].colour
    kind = "label" if label.series is not None else "target-label"
    lines = [
        text(
            label.x,
            label.y + look.size * 0.35 + number * look.line,
            line,
            look,
            kind=kind,
            fill=fill,
            bold=number == 0,
            halo=True,
        )
        for number, line in enumerate((label.value, *label.name))
    ]
    return el("g", *lines) if label.series is None else coloured(label.series, *lines)
