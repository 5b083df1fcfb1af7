"""kill -9 of the serving processes at random moments while submissions run.

After each kill the site is started again, and the database is read past the application:
every confirmed post is fully there, of no post a half, and the audit trail tells of exactly
what is there. Posts without an answer are then repeated, as a person would, and stand once.
"""

from __future__ import annotations

import http.client
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from threading import Event
from typing import Any, Final

from benchmarks.crash_server import Server
from benchmarks.load import Person
from benchmarks.load_browser import Answer, Browser, form_with
from benchmarks.site_places import Place
from benchmarks.site_plan import ASKED

KILLS: Final = 100
SEED: Final = 20261122
TOGETHER: Final = 4  # people who submit at the same time
MOST: Final = 6  # posts confirmed before a kill, at most
LONGEST: Final = 0.3  # seconds from the last of these to the kill
PATIENCE: Final = 60.0
VALUES: Final = ASKED * 10


@dataclass(slots=True)
class Attempt:
    """One submission of one organisation: what was posted, what the site confirmed."""

    person: Person
    round_id: int
    value: int
    posted: Counter[str] = field(default_factory=Counter)
    confirmed: set[str] = field(default_factory=set)
    failed: list[int] = field(default_factory=list)

    def post(self, step: str) -> None:
        """Post the step. OSError or HTTPException where no answer came."""
        self.posted[step] += 1
        answer = self._answer(step)
        if answer.confirmed:
            self.confirmed.add(step)
        elif answer.status >= 500:
            self.failed.append(answer.status)

    def _answer(self, step: str) -> Answer:
        browser, person = self.person.browser, self.person
        token = {"csrfmiddlewaretoken": person.typed["csrfmiddlewaretoken"]}
        if step == "submit":
            return browser.post(person.address(self.round_id, "einreichen/"), token)
        typed = {n: str(self.value) for n in person.typed if n.startswith("v:")}
        fields = person.typed | typed | {"go": "check"}
        return browser.post(person.address(self.round_id), fields)


@dataclass(slots=True)
class Crashed:
    """What came of it. `wrong` is empty, or the promise is broken."""

    engine: str
    kills: int = 0
    confirmed: int = 0
    unanswered: int = 0
    done_unanswered: int = 0
    wrong: list[str] = field(default_factory=list)


def crash(
    place: Place,
    *,
    kills: int = KILLS,
    seed: int = SEED,
    say: Callable[[str], None] = print,
    **settings: str,
) -> Crashed:
    """Kill so many times; the seed decides when. `settings` change those of the product."""
    chance, found = random.Random(seed), Crashed(place.engine)  # noqa: S311 – not a secret
    with closing(Server(place, **settings)) as server:
        server.start()
        to_do = _attempts(place, server.port)
        while found.kills < kills:
            moment = chance.randint(0, MOST), chance.uniform(0, LONGEST)
            touched = _killed(server, to_do, *moment)
            found.kills += 1
            _judge(place, touched, found)
            if found.kills % 10 == 0:
                say(f"{place.engine}: {found.kills} kills, {found.confirmed} posts confirmed")
    return found


def _attempts(place: Place, port: int) -> list[list[Attempt]]:
    """For each of the people who submit together, what she will submit, one after another."""
    rounds = [r for (r,) in place.rows("SELECT id FROM measurement_round ORDER BY id")]
    people = [
        Person(s["organisation"], Browser(port, s["session"])) for s in place.work("sessions")
    ]
    for person in people:
        page = person.browser.get(person.address(rounds[0])).body
        person.typed = form_with(page, button=("go", "check")).fields
    return [
        [Attempt(p, r, 1 + (p.organisation * 7 + r) % 90) for r in rounds for p in some]
        for some in (people[n::TOGETHER] for n in range(TOGETHER))
    ]


def _killed(
    server: Server, to_do: list[list[Attempt]], confirmed: int, after: float
) -> list[Attempt]:
    """Submit, kill so many seconds after so many posts, start again; what was touched."""
    enough, touched = Event(), list[Attempt]()
    with ThreadPoolExecutor(TOGETHER) as pool:
        running = [pool.submit(_submit, queue, enough, touched) for queue in to_do]
        _wait_for(confirmed, touched, running)
        time.sleep(after)
        enough.set()
        server.kill()
        server.start()
        _raise_any(running)
    return touched


def _wait_for(confirmed: int, touched: list[Attempt], running: list[Future[None]]) -> None:
    deadline = time.monotonic() + PATIENCE
    while sum(len(a.confirmed) for a in list(touched)) < confirmed:
        if time.monotonic() > deadline or all(future.done() for future in running):
            return
        time.sleep(0.005)


def _raise_any(running: list[Future[None]]) -> None:
    for future in running:
        future.result()


def _submit(queue: list[Attempt], enough: Event, touched: list[Attempt]) -> None:
    while not enough.is_set():
        if not queue:
            raise RuntimeError("nothing left to submit: fewer kills or more rounds")
        attempt = queue.pop(0)
        touched.append(attempt)
        try:
            attempt.post("values")
            attempt.post("submit")
        except (OSError, http.client.HTTPException):
            return


# ------------------------------------------------------------------------------ judging


def _judge(place: Place, touched: list[Attempt], found: Crashed) -> None:
    """Compare with the database, then repeat what had no answer and compare again."""
    there = _there(place, touched)
    for attempt in touched:
        for step in attempt.posted:
            done = _is_done(step, there[attempt.person.organisation, attempt.round_id])
            found.confirmed += step in attempt.confirmed
            found.unanswered += step not in attempt.confirmed
            found.done_unanswered += done and step not in attempt.confirmed
    found.wrong += _broken(touched, there)
    with ThreadPoolExecutor(TOGETHER) as pool:
        list(pool.map(_repeat, touched))
    found.wrong += _broken(touched, _there(place, touched), repeated=True)


def _repeat(attempt: Attempt) -> None:
    """What is there already is refused; that it is there, the database must tell."""
    for step in ("values", "submit"):
        if step not in attempt.confirmed:
            attempt.post(step)
            attempt.confirmed.add(step)


def _is_done(step: str, row: dict[str, Any]) -> bool:
    return bool(row["rows"]) if step == "values" else row["state"] == "submitted"


def _broken(
    touched: list[Attempt], there: dict[tuple[int, int], dict[str, Any]], *, repeated: bool = False
) -> Iterator[str]:
    """Every promise that does not hold, in words."""
    for attempt in touched:
        row = there[attempt.person.organisation, attempt.round_id]
        moment = " after repeating" if repeated else ""
        name = f"organisation {attempt.person.organisation}, round {attempt.round_id}{moment}"
        for sentence in sentences(attempt, row):
            yield f"{name}: {sentence} ({row})"


def sentences(attempt: Attempt, row: dict[str, Any]) -> Iterator[str]:
    """Every promise that does not hold for this submission, in words."""
    done, submitted = bool(row["rows"]), row["state"] == "submitted"
    broken = {
        f"the site answered {attempt.failed}": bool(attempt.failed),
        "half of a post is stored": row["rows"] not in {0, VALUES},
        "not the values posted": done and {row["least"], row["most"]} != {attempt.value},
        "audit trail and values differ": row["recorded"] != done,
        "audit trail and state differ": row["submitted"] != submitted,
        "the second person is not asked exactly once": row["mails"] != submitted,
        "confirmed values are lost": "values" in attempt.confirmed and not done,
        "a confirmed submission is lost": "submit" in attempt.confirmed and not submitted,
    }
    return (sentence for sentence, holds in broken.items() if holds)


def _there(place: Place, touched: list[Attempt]) -> dict[tuple[int, int], dict[str, Any]]:
    """What the database holds of these submissions."""
    chosen = " OR ".join(
        f"(s.organisation_id = {a.person.organisation} AND s.round_id = {a.round_id})"
        for a in touched
    )
    event = ("(SELECT COUNT(*) FROM foundation_auditevent a WHERE a.object_type = 'submission'"
             " AND a.object_id = CAST(s.id AS TEXT) AND a.action = '{}')")  # fmt: skip
    names = ("rows", "least", "most", "recorded", "submitted", "mails", "state")
    rows = place.rows(
        "SELECT s.organisation_id, s.round_id,"
        " (SELECT COUNT(*) FROM measurement_entry e WHERE e.submission_id = s.id),"
        " (SELECT MIN(amount) FROM measurement_entry e WHERE e.submission_id = s.id),"
        " (SELECT MAX(amount) FROM measurement_entry e WHERE e.submission_id = s.id),"
        f" {event.format('submission.recorded')}, {event.format('submission.submitted')},"
        " (SELECT COUNT(*) FROM foundation_outboxmessage m"
        "  WHERE m.key LIKE 'approve:' || CAST(s.id AS TEXT) || ':%'), s.state"
        f" FROM measurement_submission s WHERE {chosen or '1 = 0'}"
    )
    return {(row[0], row[1]): dict(zip(names, row[2:], strict=True)) for row in rows}
