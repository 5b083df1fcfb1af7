"""German and English: complete, never mixed, and everybody is written to in her own language."""

from __future__ import annotations

import datetime as dt
import logging
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import models, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.integration.doors.accounts import ACCOUNT_PAGES
from tests.integration.doors.table import Row
from tests.integration.test_doors import ROWS
from tests.support.reading import catalogue as english_of
from tests.support.reading import english_left, german_left
from tests.world import Role, World
from wirknetz.cli import catalogue, say
from wirknetz.foundation.models import User

ROOT = Path(__file__).resolve().parents[2]
DAY = dt.timedelta(days=1)
READERS = (Role.COORDINATOR, Role.PRACTITIONER_OWN)
LEFT = {"en": german_left, "de": english_left}
ENTERED_IN = ("network", "measurement")  # rooms whose texts people entered
SAME_IN_BOTH = {"Sie mit and.", "Deutsch", "English", "Anzahl"}
"""„and“ joins comparisons in rules; a language is called by its own name; a partner's table speaks
as the partner does."""
in_both = pytest.mark.parametrize("language", ["en", "de"])


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Refusals are asked for on purpose."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)
    translation.activate("de")


class TestCatalogue:
    @pytest.mark.skipif(shutil.which("msgfmt") is None, reason="kein gettext gefunden")
    def test_nothing_is_missing_doubtful_wrong_or_stale(self) -> None:
        assert catalogue.missing(ROOT) == []

    def test_placeholders_and_markup_are_those_of_the_german_sentence(self) -> None:
        parts = re.compile(r"%\(\w+\)\w|\{\w*\}|</?\w[^>]*>|\n")
        wrong = {
            german: english
            for german, english in english_of().items()
            if sorted(parts.findall(german)) != sorted(parts.findall(english))
            or (german[0] == " ") != (english[0] == " ")
            or (german[-1] == " ") != (english[-1] == " ")
        }
        assert wrong == {}

    def test_quotes_are_english_and_nothing_polite_is_left_in_german(self) -> None:
        assert [e for e in english_of().values() if re.search(r"„|‚|\bSie\b|[äöüß]", e)] == []

    def test_no_other_catalogue_changes_a_german_sentence(self) -> None:
        """Django and allauth translate English words; ours must not be taken for one of them."""
        with translation.override("de"):
            changed = {german: translation.gettext(german) for german in english_of()}
        assert {german: seen for german, seen in changed.items() if german != seen} == {}

    def test_the_command_line_speaks_the_language_of_the_terminal(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for language, words in (("de_DE.UTF-8", "Alles in Ordnung."), ("en_GB", "all right")):
            monkeypatch.setenv("LC_ALL", language)
            assert words in say.gettext("Alles in Ordnung.")


# ------------------------------------------------------------------------------ pages


def entered() -> set[str]:
    """What people wrote themselves: names, titles, definitions."""
    found: set[str] = set()
    for room in ENTERED_IN:
        for model in apps.get_app_config(room).get_models():
            names = [
                field.name
                for field in model._meta.concrete_fields
                if isinstance(field, models.CharField | models.TextField) and not field.choices
            ]
            for row in model._default_manager.values_list(*names) if names else ():
                found |= {text for text in row if isinstance(text, str) and len(text) > 3}
    return found | set(User.objects.values_list("name", flat=True)) | SAME_IN_BOTH


def _words_in(data: Mapping[str, Any]) -> set[str]:
    return {value for value in data.values() if isinstance(value, str) and len(value) > 3}


def _ask(client: Client, method: str, url: str, data: Mapping[str, Any]) -> HttpResponse:
    """The page one ends up on; nothing the request did remains."""
    with transaction.atomic():
        sent = client.get if method == "GET" else client.post
        response: Any = sent(url, dict(data), follow=True)
        transaction.set_rollback(True)
    return response


def _page(response: HttpResponse) -> str:
    is_page = response.get("Content-Type", "").startswith("text/html")
    is_page = is_page and not response.has_header("Content-Disposition")  # a file to keep
    return response.content.decode() if is_page else ""


def _reader(world: World, role: Role, language: str) -> Client:
    User.objects.update(language=language)
    client = world.client(role)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    return client


@in_both
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_pages_are_in_one_language(row: Row, language: str, world: World) -> None:
    url = reverse(row.name, kwargs=dict(row.where(world)))
    asked = [("GET", {}), ("POST", {}), ("POST", dict(row.data(world)))]
    left = set[str]()
    for role in READERS:
        client = _reader(world, role, language)
        for method, data in asked:
            if row.roles(method) and row.name != "language":
                page = _page(_ask(client, method, url, data))
                left |= set(LEFT[language](page, entered() | _words_in(data)))
    assert left == set()


@in_both
@pytest.mark.parametrize("name", sorted(ACCOUNT_PAGES))
def test_account_pages_are_in_one_language(name: str, language: str, world: World) -> None:
    url = reverse(name, kwargs=dict(ACCOUNT_PAGES[name].kwargs))
    left = set[str]()
    for role in (Role.ANONYMOUS, Role.COORDINATOR):
        client = _reader(world, role, language)
        for method in ("GET", "POST"):
            left |= set(LEFT[language](_page(_ask(client, method, url, {})), entered()))
    assert left == set()


def test_the_switch_is_remembered(world: World) -> None:
    """For a stranger by a cookie, for a person with the account, on every device."""
    stranger, person = world.client(), world.client(Role.PRACTITIONER_OWN)
    url = reverse("backbone:today", args=[world.network.slug])
    for client in (stranger, person):
        answer = client.post(reverse("language"), {"language": "en", "next": url})
        assert answer["Location"] == url
    assert "Acting together" in _page(stranger.get("/"))
    assert "Today" in _page(world.client(Role.PRACTITIONER_OWN).get(url))
    assert "Heute" in _page(world.client(Role.LEADERSHIP_OWN).get(url))
    person.post(reverse("language"), {"language": "xx"})
    assert User.objects.filter(language="en").count() == 0


def test_the_other_language_would_be_seen(world: World) -> None:
    """A reader who overlooks everything proves nothing."""
    url = reverse("backbone:today", args=[world.network.slug])
    for language, other in (("de", german_left), ("en", english_left)):
        page = _page(_reader(world, Role.COORDINATOR, language).get(url))
        assert len(set(other(page, entered()))) > 5


PASSWORD = "geheim-genug-fuer-tests"
MISTAKES: tuple[tuple[str, Role, dict[str, str]], ...] = (
    ("account_login", Role.ANONYMOUS, {"login": "kein", "password": "x"}),
    ("account_login", Role.ANONYMOUS, {"login": "kein@example.org", "password": "falsch"}),
    ("account_request_login_code", Role.ANONYMOUS, {"email": "kein"}),
    ("account_request_login_code", Role.ANONYMOUS, {"email": "coordinator@example.org"}),
    ("account_reset_password", Role.ANONYMOUS, {"email": "kein@"}),
    ("account_reset_password", Role.ANONYMOUS, {"email": "kein@example.org"}),
    ("account_email", Role.COORDINATOR, {"action_add": "", "email": "kein"}),
    ("account_email", Role.COORDINATOR, {"action_add": "", "email": "coordinator@example.org"}),
    ("account_email", Role.COORDINATOR, {"action_add": "", "email": "neu@example.org"}),
    ("account_email", Role.COORDINATOR, {"action_remove": "", "email": "coordinator@example.org"}),
    ("account_email", Role.COORDINATOR, {"action_primary": "", "email": "coordinator@example.org"}),
    ("account_email", Role.COORDINATOR, {"action_send": "", "email": "coordinator@example.org"}),
    (
        "account_change_password",
        Role.COORDINATOR,
        {"oldpassword": "falsch", "password1": "12345678", "password2": "anders"},
    ),
    (
        "account_change_password",
        Role.COORDINATOR,
        {"oldpassword": PASSWORD, "password1": "passwort1234", "password2": "passwort1234"},
    ),
    (
        "account_change_password",
        Role.COORDINATOR,
        {"oldpassword": PASSWORD, "password1": "coordinator@example", "password2": "anders"},
    ),
    ("account_reauthenticate", Role.COORDINATOR, {"password": "falsch"}),
    ("account_logout", Role.COORDINATOR, {}),
)


@in_both
@pytest.mark.parametrize(("name", "role", "data"), MISTAKES)
def test_what_is_said_about_mistakes(
    name: str, role: Role, data: dict[str, str], language: str, world: World
) -> None:
    client = _reader(world, role, language)
    page = _page(_ask(client, "POST", reverse(name), data))
    assert page
    assert set(LEFT[language](page, entered() | set(data.values()))) == set()


@in_both
def test_the_second_step_speaks_it_too(language: str, world: World) -> None:
    """Set up an app with a wrong code and the right one, look at the recovery codes, switch off."""
    from allauth.mfa.totp.internal import auth as totp

    client = _reader(world, Role.COORDINATOR, language)
    left, own = set[str](), entered()

    def see(response: HttpResponse) -> None:
        left.update(LEFT[language](_page(response), own))

    see(client.post(reverse("account_reauthenticate"), {"password": PASSWORD}, follow=True))
    see(client.get(reverse("mfa_activate_totp")))
    see(client.post(reverse("mfa_activate_totp"), {"code": "000000"}))
    secret = client.session[totp.SECRET_SESSION_KEY]
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    code = totp.format_hotp_value(totp.hotp_value(secret, counter))
    see(client.post(reverse("mfa_activate_totp"), {"code": code}, follow=True))
    for name in ("mfa_index", "mfa_view_recovery_codes", "mfa_generate_recovery_codes"):
        see(client.get(reverse(name), follow=True))
    see(client.post(reverse("mfa_generate_recovery_codes"), follow=True))
    see(client.get(reverse("mfa_deactivate_totp"), follow=True))
    again = _reader(world, Role.ANONYMOUS, language)
    data = {"login": "coordinator@example.org", "password": PASSWORD}
    see(again.post(reverse("account_login"), data, follow=True))
    see(again.post(reverse("mfa_authenticate"), {"code": "000000"}, follow=True))
    see(client.post(reverse("mfa_deactivate_totp"), follow=True))
    assert left == set()
