"""Where the site is measured: a database of its own, removed afterwards, and commands on it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.support import discovery
from tests.support.processes import REAL_USE, ROOT, environment

PATIENCE: Final = 900.0  # seconds; reached only when something hangs
ENGINES: Final = ("sqlite", "postgres")


@dataclass(frozen=True, slots=True)
class Place:
    """One database, and the folder for everything else the site keeps."""

    engine: str
    folder: Path
    url: str

    def settings(self, **changed: str) -> dict[str, str]:
        """As in real use, over plain HTTP on this machine."""
        ours = {
            "WIRKNETZ_MODE": "serve",
            "WIRKNETZ_HTTPS": "no",
            "WIRKNETZ_DATA_DIR": str(self.folder),
            "WIRKNETZ_URL": "http://127.0.0.1:8000",
            "DATABASE_URL": self.url,
            "DJANGO_SETTINGS_MODULE": "wirknetz.web.settings",
        }
        return REAL_USE | ours | changed

    def work(self, *words: str) -> Any:
        """Run `benchmarks.site_work` on it; what it found. RuntimeError if it fails."""
        command = [sys.executable, "-m", "benchmarks.site_work", *words]
        done = subprocess.run(  # noqa: S603 – our own interpreter and module
            command, env=environment(**self.settings()), cwd=ROOT, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=PATIENCE, check=False,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{' '.join(words)} on {self.engine}:\n{done.stderr[-3000:]}")
        return json.loads(done.stdout.splitlines()[-1])

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Read from outside, past the application."""
        if self.engine == "sqlite":
            import sqlite3

            with sqlite3.connect(self.folder / "site.sqlite3", timeout=30) as connection:
                return connection.execute(sql).fetchall()
        import psycopg

        with psycopg.connect(self.url) as connection:
            return connection.execute(sql).fetchall()


@contextmanager
def place(engine: str, plan: str, *, folder: Path | None = None) -> Iterator[Place]:
    """A filled database on this engine. LookupError where the engine is missing."""
    with tempfile.TemporaryDirectory(prefix="wirknetz-bench-", dir=folder) as made:
        path = Path(made)
        with _database(engine, path) as url:
            found = Place(engine, path, url)
            found.work("fill", plan)
            yield found


@contextmanager
def _database(engine: str, folder: Path) -> Iterator[str]:
    if engine == "sqlite":
        yield f"sqlite:///{folder / 'site.sqlite3'}"
        return
    server = os.environ.get("WIRKNETZ_TEST_POSTGRES_URL") or discovery.find_postgres()
    if server is None:
        raise LookupError("no PostgreSQL")
    with discovery.temporary_database(server) as url:
        yield url


def places(
    plan: str, *, say: Callable[[str], None], engines: tuple[str, ...] = ENGINES
) -> Iterator[Place]:
    """One after another; PostgreSQL is left out aloud where there is none."""
    for engine in engines:
        try:
            with place(engine, plan) as found:
                say(f"{plan} on {engine}: filled")
                yield found
        except LookupError as missing:
            say(f"{engine}: left out ({missing})")
