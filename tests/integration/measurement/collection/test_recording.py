"""Recording: bulk, idempotent, nothing overwritten, conflicts shown, wrong rows kept apart."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from tests.integration.measurement.collection.conftest import TOTAL, Collection, cell, fill_all, row
from tests.world import NOW, Role
from wirknetz.core.values import Cell, State, Value
from wirknetz.foundation.doors import Refused
from wirknetz.foundation.models import AuditEvent
from wirknetz.measurement.actions.collection import Choice, NotRecorded, Recorded, Row, record
from wirknetz.measurement.models import Category, CellCategory, Entry, Round, Submission
from wirknetz.measurement.models import Cell as CellRow
from wirknetz.measurement.queries.collection.pages import page_of
from wirknetz.measurement.rules.collection_values import ProblemCode

pytestmark = pytest.mark.django_db
WOMEN = cell(geschlecht="w")


def codes(recorded: Recorded) -> list[ProblemCode]:
    return [problem.code for problem in recorded.problems]


def seen(collection: Collection, measure: Any, at: Cell = TOTAL) -> int:
    return Entry.objects.get(
        submission=collection.submission, measure=measure, cell__key=at.key,
        superseded_at__isnull=True,
    ).pk  # fmt: skip


def test_many_rows_at_once_leave_one_audit_event(collection: Collection) -> None:
    fill_all(collection)
    assert len(collection.current()) == 11
    event = AuditEvent.objects.get(action="submission.recorded")
    assert (event.on_behalf_id, event.details["values"]) == (collection.world.own.pk, 11)
    assert collection.submission.state == Submission.State.DRAFT


def test_the_same_call_again_changes_nothing(collection: Collection) -> None:
    fill_all(collection)
    before = list(Entry.objects.values())
    fill_all(collection)
    assert list(Entry.objects.values()) == before
    assert AuditEvent.objects.filter(action="submission.recorded").count() == 1


def test_a_new_value_follows_the_old_one(collection: Collection) -> None:
    collection.record(row(collection.ended, 10))
    collection.record(row(collection.ended, 12, seen=seen(collection, collection.ended)))
    first, second = Entry.objects.order_by("id")
    assert (first.amount, first.superseded_at, first.superseded_by_id) == (
        10,
        NOW,
        first.recorded_by_id,
    )
    assert (second.amount, second.superseded_at) == (12, None)


def test_an_emptied_field_says_nothing_and_is_not_zero(collection: Collection) -> None:
    collection.record(row(collection.ended, 10))
    collection.record(row(collection.ended, None, seen=seen(collection, collection.ended)))
    assert collection.current() == {}
    assert Entry.objects.get().superseded_at == NOW


def test_zero_is_an_amount(collection: Collection) -> None:
    collection.record(row(collection.ended, 0))
    assert collection.current() == {("beendet", ""): Decimal(0)}


# ---------------------------------------------------------------------------- two tabs


def test_a_second_tab_loses_nothing_and_doubles_nothing(collection: Collection) -> None:
    collection.record(row(collection.ended, 10, seen=None))
    second = collection.record(row(collection.ended, 12, seen=None, text="12"))
    assert codes(second) == [ProblemCode.CONFLICT]
    assert collection.current() == {("beendet", ""): Decimal(10)}
    page = collection.client().get(collection.url("submission")).content.decode()
    assert 'value="12"' in page
    assert "Petra Probe hat hier inzwischen 10 eingetragen" in page


def test_the_person_decides_between_both_values(collection: Collection) -> None:
    collection.record(row(collection.ended, 10, seen=None))
    collection.record(row(collection.ended, 12, seen=None, text="12"))
    collection.record(row(collection.ended, 12, seen=seen(collection, collection.ended)))
    assert collection.current() == {("beendet", ""): Decimal(12)}
    assert collection.submission.unfinished == {}
    assert Entry.objects.count() == 2


def test_the_other_value_can_be_taken(collection: Collection) -> None:
    collection.record(row(collection.ended, 10, seen=None))
    collection.record(row(collection.ended, 12, seen=None, text="12"))
    field = collection.client().get(collection.url("submission")).context["page"].form.flaws[0][1]
    data = {f"v:{field.key}": "12", f"s:{field.key}": field.seen, "take": field.key,
            f"t:{field.key}": field.theirs, f"u:{field.key}": field.their_seen}  # fmt: skip
    collection.client().post(collection.url("submission"), data)
    assert collection.submission.unfinished == {}
    assert Entry.objects.get().amount == 10


def test_both_tabs_with_the_same_value_agree(collection: Collection) -> None:
    collection.record(row(collection.ended, 10, seen=None))
    assert codes(collection.record(row(collection.ended, 10, seen=None))) == []
    assert Entry.objects.count() == 1


def test_a_field_nobody_touched_is_no_conflict(collection: Collection) -> None:
    """The plain button posts every field; a colleague's newer value stays."""
    collection.record(row(collection.ended, 10))
    old = seen(collection, collection.ended)
    collection.record(row(collection.ended, 11), by=Role.LEADERSHIP_OWN)
    assert codes(collection.record(row(collection.ended, 10, seen=old))) == []
    assert collection.current() == {("beendet", ""): Decimal(11)}


def test_an_answer_that_got_lost_is_no_conflict_with_oneself(collection: Collection) -> None:
    """The page sent 1, lost the answer, and the person typed on: 12."""
    collection.record(row(collection.ended, 1, seen=None))
    again = row(collection.ended, 12, seen=None, sent=(Value(amount=Decimal(1)),))
    assert codes(collection.record(again)) == []
    assert collection.current() == {("beendet", ""): Decimal(12)}


def test_a_colleague_who_emptied_the_field_is_a_conflict_too(collection: Collection) -> None:
    collection.record(row(collection.ended, 10))
    old = seen(collection, collection.ended)
    collection.record(row(collection.ended, None), by=Role.LEADERSHIP_OWN)
    assert codes(collection.record(row(collection.ended, 12, seen=old, text="12"))) == [
        ProblemCode.CONFLICT
    ]


# ------------------------------------------------------------------------- wrong values


@pytest.mark.parametrize(
    ("amount", "code"),
    [(-3, ProblemCode.NEGATIVE), ("1.5", ProblemCode.NOT_WHOLE), (10**12, ProblemCode.TOO_LARGE)],
)
def test_a_wrong_value_is_not_stored_and_the_rest_is(
    collection: Collection, amount: Any, code: ProblemCode
) -> None:
    found = collection.record(
        row(collection.ended, amount, text="x"), row(collection.talks, 4, n=3)
    )
    assert codes(found) == [code]
    assert collection.current() == {("gespraeche", ""): Decimal(4)}
    assert collection.submission.unfinished[f"{collection.ended.pk}:"]["text"] == "x"


def test_without_partial_nothing_is_stored_when_one_row_is_wrong(collection: Collection) -> None:
    with pytest.raises(NotRecorded) as wrong:
        collection.record(row(collection.ended, -3), row(collection.talks, 4, n=3), partial=False)
    assert [problem.place for problem in wrong.value.problems] == [(collection.ended.pk, Cell())]
    assert not Entry.objects.exists()


def test_a_mended_value_takes_the_message_away(collection: Collection) -> None:
    collection.record(row(collection.ended, -3, text="-3"))
    collection.record(row(collection.ended, 3))
    assert collection.submission.unfinished == {}


def test_unknown_places_are_refused_with_their_place(collection: Collection) -> None:
    rows = [
        Row(10**9, value=Value(amount=Decimal(1))),
        row(collection.begun, 1, cell(geschlecht="x")),
        row(collection.begun, 1, cell(ort="hier")),
        row(collection.ended, 1, WOMEN),
        row(collection.talks, 1, n=1),
        row(collection.talks, 2, n=1),
    ]
    found = collection.record(*rows)
    assert codes(found) == [
        ProblemCode.NOT_ASKED, ProblemCode.UNKNOWN_CATEGORY, ProblemCode.UNKNOWN_CATEGORY,
        ProblemCode.NOT_BROKEN_DOWN, ProblemCode.TWICE,
    ]  # fmt: skip
    assert CellRow.objects.filter(network=collection.world.network).exclude(key="").count() == 0


def test_a_measure_of_another_network_is_not_asked(collection: Collection) -> None:
    from tests.world import add_measure

    foreign = add_measure(collection.world.elsewhere, "anders")
    assert codes(collection.record(row(foreign, 1))) == [ProblemCode.NOT_ASKED]


# ------------------------------------------------------------------------------- who may


def test_nobody_records_for_an_organisation_of_others(collection: Collection) -> None:
    for role in (Role.PRACTITIONER_FOREIGN, Role.COORDINATOR, Role.OBSERVER):
        with pytest.raises(Http404):
            collection.record(row(collection.ended, 1), by=role)


def test_a_round_of_another_network_does_not_exist(collection: Collection) -> None:
    world = collection.world
    actor = world.actor(Role.PRACTITIONER_FOREIGN)
    for which in ({"round_id": 10**9}, {"organisation_id": world.outside.pk}):
        given = {"round_id": collection.round.pk, "organisation_id": world.shared.pk} | which
        with pytest.raises(Http404):
            record(by=actor, rows=[], at=NOW, **given)


@pytest.mark.parametrize(("field", "value"), [("opened_at", None), ("closed_at", NOW)])
def test_outside_the_open_round_nothing_is_recorded(
    collection: Collection, field: str, value: Any
) -> None:
    Round.objects.filter(pk=collection.round.pk).update(**{field: value})
    with pytest.raises(Refused):
        collection.record(row(collection.ended, 1))
    assert not Entry.objects.exists()


def test_a_submission_begins_with_the_first_value(collection: Collection) -> None:
    Submission.objects.all().delete()
    assert collection.client().get(collection.url("submission")).status_code == 200
    collection.record(row(collection.ended, 1))
    assert collection.submission.state == Submission.State.DRAFT


# ---------------------------------------------------------------- cells, grains, the base


def test_cells_come_into_being_once(collection: Collection) -> None:
    collection.record(row(collection.begun, 1, cell(geschlecht="w", alter="jung")))
    collection.record(row(collection.begun, 2, cell(alter="jung", geschlecht="w")))
    made = CellRow.objects.get(network=collection.world.network)
    assert (made.key, made.grain) == ("alter=jung|geschlecht=w", "alter,geschlecht")
    assert CellCategory.objects.filter(cell=made).count() == 2


def bases(collection: Collection) -> dict[str, bool]:
    rows = Entry.objects.filter(superseded_at__isnull=True).select_related("cell")
    return {entry.cell.grain: entry.base for entry in rows}


def test_one_grain_counts_for_the_total(collection: Collection) -> None:
    collection.record(row(collection.begun, 4, WOMEN))
    assert bases(collection) == {"geschlecht": True}
    collection.record(row(collection.begun, 10))
    assert bases(collection) == {"geschlecht": False, "": True}
    collection.record(row(collection.begun, None))
    assert bases(collection) == {"geschlecht": True}


def test_a_row_that_counts_already_is_followed_not_changed(collection: Collection) -> None:
    cells = [cell(alter=a, geschlecht=g) for a in ("jung", "mitte", "alt") for g in "wmd"]
    collection.record(
        *(row(collection.begun, 1, c) for c in cells), row(collection.ended, 1),
        row(collection.talks, 1, n=1),
    )  # fmt: skip
    collection.submit()
    collection.approve()
    counted = set(Entry.objects.filter(counted_from__isnull=False).values_list("id", "base"))
    from wirknetz.measurement.actions.collection import correct

    correct(**collection.who(Role.PRACTITIONER_OWN), reason="Gesamtzahl nachgetragen", at=NOW)
    collection.record(row(collection.begun, 10))
    still = Entry.objects.filter(counted_from__isnull=False, counted_until__isnull=True)
    assert set(still.values_list("id", "base")) == counted
    assert bases(collection)["alter,geschlecht"] is False


def test_reporting_coarser_carries_the_amounts(collection: Collection) -> None:
    fill_all(collection)
    collection.record(choices={collection.begun.pk: Choice(grain="geschlecht")})
    begun = {k: v for (m, k), v in collection.current().items() if m == "begonnen"}
    assert begun == {f"geschlecht={g}": Decimal(9) for g in "wmd"}
    collection.record(choices={collection.begun.pk: Choice(grain="")})
    assert collection.current()["begonnen", ""] == Decimal(27)


def test_going_back_to_finer_brings_the_amounts_back(collection: Collection) -> None:
    fill_all(collection)
    before = collection.current()
    for way in (Choice(grain=""), Choice(state=State.NOT_COLLECTED)):
        collection.record(choices={collection.begun.pk: way})
        assert len(collection.current()) == 3
        collection.record(choices={collection.begun.pk: Choice(grain="alter,geschlecht")})
        assert collection.current() == before


def test_a_reason_instead_of_a_number_is_an_answer(collection: Collection) -> None:
    collection.record(choices={collection.ended.pk: Choice(state=State.NOT_APPLICABLE)})
    assert collection.current() == {("beendet", ""): "not_applicable"}
    page = page_of(
        actor=collection.world.actor(Role.PRACTITIONER_OWN), round_id=collection.round.pk,
        organisation_id=collection.world.own.pk,
    )  # fmt: skip
    assert page is not None
    assert page.dossier.answered == {collection.ended.pk}


def test_a_grain_that_is_not_offered_is_not_chosen(collection: Collection) -> None:
    for grain in ("ort", "geschlecht,alter", "alter,geschlecht,ort"):
        collection.record(choices={collection.begun.pk: Choice(grain=grain)})
    assert collection.submission.grains == {}


# -------------------------------------------------------------------------------- queries


def count_queries(collection: Collection, rows: list[Row]) -> int:
    with CaptureQueriesContext(connection) as captured:
        collection.record(*rows)
    return len(captured)


def test_the_number_of_queries_does_not_grow_with_the_rows(collection: Collection) -> None:
    dimension = Category.objects.get(dimension__code="alter", code="alt").dimension
    Category.objects.bulk_create(
        Category(dimension=dimension, code=f"a{i}", name=f"A{i}") for i in range(98)
    )
    names = [f"a{i}" for i in range(98)]
    many = [row(collection.begun, 1, cell(alter=a, geschlecht=g)) for a in names for g in "wmd"]
    collection.record(*many)  # cells come into being
    changed = [row(collection.begun, 2, one.cell) for one in many]
    few = [row(collection.begun, 3, one.cell) for one in many[:2]]
    assert count_queries(collection, changed) == count_queries(collection, few)
