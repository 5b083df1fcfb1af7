"""What every answer of the site says to browsers, and to those who share one."""

from __future__ import annotations

from typing import Any

import pytest

from tests.world import Role, World

pytestmark = pytest.mark.django_db


def test_nobody_keeps_a_copy_of_a_personal_page(world: World) -> None:
    base = f"/netz/{world.network.slug}"
    client = world.client(Role.PRACTITIONER_OWN)
    for address in (
        f"{base}/", f"{base}/personen/", f"{base}/wirkung/ergebnisse/ergebnisse.csv",
        f"{base}/wirkung/ergebnisse/ergebnisse.xlsx", "/profil/", "/benachrichtigungen/",
        "/gibt-es-nicht/", f"{base}/verlauf/",
    ):  # fmt: skip
        assert "no-store" in client.get(address)["Cache-Control"], address


def test_pages_for_everybody_may_be_kept(world: World) -> None:
    assert "Cache-Control" not in world.client().get("/")


@pytest.mark.parametrize("address", ["/", "/gibt-es-nicht/", "/l/unbekannt/", "/konto/login/"])
@pytest.mark.parametrize("secure", [True, False])
def test_with_https_browsers_are_told_to_stay_with_it(
    world: World, settings: Any, address: str, secure: bool
) -> None:
    """Also where the proxy in front does not say how one came."""
    settings.SECURE, settings.SECURE_HSTS_SECONDS = True, 31_536_000
    answer = world.client().get(address, secure=secure)
    assert answer["Strict-Transport-Security"] == "max-age=31536000"


def test_without_https_nobody_is_told_so(world: World) -> None:
    assert "Strict-Transport-Security" not in world.client().get("/")


@pytest.mark.parametrize(
    "address", ["/", "/gibt-es-nicht/", "/l/unbekannt/", "/konto/login/", "/netz/x/?a=%00"]
)
def test_every_answer_forbids_what_is_not_ours(world: World, address: str) -> None:
    for role in (Role.ANONYMOUS, Role.PRACTITIONER_OWN):
        policy = world.client(role).get(address)["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy


def test_the_cookie_of_the_language_is_as_careful_as_the_others(
    world: World, settings: Any
) -> None:
    settings.LANGUAGE_COOKIE_SECURE = True
    cookie = world.client().post("/sprache/", {"language": "en"}).cookies["django_language"]
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")
