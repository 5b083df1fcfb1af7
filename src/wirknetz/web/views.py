"""Pages that belong to no room: the first page and the language switch."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from wirknetz.foundation.doors import public


@public
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Greet strangers; send people who signed in to their networks."""
    if request.user.is_authenticated:
        return redirect("network:mine")
    return render(request, "web/start.html")


@public
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Switch the language of the pages and remember it for the person."""
    from wirknetz.foundation import actions

    wanted = request.POST.get("language", "")
    code = wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    if request.user.is_authenticated:
        actions.choose_language(user_id=request.user.pk, language=code)
    translation.activate(code)
    response = HttpResponseRedirect(_back(request))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=31_536_000,
        samesite="Lax",
        httponly=True,
        secure=settings.LANGUAGE_COOKIE_SECURE,
    )
    return response


def _back(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    allowed = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if allowed else "/"
