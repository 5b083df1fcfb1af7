"""Helpers for tests of definitions: forms as browsers send them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.world import Role, World

Page = Callable[..., Any]


@pytest.fixture
def coordinator(world: World) -> Client:
    """The coordinator's browser."""
    return world.client(Role.COORDINATOR)


@pytest.fixture
def at(world: World) -> Callable[[str], str]:
    """Addresses below the network's measurement pages."""
    return lambda path: f"/netz/{world.network.slug}/wirkung/{path}"


def measure_form(**changed: Any) -> dict[str, Any]:
    """What the form of a measure sends."""
    return {
        "name": "Beratungen begonnen",
        "definition": "Jede Beratung, die im Zeitraum begonnen hat.",
        "unit": "Fälle",
        "level": "output",
        "counts": "cases",
        "adds": "flow",
        "decimals": "0",
    } | changed


def version_form(**changed: Any) -> dict[str, Any]:
    """What the form of a definition sends."""
    return {
        "formula": "integriert / beendet",
        "definition": "Von allen, die beendet haben: So viele sind in Arbeit.",
        "percent": "on",
        "decimals": "0",
        "direction": "up",
        "accumulate": "per_period",
        "valid_from_part": "q1",
        "valid_from_year": "2026",
    } | changed


def rows(prefix: str, *filled: dict[str, Any], initial: int = 0) -> dict[str, Any]:
    """What a table of fields sends."""
    sent: dict[str, Any] = {
        f"{prefix}-TOTAL_FORMS": str(len(filled)),
        f"{prefix}-INITIAL_FORMS": str(initial),
    }
    for number, row in enumerate(filled):
        sent |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return sent
