"""Write a page with every kind of chart, calm and hard cases, to look at.

``python docs/make_chart_gallery.py out.html`` uses the style sheets of the site and puts one
chart as a file of its own beside the page.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from decimal import Decimal
from html import escape
from pathlib import Path

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
    as_table,
    render,
    render_pair,
)
from wirknetz.core.values import Period

STATIC = Path(__file__).parents[1] / "src/wirknetz/web/static"
SHEETS = ("vendor/kern/kern.min.css", "wirknetz/tokens.css", "wirknetz/charts.css")
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
ORGANISATIONS = {
    "Wegwarte e. V.": "35 38 41 44 47",
    "Klinik am Lindenhain": "52 x 55 51 58",
    "Beratungsstelle für Arbeit und Gesundheit Nord": "12 14 13 19 22",
    "Jobcenter Aue": "33 34 36 # #",
    "Lernwerkstatt": "",
    "Agentur Süd": "61 60 64 70 68",
    "Haus Morgenrot": "8 0 4 4 5.5",
}
FOUR = {
    LONG: "10 12 15 14",
    "Netzwerk <b>&\"'": "10.2 12 15.1 14.2",
    "שלום Verein": "9 x 14 14.1",
    "Vierte": "20 19 16 13.9",
}
BREAKS = {
    "2022Q3": "Zählt jetzt auch Kurzberatungen unter dreißig Minuten mit",
    "2023Q1": "Neue Altersgruppen",
    "2023Q2": "Nur noch abgeschlossene Fälle, gezählt am Tag des Abschlusses",
}


def row(name: str, start: str, values: str) -> Series:
    """A series from its first period on; ``x`` is missing, ``#`` a secret."""
    first = Period.parse(start)
    return Series(name, tuple(_point(first.shift(i), v) for i, v in enumerate(values.split())))


def _point(period: Period, value: str) -> Point:
    if value in {"x", "#"}:
        return Point(period, None, mark=Mark.SUPPRESSED if value == "#" else Mark.VALUE)
    return Point(period, Decimal(value))


def targets(value: str, tolerance: str, *codes: str) -> tuple[Target, ...]:
    """The same target for several periods."""
    return tuple(Target(Period.parse(code), Decimal(value), Decimal(tolerance)) for code in codes)


def breaks(named: dict[str, str]) -> tuple[Break, ...]:
    """Definition breaks by period."""
    return tuple(Break(Period.parse(code), label) for code, label in named.items())


def bar(label: str, value: str, mark: Mark = Mark.VALUE) -> Bar:
    """A bar; the empty text is no value."""
    return Bar(label, Decimal(value) if value else None, mark=mark)


NETWORK = row("Netzwerk", "2024Q1", "35.2 36.8 x 38.1 40.4 41.7 42.1")
OWN = row("Wegwarte e. V.", "2024Q1", "28 31.5 30.9 # 47.2 44.8 43.5")
BESIDE = LineChart(
    "Integriert in Arbeit, eigene Organisation daneben",
    (NETWORK, OWN),
    unit="%",
    decimals=1,
    targets=(*targets("40", "3", "2024"), *targets("45", "3", "2025")),
    breaks=breaks({"2025Q1": "Neue Definition"}),
)
GENDER = BarChart(
    "Erreichte Personen nach Geschlecht",
    (
        bar("weiblich", "412"),
        bar("männlich", "386"),
        bar("divers", "", Mark.SUPPRESSED),
        bar("unbekannt", "0"),
        bar("ohne Angabe zum Geschlecht", "55", Mark.NOT_BROKEN_DOWN),
        bar("Kurzzeitberatung", ""),
    ),
    category_name="Geschlecht",
    unit="Personen",
)


def panels(*, shared: bool) -> SmallMultiples:
    """One picture for each organisation."""
    found = tuple(
        LineChart(
            name,
            (row("Organisation", "2024Q3", values),),
            unit="%",
            decimals=1,
            targets=targets("45", "0", "2025"),
        )
        for name, values in ORGANISATIONS.items()
    )
    return SmallMultiples("Integriert, je Organisation", found, shared_scale=shared)


def calm() -> list[Chart]:
    """What most pages show."""
    visits = row("Netzwerk", "2023Q4", "0 412 508 530 498 611 702 745")
    return [
        BESIDE,
        LineChart("Begonnene Beratungen", (visits,), unit="Personen"),
        GENDER,
        panels(shared=True),
        Coverage("Bestätigte Meldungen", 11, 14),
        Coverage("Bestätigte Meldungen", 143, 200),
        Sparkline("Verlauf", NETWORK, "%", 1),
        *(StateIcon(state) for state in TargetState),
    ]


def hard_lines() -> list[Chart]:
    """Many, long, huge, tiny, cut, early."""
    wave = " ".join(str(50 + (i * 37 % 23) - i % 7 * 2) for i in range(60))
    four = tuple(row(name, "2023H1", values) for name, values in FOUR.items())
    goals = targets("14", "1", "2023", "2024")
    rising = row("Netzwerk", "2022Q1", " ".join(str(20 + i) for i in range(12)))
    early = (row("Netzwerk", "2022Q1", "5 6 7 6 8 9 9 9"), row("Eigene", "2022Q1", "3 8 6"))
    high = row("Netzwerk", "2024-01", "91 92 93 94 91 92 93 94")
    huge = row("Summe", "2019", "1234567890123 998877665544 2134567890123")
    return [
        LineChart("Sechzig Monate", (row("Netzwerk", "2020-11", wave),), unit="%"),
        LineChart("Vier", four, "Stunden", 1, goals, direction=Direction.LOWER),
        LineChart("Mehrere Brüche", (rising,), breaks=breaks(BREAKS)),
        LineChart("Früh beendet", early, targets=targets("10", "0", "2022", "2023", "2024")),
        LineChart("Gekürzte Achse", (high,), unit="%", from_zero=False),
        LineChart("Riesig", (huge,), unit="€"),
        LineChart("Winzig", (row("Rate", "2022", "0.00012 0.00018 0.00009"),), decimals=5),
        LineChart("Negativ", (row("Saldo", "2024Q1", "-120 -40 35 80"),), unit="€"),
    ]


def hard_others() -> list[Chart]:
    """Little, nothing, forty, below zero."""
    forty = tuple(bar(f"Kategorie {i} {'lang ' * (i % 9)}", str(i * 137 % 971)) for i in range(40))
    signs = (bar("Zugewinn", "1234567.5"), bar("Verlust", "-980000"), bar(LONG, ""))
    spark = row("x", "2023Q1", "5 6 5 x 9 8 # 9")
    return [
        LineChart("Leer", ()),
        LineChart("Nur Lücken", (row("Netzwerk", "2025Q1", "x x #"),), unit="%"),
        LineChart("Nur ein Ziel", (Series("Netzwerk"),), "%", targets=targets("45", "2", "2026")),
        LineChart("Ein Punkt", (row("Netzwerk", "2025Q1", "12.5"),), unit="%", decimals=1),
        LineChart("Alle gleich", (row("Netzwerk", "2021", "7 7 7 7"),), unit="Treffen"),
        BarChart("Vierzig Kategorien", forty),
        BarChart("Plus und minus", signs, unit="€", decimals=1),
        BarChart("Nur minus", (bar("a", "-5"), bar("b", "", Mark.SUPPRESSED)), unit="Stellen"),
        BarChart("Leer", ()),
        panels(shared=False),
        SmallMultiples("Leer", ()),
        Coverage("Nichts gefragt", 0, 0),
        Coverage("Alle, langes Wort", 14, 14, LONG),
        Sparkline("Bruch", spark, breaks=breaks({"2023Q3": "neu"})),
        Sparkline("Leer", Series("x")),
    ]


def page(charts: Iterable[Chart]) -> str:
    """The whole page."""
    links = "".join(f'<link rel="stylesheet" href="{(STATIC / s).as_uri()}">' for s in SHEETS)
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width">{links}'
    figures = "".join(_figure(number, chart) for number, chart in enumerate(charts))
    body = f'<body style="margin:1rem;max-width:60rem">{figures}'
    return f'<!doctype html><html lang="de"><head>{head}<title>Bilder</title></head>{body}'


def _figure(number: int, chart: Chart) -> str:
    table = as_table(chart)
    head = "".join(f"<th>{escape(cell)}</th>" for cell in table.header)
    rows = "".join(f"<tr>{_cells(cells)}</tr>" for cells in table.rows)
    said, picture = escape(table.caption), render_pair(chart, id_prefix=f"c{number}")
    view = f"<details><table>{head}{rows}</table></details>"
    return f'<figure style="margin:0 0 2rem"><h2>{said}</h2>{picture}{view}</figure>'


def _cells(cells: tuple[str, ...]) -> str:
    return "".join(f"<td>{escape(cell)}</td>" for cell in cells)


def main() -> None:
    """Write the page, and one chart as a file of its own beside it."""
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "chart-gallery.html")
    target.write_text(page((*calm(), *hard_lines(), *hard_others())), encoding="utf-8")
    single = render(BESIDE, id_prefix="single", standalone=True)
    target.with_suffix(".svg").write_text(single, encoding="utf-8")


if __name__ == "__main__":
    main()
