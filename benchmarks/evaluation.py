"""The analysis core against the best hand-written query on the same engine.

Both sides fetch into Python and give the same figures, which is checked before anything is
timed. Times are the best of several alternating runs in one process; what counts is the ratio.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from time import perf_counter
from typing import Any, Final

from benchmarks.cases import CASES, Case
from benchmarks.engines import Engine, engines
from benchmarks.generate import SIZES, Facts, facts

TARGET: Final = 1.3
RUNS: Final = 40
PATIENCE: Final = 3.0
"""No case is begun again after so many seconds."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One line of the benchmark table; times in seconds, ``ratio`` ours to the peer's."""

    name: str
    engine: str
    size: str
    ours_s: float
    peer_s: float
    ratio: float
    target: float | None = TARGET
    note: str = ""


def run(sizes: Sequence[str] = ("S", "M"), *, say: Callable[[str], None] = print) -> list[Measured]:
    """All cases on all engines that are there, in all sizes."""
    found: list[Measured] = []
    for size in sizes:
        generated = facts(size)
        for engine in engines(generated, say=say):
            with engine:
                for case in CASES:
                    found += _measured(case, engine, generated, say)
    return found


def _measured(
    case: Case, engine: Engine, generated: Facts, say: Callable[[str], None]
) -> Iterable[Measured]:
    sides = case.on(engine, generated.size)
    if sides is None:
        return
    ours, peers = sides
    own, others = _best([ours, *peers], case.check)
    ratio = own / others
    size = generated.size.name
    say(f"{size} {engine.name:9} {case.name:40} {own:8.4f} {others:8.4f} {ratio:6.2f}")
    target = TARGET if engine.judged else None
    yield Measured(
        case.name, engine.name, size, round(own, 5), round(others, 5), round(ratio, 2),
        target, case.note,
    )  # fmt: skip


def _best(
    sides: Sequence[Callable[[], Any]], check: Callable[[Any, Any], None]
) -> tuple[float, float]:
    """The best time of the first side, and the best of all others, in alternating runs.

    The answers of the first run are compared; an AssertionError if they differ.
    """
    sides[0]()  # compiles; that happens once per process and is not what is compared
    times = [float("inf")] * len(sides)
    begun = perf_counter()
    for number in range(RUNS):
        answers = []
        for place, side in enumerate(sides):
            started = perf_counter()
            answers.append(side())
            times[place] = min(times[place], perf_counter() - started)
        if number == 0:
            for theirs in answers[1:]:
                check(answers[0], theirs)
        if perf_counter() - begun > PATIENCE:
            break
    return times[0], min(times[1:])


def as_json(measured: Iterable[Measured]) -> str:
    """The lines as JSON, for the table in the documentation."""
    return json.dumps([asdict(line) for line in measured], indent=2, ensure_ascii=False)


def main(arguments: Sequence[str]) -> int:
    """``python -m benchmarks.evaluation [S] [M]``: progress to stderr, JSON to stdout."""
    sizes = [name for name in arguments if name in SIZES] or ["S", "M"]
    print(as_json(run(sizes, say=lambda text: print(text, file=sys.stderr))))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
