"""The counting page leaves as a file: people open it on their own machine, without the site."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wirknetz.core.files.counting.page import PAGE_NAME, counting_page
from wirknetz.foundation.doors import public


@public
@require_safe
def counting_page_file(request: HttpRequest) -> HttpResponse:
    """The page as a download; it holds nothing of any network."""
    headers = {"Content-Disposition": f'attachment; filename="{PAGE_NAME}"'}
    return HttpResponse(counting_page(), headers=headers)
