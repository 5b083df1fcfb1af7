"""What is remembered of a file: named, retired, brought back, never overwritten."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from tests.integration.measurement.files.conftest import SENT, House, sent
from wirknetz.core.files.recognition.model import About, Profile, Step
from wirknetz.foundation.models import AuditEvent
from wirknetz.measurement.models import MappingProfile, ProfileVersion

pytestmark = pytest.mark.django_db


def taught(house: House, name: str = "Unsere Tabelle", *words: str) -> MappingProfile:
    """A mapping with a version for each of these words, each of which means new cases."""
    made = MappingProfile.objects.create(
        network=house.net.world.network, organisation=house.organisation, name=name,
        created_at=house.net.round.created_at,
    )  # fmt: skip
    for number, word in enumerate(words or ("zugaenge",), start=1):
        steps = (Step(About.LABEL, word, "measure:begonnen"),)
        ProfileVersion.objects.create(
            profile=made, number=number, content=Profile(steps).as_dict(), by=house.user,
            at=house.net.round.created_at,
        )  # fmt: skip
    return made


def url(house: House, name: str = "profiles", **more: Any) -> str:
    where = {"slug": house.net.world.network.slug, "organisation_id": house.organisation.pk}
    return reverse(f"measurement:{name}", kwargs=where | more)


def test_the_list_says_what_to_do_when_there_is_none(klinik: House) -> None:
    page = klinik.client.get(url(klinik)).content.decode()
    assert "Noch keine Zuordnung" in page


def test_a_mapping_shows_what_it_remembers_in_words(caritas: House) -> None:
    address = caritas.send(sent(SENT["Caritas"]), SENT["Caritas"]).url
    caritas.answer_all(address)
    caritas.take_over(address, name="Monatsliste")
    page = caritas.client.get(url(caritas)).content.decode()
    assert "Monatsliste" in page
    one = url(caritas, "profile", profile_id=MappingProfile.objects.get().pk)
    words = caritas.client.get(one).content.decode()
    assert "Begonnene Begleitungen" in words
    assert "measure:" not in words


def test_a_new_name(klinik: House) -> None:
    profile = taught(klinik)
    one = url(klinik, "profile", profile_id=profile.pk)
    klinik.client.post(one, {"name": "  Quartals  meldung "})
    profile.refresh_from_db()
    assert profile.name == "Quartals meldung"
    event = AuditEvent.objects.get(action="profile.renamed")
    assert event.object_label == "Quartals meldung"
    assert event.details == {"before": "Unsere Tabelle"}


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("", "Bitte geben Sie der Zuordnung einen Namen."),
     ("Andere", "Diesen Namen hat schon eine andere Zuordnung.")],
)  # fmt: skip
def test_a_name_that_cannot_be(klinik: House, name: str, sentence: str) -> None:
    profile, _other = taught(klinik), taught(klinik, "Andere")
    answer = klinik.client.post(url(klinik, "profile", profile_id=profile.pk), {"name": name})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    profile.refresh_from_db()
    assert profile.name == "Unsere Tabelle"


def test_retired_and_brought_back(klinik: House) -> None:
    profile = taught(klinik)
    klinik.client.post(url(klinik, "profile_retire", profile_id=profile.pk))
    assert "Unsere Tabelle" not in klinik.client.get(klinik.url("upload")).content.decode()
    page = klinik.client.get(url(klinik)).content.decode()
    assert "Nicht mehr benutzt" in page
    klinik.client.post(url(klinik, "profile_restore", profile_id=profile.pk))
    assert "Unsere Tabelle" in klinik.client.get(klinik.url("upload")).content.decode()
    acts = AuditEvent.objects.filter(object_type="profile").values_list("action", flat=True)
    assert sorted(acts) == ["profile.restored", "profile.retired"]


def test_a_name_that_was_taken_meanwhile(klinik: House) -> None:
    profile = taught(klinik)
    klinik.client.post(url(klinik, "profile_retire", profile_id=profile.pk))
    taught(klinik)
    answer = klinik.client.post(url(klinik, "profile_restore", profile_id=profile.pk), follow=True)
    assert "hat inzwischen eine andere Zuordnung" in answer.content.decode()
    profile.refresh_from_db()
    assert profile.retired_at is not None


def test_an_earlier_version_is_appended_again(klinik: House) -> None:
    profile = taught(klinik, "Unsere Tabelle", "zugaenge", "abgaenge")
    klinik.client.post(url(klinik, "profile_use_again", profile_id=profile.pk, number=1))
    contents = [v.content["steps"][0]["where"] for v in profile.versions.all()]
    assert contents == ["zugaenge", "abgaenge", "zugaenge"]
    nowhere = url(klinik, "profile_use_again", profile_id=profile.pk, number=9)
    assert klinik.client.post(nowhere).status_code == 404


def test_nobody_else_touches_it(klinik: House, caritas: House) -> None:
    profile = taught(klinik)
    for name in ("profile", "profile_retire", "profile_restore"):
        own = url(caritas, name, profile_id=profile.pk)
        foreign = url(klinik, name, profile_id=profile.pk)
        assert caritas.client.post(own, {"name": "x"}).status_code == 404
        assert caritas.client.post(foreign, {"name": "x"}).status_code == 404
    profile.refresh_from_db()
    assert (profile.name, profile.retired_at) == ("Unsere Tabelle", None)
