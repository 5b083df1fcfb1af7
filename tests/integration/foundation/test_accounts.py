"""Accounts: by invitation, the first one by a set-up link; the profile."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.test import Client

from tests.integration.foundation.conftest import MOMENT, PASSWORD, MakeUser
from wirknetz.foundation import actions, providers, queries
from wirknetz.foundation.audit import Author, system
from wirknetz.foundation.models import AuditEvent, OutboxMessage, User
from wirknetz.foundation.providers import SetUp
from wirknetz.foundation.refusal import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
HOST = "http://127.0.0.1:8000"
LINK = re.compile(r"http://127\.0\.0\.1:8000(/l/[^/\s]+/)")


def open_account(email: str = "neu@example.org") -> int:
    return actions.open_account(email=email, name="Neu Hier", by=system("test"), at=MOMENT)


def invitation(**more: Any) -> str:
    given = {"user_id": open_account(), "where": "BORA-TB", "by": system("test", 1), "at": MOMENT,
             "on_behalf_label": "Caritas Nord"}  # fmt: skip
    actions.invite(**given | more)
    found = LINK.search(OutboxMessage.objects.order_by("-pk")[0].text)
    assert found is not None
    return found.group(1)


class TestOpening:
    def test_the_same_address_is_the_same_account(self, db: None) -> None:
        assert open_account() == open_account(" NEU@Example.org ")
        assert AuditEvent.objects.filter(action="account.opened").count() == 1

    def test_it_has_no_password_and_a_doubtful_address(self, db: None) -> None:
        own = queries.account(user_id=open_account())
        assert own is not None
        assert not own.has_password
        assert not own.address_verified
        assert own.joined_at is None

    def test_an_existing_one_is_left_as_it_is(self, user: User) -> None:
        again = actions.open_account(email=user.email, name="Falsch", by=system("t"), at=MOMENT)
        assert again == user.pk
        assert User.objects.get(pk=user.pk).name == "Ada Beispiel"

    def test_no_address_is_refused(self, db: None) -> None:
        with pytest.raises(ValidationError):
            open_account("neu")
        assert not User.objects.exists()


class TestJoining:
    def test_the_invitation_says_where_and_until_when(self) -> None:
        invitation(text="Schön, dass Sie mitmachen.")
        (mail,) = OutboxMessage.objects.all()
        assert mail.subject == "Einladung: BORA-TB"
        for words in ("Neu Hier", "14 Tage", "Schön, dass Sie mitmachen."):
            assert words in mail.text

    def test_accepting_sets_name_and_password_and_lets_in(self, client: Client) -> None:
        url = invitation()
        page = client.get(url).content.decode()
        assert "Caritas Nord" in page
        assert "neu@example.org" in page
        answer = client.post(url, {"name": "Nora  Neu", "password": PASSWORD})
        assert answer.status_code == 302
        user = User.objects.get()
        assert client.session["_auth_user_id"] == str(user.pk)
        assert user.name == "Nora Neu"
        assert user.check_password(PASSWORD)
        assert user.joined_at == MOMENT
        assert EmailAddress.objects.get().verified

    def test_a_password_is_not_needed(self, client: Client) -> None:
        client.post(invitation(), {"name": "Nora", "password": ""})
        assert not User.objects.get().has_usable_password()
        assert "_auth_user_id" in client.session

    @pytest.mark.parametrize("password", ["kurz", "123456789012345", "passwortpasswort1"[:8],
                                          "neu@example.org"])  # fmt: skip
    def test_weak_passwords_are_refused_and_the_link_stays(
        self, client: Client, password: str
    ) -> None:
        url = invitation()
        assert client.post(url, {"name": "Nora", "password": password}).status_code == 400
        assert "_auth_user_id" not in client.session
        assert client.get(url).status_code == 200
        assert not User.objects.get().has_usable_password()

    def test_a_name_is_needed(self, client: Client) -> None:
        answer = client.post(invitation(), {"name": " ", "password": PASSWORD})
        assert answer.status_code == 400
        assert User.objects.get().name == "Neu Hier"

    def test_looking_does_nothing(self, client: Client) -> None:
        client.get(invitation())
        assert User.objects.get().joined_at is None

    def test_who_has_joined_gets_no_link_that_could_change_the_password(self, user: User) -> None:
        actions.invite(user_id=user.pk, where="BORA-TB", by=system("t"), at=MOMENT)
        (mail,) = OutboxMessage.objects.all()
        assert "/l/" not in mail.text
        assert "Melden Sie sich damit an" in mail.text

    def test_an_invitation_is_worth_nothing_after_joining_in_another_way(
        self, client: Client
    ) -> None:
        url = invitation()
        actions.verify_address(user_id=User.objects.get().pk, at=MOMENT)
        answer = client.post(url, {"name": "Fremd", "password": PASSWORD})
        assert answer.status_code == 400
        assert "schon eingerichtet" in answer.content.decode()
        assert User.objects.get().name == "Neu Hier"

    def test_of_two_invitations_at_the_same_moment_either_works_and_one_counts(
        self, client: Client
    ) -> None:
        first, second = invitation(), invitation()
        assert client.post(first, {"name": "Nora", "password": PASSWORD}).status_code == 302
        answer = Client().post(second, {"name": "Fremd", "password": ""})
        assert answer.status_code == 400
        assert User.objects.get().name == "Nora"

    def test_mail_speaks_the_language_of_the_person(self, user: User) -> None:
        User.objects.update(language="en")
        actions.invite(user_id=user.pk, where="BORA-TB", by=system("t"), at=MOMENT)
        assert OutboxMessage.objects.count() == 1


SET_UP = {"name": "Kim Koordination", "email": "Kim@example.org", "password": PASSWORD,
          "network_name": "BORA-TB", "slug": "BORA-tb"}  # fmt: skip


class TestSetUp:
    @pytest.fixture
    def told(self, monkeypatch: pytest.MonkeyPatch) -> list[SetUp]:
        told: list[SetUp] = []
        monkeypatch.setitem(providers._reactions, SetUp, {"test": told.append})
        return told

    def test_the_first_person_makes_account_and_network(
        self, client: Client, told: list[SetUp]
    ) -> None:
        url = actions.create_setup_link(at=MOMENT).removeprefix(HOST)
        assert client.get(url).status_code == 200
        assert client.post(url, SET_UP).status_code == 302
        user = User.objects.get()
        assert told == [SetUp(user.pk, "BORA-TB", "bora-tb", MOMENT)]
        assert user.email == "kim@example.org"
        assert client.session["_auth_user_id"] == str(user.pk)

    def test_it_works_once(self, client: Client, told: list[SetUp]) -> None:
        url = actions.create_setup_link(at=MOMENT).removeprefix(HOST)
        client.post(url, SET_UP)
        assert Client().post(url, SET_UP | {"email": "x@example.org"}).status_code == 410

    def test_a_second_link_is_worth_nothing_afterwards(
        self, client: Client, told: list[SetUp]
    ) -> None:
        first, second = (actions.create_setup_link(at=MOMENT).removeprefix(HOST) for _ in range(2))
        client.post(first, SET_UP)
        assert Client().post(second, SET_UP | {"email": "x@example.org"}).status_code == 403
        assert User.objects.count() == 1
        with pytest.raises(Refused):
            actions.create_setup_link(at=MOMENT)

    def test_it_expires_after_a_day(self, client: Client, clock: Any) -> None:
        url = actions.create_setup_link(at=MOMENT).removeprefix(HOST)
        clock.shift(24 * 3600)
        answer = client.get(url)
        assert answer.status_code == 410
        assert "Starten Sie Wirknetz neu" in answer.content.decode()

    @pytest.mark.parametrize("field", list(SET_UP))
    def test_everything_is_needed(self, client: Client, field: str, told: list[SetUp]) -> None:
        url = actions.create_setup_link(at=MOMENT).removeprefix(HOST)
        assert client.post(url, SET_UP | {field: ""}).status_code == 400
        assert not User.objects.exists()

    def test_if_a_room_fails_nothing_is_stored(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(event: SetUp) -> None:
            raise ValidationError("Diesen Kurznamen gibt es schon.")

        monkeypatch.setitem(providers._reactions, SetUp, {"test": fail})
        url = actions.create_setup_link(at=MOMENT).removeprefix(HOST)
        answer = client.post(url, SET_UP)
        assert answer.status_code == 400
        assert "Diesen Kurznamen gibt es schon." in answer.content.decode()
        assert not User.objects.exists()


PROFILE = {"name": "Ada Neu", "language": "en", "digest": "daily"}


class TestProfile:
    def test_name_language_and_digest_are_changed(self, client: Client, user: User) -> None:
        client.force_login(user)
        assert client.post("/profil/", PROFILE).status_code == 302
        user.refresh_from_db()
        assert (user.name, user.language, user.digest) == ("Ada Neu", "en", "daily")
        assert AuditEvent.objects.filter(action="account.changed", user=user).exists()

    @pytest.mark.parametrize("wrong", [{"name": ""}, {"language": "fr"}, {"digest": "hourly"},
                                       {"name": "x" * 151}])  # fmt: skip
    def test_nonsense_is_refused(self, client: Client, user: User, wrong: dict[str, str]) -> None:
        client.force_login(user)
        assert client.post("/profil/", PROFILE | wrong).status_code == 400
        user.refresh_from_db()
        assert user.name == "Ada Beispiel"

    def test_pages_speak_the_language_of_the_person(self, client: Client, user: User) -> None:
        User.objects.update(language="en")
        client.force_login(user)
        assert client.get("/profil/", headers={"accept-language": "de"})["Content-Language"] == "en"

    def test_signing_out_everywhere_keeps_this_device(self, client: Client, user: User) -> None:
        phone, stranger = Client(), Client()
        for each in (client, phone):
            each.force_login(user)
        assert stranger.post("/profil/ueberall-abmelden/").status_code == 302
        assert phone.get("/profil/").status_code == 200
        client.post("/profil/ueberall-abmelden/")
        assert client.get("/profil/").status_code == 200
        assert phone.get("/profil/").status_code == 302

    def test_others_stay_signed_in(self, client: Client, make_user: MakeUser) -> None:
        one, other = make_user(), make_user()
        client.force_login(one)
        elsewhere = Client()
        elsewhere.force_login(other)
        client.post("/profil/ueberall-abmelden/")
        assert elsewhere.get("/profil/").status_code == 200

    def test_the_number_of_queries(
        self, client: Client, user: User, django_assert_max_num_queries: Any
    ) -> None:
        client.force_login(user)
        with django_assert_max_num_queries(8):
            client.get("/profil/")


def test_only_those_who_may_see_much_need_a_second_factor(user: User) -> None:
    by = Author(user_id=user.pk)
    for required, events in ((True, 1), (True, 1), (False, 2)):
        actions.require_second_factor(user_id=user.pk, required=required, by=by, at=MOMENT)
        assert User.objects.get(pk=user.pk).second_factor_required is required
        recorded = AuditEvent.objects.filter(action="account.second_factor_required")
        assert recorded.count() == events


class TestWhatHappenedToTheAccount:
    URL = "/profil/verlauf/"

    def test_the_person_sees_how_and_when_somebody_came_in(
        self, client: Client, user: User
    ) -> None:
        actions.signed_in(user_id=user.pk, method="password", at=MOMENT)
        client.force_login(user)
        page = client.get(self.URL).content.decode()
        assert "Angemeldet mit Passwort" in page
        assert "Angemeldet mit Passwort" in client.get("/profil/").content.decode()

    def test_and_what_others_changed(self, client: Client, user: User, make_user: MakeUser) -> None:
        by = Author(user_id=make_user(name="Karla Koordinata").pk, scope_id=7)
        actions.require_second_factor(user_id=user.pk, required=True, by=by, at=MOMENT)
        client.force_login(user)
        page = client.get(self.URL).content.decode()
        assert "Zweiter Schritt verlangt" in page
        assert "Karla Koordinata" in page

    def test_nobody_elses(self, client: Client, user: User, make_user: MakeUser) -> None:
        actions.sign_out_everywhere(user_id=make_user().pk, at=MOMENT)
        client.force_login(user)
        assert "Auf allen Geräten abgemeldet" not in client.get(self.URL).content.decode()

    def test_what_she_did_for_others_is_not_her_account(
        self, client: Client, user: User, make_user: MakeUser
    ) -> None:
        actions.open_account(
            email="neu@example.org", name="Neu", by=Author(user_id=user.pk), at=MOMENT
        )
        before = queries.account_events(user_id=user.pk).total
        actions.require_second_factor(
            user_id=make_user().pk, required=True, by=Author(user_id=user.pk), at=MOMENT
        )
        assert queries.account_events(user_id=user.pk).total == before

    def test_the_number_of_queries_does_not_grow(
        self, user: User, django_assert_num_queries: object
    ) -> None:
        for _ in range(30):
            actions.signed_in(user_id=user.pk, method="code", at=MOMENT)
        with django_assert_num_queries(2):  # type: ignore[operator]
            page = queries.account_events(user_id=user.pk)
        assert (len(page.rows), page.pages) == (25, 2)
