"""`wirknetz demo`: the demo network, on this machine, in one process."""

import datetime as dt
import importlib
import ipaddress
import os
import shutil
import socket
from pathlib import Path
from types import ModuleType
from typing import Any

from wirknetz import __version__
from wirknetz.cli import places, server, site
from wirknetz.cli.say import Stop, gettext, say

FILLED = "filled"  # this file says that the filling ran to its end
DATABASE = "wirknetz.sqlite3"


def run(options: Any) -> int:
    """Fill if needed, start, print where it is and who may sign in."""
    _stay_here(options.host)
    taken = server.listen(options.host, options.port, command="demo")
    folder = places.demo_data()
    _start_over_if_needed(folder, fresh=options.fresh)
    _set_up(taken, folder)
    site.prepare_database()
    _fill(folder)
    site.prepare_static_files()
    server.serve_here(taken, ready=lambda: _say_ready(taken))
    return 0


def _stay_here(host: str | None) -> None:
    """Everybody knows its passwords. Raises Stop for an address others could reach."""
    try:
        here = ipaddress.ip_address(host or server.HOST).is_loopback
    except ValueError:
        here = host == "localhost"
    if not here:
        raise Stop(
            gettext(
                "Das Probe-Netzwerk läuft nur auf diesem Rechner, weil seine Passwörter bekannt "
                "sind.\nFür andere Rechner: wirknetz serve"
            )
        )


def _start_over_if_needed(folder: Path, *, fresh: bool) -> None:
    if not fresh and (folder / FILLED).is_file():
        say(gettext("Nehme die vorhandenen Probe-Daten in {folder}.").format(folder=folder))
        return
    existed = (folder / DATABASE).is_file()
    clear(folder)
    if existed:
        say(gettext("Die bisherigen Probe-Daten sind gelöscht."))


def clear(folder: Path) -> None:
    """Delete what the demo wrote, nothing else. Raises Stop while a demo is running on it."""
    from wirknetz.cli.archive import sqlite

    if sqlite.in_use(folder / DATABASE):
        raise Stop(gettext("Das Probe-Netzwerk läuft noch. Bitte zuerst dort mit Strg+C beenden."))
    for name in (FILLED, DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm"):
        (folder / name).unlink(missing_ok=True)
    shutil.rmtree(folder / "mail", ignore_errors=True)


def _set_up(taken: socket.socket, folder: Path) -> None:
    mail = folder / "mail"
    mail.mkdir(parents=True, exist_ok=True)
    os.environ["WIRKNETZ_URL"] = server.address(taken)
    os.environ["WIRKNETZ_HOSTS"] = f"{taken.getsockname()[0]},127.0.0.1,localhost"
    site.configure("demo")
    from django.conf import settings

    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(mail)


def _data() -> ModuleType:
    try:
        return importlib.import_module("wirknetz.cli.demo_data")
    except ModuleNotFoundError as error:
        if error.name != "wirknetz.cli.demo_data":
            raise
        raise Stop(gettext("In dieser Ausgabe fehlen die Daten des Probe-Netzwerks.")) from error


def _fill(folder: Path) -> None:
    if (folder / FILLED).is_file():
        return
    say(gettext("Fülle das Probe-Netzwerk …"))
    _data().fill(at=dt.datetime.now(dt.UTC), say=say)
    (folder / FILLED).write_text(__version__, encoding="utf-8")


def _say_ready(taken: socket.socket) -> None:
    say()
    say(gettext("Wirknetz läuft: {url}").format(url=server.address(taken)))
    say(gettext("Anmelden als:"))
    logins = _data().logins()
    roles, emails = (max(len(login[n]) for login in logins) for n in (0, 1))
    for role, email, password in logins:
        say(f"  {role:<{roles}}  {email:<{emails}}  {password}")
    say(gettext("E-Mails der Probe liegen in {folder}.").format(folder=places.demo_data() / "mail"))
    say(gettext("Beenden mit Strg+C. Neu beginnen: wirknetz demo --fresh"))
