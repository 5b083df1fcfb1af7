"""Names with signs nobody sees: in every room what is stored is what is seen."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.world import Role, World
from wirknetz.measurement.models import Measure
from wirknetz.network.models import Network, Organisation, Region

pytestmark = pytest.mark.django_db
TURNED = "Nord\u202etsO"
SEEN = "NordtsO"


def post(world: World, page: str, **fields: object) -> None:
    url = reverse(page, args=[world.network.slug])
    answer = world.client(Role.COORDINATOR).post(url, fields)
    assert answer.status_code == 302, answer.content.decode()


def test_a_region(world: World) -> None:
    post(world, "network:new_region", name=TURNED)
    assert Region.objects.filter(name=SEEN).exists()


def test_an_organisation(world: World) -> None:
    post(world, "network:new_organisation", name=TURNED, short_name=f"{TURNED}2",
         sector="civil", legal_area="none", stage="candidate")  # fmt: skip
    made = Organisation.objects.get(name=SEEN)
    assert made.short_name == f"{SEEN}2"


def test_a_network_does_not_get_a_second_name_that_looks_the_same(world: World) -> None:
    url = reverse("network:settings", args=[world.network.slug])
    taken = f"Netz Abend\u200b{'stern'}"
    answer = world.client(Role.COORDINATOR).post(
        url, {"name": taken, "minimum_group": 3, "remind_days_before": 7, "remind_days_after": 3}
    )
    assert "Diesen Namen gibt es schon." in answer.content.decode()
    assert Network.objects.filter(name__startswith="Netz").count() == 2


def test_ones_own_name(world: World) -> None:
    client = world.client(Role.STRANGER)
    client.post("/profil/", {"name": f" {TURNED}\n", "language": "de", "digest": "never"})
    world.user(Role.STRANGER).refresh_from_db()
    assert world.user(Role.STRANGER).name == SEEN


def test_a_measure(world: World) -> None:
    post(world, "measurement:measure_new", name=TURNED, code="abc", definition=f"Was {TURNED}",
         unit="Personen", level="output", counts="persons", adds="flow", decimals="0")  # fmt: skip
    made = Measure.objects.get(code="abc")
    assert (made.name, made.definition) == (SEEN, f"Was {SEEN}")
