"""Bringing a file, discarding it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wirknetz.core.files.grid import NotReadable
from wirknetz.foundation import limits
from wirknetz.foundation.uploads import takes_file
from wirknetz.measurement.actions import files as actions
from wirknetz.measurement.queries.collection.pages import Page
from wirknetz.measurement.queries.files.flaws import KINDS, flaw_words, persons_words
from wirknetz.measurement.queries.files.uploads import profiles_of, taken_before, waiting_of
from wirknetz.measurement.rules.collection import may_report
from wirknetz.measurement.rules.files import MOST_BYTES
from wirknetz.measurement.views.collection.common import lead, load, place
from wirknetz.measurement.views.files.common import here, look
from wirknetz.measurement.views.parts import address
from wirknetz.network.doors import NetworkRequest, door


@takes_file(limit=MOST_BYTES)
@door(may_report)
@require_http_methods(["GET", "POST"])
def upload(request: NetworkRequest, round_id: int, organisation_id: int) -> HttpResponse:
    """What may be uploaded and what happens then; a POST reads the file."""
    page = load(request, round_id, organisation_id)
    if not page.may_record:
        return lead(request, "submission_review", round_id, organisation_id)
    if request.method == "GET":
        return _page(request, page)
    if limits.too_many(request, "upload"):
        return limits.respond(request)
    return _received(request, page)


def _received(request: NetworkRequest, page: Page) -> HttpResponse:
    sent = request.FILES.get("file")
    if not isinstance(sent, UploadedFile):
        return _page(request, page, problem=_("Bitte wählen Sie eine Datei aus."), status=422)
    try:
        number = _receive(request, page, sent)
    except NotReadable as flaw:
        return _page(request, page, problem=flaw_words(flaw), name=sent.name, status=422)
    except actions.ListOfPersons as list_:
        found = persons_words(list_.found)
        return _page(request, page, persons=found, name=sent.name, status=422)
    where = _place(request, page) | {"upload_id": number}
    known = request.POST.get("profile", "").isdecimal()  # straight on, if nothing is left to ask
    return redirect(address(request, "upload_review" if known else "upload_look", **where))


def _receive(request: NetworkRequest, page: Page, sent: UploadedFile[Any]) -> int:
    chosen = request.POST.get("profile", "")
    return actions.receive(
        by=request.actor,
        round_id=page.submission.round_id,
        organisation_id=page.submission.organisation_id,
        name=sent.name or "",
        content=sent.read(),
        profile_id=int(chosen) if chosen.isdecimal() and len(chosen) < 18 else None,
        at=timezone.now(),
    )


def _page(request: NetworkRequest, page: Page, *, status: int = 200, **more: Any) -> HttpResponse:
    organisation_id = page.submission.organisation_id
    found = profiles_of(request.actor, organisation_id)
    context = {
        "page": page,
        "submission": page.submission,
        "round": page.submission.round,
        "organisation": page.submission.organisation,
        "profiles": [profile for profile in found if profile.retired_at is None],
        "waiting": waiting_of(request.actor, page.submission.pk, timezone.now()),
        "taken": taken_before(page.submission.pk),
        "limit": MOST_BYTES,
        "kinds": {kind.value: str(words) for kind, words in KINDS.items()},
        **more,
    }
    return render(request, "measurement/files/upload.html", context, status=status)


def _place(request: NetworkRequest, page: Page) -> dict[str, Any]:
    return place(request, page.submission.round_id, page.submission.organisation_id)


@door(may_report)
@require_http_methods(["GET", "POST"])
def discard(
    request: NetworkRequest, round_id: int, organisation_id: int, upload_id: int
) -> HttpResponse:
    """Delete what waits; a GET asks."""
    looking = look(request, round_id, organisation_id, upload_id)
    if request.method == "POST":
        actions.discard(
            by=request.actor, round_id=round_id, organisation_id=organisation_id,
            upload_id=upload_id, at=timezone.now(),
        )  # fmt: skip
        messages.success(request, _("Verworfen. Von der Datei ist nichts mehr da."))
        return lead(request, "submission", round_id, organisation_id)
    context = {
        "title": _("Diese Datei verwerfen?"),
        "lead": looking.upload.name,
        "consequences": [
            _("Was aus der Datei gelesen wurde, wird gelöscht."),
            _("Was Sie dazu gesagt haben, auch."),
            _("Ihre Meldung bleibt, wie sie ist."),
        ],
        "confirm_label": _("Verwerfen"),
        "danger": True,
        "cancel_url": here(request, "upload_look", looking),
    }
    return render(request, "web/confirm.html", context)
