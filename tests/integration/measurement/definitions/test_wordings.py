"""What a measure means is never overwritten once somebody counts by it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from tests.integration.measurement.definitions.conftest import measure_form
from tests.world import NOW, Role, World, add_measure, add_round
from wirknetz.foundation.models import AuditEvent
from wirknetz.foundation.refusal import Refused
from wirknetz.measurement.actions.measures import change_measure
from wirknetz.measurement.models import Measure, MeasureWording
from wirknetz.measurement.rules.drafts import MeasureDraft

At = Callable[[str], str]


@pytest.fixture
def one(world: World) -> Measure:
    """A measure nobody was asked for."""
    return add_measure(world.network, "begonnen", name="Reha begonnen", definition="Jede Person.")


@pytest.fixture
def asked(world: World, one: Measure) -> Measure:
    """The same, in a round that is open."""
    add_round(world.network, measures=(one,), organisations=(world.own,))
    return one


def draft(one: Measure, **changed: Any) -> MeasureDraft:
    """The measure as it is, but for what changed."""
    names = ("name", "definition", "level", "counts", "adds", "code", "unit")
    return replace(MeasureDraft(**{name: getattr(one, name) for name in names}), **changed)


def change(world: World, one: Measure, **changed: Any) -> None:
    by = world.actor(Role.COORDINATOR)
    change_measure(by=by, measure_id=one.pk, draft=draft(one, **changed), at=NOW)
    one.refresh_from_db()


@pytest.mark.parametrize(
    "changed",
    [
        {"name": "Maßnahme begonnen"},
        {"definition": "Jeder Fall."},
        {"level": "outcome"},
        {"unit": "Fälle"},
        {"counts": "cases"},
        {"adds": "stock"},
    ],
)
def test_who_was_asked_is_told_why_the_wording_changes(
    world: World, asked: Measure, changed: dict[str, str]
) -> None:
    before = {name: getattr(asked, name) for name in changed}
    for reason in ("", "   "):
        with pytest.raises(Refused, match="warum"):
            change(world, asked, **changed, reason=reason)
    asked.refresh_from_db()
    assert {name: getattr(asked, name) for name in changed} == before
    change(world, asked, **changed, reason="Die Förderung verlangt es.")
    assert {name: getattr(asked, name) for name in changed} == changed
    kept = MeasureWording.objects.get(measure=asked)
    assert {name: getattr(kept, name) for name in changed} == before
    assert (kept.reason, kept.replaced_at) == ("Die Förderung verlangt es.", NOW)
    assert kept.replaced_by == world.user(Role.COORDINATOR)


def test_every_wording_stays(world: World, asked: Measure) -> None:
    for number in (2, 3):
        change(world, asked, definition=f"Fassung {number}.", reason=f"Grund {number}")
    said = MeasureWording.objects.order_by("id").values_list("definition", "reason")
    assert list(said) == [("Jede Person.", "Grund 2"), ("Fassung 2.", "Grund 3")]
    event = AuditEvent.objects.filter(action="measure.changed").latest("id")
    assert event.details["changed"]["definition"] == ["Fassung 2.", "Fassung 3."]
    assert event.details["reason"] == "Grund 3"


@pytest.mark.parametrize(
    "changed",
    [{"decimals": 2}, {"group": "Reha"}, {"maximum": 50}, {"definition": "Jede\r\nPerson."}],
)
def test_what_means_the_same_needs_no_reason(
    world: World, asked: Measure, changed: dict[str, Any]
) -> None:
    change(world, asked, **changed)
    assert {name: getattr(asked, name) for name in changed} == changed
    assert not MeasureWording.objects.exists()


def test_before_anybody_was_asked_a_measure_is_just_written(world: World, one: Measure) -> None:
    add_round(world.network, measures=(one,), organisations=(world.own,), opened=False)
    change(world, one, name="Neu", definition="Anders.", counts="events")
    assert (one.name, one.definition, one.counts) == ("Neu", "Anders.", "events")
    assert not MeasureWording.objects.exists()


def test_the_form_asks_for_the_reason(coordinator: Client, at: At, asked: Measure) -> None:
    address = at(f"messgroessen/{asked.pk}/aendern/")
    sent = measure_form(name=asked.name, unit="Personen", counts="persons", definition="Anders.")
    assert 'name="reason"' in coordinator.get(address).content.decode()
    page = coordinator.post(address, sent).content.decode()
    assert "Bitte schreiben Sie, warum sie sich ändert." in page
    asked.refresh_from_db()
    assert asked.definition == "Jede Person."
    page = coordinator.post(address, sent | {"reason": "x" * 501}).content.decode()
    assert "höchstens 500 Zeichen" in page
    coordinator.post(address, sent | {"reason": "Klarer so."})
    asked.refresh_from_db()
    assert asked.definition == "Anders."


def test_saving_what_was_shown_needs_no_reason(coordinator: Client, at: At, asked: Measure) -> None:
    Measure.objects.filter(pk=asked.pk).update(definition="Zeile eins.\nZeile zwei.")
    sent = measure_form(
        name=asked.name, unit="Personen", counts="persons", group="Reha",
        definition="Zeile eins.\r\nZeile zwei.",
    )  # fmt: skip
    response = coordinator.post(at(f"messgroessen/{asked.pk}/aendern/"), sent)
    assert response.status_code == 302
    assert not MeasureWording.objects.exists()


def test_a_new_measure_is_not_asked_for_a_reason(coordinator: Client, at: At, one: Measure) -> None:
    for path in ("messgroessen/neu/", f"messgroessen/{one.pk}/aendern/"):
        assert 'name="reason"' not in coordinator.get(at(path)).content.decode()


def test_the_page_shows_what_held_before(world: World, at: At, asked: Measure) -> None:
    change(world, asked, definition="Nur neue Fälle.", level="outcome", reason="Zu weit <gefasst>.")
    for role in (Role.COORDINATOR, Role.PRACTITIONER_OWN, Role.OBSERVER):
        page = world.client(role).get(at(f"messgroessen/{asked.pk}/")).content.decode()
        assert "Bis 02.11.2026" in page
        assert "Jede Person." in page
        assert "Output: was wir tun" in page
        assert "Zu weit &lt;gefasst&gt;." in page
        assert "Karla Koordinata" in page
        assert "Nur neue Fälle." in page
