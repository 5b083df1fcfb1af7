"""Pages ask the database as often for 25 organisations as for 5, and for many values as for few."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.world import AT, Role, World, add_measure, add_organisation, add_round
from wirknetz.core.values import Period
from wirknetz.measurement.models import (
    Category,
    Cell,
    CellCategory,
    Dimension,
    Entry,
    Indicator,
    IndicatorVersion,
    Measure,
    MeasureDimension,
    Round,
    RoundMeasure,
    Submission,
)
from wirknetz.network.models import Organisation

pytestmark = pytest.mark.django_db

OFFICE, PRACTICE = Role.COORDINATOR, Role.PRACTITIONER_OWN
VISITS = [
    *((OFFICE, page) for page in ("board", "review", "overview", "indicator", "breakdown")),
    *((PRACTICE, page) for page in ("board", "review", "overview", "indicator", "breakdown")),
    (PRACTICE, "form"),
    (PRACTICE, "origin"),
    (OFFICE, "origin"),
    (OFFICE, "houses"),
]


@dataclass
class Net:
    """A network that grows: organisations, quarters, measures."""

    world: World
    organisations: list[Organisation] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)

    @property
    def round(self) -> Round:
        return Round.objects.get(network=self.world.network, closed_at__isnull=True)

    def grow(self, *, organisations: int, quarters: int, measures: int) -> None:
        """Bigger, everything reported again in every round."""
        Entry.objects.all().delete()
        Submission.objects.all().delete()
        Round.objects.all().delete()
        for number in range(len(self.organisations), organisations):
            made = add_organisation(f"Haus Nummer {number}", self.world.network)
            self.organisations.append(self.world.own if number == 0 else made)
        for number in range(len(self.measures), measures):
            self.measures.append(self._measure(number))
        codes = [f"{2024 + n // 4}Q{n % 4 + 1}" for n in range(quarters)]
        for code in codes:
            self._report(code, closed=code != codes[-1])

    def _measure(self, number: int) -> Measure:
        made = add_measure(self.world.network, f"m{number}")
        for dimension in Dimension.objects.all():
            MeasureDimension.objects.create(measure=made, dimension=dimension)
        return made

    def _report(self, code: str, *, closed: bool) -> None:
        round_ = add_round(
            self.world.network,
            code,
            measures=tuple(self.measures),
            organisations=tuple(self.organisations),
            closed_at=AT if closed else None,
        )
        RoundMeasure.objects.filter(round=round_).update(grain="gender")
        state = {"state": "approved", "approved_at": AT} if closed else {"state": "draft"}
        Submission.objects.filter(round=round_).update(changed_at=AT, **state)
        Entry.objects.bulk_create(
            Entry(
                submission=submission,
                organisation=submission.organisation,
                measure=measure,
                cell=cell,
                period=Period.parse(code).ordinal,
                amount=7,
                revision=1,
                recorded_at=AT,
                counted_from=AT if closed else None,
            )
            for submission in Submission.objects.filter(round=round_)
            for measure in self.measures
            for cell in self.cells
        )

    def address(self, page: str) -> str:
        slug, round_, own = self.world.network.slug, self.round.pk, self.world.own.pk
        indicator = reverse("measurement:result", args=[slug, "quote"])
        return {
            "board": reverse("measurement:board", args=[slug, round_]),
            "form": reverse("measurement:submission", args=[slug, round_, own]),
            "review": reverse("measurement:submission_review", args=[slug, round_, own]),
            "overview": reverse("measurement:results", args=[slug]),
            "indicator": indicator,
            "breakdown": f"{indicator}?nach=gender",
            "origin": reverse("measurement:provenance", args=[slug, "quote", "2024Q2"]),
            "houses": reverse("measurement:result_by_organisation", args=[slug, "quote"]),
        }[page]


@pytest.fixture
def net(world: World) -> Net:
    gender = Dimension.objects.create(network=world.network, code="gender", name="Geschlecht")
    made = Net(world)
    for code in ("w", "m"):
        category = Category.objects.create(dimension=gender, code=code, name=code)
        cell = Cell.objects.create(network=world.network, key=f"gender={code}", grain="gender")
        CellCategory.objects.create(cell=cell, dimension=gender, category=category)
        made.cells.append(cell)
    indicator = Indicator.objects.create(network=world.network, code="quote", name="Quote")
    IndicatorVersion.objects.create(
        indicator=indicator,
        number=1,
        state="in_force",
        formula="m0 / m1",
        definition="Wie viele ankommen.",
        percent=True,
        direction="up",
        valid_from="2024Q1",
        valid_from_ordinal=Period.parse("2024Q1").ordinal,
        created_at=AT,
        in_force_at=AT,
    )
    return made


@pytest.fixture
def asked(net: Net) -> Callable[[Role, str], list[str]]:
    """What a page asks the database."""

    def ask(role: Role, page: str) -> list[str]:
        client = net.world.client(role)
        address = net.address(page)
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(address)
        assert answer.status_code == 200
        return [query["sql"] for query in captured]

    return ask


@pytest.mark.parametrize(("role", "page"), VISITS)
@pytest.mark.parametrize(
    "grown",
    [
        {"organisations": 25, "quarters": 3, "measures": 2},
        {"organisations": 5, "quarters": 9, "measures": 2},
        {"organisations": 5, "quarters": 3, "measures": 8},
    ],
    ids=["organisations", "quarters", "measures"],
)
def test_a_bigger_network_asks_no_more(
    net: Net,
    asked: Callable[[Role, str], list[str]],
    role: Role,
    page: str,
    grown: dict[str, int],
) -> None:
    net.grow(organisations=5, quarters=3, measures=2)
    few = asked(role, page)
    net.grow(**grown)
    many = asked(role, page)
    assert few
    assert len(many) == len(few), "\n".join(many)
