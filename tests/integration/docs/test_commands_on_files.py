"""The handbook's commands about files, run as they stand, in a folder with the examples."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.integration.docs.pages import commands
from tests.support.processes import PATIENCE, ROOT, environment

PAGES = ("docs/handbuch/liste-zaehlen.md", "docs/handbuch/runde-auswerten.md")
LINES = [line for page, line in commands() if page in PAGES]
PARTNERS = ROOT / "tests/data/partners"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(PARTNERS, tmp_path / "meldungen", ignore=shutil.ignore_patterns("bad"))
    shutil.copy(PARTNERS / "klinik-b-faelle_2025Q3.xlsx", tmp_path / "faelle.xlsx")
    for example in (ROOT / "docs/beispiele").glob("*.toml"):
        shutil.copy(example, tmp_path)
    return tmp_path


def test_there_are_commands() -> None:
    assert {line.split()[1] for line in LINES} == {"prepare", "evaluate"}


@pytest.mark.parametrize("line", LINES)
def test_command_does_what_the_page_says(line: str, folder: Path) -> None:
    words = shlex.split(line)
    before = set(folder.iterdir())
    done = subprocess.run(  # noqa: S603 – words of our own
        [sys.executable, "-m", "wirknetz", *words[1:]],
        cwd=folder,
        env=environment(PATH=os.environ["PATH"]),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert set(folder.iterdir()) - before
