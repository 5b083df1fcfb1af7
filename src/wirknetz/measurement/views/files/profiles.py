"""The organisation's mappings: what is remembered of its files."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wirknetz.measurement.actions import files as actions
from wirknetz.measurement.queries.files.uploads import (
    ProfileRow,
    profile_words,
    profiles_of,
)
from wirknetz.measurement.rules.collection import may_report
from wirknetz.measurement.views.parts import address
from wirknetz.network.doors import NetworkRequest, door
from wirknetz.network.queries import acting


@door(may_report)
@require_GET
def profiles(request: NetworkRequest, organisation_id: int) -> HttpResponse:
    """All mappings of an organisation one acts for."""
    _own(request, organisation_id)
    rows = profiles_of(request.actor, organisation_id)
    return render(request, "measurement/files/profiles.html", _context(request, organisation_id) | {
        "rows": [row for row in rows if row.retired_at is None],
        "retired": [row for row in rows if row.retired_at is not None],
    })  # fmt: skip


@door(may_report)
@require_http_methods(["GET", "POST"])
def profile(request: NetworkRequest, organisation_id: int, profile_id: int) -> HttpResponse:
    """What one mapping remembers, in which versions; the POST names it anew."""
    row, problem = _row(request, organisation_id, profile_id), ""
    if request.method == "POST":
        problem = _rename(request, organisation_id, profile_id)
        if not problem:
            messages.success(request, _("Der neue Name ist gespeichert."))
            return _to(request, organisation_id, profile_id)
    context = _context(request, organisation_id) | {
        "row": row,
        "remembered": profile_words(request.actor, profile_id),
        "problem": problem,
        "typed": request.POST.get("name", row.name),
    }
    status = 422 if problem else 200
    return render(request, "measurement/files/profile.html", context, status=status)


def _rename(request: NetworkRequest, organisation_id: int, profile_id: int) -> str:
    """The sentence of what is wrong; empty where it went well."""
    try:
        actions.rename_profile(
            by=request.actor, organisation_id=organisation_id, profile_id=profile_id,
            name=request.POST.get("name", ""), at=timezone.now(),
        )  # fmt: skip
    except actions.NameTaken:
        return _("Diesen Namen hat schon eine andere Zuordnung.")
    except ValueError:
        return _("Bitte geben Sie der Zuordnung einen Namen.")
    return ""


@door(may_report)
@require_POST
def retire(request: NetworkRequest, organisation_id: int, profile_id: int) -> HttpResponse:
    """No longer use it."""
    _act(request, organisation_id, profile_id, actions.retire_profile)
    messages.success(
        request, _("Die Zuordnung wird nicht mehr benutzt. Sie können sie wieder aufnehmen.")
    )
    return redirect(address(request, "profiles", organisation_id=organisation_id))


@door(may_report)
@require_POST
def restore(request: NetworkRequest, organisation_id: int, profile_id: int) -> HttpResponse:
    """Use it again."""
    try:
        _act(request, organisation_id, profile_id, actions.restore_profile)
    except actions.NameTaken:
        messages.error(
            request, _("Diesen Namen hat inzwischen eine andere Zuordnung. Bitte erst umbenennen.")
        )
    else:
        messages.success(request, _("Die Zuordnung wird wieder benutzt."))
    return redirect(address(request, "profiles", organisation_id=organisation_id))


@door(may_report)
@require_POST
def use_again(
    request: NetworkRequest, organisation_id: int, profile_id: int, number: int
) -> HttpResponse:
    """Make an earlier version the newest."""
    _own(request, organisation_id)
    actions.use_again(
        by=request.actor, organisation_id=organisation_id, profile_id=profile_id, number=number,
        at=timezone.now(),
    )  # fmt: skip
    messages.success(request, _("Diese Fassung gilt wieder. Die andere bleibt aufgehoben."))
    return _to(request, organisation_id, profile_id)


def _own(request: NetworkRequest, organisation_id: int) -> None:
    """404 unless she acts for this organisation; the frame shows for whom."""
    if not request.actor.belongs_to(organisation_id):
        raise Http404
    request.actor = acting(request.actor, organisation_id)


def _row(request: NetworkRequest, organisation_id: int, profile_id: int) -> ProfileRow:
    _own(request, organisation_id)
    for row in profiles_of(request.actor, organisation_id):
        if row.id == profile_id:
            return row
    raise Http404


def _act(
    request: NetworkRequest, organisation_id: int, profile_id: int, act: Callable[..., None]
) -> None:
    _row(request, organisation_id, profile_id)
    act(
        by=request.actor, organisation_id=organisation_id, profile_id=profile_id,
        at=timezone.now(),
    )  # fmt: skip


def _to(request: NetworkRequest, organisation_id: int, profile_id: int) -> HttpResponse:
    where = {"organisation_id": organisation_id, "profile_id": profile_id}
    return redirect(address(request, "profile", **where))


def _context(request: NetworkRequest, organisation_id: int) -> dict[str, object]:
    here = request.actor.standings[organisation_id]
    return {"organisation_id": organisation_id, "organisation_name": here.label}
