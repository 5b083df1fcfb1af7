"""Figures of the whole network, worked out once after each approval.

What counts changes with an approval and with nothing else. Until the next one, the same
question has the same answer, so each process keeps the answers it gave last. Two approvals
may become visible in another order than they were numbered: their count is asked too.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Final

from django.db import connection
from django.db.models import Count, Max

from wirknetz.core.values import Table
from wirknetz.measurement.models import Approval

MOST: Final = 512
Stamp = tuple[object, ...]


class Memory:
    """The latest answers, the least used forgotten first. Threads may share it."""

    def __init__(self, most: int = MOST) -> None:
        """Keep at most so many answers."""
        self._most, self._lock = most, Lock()
        self._known: OrderedDict[Hashable, Table] = OrderedDict()

    def get(self, question: Hashable, work_out: Callable[[], Table]) -> Table:
        """The answer kept, else the one worked out now."""
        with self._lock:
            if question in self._known:
                self._known.move_to_end(question)
                return self._known[question]
        found = work_out()
        with self._lock:
            self._known[question] = found
            while len(self._known) > self._most:
                self._known.popitem(last=False)
        return found

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._known.clear()


_memory = Memory()


def stamp() -> Stamp | None:
    """What tells whether anything counts otherwise than before; None where nobody can know.

    Within a transaction approvals may be seen that will never have happened. One query.
    """
    if connection.in_atomic_block:
        return None
    approvals = Approval.objects.aggregate(count=Count("id"), last=Max("id"))
    database = connection.settings_dict["NAME"]
    return (str(database), approvals["count"], approvals["last"]) if approvals["last"] else None


def remembered(at: Stamp | None, question: Hashable, work_out: Callable[[], Table]) -> Table:
    """The answer to this question as of this stamp."""
    return work_out() if at is None else _memory.get((at, question), work_out)


def forget() -> None:
    """Forget every answer, so that the next one is worked out."""
    _memory.clear()
