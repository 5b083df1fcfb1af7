"""Commands in the documentation: quick ones are run, long ones exist with these options."""

import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.docs.pages import commands
from tests.support.processes import PATIENCE, REAL_USE, ROOT, environment
from wirknetz.cli.commands import COMMANDS, parser

LONG = {"demo", "serve", "test", "check", "bench", "worker"}
"""Commands that run for long, or until somebody ends them."""

OTHERS = {"sudo"}
"""Programs of the system that are not started here."""

SHELL = {"set", "rm", "python3"}
"""Harmless words of the shell, run with the others."""

ALL = list(commands())


def _words(line: str) -> list[str]:
    """What is called, without settings in front of it."""
    words = shlex.split(line)
    while "=" in words[0]:
        words.pop(0)
    return words


def _is_ours(line: str) -> bool:
    return _words(line)[0] == "./wirknetz"


def _is_long(line: str) -> bool:
    words = _words(line)
    return len(words) > 1 and words[1] in LONG and "--once" not in words


OURS = sorted({line for _page, line in ALL if _is_ours(line)})


def test_there_are_commands() -> None:
    assert len(OURS) > 15
    assert {"./wirknetz demo", "./wirknetz test", "./wirknetz serve"} <= set(OURS)


@pytest.mark.parametrize("line", OURS)
def test_command_and_options_exist(line: str) -> None:
    words = _words(line)[1:]
    named = COMMANDS.get(words[0])
    if named and named.passes_on:
        return
    if words[0] in {"--help", "--version"}:
        with pytest.raises(SystemExit, match="0"):
            parser().parse_args(words)
        return
    assert parser().parse_args(words).command == words[0]


def test_every_other_line_is_known() -> None:
    known = OTHERS | SHELL
    strange = [
        (page, line)
        for page, line in ALL
        if not _is_ours(line) and _words(line)[0] not in known and not _script(line)
    ]
    assert strange == []


def _script(line: str) -> Path | None:
    """The script of ours that this line runs."""
    words = _words(line)
    if words[0] == ".venv/bin/python" and (ROOT / words[1]).is_file():
        return ROOT / words[1]
    return None


def test_scripts_named_are_there() -> None:
    named = {_script(line) for _page, line in ALL} - {None}
    assert {path.name for path in named if path} >= {"make_pictures.py", "personal_fields.py"}


# ------------------------------------------------------------------ an operator's day


def _quick() -> Iterator[str]:
    """The page about running it, line by line, without what runs for long."""
    for page, line in ALL:
        ours = _is_ours(line) and not _is_long(line)
        harmless = _words(line)[0] in SHELL and "/etc/" not in line
        if page == "docs/operation.md" and (ours or harmless) and "--demo" not in line:
            yield line


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A machine of its own: every path below /var lies in a folder of this test."""
    for folder in ("lib/wirknetz", "backups/wirknetz", "tmp"):
        (tmp_path / "var" / folder).mkdir(parents=True)
    return tmp_path


def _settings(place: Path) -> dict[str, str]:
    return environment(
        **REAL_USE,
        WIRKNETZ_URL="https://netz.example.org",
        WIRKNETZ_DATA_DIR=str(place / "var/lib/wirknetz"),
        LAUNCH=f"{sys.executable} -m wirknetz",
        PATH=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    )


def _run(script: str, place: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(  # noqa: S603
        ["/bin/sh", "-eu", "-c", script],
        env=_settings(place),
        cwd=place,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=3 * PATIENCE,  # a dozen commands, one after the other
        check=False,
    )


def test_the_page_about_operation_can_be_followed(place: Path) -> None:
    lines = [
        line.replace("./wirknetz", "$LAUNCH", 1).replace("/var/", f"{place}/var/")
        for line in _quick()
    ]
    first = "$LAUNCH manage migrate -v 0\n$LAUNCH manage createcachetable"
    done = _run("\n".join([first, *lines]), place)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (place / "var/backups/wirknetz/before-upgrade.zip").is_file()
    assert not (place / "var/tmp/wirknetz-drill").exists()
    assert list((place / "var/lib/wirknetz").glob("*.before-*")), "restored over the former data"


def test_a_damaged_backup_stops_the_drill(place: Path) -> None:
    bad = place / "var/backups/wirknetz/today.zip"
    bad.write_bytes(b"PK not a backup")
    done = _run(f"$LAUNCH restore --yes {bad}", place)
    assert done.returncode == 1
    assert "beschädigt" in done.stderr
