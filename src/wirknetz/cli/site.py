"""Makes the site ready: settings read, database up to date, static files in place."""

import os
from pathlib import Path
from typing import Any

from wirknetz.cli import environment, places
from wirknetz.cli.say import Stop, gettext, say

SETTINGS = "wirknetz.web.settings"


def configure(mode: str | None = None) -> None:
    """Start Django in `mode` (`demo`, `serve`; None: what the environment says, else `serve`).

    Raises Stop with a hint when a setting is missing or wrong.
    """
    mode = mode or os.environ.get("WIRKNETZ_MODE", "serve")
    os.environ["WIRKNETZ_MODE"] = mode
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    if mode == "demo":
        _use_demo_data()
    elif mode == "serve":
        environment.complete()
    _start_django()


def configure_for(options: Any) -> None:
    """Start Django on the real data, or on those of the demo if `--demo` was given."""
    configure("demo" if options.demo else None)


def _use_demo_data() -> None:
    """The demo never touches real data, whatever the environment says."""
    os.environ["WIRKNETZ_DATA_DIR"] = str(places.demo_data())
    for name in ("DATABASE_URL", "WIRKNETZ_SMTP_URL"):
        os.environ.pop(name, None)


def _start_django() -> None:
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise Stop(str(error)) from error


def data_folder() -> Path:
    """The folder for data, made if it is missing and readable by its owner alone."""
    from django.conf import settings

    folder = Path(settings.DATA_DIR)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def prepare_database() -> None:
    """Bring the tables up to date. Raises Stop when the database does not answer."""
    from django.core.management import call_command
    from django.db import DatabaseError
    from django.db.migrations.exceptions import InconsistentMigrationHistory

    data_folder()
    keep_to_owner()
    require_database()
    try:
        if _is_behind():
            say(gettext("Bringe die Datenbank auf den Stand dieser Ausgabe …"))
            call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
    except (DatabaseError, InconsistentMigrationHistory) as error:
        raise Stop(_not_migrated(error)) from error


def keep_to_owner() -> None:
    """Make the file of a new SQLite database readable by its owner alone, wherever it lies.

    A folder that was there before may be open to others; SQLite gives what it writes beside the
    file the same rights.
    """
    from django.db import connection

    path = Path(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite" and path.parent.is_dir() and not path.exists():
        path.touch(mode=0o600)


def require_tables() -> None:
    """Raises Stop where there is no database yet, or one of another release."""
    from django.db import connection

    path = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite" and not Path(path).is_file():
        raise Stop(gettext("Hier gibt es noch keine Daten: {path}").format(path=path))
    require_database()
    if _is_behind():
        raise Stop(
            gettext("Die Datenbank ist nicht auf dem Stand dieser Ausgabe: wirknetz manage migrate")
        )


def require_database() -> None:
    """Knock once and directly: the pool would knock for a while and keep the reason to itself.

    Raises Stop with the reason when the database does not answer or is too old.
    """
    from django.db import DatabaseError, connection

    if connection.vendor == "postgresql":
        from wirknetz.cli.archive import postgres

        postgres.require(postgres.Server.from_settings(connection.settings_dict), _unreachable)
        return
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        raise Stop(_unreachable(error)) from error


def _is_behind() -> bool:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _not_migrated(error: Exception) -> str:
    from django.conf import settings

    if settings.DEMO:
        return gettext(
            "Die Probe-Daten passen nicht zu dieser Ausgabe ({error}).\n"
            "Bitte neu beginnen: wirknetz demo --fresh"
        ).format(error=error)
    return gettext(
        "Die Datenbank ließ sich nicht auf den Stand dieser Ausgabe bringen: {error}\n"
        "Bitte mit der vorigen Ausgabe die letzte Sicherung zurückholen: wirknetz restore DATEI"
    ).format(error=error)


def _unreachable(error: Exception) -> str:
    return gettext(
        "Die Datenbank antwortet nicht oder lehnt ab:\n  {error}\n"
        "Bitte DATABASE_URL prüfen, zum Beispiel "
        "DATABASE_URL=postgres://wirknetz:geheim@127.0.0.1:5432/wirknetz"
    ).format(error=str(error).strip())


def prepare_static_files() -> None:
    """Collect pictures, styles and scripts once per change."""
    from django.conf import settings
    from django.core.management import call_command

    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if manifest.is_file() and manifest.stat().st_mtime >= _newest_static_file():
        return
    say(gettext("Lege Bilder, Schriften und Gestaltung bereit …"))
    call_command("collectstatic", interactive=False, verbosity=0)


def _newest_static_file() -> float:
    from django.contrib.staticfiles.finders import get_finders

    files = (
        storage.path(path)
        for finder in get_finders()
        for path, storage in finder.list(ignore_patterns=None)
    )
    return max((Path(path).stat().st_mtime for path in files), default=0.0)
