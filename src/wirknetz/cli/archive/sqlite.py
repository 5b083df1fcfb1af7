"""Copying and replacing an SQLite database. Standard library only."""

import os
import sqlite3
import time
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from wirknetz.cli.say import Stop
from wirknetz.cli.say import gettext as _

ENGINE = "sqlite"


def copy(source: Path, target: Path) -> None:
    """A consistent copy as one file, while others go on writing (SQLite's backup door)."""
    with closing(_open(source)) as live, closing(sqlite3.connect(target)) as copied:
        live.backup(copied)
        copied.execute("pragma journal_mode=delete")


def _open(path: Path) -> sqlite3.Connection:
    """Open an existing file; sqlite3 alone would make an empty one."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=20)


def check(path: Path) -> None:
    """Let SQLite look at every page. Raises Stop when the file is damaged or no database."""
    try:
        with closing(_open(path)) as database:
            found = [str(row[0]) for row in database.execute("pragma integrity_check")]
            found += ["foreign key" for _row in database.execute("pragma foreign_key_check")]
    except sqlite3.DatabaseError as error:
        found = [str(error)]
    if found != ["ok"]:
        raise Stop(_("Die Datenbank ist beschädigt: {what}").format(what="; ".join(found[:3])))


def tables(path: Path) -> Mapping[str, int]:
    """How many rows each table holds."""
    with closing(_open(path)) as database:
        names = database.execute(
            "select name from sqlite_master where type = 'table' and name not like 'sqlite~_%'"
            " escape '~' order by name"
        ).fetchall()
        return {name: _rows(database, name) for (name,) in names}


def _rows(database: sqlite3.Connection, table: str) -> int:
    quoted = table.replace('"', '""')
    row = database.execute(f'select count(*) from "{quoted}"').fetchone()  # noqa: S608 – quoted
    return int(row[0])


def migrations(path: Path) -> tuple[str, ...]:
    """The applied steps as `app.name`; none where there is no such table."""
    with closing(_open(path)) as database:
        try:
            rows = database.execute("select app, name from django_migrations order by app, name")
        except sqlite3.OperationalError:
            return ()
        return tuple(f"{app}.{name}" for app, name in rows)


def in_use(path: Path) -> bool:
    """True while any process has the database open.

    Leaving the write-ahead log needs the file for oneself, and folds the log into the file.
    """
    if not path.is_file():
        return False
    try:
        with closing(sqlite3.connect(path, timeout=1)) as database:
            database.execute("pragma journal_mode=delete")
    except sqlite3.OperationalError:
        return True
    except sqlite3.DatabaseError:
        return False  # no database at all: nobody can be using it
    return False


def replace(current: Path, new: Path) -> Path | None:
    """Put `new` where `current` is, in one step; returns where the former one is kept.

    Raises Stop while somebody uses the database.
    """
    if in_use(current):
        raise Stop(_("Wirknetz läuft noch auf diesen Daten. Bitte zuerst beenden."))
    former = _keep(current) if current.exists() else None
    for name in (f"{current.name}-wal", f"{current.name}-shm"):
        current.with_name(name).unlink(missing_ok=True)
    new.replace(current)
    return former


def _keep(current: Path) -> Path:
    """A second name for the same file, so that there is never a moment without a database."""
    stamp = time.strftime("%Y%m%d-%H%M%S")
    former = current.with_name(f"{current.name}.before-{stamp}")
    number = 1
    while former.exists():
        number += 1
        former = current.with_name(f"{current.name}.before-{stamp}-{number}")
    try:
        os.link(current, former)
    except OSError:  # a file system without second names
        copy(current, former)
    return former
