"""What the pages of a submission share."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from wirknetz.measurement.queries.collection.pages import Page, page_of
from wirknetz.network.doors import NetworkRequest
from wirknetz.network.queries import acting


def load(request: NetworkRequest, round_id: int, organisation_id: int) -> Page:
    """The submission as this person sees it, or 404; the frame shows for whom she acts here."""
    request.actor = acting(request.actor, organisation_id)
    page = page_of(actor=request.actor, round_id=round_id, organisation_id=organisation_id)
    if page is None:
        raise Http404
    return page


def show(
    request: NetworkRequest, template: str, page: Page, *, status: int = 200, **more: Any
) -> HttpResponse:
    """One of the pages."""
    context = {
        "page": page,
        "submission": page.submission,
        "round": page.submission.round,
        "organisation": page.submission.organisation,
        "place": place(request, page.submission.round_id, page.submission.organisation_id),
        **more,
    }
    return render(request, f"measurement/collection/{template}.html", context, status=status)


def place(request: NetworkRequest, round_id: int, organisation_id: int) -> dict[str, Any]:
    """What the address of every page of this submission is made of."""
    return {
        "slug": request.network.slug, "round_id": round_id, "organisation_id": organisation_id,
    }  # fmt: skip


def lead(
    request: NetworkRequest, name: str, round_id: int, organisation_id: int, anchor: str = ""
) -> HttpResponse:
    """On to another page of this submission."""
    where = place(request, round_id, organisation_id)
    return redirect(reverse(f"measurement:{name}", kwargs=where) + (f"#{anchor}" if anchor else ""))
