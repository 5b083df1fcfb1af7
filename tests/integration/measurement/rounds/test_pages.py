"""A round through its pages: proposed, changed, opened, closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.integration.measurement.rounds.conftest import DUE, Planning
from tests.integration.measurement.rounds.test_planning import report
from tests.world import Role, World
from wirknetz.measurement.actions import rounds as actions
from wirknetz.measurement.models import Round
from wirknetz.measurement.queries.rounds import expected_pairs

At = Callable[[str], str]
BAD = "<script>alert(1)</script>"


def day_fields(name: str, day: dt.date) -> dict[str, str]:
    return {
        f"{name}_day": f"{day.day}",
        f"{name}_month": f"{day.month}",
        f"{name}_year": f"{day.year}",
    }


def round_form(**changed: Any) -> dict[str, str]:
    """What the form of a round sends: open from today."""
    today = timezone.localdate()
    days = {
        "opens_on": today,
        "due_on": today + dt.timedelta(days=21),
        "closes_on": today + dt.timedelta(days=35),
    } | {name: day for name, day in changed.items() if isinstance(day, dt.date)}
    sent = {"period_part": "q3", "period_year": "2026", "title": "", "note": "", "like": "all"}
    for name, day in days.items():
        sent |= day_fields(name, day)
    return sent | {name: v for name, v in changed.items() if not isinstance(v, dt.date)}


@pytest.fixture
def later(planning: Planning) -> Round:
    """A planned round that closes in the future."""
    today = timezone.localdate()
    return planning.plan(
        opens_on=today, due_on=today + dt.timedelta(9), closes_on=today + dt.timedelta(19)
    )


def test_the_first_round_is_planned_with_two_clicks(
    planning: Planning, coordinator: Client, at: At
) -> None:
    page = coordinator.get(at("neu/")).content.decode()
    assert "wie in der letzten Runde" not in page
    response = coordinator.post(at("neu/"), round_form(), follow=True)
    assert "Die Runde ist geplant." in response.content.decode()
    one = Round.objects.get()
    assert (one.title, one.period_code, len(expected_pairs(one))) == (
        "3. Quartal 2026",
        "2026Q3",
        6,
    )
    assert (
        "wie in der letzten Runde („3. Quartal 2026“)"
        in coordinator.get(at("neu/")).content.decode()
    )


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"period_part": "q9"}, "welcher Teil des Jahres"),
        ({"period_year": "2026; DROP"}, "vier Ziffern"),
        ({"due_on": dt.date(2020, 1, 1)}, "Die Frist liegt vor dem Beginn."),
        ({"closes_on": dt.date(2020, 1, 1)}, "nicht vor der Frist schließen"),
        ({"opens_on": dt.date(2020, 1, 1), "due_on": dt.date(2020, 1, 2),
          "closes_on": dt.date(2020, 1, 3)}, "Dieser Tag ist schon vorbei."),
        ({"opens_on_day": "31", "opens_on_month": "2"}, "Dieses Datum gibt es nicht"),
        ({"opens_on_year": "26"}, "vier Ziffern"),
        ({"opens_on": dt.date(2926, 1, 1), "due_on": dt.date(2926, 1, 2),
          "closes_on": dt.date(2926, 1, 3)}, "prüfen Sie das Jahr"),
        ({"like": "everything"}, "Diese Auswahl gibt es nicht"),
        ({"title": "x" * 5000}, "höchstens 120 Zeichen"),
        ({"note": "x" * 50_000}, "höchstens 2000 Zeichen"),
    ],
)  # fmt: skip
def test_mistakes_stay_with_their_sentence(
    planning: Planning, coordinator: Client, at: At, changed: dict[str, Any], said: str
) -> None:
    response = coordinator.post(at("neu/"), round_form(**changed))
    assert response.status_code == 200
    assert said in response.content.decode()
    assert not Round.objects.exists()


def test_a_second_round_for_the_same_time_says_why_not(
    later: Round, coordinator: Client, at: At
) -> None:
    page = coordinator.post(at("neu/"), round_form()).content.decode()
    assert "So würde doppelt gezählt. Betroffen: 6 Angaben." in page
    assert Round.objects.count() == 1


def test_measures_and_breakdowns_are_ticked(
    planning: Planning, later: Round, coordinator: Client, at: At
) -> None:
    age = planning.begun.dimensions.get()
    path = at(f"{later.pk}/messgroessen/")
    assert "Alter" in coordinator.get(path).content.decode()
    sent = {"m": [str(planning.begun.pk), "999", "x"], "d": [f"{planning.begun.pk}:{age.pk}"]}
    coordinator.post(path, sent)
    assert dict(later.asked.values_list("measure_id", "grain")) == {planning.begun.pk: "alter"}
    page = coordinator.get(at(f"{later.pk}/")).content.decode()
    assert "Alter" in page


def test_who_reports_what_is_ticked(
    planning: Planning, later: Round, coordinator: Client, at: At
) -> None:
    world = planning.world
    path = at(f"{later.pk}/wer-meldet/")
    assert coordinator.get(path).content.decode().count("checked") == 6
    coordinator.post(path, {"p": [f"{world.own.pk}:{planning.begun.pk}"]})
    assert expected_pairs(later) == {(world.own.pk, planning.begun.pk)}
    for wrong in ("x", "1:", f"{world.own.pk}", f"{world.outside.pk}:{planning.begun.pk}", "²:1"):
        response = coordinator.post(path, {"p": [wrong]}, follow=True)
        assert "gehört nicht dazu" in response.content.decode() or (
            "Diese Auswahl gibt es nicht." in response.content.decode()
        )
    assert expected_pairs(later) == {(world.own.pk, planning.begun.pk)}


def test_what_is_reported_cannot_be_unticked(
    planning: Planning, later: Round, coordinator: Client, at: At
) -> None:
    actions.open_round(
        by=planning.world.actor(Role.COORDINATOR), round_id=later.pk, at=timezone.now()
    )
    report(later, planning.world.own, planning.begun)
    page = coordinator.get(at(f"{later.pk}/wer-meldet/")).content.decode()
    assert page.count("checked") == 5
    assert "gemeldet" in page
    response = coordinator.post(at(f"{later.pk}/wer-meldet/"), {"p": []}, follow=True)
    assert "hat „Begonnen“ schon gemeldet" in response.content.decode()
    response = coordinator.post(at(f"{later.pk}/messgroessen/"), {}, follow=True)
    assert "wurde schon gemeldet" in response.content.decode()
    assert len(expected_pairs(later)) == 6


def test_opening_says_first_what_happens(
    planning: Planning, later: Round, coordinator: Client, at: At
) -> None:
    page = coordinator.get(at(f"{later.pk}/oeffnen/")).content.decode()
    assert "3 Organisationen können ab sofort melden." in page
    assert "2 Personen bekommen eine E-Mail." in page
    assert planning.world.third.name in page  # has nobody with an account
    later.refresh_from_db()
    assert later.opened_at is None
    page = coordinator.post(at(f"{later.pk}/oeffnen/"), follow=True).content.decode()
    assert "Die Runde ist offen." in page
    page = coordinator.post(at(f"{later.pk}/oeffnen/"), follow=True).content.decode()
    assert "schon offen oder geschlossen" in page


def test_closing_says_first_who_is_missing(
    planning: Planning, later: Round, coordinator: Client, at: At
) -> None:
    coordinator.post(at(f"{later.pk}/oeffnen/"))
    later.submissions.filter(organisation=planning.world.own).update(state="submitted")
    page = coordinator.get(at(f"{later.pk}/messgroessen/")).content.decode()
    assert "1 Organisation hat schon eingereicht." in page
    page = coordinator.get(at(f"{later.pk}/schliessen/")).content.decode()
    assert "2 von 3 Organisationen fehlen noch" in page
    assert planning.world.own.name not in page.split("fehlen noch")[1].split("</form>")[0]
    later.refresh_from_db()
    assert later.closed_at is None
    page = coordinator.post(at(f"{later.pk}/schliessen/"), follow=True).content.decode()
    assert "Die Runde ist geschlossen." in page
    assert "Termine ändern" not in page
    for path in ("aendern/", "messgroessen/", "wer-meldet/"):
        response = coordinator.get(at(f"{later.pk}/{path}"))
        assert response.status_code == 403
        assert "geschlossen" in response.content.decode()


def test_a_planned_round_is_thrown_away_after_asking(
    later: Round, coordinator: Client, at: At
) -> None:
    assert "verwerfen?" in coordinator.get(at(f"{later.pk}/verwerfen/")).content.decode()
    assert Round.objects.exists()
    page = coordinator.post(at(f"{later.pk}/verwerfen/"), follow=True).content.decode()
    assert "verworfen" in page
    assert not Round.objects.exists()


def test_an_open_round_keeps_period_and_first_day_whatever_is_sent(
    later: Round, coordinator: Client, at: At
) -> None:
    coordinator.post(at(f"{later.pk}/oeffnen/"))
    later.refresh_from_db()
    sent = round_form(title="Neuer Titel", period_part="q1", opens_on=dt.date(2020, 1, 1))
    coordinator.post(at(f"{later.pk}/aendern/"), sent)
    opens = later.opens_on
    later.refresh_from_db()
    assert (later.title, later.period_code, later.opens_on) == ("Neuer Titel", "2026Q3", opens)


def test_partners_see_the_round_and_the_way_to_their_report(
    world: World, planning: Planning, at: At
) -> None:
    one = planning.opened()
    page = world.client(Role.PRACTITIONER_OWN).get(at(f"{one.pk}/")).content.decode()
    assert "Zur Meldung" in page
    assert f"/{one.pk}/{world.own.pk}/" in page
    assert f"/{one.pk}/{world.shared.pk}/" not in page
    for word in ("Schließen", "Termine ändern", "wer-meldet", "verwerfen"):
        assert word not in page
    listed = world.client(Role.LEADERSHIP_FOREIGN).get(at("")).content.decode()
    assert "0 von 3" in listed
    assert "Neue Runde" not in listed


def test_texts_of_people_are_never_markup(planning: Planning, coordinator: Client, at: At) -> None:
    one = planning.opened(title=BAD, note=BAD)
    planning.world.own.name = "<b>Haus</b>"
    planning.world.own.save()
    planning.begun.name = "<i>Größe</i>"
    planning.begun.save()
    for path in ("", f"{one.pk}/", f"{one.pk}/aendern/", f"{one.pk}/messgroessen/",
                 f"{one.pk}/wer-meldet/", f"{one.pk}/schliessen/", "neu/"):  # fmt: skip
        page = coordinator.get(at(path)).content.decode()
        assert not any(bad in page for bad in (BAD, "<b>Haus", "<i>Größe"))


def test_empty_pages_say_what_to_do_next(world: World, coordinator: Client, at: At) -> None:
    assert "Erste Runde planen" in coordinator.get(at("")).content.decode()
    page = world.client(Role.PRACTITIONER_OWN).get(at("")).content.decode()
    assert "Noch keine Runde" in page
    assert "planen</" not in page
    coordinator.post(at("neu/"), round_form(like="nothing"))
    pk = Round.objects.get().pk
    assert "So öffnet die Runde nicht." in coordinator.get(at(f"{pk}/")).content.decode()
    assert "Noch keine Messgröße" in coordinator.get(at(f"{pk}/messgroessen/")).content.decode()
    assert "Messgrößen wählen" in coordinator.get(at(f"{pk}/wer-meldet/")).content.decode()


def test_the_list_reminds_of_a_period_without_a_round(
    planning: Planning, coordinator: Client, at: At, world: World
) -> None:
    planning.plan("2025Q1", opens_on=DUE, due_on=DUE, closes_on=DUE)
    assert "Dafür gibt es noch keine Runde." in coordinator.get(at("")).content.decode()
    page = world.client(Role.LEADERSHIP_OWN).get(at("")).content.decode()
    assert "Dafür gibt es noch keine Runde." not in page
