"""Taking an address, and serving the site with its worker in one process (waitress)."""

import errno
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

from wirknetz.cli.say import Stop, gettext, say
from wirknetz.cli.warm import application

HOST = "127.0.0.1"
PORT = 8000
LAST_PORT = 65535
THREADS = 8
IN_MEMORY = 26_000_000
"""So many bytes of a request stay in memory: a file a partner sends never goes to the disk."""


def listen(host: str | None, port: int | None, *, command: str) -> socket.socket:
    """Take the address. Raises Stop with another port to try when it is taken."""
    host, port = host or HOST, port or PORT
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    taken = socket.socket(family, socket.SOCK_STREAM)
    if sys.platform != "win32":  # there it would let two servers share one address
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((host, port))
    except OSError as error:
        taken.close()
        raise Stop(_no_address(host, port, command, error)) from error
    return taken


def _no_address(host: str, port: int, command: str, error: OSError) -> str:
    if error.errno != errno.EADDRINUSE:
        return gettext("Die Adresse {host}:{port} geht hier nicht: {error}").format(
            host=host, port=port, error=error.strerror or error
        )
    return gettext(
        "Die Adresse {host}:{port} ist schon belegt. Läuft Wirknetz schon?\n"
        "Sonst einen anderen Anschluss nehmen: wirknetz {command} --port {other}"
    ).format(host=host, port=port, command=command, other=port + 1 if port < LAST_PORT else PORT)


def address(taken: socket.socket) -> str:
    """The address as a person types it into the browser."""
    host, port = taken.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


@contextmanager
def stopping_cleanly() -> Iterator[None]:
    """Ctrl-C and SIGTERM end the block quietly; a second one ends the process at once."""

    def leave(_signal: int, _frame: FrameType | None) -> NoReturn:
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, signal.SIG_DFL)
        raise SystemExit

    before = {name: signal.signal(name, leave) for name in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    except SystemExit:
        pass
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)


def serve_here(taken: socket.socket, *, ready: Callable[[], None]) -> None:
    """The site and its worker in this process, until a signal; both end with their work done."""
    from waitress.server import create_server

    from wirknetz.cli.background import BackgroundThread

    worker = BackgroundThread()
    site = create_server(
        application(), sockets=[taken], threads=THREADS, ident=None, inbuf_overflow=IN_MEMORY
    )
    with stopping_cleanly():
        worker.start()
        ready()
        site.run()
    say(gettext("Beende, sobald die laufende Arbeit fertig ist …"))
    site.close()
    worker.stop()
    say(gettext("Beendet."))
