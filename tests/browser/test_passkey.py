"""A passkey from first to last, with the authenticator Chromium can play (WebAuthn over CDP)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import expect

from tests.support.barriers import complaints
from tests.world import add_user
from wirknetz.foundation.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
EMAIL, PASSWORD = "kim@example.org", "geheim-genug-fuer-tests"
NewPage = Callable[..., Any]


@pytest.fixture
def address(live_server: Any) -> str:
    """Passkeys belong to a name; browsers take `localhost`, no bare number."""
    return str(live_server.url).replace("127.0.0.1", "localhost")


@pytest.fixture
def person(transactional_db: None) -> User:
    return add_user("Kim Muster", EMAIL)


def put_in_authenticator(page: Any) -> str:
    """A device with a fingerprint reader that always recognises its owner; its number."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    made = devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
                     "hasUserVerification": True, "isUserVerified": True,
                     "automaticPresenceSimulation": True}},
    )  # fmt: skip
    page.devtools = devtools  # the session ends the authenticator's life
    return str(made["authenticatorId"])


def sign_in_by_password(page: Any, address: str) -> None:
    page.goto(f"{address}/konto/login/")
    page.get_by_label("E-Mail-Adresse").fill(EMAIL)
    page.get_by_label("Passwort", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Anmelden", exact=True).click()
    page.wait_for_url(lambda url: "/login/" not in url)


def register(page: Any, address: str) -> None:
    page.goto(f"{address}/konto/2fa/")
    page.get_by_role("link", name="Passkey einrichten").click()
    page.get_by_label("Passwort", exact=True).fill(PASSWORD)  # asked again before such a change
    page.get_by_role("button", name="Bestätigen").click()
    page.get_by_label("Name").fill("Diensttelefon")
    page.get_by_label("Mit diesem Passkey auch ohne Passwort anmelden").check()
    page.get_by_role("button", name="Passkey einrichten").click()
    page.wait_for_url(lambda url: "/add/" not in url)


def sign_out(page: Any, address: str) -> None:
    page.goto(f"{address}/konto/logout/")
    page.locator("main").get_by_role("button", name="Abmelden").click()
    page.goto(f"{address}/konto/login/")


def test_register_sign_out_and_in_again_with_a_passkey(
    address: str, new_page: NewPage, person: User
) -> None:
    page = new_page(width=360)
    said = complaints(page)
    put_in_authenticator(page)
    sign_in_by_password(page, address)
    register(page, address)
    kept = Authenticator.objects.get(user=person, type=Authenticator.Type.WEBAUTHN)
    assert kept.wrap().name == "Diensttelefon"

    sign_out(page, address)
    page.get_by_role("button", name="Mit Passkey anmelden").click()
    page.wait_for_url(lambda url: "/login/" not in url)
    page.goto(f"{address}/konto/2fa/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Zweiter Schritt beim Anmelden")
    kept.refresh_from_db()
    assert kept.last_used_at is not None
    assert said == []


def test_a_strange_device_does_not_sign_in_and_says_so(
    address: str, new_page: NewPage, person: User
) -> None:
    page = new_page()
    authenticator = put_in_authenticator(page)
    sign_in_by_password(page, address)
    register(page, address)
    sign_out(page, address)
    page.devtools.send("WebAuthn.clearCredentials", {"authenticatorId": authenticator})
    page.devtools.send(
        "WebAuthn.setUserVerified", {"authenticatorId": authenticator, "isUserVerified": False}
    )
    page.get_by_role("button", name="Mit Passkey anmelden").click()
    expect(page.locator("[data-passkey-error]")).to_be_visible(timeout=30_000)
    page.goto(f"{address}/konto/2fa/")
    assert "/login/" in page.url


def test_after_the_password_the_passkey_is_the_second_step(
    address: str, new_page: NewPage, person: User
) -> None:
    page = new_page()
    put_in_authenticator(page)
    sign_in_by_password(page, address)
    register(page, address)
    sign_out(page, address)
    page.get_by_label("E-Mail-Adresse").fill(EMAIL)
    page.get_by_label("Passwort", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Anmelden", exact=True).click()
    page.wait_for_url("**/2fa/authenticate/**")
    page.get_by_role("button", name="Passkey").click()
    page.wait_for_url(lambda url: "/authenticate/" not in url)
    page.goto(f"{address}/konto/2fa/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Zweiter Schritt beim Anmelden")
