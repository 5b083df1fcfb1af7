"""`./wirknetz bench`: every part one after another, then docs/benchmarks.md."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from time import perf_counter
from typing import Final

from benchmarks import crash, evaluation, load, reading, sections
from benchmarks.report import PAGE, keep
from benchmarks.sections import Section
from benchmarks.site_places import places
from tests.support import discovery
from tests.support.processes import ROOT

Say = Callable[[str], None]
KILLS: Final = {"sqlite": 100, "postgres": 30}
STARTS: Final = 7


def _evaluation(sizes: Sequence[str], say: Say) -> dict[str, Section]:
    lines = [asdict(line) for line in evaluation.run(sizes, say=say)]
    text = (
        "The public calls of the analysis core against the best query we could write by hand, on "
        "the same engine, both fetched into Python, same answers checked first. pandas and polars "
        "stand beside them for orientation."
    )
    return {"evaluation": sections.ratios("Evaluation", text, lines)}


def _site(sizes: Sequence[str], say: Say) -> dict[str, Section]:
    totals, pages = list[dict[str, object]](), list[dict[str, object]]()
    for size in sizes[-1:]:
        for place in places(size, say=say):
            pages += place.work("pages", size)
            totals += place.work("totals", size)
    for line in (*totals, *pages):
        say(str(line))
    return {
        "totals": sections.ratios("A submission, and the total right after it", TOTALS, totals),
        "pages": sections.ratios("Pages", PAGES, pages),
    }


TOTALS: Final = (
    "A submission of 300 values is recorded and submitted by the site's actions (rules, "
    "plausibility against twelve quarters, questions, audit trail, mail to the second person, two "
    "transactions) beside one bulk insert of the same rows. After its approval, with nothing "
    "remembered, the public call beside the best query by hand on the same connection."
)
PAGES: Final = (
    "The whole request in the server, signed in, beside rendering the same page from ready data. "
    "Charts are drawn on the server: drawing them is part of rendering. Figures of the whole "
    "network are worked out once after each approval and then remembered; the pages are measured "
    "as the second visitor gets them. Query counts do not grow with organisations or entries, "
    "which the tests hold."
)


def _load(_: Sequence[str], say: Say) -> dict[str, Section]:
    return {"load": sections.load(load.run(say=say))}


def _crash(_: Sequence[str], say: Say) -> dict[str, Section]:
    found = [
        crash.crash(place, kills=KILLS[place.engine], say=say) for place in places("crash", say=say)
    ]
    return {"crash": sections.crash(found)}


def _start(_: Sequence[str], say: Say) -> dict[str, Section]:
    def once() -> float:
        started = perf_counter()
        subprocess.run([ROOT / "wirknetz", "--version"], check=True, capture_output=True)  # noqa: S603
        return perf_counter() - started

    once()
    seconds = [once() for _ in range(STARTS)]
    say(f"second start: {sorted(seconds)[STARTS // 2]:.2f} s")
    return {"start": sections.start(seconds)}


def _reading(_: Sequence[str], say: Say) -> dict[str, Section]:
    return reading.run(say=say)


PARTS: Final[dict[str, Callable[[Sequence[str], Say], dict[str, Section]]]] = {
    "evaluation": _evaluation,
    "site": _site,
    "load": _load,
    "crash": _crash,
    "reading": _reading,
    "start": _start,
}


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="wirknetz bench")
    parser.add_argument(
        "--only", action="append", choices=list(PARTS), metavar="NAME",
        help=f"only this part: {', '.join(PARTS)}; may be given more than once",
    )  # fmt: skip
    parser.add_argument(
        "--size", action="append", choices=["XS", "S", "M"],
        help="only this size of data, S and M otherwise; the site is measured with the last one",
    )  # fmt: skip
    return parser


def main(words: Sequence[str] | None = None) -> int:
    """Run the parts; 1 if a promise is broken that must hold without exception."""
    options = _options().parse_args(words)
    broken = 0
    with discovery.some_postgres() as server:
        if server:
            os.environ["WIRKNETZ_TEST_POSTGRES_URL"] = server
            os.environ["WIRKNETZ_BENCH_POSTGRES"] = server
        for name in options.only or PARTS:
            broken += _part(name, options.size or ["S", "M"])
    _say(f"{PAGE}")
    return min(broken, 1)


def _part(name: str, sizes: Sequence[str]) -> int:
    """Run one part and write the page at once, so that nothing measured is lost."""
    _say(f"--- {name}")
    busy, started = os.getloadavg()[0], perf_counter()
    found = PARTS[name](sizes, _say)
    keep(found, day=f"{dt.date.today():%Y-%m-%d}", busy=busy)  # noqa: DTZ011 – this machine's day
    _say(f"--- {name}: {perf_counter() - started:.0f} s")
    return sum(len(section.broken) for section in found.values())


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
