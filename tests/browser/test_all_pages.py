"""Every page of the demo, for every role, in a real browser: no barrier, no overflow, no error.

The pages are found as a person would find them, by following links, one of each kind.
"""

from __future__ import annotations

import datetime as dt
import re
import sqlite3
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.urls import Resolver404, resolve

from tests.support.barriers import barriers, complaints
from wirknetz.cli import demo_data
from wirknetz.foundation.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NOW = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)
START = "/netz/bora-tb/"
LINK = re.compile(r'href="([^"]+)"')
FILES = re.compile(r"\.(xlsx|csv)$")
WIDTHS = (1280, 360)
PATTERNS_TWICE = {"measurement:submission"}
"""Kinds of page that look different from case to case; three of each are looked at."""


@pytest.fixture(scope="module")
def copy() -> Iterator[sqlite3.Connection]:
    """The filled demo, kept from the first walk for the others: filling takes as long as a walk."""
    kept = sqlite3.connect(":memory:")
    yield kept
    kept.close()


@pytest.fixture
def demo(transactional_db: None, copy: sqlite3.Connection) -> None:
    """The demo networks, as `wirknetz demo` fills them."""
    if copy.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        copy.backup(_database())
    else:
        demo_data.fill(at=NOW, say=lambda _text: None)
        _database().backup(copy)


def _database() -> sqlite3.Connection:
    connection.ensure_connection()
    assert isinstance(connection.connection, sqlite3.Connection)
    return connection.connection


def pages_of(client: Client) -> Iterator[str]:
    """Addresses this person reaches by links, one of each kind (three of some)."""
    waiting, seen, kinds = [START], {START}, dict[str, int]()
    while waiting:
        url = waiting.pop(0)
        kind = _kind(url)
        if kind is None or kinds.get(kind, 0) >= (3 if kind in PATTERNS_TWICE else 1):
            continue
        response = client.get(url)
        if response.status_code != 200 or "html" not in response["Content-Type"]:
            assert response.status_code in {200, 302}, f"{url}: {response.status_code}"
            continue
        if response.has_header("Content-Disposition"):  # a file to keep, not a page
            continue
        kinds[kind] = kinds.get(kind, 0) + 1
        yield url
        for found in LINK.findall(response.content.decode()):
            address = _inside(found, url)
            if address and address not in seen:
                seen.add(address)
                waiting.append(address)


def _inside(found: str, base: str) -> str | None:
    parts = urlsplit(found.replace("&amp;", "&"))
    if parts.netloc or parts.scheme or parts.path.startswith("/static/"):
        return None
    path = parts.path or urlsplit(base).path
    return None if FILES.search(path) else path + (f"?{parts.query}" if parts.query else "")


def _kind(url: str) -> str | None:
    try:
        return resolve(urlsplit(url).path).view_name
    except Resolver404:
        return None


@pytest.mark.parametrize("mailbox", ["koordination", "praxis", "leitung.diakonie", "foerderung"])
def test_every_page_is_without_barrier(
    mailbox: str, demo: None, live_server: Any, new_page: Callable[..., Any], client: Client
) -> None:
    client.force_login(User.objects.get(email=f"{mailbox}@example.org"))
    urls = list(pages_of(client))
    assert len(urls) >= 8, urls
    page = new_page(reduced_motion="reduce", color_scheme="light")
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    page.context.add_cookies([{**session, "url": live_server.url}])
    said, wrong = complaints(page), list[str]()
    for url in urls:
        page.goto(live_server.url + url)
        wrong += [f"{url} {one}" for one in barriers(page, *WIDTHS)]
        wrong += [f"{url} says: {text}" for text in said]
        said.clear()
    assert wrong == []
