"""`wirknetz serve`: real use. Settings come from the environment."""

import os
import socket
import sys
from typing import Any

from wirknetz.cli import environment, server, site
from wirknetz.cli.children import Child, stop_all, watch
from wirknetz.cli.say import complain, gettext, say


def run(options: Any) -> int:
    """Check, prepare, start the site and its background worker, end them together."""
    site.configure("serve")
    for hint in environment.hints(os.environ):
        complain(hint)
    taken = server.listen(options.host, options.port, command="serve")
    site.prepare_database()
    site.prepare_static_files()
    _offer_setup()
    if sys.platform == "win32":
        server.serve_here(taken, ready=lambda: _say_ready(taken))
        return 0
    return _serve_with_children(taken, with_worker=not options.no_worker)


def _serve_with_children(taken: socket.socket, *, with_worker: bool) -> int:
    taken.listen()  # whoever calls before gunicorn is up waits a moment instead of being refused
    fd, me = taken.fileno(), str(os.getpid())
    children = [
        Child("site", ["wirknetz.cli.webserver", f"fd://{fd}", me], needed=True, keep=[fd]),
    ]
    if with_worker:
        children.append(Child("worker", ["wirknetz", "worker", "--parent", me]))
    code = 0
    with server.stopping_cleanly():
        for child in children:
            child.start()
        _say_ready(taken)
        code = watch(children)
        complain(gettext("Die Seite ist ausgefallen. Die Ursache steht darüber."))
    say(gettext("Beende, sobald die laufende Arbeit fertig ist …"))
    stop_all(children)
    say(gettext("Beendet."))
    return code


def _say_ready(taken: socket.socket) -> None:
    from django.conf import settings

    say(
        gettext("Wirknetz läuft: {url} (auf diesem Rechner {here}). Beenden mit Strg+C.").format(
            url=settings.BASE_URL, here=server.address(taken)
        )
    )


def _offer_setup() -> None:
    """On an empty installation print the link that creates network and coordinator, once."""
    from wirknetz.cli.setup import setup_link

    if link := setup_link():
        say(gettext("Noch ist nichts eingerichtet. Dieser Link legt Netzwerk und Koordination an,"))
        say(gettext("er gilt einmal und 24 Stunden; ein neuer Start druckt einen neuen:"))
        say(f"\n    {link}\n")
