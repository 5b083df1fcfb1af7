"""Charts to test with, and eyes that read a picture back from its SVG."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from xml.etree import ElementTree as ET

from hypothesis import strategies as st

from wirknetz.core.charts import (
    Bar,
    BarChart,
    Break,
    Chart,
    Coverage,
    Direction,
    LineChart,
    Mark,
    Point,
    Series,
    SmallMultiples,
    Sparkline,
    StateIcon,
    Target,
    TargetState,
)
from wirknetz.core.charts.textfit import text_width
from wirknetz.core.values import Period, PeriodKind

SVG = "{http://www.w3.org/2000/svg}"


def row(name: str, start: str, *values: str | None) -> Series:
    """A series from its first period on; None is missing, ``#`` a secret."""
    first = Period.parse(start)
    return Series(name, tuple(_point(first.shift(i), value) for i, value in enumerate(values)))


def _point(period: Period, value: str | None) -> Point:
    if value == "#":
        return Point(period, None, mark=Mark.SUPPRESSED)
    return Point(period, None if value is None else Decimal(value))


def bars(*values: tuple[str, str | None]) -> BarChart:
    return BarChart(
        "Nach Gruppe",
        tuple(Bar(label, None if v is None else Decimal(v)) for label, v in values),
        category_name="Gruppe",
    )


@dataclass(frozen=True)
class Box:
    """Where a line of text stands; widths are the upper estimate of the renderer."""

    said: str
    left: float
    right: float
    top: float
    bottom: float

    def covers(self, other: Box) -> bool:
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > 0.5 and down > 0.5


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314  our own output


def text_boxes(root: ET.Element) -> list[Box]:
    return [_box(each) for each in root.iter(f"{SVG}text")]


def _box(each: ET.Element) -> Box:
    said, size = each.text or "", float(each.get("font-size", "14"))
    width = text_width(said, size, bold=each.get("font-weight") == "600")
    x, y = float(each.get("x", "0")), float(each.get("y", "0"))
    left = {"middle": x - width / 2, "end": x - width}.get(each.get("text-anchor", "start"), x)
    return Box(said, left, left + width, y - 0.74 * size, y + 0.2 * size)


def overlapping(root: ET.Element) -> list[tuple[str, str]]:
    pairs = combinations(text_boxes(root), 2)
    return [(one.said, two.said) for one, two in pairs if one.covers(two)]


def outside(root: ET.Element) -> list[Box]:
    _, _, width, height = (float(each) for each in root.get("viewBox", "").split())
    return [
        box
        for box in text_boxes(root)
        if box.left < -0.5 or box.right > width + 0.5 or box.top < -0.5 or box.bottom > height + 0.5
    ]


def tips(root: ET.Element) -> list[str]:
    """Every tooltip, that is every stated fact of the picture."""
    return [each.text or "" for each in root.iter(f"{SVG}title") if each.get("id") is None]


def of_class(root: ET.Element, name: str) -> list[ET.Element]:
    return [each for each in root.iter() if name in (each.get("class") or "").split()]


def corners(line: ET.Element) -> list[tuple[float, float]]:
    """The points a drawn line joins."""
    found = re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", line.get("d", ""))
    return [(float(x), float(y)) for x, y in found]


hostile = st.text(max_size=60) | st.sampled_from(
    [
        "<script>alert(1)</script>",
        '"><svg onload="x">',
        "&amp; &lt; ]]> <!-- -->",
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
        "שלום עולם",
        "\u202egnirts desrever\u202c",
        "a\x00b\x1fc\ud800d\ufffe",
        "W" * 200,
        "Zeile\nZeile\tTab",
        "👩‍👩‍👧‍👦 日本語のとても長い名前",
    ]
)
numbers = st.decimals(
    min_value=Decimal("-1e15"), max_value=Decimal("1e15"), allow_nan=False, allow_infinity=False,
    places=3,
) | st.sampled_from([Decimal(0), Decimal("1e40"), Decimal("-1e-40"), Decimal(100)])  # fmt: skip
kinds = st.sampled_from(list(PeriodKind))


@st.composite
def series(draw: st.DrawFn, kind: PeriodKind, *, most: int = 60) -> Series:
    start = Period(kind, draw(st.integers(1995, 2030)))
    steps = draw(st.lists(st.integers(0, most - 1), unique=True, max_size=most))
    points = []
    for step in steps:
        value = draw(st.none() | numbers)
        secret = value is None and draw(st.booleans())
        mark = Mark.SUPPRESSED if secret else Mark.VALUE
        points.append(Point(start.shift(step), value, draw(st.just("") | hostile), mark))
    return Series(draw(hostile), tuple(points))


@st.composite
def line_charts(draw: st.DrawFn, *, most: int = 24) -> LineChart:
    kind = draw(kinds)
    found = draw(st.lists(series(kind, most=most), max_size=4))
    periods = st.builds(
        lambda year, number: Period(kind, year, number % kind.per_year + 1),
        st.integers(1995, 2035),
        st.integers(0, 11),
    )
    known = [point.period for each in found for point in each.points]
    near = st.sampled_from(known) if known else periods
    small = st.decimals(min_value=0, max_value=1000, places=1)
    return LineChart(
        draw(hostile),
        tuple(found),
        unit=draw(st.sampled_from(["", "%", "€", "Personen", "<b>unit</b>"])),
        decimals=draw(st.integers(0, 3)),
        targets=tuple(draw(st.lists(st.builds(Target, periods, small, small), max_size=4))),
        breaks=tuple(draw(st.lists(st.builds(Break, near, hostile), max_size=4))),
        direction=draw(st.sampled_from(list(Direction))),
        from_zero=draw(st.booleans()),
    )


@st.composite
def bar_charts(draw: st.DrawFn) -> BarChart:
    found = []
    for value in draw(st.lists(st.none() | numbers, max_size=40)):
        marks = (
            [Mark.MISSING, Mark.SUPPRESSED] if value is None else [Mark.VALUE, Mark.NOT_BROKEN_DOWN]
        )
        found.append(Bar(draw(hostile), value, draw(hostile), draw(st.sampled_from(marks))))
    unit = draw(st.sampled_from(["", "%", "Personen"]))
    return BarChart(draw(hostile), tuple(found), draw(hostile), unit, draw(st.integers(0, 2)))


coverages = st.builds(
    lambda title, done, more, noun: Coverage(title, done, done + more, noun),
    hostile,
    st.integers(0, 500),
    st.integers(0, 500),
    hostile,
)
small_multiples = st.builds(
    SmallMultiples,
    hostile,
    st.lists(line_charts(most=8), max_size=5).map(tuple),
    st.booleans(),
)
sparklines = kinds.flatmap(lambda kind: st.builds(Sparkline, hostile, series(kind)))
icons = st.builds(StateIcon, st.sampled_from(list(TargetState)), hostile)
any_chart: st.SearchStrategy[Chart] = st.one_of(
    line_charts(), bar_charts(), small_multiples, sparklines, coverages, icons
)

NETWORK = row("Netzwerk", "2024Q1", "35.2", "36.8", None, "38.1", "40.4", "41.7", "42.1")
OWN = row("Wegwarte e. V.", "2024Q1", "28", "31.5", "30.9", "#", "47.2", "44.8", "43.5")
TARGETS = (
    Target(Period.parse("2024"), Decimal(40), Decimal(3)),
    Target(Period.parse("2025"), Decimal(45), Decimal(3)),
)
BREAKS = (Break(Period.parse("2025Q1"), "Neue Definition"),)
FULL = LineChart(
    "Integriert in Arbeit", (NETWORK, OWN), unit="%", decimals=1, targets=TARGETS, breaks=BREAKS
)
EVERY_KIND: tuple[Chart, ...] = (
    FULL,
    bars(("weiblich", "412"), ("männlich", "386"), ("divers", None)),
    SmallMultiples("Je Organisation", (FULL, LineChart("Leer", (Series("Netzwerk"),), unit="%"))),
    Sparkline("Verlauf", NETWORK, "%", 1),
    Coverage("Bestätigt", 11, 14),
    *(StateIcon(state) for state in TargetState),
)
