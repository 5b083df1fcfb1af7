"""What each part of the benchmark found, as sections of docs/benchmarks.md."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from benchmarks.crash import Crashed
from benchmarks.load import Loaded

HEAD: Final = ("What", "Engine", "Size", "Ours", "Beside", "Ratio", "At most", "")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, a few sentences, one table, and in plain words what was missed.

    ``broken`` are promises that must hold without exception.
    """

    title: str
    text: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    missed: Sequence[str] = ()
    broken: Sequence[str] = ()


def ratios(title: str, text: str, lines: Iterable[Mapping[str, Any]]) -> Section:
    """Times of both sides and their ratio; targets that were missed by name."""
    found = list(lines)
    missed = [
        f"{line['name']} ({line['engine']}, {line['size']}): "
        f"{line['ratio']:.2f} instead of {line['target']:g}"
        for line in found
        if line["target"] is not None and line["ratio"] > line["target"]
    ]
    return Section(title, text, HEAD, [_row(line) for line in found], missed)


def _row(line: Mapping[str, Any]) -> list[str]:
    target = "" if line["target"] is None else f"{line['target']:g}"
    return [
        line["name"], line["engine"], line["size"], duration(line["ours_s"]),
        duration(line["peer_s"]), f"{line['ratio']:.2f}", target, line["note"],
    ]  # fmt: skip


def duration(seconds: float) -> str:
    """As a person reads it: 0.42 ms, 31 ms, 8.8 s."""
    if seconds >= 1:
        return f"{seconds:.1f} s"
    return f"{seconds * 1000:.0f} ms" if seconds >= 0.01 else f"{seconds * 1000:.2f} ms"


def load(found: Iterable[Loaded]) -> Section:
    """Every step of the hundred people: when half and when all were done."""
    names = {"values": "post 300 values", "submit": "submit"}
    together = list(found)
    rows = [
        [one.engine, str(one.people), names[step], duration(one.middle[step]),
         duration(one.slowest[step]), "all, once" if not one.wrong else "see below"]
        for one in together
        for step in one.together
    ]  # fmt: skip
    return Section(
        "A hundred people at the same moment",
        "`wirknetz serve` with its background worker (gunicorn, 2 processes of 8 threads) on the "
        "same machine as the hundred clients. Everybody opens the form, then all post 300 values "
        "at one moment, then all submit at one moment, over HTTP and with CSRF tokens from the "
        "pages. Afterwards the database is read past the application: every value as typed, once, "
        "an audit event for each post, nobody refused because the database was busy.",
        ("Engine", "People", "Step", "Half had their answer after", "All after", "Arrived"),
        rows,
        broken=[f"{one.engine}: {text}" for one in together for text in one.wrong],
    )


def crash(found: Iterable[Crashed]) -> Section:
    """Kills, and what the database held after them."""
    all_of_them = list(found)
    rows = [
        [one.engine, str(one.kills), str(one.confirmed), str(one.unanswered),
         str(one.done_unanswered), "none" if not one.wrong else "see below"]
        for one in all_of_them
    ]  # fmt: skip
    return Section(
        "kill -9 in the middle of it",
        "Four people submit 300 values each, one submission after another. All serving processes "
        "are killed with signal 9 at a random moment (seeded), started again, and the database is "
        "read past the application: a confirmed post is fully there, a post without an answer "
        "fully or not at all; audit event, state and the mail to the second person are there "
        "exactly if the values are. Posts without an answer are then repeated and stand once. A "
        "kill is not a power cut; against that SQLite writes with `synchronous=FULL`.",
        ("Engine", "Kills", "Posts confirmed", "Without an answer", "of these stored",
         "Lost, halved or doubled"),
        rows,
        broken=[f"{one.engine}: {text}" for one in all_of_them for text in one.wrong[:20]],
    )  # fmt: skip


def start(seconds: Sequence[float]) -> Section:
    """The second start of the launcher."""
    slowest = max(seconds)
    return Section(
        "The second start",
        "`./wirknetz --version` with everything installed: launcher, check of the environment "
        "against the lock, Python, command line. Target: under a second.",
        ("Runs", "Middle", "Slowest"),
        [[str(len(seconds)), duration(sorted(seconds)[len(seconds) // 2]), duration(slowest)]],
        missed=[f"the second start: {duration(slowest)}"] if slowest >= 1 else [],
    )
