"""*Heute*: what waits for me in this network."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from wirknetz.backbone import queries
from wirknetz.network.doors import NetworkRequest, door
from wirknetz.network.rules import is_inside


@door(is_inside)
@require_safe
def today(request: NetworkRequest) -> HttpResponse:
    """At most five things that wait, the desk, the news."""
    found = queries.today(request.network, request.actor, at=timezone.now())
    return render(request, "backbone/today.html", {"today": found, "day": timezone.localdate()})


@door(is_inside)
@require_safe
def waiting(request: NetworkRequest) -> HttpResponse:
    """Everything that waits."""
    waits = queries.waiting(request.network, request.actor, at=timezone.now())
    return render(request, "backbone/waiting.html", {"waiting": waits, "day": timezone.localdate()})
