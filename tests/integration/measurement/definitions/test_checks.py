"""Validation rules: refused where they cannot be read, tried on what was reported last."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.http import Http404
from django.test import Client

from tests.world import NOW, Role, World, add_measure, add_round
from wirknetz.core.measures import parse_rule
from wirknetz.foundation.refusal import Refused
from wirknetz.measurement.actions.checks import save_check
from wirknetz.measurement.models import Cell, Entry, Measure, Round, ValidationRule
from wirknetz.measurement.queries.checks import trial
from wirknetz.measurement.rules.drafts import CheckDraft
from wirknetz.network.models import Organisation

At = Callable[[str], str]
DRAFT = CheckDraft("integriert <= beendet", "error", "Das kann nicht sein.")
FORM = {"expression": "integriert<=beendet", "severity": "question", "message": "Stimmt das?"}


@pytest.fixture
def measures(world: World) -> dict[str, Measure]:
    """Two flows and a mean."""
    return {
        "integriert": add_measure(world.network, "integriert"),
        "beendet": add_measure(world.network, "beendet"),
        "wartezeit": add_measure(world.network, "wartezeit", adds="mean"),
    }


def reported(
    asked: Round, organisation: Organisation, measure: Measure, amount: str, **fields: Any
) -> None:
    """A confirmed value, unless told otherwise."""
    key = fields.pop("key", "")
    cell, _ = Cell.objects.get_or_create(network=asked.network, key=key, grain=key.split("=")[0])
    submission, _ = asked.submissions.get_or_create(organisation=organisation)
    given: dict[str, Any] = {"counted_from": NOW, "revision": 1, "recorded_at": NOW}
    Entry.objects.create(
        submission=submission, organisation=organisation, measure=measure, cell=cell,
        period=asked.period_ordinal, amount=Decimal(amount), **given | fields,
    )  # fmt: skip


def test_a_rule_is_kept_and_stopped(world: World, measures: dict[str, Measure]) -> None:
    by = world.actor(Role.COORDINATOR)
    pk = save_check(by=by, draft=DRAFT, at=NOW)
    stopped = CheckDraft("integriert <= beendet", "question", "Bitte erklären.", active=False)
    assert save_check(by=by, check_id=pk, draft=stopped, at=NOW) == pk
    only = ValidationRule.objects.get()
    assert (only.severity, only.active, only.network) == ("question", False, world.network)


@pytest.mark.parametrize(
    ("expression", "said"),
    [("integriert", "fehlt ein Vergleich"), ("integriert <= beendt", "Meinten Sie ‚beendet‘")],
)
def test_what_cannot_be_read_is_refused(
    world: World, measures: dict[str, Measure], expression: str, said: str
) -> None:
    with pytest.raises(Refused, match=said):
        save_check(
            by=world.actor(Role.COORDINATOR), draft=CheckDraft(expression, "error", "x"), at=NOW
        )


def test_strangers_to_the_rule_are_refused(world: World, measures: dict[str, Measure]) -> None:
    for role in (Role.OBSERVER, Role.PRACTITIONER_OWN, Role.LEADERSHIP_OWN):
        with pytest.raises(Refused):
            save_check(by=world.actor(role), draft=DRAFT, at=NOW)
    foreign = ValidationRule.objects.create(
        network=world.elsewhere, expression="a < b", severity="error", message="x"
    )
    with pytest.raises(Http404):
        save_check(by=world.actor(Role.COORDINATOR), check_id=foreign.pk, draft=DRAFT, at=NOW)


def test_a_rule_is_tried_on_the_last_confirmed_round(
    world: World, measures: dict[str, Measure]
) -> None:
    old = add_round(world.network, "2026Q1")
    new = add_round(world.network, "2026Q2")
    running = add_round(world.network, "2026Q3")
    done, ended = measures["integriert"], measures["beendet"]
    reported(old, world.own, done, "99")
    reported(new, world.own, done, "33")
    reported(new, world.own, ended, "30")
    reported(new, world.shared, done, "4", key="gender=w")
    reported(new, world.shared, done, "5", key="gender=m")
    reported(new, world.shared, done, "999", key="age=50+", base=False)
    reported(new, world.shared, ended, "9")
    reported(new, world.third, done, "1")
    reported(running, world.own, done, "500", counted_from=None)
    found = trial(world.network.pk, parse_rule("integriert <= beendet"))
    assert found is not None
    assert found.round_title == new.title
    assert {one.organisation: one.holds for one in found.tried} == {
        world.own.name: False, world.shared.name: True, world.third.name: None,
    }  # fmt: skip
    assert [one.organisation for one in found.failing] == [world.own.name]
    assert found.untold == 1


def test_a_mean_is_weighed_by_its_cases(world: World, measures: dict[str, Measure]) -> None:
    asked = add_round(world.network)
    wait = measures["wartezeit"]
    reported(asked, world.own, wait, "10", key="gender=w", n=20)
    reported(asked, world.own, wait, "20", key="gender=m", n=80)
    found = trial(world.network.pk, parse_rule("wartezeit == 18"))
    assert found is not None
    assert [one.holds for one in found.tried] == [True]


def test_nothing_confirmed_nothing_to_try(world: World, measures: dict[str, Measure]) -> None:
    asked = add_round(world.network)
    reported(asked, world.own, measures["integriert"], "5", counted_from=None)
    elsewhere = add_round(world.elsewhere)
    reported(elsewhere, world.shared, add_measure(world.elsewhere, "integriert"), "5")
    assert trial(world.network.pk, parse_rule("integriert <= 1")) is None


def test_the_page_tries_saves_and_says_mistakes(
    world: World, measures: dict[str, Measure], coordinator: Client, at: At
) -> None:
    asked = add_round(world.network)
    reported(asked, world.own, measures["integriert"], "33")
    reported(asked, world.own, measures["beendet"], "30")
    page = coordinator.get(at("pruefregeln/probe/"), {"expression": "integriert <= beendet"})
    assert "integriert = 33, beendet = 30" in page.content.decode()
    page = coordinator.post(at("pruefregeln/neu/"), FORM | {"message": "", "probieren": "1"})
    assert "integriert = 33" in page.content.decode()
    assert "Bitte füllen" not in page.content.decode()
    assert not ValidationRule.objects.exists()
    for wrong, said in (
        ({"expression": "integriert < "}, "An Stelle 13"),
        ({"message": ""}, "Bitte füllen"),
        ({"message": "x" * 9000}, "höchstens 300 Zeichen"),
        ({"severity": "fatal"}, "Diese Auswahl gibt es nicht"),
    ):
        page = coordinator.post(at("pruefregeln/neu/"), FORM | wrong)
        assert said in page.content.decode()
    coordinator.post(at("pruefregeln/neu/"), FORM | {"active": "on", "message": "<b>x</b>"})
    only = ValidationRule.objects.get()
    assert (only.expression, only.active) == ("integriert <= beendet", True)
    assert "<b>x</b>" not in coordinator.get(at("pruefregeln/")).content.decode()
    for role in (Role.PRACTITIONER_OWN, Role.OBSERVER):
        page = world.client(role).get(at("pruefregeln/")).content.decode()
        assert "integriert &lt;= beendet" in page
        assert f"pruefregeln/{only.pk}/" not in page
