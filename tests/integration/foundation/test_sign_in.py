"""Coming in: password, code or link by mail, second factor; nobody learns who has an account."""

from __future__ import annotations

import re
from importlib import import_module
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.apps import apps
from django.test import Client

from tests.integration.foundation.conftest import MOMENT, PASSWORD, MakeUser
from wirknetz.foundation import actions
from wirknetz.foundation.models import AuditEvent, MailedLink, OutboxMessage, User
from wirknetz.foundation.vault import unlocked

upgrade = import_module("wirknetz.foundation.migrations.0006_secrets_locked")
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
REQUEST, CONFIRM, LOGIN = "/konto/login/code/", "/konto/login/code/confirm/", "/konto/login/"
LINK = re.compile(r"http://127\.0\.0\.1:8000(/l/[^/\s]+/)")
CODE = re.compile(r"^[A-Z0-9]{3,5}-?[A-Z0-9]{3,5}$", re.MULTILINE)


def request_code(client: Client, email: str) -> tuple[str, str]:
    """Ask for it; return code and link of the newest mail."""
    assert client.post(REQUEST, {"login": email, "email": email}).status_code == 302
    text = OutboxMessage.objects.order_by("-pk")[0].text
    code, link = CODE.search(text), LINK.search(text)
    assert code is not None
    assert link is not None
    return code.group(), link.group(1)


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def add_totp(user: User) -> str:
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def guess_from(address: str, email: str) -> None:
    """Five wrong passwords."""
    for _ in range(5):
        thief = Client(REMOTE_ADDR=address)
        thief.post(LOGIN, {"login": email, "password": "falsch"})
        assert not signed_in(thief)


class TestByMail:
    def test_one_mail_holds_code_and_link_in_german(self, client: Client, user: User) -> None:
        request_code(client, user.email)
        mail = OutboxMessage.objects.get()
        assert mail.recipient == user.email
        assert mail.subject == "Ihr Code zum Anmelden"
        assert "15 Minuten" in mail.text
        assert "Guten Tag Ada Beispiel," in mail.text

    def test_the_code_lets_in_once(self, client: Client, user: User) -> None:
        code, link = request_code(client, user.email)
        assert client.post(CONFIRM, {"code": code}).status_code == 302
        assert signed_in(client)
        assert AuditEvent.objects.filter(action="account.signed_in").count() == 1
        other = Client()
        assert other.post(link).status_code == 410
        assert not signed_in(other)

    def test_the_link_lets_in_by_post_only_and_once(self, client: Client, user: User) -> None:
        code, link = request_code(client, user.email)
        phone = Client()
        page = phone.get(link)
        phone.head(link)
        assert "Ada Beispiel" in page.content.decode()
        assert not signed_in(phone)
        assert phone.post(link).status_code == 302
        assert signed_in(phone)
        assert Client().post(link).status_code == 410
        client.post(CONFIRM, {"code": code})
        assert not signed_in(client)

    def test_both_expire(self, client: Client, user: User, clock: Any) -> None:
        code, link = request_code(client, user.email)
        clock.shift(15 * 60 + 1)
        assert Client().post(link).status_code == 410
        client.post(CONFIRM, {"code": code})
        assert not signed_in(client)

    def test_wrong_codes_are_counted(self, client: Client, user: User) -> None:
        code, _ = request_code(client, user.email)
        for _ in range(3):
            client.post(CONFIRM, {"code": "AAAA-AAAA"})
        client.post(CONFIRM, {"code": code})
        assert not signed_in(client)

    def test_a_code_is_worth_nothing_in_another_browser(self, client: Client, user: User) -> None:
        code, _ = request_code(client, user.email)
        thief = Client()
        thief.post(CONFIRM, {"code": code})
        assert not signed_in(thief)

    def test_sent_again_only_the_newest_counts(self, client: Client, user: User) -> None:
        old_code, old_link = request_code(client, user.email)
        client.post(CONFIRM, {"action": "resend"})
        text = OutboxMessage.objects.order_by("-pk")[0].text
        new_code = CODE.search(text)
        assert new_code is not None
        assert new_code.group() != old_code
        assert Client().post(old_link).status_code == 410
        client.post(CONFIRM, {"code": new_code.group()})
        assert signed_in(client)

    def test_who_came_in_leaves_no_other_link_open(self, client: Client, user: User) -> None:
        _, other = request_code(Client(), user.email)
        code, _ = request_code(client, user.email)
        client.post(CONFIRM, {"code": code})
        assert Client().post(other).status_code == 410

    def test_strangers_learn_nothing(self, user: User) -> None:
        pages = []
        for email in (user.email, "fremd@example.org"):
            client = Client()
            answer = client.post(REQUEST, {"login": email, "email": email}, follow=True)
            pages.append((answer.redirect_chain, answer.content.decode().replace(email, "X")))
        assert pages[0][0] == pages[1][0]
        clean = [re.sub(r'(csrf[^>]*value="|X-CSRFToken": ")[^"]+', "", page) for _, page in pages]
        assert clean[0] == clean[1]
        assert OutboxMessage.objects.count() == 1

    def test_a_link_goes_to_the_accounts_own_address_only(self, client: Client, user: User) -> None:
        EmailAddress.objects.create(user=user, email="zweite@example.org", verified=True)
        client.post(REQUEST, {"email": "zweite@example.org"})
        mail = OutboxMessage.objects.get()
        assert mail.recipient == "zweite@example.org"
        assert "/l/" not in mail.text
        code = CODE.search(mail.text)
        assert code is not None
        client.post(CONFIRM, {"code": code.group()})
        assert signed_in(client)

    def test_asking_again_and_again_is_slowed_down(self, client: Client, user: User) -> None:
        for _ in range(6):
            Client().post(REQUEST, {"email": user.email})
        assert OutboxMessage.objects.count() == 3

    def test_closed_accounts_stay_outside(self, client: Client, user: User) -> None:
        _, link = request_code(client, user.email)
        User.objects.update(is_active=False)
        phone = Client()
        phone.post(link)
        assert not signed_in(phone)

    def test_who_is_signed_in_as_somebody_else_changes_over(
        self, client: Client, user: User, make_user: MakeUser
    ) -> None:
        _, link = request_code(client, user.email)
        phone = Client()
        phone.force_login(make_user())
        phone.post(link)
        assert phone.session["_auth_user_id"] == str(user.pk)


class TestSecondFactor:
    def test_link_and_code_still_ask_for_it(self, client: Client, user: User) -> None:
        secret = add_totp(user)
        _, link = request_code(client, user.email)
        phone = Client()
        assert phone.post(link)["Location"] == "/konto/2fa/authenticate/"
        assert not signed_in(phone)
        counter = next(iter(yield_hotp_counters_from_time()))
        value = f"{hotp_value(secret, counter):06}"
        assert phone.post("/konto/2fa/authenticate/", {"code": value}).status_code == 302
        assert signed_in(phone)

    def test_a_wrong_one_does_not_let_in(self, client: Client, user: User) -> None:
        add_totp(user)
        _, link = request_code(client, user.email)
        client.post(link)
        client.post("/konto/2fa/authenticate/", {"code": "000000"})
        assert not signed_in(client)

    def test_who_needs_one_sets_it_up_before_anything_else(
        self, client: Client, make_user: MakeUser, settings: Any
    ) -> None:
        user = make_user(second_factor_required=True)
        settings.SECOND_FACTOR_ENFORCED = True
        client.force_login(user)
        for path in ("/profil/", "/benachrichtigungen/", "/", "/konto/password/change/"):
            assert client.get(path)["Location"] == "/profil/zweiter-faktor/", path
        assert client.post("/profil/ueberall-abmelden/")["Location"] == "/profil/zweiter-faktor/"
        assert client.get("/profil/zweiter-faktor/").status_code == 200
        assert "/profil/" not in client.get("/konto/2fa/totp/activate/").get("Location", "")
        add_totp(user)
        assert client.get("/profil/").status_code == 200

    def test_nobody_else_is_bothered(
        self, client: Client, make_user: MakeUser, settings: Any
    ) -> None:
        settings.SECOND_FACTOR_ENFORCED = True
        client.force_login(make_user())
        assert client.get("/profil/").status_code == 200

    def test_in_the_demo_nobody_needs_one(self, client: Client, make_user: MakeUser) -> None:
        client.force_login(make_user(second_factor_required=True))
        assert client.get("/profil/").status_code == 200

    def test_the_last_one_cannot_be_removed_by_who_needs_it(
        self, client: Client, make_user: MakeUser
    ) -> None:
        user = make_user(second_factor_required=True)
        add_totp(user)
        client.force_login(user)
        session = client.session
        session["account_authentication_methods"] = [
            {"method": "password", "at": MOMENT.timestamp()}
        ]
        session["_account_authentication_methods_user"] = str(user.pk)
        session["account_authentication_methods_user"] = str(user.pk)
        session.save()
        client.post("/konto/2fa/totp/deactivate/", follow=True)
        assert user.authenticator_set.filter(type="totp").exists()  # type: ignore[attr-defined]


class TestSecretsAtRest:
    def stored(self, user: User, kind: str) -> Any:
        return user.authenticator_set.get(type=kind)  # type: ignore[attr-defined]

    def test_the_database_does_not_hold_the_secret_of_an_app(self, user: User) -> None:
        secret = add_totp(user)
        kept = self.stored(user, "totp")
        assert secret not in str(kept.data)
        counter = next(iter(yield_hotp_counters_from_time()))
        assert TOTP(kept).validate_code(f"{hotp_value(secret, counter):06}")

    def test_nor_what_emergency_codes_are_made_from(self, user: User) -> None:
        codes = RecoveryCodes.activate(user).generate_codes()
        kept = self.stored(user, "recovery_codes")
        assert kept.data["seed"].startswith("wn1:")
        assert not [code for code in codes if code in str(kept.data)]
        assert RecoveryCodes(kept).validate_code(codes[0])

    def test_what_was_stored_before_still_works_and_is_locked_by_the_upgrade(
        self, user: User
    ) -> None:
        secret = add_totp(user)
        kept = self.stored(user, "totp")
        kept.data = {"secret": secret}
        kept.save()
        counter = next(iter(yield_hotp_counters_from_time()))
        assert TOTP(kept).validate_code(f"{hotp_value(secret, counter):06}")
        for _ in range(2):
            upgrade.lock(apps, None)
        kept.refresh_from_db()
        assert kept.data["secret"].startswith("wn1:")
        assert unlocked(kept.data["secret"]) == secret

    def test_with_another_key_no_code_is_right_and_nothing_breaks(
        self, client: Client, user: User, settings: Any
    ) -> None:
        secret = add_totp(user)
        _, link = request_code(client, user.email)
        settings.SECRET_KEY = "y" * 50
        counter = next(iter(yield_hotp_counters_from_time()))
        assert not TOTP(self.stored(user, "totp")).validate_code(
            f"{hotp_value(secret, counter):06}"
        )
        phone = Client()
        phone.post(link)
        answer = phone.post("/konto/2fa/authenticate/", {"code": "123456"})
        assert answer.status_code == 200
        assert not signed_in(phone)


class TestByPassword:
    def test_it_lets_in(self, client: Client, user: User) -> None:
        client.post(LOGIN, {"login": user.email.upper(), "password": PASSWORD})
        assert signed_in(client)

    def test_wrong_ones_are_slowed_down_and_say_the_same_to_everybody(
        self, client: Client, user: User
    ) -> None:
        texts = set()
        for email in (user.email, "fremd@example.org"):
            page = client.post(LOGIN, {"login": email, "password": "falsch"}).content.decode()
            texts.add(
                re.sub(r'(csrf[^>]*value="|X-CSRFToken": ")[^"]+', "", page).replace(email, "X")
            )
        assert len(texts) == 1
        for _ in range(12):
            client.post(LOGIN, {"login": user.email, "password": "falsch"})
        client.post(LOGIN, {"login": user.email, "password": PASSWORD})
        assert not signed_in(client)

    def test_a_stranger_cannot_lock_the_person_out(self, client: Client, user: User) -> None:
        guess_from("203.0.113.7", user.email)
        client.post(LOGIN, {"login": user.email, "password": PASSWORD})
        assert signed_in(client)

    def test_guessing_from_one_place_ends_there(self, user: User) -> None:
        guess_from("203.0.113.7", user.email)
        thief = Client(REMOTE_ADDR="203.0.113.7")
        page = thief.post(LOGIN, {"login": user.email, "password": PASSWORD})
        assert not signed_in(thief)
        assert "oder melden Sie sich mit einem Link per E-Mail an" in page.content.decode()

    def test_guessing_from_everywhere_ends_too_and_the_mailed_link_still_works(
        self, client: Client, user: User
    ) -> None:
        for number in range(1, 22):
            guess_from(f"203.0.113.{number}", user.email)
        client.post(LOGIN, {"login": user.email, "password": PASSWORD})
        assert not signed_in(client)
        _, link = request_code(client, user.email)
        phone = Client()
        phone.post(link)
        assert signed_in(phone)

    def test_right_passwords_are_not_counted(self, user: User) -> None:
        for _ in range(12):
            browser = Client()
            browser.post(LOGIN, {"login": user.email, "password": PASSWORD})
            assert signed_in(browser)

    def test_who_asks_for_mails_again_and_again_does_not_keep_the_person_outside(
        self, client: Client, user: User, clock: Any
    ) -> None:
        _, own = request_code(client, user.email)
        for number in range(12):
            thief = Client(REMOTE_ADDR=f"203.0.113.{number}")
            thief.post(REQUEST, {"email": user.email})
            clock.shift(20)
        assert OutboxMessage.objects.count() == 10
        links = [LINK.findall(m.text)[0] for m in OutboxMessage.objects.all()]
        phone = Client()
        phone.post(links[-1])
        assert signed_in(phone)
        assert own in links
        assert Client().post(own).status_code == 410

    def test_nobody_signs_up_alone(self, client: Client) -> None:
        client.post("/konto/signup/", {"email": "neu@example.org", "password1": PASSWORD})
        assert not User.objects.filter(email="neu@example.org").exists()

    def test_a_forgotten_one_is_set_anew_by_mail_in_german(
        self, client: Client, user: User
    ) -> None:
        client.post("/konto/password/reset/", {"email": user.email})
        mail = OutboxMessage.objects.get()
        assert mail.subject == "Neues Passwort wählen"
        assert "/konto/password/reset/key/" in mail.text

    def test_a_reset_for_a_stranger_sends_nothing(self, client: Client) -> None:
        answer = client.post("/konto/password/reset/", {"email": "fremd@example.org"})
        assert answer.status_code == 302
        assert not OutboxMessage.objects.exists()


def test_links_to_sign_in_are_stored_without_their_secret(client: Client, user: User) -> None:
    code, link = request_code(client, user.email)
    stored = str(MailedLink.objects.values().get())
    assert link.split("/")[2] not in stored
    assert code not in stored


def test_a_code_of_another_mail_does_not_count(user: User) -> None:
    actions.create_sign_in_link(email=user.email, pair="a", at=MOMENT)
    assert not actions.use_code(user_id=user.pk, pair="b", at=MOMENT)
    assert actions.use_code(user_id=user.pk, pair="a", at=MOMENT)
    assert not actions.use_code(user_id=user.pk, pair="a", at=MOMENT)
