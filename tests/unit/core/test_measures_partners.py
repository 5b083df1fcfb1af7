"""Six partners, one quarter: the network's figures as worked out by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.unit.core.engines import ENGINES, SELECT, has_postgres
from tests.unit.core.reference import Fact
from wirknetz.core.measures import Definition, MeasureSpec, compile_query, rows_to_table
from wirknetz.core.values import Adds, Cell, Counts, Period

QUARTER = Period.parse("2025Q3").ordinal
MEASURES = {
    **{
        name: MeasureSpec(name, Adds.FLOW, Counts.PERSONS)
        for name in ("begonnen", "beendet", "integriert")
    },
    **{
        name: MeasureSpec(name, Adds.FLOW, Counts.EVENTS)
        for name in ("termine_vereinbart", "termine_wahrgenommen", "uebergaben",
                     "uebergaben_angekommen", "gespraeche")
    },
    "laufend": MeasureSpec("laufend", Adds.STOCK, Counts.PERSONS),
}  # fmt: skip
TOTALS = {
    1: {"begonnen": 323, "beendet": 196, "integriert": 73, "termine_vereinbart": 2966,
        "termine_wahrgenommen": 2461, "uebergaben": 16, "uebergaben_angekommen": 11,
        "laufend": 337},
    2: {"begonnen": 159, "beendet": 94, "integriert": 41, "termine_vereinbart": 971,
        "termine_wahrgenommen": 761, "uebergaben": 19, "uebergaben_angekommen": 12,
        "gespraeche": 8, "laufend": 188},
    3: {"begonnen": 102, "beendet": 76, "integriert": 37, "termine_vereinbart": 640,
        "termine_wahrgenommen": 489, "uebergaben": 29, "uebergaben_angekommen": 18,
        "gespraeche": 6, "laufend": 119},
    4: {"termine_vereinbart": 808, "termine_wahrgenommen": 449},
    5: {"begonnen": 61, "beendet": 38, "integriert": 19, "termine_vereinbart": 371,
        "termine_wahrgenommen": 346, "uebergaben": 21, "uebergaben_angekommen": 13,
        "gespraeche": 11, "laufend": 72},
    6: {"termine_vereinbart": 374, "termine_wahrgenommen": 268, "uebergaben": 18,
        "uebergaben_angekommen": 11, "gespraeche": 6, "laufend": 82},
}  # fmt: skip
"""Clinic B (4) and the training centre (6) give some measures broken down only."""
AGES = ("18-29", "30-49", "50+")
BY_GENDER_AND_AGE = {
    (1, "integriert"): {"w": (9, 14, 12), "m": (20, 8, 10), "d": (0, 0, 0)},
    (2, "integriert"): {"w": (5, 6, 6), "m": (5, 12, 7), "d": (0, 0, 0)},
    (3, "integriert"): {"w": (9, 8, 3), "m": (4, 4, 9), "d": (0, 0, 0)},
    (4, "begonnen"): {"w": (8, 8, 11), "m": (9, 24, 21), "d": (0, 1, 0)},
    (4, "beendet"): {"w": (3, 6, 4), "m": (3, 11, 8), "d": (0, 0, 0)},
    (4, "integriert"): {"w": (3, 3, 1), "m": (2, 2, 5), "d": (0, 0, 0)},
    (5, "integriert"): {"w": (4, 2, 4), "m": (4, 4, 1), "d": (0, 0, 0)},
}
BY_GENDER = {
    (6, "begonnen"): {"w": 28, "m": 26, "d": 4},
    (6, "beendet"): {"w": 19, "m": 15, "d": 2},
    (6, "integriert"): {"w": 9, "m": 5, "d": 0},
}


def reported() -> list[Fact]:
    facts = [
        Fact(house, QUARTER, measure, (), Decimal(amount))
        for house, totals in TOTALS.items()
        for measure, amount in totals.items()
    ]
    facts.append(Fact(1, QUARTER, "gespraeche", (), None))  # not collected
    for (house, measure), genders in BY_GENDER_AND_AGE.items():
        for gender, amounts in genders.items():
            for age, amount in zip(AGES, amounts, strict=True):
                cell = (("age", age), ("gender", gender))
                facts.append(Fact(house, QUARTER, measure, cell, Decimal(amount)))
    for (house, measure), genders in BY_GENDER.items():
        for gender, amount in genders.items():
            cell = (("gender", gender),)
            facts.append(Fact(house, QUARTER, measure, cell, Decimal(amount)))
    return facts


@pytest.fixture(params=["sqlite", "duckdb", pytest.param("postgres", marks=pytest.mark.postgres)])
def ask(request):
    if request.param == "postgres" and not has_postgres():
        pytest.skip("PostgreSQL is not there")
    run = ENGINES[request.param](reported())

    def answer(formula, by=()):
        definition = Definition.of(formula, MEASURES)
        query = compile_query(definition, by=by, dialect=request.param)
        return rows_to_table(run(query.over(SELECT), []), query=query, expected=6)

    return answer


@pytest.mark.parametrize(
    ("measure", "total", "organisations"),
    [
        ("begonnen", 785, 6),
        ("beendet", 475, 6),
        ("integriert", 200, 6),
        ("termine_vereinbart", 6130, 6),
        ("termine_wahrgenommen", 4774, 6),
        ("uebergaben", 103, 5),
        ("uebergaben_angekommen", 65, 5),
        ("gespraeche", 31, 4),
        ("laufend", 798, 5),
    ],
)
def test_totals_of_the_network(ask, measure, total, organisations):
    row = ask(measure).one()
    assert (row.value, row.organisations, row.expected) == (total, organisations, 6)


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("integriert / beendet", "0.421053"),
        ("termine_wahrgenommen / termine_vereinbart", "0.778793"),
        ("uebergaben_angekommen / uebergaben", "0.631068"),
    ],
)
def test_ratios_of_the_network_are_ratios_of_sums(ask, formula, value):
    assert ask(formula).one().value == Decimal(value)


def test_a_breakdown_by_gender_takes_in_who_reports_by_gender_and_age(ask):
    table = ask("integriert", by=("gender",))
    found = {row.cell.key: row.value for row in table}
    assert found == {"gender=d": 0, "gender=m": 102, "gender=w": 98}
    assert not table.coarser


def test_a_breakdown_by_age_still_adds_up_with_who_reports_by_gender_only(ask):
    table = ask("integriert", by=("age",))
    assert table.coarser
    rest = table.rows[-1]
    assert (rest.broken_down, rest.value, rest.organisations) == (False, 14, 1)
    assert sum(row.value for row in table) == 200
    assert table.where(cell=Cell.of({"age": "50+"})).one().value == 58


def test_a_state_is_said_and_not_counted(ask):
    row = ask("gespraeche", by=("organisation",)).where(organisation=1).one()
    assert (row.value, row.missing, row.organisations) == (None, "no_amount", 0)


def test_persons_over_several_organisations_may_be_counted_twice(ask):
    assert ask("begonnen").one().persons_doubled
    assert not ask("uebergaben").one().persons_doubled
    assert not any(row.persons_doubled for row in ask("begonnen", by=("organisation",)))
