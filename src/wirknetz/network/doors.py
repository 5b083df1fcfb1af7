"""The door of every page inside a network."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase

from wirknetz.foundation.doors import Refused, wraps_door
from wirknetz.network import queries
from wirknetz.network.models import Network
from wirknetz.network.rules import Actor

P = ParamSpec("P")


class NetworkRequest(HttpRequest):
    """A request that has passed the door: who acts, in which network."""

    actor: Actor
    network: Network


NetworkView = Callable[Concatenate[NetworkRequest, P], HttpResponseBase]


def door(rule: Callable[[Actor], bool]) -> Callable[[NetworkView[P]], Callable[..., Any]]:
    """Let in who the rule lets in. The address names the network as ``slug``.

    A network one has no part in answers 404, so that its existence is not told.
    """

    def decorate(view: NetworkView[P]) -> Callable[..., Any]:
        def guarded(request: NetworkRequest, /, slug: str, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            found = queries.entrance(user_id=request.user.pk, slug=slug)
            if found is None:
                raise Http404
            request.network, actor = found
            request.actor = queries.acting(actor, request.session.get(acting_key(actor)))
            if not rule(request.actor):
                raise Refused
            return view(request, **kwargs)  # type: ignore[call-arg]

        return wraps_door(f"network:{rule.__name__}")(view, guarded)  # type: ignore[arg-type]

    return decorate


def acting_key(actor: Actor) -> str:
    """Where the session remembers for whom she acts in this network."""
    return f"acting_for:{actor.network_id}"
