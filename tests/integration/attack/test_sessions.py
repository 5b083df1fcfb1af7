"""How long somebody stays signed in on a computer that others use too."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tests.integration.foundation.conftest import PASSWORD
from wirknetz.foundation import actions
from wirknetz.foundation.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser() -> Client:
    cache.clear()
    return Client()


def ends(browser: Client) -> tuple[bool, dt.timedelta]:
    """With the browser? And when on the site, at the latest?"""
    cookie, session = browser.cookies["sessionid"], browser.session
    return cookie["max-age"] == "", dt.timedelta(seconds=session.get_expiry_age())


def test_a_password_lets_in_until_the_browser_ends(browser: Client, user: User) -> None:
    browser.post("/konto/login/", {"login": user.email, "password": PASSWORD})
    assert browser.session["_auth_user_id"] == str(user.pk)
    assert ends(browser) == (True, dt.timedelta(hours=12))


def test_whoever_asks_for_it_is_remembered_for_two_weeks(browser: Client, user: User) -> None:
    asked = {"login": user.email, "password": PASSWORD, "remember": "on"}
    browser.post("/konto/login/", asked)
    with_browser, latest = ends(browser)
    assert not with_browser
    assert latest == dt.timedelta(days=14)


def test_a_mailed_link_lets_in_until_the_browser_ends(browser: Client, user: User) -> None:
    address = actions.create_sign_in_link(email=user.email, pair="x", at=timezone.now())
    browser.post(address.removeprefix("http://127.0.0.1:8000"))
    assert browser.session["_auth_user_id"] == str(user.pk)
    assert ends(browser) == (True, dt.timedelta(hours=12))


def test_a_session_from_before_is_not_taken_over(browser: Client, user: User) -> None:
    browser.post("/konto/login/code/", {"email": "somebody@example.org"})
    before = browser.session.session_key
    address = actions.create_sign_in_link(email=user.email, pair="x", at=timezone.now())
    browser.post(address.removeprefix("http://127.0.0.1:8000"))
    assert browser.session.session_key != before
