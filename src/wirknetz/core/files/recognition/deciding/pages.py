"""Several sheets with different numbers for the same things: which of them counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from wirknetz.core.files.grid import Address
from wirknetz.core.files.recognition.deciding.figures import Parts
from wirknetz.core.files.recognition.desk import Desk
from wirknetz.core.files.recognition.joining.claims import Claim
from wirknetz.core.files.recognition.model import AsideCode, Choice, QuestionCode
from wirknetz.core.values import Period

_LEAST = 2

Place = tuple[str, Parts, Period | None]


@dataclass(slots=True)
class _Rivals:
    """Sheets that say different things."""

    pages: tuple[str, ...]
    same: int = 0
    other: int = 0
    places: list[Address] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)


def settle_pages(claims: Iterable[Claim], desk: Desk) -> None:
    """One question for sheets that contradict each other throughout; the answer sets aside."""
    by_place: dict[Place, list[Claim]] = {}
    for claim in claims:
        place = (claim.measure, frozenset(claim.parts.items()), claim.timing.within)
        by_place.setdefault(place, []).append(claim)
    rivals: dict[tuple[str, ...], _Rivals] = {}
    for found in by_place.values():
        _note(rivals, found)
    for one in rivals.values():
        if one.other >= _LEAST and one.other >= one.same:
            _ask(one, desk)


def _note(rivals: dict[tuple[str, ...], _Rivals], claims: Sequence[Claim]) -> None:
    keys = tuple(sorted({claim.spot.table.sheet.key for claim in claims}))
    if len(keys) < _LEAST:
        return
    one = rivals.setdefault(keys, _Rivals(keys))
    if len({claim.value for claim in claims}) == 1:
        one.same += 1
    else:
        one.other += 1
    one.places += [claim.address for claim in claims]
    one.claims += claims


def _ask(one: _Rivals, desk: Desk) -> None:
    key = f"pages|{'|'.join(one.pages)}"
    names = {c.spot.table.sheet.key: c.address.page for c in one.claims}
    choices = tuple(Choice(f"page:{page}", {"page": names[page]}) for page in one.pages)
    answer = desk.ask(
        QuestionCode.PAGE, key, one.places, (*choices, Choice("add")),
        params={"pages": ", ".join(names[page] for page in one.pages)},
    )  # fmt: skip
    for claim in one.claims:
        if not answer:
            claim.needs.add(key)
        elif answer == "add":
            claim.adding = True
        elif answer != f"page:{claim.spot.table.sheet.key}":
            claim.aside, claim.params = AsideCode.OLDER_PAGE, {"page": claim.address.page}
