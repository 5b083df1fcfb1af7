"""Dumping and replacing a PostgreSQL database with its own tools."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from wirknetz.cli.say import Stop
from wirknetz.cli.say import gettext as _

ENGINE = "postgresql"
OLDEST = 15
OTHERS = "select count(*) from pg_stat_activity where datname = %s and pid <> pg_backend_pid()"
TABLES = "select tablename from pg_tables where schemaname = current_schema() order by 1"


@dataclass(frozen=True)
class Server:
    """How to reach a database: what libpq calls its parameters."""

    name: str
    parameters: Mapping[str, str]

    @classmethod
    def from_settings(cls, database: Mapping[str, Any]) -> "Server":
        """From an entry of Django's DATABASES."""
        named = {
            "host": database.get("HOST"),
            "port": database.get("PORT"),
            "user": database.get("USER"),
            "password": database.get("PASSWORD"),
            "host_": database.get("OPTIONS", {}).get("host"),
            "sslmode": database.get("OPTIONS", {}).get("sslmode"),
        }
        socket = named.pop("host_")
        named["host"] = named["host"] or socket
        return cls(str(database["NAME"]), {k: str(v) for k, v in named.items() if v})

    def connect(self, name: str | None = None) -> psycopg.Connection[Any]:
        """A connection to this database, or to another one on the same server."""
        wanted = make_conninfo("", dbname=name or self.name, **dict[str, Any](self.parameters))
        return psycopg.connect(wanted, autocommit=True, connect_timeout=10)

    def environment(self) -> dict[str, str]:
        """The same for the command line tools; the password stays out of the process list."""
        ours = {f"PG{key.upper()}": value for key, value in self.parameters.items()}
        return dict(os.environ) | ours


def require(server: Server, unreachable: Callable[[Exception], str]) -> None:
    """Raises Stop when the server does not let us in, or is older than we support."""
    try:
        with server.connect() as connection:
            version = connection.info.server_version // 10_000
    except psycopg.Error as error:
        raise Stop(unreachable(error)) from error
    if version < OLDEST:
        raise Stop(
            _("Wirknetz braucht PostgreSQL {oldest} oder neuer, dies ist {version}.").format(
                oldest=OLDEST, version=version
            )
        )


@dataclass(frozen=True)
class Content:
    """What stood in a database at the moment of the dump."""

    tables: Mapping[str, int]
    migrations: tuple[str, ...]


def dump(server: Server, target: Path) -> Content:
    """Dump while others go on writing; the counts are of the very same moment."""
    with server.connect() as connection, connection.transaction():
        connection.execute("set transaction isolation level repeatable read, read only")
        snapshot = str(_one(connection, "select pg_export_snapshot()"))
        content = _content(connection)
        words = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
        _tool("pg_dump", server, [*words, f"--file={target}", f"--dbname={server.name}"])
    return content


def check(server: Server, path: Path) -> None:
    """Let pg_restore read the whole file. Raises Stop when it cannot."""
    _tool("pg_restore", server, ["--file=-", str(path)], quiet=True)


def _content(connection: psycopg.Connection[Any]) -> Content:
    names = [str(row[0]) for row in connection.execute(TABLES)]
    count = sql.SQL("select count(*) from {}")
    counts = {name: int(_one(connection, count.format(sql.Identifier(name)))) for name in names}
    applied: tuple[str, ...] = ()
    if "django_migrations" in names:
        rows = connection.execute("select app, name from django_migrations order by app, name")
        applied = tuple(f"{app}.{name}" for app, name in rows)
    return Content(counts, applied)


def _one(
    connection: psycopg.Connection[Any],
    query: LiteralString | sql.Composed,
    values: Sequence[object] = (),
) -> Any:
    row = connection.execute(query, values or None).fetchone()
    return row[0] if row else None


def is_empty(server: Server) -> bool:
    """True when the database holds no table yet."""
    with server.connect() as connection:
        return connection.execute(TABLES).fetchone() is None


def replace(server: Server, dumped: Path, expected: Mapping[str, int]) -> str:
    """Restore into a new database, compare, then exchange the names in one transaction.

    Returns the name under which the former database is kept. Raises Stop, with nothing
    changed, when the new one is not complete or somebody uses the old one.
    """
    stamp = time.strftime("%Y%m%d_%H%M%S")
    new, former = f"{server.name}_new_{stamp}", f"{server.name}_before_{stamp}"
    with _maintenance(server) as connection:
        _create(connection, new)
        try:
            _fill(server, new, dumped, expected)
            _exchange(connection, server.name, new, former)
        except BaseException:
            connection.execute(_named("drop database {}", new))
            raise
    return former


@contextmanager
def _maintenance(server: Server) -> Iterator[psycopg.Connection[Any]]:
    with server.connect("postgres") as connection:
        yield connection


def _create(connection: psycopg.Connection[Any], name: str) -> None:
    try:
        connection.execute(_named("create database {} template template0 encoding 'UTF8'", name))
    except psycopg.errors.InsufficientPrivilege as error:
        raise Stop(_("Zum Zurückholen braucht der Datenbank-Zugang das Recht CREATEDB.")) from error


def _fill(server: Server, name: str, dumped: Path, expected: Mapping[str, int]) -> None:
    words = ["--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges"]
    _tool("pg_restore", server, [*words, f"--dbname={name}", str(dumped)])
    with server.connect(name) as connection:
        found = _content(connection).tables
    if dict(found) != dict(expected):
        raise Stop(_("Die Sicherung ist beschädigt. Es wurde nichts verändert."))


def _exchange(connection: psycopg.Connection[Any], name: str, new: str, former: str) -> None:
    if _one(connection, OTHERS, [name]):
        raise Stop(_("Wirknetz läuft noch auf diesen Daten. Bitte zuerst beenden."))
    with connection.transaction():
        connection.execute(_named("alter database {} rename to {}", name, former))
        connection.execute(_named("alter database {} rename to {}", new, name))


def _named(text: LiteralString, *names: str) -> sql.Composed:
    return sql.SQL(text).format(*map(sql.Identifier, names))


def _tool(name: str, server: Server, words: Sequence[str], *, quiet: bool = False) -> None:
    path = shutil.which(name)
    if path is None:
        raise Stop(
            _(
                "Das Programm {name} fehlt. Es gehört zu PostgreSQL; "
                "auf Debian und Ubuntu: apt install postgresql-client"
            ).format(name=name)
        )
    done = subprocess.run(  # noqa: S603 – found on the PATH, words of our own
        [path, *words],
        env=server.environment(),
        stdout=subprocess.DEVNULL if quiet else None,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Stop(f"{name}: {done.stderr.strip()}")
