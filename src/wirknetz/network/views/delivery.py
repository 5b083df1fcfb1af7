"""Mails that did not arrive, and sending them again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from wirknetz.foundation.queries import Reason
from wirknetz.network import actions, queries
from wirknetz.network.doors import NetworkRequest, door
from wirknetz.network.rules import is_coordinator
from wirknetz.network.views._shared import to


@door(is_coordinator)
@require_http_methods(["GET", "HEAD", "POST"])
def delivery(request: NetworkRequest) -> HttpResponse:
    """Whom mails do not reach and why; a POST sends everything again."""
    if request.method == "POST":
        return _again(request, None)
    rows = queries.undelivered(request.actor)
    context = {"rows": rows, "server": any(row.reason is Reason.SERVER for row in rows)}
    return render(request, "network/delivery.html", context)


@door(is_coordinator)
@require_POST
def send_again(request: NetworkRequest, person: int) -> HttpResponse:
    """Send one person's mails again."""
    return _again(request, person)


def _again(request: NetworkRequest, person: int | None) -> HttpResponse:
    tried = actions.send_again(person_id=person, by=request.actor, at=timezone.now())
    if tried:
        sentence = ngettext(
            "Wir senden die E-Mail noch einmal. Das kann ein paar Minuten dauern.",
            "Wir senden die E-Mails noch einmal. Das kann ein paar Minuten dauern.",
            tried,
        )
        messages.success(request, sentence)
    else:
        messages.info(request, _("Es gibt nichts mehr zu senden."))
    return to("network:delivery", request)
