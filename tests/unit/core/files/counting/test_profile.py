"""A profile is read or refused with the place of every mistake."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.unit.core.files.counting.support import FOLDER
from wirknetz.core.files.counting import ProfileError, read_profile

PROFILES = json.loads((FOLDER / "profiles.json").read_text("utf-8"))


@pytest.mark.parametrize("case", PROFILES, ids=lambda case: case["name"])
def test_mistakes(case: dict[str, Any]) -> None:
    found: list[list[Any]] = []
    try:
        read_profile(case["toml"].encode())
    except ProfileError as error:
        found = [[m.code.value, m.where, m.line] for m in error.mistakes]
    assert found == case["mistakes"]
