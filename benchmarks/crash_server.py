"""The serving processes of `wirknetz serve`, to be killed and started again."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from typing import Final

from benchmarks.site_places import Place
from tests.support.processes import ROOT, environment

PATIENCE: Final = 120.0  # seconds; reached only when something hangs
MODULE: Final = "wirknetz.cli.webserver"


class Server:
    """gunicorn as the product starts it, on a socket that outlives it.

    Who calls while it is down waits for the next start, as behind a supervisor.
    """

    def __init__(self, place: Place, **settings: str) -> None:
        self._settings = place.settings(**settings)
        self._log = place.folder / "server.log"
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        self._socket.listen(256)
        self.port = int(self._socket.getsockname()[1])
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        fd, me = self._socket.fileno(), str(os.getpid())
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 – our own interpreter and module
                [sys.executable, "-m", MODULE, f"fd://{fd}", me],
                env=environment(**self._settings), cwd=ROOT, pass_fds=[fd],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        deadline = time.monotonic() + PATIENCE
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the site does not start:\n{self._log.read_text()[-2000:]}")
            time.sleep(0.05)

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", "/konto/login/")
            return connection.getresponse().status < 500
        except OSError:
            return False
        finally:
            connection.close()

    def kill(self) -> None:
        """kill -9: the whole group at once, in the middle of whatever it does."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def close(self) -> None:
        """End it for good."""
        self.kill()
        self._socket.close()
