"""Ways around the audit trail."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.db import DatabaseError, connection, transaction
from django.test import Client

from tests.integration.foundation.conftest import PASSWORD
from tests.world import NOW
from wirknetz.foundation import actions
from wirknetz.foundation.audit import system
from wirknetz.foundation.jobs import seal
from wirknetz.foundation.models import AuditEvent, AuditSeal, OutboxMessage, User

pytestmark = pytest.mark.django_db
EMPTYING = {
    "postgresql": ("TRUNCATE foundation_auditevent", "TRUNCATE foundation_auditseal CASCADE"),
    "sqlite": ("DELETE FROM foundation_auditevent", "DELETE FROM foundation_auditseal"),
}


@pytest.fixture(autouse=True)
def _something_sealed(db: None) -> None:
    actions.record_event(by=system("test"), action="thing.done", at=NOW, label="Ding")
    seal(NOW)


def tries(sql: str, *values: object) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_the_trail_cannot_be_emptied() -> None:
    for sql in EMPTYING[connection.vendor]:
        tries(sql)
    assert AuditEvent.objects.exists()
    assert AuditSeal.objects.exists()


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="only SQLite replaces rows")
@pytest.mark.parametrize("model", [AuditEvent, AuditSeal])
def test_no_insert_replaces_a_row(model: type[AuditEvent | AuditSeal]) -> None:
    table = model._meta.db_table
    columns = ", ".join(f'"{f.column}"' for f in model._meta.concrete_fields)
    before = model.objects.values().get()
    tries(f"INSERT OR REPLACE INTO {table} ({columns}) SELECT {columns} FROM {table}")  # noqa: S608
    assert model.objects.values().get() == before


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="only SQLite replaces rows")
def test_no_insert_replaces_a_seal_by_its_number() -> None:
    tries(
        "INSERT OR REPLACE INTO foundation_auditseal (number, sealed_at, first_event_id,"
        " last_event_id, event_ids, event_marks, previous, digest)"
        " SELECT number, sealed_at, first_event_id, last_event_id, '[]', '[]', previous, 'x'"
        " FROM foundation_auditseal"
    )
    assert AuditSeal.objects.get().event_ids


def test_new_events_still_come() -> None:
    actions.record_event(by=system("test"), action="thing.done", at=NOW)
    seal(NOW)
    assert AuditSeal.objects.count() == 2


class TestAccounts:
    """How somebody signs in is changed on allauth's pages; the trail says when."""

    def changes(self) -> list[tuple[int | None, str]]:
        found = AuditEvent.objects.filter(action__startswith="account.").order_by("pk")
        quiet = {"account.signed_in", "account.opened", "account.joined"}
        return [(e.user_id, e.action) for e in found if e.action not in quiet]

    @pytest.fixture
    def client(self, user: User) -> Client:
        cache.clear()
        browser = Client()
        browser.post("/konto/login/", {"login": user.email, "password": PASSWORD})
        return browser

    def test_a_changed_password(self, client: Client, user: User) -> None:
        new = "gruene Ampel 18 Birnen"
        sent = {"oldpassword": PASSWORD, "password1": new, "password2": new}
        assert client.post("/konto/password/change/", sent).status_code == 302
        assert self.changes() == [(user.pk, "account.password_changed")]

    def test_a_password_set_anew_by_mail(self, user: User) -> None:
        cache.clear()
        browser = Client()
        browser.post("/konto/password/reset/", {"email": user.email})
        text = OutboxMessage.objects.latest("pk").text
        page = re.findall(r"http://127\.0\.0\.1:8000(/konto/\S+)", text)[0]
        form = browser.get(page)["Location"]
        new = "gruene Ampel 18 Birnen"
        assert browser.post(form, {"password1": new, "password2": new}).status_code == 302
        assert self.changes() == [(user.pk, "account.password_changed")]
        assert "_auth_user_id" not in browser.session

    def test_a_changed_address(self, client: Client, user: User) -> None:
        client.post("/konto/email/", {"action_add": "", "email": "neu@example.org"})
        text = OutboxMessage.objects.filter(recipient="neu@example.org").latest("pk").text
        page = re.findall(r"http://127\.0\.0\.1:8000(/konto/\S+)", text)[0]
        client.post(page)
        user.refresh_from_db()
        assert user.email == "neu@example.org"
        assert self.changes() == [(user.pk, "account.address_changed")]
        assert "neu@example.org" not in str(list(AuditEvent.objects.values()))

    def test_a_second_factor_that_comes_and_goes(
        self, client: Client, user: User, django_capture_on_commit_callbacks: Any
    ) -> None:
        client.post("/konto/reauthenticate/", {"password": PASSWORD})
        secret = client.get("/konto/2fa/totp/activate/").context["form"].secret
        counter = next(iter(yield_hotp_counters_from_time()))
        code = format_hotp_value(hotp_value(secret, counter))
        with django_capture_on_commit_callbacks(execute=True):
            client.post("/konto/2fa/totp/activate/", {"code": code})
        assert set(self.changes()) == {(user.pk, "account.second_factor_added")}
        with django_capture_on_commit_callbacks(execute=True):
            client.post("/konto/2fa/totp/deactivate/")
        assert (user.pk, "account.second_factor_removed") in self.changes()
