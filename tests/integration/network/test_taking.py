"""A partner takes along what it contributed, and nobody else's."""

import io
from decimal import Decimal

import openpyxl
import pytest

from tests import world as made
from tests.world import NOW, Role
from wirknetz.core.values import Cell, Value
from wirknetz.measurement.actions import collection
from wirknetz.measurement.models import (
    Category,
    Dimension,
    MeasureDimension,
    RoundMeasure,
    Submission,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def reported(world):
    """Own reports 7 women and corrects 5 before; the foreign house reports too."""
    measure = made.add_measure(world.network, "beraten")
    gender = Dimension.objects.create(network=world.network, code="gender", name="Geschlecht")
    Category.objects.create(dimension=gender, code="w", name="Frauen")
    MeasureDimension.objects.create(measure=measure, dimension=gender)
    round_ = made.add_round(
        world.network, measures=(measure,), organisations=(world.own, world.shared)
    )
    RoundMeasure.objects.update(grain="gender")
    for role, house, amounts in (
        (Role.PRACTITIONER_OWN, world.own, (5, 7)),
        (Role.PRACTITIONER_FOREIGN, world.shared, (4321,)),
    ):
        for amount in amounts:
            row = collection.Row(measure.pk, Cell.parse("gender=w"), Value(amount=Decimal(amount)))
            collection.record(
                by=world.actor(role),
                round_id=round_.pk,
                organisation_id=house.pk,
                rows=[row],
                at=NOW,
            )
    return world


def book(world, role):
    address = f"/netz/morgenrot/organisationen/{world.own.pk}/mitnehmen/"
    response = world.client(role).get(address)
    assert response.status_code == 200
    assert "sozialwerk-lindenhof" in response["Content-Disposition"]
    return openpyxl.load_workbook(io.BytesIO(response.content))


def test_everything_said_is_in_the_file_with_its_history(reported):
    sheet = book(reported, Role.PRACTITIONER_OWN)["Werte"]
    header, *rows = [dict(enumerate(row)) for row in sheet.values]
    places = {title: place for place, title in header.items()}
    said = [(row[places["Ausprägung"]], row[places["Wert"]]) for row in rows]
    assert said == [("Frauen", 5), ("Frauen", 7)]
    assert rows[0][places["Gilt bis"]] is not None
    assert rows[1][places["gemeldet"]].hour == 10  # nine in the morning of the world's time
    assert rows[1][places["gemeldet von"]] == "Petra Probe"


def test_the_other_rooms_answer_too_and_nothing_of_others_is_in_it(reported):
    found = book(reported, Role.LEADERSHIP_OWN)
    assert found.sheetnames == [
        "Meldungen", "Werte", "Bestätigungen", "Nachrichten", "Aus Tabellen übernommen",
        "Zuordnungen", "Organisation", "Ansprechpersonen",
    ]  # fmt: skip
    everything = [cell for sheet in found for row in sheet.values for cell in row]
    assert "Petra Probe" in everything
    assert not {4321, "Klinik Birkenhain", "Paul Platzhalter"} & set(everything)


def test_the_page_of_the_own_organisation_leads_to_it(reported):
    address = f"/netz/morgenrot/organisationen/{reported.own.pk}/"
    assert "mitnehmen/" in reported.client(Role.PRACTITIONER_OWN).get(address).content.decode()
    for role in (Role.COORDINATOR, Role.PRACTITIONER_FOREIGN, Role.OBSERVER):
        assert "mitnehmen/" not in reported.client(role).get(address).content.decode()


def test_who_leaves_is_offered_to_take_everything_along_first(reported):
    address = f"/netz/morgenrot/organisationen/{reported.own.pk}/stand/"
    text = reported.client(Role.LEADERSHIP_OWN).get(address).content.decode()
    assert "Vorher alles mitnehmen" in text


def test_queries_do_not_grow_with_what_was_reported(reported, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        book(reported, Role.PRACTITIONER_OWN)
    submission = Submission.objects.get(organisation=reported.own)
    for entry in list(submission.entries.all()):
        for _ in range(20):
            entry.pk, entry.superseded_at = None, NOW
            entry.save()
    with django_assert_num_queries(len(few)):
        book(reported, Role.PRACTITIONER_OWN)
