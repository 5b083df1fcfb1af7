"""Who is where in a round; one's own rounds."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from wirknetz.measurement.actions import collection as actions
from wirknetz.measurement.queries.collection.board import board_of, own_rows
from wirknetz.measurement.rules.collection import may_report, may_see_board
from wirknetz.network.doors import NetworkRequest, door
from wirknetz.network.rules import is_coordinator


@door(may_see_board)
@require_GET
def board(request: NetworkRequest, round_id: int) -> HttpResponse:
    """Who is where in this round."""
    found = board_of(
        actor=request.actor,
        round_id=round_id,
        at=timezone.now(),
        state=request.GET.get("stand", ""),
        only_late=request.GET.get("spaet") == "1",
    )
    if found is None:
        raise Http404
    return render(request, "measurement/collection/board.html", {"board": found})


@door(is_coordinator)
@require_POST
def remind(request: NetworkRequest, round_id: int, organisation_id: int) -> HttpResponse:
    """Remind one organisation."""
    people = actions.remind(
        by=request.actor, round_id=round_id, organisation_id=organisation_id, at=timezone.now()
    )
    told = ngettext(
        "Erinnert: eine Person.", "Erinnert: %(count)s Personen.", people
    ) % {"count": people}  # fmt: skip
    messages.success(request, _("%(told)s Heute wird nicht noch einmal erinnert.") % {"told": told})
    return redirect("measurement:board", slug=request.network.slug, round_id=round_id)


@door(may_report)
@require_GET
def submissions(request: NetworkRequest) -> HttpResponse:
    """The rounds of the organisations one acts for."""
    rows = own_rows(actor=request.actor, at=timezone.now())
    return render(request, "measurement/collection/submissions.html", {"rows": rows})
