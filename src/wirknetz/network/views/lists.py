"""The network's own lists: regions and target groups."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wirknetz.network import actions, queries
from wirknetz.network.doors import NetworkRequest, door
from wirknetz.network.forms import RegionForm, TargetGroupForm
from wirknetz.network.rules import is_coordinator, is_inside
from wirknetz.network.views._shared import form_page, succeeds, to, url_of


@door(is_inside)
@require_safe
def regions(request: NetworkRequest) -> HttpResponse:
    """The places of the network."""
    return render(request, "network/regions.html", {"rows": queries.regions(request.actor)})


@door(is_coordinator)
@require_http_methods(["GET", "HEAD", "POST"])
def new_region(request: NetworkRequest) -> HttpResponse:
    """Put a place on the list."""
    form = RegionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = partial(actions.add_region, **form.cleaned_data, by=request.actor, at=timezone.now())
        if succeeds(form, act):
            messages.success(request, _("Die Region steht auf der Liste."))
            return to("network:regions", request)
    return form_page(request, form, title=_("Neue Region"), up=_above_regions(request))


@door(is_coordinator)
@require_http_methods(["GET", "HEAD", "POST"])
def change_region(request: NetworkRequest, pk: int) -> HttpResponse:
    """Name a place anew."""
    row = _row(queries.regions(request.actor), pk)
    form = RegionForm(request.POST or None, initial={"name": row.name})
    if request.method == "POST" and form.is_valid():
        act = partial(
            actions.change_region,
            region_id=pk, **form.cleaned_data, by=request.actor, at=timezone.now(),
        )  # fmt: skip
        if succeeds(form, act):
            messages.success(request, _("Die Region ist gespeichert."))
            return to("network:regions", request)
    return form_page(request, form, title=_("Region ändern"), up=_above_regions(request))


@door(is_coordinator)
@require_http_methods(["GET", "HEAD", "POST"])
def remove_region(request: NetworkRequest, pk: int) -> HttpResponse:
    """Take a place off the list."""
    row = _row(queries.regions(request.actor), pk)
    if request.method == "POST":
        actions.remove_region(region_id=pk, by=request.actor, at=timezone.now())
        messages.success(request, _("Die Region ist entfernt."))
        return to("network:regions", request)
    return render(request, "web/confirm.html", _removing(row.name, url_of("regions", request)))


@door(is_inside)
@require_safe
def target_groups(request: NetworkRequest) -> HttpResponse:
    """The target groups of the network."""
    rows = queries.target_groups(request.actor)
    return render(request, "network/target_groups.html", {"rows": rows})


@door(is_coordinator)
@require_http_methods(["GET", "HEAD", "POST"])
def new_target_group(request: NetworkRequest) -> HttpResponse:
    """Put a target group on the list."""
    form = TargetGroupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = partial(
            actions.add_target_group, **form.cleaned_data, by=request.actor, at=timezone.now()
        )
        if succeeds(form, act):
            messages.success(request, _("Die Zielgruppe steht auf der Liste."))
            return to("network:target_groups", request)
    return form_page(request, form, title=_("Neue Zielgruppe"), up=_above_groups(request))


@door(is_coordinator)
@require_http_methods(["GET", "HEAD", "POST"])
def change_target_group(request: NetworkRequest, pk: int) -> HttpResponse:
    """Change name and description."""
    row = _row(queries.target_groups(request.actor), pk)
    form = TargetGroupForm(
        request.POST or None, initial={"name": row.name, "description": row.description}
    )
    if request.method == "POST" and form.is_valid():
        act = partial(
            actions.change_target_group,
            target_group_id=pk, **form.cleaned_data, by=request.actor, at=timezone.now(),
        )  # fmt: skip
        if succeeds(form, act):
            messages.success(request, _("Die Zielgruppe ist gespeichert."))
            return to("network:target_groups", request)
    return form_page(request, form, title=_("Zielgruppe ändern"), up=_above_groups(request))


@door(is_coordinator)
@require_http_methods(["GET", "HEAD", "POST"])
def remove_target_group(request: NetworkRequest, pk: int) -> HttpResponse:
    """Take a target group off the list."""
    row = _row(queries.target_groups(request.actor), pk)
    if request.method == "POST":
        actions.remove_target_group(target_group_id=pk, by=request.actor, at=timezone.now())
        messages.success(request, _("Die Zielgruppe ist entfernt."))
        return to("network:target_groups", request)
    back = url_of("target_groups", request)
    return render(request, "web/confirm.html", _removing(row.name, back))


def _row(rows: tuple[queries.ListRow, ...], pk: int) -> queries.ListRow:
    for row in rows:
        if row.pk == pk:
            return row
    raise Http404


def _above_regions(request: NetworkRequest) -> list[tuple[str, str]]:
    return [(_("Regionen"), url_of("regions", request))]


def _above_groups(request: NetworkRequest) -> list[tuple[str, str]]:
    return [(_("Zielgruppen"), url_of("target_groups", request))]


def _removing(name: str, back: str) -> dict[str, object]:
    return {
        "title": _("„%(name)s“ entfernen?") % {"name": name},
        "consequences": [_("Der Eintrag steht nicht mehr auf der Liste.")],
        "confirm_label": _("Entfernen"),
        "danger": True,
        "cancel_url": back,
    }
