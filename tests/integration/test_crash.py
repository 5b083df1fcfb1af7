"""kill -9 while people submit: nothing confirmed is lost, nothing half is stored."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks.crash import crash
from benchmarks.site_places import place

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="other signals there")
KILLS = 5


def test_killed_in_the_middle_every_post_is_there_in_full_or_not_at_all(tmp_path: Path) -> None:
    with place("sqlite", "crash-small", folder=tmp_path) as found:
        outcome = crash(found, kills=KILLS, WIRKNETZ_WORKERS="1")
    assert outcome.wrong == []
    assert outcome.kills == KILLS
    assert outcome.confirmed > 0
    assert outcome.unanswered > 0
