"""Plausible numbers for the demo: the same at every start, grown from one seed.

One quarter carries the figures of the sample files partners send, so that those files can be
tried beside the demo.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from wirknetz.cli.demo_data.cast import House

SEED: Final = 20210901
ROUNDS: Final = 9
"""Eight closed quarters and one that is running."""

SAMPLE_ROUND: Final = 4
"""The round whose figures are those of the sample files."""

SAMPLE: Final[Mapping[str, Mapping[str, int]]] = {
    "klinik_a": {"begonnen": 323, "beendet": 196, "integriert": 73, "termine_vereinbart": 2966,
                 "termine_wahrgenommen": 2461, "uebergaben": 16, "uebergaben_angekommen": 11,
                 "laufend": 337},
    "caritas": {"begonnen": 159, "beendet": 94, "integriert": 41, "termine_vereinbart": 971,
                "termine_wahrgenommen": 761, "uebergaben": 19, "uebergaben_angekommen": 12,
                "gespraeche": 8, "laufend": 188},
    "diakonie": {"begonnen": 102, "beendet": 76, "integriert": 37, "termine_vereinbart": 640,
                 "termine_wahrgenommen": 489, "uebergaben": 29, "uebergaben_angekommen": 18,
                 "gespraeche": 6, "laufend": 119},
    "klinik_b": {"begonnen": 82, "beendet": 35, "integriert": 16, "termine_vereinbart": 808,
                 "termine_wahrgenommen": 449},
    "jobcenter": {"begonnen": 61, "beendet": 38, "integriert": 19, "termine_vereinbart": 371,
                  "termine_wahrgenommen": 346, "uebergaben": 21, "uebergaben_angekommen": 13,
                  "gespraeche": 11, "laufend": 72},
    "bfw": {"begonnen": 58, "beendet": 36, "integriert": 14, "termine_vereinbart": 374,
            "termine_wahrgenommen": 268, "uebergaben": 18, "uebergaben_angekommen": 11,
            "gespraeche": 6, "laufend": 82},
}  # fmt: skip
CELLS: Final = tuple(
    (("age", age), ("gender", gender))
    for gender in ("w", "m", "d")
    for age in ("18-29", "30-49", "50+")
)
_WEIGHTS: Final = (13, 20, 22, 17, 18, 16, 0.4, 0.6, 0.4)


def totals(house: House, number: int) -> dict[str, Decimal]:
    """What this organisation counts in this round: whole numbers but for hours and means."""
    dice = random.Random(f"{SEED}:{house.key}:{number}")  # noqa: S311 - numbers for a demo
    growth = 1 + 0.03 * number
    begun = _about(dice, 82 * house.size * growth)
    ended = _about(dice, begun * 0.62)
    placed = _about(dice, ended * min(0.5, 0.34 + 0.012 * number))
    kept, fresh = round(placed * 0.42), round(placed * 0.45)
    planned = _about(dice, begun * 7.5)
    handed = _about(dice, 20 * house.size**0.4)
    made = {
        "begonnen": begun,
        "mit_ziel": min(begun, round(begun * min(0.99, 0.86 + 0.014 * number))),
        "laufend": _about(dice, begun * 1.25),
        "beendet": ended,
        "abgebrochen": _about(dice, ended * (0.34 - 0.011 * number)),
        "integriert": placed,
        "platz_erhalten": kept,
        "arbeit_neu": fresh,
        "erstausbildung": placed - kept - fresh,
        "folgeangebote": round(ended * (0.41 + 0.01 * number)),
        "termine_vereinbart": planned,
        "termine_wahrgenommen": round(
            planned * min(0.9, dice.uniform(0.73, 0.79) + 0.006 * number)
        ),
        "uebergaben": handed,
        "uebergaben_angekommen": round(handed * min(0.95, 0.58 + 0.022 * number)),
        "gespraeche": _about(dice, 4 + 3 * house.size**0.5 + number * 0.3),
    }
    made |= _sampled(house, number)
    return {code: Decimal(value) for code, value in made.items()} | _measured(dice, house, number)


def _sampled(house: House, number: int) -> dict[str, int]:
    if number != SAMPLE_ROUND or house.key not in SAMPLE:
        return {}
    given = dict(SAMPLE[house.key])
    placed = given["integriert"]
    kept, fresh = round(placed * 0.42), round(placed * 0.45)
    return given | {
        "mit_ziel": round(given["begonnen"] * 0.92),
        "platz_erhalten": kept,
        "arbeit_neu": fresh,
        "erstausbildung": placed - kept - fresh,
        "folgeangebote": round(given["beendet"] * 0.45),
    }


def _measured(dice: random.Random, house: House, number: int) -> dict[str, Decimal]:
    return {
        "zufriedenheit": Decimal(round(min(4.6, dice.uniform(3.6, 4.1) + 0.04 * number) * 10)) / 10,
        "stunden": Decimal(round(dice.uniform(18, 46) * (0.6 + house.size) * 2)) / 2,
    }


def cooperations(house: House, number: int) -> dict[str, Decimal]:
    """Stock of cooperations by kind; it never shrinks."""
    base = 1 + round(house.size)
    return {
        "info": Decimal(base + number // 2),
        "ueberleitung": Decimal(max(0, base - 1 + number // 3)),
        "angebot": Decimal(number // 4),
    }


def spread(
    house: House, number: int, code: str, total: Decimal
) -> dict[tuple[tuple[str, str], ...], Decimal]:
    """The total over gender and age: adds up exactly, "divers" small."""
    dice = random.Random(f"{SEED}:{house.key}:{number}:{code}")  # noqa: S311
    weights = [w * dice.uniform(0.8, 1.2) for w in _WEIGHTS]
    exact = [float(total) * w / sum(weights) for w in weights]
    parts = [int(e) for e in exact]
    largest = sorted(range(len(exact)), key=lambda i: exact[i] - parts[i], reverse=True)
    for index in largest[: int(total) - sum(parts)]:
        parts[index] += 1
    return {cell: Decimal(part) for cell, part in zip(CELLS, parts, strict=True)}


def small(house: House, number: int) -> dict[str, Decimal]:
    """What an organisation of the second network counts."""
    dice = random.Random(f"{SEED}:small:{house.key}:{number}")  # noqa: S311
    advised = _about(dice, 40 * house.size)
    return {
        "beratungen": Decimal(advised),
        "arbeit": Decimal(round(advised * dice.uniform(0.18, 0.3))),
        "betreuung": Decimal(_about(dice, 15 * house.size)),
    }


def _about(dice: random.Random, wanted: float) -> int:
    return max(0, round(wanted * dice.uniform(0.9, 1.1)))
