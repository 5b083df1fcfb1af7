"""A hundred practitioners submit 300 values at the same moment, over HTTP, CSRF included.

The site is `wirknetz serve` with its background worker, as in real use. Whether everything
arrived exactly once is read from the database, past the application.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from statistics import median
from threading import Barrier
from time import perf_counter
from typing import Any, Final

from benchmarks.load_browser import PATIENCE, Answer, Browser, form_with
from benchmarks.site_places import Place, places
from benchmarks.site_plan import ASKED, SLUG
from tests.support.processes import free_port, running

PRACTITIONERS: Final = 100
VALUES: Final = ASKED * 10
READY: Final = "Beenden mit Strg+C"


@dataclass(slots=True)
class Person:
    """A practitioner, what she types, what she was answered and how long she waited."""

    organisation: int
    browser: Browser
    typed: dict[str, str] = field(default_factory=dict)
    waited: dict[str, float] = field(default_factory=dict)
    answers: dict[str, int] = field(default_factory=dict)

    def address(self, round_id: int, page: str = "") -> str:
        return f"/netz/{SLUG}/wirkung/meldungen/{round_id}/{self.organisation}/{page}"

    def timed(self, step: str, ask: Callable[[], Answer]) -> Answer:
        started = perf_counter()
        answer = ask()
        self.waited[step], self.answers[step] = perf_counter() - started, answer.status
        return answer


@dataclass(frozen=True, slots=True)
class Loaded:
    """How one engine stood it: seconds the people waited, and what was wrong (nothing)."""

    engine: str
    people: int
    together: dict[str, float]
    middle: dict[str, float]
    slowest: dict[str, float]
    wrong: tuple[str, ...]


def run(*, say: Callable[[str], None]) -> list[Loaded]:
    """On SQLite with the settings of the product, and on PostgreSQL."""
    return [submit_together(place, say=say) for place in places("practitioners", say=say)]


def submit_together(place: Place, *, say: Callable[[str], None] = print) -> Loaded:
    port = free_port()
    sessions = place.work("sessions")[:PRACTITIONERS]
    people = [Person(s["organisation"], Browser(port, s["session"])) for s in sessions]
    ((round_id,),) = place.rows("SELECT id FROM measurement_round WHERE closed_at IS NULL")
    address = f"http://127.0.0.1:{port}"
    with running("serve", "--port", str(port), **place.settings(WIRKNETZ_URL=address)) as site:
        site.wait_for(READY)
        together = _all_at_once(people, round_id)
        site.end()
    wrong = (*_refused(people), *_lost_or_doubled(place, people), *_complaints(site.said))
    steps = tuple(together)
    found = Loaded(
        place.engine,
        len(people),
        together,
        {step: median(p.waited[step] for p in people) for step in steps},
        {step: max(p.waited[step] for p in people) for step in steps},
        wrong,
    )
    say(f"load {place.engine}: {found}")
    return found


def _all_at_once(people: list[Person], round_id: int) -> dict[str, float]:
    """Everybody opens the form; then all post their values, then all submit."""
    gate, seconds = Barrier(len(people), timeout=PATIENCE), dict[str, float]()

    def report(person: Person) -> None:
        page = person.browser.get(person.address(round_id))
        form = form_with(page.body, button=("go", "check"))
        person.typed = _typed(form.fields, person.organisation)
        fields = form.fields | person.typed | {"go": "check"}
        _together(gate, seconds, "values", lambda: person.timed(
            "values", lambda: person.browser.post(person.address(round_id), fields)
        ))  # fmt: skip
        page = person.browser.get(person.address(round_id, "pruefen/"))
        form = form_with(page.body, button=("go", "submit"))
        fields = form.fields | {"go": "submit"}
        _together(gate, seconds, "submit", lambda: person.timed(
            "submit", lambda: person.browser.post(person.address(round_id, "pruefen/"), fields)
        ))  # fmt: skip

    with ThreadPoolExecutor(len(people)) as pool:
        list(pool.map(report, people))
    return seconds


def _together(gate: Barrier, seconds: dict[str, float], step: str, act: Callable[[], Any]) -> None:
    """All begin at one moment; `seconds` tells when the last one was done."""
    gate.wait()
    started = perf_counter()
    try:
        act()
    finally:
        gate.wait()
    seconds[step] = perf_counter() - started


def _typed(fields: dict[str, str], organisation: int) -> dict[str, str]:
    places = sorted(name for name in fields if name.startswith("v:"))
    return {name: str((organisation * 7 + n) % 90) for n, name in enumerate(places)}


# -------------------------------------------------------------------------- from outside


def _refused(people: list[Person]) -> list[str]:
    return [
        f"organisation {p.organisation}: {step} answered {status}"
        for p in people
        for step, status in p.answers.items()
        if status != 302
    ]


def _lost_or_doubled(place: Place, people: list[Person]) -> list[str]:
    found: dict[int, dict[str, str]] = {}
    rows = place.rows(
        "SELECT e.organisation_id, e.measure_id, c.key, e.amount FROM measurement_entry e"
        " JOIN measurement_cell c ON c.id = e.cell_id"
    )
    for organisation, measure, key, amount in rows:
        found.setdefault(organisation, {})[f"v:{measure}:{key}"] = str(int(amount))
    wrong = [
        f"organisation {p.organisation}: not what was typed"
        for p in people
        if len(p.typed) != VALUES or found.get(p.organisation) != p.typed
    ]
    if len(rows) != VALUES * len(people):
        wrong.append(f"{len(rows)} rows instead of {VALUES * len(people)}")
    return wrong + _told_otherwise(place, len(people))


def _told_otherwise(place: Place, people: int) -> list[str]:
    events = dict(
        place.rows(
            "SELECT action, COUNT(DISTINCT object_id) * 100000 + COUNT(*) FROM"
            " foundation_auditevent WHERE object_type = 'submission' GROUP BY action"
        )
    )
    wanted = dict.fromkeys(("submission.recorded", "submission.submitted"), people * 100_001)
    states = dict(place.rows("SELECT state, COUNT(*) FROM measurement_submission GROUP BY state"))
    wrong = [] if events == wanted else [f"audit trail: {events}"]
    return wrong if states == {"submitted": people} else [*wrong, f"states: {states}"]


def _complaints(said: str) -> list[str]:
    return [line for line in said.splitlines() if "locked" in line or "Traceback" in line]
