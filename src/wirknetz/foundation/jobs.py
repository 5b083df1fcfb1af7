"""What runs by itself: the worker calls :func:`tick` again and again."""

from __future__ import annotations

import datetime as dt
import logging
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from wirknetz.foundation import actions, queries, sending

log = logging.getLogger(__name__)

Job = Callable[[dt.datetime], None]
TURN: Final = dt.timedelta(seconds=30)
"""After this time the sending of mail lets other jobs have their turn."""


@dataclass(frozen=True, slots=True)
class Periodic:
    """A job that runs again and again."""

    name: str
    every: dt.timedelta
    run: Job


_periodic: dict[str, Periodic] = {}


def periodic(name: str, *, every: dt.timedelta) -> Callable[[Job], Job]:
    """Let the worker call the decorated function with the current moment, this often.

    Runs may be late or left out if no worker runs, and one may be repeated after a crash: what
    the function does follows from the moment and what is stored, not from how often it ran.
    """

    def register(function: Job) -> Job:
        _periodic[name] = Periodic(name, every, function)
        return function

    return register


def registered() -> tuple[Periodic, ...]:
    """All periodic jobs, by name."""
    return tuple(_periodic[name] for name in sorted(_periodic))


def tick(at: dt.datetime) -> tuple[str, ...]:
    """Run what is due, each job by one worker only. Returns the names of what ran.

    An error in one job is stored and logged and does not stop the others.
    """
    runs = queries.last_runs()
    due = [job for job in registered() if _is_due(job, runs.get(job.name), at)]
    taken = [job for job in due if actions.claim_run(name=job.name, every=job.every, at=at)]
    for job in taken:
        actions.end_run(name=job.name, error=_error_of(job, at), at=at)
    return tuple(job.name for job in taken)


def _is_due(job: Periodic, run: queries.Run | None, at: dt.datetime) -> bool:
    return run is None or run.last_run_at is None or run.last_run_at <= at - job.every


def _error_of(job: Periodic, at: dt.datetime) -> str:
    try:
        job.run(at)
    except Exception as error:
        log.exception("periodic job %s failed", job.name)
        return where_it_failed(error)
    return ""


def where_it_failed(error: BaseException) -> str:
    """Places and kind of an error, innermost last: ``file:line function``, then ``ValueError``.

    Never its message, nor a line of code: both may name people, and this is kept.
    """
    kinds = [type(each).__name__ for each in _causes(error)]
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"  {Path(f.filename).name}:{f.lineno} {f.name}" for f in frames]
    return "\n".join([*places, " from ".join(kinds)])


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and what it came from."""
    seen: set[int] = set()
    each: BaseException | None = error
    while each is not None and id(each) not in seen:
        seen.add(id(each))
        yield each
        each = each.__cause__ or each.__context__


@periodic("mail", every=dt.timedelta(seconds=5))
def deliver(at: dt.datetime) -> None:
    """Send what is in the outbox, one by one, until nothing is due or the turn is over."""
    started = time.monotonic()
    with sending.Postman() as postman:
        while (elapsed := dt.timedelta(seconds=time.monotonic() - started)) < TURN:
            message = actions.claim_mail(at=at + elapsed)
            if message is None:
                return
            result = postman.send(message)
            now = at + dt.timedelta(seconds=time.monotonic() - started)
            if result.sent:
                actions.mail_sent(pk=message.pk, at=now)
                continue
            actions.mail_failed(
                pk=message.pk,
                attempts=message.attempts,
                error=result.error,
                for_good=result.for_good,
                at=now,
            )


@periodic("seal", every=dt.timedelta(seconds=60))
def seal(at: dt.datetime) -> None:
    """Seal the audit events that are not sealed yet."""
    _seal(at, thorough=False)


@periodic("seal-stragglers", every=dt.timedelta(days=1))
def seal_stragglers(at: dt.datetime) -> None:
    """Seal also those whose transaction stayed open for very long."""
    _seal(at, thorough=True)


def _seal(at: dt.datetime, *, thorough: bool) -> None:
    while batch := queries.unsealed_batch(thorough=thorough):
        added = actions.add_seal(
            number=batch.number,
            event_ids=batch.event_ids,
            event_marks=batch.event_marks,
            previous=batch.previous,
            digest=batch.digest,
            at=at,
        )
        if not added:  # another worker is at it
            return


@periodic("digests", every=dt.timedelta(hours=1))
def digests(at: dt.datetime) -> None:
    """Store the digests that are due; one person's error does not cost the others theirs."""
    failed = []
    for user_id in queries.digest_candidates(at=at):
        try:
            actions.compose_digest(user_id=user_id, at=at)
        except Exception:
            log.exception("digest of user %s failed", user_id)
            failed.append(user_id)
    if failed:
        raise RuntimeError(f"digests failed for users {failed}")


@periodic("clean-up", every=dt.timedelta(days=1))
def clean_up(at: dt.datetime) -> None:
    """Remove what has expired."""
    actions.remove_what_expired(at=at)
