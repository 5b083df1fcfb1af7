"""What this room answers and what it reacts to.

The registry takes one answer per room, so the parts' answers are joined here; a part that has
nothing to say says ``()``.
"""

from __future__ import annotations

from collections.abc import Iterator

from wirknetz.foundation.providers import (
    DESK,
    EXPORT,
    NAVIGATION,
    WAITING,
    Exported,
    ExportOf,
    NavigationEntry,
    NavigationFor,
    Waiting,
    WaitingFor,
    answers,
)
from wirknetz.measurement.handlers import collection, definitions, desk, files, results, rounds

_PARTS = (rounds, collection, files, results, definitions)

answers(DESK, room="measurement")(desk.desk)


@answers(WAITING, room="measurement")
def waiting(asked: WaitingFor) -> Iterator[Waiting]:
    """What waits for this person, from all parts."""
    for part in _PARTS:
        yield from part.waiting(asked)


@answers(NAVIGATION, room="measurement")
def navigation(asked: NavigationFor) -> Iterator[NavigationEntry]:
    """The pages this person may open, from all parts."""
    for part in _PARTS:
        yield from part.navigation(asked)


@answers(EXPORT, room="measurement")
def exported(asked: ExportOf) -> Iterator[Exported]:
    """What this organisation contributed, from all parts."""
    for part in _PARTS:
        yield from part.exported(asked)
