"""Every page and who may open it; and how many questions a page asks the database."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.world import NOW, Role, World, add_measure, add_organisation, add_round
from wirknetz.core.values import Period
from wirknetz.foundation.providers import NAVIGATION, NavigationFor, ask
from wirknetz.measurement.actions import dimensions, indicators
from wirknetz.measurement.models import Dimension, ValidationRule
from wirknetz.measurement.rules.drafts import (
    CategoryDraft,
    DimensionDraft,
    IndicatorDraft,
    VersionDraft,
)

INSIDE = {
    Role.COORDINATOR,
    Role.OBSERVER,
    Role.PRACTITIONER_OWN,
    Role.PRACTITIONER_FOREIGN,
    Role.LEADERSHIP_OWN,
    Role.LEADERSHIP_FOREIGN,
}
PARTNERS = INSIDE - {Role.OBSERVER}
OFFICE = {Role.COORDINATOR}
PAGES: dict[str, set[Role]] = {
    "messgroessen/": INSIDE,
    "messgroessen/{measure}/": INSIDE,
    "messgroessen/neu/": OFFICE,
    "messgroessen/beispiel/": OFFICE,
    "messgroessen/{measure}/aendern/": OFFICE,
    "merkmale/": INSIDE,
    "merkmale/neu/": OFFICE,
    "merkmale/{dimension}/": OFFICE,
    "indikatoren/": INSIDE,
    "indikatoren/{indicator}/": INSIDE,
    "indikatoren/neu/": OFFICE,
    "indikatoren/formel/": OFFICE,
    "indikatoren/{indicator}/aendern/": OFFICE,
    "indikatoren/{indicator}/fassung/": OFFICE,
    "indikatoren/{indicator}/fassung/1/gilt/": OFFICE,
    "indikatoren/{indicator}/ziele/": OFFICE,
    "pruefregeln/": INSIDE,
    "pruefregeln/neu/": OFFICE,
    "pruefregeln/probe/": OFFICE,
    "pruefregeln/{check}/": OFFICE,
    "runden/": PARTNERS,
    "runden/{round}/": PARTNERS,
    "runden/neu/": OFFICE,
    "runden/{round}/aendern/": OFFICE,
    "runden/{round}/messgroessen/": OFFICE,
    "runden/{round}/wer-meldet/": OFFICE,
    "runden/{round}/oeffnen/": OFFICE,
    "runden/{round}/schliessen/": OFFICE,
    "runden/{round}/verwerfen/": OFFICE,
}
ACTS = (
    "messgroessen/{measure}/ruhen/",
    "indikatoren/{indicator}/ruhen/",
    "indikatoren/{indicator}/fassung/verwerfen/",
)


@pytest.fixture
def things(world: World) -> dict[str, int]:
    """One of each."""
    by = world.actor(Role.COORDINATOR)
    measure = add_measure(world.network, "begonnen")
    version = VersionDraft("begonnen", "…", "up", "per_period", Period.parse("2025Q1"))
    check = ValidationRule.objects.create(
        network=world.network, expression="begonnen <= 5", severity="error", message="x"
    )
    return {
        "measure": measure.pk,
        "dimension": dimensions.save_dimension(by=by, draft=DimensionDraft("Alter"), at=NOW),
        "indicator": indicators.create_indicator(
            by=by, draft=IndicatorDraft("Anteil"), version=version, at=NOW
        ),
        "check": check.pk,
        "round": add_round(
            world.network, measures=(measure,), organisations=(world.own,), opened=False
        ).pk,
    }


def expected(role: Role, allowed: set[Role]) -> int:
    """What a page answers to this role."""
    if role in allowed:
        return 200
    if role is Role.ANONYMOUS:
        return 302
    return 403 if role in INSIDE else 404


@pytest.mark.parametrize("role", Role)
def test_who_may_open_which_page(world: World, things: dict[str, int], role: Role) -> None:
    client = world.client(role)
    for path, allowed in PAGES.items():
        response = client.get(f"/netz/{world.network.slug}/wirkung/{path.format(**things)}")
        assert response.status_code == expected(role, allowed), path


@pytest.mark.parametrize("role", Role)
def test_who_may_press_which_button(world: World, things: dict[str, int], role: Role) -> None:
    client = world.client(role)
    for path in ACTS:
        address = f"/netz/{world.network.slug}/wirkung/{path.format(**things)}"
        wanted = 302 if role in OFFICE else expected(role, OFFICE)
        assert client.post(address).status_code == wanted, path
        if role in OFFICE:
            assert client.get(address).status_code == 405


def test_foreign_numbers_are_not_found(world: World, things: dict[str, int]) -> None:
    client = world.client(Role.COORDINATOR_ELSEWHERE)
    missing = world.client(Role.COORDINATOR)
    for path in [*PAGES, *ACTS]:
        if "{" not in path:
            continue
        foreign = f"/netz/{world.elsewhere.slug}/wirkung/{path.format(**things)}"
        nothing = path.format(**dict.fromkeys(things, 999_999_999_999))
        address = f"/netz/{world.network.slug}/wirkung/{nothing}"
        for ask_for in (client.post, client.get) if path in PAGES else (client.post,):
            assert ask_for(foreign).status_code in {404, 405}, path
        for ask_for in (missing.post, missing.get) if path in PAGES else (missing.post,):
            assert ask_for(address).status_code in {404, 405}, path
        if path in PAGES:
            assert client.get(foreign).status_code == missing.get(address).status_code == 404


def test_the_navigation_shows_what_one_may_open(world: World) -> None:
    def labels(role: Role) -> set[str]:
        asked = NavigationFor(world.user(role).pk, world.network.pk)
        return {e.label for e in ask(NAVIGATION, asked) if e.section == "impact"}

    read, office = {"Indikatoren", "Messgrößen"}, {"Merkmale", "Prüfregeln"}
    assert office <= labels(Role.COORDINATOR)
    for role in PARTNERS:
        assert read | {"Runden"} <= labels(role)
        assert role is Role.COORDINATOR or not office & labels(role)
    assert read <= labels(Role.OBSERVER)
    assert "Runden" not in labels(Role.OBSERVER)
    assert not labels(Role.COORDINATOR_ELSEWHERE) & (read | {"Runden"})


def grow(world: World, number: int) -> None:
    """Much more of everything."""
    by = world.actor(Role.COORDINATOR)
    more = [add_measure(world.network, f"m{number}_{n}") for n in range(8)]
    others = [add_organisation(f"Haus {number} {n}", world.network) for n in range(8)]
    add_round(
        world.network, f"20{30 + number}Q1", measures=tuple(more), organisations=tuple(others)
    )
    for n in range(8):
        draft = DimensionDraft(f"D{number}{n}", categories=(CategoryDraft("a"), CategoryDraft("b")))
        pk = dimensions.save_dimension(by=by, draft=draft, at=NOW)
        more[n].dimensions.add(Dimension.objects.get(pk=pk))
        version = VersionDraft(f"m{number}_{n}", "…", "up", "per_period", Period.parse("2025Q1"))
        indicators.create_indicator(
            by=by, draft=IndicatorDraft(f"I{number}{n}"), version=version, at=NOW
        )
        ValidationRule.objects.create(
            network=world.network, expression=f"m{number}_{n} <= 5", severity="error", message="x"
        )


def test_pages_ask_as_much_of_a_large_network_as_of_a_small_one(
    world: World, things: dict[str, int]
) -> None:
    client = world.client(Role.COORDINATOR)

    def counts() -> dict[str, int]:
        counted = {}
        for path in PAGES:
            address = f"/netz/{world.network.slug}/wirkung/{path.format(**things)}"
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address).status_code == 200
            counted[path] = len(asked)
        return counted

    grow(world, 1)
    small = counts()
    grow(world, 2)
    grow(world, 3)
    assert counts() == small
    assert max(small.values()) <= 30
