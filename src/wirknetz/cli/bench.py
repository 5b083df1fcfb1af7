"""`wirknetz bench`: measure, and write docs/benchmarks.md."""

import subprocess
import sys
from collections.abc import Sequence

from wirknetz.cli.places import required_clone
from wirknetz.cli.say import Stop, gettext


def run(words: Sequence[str]) -> int:
    """Hand every word to the benchmarks of the clone."""
    root = required_clone()
    if not (root / "benchmarks" / "__main__.py").is_file():
        raise Stop(gettext("In dieser Ausgabe fehlen die Messungen."))
    command = [sys.executable, "-m", "benchmarks", *words]
    return subprocess.run(command, cwd=root, check=False).returncode  # noqa: S603
