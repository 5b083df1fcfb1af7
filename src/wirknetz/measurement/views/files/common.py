"""What the pages of one waiting file share."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone

from wirknetz.core.files.grid import Address
from wirknetz.measurement.queries.files.looking import Looking, looking_at
from wirknetz.measurement.queries.files.table import Layout
from wirknetz.measurement.queries.files.uploads import find
from wirknetz.measurement.views.collection.common import load, place
from wirknetz.measurement.views.parts import address
from wirknetz.network.doors import NetworkRequest


def look(request: NetworkRequest, round_id: int, organisation_id: int, upload_id: int) -> Looking:
    """The file this person is looking at, recognised anew; 404 for anybody else's."""
    page = load(request, round_id, organisation_id)
    upload = find(
        request.actor, round_id=round_id, organisation_id=organisation_id,
        upload_id=upload_id, at=timezone.now(),
    )  # fmt: skip
    if upload is None:
        raise Http404
    return looking_at(page, upload)


def show(
    request: NetworkRequest, template: str, looking: Looking, *, status: int = 200, **more: Any
) -> HttpResponse:
    """One of the pages of a file."""
    submission = looking.page.submission
    context = {
        "looking": looking,
        "upload": looking.upload,
        "page": looking.page,
        "submission": submission,
        "round": submission.round,
        "organisation": submission.organisation,
        **more,
    }
    return render(request, f"measurement/files/{template}.html", context, status=status)


def here(request: NetworkRequest, name: str, looking: Looking) -> str:
    """The address of a page of this file."""
    submission = looking.page.submission
    where = place(request, submission.round_id, submission.organisation_id)
    return address(request, name, **where | {"upload_id": looking.upload.pk})


def where_stands(looking: Looking, spot: Address) -> str:
    """The query that shows the part of the table in which a cell stands, and the cell."""
    names = [page.name for page in looking.book]
    number = names.index(spot.page) + 1 if spot.page in names else 1
    layout = Layout(looking.book.pages[number - 1])
    part, window = layout.part_of(spot.row), layout.window_of(spot.column)
    query = {"blatt": number, "teil": part, "spalten": window}
    return f"?{urlencode(query)}#{spot.a1}"


def number_of(data: QueryDict, name: str) -> int:
    """A number of an address, 1 where it makes no sense."""
    text = data.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 8 else 1
