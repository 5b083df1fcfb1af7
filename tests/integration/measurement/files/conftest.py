"""A network that counts what the demo counts, and the partners whose files we know."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from tests.world import (
    World,
    add_affiliation,
    add_measure,
    add_membership,
    add_person,
    add_round,
)
from wirknetz.cli.demo_data.plan import DIMENSIONS, MEASURES, RULES
from wirknetz.core.values import State
from wirknetz.foundation.models import User
from wirknetz.measurement.models import (
    Category,
    Dimension,
    Entry,
    Measure,
    MeasureDimension,
    Round,
    RoundMeasure,
    Submission,
    ValidationRule,
)
from wirknetz.network import queries
from wirknetz.network.models import Organisation
from wirknetz.network.rules import Actor

DATA = Path(__file__).parents[3] / "data" / "partners"
EXPECTED: dict[str, Any] = json.loads((DATA / "expected.json").read_text(encoding="utf-8"))
HOUSES = ("Klinik A", "Caritas", "Diakonie", "Jobcenter", "BFW")
SENT: Mapping[str, str] = {
    "Klinik A": "klinik-a_2025Q3.xlsx",
    "Caritas": "Caritas_3-2025.csv",
    "Diakonie": "Diakonie_2025Q3.ods",
    "Jobcenter": "jobcenter 2025Q3.txt",
    "BFW": "BFW_2025Q3.xlsx",
}
MEANS: Mapping[str, str] = {
    "Neufälle BORA-TB": "measure:begonnen",
    "Abschluss planmäßig": "measure:beendet",
    "Vermittlung in Arbeit/Ausbildung": "measure:integriert",
    "… mit Arbeitsaufnahme": "measure:integriert",
    "nach Ende beschäftigt": "measure:integriert",
    "Termine gesamt": "measure:termine_vereinbart",
    "Integrationen (SvB / Ausb.)": "measure:integriert",
    "Integrationen (SvB/Ausb.)": "measure:integriert",
}
"""What a practitioner answers where a label of hers is asked about."""
ASIDE = frozenset({"hidden", "plan", "period"})
"""What she leaves aside: these files hold all that is asked where one sees it."""


@dataclass
class House:
    """One organisation in the round, its practitioner signed in."""

    net: Net
    organisation: Organisation
    user: User
    leader: User

    @property
    def client(self) -> Client:
        client = Client()
        client.force_login(self.user)
        return client

    @property
    def actor(self) -> Actor:
        return queries.acting(queries.actor_in(self.net.world.network, self.user.person), None)

    @property
    def submission(self) -> Submission:
        return Submission.objects.get(round=self.net.round, organisation=self.organisation)

    def url(self, name: str, **more: Any) -> str:
        where = {
            "slug": self.net.world.network.slug,
            "round_id": self.net.round.pk,
            "organisation_id": self.organisation.pk,
        }
        return reverse(f"measurement:{name}", kwargs=where | more)

    def send(self, content: bytes, name: str, **data: str) -> HttpResponse:
        """Send a file; the answer of the upload page, not followed."""
        file = SimpleUploadedFile(name, content)
        return self.client.post(self.url("upload"), {"file": file, **data})

    def answer_all(self, address: str, means: Mapping[str, str] = MEANS) -> int:
        """Answer what is asked as a practitioner would; how many questions there were."""
        for number in range(30):
            page = self.client.get(address)
            asked = page.context["asked"]
            if asked is None:
                return number
            data = {"question": asked.question.key, "choice": _choice(asked.question, means)}
            offered(page, **data)
            answer = self.client.post(f"{address}sagen/", data)
            assert answer.status_code == 302, answer.content.decode()[:2000]
        raise AssertionError("the questions never end")

    def take_over(self, address: str, **data: Any) -> HttpResponse:
        """Press the last button as the page offers it."""
        page = self.client.get(f"{address}pruefen/")
        review = page.context["review"]
        ticked = [block.measure.id for block in review.blocks]
        for number in ticked:
            offered(page, take=str(number), seen=review.digest)
        return self.client.post(
            f"{address}pruefen/", {"seen": review.digest, "take": ticked, "name": "x", **data}
        )

    def said(self) -> dict[str, dict[str, str]]:
        """What the submission says now: by measure and cell, amounts and states as text."""
        rows = Entry.objects.filter(submission=self.submission, superseded_at__isnull=True)
        found: dict[str, dict[str, str]] = {}
        for row in rows.select_related("measure", "cell"):
            text = row.state if row.amount is None else f"{row.amount.normalize():f}"
            found.setdefault(row.measure.code, {})[row.cell.key] = text
        return found


def offered(page: HttpResponse, **fields: str) -> None:
    """The page has a field of this name with this value, as a browser would send it."""
    words = page.content.decode()
    for name, value in fields.items():
        field = rf'<input[^>]*name="{name}"[^>]*value="{re.escape(escape(value))}"'
        assert re.search(field, words), f"{name}={value} is not on the page"


def _choice(question: Any, means: Mapping[str, str]) -> str:
    """What she knows; else what is suggested."""
    for label, code in means.items():
        if f"„{label}“" in question.sentence:
            return code
    if question.code in ASIDE:
        return "ignore"
    suggested = [choice.code for choice in question.choices if choice.suggested]
    assert suggested, f"{question.sentence}: {[c.code for c in question.choices]}"
    return suggested[0]


@dataclass
class Net:
    """The round of 2025Q3 and everybody in it."""

    world: World
    round: Round
    houses: dict[str, House] = field(default_factory=dict)

    def house(self, name: str) -> House:
        return self.houses[name]

    def next_quarter(self) -> Round:
        """Another round after this one, which becomes the one everybody reports in."""
        measures = tuple(Measure.objects.filter(network=self.world.network))
        houses = tuple(house.organisation for house in self.houses.values())
        Round.objects.update(closed_at=self.round.opened_at)
        self.round = _round(self.world, "2025Q4", measures, houses)
        return self.round


def _round(
    world: World, period: str, measures: tuple[Measure, ...], houses: tuple[Organisation, ...]
) -> Round:
    made = add_round(world.network, period, measures=measures, organisations=houses)
    for measure in measures:
        codes = measure.dimensions.order_by("code").values_list("code", flat=True)
        RoundMeasure.objects.filter(round=made, measure=measure).update(grain=",".join(codes))
    return made


def build_net(world: World) -> Net:
    """Measures, dimensions and rules of the demo, the round, a practitioner in every house."""
    for place, (code, name, categories) in enumerate(DIMENSIONS):
        made = Dimension.objects.create(network=world.network, code=code, name=name, position=place)
        for number, (category, label) in enumerate(categories):
            Category.objects.create(dimension=made, code=category, name=label, position=number)
    measures = tuple(_measure(world, place) for place in range(len(MEASURES)))
    for expression, severity, message in RULES:
        ValidationRule.objects.create(
            network=world.network, expression=expression, severity=severity, message=message
        )
    houses = {name: _organisation(world, name) for name in HOUSES}
    net = Net(world, _round(world, "2025Q3", measures, tuple(houses.values())))
    for name, organisation in houses.items():
        mail = name.lower().replace(" ", "-")
        person = add_person(f"Praxis {name}", f"{mail}@example.org")
        leader = add_person(f"Leitung {name}", f"leitung-{mail}@example.org")
        add_affiliation(world.network, person, organisation)
        add_affiliation(world.network, leader, organisation, level="leadership")
        net.houses[name] = House(net, organisation, person.user, leader.user)
    return net


def _organisation(world: World, name: str) -> Organisation:
    made = Organisation.objects.create(
        name=name, short_name=name, sector="civil", created_at=world.network.created_at
    )
    add_membership(world.network, made)
    return made


def _measure(world: World, place: int) -> Measure:
    counted = MEASURES[place]
    made = add_measure(
        world.network, counted.code, name=counted.name, definition=counted.definition,
        unit=counted.unit, level=counted.level, counts=counted.counts, adds=counted.adds,
        group=counted.group, decimals=counted.decimals, position=place,
    )  # fmt: skip
    for dimension in Dimension.objects.filter(network=world.network, code__in=counted.dimensions):
        MeasureDimension.objects.create(measure=made, dimension=dimension)
    return made


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """Nobody has sent a file yet, and none is kept."""
    cache.clear()
    yield
    cache.clear()
    if default_storage.exists("partner-files"):
        for name in default_storage.listdir("partner-files")[1]:
            default_storage.delete(f"partner-files/{name}")
        default_storage.delete("partner-files")


@pytest.fixture
def net(world: World) -> Net:
    return build_net(world)


@pytest.fixture
def klinik(net: Net) -> House:
    return net.house("Klinik A")


@pytest.fixture
def caritas(net: Net) -> House:
    return net.house("Caritas")


def sent(name: str) -> bytes:
    """The bytes of a file of `tests/data/partners`."""
    return (DATA / name).read_bytes()


def bad_files() -> Iterator[Path]:
    return iter(sorted((DATA / "bad").iterdir()))


def table(*lines: str) -> bytes:
    """A small CSV as an office would save it."""
    return "\r\n".join(lines).encode("cp1252")


THREE_MONTHS_LATER = (
    ("Q3 2025", "Q4 2025"), ("3/2025", "4/2025"), ("12.10.2025", "12.01.2026"), ("2.966", "2.970"),
)  # fmt: skip


def klinik_next_quarter() -> bytes:
    """The file of Klinik A as it would come three months later: another period, other numbers."""
    out = io.BytesIO()
    with zipfile.ZipFile(DATA / SENT["Klinik A"]) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith(".xml"):
                for before, after in THREE_MONTHS_LATER:
                    content = content.replace(before.encode(), after.encode())
            new.writestr(name, content)
    return out.getvalue()


def truth(house: str) -> dict[str, dict[str, str]]:
    """What `expected.json` says, as `House.said` says it; totals only where there are no cells."""
    wanted = EXPECTED["organisations"][house]
    found: dict[str, dict[str, str]] = {}
    for code, total in wanted["totals"].items():
        if code not in wanted["cells"]:
            found[code] = {"": str(total)}
    for code, cells in wanted["cells"].items():
        found[code] = {_key(name): str(amount) for name, amount in cells.items()}
        assert sum(cells.values()) == wanted["totals"][code]
    for code, state in wanted.get("states", {}).items():
        found[code] = {"": State(state).value}
    return found


def _key(name: str) -> str:
    gender, age = name.split("|")
    return f"age={age}|gender={gender}" if age else f"gender={gender}"
