"""The audit trail: stored with the act, never changed, sealed, and checked."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.integration.foundation.conftest import MOMENT, MakeUser
from wirknetz.foundation import actions, jobs, queries
from wirknetz.foundation.audit import Author, describe, system
from wirknetz.foundation.models import AuditEvent, AuditSeal, User

pytestmark = pytest.mark.django_db

NO_TRIGGERS = {
    "sqlite": ("DROP TRIGGER foundation_auditevent_no_update",
               "DROP TRIGGER foundation_auditevent_no_delete",
               "DROP TRIGGER foundation_auditseal_no_update",
               "DROP TRIGGER foundation_auditseal_no_delete"),
    "postgresql": ("SET LOCAL session_replication_role = replica",),
}  # fmt: skip


def record(number: int, *, scope: int = 1, **more: object) -> int:
    by = Author(source="test", scope_id=scope)
    actions.record_event(by=by, action=f"thing.done{number}", at=MOMENT, label=f"Ding {number}",
                         **more)  # type: ignore[arg-type]  # fmt: skip
    return AuditEvent.objects.order_by("-pk").values_list("pk", flat=True)[0]


def record_and_fail() -> None:
    record(1)
    raise RuntimeError("after the event")


def insert_late(pk: int) -> None:
    """An event whose transaction began early and ended late."""
    event = AuditEvent(pk=pk, at=MOMENT, source="test", action="late", details={})
    event.save(force_insert=True)


def tamper(sql: str, *values: object) -> None:
    """What somebody with the database's own rights could do."""
    with connection.cursor() as cursor:
        for statement in NO_TRIGGERS[connection.vendor]:
            cursor.execute(statement)
        cursor.execute(sql, values)


class TestWriting:
    def test_an_event_says_who_for_whom_what_and_where(self, user: User, at: dt.datetime) -> None:
        by = Author(user_id=user.pk, scope_id=7).for_organisation(3, "Caritas Nord")
        actions.record_event(by=by, action="a.b", at=at, object_type="t", object_id=5, label="L",
                             details={"n": 1, "x": 0.1, "when": at})  # fmt: skip
        event = AuditEvent.objects.get(action="a.b")
        assert (event.user_id, event.scope_id, event.on_behalf_id) == (user.pk, 7, 3)
        assert (event.on_behalf_label, event.object_id, event.at) == ("Caritas Nord", "5", at)
        assert event.details == {"n": 1, "x": "0.1", "when": "2026-11-23T09:00:00Z"}

    def test_an_event_without_anybody_behind_it_is_refused(self, at: dt.datetime) -> None:
        with pytest.raises(ValueError, match="behind it"):
            actions.record_event(by=Author(), action="a.b", at=at)

    def test_it_goes_with_the_callers_transaction(self, at: dt.datetime) -> None:
        with pytest.raises(RuntimeError, match="after"), transaction.atomic():
            record_and_fail()
        assert not AuditEvent.objects.filter(action="thing.done1").exists()

    @pytest.mark.parametrize("model", [AuditEvent, AuditSeal])
    @pytest.mark.parametrize("way", ["update", "delete", "save", "raw delete"])
    def test_the_database_refuses_changes(self, model: type, way: str) -> None:
        record(1)
        jobs.seal(MOMENT)
        row = model.objects.first()
        fields = {"update": lambda: model.objects.update(id=row.pk + 1000),
                  "delete": lambda: model.objects.all().delete(),
                  "save": row.save,
                  "raw delete": lambda: connection.cursor().execute(
                      f"DELETE FROM {model._meta.db_table}")}  # fmt: skip  # noqa: S608
        with pytest.raises(DatabaseError), transaction.atomic():
            fields[way]()
        assert model.objects.filter(pk=row.pk).exists()

    def test_who_stands_in_the_trail_cannot_be_deleted(self, user: User) -> None:
        actions.record_event(by=Author(user_id=user.pk), action="x", at=MOMENT)
        with pytest.raises(DatabaseError), transaction.atomic():
            user.delete()


class TestSealing:
    def test_everything_is_sealed_once_and_the_chain_holds(self) -> None:
        for number in range(3):
            record(number)
        jobs.seal(MOMENT)
        for number in range(3, 5):
            record(number)
        jobs.seal(MOMENT)
        jobs.seal(MOMENT)
        report = queries.verify_chain()
        assert report.holds
        assert (report.seals, report.sealed, report.unsealed) == (2, 5, 0)

    def test_events_that_arrive_out_of_order_are_sealed_later(self) -> None:
        late = record(1)
        tamper("DELETE FROM foundation_auditevent WHERE id = %s", late)
        for number in range(2, 5):
            record(number)
        jobs.seal(MOMENT)
        insert_late(late)
        assert queries.verify_chain().unsealed == 1
        jobs.seal(MOMENT)
        assert queries.verify_chain().holds
        assert AuditSeal.objects.order_by("-number")[0].event_ids == [late]

    def test_the_thorough_run_finds_what_came_very_late(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("wirknetz.foundation.queries.chain.STEP", 2)
        late = record(1)
        tamper("DELETE FROM foundation_auditevent WHERE id = %s", late)
        for number in range(2, 9):
            record(number)
        jobs.seal(MOMENT)
        insert_late(late)
        jobs.seal(MOMENT)
        assert queries.verify_chain().unsealed == 1
        jobs.seal_stragglers(MOMENT)
        assert queries.verify_chain().unsealed == 0

    def test_of_two_workers_only_one_writes_a_number(self) -> None:
        record(1)
        batch = queries.unsealed_batch()
        assert batch is not None
        given_at = {**asdict(batch), "at": MOMENT}
        assert actions.add_seal(**given_at)
        assert not actions.add_seal(**given_at)
        assert queries.verify_chain().holds

    def test_big_batches_are_cut(self) -> None:
        for number in range(7):
            record(number)
        batch = queries.unsealed_batch(size=4)
        assert batch is not None
        assert len(batch.event_ids) == 4


class TestVerifying:
    def sealed(self, count: int = 6) -> list[int]:
        ids = []
        for number in range(count):
            ids.append(record(number))
            if number % 2:
                jobs.seal(MOMENT)
        return ids

    def test_a_changed_event_is_named(self) -> None:
        ids = self.sealed()
        tamper("UPDATE foundation_auditevent SET object_label = 'anders' WHERE id = %s", ids[2])
        report = queries.verify_chain()
        assert [(p.kind, p.event_id, p.seal) for p in report.problems] == [("changed", ids[2], 2)]
        assert str(ids[2]) in report.problems[0].text

    def test_a_missing_event_is_named(self) -> None:
        ids = self.sealed()
        tamper("DELETE FROM foundation_auditevent WHERE id = %s", ids[5])
        report = queries.verify_chain()
        assert [(p.kind, p.event_id) for p in report.problems] == [("missing", ids[5])]

    def test_a_missing_seal_is_named(self) -> None:
        self.sealed()
        tamper("DELETE FROM foundation_auditseal WHERE number = 2")
        kinds = [p.kind for p in queries.verify_chain().problems]
        assert kinds == ["seal_missing"]

    def test_a_forged_seal_breaks_the_chain(self) -> None:
        ids = self.sealed()
        changed = AuditEvent.objects.get(pk=ids[0])
        changed.object_label = "anders"
        from wirknetz.foundation.queries import chain

        hashes = [
            chain.hash_of_event(changed),
            chain.hash_of_event(AuditEvent.objects.get(pk=ids[1])),
        ]
        digest = chain.seal_digest(chain.START, 1, ids[:2], hashes)
        marks = f'["{hashes[0][:16]}", "{hashes[1][:16]}"]'
        tamper("UPDATE foundation_auditevent SET object_label = 'anders' WHERE id = %s", ids[0])
        tamper_more = (
            "UPDATE foundation_auditseal SET digest = %s, event_marks = %s WHERE number = 1"
        )
        with connection.cursor() as cursor:
            cursor.execute(tamper_more, [digest, marks])
        report = queries.verify_chain()
        assert [(p.kind, p.seal) for p in report.problems] == [("chain_broken", 2)]

    def test_a_changed_digest_is_seen(self) -> None:
        self.sealed()
        tamper("UPDATE foundation_auditseal SET digest = %s WHERE number = 3", "0" * 64)
        assert [(p.kind, p.seal) for p in queries.verify_chain().problems] == [("seal_changed", 3)]

    def test_an_empty_trail_holds(self) -> None:
        report = queries.verify_chain()
        assert report.holds
        assert report.seals == 0

    @settings(max_examples=15, deadline=None)
    @given(
        details=st.dictionaries(
            st.text(max_size=5).filter(lambda t: "\x00" not in t and t.isprintable()),
            st.integers(-(2**53), 2**53) | st.booleans() | st.none() | st.floats(allow_nan=False)
            | st.text(max_size=8).filter(str.isprintable),
            max_size=3,
        )
    )  # fmt: skip
    def test_whatever_the_details_the_chain_holds_after_reading_back(
        self, details: dict[str, object]
    ) -> None:
        record(1, details=details)
        jobs.seal(MOMENT)
        assert queries.verify_chain().holds


class TestReading:
    def test_rows_are_of_one_space_newest_first_in_words(self, user: User) -> None:
        describe("thing.done1", "Ding erledigt")
        by = Author(user_id=user.pk, scope_id=1)
        record(1, scope=2)
        record(1)
        later = MOMENT + dt.timedelta(hours=1)
        actions.record_event(by=by, action="thing.done1", at=later, label="Spät")
        page = queries.events(scope_id=1)
        assert [row.object_label for row in page.rows] == ["Spät", "Ding 1"]
        assert page.rows[0].label == "Ding erledigt"
        assert page.rows[0].who == "Ada Beispiel"
        assert page.rows[1].who == "Wirknetz (automatisch)"

    def test_filters_and_pages(self) -> None:
        for number in range(5):
            record(number)
        only = queries.events(scope_id=1, filters=queries.EventFilter(action="thing.done3"))
        assert [row.action for row in only.rows] == ["thing.done3"]
        page = queries.events(scope_id=1, page=2, per_page=2)
        assert (page.number, page.pages, page.total, len(page.rows)) == (2, 3, 5, 2)
        assert queries.events(scope_id=1, page="x", per_page=2).number == 1

    def test_the_number_of_queries_does_not_grow(
        self, make_user: MakeUser, django_assert_num_queries: object
    ) -> None:
        for number in range(8):
            by = Author(user_id=make_user().pk, scope_id=1)
            actions.record_event(by=by, action=f"a{number}", at=MOMENT)
        with django_assert_num_queries(2):  # type: ignore[operator]
            queries.events(scope_id=1)

    def test_jobs_and_links_are_told_apart(self) -> None:
        actions.record_event(by=system("reminder", 1), action="x", at=MOMENT)
        actions.record_event(by=Author(source="link:4", scope_id=1), action="x", at=MOMENT)
        assert {row.who for row in queries.events(scope_id=1).rows} == {
            "Wirknetz (automatisch)", "Persönlicher Link",
        }  # fmt: skip
