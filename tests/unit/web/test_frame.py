"""The frame around every page, and what no template may hold."""

import re
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.template.loader import get_template, render_to_string

import wirknetz

PACKAGE = Path(wirknetz.__file__).parent
TEMPLATES = sorted(PACKAGE.glob("*/templates/**/*.html"))
STATIC = PACKAGE / "web" / "static"
SCRIPT = re.compile(r"<script\b[^>]*>", re.IGNORECASE)
COMMENT = re.compile(r"{%\s*comment.*?endcomment\s*%}|{#.*?#}", re.DOTALL)
DATA = 'type="application/json"'

PAGES_OF_ALLAUTH = [
    "account/login",
    "account/signup",
    "account/signup_closed",
    "account/logout",
    "account/email",
    "account/email_confirm",
    "account/password_reset",
    "account/password_reset_done",
    "account/password_reset_from_key",
    "account/password_reset_from_key_done",
    "account/password_change",
    "account/password_set",
    "account/request_login_code",
    "account/confirm_login_code",
    "account/reauthenticate",
    "account/verification_sent",
    "account/verified_email_required",
    "account/account_inactive",
    "account/email_change",
    "mfa/authenticate",
    "mfa/index",
    "mfa/reauthenticate",
    "mfa/trust",
    "mfa/recovery_codes/index",
    "mfa/recovery_codes/generate",
    "mfa/totp/activate_form",
    "mfa/totp/deactivate_form",
    "mfa/webauthn/add_form",
    "mfa/webauthn/edit_form",
    "mfa/webauthn/authenticator_list",
    "mfa/webauthn/authenticator_confirm_delete",
    "mfa/webauthn/reauthenticate",
]


def source(path: Path) -> str:
    return COMMENT.sub("", path.read_text())


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_templates_hold_no_inline_script_style_or_handler(path: Path) -> None:
    text = source(path)
    if "mail" in path.parts:  # mails are read elsewhere and need their own styles
        return
    assert [tag for tag in SCRIPT.findall(text) if "src=" not in tag and DATA not in tag] == []
    assert not re.search(r"<style\b|\sstyle=|\son[a-z]+=|hx-on|javascript:", text, re.IGNORECASE)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_templates_ask_nobody_else(path: Path) -> None:
    found = re.findall(r'(?:src|href|action)="(?:https?:)?//[^"]*"', source(path))
    assert found == []


def test_frame_needs_nothing_from_its_context() -> None:
    html = render_to_string("base.html")
    assert '<html lang="de">' in html
    assert '<main class="wn-main wn-flow" id="inhalt"' in html
    assert "Hauptmenü" not in html
    assert "Sie handeln" not in html


def test_frame_says_for_whom_one_acts() -> None:
    acting = {
        "organisation": "Diakonie <Tal>",
        "network": "BORA-TB",
        "switch_url": "/wechsel/",
        "options": [{"value": "7", "label": "Bildungswerk", "current": False}],
    }
    html = render_to_string("base.html", {"acting": acting})
    assert "Sie handeln für <strong>Diakonie &lt;Tal&gt;</strong>" in html
    assert 'method="post" action="/wechsel/"' in html
    assert 'name="acting" value="7"' in html


def test_one_organisation_offers_no_switch() -> None:
    html = render_to_string("base.html", {"acting": {"organisation": "Diakonie", "options": []}})
    assert "Wechseln" not in html


def test_server_error_needs_no_manifest_and_no_context(settings: Any) -> None:
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {"BACKEND": "wirknetz.web.storage.StaticFiles"},
    }
    html = render_to_string("500.html")
    assert "Da ist etwas schiefgegangen" in html
    assert "/static/wirknetz/tokens.css" in html


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "429", "500"])
def test_error_pages_speak_to_people(code: str) -> None:
    html = render_to_string(f"{code}.html")
    assert html.count("<h1>") == 1
    assert not re.search(r"Exception|Traceback|CSRF|Token|Error\b", re.sub(r"<[^>]+>", "", html))


def test_refusal_gives_its_reason() -> None:
    html = render_to_string("403.html", {"sentence": "Nur die Leitung bestätigt."})
    assert "Nur die Leitung bestätigt." in html


@pytest.mark.parametrize("name", PAGES_OF_ALLAUTH)
def test_pages_of_the_account_are_ours(name: str) -> None:
    origin = get_template(f"{name}.html").origin.name
    assert Path(origin).is_relative_to(PACKAGE)


def test_vendored_parts_carry_their_licences_and_ask_nobody() -> None:
    kern = STATIC / "vendor" / "kern"
    assert "EUPL" in (kern / "LICENSE-EUPL-1.2.md").read_text()
    assert "SIL Open Font License" in (kern / "fonts" / "LICENSE-OFL-1.1.txt").read_text()
    for sheet in STATIC.rglob("*.css"):
        addresses = re.findall(r"url\(\s*[\"']?((?:https?:)?//[^)\"']*)", sheet.read_text())
        assert addresses == [], sheet.name
        assert "@import" not in sheet.read_text(), sheet.name


def test_fonts_are_small() -> None:
    fonts = list((STATIC / "vendor" / "kern" / "fonts").glob("*.woff2"))
    assert len(fonts) == 4
    assert max(font.stat().st_size for font in fonts) < 60_000


def test_style_sheets_of_the_frame_exist() -> None:
    html = render_to_string("components/stylesheets.html")
    sheets = re.findall(r'href="/static/([^"]+)"', html)
    assert sheets
    assert [name for name in sheets if not (STATIC / name).is_file()] == []


@dataclass(frozen=True)
class House:
    organisation_id: int
    label: str


DIAKONIE, BILDUNGSWERK = House(7, "Diakonie"), House(8, "Bildungswerk")
NETWORK = SimpleNamespace(name="BORA-TB", slug="bora")


def bar(*, coordinator: bool, here: House | None, houses: tuple[House, ...]) -> str:
    actor = SimpleNamespace(coordinator=coordinator)
    context = {"actor": actor, "network": NETWORK, "acting_for": here, "acting_choices": houses}
    return render_to_string("base.html", context)


def test_acting_bar_reads_the_actor() -> None:
    html = bar(coordinator=False, here=DIAKONIE, houses=(DIAKONIE, BILDUNGSWERK))
    assert "Sie handeln für <strong>Diakonie</strong>" in html
    assert 'action="/netz/bora/handeln-fuer/"' in html
    assert 'name="acting" value="8"' in html
    assert 'name="acting" value=""' not in html


def test_coordinator_may_act_for_the_office() -> None:
    html = bar(coordinator=True, here=None, houses=(DIAKONIE,))
    assert "Sie handeln für die Koordinierungsstelle" in html
    assert 'name="acting" value="" aria-current="true"' in html


def test_who_acts_for_one_house_only_has_nothing_to_switch() -> None:
    assert "Wechseln" not in bar(coordinator=False, here=DIAKONIE, houses=(DIAKONIE,))


def test_observer_is_told_so() -> None:
    assert "als Beobachter:in" in bar(coordinator=False, here=None, houses=())


def test_section_shows_its_pages_with_one_current() -> None:
    children = [
        {"label": "Runden", "url": "/w/", "current": True},
        {"label": "Ergebnisse", "url": "/w/ergebnisse/", "current": True},
    ]
    entry = {"label": "Wirkung", "url": "/w/", "current": True, "children": children}
    html = render_to_string("base.html", {"navigation": [entry]})
    assert '<a href="/w/ergebnisse/" aria-current="page">Ergebnisse</a>' in html
    assert '<a href="/w/">Runden</a>' in html
