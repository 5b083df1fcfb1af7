"""Rate limits on what guesses, counted together with those of the sign-in."""

from __future__ import annotations

from typing import Final, Protocol

from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse

RATES: Final = {
    "unknown_link": "20/10m/ip",  # addresses of links nobody ever got
    "use_link": "60/10m/ip",  # a whole office may sit behind one address
    "unsubscribe": "60/10m/ip",
    "password_from_anywhere": "100/h/key",  # of one account; from one address far fewer
    "upload": "30/10m/user",
}


class Usage(Protocol):
    """What was counted, to be taken back."""

    def rollback(self) -> None:
        """It was no guess after all."""
        ...


def at_this_door(request: HttpRequest, email: str) -> str:
    """What wrong passwords are counted by: the account and where they come from.

    Counted by the account alone, a stranger would lock out the person herself.
    """
    return f"{email.lower()}|{ratelimit.get_ip(request)}"


def from_anywhere(request: HttpRequest, email: str) -> Usage | None:
    """Count one more password for this account, from wherever; None if it was one too many."""
    usage: Usage | None = ratelimit.consume(
        request,
        app="wirknetz.foundation",
        action="password_from_anywhere",
        config=RATES,
        key=email.lower(),
    )
    return usage


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
