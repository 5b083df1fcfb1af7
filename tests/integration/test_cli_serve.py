"""`wirknetz serve`: stops with a hint, or starts, offers the set-up link, ends all together."""

import os
import re
import signal
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.processes import REAL_USE, Running, free_port, running, wirknetz

LINK = re.compile(r"http://127\.0\.0\.1:\d+/\S+/\S+")
READY = "Beenden mit Strg+C"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="other processes there")


@contextmanager
def serving(folder: Path, *words: str, **changed: str) -> Iterator[Running]:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    settings = REAL_USE | {"WIRKNETZ_DATA_DIR": str(folder), "WIRKNETZ_URL": url} | changed
    with running("serve", "--port", str(port), *words, **settings) as site:
        site.wait_for(READY)
        yield site


def children(parent: int) -> list[int]:
    listed = Path(f"/proc/{parent}/task/{parent}/children")
    return [int(pid) for pid in listed.read_text().split()] if listed.exists() else []


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()


def test_wrong_settings_stop_it_before_anything_is_made(tmp_path: Path) -> None:
    done = wirknetz("serve", WIRKNETZ_DATA_DIR=str(tmp_path / "data"))
    assert done.returncode == 1
    assert "WIRKNETZ_SECRET_KEY fehlt" in done.stderr
    assert "Beispiel:" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "data").exists()


def test_an_unreachable_database_is_said_with_its_reason(tmp_path: Path) -> None:
    done = wirknetz(
        "serve",
        "--port",
        str(free_port()),
        **REAL_USE,
        WIRKNETZ_URL="https://netz.example.org",
        WIRKNETZ_DATA_DIR=str(tmp_path),
        DATABASE_URL=f"postgres://wirknetz:streng-geheim@127.0.0.1:{free_port()}/wirknetz",
    )
    assert done.returncode == 1
    assert "DATABASE_URL" in done.stderr
    assert "refused" in done.stderr
    assert "WIRKNETZ_BEHIND_PROXY fehlt" in done.stderr
    assert "Traceback" not in done.stderr
    assert "streng-geheim" not in done.stderr


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "wirknetz.sqlite3").write_text("no database " * 500)
    done = wirknetz(
        "serve",
        "--port",
        str(free_port()),
        **REAL_USE,
        WIRKNETZ_URL="https://netz.example.org",
        WIRKNETZ_DATA_DIR=str(tmp_path),
    )
    assert done.returncode == 1
    assert "not a database" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_first_start_offers_a_link_that_opens_and_ends_without_remains(
    tmp_path: Path,
) -> None:
    with serving(tmp_path) as site:
        found = LINK.search(site.said)
        assert found
        with urllib.request.urlopen(found.group()) as answer:  # noqa: S310
            assert answer.status == 200
        started = children(site.process.pid)
        assert site.end() == 0
    assert "Beendet." in site.said
    assert "Traceback" not in site.said
    assert not any(map(alive, started))


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_lost_worker_is_started_again_and_a_lost_parent_takes_all_along(
    tmp_path: Path,
) -> None:
    with serving(tmp_path) as site:
        web, worker = children(site.process.pid)
        os.kill(worker, signal.SIGKILL)
        site.wait_for("neu gestartet")
        _, again = children(site.process.pid)
        assert again != worker
        site.end(signal.SIGKILL)
        deadline = time.monotonic() + 60
        while alive(web) or alive(again):
            assert time.monotonic() < deadline, "the children outlived their parent"
            time.sleep(0.1)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_without_worker_there_is_only_the_site(tmp_path: Path) -> None:
    with serving(tmp_path, "--no-worker") as site:
        assert len(children(site.process.pid)) == 1
        assert site.end(signal.SIGINT) == 0


@pytest.mark.parametrize("command", [["worker", "--once"], ["audit", "verify"], ["backup", "x"]])
def test_without_data_the_other_commands_say_so(tmp_path: Path, command: list[str]) -> None:
    settings = REAL_USE | {"WIRKNETZ_URL": "https://netz.example.org"}
    done = wirknetz(*command, **settings, WIRKNETZ_DATA_DIR=str(tmp_path / "none"))
    assert done.returncode == 1
    assert "noch keine Daten" in done.stderr
    assert not (tmp_path / "none").exists()
