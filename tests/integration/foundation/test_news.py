"""News and digests: never empty, nothing mailed twice, in the language of the person."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

import pytest
from django.core import mail
from django.test import Client
from django.utils.translation import gettext_lazy as _
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.integration.foundation.conftest import MOMENT, MakeUser
from wirknetz.foundation import actions, jobs, providers, queries
from wirknetz.foundation.models import Notification, OutboxMessage, User
from wirknetz.foundation.providers import Scope, Waiting, WaitingFor

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


class Room:
    """What the rooms above would answer."""

    def __init__(self) -> None:
        self.titles: list[str] = []
        self.about: dict[str, str] = {}

    def scopes(self, user_id: int) -> Iterator[Scope]:
        yield Scope(1, "BORA-TB", "/netz/bora/")

    def waiting(self, asked: WaitingFor) -> Iterator[Waiting]:
        for title in self.titles:
            yield Waiting(title, f"/w/{title}/", "Koordination", dt.date(2026, 12, 1), 15,
                          "Ihre Zahlen fehlen.", "Caritas Nord",
                          about=self.about.get(title, ""))  # fmt: skip


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Room:
    room = Room()
    answers = {"scopes": {"test": room.scopes}, "waiting": {"test": room.waiting}}
    monkeypatch.setattr(providers, "_answers", answers)
    return room


def tell(user: User, key: str = "k", **more: object) -> None:
    given = {"kind": "x", "subject": f"Neu: {key}", "url": "/x/", "at": MOMENT}
    actions.notify(user_ids=[user.pk], key=key, **given | more)  # type: ignore[arg-type]


def mails() -> list[OutboxMessage]:
    return list(OutboxMessage.objects.order_by("pk"))


WORDS = tuple(f"Neu: [{n}]" for n in range(5)) + tuple(f"({n})" for n in range(5))
"""What a mail says of one piece of news, and of one thing that was asked at once and waits."""


def play(steps: list[tuple[str, int]], user: User, room: Room) -> None:
    """Let these things happen one after the other, with the job running after each."""
    now = MOMENT
    for kind, number in steps:
        if kind in ("digest", "immediate"):
            tell(user, f"[{number}]", at=now, immediate=kind == "immediate")
        elif kind == "read":
            actions.mark_read(user_id=user.pk, at=now)
        elif kind == "wait":
            room.titles.append(f"w{number}")
        elif kind == "ask":
            room.titles.append(f"({number})")
            room.about[f"({number})"] = f"a{number}"
            tell(user, f"({number})", at=now, immediate=True, about=[f"a{number}"])
        elif kind == "done":
            room.titles = room.titles[1:]
        else:
            now += number * (HOUR if kind == "hour" else DAY)
        jobs.digests(now)


class TestTelling:
    def test_the_same_news_is_stored_and_mailed_once(self, user: User) -> None:
        tell(user, immediate=True)
        tell(user, immediate=True)
        assert Notification.objects.count() == 1
        (sent,) = mails()
        assert sent.recipient == user.email
        assert "http://127.0.0.1:8000/x/" in sent.text

    def test_what_is_not_asked_personally_waits_for_the_digest(self, user: User) -> None:
        tell(user)
        assert not mails()
        assert queries.unread_count(user_id=user.pk) == 1

    def test_closed_accounts_are_left_out(self, make_user: MakeUser) -> None:
        tell(make_user(is_active=False), immediate=True)
        assert not Notification.objects.exists()

    def test_lazy_texts_are_stored_in_the_language_of_the_person(self, make_user: MakeUser) -> None:
        tell(make_user(language="en"), subject=_("Netzwerk"), immediate=True)
        tell(make_user(language="de"), subject=_("Netzwerk"), immediate=True)
        assert len(mails()) == 2
        assert Notification.objects.get(user__language="de").subject == "Netzwerk"

    def test_line_breaks_in_a_subject_are_gone(self, user: User) -> None:
        tell(user, subject="Eins\r\nBcc: zwei", immediate=True)
        assert mails()[0].subject == "Eins Bcc: zwei"

    def test_the_number_of_queries_does_not_grow(
        self, make_user: MakeUser, django_assert_num_queries: object
    ) -> None:
        users = [make_user().pk for _ in range(6)]
        given = {"kind": "x", "subject": "S", "at": MOMENT, "key": "k"}
        with django_assert_num_queries(5):  # type: ignore[operator]  # savepoint, 3, savepoint
            actions.notify(user_ids=users, **given)  # type: ignore[arg-type]
        assert Notification.objects.count() == 6


class TestDigest:
    def test_what_waits_stands_first_and_news_after_it(self, user: User, room: Room) -> None:
        room.titles = ["Zahlen melden"]
        tell(user)
        jobs.digests(MOMENT)
        (sent,) = mails()
        assert sent.subject == "Ihr Netzwerk: eine Sache wartet auf Sie"
        assert sent.text.index("Was ist zu tun?") < sent.text.index("Zahlen melden")
        assert sent.text.index("Zahlen melden") < sent.text.index("Was ist neu?")
        for words in ("Neu: k", "01.12.2026", "15 Minuten", "Ihre Zahlen fehlen.", "Caritas Nord",
                      "fragt Koordination", "http://127.0.0.1:8000/w/Zahlen melden/"):  # fmt: skip
            assert words in sent.text
            assert words in sent.html or words.startswith("http")
        assert sent.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    @pytest.mark.usefixtures("room")
    def test_it_is_never_empty(self, user: User) -> None:
        jobs.digests(MOMENT)
        assert not mails()
        assert User.objects.get(pk=user.pk).digest_checked_at == MOMENT

    @pytest.mark.usefixtures("room")
    def test_news_are_mailed_once(self, user: User) -> None:
        tell(user)
        for hours in range(24 * 15):
            jobs.digests(MOMENT + hours * HOUR)
        assert len(mails()) == 1

    @pytest.mark.usefixtures("room")
    def test_what_was_mailed_at_once_or_read_is_not_in_it(self, user: User) -> None:
        tell(user, "sofort", immediate=True)
        tell(user, "gelesen")
        actions.mark_read(user_id=user.pk, at=MOMENT)
        jobs.digests(MOMENT)
        assert [m.subject for m in mails()] == ["Neu: sofort"]

    @pytest.mark.usefixtures("room")
    def test_old_news_do_not_pour_in_later(self, make_user: MakeUser) -> None:
        user = make_user(digest="never")
        tell(user)
        jobs.digests(MOMENT + 40 * DAY)
        User.objects.update(digest="daily")
        jobs.digests(MOMENT + 41 * DAY)
        assert not mails()

    @pytest.mark.parametrize(("digest", "expected"), [("daily", 7), ("weekly", 1), ("never", 0)])
    def test_as_often_as_wanted(
        self, make_user: MakeUser, room: Room, digest: str, expected: int
    ) -> None:
        user = make_user(digest=digest)
        for day in range(7):
            tell(user, f"k{day}", at=MOMENT + day * DAY)
            jobs.digests(MOMENT + day * DAY)
        assert len(mails()) == expected

    def test_what_waits_is_told_again_after_a_week_only(
        self, make_user: MakeUser, room: Room
    ) -> None:
        make_user(digest="daily")
        room.titles = ["a"]
        for day in range(8):
            jobs.digests(MOMENT + day * DAY)
        assert len(mails()) == 2
        room.titles = ["a", "b"]
        jobs.digests(MOMENT + 8 * DAY)
        assert len(mails()) == 3

    def test_what_was_asked_at_once_is_not_asked_again(self, user: User, room: Room) -> None:
        room.titles, room.about = ["melden"], {"melden": "report:7"}
        tell(user, "gefragt", immediate=True, about=["report:7", "report:8"])
        for days in range(40):
            jobs.digests(MOMENT + days * DAY)
        assert [m.subject for m in mails()] == ["Neu: gefragt"]

    def test_it_is_counted_where_something_else_is_told(self, user: User, room: Room) -> None:
        room.titles = ["melden", "anderes"]
        room.about = {"melden": "report:7", "anderes": "report:9"}
        tell(user, "gefragt", immediate=True, about=["report:7"])
        jobs.digests(MOMENT)
        digest = mails()[-1]
        assert "anderes" in digest.text
        assert "melden" not in digest.text
        assert "eine Sache, zu der Sie schon eine E-Mail haben" in digest.text
        assert "eine Sache, zu der Sie schon eine E-Mail haben" in digest.html

    def test_only_ones_own_mail_counts(self, make_user: MakeUser, user: User, room: Room) -> None:
        room.titles, room.about = ["melden"], {"melden": "report:7"}
        tell(make_user(), "fremd", immediate=True, about=["report:7"])
        tell(user, "nur auf der Seite", about=["report:7"], at=MOMENT - 50 * DAY)
        actions.compose_digest(user_id=user.pk, at=MOMENT)
        assert "melden" in OutboxMessage.objects.get(recipient=user.email).text

    def test_what_the_caller_mails_is_on_the_page_and_makes_no_mail(
        self, user: User, room: Room
    ) -> None:
        room.titles, room.about = ["bestätigen"], {"bestätigen": "confirm:7"}
        tell(user, "gefragt", mailed_already=True, about=["confirm:7"])
        jobs.digests(MOMENT)
        assert not mails()
        assert queries.unread_count(user_id=user.pk) == 1

    @pytest.mark.usefixtures("room")
    def test_two_workers_write_one_digest(self, user: User) -> None:
        tell(user)
        assert actions.compose_digest(user_id=user.pk, at=MOMENT)
        assert not actions.compose_digest(user_id=user.pk, at=MOMENT)

    def test_one_persons_trouble_does_not_cost_the_others_theirs(
        self, make_user: MakeUser, room: Room, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        broken, fine = make_user(), make_user()

        def waiting(asked: WaitingFor) -> Iterator[Waiting]:
            if asked.user_id == broken.pk:
                raise RuntimeError
            return room.waiting(asked)

        providers._answers["waiting"]["test"] = waiting
        room.titles = ["a"]
        with pytest.raises(RuntimeError, match=str(broken.pk)):
            jobs.digests(MOMENT)
        assert [m.recipient for m in mails()] == [fine.email]

    STEP = st.tuples(
        st.sampled_from(["digest", "immediate", "read", "hour", "day", "wait", "ask", "done"]),
        st.integers(0, 4),
    )

    @settings(max_examples=40, deadline=None)
    @given(steps=st.lists(STEP, max_size=25), frequency=st.sampled_from(["daily", "weekly"]))
    def test_whatever_happens_nothing_is_mailed_twice_and_nothing_empty(
        self, steps: list[tuple[str, int]], frequency: str
    ) -> None:
        room = Room()
        before = providers._answers
        providers._answers = {"scopes": {"t": room.scopes}, "waiting": {"t": room.waiting}}  # type: ignore[assignment]
        OutboxMessage.objects.all().delete()
        Notification.objects.all().delete()
        user = User.objects.create_user(f"{len(User.objects.all())}@example.org", name="A",
                                        digest=frequency)  # fmt: skip
        try:
            play(steps, user, room)
        finally:
            providers._answers = before
        hers = [m for m in mails() if m.recipient == user.email]
        said = Counter(word for m in hers for word in WORDS if word in m.subject + m.text)
        assert all(count == 1 for count in said.values())
        for sent in hers:
            assert "Was ist" in sent.text or "Neu:" in sent.subject


@pytest.mark.usefixtures("clock")
class TestPages:
    def test_the_list_shows_own_news_only(
        self, client: Client, user: User, make_user: MakeUser
    ) -> None:
        tell(user, "meine")
        tell(make_user(), "fremde")
        client.force_login(user)
        page = client.get("/benachrichtigungen/").content.decode()
        assert "Neu: meine" in page
        assert "fremde" not in page

    def test_strangers_are_led_to_the_sign_in(self, client: Client) -> None:
        for path in ("/benachrichtigungen/", "/profil/"):
            assert client.get(path).status_code == 302

    def test_opening_marks_as_read_and_leads_on(self, client: Client, user: User) -> None:
        tell(user)
        client.force_login(user)
        pk = Notification.objects.get().pk
        assert client.get(f"/benachrichtigungen/{pk}/").status_code == 405
        answer = client.post(f"/benachrichtigungen/{pk}/")
        assert (answer.status_code, answer["Location"]) == (302, "/x/")
        assert queries.unread_count(user_id=user.pk) == 0

    def test_a_foreign_one_is_not_found(
        self, client: Client, user: User, make_user: MakeUser
    ) -> None:
        tell(make_user())
        client.force_login(user)
        assert (
            client.post(f"/benachrichtigungen/{Notification.objects.get().pk}/").status_code == 404
        )
        assert Notification.objects.get().read_at is None

    def test_it_never_leads_to_another_site(self, client: Client, user: User) -> None:
        tell(user, url="https://anders.example/")
        client.force_login(user)
        answer = client.post(f"/benachrichtigungen/{Notification.objects.get().pk}/")
        assert answer["Location"] == "/benachrichtigungen/"

    def test_all_as_read(self, client: Client, user: User) -> None:
        tell(user, "a")
        tell(user, "b")
        client.force_login(user)
        client.post("/benachrichtigungen/gelesen/")
        assert queries.unread_count(user_id=user.pk) == 0

    def test_the_number_of_queries_does_not_grow(
        self, client: Client, user: User, django_assert_max_num_queries: object
    ) -> None:
        for number in range(20):
            tell(user, f"k{number}")
        client.force_login(user)
        with django_assert_max_num_queries(8):  # type: ignore[operator]
            client.get("/benachrichtigungen/")

    def test_stopping_the_digest_needs_no_sign_in_and_a_post(
        self, client: Client, user: User, room: Room
    ) -> None:
        tell(user)
        jobs.digests(MOMENT)
        url = (
            mails()[0].headers["List-Unsubscribe"].strip("<>").replace("http://127.0.0.1:8000", "")
        )
        strict = Client(enforce_csrf_checks=True)
        assert strict.get(url).status_code == 200
        assert User.objects.get(pk=user.pk).digest == "weekly"
        assert strict.post(url, {"List-Unsubscribe": "One-Click"}).status_code == 200
        assert User.objects.get(pk=user.pk).digest == "never"
        assert client.get(url[:-3] + "x/").status_code == 404

    def test_mails_really_leave(self, user: User, room: Room) -> None:
        tell(user, immediate=True)
        jobs.deliver(MOMENT)
        assert [m.to for m in mail.outbox] == [[user.email]]
