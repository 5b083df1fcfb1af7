"""What happens to every request.

What cannot be is refused; the person's language; the second factor where it is needed; nobody
keeps a copy of a personal page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import resolve
from django.urls.exceptions import Resolver404
from django.utils import translation

from wirknetz.foundation import queries

_ALLOWED: Final = frozenset(
    {
        "language",
        "account_logout",
        "account_reauthenticate",
        "account_email",
        "account_email_verification_sent",
        "account_confirm_email",
        "foundation:link",
        "foundation:link_refuse",
        "foundation:second_factor",
    }
)

LARGEST_NUMBER: Final = 2**63 - 1
"""No row has a larger number; SQLite fails where PostgreSQL finds nothing."""


class SoundInputMiddleware:
    """Refuse what no database can hold, before a page looks at it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next in line."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> None:
        """404 for a number no row can have, 400 for the sign that ends a text (NUL)."""
        if any(isinstance(value, int) and value > LARGEST_NUMBER for value in kwargs.values()):
            raise Http404
        if _ends_early(request.GET.lists()) or _ends_early(request.POST.lists()):
            raise BadRequest("a text with NUL in it")


def _ends_early(lists: Iterable[tuple[str, list[Any]]]) -> bool:
    return any("\0" in name or any("\0" in str(v) for v in values) for name, values in lists)


class PersonalPagesMiddleware:
    """Whoever comes to the same computer afterwards finds no page of the person who left.

    With https the browser is also told to come by https only. Django says so itself only where
    the proxy in front tells it; browsers ignore it without https.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next in line."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Say so on the answer, unless the page has said how long it may be kept."""
        response = self.get_response(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        if settings.SECURE:
            seconds = settings.SECURE_HSTS_SECONDS
            response.headers.setdefault("Strict-Transport-Security", f"max-age={seconds}")
        return response


class PersonLanguageMiddleware:
    """Pages speak the language the person chose."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next in line."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Choose before the page is made."""
        if request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)


class SecondFactorMiddleware:
    """Whoever needs a second factor sets it up before anything else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next in line."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Lead to the set-up; one query, only for those who need it."""
        if (
            _is_needed(request)
            and not _is_allowed(request.path_info)
            and not queries.has_second_factor(user_id=request.user.pk or 0)
        ):
            return redirect("foundation:second_factor")
        return self.get_response(request)


def _is_needed(request: HttpRequest) -> bool:
    if not settings.SECOND_FACTOR_ENFORCED or not request.user.is_authenticated:
        return False
    return request.user.second_factor_required


def _is_allowed(path: str) -> bool:
    if path.startswith(settings.STATIC_URL):
        return True
    try:
        name = resolve(path).view_name
    except Resolver404:
        return True
    return name in _ALLOWED or name.startswith("mfa_")
