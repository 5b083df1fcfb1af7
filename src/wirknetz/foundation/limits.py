"""Rate limits on what guesses, counted together with those of the sign-in."""

from __future__ import annotations

from typing import Final

from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse

RATES: Final = {
    "unknown_link": "20/10m/ip",  # addresses of links nobody ever got
    "use_link": "60/10m/ip",  # a whole office may sit behind one address
    "unsubscribe": "60/10m/ip",
}


def too_many(request: HttpRequest, action: str) -> bool:
    """Count one more attempt from this address; True if it was one too many."""
    usage = ratelimit.consume(
        request, app="wirknetz.foundation", action=action, config=RATES, limit_get=True
    )
    return usage is None


def respond(request: HttpRequest) -> HttpResponse:
    """The page that asks to wait (429)."""
    response: HttpResponse = ratelimit.respond_429(request)
    return response
