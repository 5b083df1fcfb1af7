"""`wirknetz check`: style, types, architecture, templates, migrations, translations."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from wirknetz.cli import catalogue
from wirknetz.cli.places import required_clone
from wirknetz.cli.say import gettext as _
from wirknetz.cli.say import say

PYTHON = ("src", "tests", "benchmarks", "requirements", "scripts")
SHOWN = 20  # untranslated sentences printed


@dataclass(frozen=True)
class Check:
    """One tool and the words it is called with."""

    name: str
    command: Sequence[str]


def run(words: Sequence[str]) -> int:
    """Run all checks, or those named; 0 when every one is content."""
    root = required_clone()
    failed = [name for name, passed in _results(root, set(words)) if not passed]
    if failed:
        say(_("Nicht in Ordnung: {names}").format(names=", ".join(failed)))
        return 1
    say(_("Alles in Ordnung."))
    return 0


def _results(root: Path, wanted: set[str]) -> list[tuple[str, bool]]:
    results = [
        (check.name, _passes(root, check))
        for check in checks(root)
        if not wanted or check.name in wanted
    ]
    if not wanted or "translations" in wanted:
        results.append(("translations", _translated(root)))
    return results


def checks(root: Path) -> Sequence[Check]:
    """Every tool with its call; paths that do not exist are left away."""
    tools = Path(sys.executable).parent
    python = [name for name in PYTHON if (root / name).is_dir()]
    templates = [str(path.relative_to(root)) for path in root.glob("src/wirknetz/*/templates")]
    wirknetz = [sys.executable, "-m", "django"]
    return (
        Check("style", [str(tools / "ruff"), "check", *python]),
        Check("format", [str(tools / "ruff"), "format", "--check", *python]),
        Check("types", [sys.executable, "-m", "mypy"]),
        Check("architecture", [str(tools / "lint-imports")]),
        Check("templates", [str(tools / "djlint"), "--lint", "--quiet", *templates]),
        Check("migrations", [*wirknetz, "makemigrations", "--check", "--dry-run"]),
        Check("site", [*wirknetz, "check"]),
    )


def _passes(root: Path, check: Check) -> bool:
    say(f"{check.name} …")
    environment = dict(os.environ) | {
        "DJANGO_SETTINGS_MODULE": "wirknetz.web.settings_test",
        "WIRKNETZ_MODE": "test",
        "PYTHONPATH": str(root / "src"),
    }
    done = subprocess.run(  # noqa: S603 – tools of this environment, words of our own
        list(check.command), cwd=root, env=environment, stdin=subprocess.DEVNULL, check=False
    )
    return done.returncode == 0


def _translated(root: Path) -> bool:
    say("translations …")
    if shutil.which("xgettext") is None:
        say(_("Ausgelassen: Übersetzungen (das Programm gettext fehlt)."))
        return True
    missing = catalogue.missing(root)
    for message in missing[:SHOWN]:
        say("  " + _("Übersetzung fehlt oder stimmt nicht: {what}").format(what=message))
    if len(missing) > SHOWN:
        say(_("  und {n} weitere").format(n=len(missing) - SHOWN))
    return not missing
