"""Mail: stored with the act, leaves once, through a real mail server."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.integration.foundation.conftest import MOMENT
from tests.integration.foundation.smtp import Inbox, free_port, mail_server
from wirknetz.foundation import actions, jobs, mails, queries, sending
from wirknetz.foundation.actions.mail import LEASE, WAITS
from wirknetz.foundation.models import OutboxMessage

pytestmark = pytest.mark.django_db
State = OutboxMessage.State


@pytest.fixture
def inbox(settings: object) -> Iterator[Inbox]:
    with mail_server() as inbox:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
        settings.EMAIL_HOST = "127.0.0.1"  # type: ignore[attr-defined]
        settings.EMAIL_PORT = inbox.port  # type: ignore[attr-defined]
        yield inbox


def enqueue(key: str = "k", to: str = "ada@example.org", **more: object) -> None:
    given = {"subject": "Hallo Übung", "text": "Guten Tag\n\nhttps://example.org/x", "at": MOMENT}
    actions.send_mail(key=key, to=to, **given | more)  # type: ignore[arg-type]


def enqueue_and_fail() -> None:
    enqueue()
    raise RuntimeError("after the mail")


class TestStoring:
    def test_the_same_key_is_stored_once(self) -> None:
        enqueue()
        enqueue(subject="anders")
        assert [m.subject for m in OutboxMessage.objects.all()] == ["Hallo Übung"]

    def test_it_goes_with_the_callers_transaction(self) -> None:
        with pytest.raises(RuntimeError, match="after"), transaction.atomic():
            enqueue_and_fail()
        assert not OutboxMessage.objects.exists()

    def test_very_long_keys_stay_different(self) -> None:
        enqueue("a" * 300 + "1")
        enqueue("a" * 300 + "2")
        assert OutboxMessage.objects.count() == 2

    @pytest.mark.parametrize("address", ["", "ada", "a@b.de\nBcc: x@example.org", "a@b.de, c@d.de"])
    def test_what_is_no_address_is_refused(self, address: str) -> None:
        with pytest.raises(ValidationError):
            enqueue(to=address)
        assert not OutboxMessage.objects.exists()

    @pytest.mark.parametrize(
        "headers", [{"Bcc": "x@example.org"}, {"List-Id": "a\r\nBcc: x@example.org"}]
    )
    def test_foreign_headers_are_refused(self, headers: dict[str, str]) -> None:
        with pytest.raises(ValueError, match="header"):
            enqueue(headers=headers)

    @settings(max_examples=40, deadline=None)
    @given(subject=st.text(max_size=80), name=st.text(max_size=20))
    def test_no_subject_can_smuggle_a_header_in(self, subject: str, name: str) -> None:
        OutboxMessage.objects.all().delete()
        enqueue(subject=f"{subject}\r\nBcc: {name}@example.org\n\nX")
        mail = sending.as_email(OutboxMessage.objects.get()).message()
        assert set(mail.keys()) == {
            "Content-Type", "MIME-Version", "Subject", "From", "To", "Date", "Auto-Submitted",
            "Message-ID",
        }  # fmt: skip


class TestLeaving:
    def test_a_mail_arrives_as_text_and_html(self, inbox: Inbox) -> None:
        ours = mails.absolute("/x/")
        text = f"Guten Tag\n\n{ours}\n\nhttps://example.org/x"
        enqueue(text=text, headers={"List-Unsubscribe": "<https://example.org/x>"})
        jobs.deliver(MOMENT)
        (mail,) = inbox.messages
        stored = OutboxMessage.objects.get()
        assert mail["Subject"] == "Hallo Übung"
        assert mail["To"] == "ada@example.org"
        assert mail["Message-ID"] == stored.message_id
        assert mail["Auto-Submitted"] == "auto-generated"
        assert mail["List-Unsubscribe"] == "<https://example.org/x>"
        assert "https://example.org/x" in mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
        html = mail.get_body(("html",)).get_content()  # type: ignore[union-attr]
        assert f'href="{ours}"' in html
        assert 'href="https://example.org/x"' not in html  # only our own site becomes a link
        assert "src=" not in html
        assert stored.state == State.SENT

    def test_html_in_texts_is_only_text(self, inbox: Inbox) -> None:
        enqueue(text='<script>alert(1)</script> & https://example.org/?a=1&b="2')
        jobs.deliver(MOMENT)
        html = inbox.messages[0].get_body(("html",)).get_content()  # type: ignore[union-attr]
        assert "<script>" not in html

    def test_many_leave_once_each(self, inbox: Inbox) -> None:
        for number in range(12):
            enqueue(f"k{number}")
        jobs.deliver(MOMENT)
        jobs.deliver(MOMENT + dt.timedelta(hours=1))
        assert len(inbox.messages) == 12
        assert len(set(inbox.ids)) == 12

    def test_nothing_leaves_before_its_time(self, inbox: Inbox) -> None:
        enqueue(at=MOMENT + dt.timedelta(minutes=1))
        jobs.deliver(MOMENT)
        assert not inbox.messages

    def test_of_two_workers_one_gets_a_mail(self) -> None:
        enqueue()
        first = actions.claim_mail(at=MOMENT)
        assert first is not None
        assert actions.claim_mail(at=MOMENT) is None

    def test_one_recipient_refused_does_not_keep_the_others(self, inbox: Inbox) -> None:
        inbox.refuse_recipient["weg@example.org"] = "550 5.1.1 No such user"
        enqueue("a", "weg@example.org")
        enqueue("b", "da@example.org")
        jobs.deliver(MOMENT)
        assert [m["To"] for m in inbox.messages] == ["da@example.org"]
        (stuck,) = queries.stuck_mail()
        assert stuck.for_good
        assert "No such user" in stuck.error
        assert queries.unreachable(addresses=["weg@example.org", "da@example.org"]) == {
            "weg@example.org"
        }
        assert queries.mail_state().failed == 1

    def test_a_mail_that_failed_for_good_can_be_tried_again(self, inbox: Inbox) -> None:
        inbox.refuse_recipient["weg@example.org"] = "550 No such user"
        enqueue("a", "weg@example.org")
        jobs.deliver(MOMENT)
        (stuck,) = queries.stuck_mail()
        inbox.refuse_recipient.clear()
        assert actions.retry_mail(pk=stuck.pk, at=MOMENT)
        assert not actions.retry_mail(pk=stuck.pk, at=MOMENT)
        jobs.deliver(MOMENT)
        assert len(inbox.messages) == 1
        assert not queries.unreachable(addresses=["weg@example.org"])

    def test_a_busy_server_is_tried_again_with_growing_waits(self, inbox: Inbox) -> None:
        inbox.refuse_data = "451 4.3.0 Try again later"
        enqueue()
        now = MOMENT
        for tried, wait in enumerate(WAITS, start=1):
            jobs.deliver(now)
            message = OutboxMessage.objects.get()
            assert (message.state, message.attempts) == (State.QUEUED, tried)
            jobs.deliver(now + wait - dt.timedelta(seconds=5))
            assert OutboxMessage.objects.get().attempts == tried
            now += wait + dt.timedelta(seconds=5)
        jobs.deliver(now)
        assert OutboxMessage.objects.get().state == State.FAILED

    def test_no_server_loses_nothing(self, settings: object) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
        settings.EMAIL_HOST = "127.0.0.1"  # type: ignore[attr-defined]
        settings.EMAIL_PORT = free_port()  # type: ignore[attr-defined]
        enqueue("a")
        enqueue("b")
        jobs.deliver(MOMENT)
        assert queries.mail_state().waiting == 2
        with mail_server() as inbox:
            settings.EMAIL_PORT = inbox.port  # type: ignore[attr-defined]
            jobs.deliver(MOMENT + dt.timedelta(minutes=2))
            assert len(inbox.messages) == 2

    def test_what_somebody_began_to_send_is_left_alone_until_it_must_have_died(
        self, inbox: Inbox
    ) -> None:
        enqueue()
        actions.claim_mail(at=MOMENT)
        jobs.deliver(MOMENT + LEASE - dt.timedelta(seconds=5))
        assert not inbox.messages
        jobs.deliver(MOMENT + LEASE)
        assert len(inbox.messages) == 1


SENDER = """
import datetime as dt, sys
import django
django.setup()
from django.core.management import call_command
from wirknetz.foundation import actions, jobs
at = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
if sys.argv[1] == "fill":
    call_command("migrate", "foundation", verbosity=0)
    for number in range(5):
        mail = {"key": str(number), "subject": str(number), "text": "x"}
        actions.send_mail(to="ada@example.org", at=at, **mail)
else:
    jobs.deliver(at + dt.timedelta(minutes=int(sys.argv[1])))
"""


class TestCrash:
    """A process of its own is killed while the mail server holds its answer back."""

    def start(self, folder: Path, port: int, word: str) -> subprocess.Popen[bytes]:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "wirknetz.web.settings",
            "WIRKNETZ_MODE": "test",
            "WIRKNETZ_SMTP_URL": f"smtp://127.0.0.1:{port}",
            "DATABASE_URL": f"sqlite:///{folder / 'outbox.sqlite3'}",
            "PYTHONPATH": "src",
        }
        command = [sys.executable, "-c", SENDER, word]
        return subprocess.Popen(command, env=environment)  # noqa: S603

    def test_after_kill_9_only_the_mail_in_flight_goes_again_with_the_same_id(
        self, tmp_path: Path
    ) -> None:
        with mail_server() as inbox:
            assert self.start(tmp_path, inbox.port, "fill").wait(60) == 0
            inbox.hold = threading.Event()
            victim = self.start(tmp_path, inbox.port, "0")
            assert inbox.arrived.wait(60)
            victim.send_signal(signal.SIGKILL)
            victim.wait(60)
            inbox.hold.set()
            assert self.start(tmp_path, inbox.port, "1").wait(60) == 0
            assert len(inbox.ids) == 5
            assert self.start(tmp_path, inbox.port, "15").wait(60) == 0
        assert len(inbox.ids) == 6
        assert inbox.ids[0] == inbox.ids[-1]
        assert len(set(inbox.ids)) == 5


class TestAfterwards:
    """Links in mails work for a while; the database need not hold them any longer."""

    def test_a_mail_that_left_is_not_kept_word_for_word(self, inbox: Inbox) -> None:
        enqueue(headers={"Reply-To": "netz@example.org"})
        jobs.deliver(MOMENT)
        assert "https://example.org/x" in inbox.messages[0].get_body(("plain",)).get_content()
        kept = OutboxMessage.objects.get()
        assert (kept.state, kept.text, kept.html, kept.headers) == ("sent", "", "", {})
        assert (kept.recipient, kept.subject) == ("ada@example.org", "Hallo Übung")

    def test_one_that_did_not_leave_is_kept(self, inbox: Inbox) -> None:
        inbox.refuse_recipient["weg@example.org"] = "550 No such user"
        enqueue("a", "weg@example.org")
        jobs.deliver(MOMENT)
        assert "https://example.org/x" in OutboxMessage.objects.get().text

    def test_the_upgrade_empties_those_that_left_before(self) -> None:
        enqueue("a")
        enqueue("b")
        OutboxMessage.objects.filter(key="a").update(state=State.SENT)
        import_module("wirknetz.foundation.migrations.0006_secrets_locked").forget(apps, None)
        assert not OutboxMessage.objects.get(key="a").text
        assert OutboxMessage.objects.get(key="b").text
