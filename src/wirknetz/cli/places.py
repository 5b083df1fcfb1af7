"""Where things are: the clone, if there is one, and the folder for data."""

import os
import sys
from pathlib import Path

from wirknetz.cli.say import Stop, gettext


def clone() -> Path | None:
    """The clone this code runs from, or None when the package is installed."""
    root = Path(__file__).resolve().parents[3]
    return (
        root if (root / "pyproject.toml").is_file() and (root / "requirements").is_dir() else None
    )


def required_clone() -> Path:
    """The clone; stops with a hint where there is none (tests and checks live there only)."""
    root = clone()
    if root is None:
        raise Stop(gettext("Dieser Befehl braucht einen Klon des Quelltextes."))
    return root


def demo_data() -> Path:
    """Where the demo keeps its data: `var/demo` in the clone, else the person's data folder.

    `WIRKNETZ_DEMO_DIR` names another place.
    """
    if named := os.environ.get("WIRKNETZ_DEMO_DIR"):
        return Path(named).absolute()
    root = clone()
    return root / "var" / "demo" if root else person_data() / "wirknetz" / "demo"


def person_data() -> Path:
    """The folder this system gives a person's programs for their data."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
