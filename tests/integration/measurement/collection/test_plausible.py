"""What is asked because it is unlike what was said before, or unlike what others say."""

from __future__ import annotations

import pytest

from tests.integration.measurement.collection.conftest import Collection, row
from tests.world import add_round
from wirknetz.measurement.actions import collection as actions

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
