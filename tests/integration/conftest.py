"""The small world, for every test of the site."""

from __future__ import annotations

import pytest

from tests.world import World, build_world


@pytest.fixture
def world(db: None) -> World:
    """Two networks that share an organisation, and a person for each role."""
    return build_world()
