"""Remembers in an environment which lock it was made from, so that a second start is quick.

Called by the launcher with the environment's own Python, standard library only:
`stamp.py write run|dev` after installing, `stamp.py check run|dev` before each start
(exit code 0: nothing to do). The development lock holds everything the running lock holds.
"""

import hashlib
import json
import sys
import sysconfig
from importlib.util import find_spec
from pathlib import Path

LOCKS = Path(__file__).resolve().parent
STAMP = Path(sys.prefix) / "wirknetz-stamp.json"
ENOUGH = {"run": ("run", "dev"), "dev": ("dev",)}


def fingerprint(lock: str) -> str:
    """The lock's content and the Python it was installed for."""
    content = (LOCKS / f"{lock}.txt").read_bytes()
    return (
        f"{hashlib.sha256(content).hexdigest()} {sys.version_info.major}.{sys.version_info.minor}"
    )


def installed() -> list[str]:
    """The names of the installed distributions with their versions."""
    return sorted(path.name for path in Path(sysconfig.get_path("purelib")).glob("*.dist-info"))


def write(lock: str) -> None:
    """Note what has just been installed."""
    note = {"lock": lock, "fingerprint": fingerprint(lock), "installed": installed()}
    STAMP.write_text(json.dumps(note), encoding="utf-8")


def is_ready(lock: str) -> bool:
    """True when this environment serves `lock` and nothing has gone missing since."""
    try:
        note = json.loads(STAMP.read_text(encoding="utf-8"))
        return (
            note["lock"] in ENOUGH[lock]
            and note["fingerprint"] == fingerprint(note["lock"])
            and set(note["installed"]) <= set(installed())
            and find_spec("django") is not None
        )
    except (OSError, ValueError, KeyError, TypeError):
        return False


if __name__ == "__main__":
    wish, lock_name = sys.argv[1:3]
    if wish == "write":
        write(lock_name)
    elif not is_ready(lock_name):
        sys.exit(1)
