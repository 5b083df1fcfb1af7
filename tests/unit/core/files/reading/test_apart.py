"""The child that reads: same book, and nothing it dies of reaches the caller."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.core.files.reading.making import by_hand, lines
from wirknetz.core.files.grid import FlawCode, NotReadable
from wirknetz.core.files.reading import Limits, read, read_apart

PARTNERS = Path(__file__).parents[4] / "data" / "partners"
FILES = sorted(
    path for path in PARTNERS.iterdir() if path.suffix in {".xlsx", ".csv", ".txt", ".ods"}
)
ONE = '<row r="1"><c r="A1"><v>1</v></c></row>'
linux = pytest.mark.skipif(sys.platform != "linux", reason="bounds of Linux")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_same_book_is_read_apart(path: Path) -> None:
    assert read_apart(path, name=path.name) == read(path.read_bytes(), name=path.name)


def test_flaws_come_back_with_their_params() -> None:
    with pytest.raises(NotReadable) as refused:
        read_apart(b"1;" * 2000 + b"1", name="x.csv")
    assert refused.value.code is FlawCode.TOO_WIDE
    assert refused.value.params == {"columns": "2001", "limit": "1024"}


def test_limits_of_the_caller_count_in_the_child() -> None:
    assert read_apart(lines(*[["a", 1]] * 9).encode(), name="x", limits=Limits(cells=5)).cut
    with pytest.raises(NotReadable) as refused:
        read_apart(b"a;1", name="x", limits=Limits(file=2))
    assert refused.value.code is FlawCode.TOO_BIG


@linux
def test_a_child_without_memory_is_a_reason() -> None:
    deep = by_hand("<a>" * 2_000_000)
    with pytest.raises(NotReadable) as refused:
        read_apart(deep, name="x", limits=Limits(memory=64 * 1024 * 1024))
    assert refused.value.code is FlawCode.UNPACKS_TOO_BIG


def test_a_child_that_takes_too_long_is_a_reason() -> None:
    with pytest.raises(NotReadable) as refused:
        read_apart(by_hand(ONE), name="x", limits=Limits(patience=0.001))
    assert refused.value.code is FlawCode.TOOK_TOO_LONG


@linux
def test_a_child_that_works_too_much_is_a_reason() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 250_000))
    with pytest.raises(NotReadable) as refused:
        read_apart(by_hand(rows), name="x", limits=Limits(seconds=1))
    assert refused.value.code is FlawCode.TOOK_TOO_LONG


@linux
def test_a_child_that_is_killed_is_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    import wirknetz.core.files.reading.apart as module

    for how, expected in (
        ("os.abort()", FlawCode.UNPACKS_TOO_BIG),
        ("os.kill(os.getpid(), 11)", FlawCode.DAMAGED),
        ("sys.stdout.write('Unsinn')", FlawCode.DAMAGED),
        ("sys.stdout.write('Bxx')", FlawCode.DAMAGED),
    ):
        monkeypatch.setattr(module, "_START", f"import os, sys; {how}  # {{paths!r}}")
        with pytest.raises(NotReadable) as refused:
            read_apart(by_hand(ONE), name="x")
        assert refused.value.code is expected


def test_an_installation_that_cannot_start_a_child_is_not_the_files_fault(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "path", ["/nowhere"])
    with pytest.raises(RuntimeError, match="wirknetz"):
        read_apart(by_hand(ONE), name="x")


@linux
def test_a_child_writes_no_file_and_is_bound() -> None:
    asked = (
        "import resource; from wirknetz.core.files.reading.child import bound; "
        "from wirknetz.core.files.reading import Limits; bound(Limits()); "
        "print([resource.getrlimit(n)[0] for n in (resource.RLIMIT_DATA, resource.RLIMIT_FSIZE)])"
    )
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert done.stdout.strip() == str([Limits().memory, 0])


def test_a_child_loads_neither_the_web_nor_arrays() -> None:
    asked = "import sys, wirknetz.core.files.reading.child; print(*sys.modules)"
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-S", "-c", f"import sys; sys.path[:] = {sys.path!r}; {asked}"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    heavy = {"django", "numpy", "pandas", "pyarrow", "xlsxwriter", "charset_normalizer"}
    assert heavy.isdisjoint(done.stdout.split())
