"""Child processes of `wirknetz serve`: started, watched, stopped together."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from wirknetz.cli.say import gettext, say

GRACE = 45.0  # seconds to finish what is in hand
LOOK = 0.5  # seconds between two looks at the children
PR_SET_PDEATHSIG = 1


def end_with_parent(parent: int) -> None:
    """Ask the system to end this process when its parent is killed (Linux; elsewhere nothing).

    `parent` is the parent's number as it was at the start: if it changed, it is gone already.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            sys.exit(1)


@dataclass
class Child:
    """One process by its `python -m` words; `needed`: without it the others make no sense."""

    name: str
    words: Sequence[str]
    needed: bool = False
    keep: Sequence[int] = ()  # open files it inherits
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def start(self) -> None:
        """Start it apart from the terminal, so that Ctrl-C reaches the parent alone."""
        self.process = subprocess.Popen(  # noqa: S603 – our own interpreter and modules
            [sys.executable, "-m", *self.words], pass_fds=self.keep, start_new_session=True
        )

    @property
    def ended(self) -> bool:
        """True when it is not running any more."""
        return self.process is None or self.process.poll() is not None

    def ask_to_stop(self) -> None:
        """SIGTERM: finish the work in hand, then end."""
        if self.process is not None and not self.ended:
            self.process.terminate()

    def wait(self, deadline: float) -> None:
        """Wait for the end, until `deadline` (monotonic seconds); then end it by force."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def watch(children: Sequence[Child]) -> int:
    """Keep the children running until a needed one ends; returns an exit code above 0."""
    while True:
        for child in children:
            if not child.ended:
                continue
            if child.needed:
                return max(1, child.process.returncode if child.process else 1)
            say(gettext("{name} ist ausgefallen und wird neu gestartet.").format(name=child.name))
            child.start()
        time.sleep(LOOK)


def stop_all(children: Sequence[Child]) -> None:
    """Stop all together, each with time to finish."""
    for child in children:
        child.ask_to_stop()
    deadline = time.monotonic() + GRACE
    for child in children:
        child.wait(deadline)
