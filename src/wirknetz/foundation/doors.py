"""Every page has a door: a view without one is never shown.

A door is a decorator that says who may come in. :class:`DoorMiddleware` refuses every view that
has none, so a forgotten rule closes a page instead of opening it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from wirknetz.foundation.refusal import Refused

__all__ = ["DoorMiddleware", "Refused", "mark_door", "public", "signed_in", "wraps_door"]

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

_OTHERS: Final = (
    "allauth.",
    "django.views.i18n",
    "django.views.static",
    "django.contrib.staticfiles",
)


def mark_door(view: Callable[..., HttpResponseBase], name: str) -> None:
    """Say on the view that it has a door."""
    view.door = name  # type: ignore[attr-defined]


def public(view: View[P]) -> View[P]:
    """Let everybody in. Only for pages that show nothing of a network's inside."""
    mark_door(view, "public")
    return view


def signed_in(view: View[P]) -> View[P]:
    """Let everybody in who has signed in."""
    guarded = login_required(view)
    mark_door(guarded, "signed_in")
    return guarded


class DoorMiddleware:
    """Refuse views without a door."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next in line."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> None:
        """Refuse before the view runs."""
        if getattr(view, "door", None) or view.__module__.startswith(_OTHERS):
            return
        raise Refused("this page has no door")


def wraps_door(
    name: str,
) -> Callable[[View[P], Callable[..., HttpResponseBase]], View[P]]:
    """Help rooms to build doors of their own: copy the view's name, mark the door."""

    def apply(view: View[P], guarded: Callable[..., HttpResponseBase]) -> View[P]:
        wrapped = wraps(view)(guarded)
        mark_door(wrapped, name)
        return wrapped

    return apply
