"""Opening, closing, reminding: once, to the right people, in one mail each."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.integration.measurement.rounds.conftest import CLOSES, DUE, OPENS, Planning, at_day
from tests.world import Role, World, add_affiliation, add_round
from wirknetz.foundation import jobs as foundation_jobs
from wirknetz.foundation.models import AuditEvent, Notification, OutboxMessage
from wirknetz.foundation.providers import WAITING, Waiting, WaitingFor, ask
from wirknetz.foundation.refusal import Refused
from wirknetz.measurement.actions import rounds as actions
from wirknetz.measurement.jobs.rounds import open_and_close, remind
from wirknetz.measurement.models import Reminder, Round, Submission
from wirknetz.network.models import Affiliation

DAY = dt.timedelta(days=1)


def mails() -> list[tuple[str, str]]:
    """To whom and about what, oldest first."""
    return list(OutboxMessage.objects.order_by("pk").values_list("recipient", "subject"))


def test_opening_asks_every_organisation_and_its_practitioners(planning: Planning) -> None:
    world = planning.world
    one = planning.opened()
    assert one.submissions.filter(state="open").count() == 3
    assert {to for to, _ in mails()} == {
        "practitioner_own@example.org", "practitioner_foreign@example.org",
    }  # fmt: skip
    news = Notification.objects.get(user=world.user(Role.PRACTITIONER_OWN))
    assert news.immediate
    assert "21.10.2026" in news.text
    assert "Sozialwerk Lindenhof" in news.text
    where = {"slug": "morgenrot", "round_id": one.pk, "organisation_id": world.own.pk}
    assert news.url == reverse("measurement:submission", kwargs=where)
    event = AuditEvent.objects.get(action="round.opened")
    assert event.user == world.user(Role.COORDINATOR)


def test_where_nobody_is_in_practice_the_leadership_is_asked(planning: Planning) -> None:
    world = planning.world
    Affiliation.objects.filter(person__user=world.user(Role.PRACTITIONER_OWN)).delete()
    planning.opened()
    assert "leadership_own@example.org" in {to for to, _ in mails()}
    assert "leadership_foreign@example.org" not in {to for to, _ in mails()}


def test_one_mail_for_a_person_of_two_organisations(planning: Planning) -> None:
    world = planning.world
    add_affiliation(world.network, world.person(Role.PRACTITIONER_OWN), world.third)
    one = planning.opened()
    mine = [m for m in mails() if m[0] == "practitioner_own@example.org"]
    assert len(mine) == 1
    text = OutboxMessage.objects.get(recipient=mine[0][0]).text
    assert world.own.name in text
    assert world.third.name in text
    news = Notification.objects.get(user=world.user(Role.PRACTITIONER_OWN))
    assert news.url == f"/netz/morgenrot/wirkung/runden/{one.pk}/"


def test_opening_early_moves_the_first_day(planning: Planning) -> None:
    one = planning.plan()
    early = OPENS - 3 * DAY
    actions.open_round(by=planning.world.actor(Role.COORDINATOR), round_id=one.pk, at=at_day(early))
    one.refresh_from_db()
    assert one.opens_on == early


def test_what_cannot_be_opened_is_refused(planning: Planning) -> None:
    by = planning.world.actor(Role.COORDINATOR)
    empty = planning.plan(like="nothing")
    with pytest.raises(Refused, match="niemand nach etwas gefragt"):
        actions.open_round(by=by, round_id=empty.pk, at=at_day(OPENS))
    late = planning.plan("2026Q2")
    with pytest.raises(Refused, match="Schlusstag ist schon vorbei"):
        actions.open_round(by=by, round_id=late.pk, at=at_day(CLOSES + DAY))
    opened = planning.opened("2026Q1")
    with pytest.raises(Refused, match="schon offen"):
        actions.open_round(by=by, round_id=opened.pk, at=at_day(OPENS))
    with pytest.raises(Refused, match="Nur eine offene"):
        actions.close_round(by=by, round_id=empty.pk, at=at_day(OPENS))


def test_closed_stays_closed(planning: Planning) -> None:
    by, one = planning.world.actor(Role.COORDINATOR), planning.opened()
    actions.close_round(by=by, round_id=one.pk, at=at_day(DUE))
    for act in (actions.open_round, actions.close_round):
        with pytest.raises(Refused):
            act(by=by, round_id=one.pk, at=at_day(DUE))
    open_and_close(at_day(CLOSES + 9 * DAY))
    one.refresh_from_db()
    assert one.closed_at == at_day(DUE)


def test_rounds_open_and_close_on_their_days(planning: Planning) -> None:
    one = planning.plan()
    seen = []
    for day in (OPENS - DAY, OPENS, OPENS, CLOSES, CLOSES + DAY, CLOSES + DAY):
        open_and_close(at_day(day))
        one.refresh_from_db()
        seen.append((one.opened_at is not None, one.closed_at is not None))
    assert seen == [(False, False), *[(True, False)] * 3, *[(True, True)] * 2]
    assert AuditEvent.objects.filter(action__in=["round.opened", "round.closed"]).count() == 2
    assert AuditEvent.objects.filter(action="round.opened", source="measurement.rounds").exists()
    assert len(mails()) == 2


def test_the_day_is_that_of_the_networks_clock(planning: Planning) -> None:
    """Half past midnight in Berlin is still the day before in UTC."""
    one = planning.plan()
    open_and_close(dt.datetime(2026, 9, 30, 21, 30, tzinfo=dt.UTC))
    one.refresh_from_db()
    assert one.opened_at is None
    open_and_close(dt.datetime(2026, 9, 30, 22, 30, tzinfo=dt.UTC))
    one.refresh_from_db()
    assert one.opened_at is not None


def test_a_round_that_asks_nobody_does_not_open_by_itself(planning: Planning) -> None:
    one = planning.plan(like="nothing")
    open_and_close(at_day(OPENS))
    assert not actions.open_by_itself(round_id=one.pk, at=at_day(OPENS))
    one.refresh_from_db()
    assert one.opened_at is None


def test_a_round_put_off_while_the_worker_looked_stays_as_it_is(planning: Planning) -> None:
    """The list of rounds that are due may be a moment older than the office's last change."""
    planned = planning.plan()
    assert not actions.open_by_itself(round_id=planned.pk, at=at_day(OPENS - DAY))
    open_ = planning.opened("2026Q2")
    assert not actions.close_by_itself(round_id=open_.pk, at=at_day(CLOSES))
    assert Round.objects.get(pk=planned.pk).opened_at is None
    assert Round.objects.get(pk=open_.pk).closed_at is None


def test_after_a_long_silence_nobody_is_asked_for_what_is_over(planning: Planning) -> None:
    one = planning.plan()
    open_and_close(at_day(CLOSES + 30 * DAY))
    one.refresh_from_db()
    assert one.opened_at is not None
    assert one.closed_at is not None
    assert mails() == []


def test_the_worker_knows_both_jobs() -> None:
    names = {job.name for job in foundation_jobs.registered()}
    assert {"measurement.rounds", "measurement.reminders"} <= names


# -------------------------------------------------------------------------------- reminders


def walk(first: dt.date, last: dt.date) -> None:
    """Every hour of every day."""
    day = first
    while day <= last:
        for hour in (1, 9, 15):
            remind(at_day(day, hour))
        day += DAY


def test_once_before_and_once_after(planning: Planning) -> None:
    planning.opened()
    OutboxMessage.objects.all().delete()
    walk(OPENS, CLOSES)
    assert sorted(mails()) == [
        ("practitioner_foreign@example.org", "Erinnerung: „Runde 2026Q3“ ist am 21.10.2026 fällig"),
        ("practitioner_foreign@example.org", "Erinnerung: „Runde 2026Q3“ war am 21.10.2026 fällig"),
        ("practitioner_own@example.org", "Erinnerung: „Runde 2026Q3“ ist am 21.10.2026 fällig"),
        ("practitioner_own@example.org", "Erinnerung: „Runde 2026Q3“ war am 21.10.2026 fällig"),
    ]
    assert set(Reminder.objects.values_list("at", flat=True)) == {
        at_day(DUE - 7 * DAY), at_day(DUE + 3 * DAY),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("state", "reminded"),
    [
        ("open", True),
        ("draft", True),
        ("returned", True),
        ("submitted", False),
        ("approved", False),
    ],
)
def test_nothing_to_those_whose_submission_is_in(
    planning: Planning, state: str, reminded: bool
) -> None:
    one = planning.opened()
    one.submissions.update(state="approved")
    one.submissions.filter(organisation=planning.world.own).update(state=state)
    OutboxMessage.objects.all().delete()
    remind(at_day(DUE))
    assert [to for to, _ in mails()] == ["practitioner_own@example.org"] * reminded


def test_one_mail_for_several_rounds_organisations_and_networks(
    planning: Planning, world: World
) -> None:
    person = world.person(Role.PRACTITIONER_OWN)
    add_affiliation(world.network, person, world.third)
    add_affiliation(world.elsewhere, person, world.outside)
    planning.opened("2026Q3")
    planning.opened("2026Q2")
    add_round(
        world.elsewhere, "2026Q3", measures=(), organisations=(world.outside,),
        opens_on=OPENS, due_on=DUE, closes_on=CLOSES, opened_at=at_day(OPENS),
    )  # fmt: skip
    OutboxMessage.objects.all().delete()
    remind(at_day(DUE - DAY))
    (mail,) = OutboxMessage.objects.filter(recipient=person.email)
    assert mail.subject == "Erinnerung: 3 Meldungen stehen noch aus"
    assert mail.text.count("Frist 21.10.2026") == 5
    assert world.outside.name in mail.text
    remind(at_day(DUE))
    assert OutboxMessage.objects.filter(recipient=person.email).count() == 1


def test_a_round_opened_later_the_same_day_brings_its_own_reminder(planning: Planning) -> None:
    planning.opened("2026Q3")
    remind(at_day(DUE))
    second = planning.plan("2026Q2")
    actions.open_round(
        by=planning.world.actor(Role.COORDINATOR), round_id=second.pk, at=at_day(OPENS)
    )
    before = len(mails())
    remind(at_day(DUE, 15))
    assert len(mails()) == before + 2


def test_nobody_is_reminded_before_seven(planning: Planning) -> None:
    planning.opened()
    OutboxMessage.objects.all().delete()
    remind(at_day(DUE, 3))
    assert mails() == []


def test_closed_rounds_and_left_people_are_not_reminded(planning: Planning) -> None:
    world, one = planning.world, planning.opened()
    world.affiliation(Role.PRACTITIONER_OWN).delete()
    Affiliation.objects.filter(person__user=world.user(Role.LEADERSHIP_OWN)).delete()
    OutboxMessage.objects.all().delete()
    remind(at_day(DUE))
    assert {to for to, _ in mails()} == {"practitioner_foreign@example.org"}
    actions.close_round(by=world.actor(Role.COORDINATOR), round_id=one.pk, at=at_day(DUE))
    remind(at_day(DUE + 5 * DAY))
    assert len(mails()) == 1


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    steps=st.lists(
        st.tuples(
            st.integers(-3, 45),
            st.sampled_from(["open", "draft", "submitted", "returned", "approved"]),
            st.integers(0, 2),
        ),
        max_size=12,
    )
)
def test_whatever_happens_once_before_and_once_after(
    planning: Planning, steps: list[tuple[int, str, int]]
) -> None:
    """Days in any order, submissions going to and fro."""
    for model in (Reminder, Notification, OutboxMessage, Submission):
        model.objects.all().delete()
    Round.objects.all().delete()
    one = planning.opened()
    OutboxMessage.objects.all().delete()
    submissions = list(one.submissions.order_by("pk"))
    for days, state, which in steps:
        Submission.objects.filter(pk=submissions[which].pk).update(state=state)
        owed = set(one.submissions.filter(state__in=["open", "draft", "returned"]).values_list(
            "organisation__affiliations__person__email", flat=True))  # fmt: skip
        before = Counter(mails())
        remind(at_day(OPENS + days * DAY))
        new = Counter(mails()) - before
        assert all(times == 1 for times in Counter(to for to, _ in new.elements()).values())
        assert {to for to, _ in new} <= owed
    assert all(times == 1 for times in Counter(mails()).values())
    assert Reminder.objects.count() == len(mails())


# --------------------------------------------------------------------------- what waits


def waits(world: World, role: Role, day: dt.date) -> list[Waiting]:
    """What waits for this person about rounds."""
    asked = WaitingFor(world.user(role).pk, world.network.pk, at_day(day))
    return [w for w in ask(WAITING, asked) if "/runden/" in w.url]


def test_a_round_to_prepare_waits_for_the_coordinator(planning: Planning) -> None:
    world = planning.world
    planning.plan("2026Q3")
    assert waits(world, Role.COORDINATOR, dt.date(2026, 12, 31)) == []
    (found,) = waits(world, Role.COORDINATOR, dt.date(2027, 1, 4))
    assert found.title == "Runde für 4. Quartal 2026 vorbereiten"
    assert found.url.endswith("/wirkung/runden/neu/")
    assert found.consequence
    for role in (Role.OBSERVER, Role.PRACTITIONER_OWN, Role.LEADERSHIP_OWN):
        assert waits(world, role, dt.date(2027, 1, 4)) == []


def test_a_round_past_its_due_date_waits_for_the_coordinator_once(planning: Planning) -> None:
    world, one = planning.world, planning.opened()
    assert waits(world, Role.COORDINATOR, DUE) == []
    (found,) = waits(world, Role.COORDINATOR, DUE + DAY)
    assert one.title in found.title
    one.submissions.update(state="approved")
    assert waits(world, Role.COORDINATOR, DUE + DAY) == []
