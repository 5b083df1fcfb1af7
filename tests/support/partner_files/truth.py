"""What a composed file must add up to: amounts by measure and cell, consistent in themselves."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from wirknetz.core.files.asked import Questionnaire, Wanted, WantedCategory, WantedDimension
from wirknetz.core.values import Adds, Counts, Period

GENDERS = ("w", "m", "d")
AGES = ("18-29", "30-49", "50+")
BROKEN_DOWN = ("begonnen", "beendet", "integriert")
SINGLE = (
    "termine_vereinbart", "termine_wahrgenommen", "uebergaben", "uebergaben_angekommen",
    "gespraeche", "laufend",
)  # fmt: skip
PART_OF = {
    "integriert": "beendet",
    "termine_wahrgenommen": "termine_vereinbart",
    "uebergaben_angekommen": "uebergaben",
}
NAMES = {
    "begonnen": "Begonnene Begleitungen",
    "beendet": "Regulär beendete Begleitungen",
    "integriert": "Davon in Arbeit oder Ausbildung",
    "termine_vereinbart": "Vereinbarte Termine",
    "termine_wahrgenommen": "Wahrgenommene Termine",
    "uebergaben": "Übergaben an andere Träger",
    "uebergaben_angekommen": "Davon angekommen",
    "gespraeche": "Gemeinsame Gespräche mehrerer Träger",
    "laufend": "Laufende Begleitungen am letzten Tag",
}
GRAINS = ("age,gender", "age", "gender", "")
Cells = dict[tuple[str, str], int]
"""By gender and age."""


@dataclass(slots=True)
class Truth:
    """One organisation, one period. Single measures have no breakdown."""

    period: Period
    cells: dict[str, Cells] = field(default_factory=dict)
    single: dict[str, int] = field(default_factory=dict)

    def by(self, measure: str, gender: str = "", age: str = "") -> int:
        """The amount, added up over what is not named."""
        return sum(
            amount
            for (g, a), amount in self.cells[measure].items()
            if gender in ("", g) and age in ("", a)
        )

    def total(self, measure: str) -> int:
        """The total of any measure."""
        return self.by(measure) if measure in self.cells else self.single[measure]


def dice(seed: object) -> random.Random:
    """The same dice for the same seed."""
    return random.Random(str(seed))  # noqa: S311 - files are made up, nothing is secret


def invent(rng: random.Random, period: Period, *, size: float = 1.0) -> Truth:
    """Amounts of a small or large organisation; a part is never more than its whole."""
    truth = Truth(period)
    scale = size * rng.choice((4, 9, 25, 60))
    truth.cells["begonnen"] = {(g, a): _some(rng, g, scale) for g in GENDERS for a in AGES}
    truth.cells["beendet"] = {key: rng.randint(0, v) for key, v in truth.cells["begonnen"].items()}
    truth.cells["integriert"] = {
        key: rng.randint(0, v) for key, v in truth.cells["beendet"].items()
    }
    agreed = truth.total("begonnen") * rng.randint(5, 12) + rng.randint(1, 40)
    handed = rng.randint(3, 40)
    truth.single = {
        "termine_vereinbart": agreed,
        "termine_wahrgenommen": rng.randint(agreed // 2, agreed - 1),
        "uebergaben": handed,
        "uebergaben_angekommen": rng.randint(1, handed - 1),
        "gespraeche": rng.randint(1, 30),
        "laufend": truth.total("begonnen") + rng.randint(1, 60),
    }
    return truth


def _some(rng: random.Random, gender: str, scale: float) -> int:
    if gender == "d":
        return 0 if rng.random() < 0.6 else rng.randint(0, max(1, round(scale / 12)))
    return rng.randint(1, max(1, round(scale)))


def questionnaire(truth: Truth, before: Truth | None = None, **more: object) -> Questionnaire:
    """What the network asks, with the organisation's own earlier totals if there are any."""
    measures = tuple(
        Wanted(
            code,
            name,
            counts=Counts.EVENTS if code in SINGLE[:5] else Counts.PERSONS,
            adds=Adds.STOCK if code == "laufend" else Adds.FLOW,
            grains=GRAINS if code in BROKEN_DOWN else ("",),
            part_of=(PART_OF[code],) if code in PART_OF else (),
            history=(Decimal(before.total(code)),) if before else (),
        )
        for code, name in NAMES.items()
    )
    dimensions = (
        WantedDimension(
            "gender", "Geschlecht",
            (WantedCategory("w", "Frauen"), WantedCategory("m", "Männer"),
             WantedCategory("d", "divers")),
        ),
        WantedDimension(
            "age", "Alter",
            (WantedCategory("18-29", "18–29 Jahre"), WantedCategory("30-49", "30–49 Jahre"),
             WantedCategory("50+", "50 und älter")),
        ),
    )  # fmt: skip
    return Questionnaire(truth.period, measures, dimensions, **more)  # type: ignore[arg-type]


def expected(truth: Truth, grain: str) -> Mapping[str, int]:
    """Every target key with its amount where the broken-down measures stand at this grain."""
    found: dict[str, int] = dict(truth.single)
    for measure in truth.cells:
        for gender in GENDERS if "gender" in grain else ("",):
            for age in AGES if "age" in grain else ("",):
                parts = [f"age={age}" if age else "", f"gender={gender}" if gender else ""]
                found["|".join([measure, *filter(None, parts)])] = truth.by(measure, gender, age)
    return found
