"""The files of five partners, through the pages, give exactly what they must add up to."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tests.integration.measurement.files.conftest import (
    EXPECTED,
    HOUSES,
    SENT,
    Net,
    klinik_next_quarter,
    sent,
    truth,
)
from wirknetz.foundation.models import AuditEvent
from wirknetz.measurement.actions import collection
from wirknetz.measurement.models import Entry, MappingProfile, Submission, TakeOver, Upload
from wirknetz.measurement.queries.results import overview
from wirknetz.measurement.rules.results import sight_of

pytestmark = pytest.mark.django_db
MOST_QUESTIONS = 6


@pytest.mark.parametrize("name", HOUSES)
def test_a_file_gives_exactly_what_it_must(net: Net, name: str) -> None:
    house = net.house(name)
    answer = house.send(sent(SENT[name]), SENT[name])
    assert answer.status_code == 302, answer.content.decode()
    assert house.answer_all(answer.url) <= MOST_QUESTIONS
    done = house.take_over(answer.url)
    assert done.url == house.url("submission")
    assert house.said() == truth(name)
    assert house.submission.state == Submission.State.DRAFT
    assert not Upload.objects.exists()


@pytest.mark.parametrize("name", HOUSES)
def test_every_value_says_where_it_stood(net: Net, name: str) -> None:
    house = net.house(name)
    address = house.send(sent(SENT[name]), SENT[name]).url
    house.answer_all(address)
    house.take_over(address)
    taken = TakeOver.objects.get()
    for entry in Entry.objects.all():
        assert entry.source["sha256"] == taken.sha256
        assert entry.source["file"] == SENT[name]
        assert entry.source["cell"]
    page = house.client.get(house.url("submission")).content.decode()
    assert "aus Ihrer Tabelle:" in page


def test_klinik_a_stands_where_it_was(net: Net) -> None:
    house = net.house("Klinik A")
    address = house.send(sent(SENT["Klinik A"]), SENT["Klinik A"]).url
    house.answer_all(address)
    house.take_over(address)
    entry = Entry.objects.get(measure__code="begonnen", cell__key="age=18-29|gender=w")
    assert (entry.source["sheet"], entry.source["cell"]) == ("Q3 2025", "C7")


def test_the_network_has_what_its_partners_reported(net: Net) -> None:
    for name in HOUSES:
        house = net.house(name)
        address = house.send(sent(SENT[name]), SENT[name]).url
        house.answer_all(address)
        house.take_over(address)
    totals: dict[str, int] = {}
    for entry in Entry.objects.filter(base=True, amount__isnull=False).select_related("measure"):
        totals[entry.measure.code] = totals.get(entry.measure.code, 0) + int(entry.amount)
    # The sixth comes as a list of persons and never through these pages.
    sixth = EXPECTED["organisations"]["Klinik B"]["totals"]
    wanted = {c: row["total"] - sixth.get(c, 0) for c, row in EXPECTED["network"].items()}
    assert totals == wanted


def test_next_quarter_is_one_click(net: Net) -> None:
    house = net.house("Klinik A")
    address = house.send(sent(SENT["Klinik A"]), SENT["Klinik A"]).url
    house.answer_all(address)
    house.take_over(address, name="Quartalsmeldung")
    profile = MappingProfile.objects.get()
    assert profile.name == "Quartalsmeldung"
    net.next_quarter()

    page = house.client.get(house.url("upload")).content.decode()
    assert f'<option value="{profile.pk}" selected>Quartalsmeldung</option>' in page
    answer = house.send(klinik_next_quarter(), "klinik-a_2025Q4.xlsx", profile=str(profile.pk))
    assert answer.url.endswith("/pruefen/")
    review = house.client.get(answer.url)
    assert review.status_code == 200
    assert not review.context["review"].looking.reading.differences
    house.take_over(answer.url.removesuffix("pruefen/"))
    assert house.said() == truth("Klinik A") | {"termine_vereinbart": {"": "2970"}}


def test_a_draft_from_a_file_goes_on_like_any_other(net: Net) -> None:
    house = net.house("Diakonie")
    address = house.send(sent(SENT["Diakonie"]), SENT["Diakonie"]).url
    house.answer_all(address)
    house.take_over(address)
    which = {
        "by": house.actor, "round_id": net.round.pk, "organisation_id": house.organisation.pk,
        "at": timezone.now(),
    }  # fmt: skip
    page = house.client.get(house.url("submission_check")).context["page"]
    collection.answer(**which, answers={r.key: "Stimmt so." for r in page.dossier.questions})
    collection.submit(**which)
    assert house.submission.state == Submission.State.SUBMITTED
    acts = set(AuditEvent.objects.values_list("action", flat=True))
    assert {"file.taken_over", "profile.saved", "submission.recorded"} <= acts


def test_nothing_counts_before_it_is_approved(net: Net) -> None:
    house = net.house("BFW")
    address = house.send(sent(SENT["BFW"]), SENT["BFW"]).url
    house.answer_all(address)
    house.take_over(address)
    assert not Entry.objects.filter(counted_from__isnull=False).exists()
    assert overview(net.world.network, sight_of(house.actor, net.world.network)) == ()
