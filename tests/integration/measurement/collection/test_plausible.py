"""What is asked because it is unlike what was said before, or unlike what others say."""

from __future__ import annotations

import pytest

from tests.integration.measurement.collection.conftest import Collection, row
from tests.world import NOW, Role, add_round
from wirknetz.measurement.actions import collection as actions
from wirknetz.measurement.models import Measure

pytestmark = pytest.mark.django_db


def report(collection: Collection, period: str, amount: int) -> None:
    """An earlier round in which the organisation reported this many, approved."""
    earlier = add_round(
        collection.world.network, period, measures=(collection.ended,),
        organisations=(collection.world.own,),
    )  # fmt: skip
    past = Collection(
        collection.world, earlier, collection.begun, collection.ended, collection.talks
    )
    past.record(row(past.ended, amount))
    past.submit()
    past.approve()


def questions(collection: Collection) -> list[str]:
    """What is asked before the submission can be handed over."""
    with pytest.raises(actions.NotReady) as asked:
        collection.submit()
    return [remark.sentence for remark in asked.value.dossier.questions]


def test_a_slip_of_ten_against_the_own_history_is_asked_about(collection: Collection) -> None:
    for period, amount in (("2025Q4", 10), ("2026Q1", 12), ("2026Q2", 11)):
        report(collection, period, amount)
    collection.record(row(collection.ended, 10**7))
    assert "üblich sind etwa 11" in questions(collection)[0]


def test_months_say_nothing_about_a_quarter(collection: Collection) -> None:
    for number, amount in enumerate((4, 3, 4, 3, 4, 3), start=1):
        report(collection, f"2026-0{number}", amount)
    collection.record(row(collection.ended, 40))
    collection.submit()


def test_quarters_are_compared_with_quarters_across_months(collection: Collection) -> None:
    for period in ("2025Q1", "2025Q2", "2025Q3", "2025Q4"):
        report(collection, period, 40)
    for number in range(1, 7):
        report(collection, f"2026-0{number}", 4)
    page = collection.client().get(collection.url("submission")).content.decode()
    assert "4. Quartal 2025" in page  # what was said last, not June
    collection.record(row(collection.ended, 4))
    assert "üblich sind etwa 40" in questions(collection)[0]


def test_a_billion_of_something_else_is_asked_about_without_any_history(
    collection: Collection,
) -> None:
    Measure.objects.filter(pk=collection.ended.pk).update(counts="other", unit="Euro")
    collection.record(row(collection.ended, 10**9))
    page = collection.client().get(collection.url("submission")).content.decode()
    assert "1.000.000.000 ist ungewöhnlich viel (mehr als 10.000.000)." in page
    assert len(questions(collection)) == 1
    answer = {f"answer:{open_key(collection)}": "Wir bauen eine Klinik.", "go": "submit"}
    assert collection.client().post(collection.url("submission_check"), answer).status_code == 302


def test_where_the_office_said_what_is_plausible_only_that_is_asked(
    collection: Collection,
) -> None:
    Measure.objects.filter(pk=collection.ended.pk).update(counts="other", maximum=2 * 10**9)
    collection.record(row(collection.ended, 10**9))
    collection.submit()
    Measure.objects.filter(pk=collection.ended.pk).update(maximum=5)
    actions.return_(**collection.who(Role.COORDINATOR), reason="Bitte prüfen", at=NOW)
    (asked,) = questions(collection)
    assert "höchstens 5" in asked


def open_key(collection: Collection) -> str:
    """The key of the only question."""
    page = collection.client().get(collection.url("submission_check")).context["page"]
    return str(page.check.questions[0].key)
