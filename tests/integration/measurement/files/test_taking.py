"""Looking through, taking over, taking back: nothing silently, everything undone."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from tests.integration.measurement.files.conftest import House, table
from tests.world import Role
from wirknetz.core.values import Cell, State, Value
from wirknetz.foundation.jobs import tick
from wirknetz.foundation.models import AuditEvent
from wirknetz.measurement.actions import collection
from wirknetz.measurement.actions import files as actions
from wirknetz.measurement.models import (
    Entry,
    MappingProfile,
    Measure,
    ProfileVersion,
    Submission,
    TakeOver,
    Upload,
)

pytestmark = pytest.mark.django_db
FILE = table(
    "Kennzahl;Anzahl", "Vereinbarte Termine;100", "Wahrgenommene Termine;80",
    "Laufende Begleitungen am letzten Tag;12",
)  # fmt: skip


def measure(code: str) -> Measure:
    return Measure.objects.get(code=code)


def record(house: House, *values: tuple[str, str, Any], **more: Any) -> None:
    """Type these by hand: code, cell, amount or state."""
    rows = [
        collection.Row(
            measure(code).pk, Cell.parse(key),
            Value(what) if isinstance(what, State) else Value(amount=Decimal(what)),
        )
        for code, key, what in values
    ]  # fmt: skip
    collection.record(
        by=house.actor, round_id=house.net.round.pk, organisation_id=house.organisation.pk,
        rows=rows, at=timezone.now(), **more,
    )  # fmt: skip


def upload(house: House, content: bytes = FILE, name: str = "zahlen.csv", **data: str) -> str:
    answer = house.send(content, name, **data)
    assert answer.status_code == 302, answer.content.decode()
    return answer.url.removesuffix("pruefen/")


def test_what_stands_there_already_is_shown_beside_what_would_replace_it(klinik: House) -> None:
    record(klinik, ("termine_vereinbart", "", 90), ("termine_wahrgenommen", "", 80))
    address = upload(klinik)
    page = klinik.client.get(f"{address}pruefen/").content.decode()
    assert "90, wird ersetzt" in page
    assert page.count("steht schon so da") == 1
    assert "Ein Wert steht schon anders in Ihrer Meldung und wird ersetzt." in page
    klinik.take_over(address)
    assert klinik.said()["termine_vereinbart"] == {"": "100"}
    old = Entry.objects.get(measure__code="termine_vereinbart", amount=90)
    assert old.superseded_at is not None


def test_a_breakdown_replaces_a_total_that_was_typed(klinik: House) -> None:
    """Two ways to say the same must not stand together: one of them would count wrong."""
    record(klinik, ("begonnen", "", 40))
    lines = ("Geschlecht;Begonnene Begleitungen", "Frauen;10", "Männer;9", "divers;1")
    address = upload(klinik, table(*lines))
    klinik.answer_all(address)
    page = klinik.client.get(f"{address}pruefen/").content.decode()
    assert "40, wird ersetzt" in page
    assert "nicht in der Datei" in page
    klinik.take_over(address)
    assert klinik.said()["begonnen"] == {"gender=w": "10", "gender=m": "9", "gender=d": "1"}
    assert klinik.submission.grains == {str(measure("begonnen").pk): "gender"}


def test_only_ticked_measures_are_taken(klinik: House) -> None:
    address = upload(klinik)
    klinik.take_over(address, take=[measure("laufend").pk])
    assert klinik.said() == {"laufend": {"": "12"}}


def test_no_tick_is_no_take_over(klinik: House) -> None:
    address = upload(klinik)
    answer = klinik.take_over(address, take=[])
    assert answer.status_code == 422
    assert "Bitte wählen Sie mindestens eine Messgröße." in answer.content.decode()
    assert not Entry.objects.exists()


def test_what_the_rules_forbid_is_not_taken(klinik: House) -> None:
    """More kept appointments than agreed ones, whatever was said before about it."""
    lines = ("Kennzahl;Anzahl", "Vereinbarte Termine;10", "Wahrgenommene Termine;14")
    address = upload(klinik, table(*lines))
    page = klinik.client.get(address)
    question = page.context["asked"].question
    assert question.code == "part"
    klinik.client.post(f"{address}sagen/", {"question": question.key, "choice": "use"})
    answer = klinik.take_over(address)
    assert answer.status_code == 422
    words = answer.content.decode()
    assert "So kann es nicht stimmen." in words
    assert "Es können nicht mehr Termine wahrgenommen als vereinbart worden sein." in words
    assert not Entry.objects.exists()
    klinik.take_over(address, take=[measure("termine_vereinbart").pk])
    assert klinik.said() == {"termine_vereinbart": {"": "10"}}


def test_a_value_that_contradicts_what_stands_there_is_refused(klinik: House) -> None:
    record(klinik, ("uebergaben_angekommen", "", 9))
    address = upload(klinik, table("Kennzahl;Anzahl", "Übergaben an andere Träger;5"))
    klinik.answer_all(address)
    answer = klinik.take_over(address)
    assert answer.status_code == 422
    assert "Es können nicht mehr Übergaben ankommen, als gemacht wurden." in (
        answer.content.decode()
    )


def test_whoever_was_faster_is_not_overwritten(klinik: House) -> None:
    address = upload(klinik)
    review = klinik.client.get(f"{address}pruefen/").context["review"]
    record(klinik, ("laufend", "", 99))
    data = {"seen": review.digest, "take": [b.measure.id for b in review.blocks]}
    answer = klinik.client.post(f"{address}pruefen/", data)
    assert answer.status_code == 422
    assert "Inzwischen hat sich etwas geändert." in answer.content.decode()
    assert "99, wird ersetzt" in answer.content.decode()
    assert klinik.said() == {"laufend": {"": "99"}}


def test_without_what_was_shown_nothing_is_taken(klinik: House) -> None:
    address = upload(klinik)
    for seen in ("", "0" * 64):
        assert klinik.take_over(address, seen=seen).status_code == 422
    assert not Entry.objects.exists()


def test_taking_back_restores_what_stood_there(klinik: House) -> None:
    before = [
        ("termine_vereinbart", "", 90), ("begonnen", "gender=w", 7),
        ("gespraeche", "", State.NOT_COLLECTED),
    ]  # fmt: skip
    choice = {measure("begonnen").pk: collection.Choice("gender")}
    record(klinik, *before, choices=choice)
    lines = (
        "Kennzahl;Anzahl", "Vereinbarte Termine;100", "Begonnene Begleitungen;40",
        "Gemeinsame Gespräche mehrerer Träger;3",
    )  # fmt: skip
    said, grains = klinik.said(), klinik.submission.grains
    address = upload(klinik, table(*lines))
    klinik.answer_all(address)
    klinik.take_over(address)
    assert klinik.said()["begonnen"] == {"": "40"}
    assert klinik.submission.grains != grains

    taken = TakeOver.objects.get()
    undo = klinik.url("take_over_undo", take_over_id=taken.pk)
    assert undo in klinik.client.get(klinik.url("submission")).content.decode()
    assert "Werte aus dieser Datei zurücknehmen?" in klinik.client.get(undo).content.decode()
    answer = klinik.client.post(undo, follow=True)
    assert "Es steht wieder da, was vorher da stand." in answer.content.decode()
    assert klinik.said() == said
    assert klinik.submission.grains == grains
    taken.refresh_from_db()
    assert taken.undone_by == klinik.user
    assert klinik.client.post(undo).status_code == 404


def test_what_was_changed_since_stays(klinik: House) -> None:
    klinik.take_over(upload(klinik))
    record(klinik, ("laufend", "", 13))
    undo = klinik.url("take_over_undo", take_over_id=TakeOver.objects.get().pk)
    answer = klinik.client.post(undo, follow=True)
    assert "Ein Wert war inzwischen geändert und bleibt." in answer.content.decode()
    assert klinik.said() == {"laufend": {"": "13"}}


def test_nothing_is_taken_back_once_it_is_submitted(klinik: House) -> None:
    klinik.take_over(upload(klinik))
    which = {
        "by": klinik.actor, "round_id": klinik.net.round.pk,
        "organisation_id": klinik.organisation.pk, "at": timezone.now(),
    }  # fmt: skip
    collection.submit(**which)
    undo = klinik.url("take_over_undo", take_over_id=TakeOver.objects.get().pk)
    assert klinik.client.post(undo).status_code == 403
    assert klinik.said()["laufend"] == {"": "12"}


def test_a_submitted_report_takes_no_file(klinik: House) -> None:
    record(klinik, ("laufend", "", 12))
    address = upload(klinik)
    collection.submit(
        by=klinik.actor, round_id=klinik.net.round.pk, organisation_id=klinik.organisation.pk,
        at=timezone.now(),
    )  # fmt: skip
    assert klinik.client.get(klinik.url("upload")).url == klinik.url("submission_review")
    for name in ("", "pruefen/"):
        assert klinik.client.get(f"{address}{name}").url == klinik.url("submission_review")
    for name in ("sagen/", "verwerfen/"):
        assert klinik.client.post(f"{address}{name}", {"go": "rest"}).status_code in {302, 403}
    assert klinik.submission.state == Submission.State.SUBMITTED


def test_one_transaction_or_nothing(klinik: House, monkeypatch: pytest.MonkeyPatch) -> None:
    address = upload(klinik)

    def fail(**_given: Any) -> None:
        raise RuntimeError("kaputt")

    monkeypatch.setattr("wirknetz.measurement.actions.files.taking.save_version", fail)
    with pytest.raises(RuntimeError):
        klinik.take_over(address)
    assert not Entry.objects.exists()
    assert not TakeOver.objects.exists()
    assert Upload.objects.exists()


def test_what_was_taken_over_is_in_the_trail(klinik: House) -> None:
    klinik.take_over(upload(klinik))
    event = AuditEvent.objects.get(action="file.taken_over")
    assert event.details["sha256"] == TakeOver.objects.get().sha256
    assert event.details["values"] == 3
    assert "100" not in str(event.details)


# ------------------------------------------------------------------ waiting, discarding, keeping


def test_what_is_discarded_is_gone(klinik: House) -> None:
    address = upload(klinik)
    asks = klinik.client.get(f"{address}verwerfen/").content.decode()
    assert "Diese Datei verwerfen?" in asks
    answer = klinik.client.post(f"{address}verwerfen/", follow=True)
    assert "Von der Datei ist nichts mehr da." in answer.content.decode()
    assert not Upload.objects.exists()
    assert klinik.client.get(address).status_code == 404
    assert not AuditEvent.objects.filter(action__startswith="file").exists()


def test_the_next_file_takes_the_place_of_the_last(klinik: House) -> None:
    upload(klinik)
    upload(klinik, name="neu.csv")
    assert Upload.objects.get().name == "neu.csv"
    page = klinik.client.get(klinik.url("submission")).content.decode()
    assert "„neu.csv“ ist noch nicht übernommen." in page


def test_nobody_else_sees_what_waits(klinik: House, caritas: House) -> None:
    """Neither a colleague nor another organisation, under whatever address."""
    address = upload(klinik)
    other = address.replace(f"/{klinik.organisation.pk}/", f"/{caritas.organisation.pk}/")
    assert caritas.client.get(address).status_code == 404
    assert caritas.client.get(other).status_code == 404
    leader = House(klinik.net, klinik.organisation, klinik.leader, klinik.leader)
    assert leader.client.get(address).status_code == 404
    page = leader.client.get(klinik.url("submission")).content.decode()
    assert "ist noch nicht übernommen" not in page


def test_after_a_day_it_is_deleted(klinik: House) -> None:
    address = upload(klinik)
    waiting = Upload.objects.get()
    assert waiting.expires_at - waiting.at == dt.timedelta(hours=24)
    tick(waiting.expires_at - dt.timedelta(minutes=1))
    assert Upload.objects.exists()
    assert "measurement.files" in tick(waiting.expires_at + dt.timedelta(minutes=15))
    assert not Upload.objects.exists()
    assert klinik.client.get(address).status_code == 404


def test_what_has_expired_is_not_shown_even_before_the_job(klinik: House) -> None:
    address = upload(klinik)
    Upload.objects.update(expires_at=timezone.now())
    assert klinik.client.get(address).status_code == 404
    assert klinik.client.post(f"{address}pruefen/", {"seen": "x"}).status_code == 404


def test_without_a_decision_no_file_is_kept(klinik: House) -> None:
    klinik.take_over(upload(klinik))
    assert TakeOver.objects.get().kept == ""
    assert "wird nicht aufbewahrt" in klinik.client.get(klinik.url("upload")).content.decode()
    where = klinik.url("take_over_file", take_over_id=TakeOver.objects.get().pk)
    assert klinik.client.get(where).status_code == 404


@pytest.fixture
def keeping(klinik: House) -> House:
    klinik.net.world.network.keep_files = True
    klinik.net.world.network.save()
    return klinik


def kept() -> list[str]:
    return default_storage.listdir("partner-files")[1]


def test_where_the_network_decided_so_the_file_is_kept(keeping: House, caritas: House) -> None:
    page = keeping.client.get(keeping.url("upload")).content.decode()
    assert "Die Datei selbst wird beim Übernehmen aufbewahrt." in page
    keeping.take_over(upload(keeping, name="Zahlen für Q3.csv"))
    where = keeping.url("take_over_file", take_over_id=TakeOver.objects.get().pk)
    answer = keeping.client.get(where)
    assert b"".join(answer.streaming_content) == FILE
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert caritas.client.get(where).status_code == 404


def test_the_office_never_gets_the_file(keeping: House) -> None:
    keeping.take_over(upload(keeping))
    where = keeping.url("take_over_file", take_over_id=TakeOver.objects.get().pk)
    assert keeping.net.world.client(Role.COORDINATOR).get(where).status_code == 403


def test_a_kept_file_goes_with_what_is_discarded(
    keeping: House, django_capture_on_commit_callbacks: Any
) -> None:
    address = upload(keeping)
    assert len(kept()) == 1
    with django_capture_on_commit_callbacks(execute=True):
        keeping.client.post(f"{address}verwerfen/")
    assert kept() == []


def test_a_stray_file_is_deleted_once_it_is_old(keeping: House) -> None:
    upload(keeping)
    Upload.objects.all().delete()
    assert actions.remove_stray_files(at=timezone.now()) == 0
    assert actions.remove_stray_files(at=timezone.now() + dt.timedelta(hours=25)) == 1
    assert kept() == []


def test_what_is_taken_over_is_no_stray(keeping: House) -> None:
    keeping.take_over(upload(keeping))
    assert actions.remove_stray_files(at=timezone.now() + dt.timedelta(days=400)) == 0


# ------------------------------------------------------------------ what is remembered


def test_the_mapping_is_saved_with_the_values(klinik: House) -> None:
    klinik.take_over(upload(klinik, name="zahlen_Q3_2025.csv"), name="")
    profile = MappingProfile.objects.get()
    assert (profile.name, profile.organisation) == ("zahlen", klinik.organisation)
    assert profile.versions.get().by == klinik.user
    assert TakeOver.objects.get().profile_version == profile.versions.get()


def test_the_same_mapping_makes_no_second_version(klinik: House) -> None:
    klinik.take_over(upload(klinik))
    number = str(MappingProfile.objects.get().pk)
    klinik.take_over(upload(klinik, profile=number))
    assert ProfileVersion.objects.count() == 1


def test_a_mapping_of_another_organisation_is_not_used(klinik: House, caritas: House) -> None:
    caritas.take_over(upload(caritas))
    number = str(MappingProfile.objects.get().pk)
    upload(klinik, profile=number)
    assert Upload.objects.get().profile is None


def test_a_mapping_that_cannot_be_understood_is_none(klinik: House) -> None:
    klinik.take_over(upload(klinik))
    ProfileVersion.objects.update(content={"format": 99, "steps": [{"about": "nothing"}]})
    number = str(MappingProfile.objects.get().pk)
    assert klinik.client.get(upload(klinik, profile=number)).status_code == 200
