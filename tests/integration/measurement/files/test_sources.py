"""Where a value came from: the organisation sees sheet and cell, others that there was a file."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.integration.measurement.files.conftest import SENT, House, Net, sent
from tests.world import AT, Role
from wirknetz.core.values import Period
from wirknetz.foundation.providers import EXPORT, ExportOf, ask
from wirknetz.measurement.models import (
    Entry,
    Indicator,
    IndicatorVersion,
    Measure,
    Round,
    Submission,
    TakeOver,
)

pytestmark = pytest.mark.django_db


def indicator(net: Net) -> None:
    made = Indicator.objects.create(
        network=net.world.network, code="quote", name="Integrationsquote"
    )
    IndicatorVersion.objects.create(
        indicator=made, number=1, state="in_force", formula="integriert / beendet",
        definition="x", percent=True, direction="up", valid_from="2025Q1",
        valid_from_ordinal=Period.parse("2025Q1").ordinal, created_at=AT, in_force_at=AT,
    )  # fmt: skip


@pytest.fixture
def counted(net: Net) -> Net:
    """Everybody's file is taken over, approved, and the round closed."""
    indicator(net)
    for name in SENT:
        house = net.house(name)
        address = house.send(sent(SENT[name]), SENT[name]).url
        house.answer_all(address)
        house.take_over(address)
    Entry.objects.update(counted_from=AT)
    Submission.objects.update(state="approved", approved_at=AT)
    Round.objects.update(closed_at=timezone.now())
    return net


def origin(net: Net) -> str:
    return reverse("measurement:provenance", args=[net.world.network.slug, "quote", "2025Q3"])


def test_the_own_organisation_sees_file_sheet_and_cell(counted: Net) -> None:
    page = counted.house("Klinik A").client.get(origin(counted)).content.decode()
    assert "Aus Dateien übernommen" in page
    assert "Blatt „Q3 2025“, Zelle C14" in page
    assert TakeOver.objects.get(name=SENT["Klinik A"]).sha256 in page
    for other in ("Caritas_3-2025.csv", "Diakonie_2025Q3.ods"):
        assert other not in page
    assert "Zahlen aus einer Datei: BFW, Caritas, Diakonie, Jobcenter." in page


def test_the_office_sees_only_that_there_was_a_file(counted: Net) -> None:
    page = counted.world.client(Role.COORDINATOR).get(origin(counted)).content.decode()
    assert "Zahlen aus einer Datei: BFW, Caritas, Diakonie, Jobcenter, Klinik A." in page
    assert SENT["Klinik A"] not in page
    assert "Zelle" not in page.replace("Zellen", "")


def test_an_observer_sees_nothing_of_it(counted: Net) -> None:
    page = counted.world.client(Role.OBSERVER).get(origin(counted)).content.decode()
    assert "Datei" not in page


def test_the_history_of_a_value_says_it_to_the_own_organisation(counted: Net) -> None:
    house = counted.house("Klinik A")
    number = Measure.objects.get(code="laufend").pk
    address = house.url("submission_history", measure_id=number)
    own = house.client.get(address).content.decode()
    assert "aus „klinik-a_2025Q3.xlsx“, Blatt „Q3 2025“, Zelle C30" in own
    office = counted.world.client(Role.COORDINATOR).get(address).content.decode()
    assert "aus einer Datei" in office
    assert "klinik-a_2025Q3.xlsx" not in office


def test_the_export_of_an_organisation_brings_its_places_and_mappings(counted: Net) -> None:
    house = counted.house("Klinik A")
    asked = ExportOf(house.organisation.pk, counted.world.network.pk)
    sheets = {sheet.name: sheet for sheet in ask(EXPORT, asked)}
    assert (SENT["Klinik A"], "Q3 2025", "C30") in {row[18:21] for row in sheets["Werte"].rows}
    assert len(sheets["Aus Tabellen übernommen"].rows) == 1
    assert sheets["Zuordnungen"].rows
    assert not [row for sheet in sheets.values() for row in sheet.rows if "Caritas" in str(row)]


def test_a_typed_value_came_from_nowhere(counted: Net) -> None:
    Entry.objects.update(source=None)
    house: House = counted.house("Klinik A")
    assert "Aus Dateien übernommen" not in house.client.get(origin(counted)).content.decode()
