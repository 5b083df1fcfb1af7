"""The hash chain over the audit trail: how it is computed, what is not in it yet, does it hold.

Canonical form of an event: a JSON object with the names of :data:`FIELDS` in alphabetical order,
no spaces, no escapes for letters, the moment in UTC with microseconds. ``event hash = SHA-256``
of it in UTF-8. ``seal digest = SHA-256`` of these lines, joined by line feeds: the previous
digest (64 zeros for the first), the number of the seal, then ``<event id> <event hash>`` in the
order of the seal. After Haber and Stornetta (1991), How to time-stamp a digital document.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from django.db.models import Max
from django.utils.translation import gettext as _

from wirknetz.foundation.models import AuditEvent, AuditSeal

FIELDS: Final = (
    "action", "at", "details", "id", "object_id", "object_label", "object_type",
    "on_behalf_id", "on_behalf_label", "scope_id", "source", "user_id",
)  # fmt: skip
START: Final = "0" * 64
MARK: Final = 16
STEP: Final = 20_000
"""How many ids are looked at together; also how far back stragglers are sought every time."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Events ready to be sealed, and the place of the seal in the chain."""

    number: int
    previous: str
    event_ids: tuple[int, ...]
    event_marks: tuple[str, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class Problem:
    """What does not hold: in which seal, at which event (None: the seal itself), in words."""

    seal: int
    event_id: int | None
    kind: str  # changed, missing, seal_changed, seal_missing, chain_broken, sealed_twice
    text: str


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What a check of the whole trail found. ``unsealed`` events wait for the next seal."""

    seals: int
    sealed: int
    unsealed: int
    problems: tuple[Problem, ...]
    last_digest: str
    sealed_until: dt.datetime | None

    @property
    def holds(self) -> bool:
        """True if nothing was changed and nothing is missing."""
        return not self.problems


def hash_of_event(event: AuditEvent) -> str:
    """The hash of one event's canonical form."""
    values = {name: getattr(event, name) for name in FIELDS}
    values["at"] = event.at.astimezone(dt.UTC).isoformat(timespec="microseconds")
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def seal_digest(previous: str, number: int, event_ids: Sequence[int], hashes: Sequence[str]) -> str:
    """The digest of a seal over these events."""
    lines = [previous, str(number)]
    lines += [f"{pk} {digest}" for pk, digest in zip(event_ids, hashes, strict=True)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def unsealed_batch(*, size: int = 5000, thorough: bool = False) -> Batch | None:
    """The next events to seal with their hashes; None if there are none.

    Ids may commit out of order, therefore the last :data:`STEP` ids before the newest seal are
    looked at every time, and all of them if ``thorough`` (a transaction may stay open for long).
    """
    last = AuditSeal.objects.order_by("-number").first()
    newest = AuditSeal.objects.aggregate(newest=Max("last_event_id"))["newest"] or 0
    after = 0 if thorough or last is None else max(0, newest - STEP)
    ids = list(islice(_unsealed_ids(after), size))
    if not ids:
        return None
    hashes = _hashes(ids)
    number = last.number + 1 if last else 1
    previous = last.digest if last else START
    return Batch(
        number=number,
        previous=previous,
        event_ids=tuple(ids),
        event_marks=tuple(hashes[pk][:MARK] for pk in ids),
        digest=seal_digest(previous, number, ids, [hashes[pk] for pk in ids]),
    )


def _hashes(ids: Sequence[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for start in range(0, len(ids), 500):
        part = AuditEvent.objects.filter(pk__in=ids[start : start + 500])
        found |= {event.pk: hash_of_event(event) for event in part}
    return found


def _unsealed_ids(after: int) -> Iterator[int]:
    newest = AuditEvent.objects.aggregate(newest=Max("pk"))["newest"] or 0
    for start in range(after, newest, STEP):
        yield from _unsealed_between(start, start + STEP)


def _unsealed_between(start: int, end: int) -> list[int]:
    """Ids above ``start`` up to ``end`` that no seal holds, ascending."""
    stored = AuditEvent.objects.filter(pk__gt=start, pk__lte=end).values_list("pk", flat=True)
    seals = AuditSeal.objects.filter(first_event_id__lte=end, last_event_id__gt=start)
    sealed = {pk for ids in seals.values_list("event_ids", flat=True) for pk in ids}
    return sorted(set(stored) - sealed)


def verify_chain() -> ChainReport:
    """Compute the whole chain again and say what does not hold. Reads everything once."""
    problems: list[Problem] = []
    previous, number, sealed, until = START, 0, 0, None
    for seal in AuditSeal.objects.order_by("number").iterator(chunk_size=20):
        problems += _place_problems(seal, previous, number)
        problems += _content_problems(seal)
        previous, number = seal.digest, seal.number
        sealed, until = sealed + len(seal.event_ids), seal.sealed_at
    unsealed = sum(1 for _id in _unsealed_ids(0))
    problems += _twice()
    return ChainReport(number, sealed, unsealed, tuple(problems), previous, until)


def _place_problems(seal: AuditSeal, previous: str, number: int) -> Iterator[Problem]:
    if seal.number != number + 1:
        gap = {"first": number + 1, "last": seal.number - 1}
        text = _("Siegel %(first)s bis %(last)s fehlen.") % gap
        yield Problem(number + 1, None, "seal_missing", text)
    elif seal.previous != previous:
        both = {"seal": seal.number, "before": number}
        text = _("Siegel %(seal)s schließt nicht an Siegel %(before)s an.") % both
        yield Problem(seal.number, None, "chain_broken", text)


def _content_problems(seal: AuditSeal) -> list[Problem]:
    hashes = _hashes(seal.event_ids)
    problems = [_missing(seal, pk) for pk in seal.event_ids if pk not in hashes]
    problems += [
        _changed(seal, pk)
        for pk, mark in zip(seal.event_ids, seal.event_marks, strict=False)
        if pk in hashes and not hashes[pk].startswith(mark)
    ]
    if not problems and seal.digest != _recomputed(seal, hashes):
        text = _("Siegel %(seal)s selbst wurde verändert.") % {"seal": seal.number}
        problems.append(Problem(seal.number, None, "seal_changed", text))
    return problems


def _recomputed(seal: AuditSeal, hashes: dict[int, str]) -> str:
    ordered = [hashes[pk] for pk in seal.event_ids]
    return seal_digest(seal.previous, seal.number, seal.event_ids, ordered)


def _missing(seal: AuditSeal, pk: int) -> Problem:
    which = {"event": pk, "seal": seal.number}
    text = _("Ereignis %(event)s aus Siegel %(seal)s fehlt.") % which
    return Problem(seal.number, pk, "missing", text)


def _changed(seal: AuditSeal, pk: int) -> Problem:
    which = {"event": pk, "seal": seal.number}
    text = _("Ereignis %(event)s aus Siegel %(seal)s wurde verändert.") % which
    return Problem(seal.number, pk, "changed", text)


def _twice() -> list[Problem]:
    seen: dict[int, int] = {}
    found = []
    for number, ids in AuditSeal.objects.order_by("number").values_list("number", "event_ids"):
        for pk in ids:
            if pk in seen:
                which = {"event": pk, "first": seen[pk], "second": number}
                text = (
                    _("Ereignis %(event)s steht in den Siegeln %(first)s und %(second)s.") % which
                )
                found.append(Problem(number, pk, "sealed_twice", text))
            seen[pk] = number
    return found
