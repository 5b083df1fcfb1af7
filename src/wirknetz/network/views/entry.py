"""One's networks, and for whom one acts."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wirknetz.foundation.doors import signed_in
from wirknetz.foundation.refusal import Refused
from wirknetz.network import actions, queries
from wirknetz.network.doors import NetworkRequest, acting_key, door
from wirknetz.network.rules import is_inside


@signed_in
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """My networks; who has one goes straight there."""
    user_id = request.user.pk or 0
    own = queries.own_networks(user_id=user_id)
    invitations = queries.open_invitations_of(user_id=user_id)
    if len(own) == 1 and not invitations:
        return redirect("backbone:today", own[0].slug)
    return render(request, "network/mine.html", {"networks": own, "invitations": invitations})


@signed_in
@require_POST
def answer_invitation(request: HttpRequest, slug: str) -> HttpResponse:
    """Accept the invitation of a network, or decline it."""
    user_id, at = request.user.pk or 0, timezone.now()
    if request.POST.get("answer") == "decline":
        actions.decline_invitation(user_id=user_id, slug=slug, at=at)
        messages.success(request, _("Sie haben die Einladung abgelehnt."))
        return redirect("network:mine")
    actions.accept_invitation(user_id=user_id, slug=slug, at=at)
    messages.success(request, _("Willkommen! Sie gehören jetzt zu diesem Netzwerk."))
    return redirect("backbone:today", slug)


@door(is_inside)
@require_POST
def act_for(request: NetworkRequest) -> HttpResponse:
    """Choose for whom I act in this network, from now on and on this device."""
    wanted = request.POST.get("acting", "")
    pk = int(wanted) if wanted.isdecimal() and len(wanted) < 19 else None
    if wanted and (pk is None or not request.actor.belongs_to(pk)):
        raise Refused(_("Für diese Organisation handeln Sie hier nicht."))
    request.session[acting_key(request.actor)] = pk
    label = request.actor.standings[pk].label if pk else _("die Koordinierungsstelle")
    if pk or request.actor.coordinator:
        messages.success(request, _("Sie handeln jetzt für %(label)s.") % {"label": label})
    return redirect(_back(request))


def _back(request: NetworkRequest) -> str:
    wanted = request.POST.get("next", "")
    allowed = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if allowed else reverse("backbone:today", args=[request.network.slug])
