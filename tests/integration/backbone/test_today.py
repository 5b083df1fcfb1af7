"""*Heute*: what waits, how much of it is shown, what the office has in view."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from tests.world import NOW, Role, World, add_round
from wirknetz.backbone import queries
from wirknetz.foundation import providers
from wirknetz.foundation.actions import notify
from wirknetz.foundation.providers import DESK, WAITING, DeskCard, Waiting, answers
from wirknetz.network.models import Network


def _waiting(number: int, due: dt.date | None) -> Waiting:
    return Waiting(
        title=f"Sache {number}",
        url=f"/sache/{number}/",
        asked_by="Karla Koordinata",
        due=due,
        minutes=15,
        consequence="Ihre Organisation fehlt im Ergebnis.",
        on_behalf="Sozialwerk Lindenhof",
    )


@pytest.fixture
def waits() -> Iterator[list[Waiting]]:
    """What a room of the test says that waits."""
    things: list[Waiting] = []
    answers(WAITING, room="zz-test")(lambda asked: things)
    yield things
    providers._answers["waiting"].pop("zz-test")


def _page(world: World, role: Role, path: str = "") -> str:
    return world.client(role).get(f"/netz/{world.network.slug}/{path}").content.decode()


def test_nothing_waits(world: World) -> None:
    assert "Heute wartet nichts auf Sie." in _page(world, Role.PRACTITIONER_OWN)
    assert "Heute wartet nichts auf Sie." in _page(world, Role.PRACTITIONER_OWN, "wartet/")


def test_five_things_wait_the_rest_behind_a_link(world: World, waits: list[Waiting]) -> None:
    day = NOW.date()
    waits += [_waiting(n, day + dt.timedelta(days=n)) for n in range(7, 0, -1)]
    page = _page(world, Role.PRACTITIONER_OWN)
    assert [n for n in range(1, 8) if f"Sache {n}" in page] == [1, 2, 3, 4, 5]
    assert "Noch 2 Sachen ansehen" in page
    assert "Sache 7" in _page(world, Role.PRACTITIONER_OWN, "wartet/")


def test_who_asks_by_when_how_long_and_what_otherwise(world: World, waits: list[Waiting]) -> None:
    waits.append(_waiting(1, dt.date(2020, 1, 2)))
    page = _page(world, Role.PRACTITIONER_OWN)
    for words in (
        "Es fragt: Karla Koordinata.",
        "02.01.2020",
        "überfällig",
        "etwa 15 Minuten",
        "Wenn Sie nichts tun: Ihre Organisation fehlt im Ergebnis.",
        "Sie handeln für Sozialwerk Lindenhof.",
    ):
        assert words in page


def test_where_only_the_calendar_asks_nobody_is_named(world: World, waits: list[Waiting]) -> None:
    waits.append(replace(_waiting(1, None), asked_by=""))
    assert "Es fragt" not in _page(world, Role.PRACTITIONER_OWN)


def test_what_is_never_due_comes_last(world: World, waits: list[Waiting]) -> None:
    waits += [_waiting(1, None), _waiting(2, NOW.date())]
    found = queries.waiting(world.network, world.actor(Role.OBSERVER), at=NOW)
    assert [thing.title for thing in found] == ["Sache 2", "Sache 1"]


def test_the_room_that_is_asked_knows_the_actor_already(world: World) -> None:
    asked: list[Any] = []
    answers(WAITING, room="zz-test")(lambda question: asked.append(question) or [])
    try:
        _page(world, Role.OBSERVER)
    finally:
        providers._answers["waiting"].pop("zz-test")
    network, actor = asked[0].known
    assert isinstance(network, Network)
    assert actor.user_id == world.user(Role.OBSERVER).pk


def test_the_desk_is_the_offices(world: World) -> None:
    card = DeskCard("Säumig", "3", "/x/", kind="warning", position=1)
    answers(DESK, room="zz-test")(lambda asked: [card])
    try:
        office, partner = _page(world, Role.COORDINATOR), _page(world, Role.LEADERSHIP_OWN)
    finally:
        providers._answers["desk"].pop("zz-test")
    assert "Säumig" in office
    assert "bitte ansehen" in office
    assert "Mitglieder ohne Zugang" in office
    assert "Säumig" not in partner
    assert "Mitglieder ohne Zugang" not in partner


@pytest.mark.parametrize(
    ("due", "words", "badge"),
    [(dt.date(2999, 1, 1), "2 Meldungen fehlen noch.", ""),
     (dt.date(2026, 10, 6), "2 Meldungen sind überfällig.", "dringend")],
)  # fmt: skip
def test_a_running_round_is_on_the_desk(world: World, due: dt.date, words: str, badge: str) -> None:
    made = add_round(
        world.network, organisations=(world.own, world.shared, world.third),
        due_on=due, closes_on=dt.date(2999, 2, 1),
    )  # fmt: skip
    made.submissions.filter(organisation=world.own).update(state="approved")
    office = _page(world, Role.COORDINATOR).split('id="ueberblick"')[1]
    for expected in (f"{made.title}: gemeldet", "1 von 3", words, "1 ist bestätigt.", badge):
        assert expected in office
    assert f"{made.title}: gemeldet" not in _page(world, Role.LEADERSHIP_FOREIGN)


def test_my_news_are_mine(world: World) -> None:
    for role, subject in ((Role.OBSERVER, "Für die eine"), (Role.COORDINATOR, "Für die andere")):
        user = world.user(role).pk
        notify(user_ids=[user], kind="k", key="k", subject=subject, url="/x/", at=NOW)
    page = _page(world, Role.OBSERVER)
    assert "Für die eine" in page
    assert "Für die andere" not in page


def test_news_of_another_network_stay_there(world: World) -> None:
    user = world.user(Role.OBSERVER).pk
    for scope, subject in ((world.network.pk, "Von hier"), (world.elsewhere.pk, "Von dort")):
        notify(
            user_ids=[user],
            kind="k",
            key=subject,
            subject=subject,
            url="/x/",
            scope_id=scope,
            at=NOW,
        )
    page = _page(world, Role.OBSERVER)
    assert "Von hier" in page
    assert "Von dort" not in page


def test_the_menu_leads_where_one_may_go(world: World) -> None:
    office, observer = _page(world, Role.COORDINATOR), _page(world, Role.OBSERVER)
    base = f"/netz/{world.network.slug}"
    assert f'href="{base}/organisationen/"' in observer
    assert f"{base}/personen/" not in observer
    organisations = world.client(Role.COORDINATOR).get(f"{base}/organisationen/").content.decode()
    assert f'href="{base}/verlauf/"' in organisations
    assert office.count('aria-current="page"') >= 1


def test_today_does_not_ask_more_for_more(
    world: World, waits: list[Waiting], django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = world.client(Role.PRACTITIONER_OWN)
    url = f"/netz/{world.network.slug}/"
    user = world.user(Role.PRACTITIONER_OWN).pk
    notify(user_ids=[user], kind="k", key="first", subject="Neu", at=NOW)
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    waits += [_waiting(n, NOW.date()) for n in range(50)]
    for n in range(30):
        notify(user_ids=[user], kind="k", key=f"k{n}", subject="Neu", at=NOW)
    with django_assert_num_queries(len(few)):
        client.get(url)
