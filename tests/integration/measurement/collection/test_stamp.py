"""Whatever changes what counts tells it by the stamp that remembered figures belong to."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.integration.measurement.collection.conftest import Collection, fill_all, row
from tests.world import NOW, Role
from wirknetz.measurement.actions import collection as actions
from wirknetz.measurement.models import Entry
from wirknetz.measurement.queries.results.remembered import stamp

pytestmark = pytest.mark.django_db(transaction=True)


def counting() -> set[tuple[int, object]]:
    rows = Entry.objects.filter(counted_from__isnull=False, counted_until__isnull=True)
    return set(rows.values_list("pk", "amount"))


def whole_way(collection: Collection) -> list[tuple[str, Callable[[], object]]]:
    """Every step a report can take, and whether it changes what counts."""
    mine, office = collection.who(Role.PRACTITIONER_OWN), collection.who(Role.COORDINATOR)
    return [
        ("record", lambda: fill_all(collection)),
        ("submit", collection.submit),
        ("return", lambda: actions.return_(**office, reason="Bitte prüfen", at=NOW)),
        ("reply", lambda: actions.reply(**mine, text="Ist geprüft.", at=NOW)),
        ("record again", lambda: collection.record(row(collection.ended, 13))),
        ("submit again", collection.submit),
        ("approve", collection.approve),
        ("say how long it took", lambda: actions.tell_minutes(**mine, minutes=15, at=NOW)),
        ("correct", lambda: actions.correct(**mine, reason="Zwei kamen dazu.", at=NOW)),
        ("record a correction", lambda: collection.record(row(collection.ended, 14))),
        ("submit a correction", collection.submit),
        ("approve a correction", collection.approve),
    ]


def test_no_step_changes_what_counts_under_the_same_stamp(collection: Collection) -> None:
    changed = []
    for name, step in whole_way(collection):
        before = counting(), stamp()
        step()
        after = counting(), stamp()
        if after[0] != before[0]:
            changed.append(name)
            assert after[1] != before[1], name
    assert changed == ["approve", "approve a correction"]
