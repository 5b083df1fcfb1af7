"""The words of the charts in German and English."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Words:
    """All texts a chart adds of its own. Placeholders are named."""

    period: str
    target: str
    note: str
    category: str
    value: str
    name: str
    state: str
    missing: str
    suppressed: str
    not_broken_down: str
    nothing_yet: str
    pending: str
    tolerance: str
    tolerance_of: str
    break_at: str
    axis_from: str
    from_to: str
    unchanged: str
    latest: str
    target_is: str
    target_for: str
    incomparable: str
    gaps_one: str
    gaps_many: str
    hidden_one: str
    hidden_many: str
    panels: str
    shared_scale: str
    own_scale: str
    coverage: str
    no_breakdown: str
    month_names: tuple[str, ...]
    month_letters: str
    half_year: str
    states: dict[str, str]


GERMAN: Final = Words(
    period="Zeitraum",
    target="Ziel",
    note="Hinweis",
    category="Ausprägung",
    value="Wert",
    name="Name",
    state="Stand zum Ziel",
    missing="keine Angabe",
    suppressed="geheim gehalten",
    not_broken_down="nicht aufgegliedert",
    nothing_yet="Noch keine Werte",
    pending="noch offen",
    tolerance="Ziel mit Spielraum",
    tolerance_of="Spielraum {value}",
    break_at="Ab hier neue Definition: {label}",
    axis_from="Achtung: Die Achse beginnt nicht bei 0.",
    from_to="von {first} ({start}) auf {last} ({end})",
    unchanged="unverändert {last} ({start} bis {end})",
    latest="{last} ({end})",
    target_is="Ziel {value}.",
    target_for="Ziel {value} ({period}).",
    incomparable="Neue Definition ab {period}: {label}. "
    "Werte davor und danach sind nicht vergleichbar.",
    gaps_one="{name}: 1 Zeitraum ohne Angabe.",
    gaps_many="{name}: {count} Zeiträume ohne Angabe.",
    hidden_one="{name}: 1 Wert ist geheim gehalten.",
    hidden_many="{name}: {count} Werte sind geheim gehalten.",
    panels="{count} Bilder mit gleichem Aufbau.",
    shared_scale="Alle haben dieselbe Achse.",
    own_scale="Jedes hat seine eigene Achse.",
    coverage="{done} von {asked} {noun}",
    no_breakdown="Keine Ausprägungen.",
    month_names=(
        "Jan", "Feb", "Mär", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez",
    ),
    month_letters="JFMAMJJASOND",
    half_year="{number}. Hj.",
    states={
        "reached": "Ziel erreicht",
        "close": "Ziel knapp verfehlt",
        "missed": "Ziel verfehlt",
        "open": "Noch offen",
        "no_target": "Kein Ziel",
    },
)  # fmt: skip

ENGLISH: Final = Words(
    period="Period",
    target="Target",
    note="Note",
    category="Category",
    value="Value",
    name="Name",
    state="Standing",
    missing="not reported",
    suppressed="kept confidential",
    not_broken_down="not broken down",
    nothing_yet="No values yet",
    pending="still open",
    tolerance="Target with tolerance",
    tolerance_of="Tolerance {value}",
    break_at="New definition from here: {label}",
    axis_from="Please note: the axis does not begin at 0.",
    from_to="from {first} ({start}) to {last} ({end})",
    unchanged="unchanged at {last} ({start} to {end})",
    latest="{last} ({end})",
    target_is="Target {value}.",
    target_for="Target {value} ({period}).",
    incomparable="New definition from {period}: {label}. "
    "Values before and after cannot be compared.",
    gaps_one="{name}: 1 period not reported.",
    gaps_many="{name}: {count} periods not reported.",
    hidden_one="{name}: 1 value is kept confidential.",
    hidden_many="{name}: {count} values are kept confidential.",
    panels="{count} pictures of the same build.",
    shared_scale="All have the same axis.",
    own_scale="Each has its own axis.",
    coverage="{done} of {asked} {noun}",
    no_breakdown="No categories.",
    month_names=(
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ),
    month_letters="JFMAMJJASOND",
    half_year="H{number}",
    states={
        "reached": "Target reached",
        "close": "Target narrowly missed",
        "missed": "Target missed",
        "open": "Still open",
        "no_target": "No target",
    },
)  # fmt: skip


def words_for(language: str) -> Words:
    """English for ``en`` and its variants, German for everything else."""
    return ENGLISH if language.startswith("en") else GERMAN
