"""Taking times fairly: both sides in turn in one process, then the middle of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from statistics import median
from time import perf_counter
from typing import Any

from benchmarks.evaluation import Measured

Side = Callable[[], Any]


def seconds(side: Side) -> float:
    started = perf_counter()
    side()
    return perf_counter() - started


def in_turn(sides: Sequence[Side], *, runs: int) -> list[float]:
    """The median of each side; every run begins with another one, since the first pays more."""
    times: list[list[float]] = [[] for _ in sides]
    for run in range(runs):
        for step in range(len(sides)):
            place = (run + step) % len(sides)
            times[place].append(seconds(sides[place]))
    return [median(found) for found in times]


def line(
    name: str, ours: float, peer: float, *, size: str, target: float | None, note: str = ""
) -> dict[str, Any]:
    from django.db import connection

    engine = "postgres" if connection.vendor == "postgresql" else connection.vendor
    ratio = round(ours / peer, 2)
    return asdict(Measured(name, engine, size, round(ours, 5), round(peer, 5), ratio, target, note))
