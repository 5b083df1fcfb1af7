"""`wirknetz test`: the whole suite, on SQLite and on PostgreSQL; or what the words choose.

Without words: first everything in tests/integration on PostgreSQL (left out with one line where
there is none), then the whole suite, so that its closing line is the last one. With words: one
run of pytest with these words; `--postgres` in front takes PostgreSQL as the site's database.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wirknetz.cli.places import required_clone
from wirknetz.cli.say import Stop, complain, gettext, say

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_PROCESSES = 4
NOTHING_COLLECTED = 5  # pytest's exit code
ON_POSTGRES = "WIRKNETZ_TEST_DATABASE_URL"


def run(words: Sequence[str]) -> int:
    """Run the tests; the exit code is that of the first run that failed."""
    root = required_clone()
    with _postgres(root) as server:
        if not words:
            return _everything(root, server)
        if words[0] != "--postgres":
            return _pytest(root, words)
        if server is None:
            raise Stop(gettext("Es wurde kein PostgreSQL gefunden."))
        return _pytest(root, words[1:] or ["tests/integration"], database=_database(root, server))


@contextmanager
def _postgres(root: Path) -> "Iterator[str | None]":
    """A PostgreSQL server for this run, known to pytest by the environment, or None."""
    with _discovery(root).some_postgres() as server:
        if server:
            os.environ["WIRKNETZ_TEST_POSTGRES_URL"] = server
        yield server


def _discovery(root: Path) -> Any:
    sys.path.insert(0, str(root))
    return import_module("tests.support.discovery")


def _database(root: Path, server: str) -> str:
    return str(_discovery(root).database_url(server))


def _everything(root: Path, server: str | None) -> int:
    spread = ["-n", str(min(os.cpu_count() or 1, MOST_PROCESSES)), "--dist", "worksteal"]
    on_postgres = 0
    if server:
        say(gettext("Integrationstests auf PostgreSQL:"))
        words = ["tests/integration", "-m", "not browser", *spread]
        on_postgres = _pytest(root, words, database=_database(root, server))
    else:
        say(gettext("Ausgelassen: die Integrationstests auf PostgreSQL (keines gefunden)."))
    say(gettext("Alle Tests:"))
    on_sqlite = _pytest(root, spread)
    if on_postgres not in {0, NOTHING_COLLECTED}:
        complain(gettext("Auf PostgreSQL sind Tests gescheitert, siehe oben."))
        return on_sqlite or on_postgres
    return on_sqlite


def _pytest(root: Path, words: Sequence[str], *, database: str | None = None) -> int:
    environment = {name: value for name, value in os.environ.items() if name != ON_POSTGRES}
    if database:
        environment[ON_POSTGRES] = database
    command = [sys.executable, "-m", "pytest", *words]
    return subprocess.run(  # noqa: S603 – our own interpreter, words of the person at the terminal
        command, cwd=root, env=environment, stdin=subprocess.DEVNULL, check=False
    ).returncode
