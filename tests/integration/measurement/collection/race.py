"""Many people at the same moment, on a database of its own; run by `test_races.py`.

    python -m tests.integration.measurement.collection.race

The database is the one of `WIRKNETZ_TEST_DATABASE_URL`. Prints what was found as JSON.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "wirknetz.web.settings_test"
CROWD = 6


def together(*acts: Callable[[], Any]) -> list[str]:
    """Do all of it at the same time; what came of each, by the name of the exception."""
    from django.db import connection

    start, outcomes, lock = threading.Barrier(len(acts)), [], threading.Lock()

    def run(act: Callable[[], Any]) -> None:
        start.wait()
        try:
            act()
            outcome = "done"
        except Exception as error:
            outcome = type(error).__name__
        finally:
            connection.close()
        with lock:
            outcomes.append(outcome)

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def set_up() -> Any:
    """A fresh database with one round in it."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from tests.integration.measurement.collection import conftest
    from tests.world import build_world

    return conftest.build_collection(build_world())


def record_at_once(found: Any) -> dict[str, Any]:
    """The same values from everybody, then different ones for one field."""
    from tests.integration.measurement.collection.conftest import cell, row
    from wirknetz.measurement.models import Cell as CellRow
    from wirknetz.measurement.models import CellCategory, Entry, Submission

    Submission.objects.filter(organisation=found.world.own).delete()
    places = [cell(alter=a, geschlecht=g) for a in ("jung", "mitte", "alt") for g in "wmd"]
    rows = [row(found.begun, 3, place, seen=None) for place in places]
    same = together(*[lambda: found.record(*rows)] * CROWD)
    stored = Counter(Entry.objects.values_list("cell_id", flat=True))
    alone = [row(found.ended, value, seen=None) for value in range(10, 10 + CROWD)]
    different = together(*[lambda one=one: found.record(one) for one in alone])  # type: ignore[misc]
    return {
        "same": same,
        "doubles": [number for number in stored.values() if number > 1],
        "cells": CellRow.objects.exclude(key="").count(),
        "cell_parts": CellCategory.objects.count(),
        "submissions": Submission.objects.filter(organisation=found.world.own).count(),
        "different": different,
        "standing": Entry.objects.filter(measure=found.ended, superseded_at=None).count(),
    }


def approve_at_once(found: Any) -> dict[str, Any]:
    """Everybody approves; then one approves a correction while others still type."""
    from tests.integration.measurement.collection.conftest import row
    from tests.world import NOW, Role
    from wirknetz.measurement.actions import collection as actions
    from wirknetz.measurement.models import Approval, Entry

    found.record(row(found.ended, 12))
    found.submit()
    approving = together(*[lambda: found.approve(by=Role.LEADERSHIP_OWN)] * CROWD)
    actions.correct(**found.who(Role.PRACTITIONER_OWN), reason="Nachgezählt", at=NOW)
    found.record(row(found.ended, 13))
    found.submit()
    typing = [row(found.ended, value) for value in (20, 21, 22)]
    mixed = together(
        lambda: found.approve(by=Role.LEADERSHIP_OWN),
        *[lambda one=one: found.record(one) for one in typing],  # type: ignore[misc]
    )
    counts = Entry.objects.filter(
        measure=found.ended, counted_from__isnull=False, counted_until__isnull=True
    )
    return {
        "approving": approving,
        "mixed": mixed,
        "approvals": Approval.objects.count(),
        "counted": [str(amount) for amount in counts.values_list("amount", flat=True)],
    }


def main() -> None:
    """Both scenes, one after the other."""
    found = set_up()
    sys.stdout.write(json.dumps(record_at_once(found) | approve_at_once(found)))


if __name__ == "__main__":
    main()
