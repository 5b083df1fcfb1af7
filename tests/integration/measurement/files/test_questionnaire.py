"""What recognition is told: everything it needs, and nothing of what others reported."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.integration.measurement.files.conftest import House
from tests.integration.measurement.files.test_profiles import taught
from wirknetz.core.files.asked import Questionnaire
from wirknetz.core.values import Cell, State, Value
from wirknetz.measurement.actions import collection
from wirknetz.measurement.models import Entry, Measure, MeasureWording, Submission
from wirknetz.measurement.queries.collection.dossier import dossier_of
from wirknetz.measurement.queries.files.questionnaire import questionnaire_of

pytestmark = pytest.mark.django_db


def asked(house: House) -> Questionnaire:
    submission = Submission.objects.select_related("round__network", "organisation").get(
        pk=house.submission.pk
    )
    return questionnaire_of(dossier_of(submission))


def reported(house: House, *values: tuple[str, str, Any]) -> None:
    """Report these for the quarter, as if it were approved, and go on to the next."""
    ids = dict(Measure.objects.values_list("code", "pk"))
    rows = [
        collection.Row(
            ids[code], Cell.parse(key),
            Value(what) if isinstance(what, State) else Value(amount=Decimal(what)),
        )
        for code, key, what in values
    ]  # fmt: skip
    collection.record(
        by=house.actor, round_id=house.net.round.pk, organisation_id=house.organisation.pk,
        rows=rows, at=timezone.now(),
    )  # fmt: skip
    Entry.objects.update(counted_from=timezone.now())


def test_what_is_asked_comes_along(klinik: House) -> None:
    found = asked(klinik)
    begun = found.measure("begonnen")
    assert found.period.code == "2025Q3"
    assert len(found.measures) == 18
    assert begun.name == "Begonnene Begleitungen"
    assert begun.grains == ("age,gender", "age", "gender", "")
    assert [c.code for c in found.dimension("gender").categories] == ["w", "m", "d"]
    assert found.own_names == ("Klinik A",)
    assert "Caritas" in found.other_names
    assert "Klinik A" not in found.other_names


def test_what_is_a_part_of_what_follows_from_the_rules(klinik: House) -> None:
    found = asked(klinik)
    assert found.measure("integriert").part_of == ("beendet",)
    assert found.measure("termine_wahrgenommen").part_of == ("termine_vereinbart",)
    assert found.measure("beendet").part_of == ()
    assert found.measure("folgeangebote").part_of == ()  # that rule only asks


def test_rules_of_other_shapes(klinik: House) -> None:
    add = klinik.net.world.network.validation_rules.create
    add(expression="beendet >= arbeit_neu + erstausbildung", severity="error", message="x")
    add(expression="laufend - 5 <= begonnen", severity="error", message="x")
    add(expression="stunden < 10", severity="error", message="x")
    found = asked(klinik)
    assert found.measure("arbeit_neu").part_of == ("beendet",)
    assert found.measure("erstausbildung").part_of == ("beendet",)
    assert found.measure("laufend").part_of == ()
    assert found.measure("stunden").part_of == ()


def test_the_own_totals_of_earlier_quarters_newest_first(klinik: House, caritas: House) -> None:
    reported(klinik, ("laufend", "", 300), ("begonnen", "gender=w", 20),
             ("begonnen", "gender=m", 15), ("zufriedenheit", "", "4.2"))  # fmt: skip
    reported(caritas, ("laufend", "", 7))
    klinik.net.next_quarter()
    found = asked(klinik)
    assert found.measure("laufend").history == (Decimal(300),)
    assert found.measure("begonnen").history == (Decimal(35),)
    assert found.measure("zufriedenheit").history == (Decimal("4.2"),)
    assert found.measure("gespraeche").history == ()


def test_a_state_is_no_history(klinik: House) -> None:
    reported(klinik, ("gespraeche", "", State.NOT_COLLECTED))
    klinik.net.next_quarter()
    assert asked(klinik).measure("gespraeche").history == ()


def test_former_names_of_a_measure_are_words_for_it(klinik: House) -> None:
    measure = Measure.objects.get(code="begonnen")
    MeasureWording.objects.create(
        measure=measure, name="Neue Fälle", definition="x", level="output", counts="persons",
        adds="flow", reason="x", replaced_at=timezone.now(), replaced_by=klinik.user,
    )  # fmt: skip
    assert asked(klinik).measure("begonnen").words == ("Neue Fälle",)


def test_words_of_others_come_along_without_numbers_and_names(
    klinik: House, caritas: House
) -> None:
    taught(caritas, "Caritas-Liste", "alt", "neufaelle bora tb")
    taught(klinik, "Eigene", "eigenes wort")
    found = asked(klinik)
    assert found.measure("begonnen").words == ("neufaelle bora tb",)
    assert "Caritas-Liste" not in str(found)


def test_a_mapping_no_longer_used_gives_no_words(klinik: House, caritas: House) -> None:
    profile = taught(caritas)
    profile.retired_at = timezone.now()
    profile.save()
    assert asked(klinik).measure("begonnen").words == ()


def test_what_was_said_of_places_stays_with_its_owner(klinik: House, caritas: House) -> None:
    profile = taught(caritas)
    version = profile.versions.get()
    version.content["steps"] = [
        {"about": "row", "where": "q3!7", "says": "measure:begonnen"},
        {"about": "label", "where": "klient mueller", "says": "ignore"},
        {"about": "label", "where": "weibl", "says": "category:gender=w"},
    ]
    version.save()
    found = asked(klinik)
    assert found.measure("begonnen").words == ()
    assert found.dimension("gender").categories[0].words == ("weibl",)
    assert "mueller" not in str(found)


def test_it_asks_the_database_the_same_however_much_there_is(klinik: House, caritas: House) -> None:
    def queries() -> int:
        asked(klinik)
        submission = Submission.objects.select_related("round__network", "organisation").get(
            pk=klinik.submission.pk
        )
        dossier = dossier_of(submission)
        with CaptureQueriesContext(
            connection,
        ) as found:
            questionnaire_of(dossier)
        return len(found)

    few = queries()
    reported(klinik, ("laufend", "", 300), ("begonnen", "gender=w", 20))
    for number in range(12):
        taught(caritas, f"Liste {number}", *(f"wort {number} {word}" for word in range(4)))
    klinik.net.next_quarter()
    assert queries() == few == 4
