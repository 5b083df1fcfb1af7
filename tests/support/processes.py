"""Running the command line as a person does: in a process of its own, with its own environment."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120.0  # seconds; reached only when something hangs
REAL_USE = {
    "WIRKNETZ_SECRET_KEY": "for-tests-only-" + "k" * 40,
    "WIRKNETZ_SMTP_URL": "dummymail://",
}


def environment(**changed: str) -> dict[str, str]:
    """Nothing of Wirknetz's own from outside, German, plus what the test sets."""
    ours = ("WIRKNETZ_", "DATABASE_URL", "DJANGO_", "LC_", "LANG")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    return kept | {"PYTHONPATH": paths, "LC_ALL": "C.UTF-8"} | changed


def wirknetz(
    *words: str, module: str = "wirknetz", **changed: str
) -> "subprocess.CompletedProcess[str]":
    """Run a command to its end."""
    return subprocess.run(  # noqa: S603
        [sys.executable, "-m", module, *words],
        env=environment(**changed),
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Running:
    """A command that keeps running; what it says is collected."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process
        self.said = ""
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        for line in self.process.stdout or ():
            self.said += line

    def wait_for(self, text: str) -> None:
        """Until it has said this."""
        self._until(lambda: text in self.said or not self._reader.is_alive(), text)
        if text not in self.said:
            raise AssertionError(f"ended without saying {text!r}:\n{self.said}")

    def _until(self, done, wanted: str) -> None:  # type: ignore[no-untyped-def]
        deadline = time.monotonic() + PATIENCE
        while not done():
            if time.monotonic() > deadline:
                raise AssertionError(f"waited in vain for {wanted!r}:\n{self.said}")
            time.sleep(0.05)

    def end(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Send the signal, wait, return the exit code."""
        self.process.send_signal(how)
        code = self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        return code


@contextmanager
def running(*words: str, module: str = "wirknetz", **changed: str) -> Iterator[Running]:
    """A command for the length of the block; ended by force if it is still there afterwards."""
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", module, *words],
        env=environment(**changed),
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield Running(process)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
