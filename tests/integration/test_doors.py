"""Every address of the site, every role, every method: who gets an answer, who is refused.

The rows stand in `doors/`, one module for each room. An address without a row fails here.
"""

from __future__ import annotations

import importlib
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from tests.integration.doors.accounts import ACCOUNT_PAGES, AccountPage
from tests.integration.doors.table import INSIDE, WHOLE, Row
from tests.world import Role, World

METHODS = ("GET", "POST", "PUT", "DELETE")
ASKED = METHODS[:2]
MIGHTIEST = {Role.ANONYMOUS, Role.STRANGER, Role.COORDINATOR}
"""Nobody may do anything by the other methods; it is enough to hold these to it."""
NOWHERE = "gibt-es-nicht"


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Refusals are what these tests are about; nobody needs to read of each."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


def _rows() -> Iterator[Row]:
    for module in sorted((Path(__file__).parent / "doors").glob("*.py")):
        found = importlib.import_module(f"tests.integration.doors.{module.stem}")
        yield from getattr(found, "ROWS", ())


ROWS = tuple(_rows())
NETWORK_ROWS = tuple(row for row in ROWS if row.outside)
by_name = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
of_networks = pytest.mark.parametrize("row", NETWORK_ROWS, ids=lambda row: row.name)

of_things = pytest.mark.parametrize(
    "row", [row for row in NETWORK_ROWS if row.where not in WHOLE], ids=lambda row: row.name
)


def _addresses() -> set[str]:
    return set(_names(get_resolver(), ""))


def _names(resolver: Any, space: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name or pattern.pattern}"
        else:
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _names(pattern, inner)


def test_every_address_has_a_row() -> None:
    """A page nobody thought about is a page nobody guards."""
    assert _addresses() - {row.name for row in ROWS} - set(ACCOUNT_PAGES) == set()


def test_every_row_has_an_address() -> None:
    names = [row.name for row in ROWS]
    assert len(names) == len(set(names))
    assert (set(names) | set(ACCOUNT_PAGES)) - _addresses() == set()


@by_name
def test_who_gets_an_answer(row: Row, world: World) -> None:
    url = reverse(row.name, kwargs=dict(row.where(world)))
    data = dict(row.data(world))
    wrong = []
    for role in Role:
        client = world.client(role)
        for method in METHODS if role in MIGHTIEST else ASKED:
            status = _answer(client, method, url, data)
            if not _right(row, role, method, status):
                wrong.append(f"{method} {role}: {status}")
    assert wrong == []


def _answer(client: Client, method: str, url: str, data: dict[str, Any]) -> str:
    """What came back, in one word; nothing it did remains."""
    with transaction.atomic():
        response = client.generic(method, url) if method != "POST" else client.post(url, data)
        transaction.set_rollback(True)
    if response.status_code == 302 and response["Location"].startswith(reverse("account_login")):
        return "sign in"
    if response.status_code < 400 or response.status_code in (400, 422):
        return "answer"
    return str(response.status_code)


def _right(row: Row, role: Role, method: str, status: str) -> bool:
    if method not in ASKED:
        return status != "answer"
    if role in row.roles(method):
        return status == "answer"
    if role is Role.ANONYMOUS:
        return status == "sign in" or (status == "405" and role in row.get | row.post)
    if role in row.outside:
        return status == "404"
    if not row.roles(method):  # the method does not exist: any refusal will do
        return status in ("403", "404", "405")
    return status == ("404" if role in row.hidden else "403")


@of_networks
def test_a_stranger_cannot_tell_a_network_from_none(row: Row, world: World) -> None:
    kwargs = dict(row.where(world))
    there, nowhere = (
        reverse(row.name, kwargs=kwargs | {"slug": slug}) for slug in (kwargs["slug"], NOWHERE)
    )
    for role in (Role.STRANGER, Role.COORDINATOR_ELSEWHERE, Role.ANONYMOUS):
        client = world.client(role)
        seen, unseen = (_plain(client.get(url), url) for url in (there, nowhere))
        assert seen == unseen


def _plain(response: HttpResponse, url: str) -> tuple[int, str, str]:
    """What a stranger reads, without the address she typed herself."""
    words = response.content.decode().replace(url, "")
    return response.status_code, response.get("Location", "").replace(url, ""), _no_token(words)


def _no_token(words: str) -> str:
    words = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", words)
    return re.sub(r"X-CSRFToken[^}]*", "", words)


@of_things
def test_things_of_another_network_are_not_there(row: Row, world: World) -> None:
    """A number from elsewhere in one's own address finds nothing."""
    kwargs = dict(row.where(world))
    url = reverse(row.name, kwargs=kwargs | {"slug": world.elsewhere.slug})
    client = world.client(Role.COORDINATOR_ELSEWHERE)
    for method in ("GET", "POST"):
        if row.roles(method):
            assert _answer(client, method, url, dict(row.data(world))) in ("404", "403")


@pytest.mark.parametrize("role", sorted(INSIDE))
def test_whoever_goes_is_out_at_once(role: Role, world: World) -> None:
    """The open session of somebody whose part has ended opens nothing any more."""
    client = world.client(role)
    url = reverse("backbone:today", args=[world.network.slug])
    assert client.get(url).status_code == 200
    person = world.person(role)
    person.affiliations.update(until="2026-11-01T00:00:00Z")
    person.roles.update(until="2026-11-01T00:00:00Z")
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("name", sorted(ACCOUNT_PAGES))
def test_account_pages(name: str, world: World) -> None:
    """The pages of allauth: who may open them without and with an account."""
    wanted: AccountPage = ACCOUNT_PAGES[name]
    url = reverse(name, kwargs=dict(wanted.kwargs))
    for role, expected in ((Role.ANONYMOUS, wanted.anonymous), (Role.STRANGER, wanted.signed_in)):
        assert _account_answer(world.client(role), url) == expected, role


def _account_answer(client: Client, url: str) -> str:
    response = client.get(url)
    if response.status_code == 302:
        return "sign in" if response["Location"].startswith(reverse("account_login")) else "away"
    return {200: "open", 403: "refused", 404: "not there", 405: "no page"}[response.status_code]
