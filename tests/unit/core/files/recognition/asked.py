"""What the network of the sample files asks, and helpers that speak of readings in plain text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from wirknetz.core.files.asked import (
    Questionnaire,
    Wanted,
    WantedCategory,
    WantedDimension,
)
from wirknetz.core.files.recognition.model import About, Question, Reading, Step, Taken
from wirknetz.core.values import Adds, Counts, Period

FINE = ("age,gender", "gender", "age", "")
GENDER = WantedDimension(
    "gender",
    "Geschlecht",
    (WantedCategory("w", "Frauen"), WantedCategory("m", "Männer"), WantedCategory("d", "divers")),
)
AGE = WantedDimension(
    "age",
    "Alter",
    (
        WantedCategory("18-29", "18–29 Jahre"),
        WantedCategory("30-49", "30–49 Jahre"),
        WantedCategory("50+", "50 und älter"),
    ),
)
MEASURES = (
    Wanted("begonnen", "Begonnene Begleitungen", grains=FINE),
    Wanted("beendet", "Regulär beendete Begleitungen", grains=FINE),
    Wanted("integriert", "Davon in Arbeit oder Ausbildung", grains=FINE, part_of=("beendet",)),
    Wanted("termine_vereinbart", "Vereinbarte Termine", counts=Counts.EVENTS),
    Wanted(
        "termine_wahrgenommen",
        "Wahrgenommene Termine",
        counts=Counts.EVENTS,
        part_of=("termine_vereinbart",),
    ),
    Wanted("uebergaben", "Übergaben an andere Träger", counts=Counts.CASES),
    Wanted(
        "uebergaben_angekommen", "Davon angekommen", counts=Counts.CASES, part_of=("uebergaben",)
    ),
    Wanted("gespraeche", "Gemeinsame Gespräche mehrerer Träger", counts=Counts.EVENTS),
    Wanted("laufend", "Laufende Begleitungen am letzten Tag", adds=Adds.STOCK),
)
QUARTER = Questionnaire(
    Period.parse("2025Q3"),
    MEASURES,
    (GENDER, AGE),
    own_names=("Klinik A",),
    other_names=("Caritasverband", "Diakonie", "Jobcenter"),
    silent=("BORA-TB",),
)


def asking(*codes: str, **changes: object) -> Questionnaire:
    """The questionnaire with these measures only; ``changes`` replace its own fields."""
    measures = tuple(m for m in MEASURES if m.code in codes) if codes else MEASURES
    return replace(QUARTER, measures=measures, **changes)  # type: ignore[arg-type]


def values(found: Iterable[Taken]) -> dict[str, str]:
    """Values by target: ``{"begonnen|gender=w": "28"}``."""
    return {t.target.key: _said(t) for t in found}


def _said(one: Taken) -> str:
    amount = one.value.amount
    return f"{amount.normalize():f}" if amount is not None else one.value.state.value


def asked(reading: Reading) -> list[str]:
    """Questions as ``sum``, ``label Einladungen``."""
    return [f"{q.code.value} {q.params.get('text', '')}".strip() for q in reading.questions]


def answer(question: Question, code: str = "") -> Step:
    """The step that answers a question, as suggested if no choice is named."""
    if not code:
        assert question.suggested is not None, f"nothing is suggested for {question.key}"
        code = question.choices[question.suggested].code
    assert code in {choice.code for choice in question.choices}
    return Step(About.QUESTION, question.key, code)


def as_suggested(reading: Reading) -> list[Step]:
    """All questions answered as suggested."""
    return [answer(question) for question in reading.questions]
