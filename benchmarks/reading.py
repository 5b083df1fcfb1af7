"""Reading a partner's file apart, beside the bare reader of values; and what the child holds."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from time import perf_counter
from typing import Any, Final

import xlsxwriter
from python_calamine import load_workbook

from benchmarks.sections import Section, duration, ratios
from tests.unit.core.files.reading.making import by_hand
from wirknetz.core.files.reading import DEFAULT, read_apart

ROWS: Final = 200_000
COLUMNS: Final = 10
RUNS: Final = 3
UNHURRIED: Final = replace(DEFAULT, seconds=600, patience=600)
SLOWEST: Final = 3.0
MOST_MEGABYTES: Final = 300
TEXT: Final = (
    "A list of 200,000 rows and 10 columns as XLSX: everything the upload page needs for its "
    "preview (a child of its own is started, the container is inflated and looked through, the "
    "first 250,000 cells come back as a book), beside python-calamine alone reading all values in "
    "this process. Both in turn, the middle of three runs."
)
HELD: Final = (
    "The most memory the child held while it read (`VmHWM`), and how it answered. The promise is "
    f"{MOST_MEGABYTES} MB whatever the file; a child that wants more ends and the file is refused."
)
_CHILD: Final = (
    "import sys; sys.path[:] = {paths!r}\n"
    "from wirknetz.core.files.reading.child import main\n"
    "code = main()\n"
    "held = [line for line in open('/proc/self/status') if line.startswith('VmHWM')]\n"
    "sys.stderr.write(held[0].split()[1])\n"
    "sys.exit(code)"
)


@dataclass(frozen=True, slots=True)
class Held:
    """What one file made of the child; no memory where it ended for want of it."""

    name: str
    size: int
    answer: str
    megabytes: float | None
    seconds: float


def run(say: Callable[[str], None]) -> dict[str, Section]:
    """Both sections."""
    with tempfile.TemporaryDirectory(prefix="wirknetz-") as folder:
        path = Path(folder) / "liste.xlsx"
        _write_list(path)
        line = _times(path)
        say(str(line))
        found = [_held(name, make()) for name, make in {"list": path.read_bytes, **FILES}.items()]
    for one in found:
        say(str(one))
    return {"reading": ratios("A partner's file", TEXT, [line]), "reading_memory": _memory(found)}


def _times(path: Path) -> Mapping[str, Any]:
    content = path.read_bytes()
    ours, bare = list[float](), list[float]()
    for _ in range(RUNS):
        bare.append(_timed(lambda: load_workbook(path).get_sheet_by_index(0).to_python()))
        ours.append(_timed(lambda: read_apart(content, name=path.name, limits=UNHURRIED)))
    middle, beside = sorted(ours)[RUNS // 2], sorted(bare)[RUNS // 2]
    return {
        "name": "preview of 200,000 × 10", "engine": "xlsx", "size": _megabytes(len(content)),
        "ours_s": middle, "peer_s": beside, "ratio": middle / beside, "target": SLOWEST,
        "note": "beside python-calamine alone",
    }  # fmt: skip


def _timed(side: Callable[[], object]) -> float:
    started = perf_counter()
    side()
    return perf_counter() - started


def _held(name: str, content: bytes) -> Held:
    asked = json.dumps({"name": name, "limits": asdict(UNHURRIED)}).encode() + b"\n"
    code = _CHILD.format(paths=[path for path in sys.path if path])
    started = perf_counter()
    done = subprocess.run(  # noqa: S603 – words of our own
        [sys.executable, "-I", "-S", "-B", "-c", code],
        input=asked + content, capture_output=True, check=False,
    )  # fmt: skip
    seconds = perf_counter() - started
    held = int(done.stderr) / 1024 if not done.returncode else None
    return Held(name, len(content), _answer(done), held, seconds)


def _answer(done: subprocess.CompletedProcess[bytes]) -> str:
    if done.returncode:
        return "refused: no memory left"
    return "read" if done.stdout.startswith(b"B") else f"refused: {json.loads(done.stdout[1:])[0]}"


def _memory(found: Sequence[Held]) -> Section:
    rows = [
        [one.name, _megabytes(one.size), one.answer,
         "at its bound" if one.megabytes is None else f"{one.megabytes:.0f} MB",
         duration(one.seconds)]
        for one in found
    ]  # fmt: skip
    missed = [
        f"memory of the child, {one.name}: {one.megabytes:.0f} MB"
        for one in found
        if one.megabytes is not None and one.megabytes > MOST_MEGABYTES
    ]
    head = ("File", "Size", "Answer", "Most memory", "Time")
    return Section("Memory of the child that reads", HELD, head, rows, missed)


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.1f} MB"


def _write_list(path: Path) -> None:
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("Liste")
    names = ("Nguyen", "Schmidt", "Müller", "Özdemir", "Kowalski")
    for row in range(ROWS):
        numbers = [row * column % 97 for column in range(COLUMNS - 2)]
        sheet.write_row(row, 0, [f"B-{row}", names[row % 5], *numbers])
    book.close()


def _strings() -> bytes:
    shared = "".join(f"<si><t>{number}</t></si>" for number in range(2_000_000))
    rows = (f'<row r="{n}"><c r="A{n}" t="s"><v>{n}</v></c></row>' for n in range(1, 200_001))
    return by_hand("".join(rows), shared=shared)


def _empty_rows() -> bytes:
    rows = (f'<row r="{n}"><c r="A{n}" s="0"/><c r="B{n}" s="0"/></row>' for n in range(2, 10**6))
    return by_hand('<row r="1"><c r="A1"><v>1</v></c></row>' + "".join(rows))


def _amplified() -> bytes:
    rows = (f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 200_001))
    return by_hand("".join(rows), shared=f"<si><t>{'x' * 3_000_000}</t></si>")


FILES: Final[Mapping[str, Callable[[], bytes]]] = {
    "two million shared texts": _strings,
    "a million empty formatted rows": _empty_rows,
    "one long text in 200,000 cells": _amplified,
    "tags nested three million deep": lambda: by_hand("<a>" * 3_000_000),
    "a bomb of 300 MB": lambda: by_hand(" " * 300_000_000),
    "a text file of 24 MB": lambda: ("Müller;" + "12,5;" * 9 + "\n").encode() * 440_000,
    "a text file of wide signs": ("😀x;1\n" * 3_000_000).encode,
    "nothing but separators": lambda: b";" * 25_000_000,
    "20 MB of any bytes": lambda: bytes(range(256)) * 80_000,
}
