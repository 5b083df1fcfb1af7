"""Every view has a door, and every address of a network stands behind one of a network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import URLPattern, get_resolver

from wirknetz.foundation.doors import DoorMiddleware

GUARDED_ELSEWHERE = ("allauth.",)
"""Views of others; who may open them is held in the table of doors."""


def _views(resolver: Any, prefix: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    for pattern in resolver.url_patterns:
        address = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLPattern):
            yield address, pattern.callback
        else:
            yield from _views(pattern, address)


def test_every_view_has_a_door() -> None:
    open_ones = [
        address
        for address, view in _views(get_resolver())
        if not getattr(view, "door", None) and not view.__module__.startswith(GUARDED_ELSEWHERE)
    ]
    assert open_ones == []


def test_inside_a_network_every_door_is_a_networks() -> None:
    wrong = [
        address
        for address, view in _views(get_resolver())
        if address.startswith("netz/") and not getattr(view, "door", "").startswith("network:")
    ]
    assert wrong == []


def test_a_view_without_a_door_is_refused() -> None:
    def forgotten(request: object) -> HttpResponse:
        return HttpResponse("inside")

    middleware = DoorMiddleware(lambda request: HttpResponse())
    with pytest.raises(PermissionDenied):
        middleware.process_view(RequestFactory().get("/"), forgotten, (), {})
