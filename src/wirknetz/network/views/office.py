"""What the coordinating office does for the network itself: settings, roles, audit trail."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wirknetz.network import actions, queries
from wirknetz.network.doors import NetworkRequest, door
from wirknetz.network.forms import RoleForm, SettingsForm, TrailFilter
from wirknetz.network.rules import is_coordinator
from wirknetz.network.views._shared import attempt, form_page, succeeds, to, url_of


@door(is_coordinator)
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: NetworkRequest) -> HttpResponse:
    """Name, purpose and rules of the network."""
    now = queries.settings_of(request.network)
    form = SettingsForm(request.POST or None, initial=asdict(now))
    if request.method == "POST" and form.is_valid():
        act = partial(
            actions.change_settings,
            settings=form.settings(), by=request.actor, at=timezone.now(),
        )  # fmt: skip
        if succeeds(form, act):
            messages.success(request, _("Die Einstellungen sind gespeichert."))
            return to("network:settings", request)
    return render(request, "network/settings.html", {"form": form})


@door(is_coordinator)
@require_safe
def roles(request: NetworkRequest) -> HttpResponse:
    """Who coordinates and who watches."""
    return render(request, "network/roles.html", {"rows": queries.roles(request.actor)})


@door(is_coordinator)
@require_http_methods(["GET", "HEAD", "POST"])
def new_role(request: NetworkRequest) -> HttpResponse:
    """Make somebody coordinator or observer."""
    form = RoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = partial(actions.give_role, **form.cleaned_data, by=request.actor, at=timezone.now())
        if attempt(form, act) is not None:
            messages.success(request, _("Die Rolle ist vergeben, die Einladung unterwegs."))
            return to("network:roles", request)
    return form_page(
        request, form, title=_("Rolle vergeben"), save=_("Vergeben und einladen"),
        up=[(_("Rollen"), url_of("roles", request))],
    )  # fmt: skip


@door(is_coordinator)
@require_http_methods(["GET", "HEAD", "POST"])
def end_role(request: NetworkRequest, pk: int) -> HttpResponse:
    """Take a role back."""
    row = _role(request, pk)
    if request.method == "POST":
        actions.end_role(role_id=pk, by=request.actor, at=timezone.now())
        messages.success(request, _("Die Rolle ist beendet."))
        return redirect("network:mine") if row.me else to("network:roles", request)
    return render(request, "web/confirm.html", _ending(request, row))


def _role(request: NetworkRequest, pk: int) -> queries.RoleRow:
    for row in queries.roles(request.actor):
        if row.role_id == pk:
            return row
    raise Http404


def _ending(request: NetworkRequest, row: queries.RoleRow) -> dict[str, object]:
    names = {"name": row.name, "role": row.role_label}
    return {
        "title": _("Rolle „%(role)s“ von %(name)s beenden?") % names,
        "consequences": [
            _("%(name)s verliert den Zugang, der an dieser Rolle hängt, sofort.") % names,
            _("Was %(name)s getan hat, bleibt im Verlauf stehen.") % names,
        ],
        "confirm_label": _("Rolle beenden"),
        "danger": True,
        "cancel_url": url_of("roles", request),
    }


@door(is_coordinator)
@require_safe
def trail(request: NetworkRequest) -> HttpResponse:
    """Who did what, when, for whom."""
    kinds, people, organisations = queries.trail_choices(request.actor)
    narrow = TrailFilter(request.GET, kinds=kinds, people=people, organisations=organisations)
    wanted = narrow.wanted()
    found = queries.trail(
        request.actor,
        user_id=wanted.get("user"),
        organisation_id=wanted.get("organisation"),
        action=wanted.get("action", ""),
        since=_midnight(wanted.get("since")),
        until=_midnight(wanted.get("until"), days=1),
        page=request.GET.get("page"),
    )
    context: dict[str, Any] = {"filter": narrow, "found": found, "narrowed": any(wanted.values())}
    return render(request, "network/trail.html", context)


def _midnight(day: dt.date | None, days: int = 0) -> dt.datetime | None:
    """The beginning of the day in local time, so many days later."""
    if day is None:
        return None
    later = day + dt.timedelta(days=days)
    return timezone.make_aware(dt.datetime.combine(later, dt.time()))
