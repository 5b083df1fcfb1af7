"""At the same moment: nobody fails on a lock, nothing is doubled, one approval stands."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[4]
MODULE = "tests.integration.measurement.collection.race"


def race(url: str) -> dict[str, Any]:
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    env = os.environ | {
        "WIRKNETZ_TEST_DATABASE_URL": url, "PYTHONPATH": paths, "WIRKNETZ_MODE": "test",
    }  # fmt: skip
    done = subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-m", MODULE],
        env=env,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def hold(found: dict[str, Any]) -> None:
    assert found["same"] == ["done"] * 6
    assert (found["doubles"], found["submissions"]) == ([], 1)
    assert (found["cells"], found["cell_parts"]) == (9, 18)
    assert found["different"] == ["done"] * 6
    assert found["standing"] == 1
    assert found["approving"] == ["Refused"] * 5 + ["done"]
    assert found["mixed"] == ["Refused"] * 3 + ["done"]
    assert found["approvals"] == 2
    assert found["counted"] == ["13.0000"]


def test_on_sqlite(tmp_path: Path) -> None:
    hold(race(f"sqlite:///{tmp_path / 'race.sqlite3'}"))


@pytest.mark.postgres
def test_on_postgresql(postgres_url: str) -> None:
    hold(race(postgres_url))
