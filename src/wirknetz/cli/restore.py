"""`wirknetz restore`: bring a backup back; the former database stays beside it."""

import tempfile
from pathlib import Path
from typing import Any

from wirknetz.cli import site
from wirknetz.cli.archive import container, sqlite
from wirknetz.cli.archive.container import Manifest
from wirknetz.cli.say import Stop, confirmed, gettext, say

ENGINES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def run(options: Any) -> int:
    """Check everything first, ask, then exchange in one step. Raises Stop with nothing changed."""
    site.configure_for(options)
    manifest = container.read_manifest(options.file)
    _fits(manifest)
    folder = site.data_folder()
    if manifest.engine == "postgresql":
        site.require_database()
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=folder) as staging:
        unpacked = Path(staging) / "database"
        say(gettext("Prüfe die Sicherung vom {moment} …").format(moment=manifest.created_at))
        container.unpack(options.file, manifest, unpacked)
        former = _put_back(unpacked, manifest, sure=options.yes)
    say(gettext("Zurückgeholt: {rows} Zeilen.").format(rows=sum(manifest.tables.values())))
    if former:
        say(gettext("Die bisherigen Daten sind aufgehoben: {former}").format(former=former))
    return 0


def _fits(manifest: Manifest) -> None:
    from django.db import connection

    if manifest.engine != connection.vendor:
        raise Stop(
            gettext(
                "Die Sicherung stammt aus {theirs}, eingerichtet ist {ours}. "
                "Bitte DATABASE_URL anpassen."
            ).format(
                theirs=ENGINES.get(manifest.engine, manifest.engine),
                ours=ENGINES.get(connection.vendor, connection.vendor),
            )
        )
    if unknown := set(manifest.migrations) - _known_migrations():
        raise Stop(
            gettext(
                "Die Sicherung stammt aus einer neueren Ausgabe ({version}). "
                "Bitte zuerst Wirknetz erneuern. Unbekannt: {step}"
            ).format(version=manifest.version, step=min(unknown))
        )


def _known_migrations() -> set[str]:
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(None, ignore_no_migrations=True)
    replaced = {key for step in loader.disk_migrations.values() for key in step.replaces}
    return {f"{app}.{name}" for app, name in {*loader.disk_migrations, *replaced}}


def _put_back(unpacked: Path, manifest: Manifest, *, sure: bool) -> str | None:
    from django.db import connection

    if connection.vendor == "sqlite":
        return _put_back_sqlite(
            Path(connection.settings_dict["NAME"]), unpacked, manifest, sure=sure
        )
    return _put_back_postgres(connection.settings_dict, unpacked, manifest, sure=sure)


def _put_back_sqlite(
    current: Path, unpacked: Path, manifest: Manifest, *, sure: bool
) -> str | None:
    sqlite.check(unpacked)
    if dict(sqlite.tables(unpacked)) != dict(manifest.tables):
        raise Stop(gettext("Die Sicherung ist beschädigt. Es wurde nichts verändert."))
    if current.exists():
        _ask(str(current), sure=sure)
    former = sqlite.replace(current, unpacked)
    return str(former) if former else None


def _put_back_postgres(
    database: dict[str, Any], unpacked: Path, manifest: Manifest, *, sure: bool
) -> str | None:
    from wirknetz.cli.archive import postgres

    server = postgres.Server.from_settings(database)
    postgres.check(server, unpacked)
    if not postgres.is_empty(server):
        _ask(server.name, sure=sure)
    return postgres.replace(server, unpacked, manifest.tables)


def _ask(place: str, *, sure: bool) -> None:
    question = gettext("Die Daten in {place} werden ersetzt (und aufgehoben). Fortfahren?")
    if not sure and not confirmed(question.format(place=place)):
        raise Stop(gettext("Nichts verändert. Mit --yes wird nicht gefragt."))
