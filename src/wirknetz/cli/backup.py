"""`wirknetz backup`: everything the database holds, in one file, while the site runs."""

import tempfile
from pathlib import Path
from typing import Any

from wirknetz import __version__
from wirknetz.cli import site
from wirknetz.cli.archive import container, sqlite
from wirknetz.cli.archive.container import Manifest
from wirknetz.cli.say import Stop, confirmed, gettext, say


def run(options: Any) -> int:
    """Copy, check the copy, pack, read back; the file appears only when all of it is good."""
    site.configure_for(options)
    site.require_tables()
    target: Path = options.file.absolute()
    _may_write(target, sure=options.yes)
    with tempfile.TemporaryDirectory(prefix=".wirknetz-", dir=target.parent) as folder:
        copied = Path(folder) / "database"
        say(gettext("Kopiere die Datenbank …"))
        manifest = take(copied)
        say(gettext("Schreibe und prüfe {file} …").format(file=target.name))
        container.write(target, manifest, copied)
    rows = sum(manifest.tables.values())
    say(
        gettext("Gesichert: {rows} Zeilen aus {tables} Tabellen in {file}.").format(
            rows=rows, tables=len(manifest.tables), file=target
        )
    )
    return 0


def _may_write(target: Path, *, sure: bool) -> None:
    if not target.parent.is_dir():
        raise Stop(gettext("Den Ordner {folder} gibt es nicht.").format(folder=target.parent))
    if target.is_dir():
        raise Stop(
            gettext("{path} ist ein Ordner. Bitte einen Dateinamen angeben.").format(path=target)
        )
    if target.exists() and not sure:
        question = gettext("{file} gibt es schon. Ersetzen?").format(file=target)
        if not confirmed(question):
            raise Stop(gettext("Nichts geschrieben. Mit --yes wird ohne Rückfrage ersetzt."))


def take(target: Path) -> Manifest:
    """Copy the site's database to `target`, check the copy, describe it."""
    from django.db import connection

    if connection.vendor == "sqlite":
        return _take_sqlite(Path(connection.settings_dict["NAME"]), target)
    return _take_postgres(connection.settings_dict, target)


def _take_sqlite(source: Path, target: Path) -> Manifest:
    sqlite.copy(source, target)
    sqlite.check(target)
    return _described(target, sqlite.ENGINE, sqlite.tables(target), sqlite.migrations(target))


def _take_postgres(database: dict[str, Any], target: Path) -> Manifest:
    from wirknetz.cli.archive import postgres

    server = postgres.Server.from_settings(database)
    content = postgres.dump(server, target)
    postgres.check(server, target)
    return _described(target, postgres.ENGINE, content.tables, content.migrations)


def _described(path: Path, engine: str, tables: Any, migrations: tuple[str, ...]) -> Manifest:
    return Manifest(
        version=__version__,
        engine=engine,
        created_at=container.now(),
        tables=dict(tables),
        migrations=migrations,
        sha256=container.fingerprint(path),
        size=path.stat().st_size,
    )
