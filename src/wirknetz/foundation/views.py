"""Pages of the foundation; each makes one domain call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from django import forms as django_forms
from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wirknetz.foundation import actions, limits, links, queries
from wirknetz.foundation.actions.digests import UNSUBSCRIBE_SALT
from wirknetz.foundation.adapters import keep_this_session, sign_in
from wirknetz.foundation.doors import public, signed_in
from wirknetz.foundation.forms import ProfileForm

_STATUS = {links.State.UNKNOWN: 404}
_LATEST = 5


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Show what a mailed link is for; do it when posted."""
    at = timezone.now()
    found = queries.link(token=token, at=at)
    if limits.too_many(request, "use_link" if found else "unknown_link"):
        return limits.respond(request)
    if found is None or found.state is not links.State.OPEN:
        return _not_usable(request, found, found.state if found else links.State.UNKNOWN)
    page = _Page.of(request, token, found)
    return page.perform() if request.method == "POST" else page.show()


@dataclass(frozen=True, slots=True)
class _Page:
    """One request for one open link."""

    request: HttpRequest
    token: str
    link: links.Link
    act: links.Act
    form: django_forms.Form | None

    @classmethod
    def of(cls, request: HttpRequest, token: str, link: links.Link) -> Self:
        act = links.act_for(link.purpose)
        return cls(request, token, link, act, cls._form(act, link, request))

    @staticmethod
    def _form(act: links.Act, link: links.Link, request: HttpRequest) -> django_forms.Form | None:
        if act.form is None:
            return None
        options = dict(act.form_options(link)) if act.form_options else {}
        return act.form(request.POST if request.method == "POST" else None, **options)

    def show(self, errors: Sequence[str] = ()) -> HttpResponse:
        context = {"link": self.link, "act": self.act, "form": self.form, "token": self.token}
        context |= dict(self.act.show(self.link)) if self.act.show else {}
        wrong = bool(errors) or (self.form is not None and self.form.is_bound)
        context |= {"errors": errors}
        return render(self.request, self.act.template, context, status=400 if wrong else 200)

    def perform(self) -> HttpResponse:
        if self.form is not None and not self.form.is_valid():
            return self.show()
        data: Any = self.form.cleaned_data if self.form is not None else self.request.POST
        try:
            used, done = actions.perform_link(token=self.token, data=data, at=timezone.now())
        except links.NotUsable as error:
            return _not_usable(self.request, self.link, error.state)
        except ValidationError as error:
            return self.show(error.messages)
        if done.sign_in is not None:
            messages.success(self.request, str(done.message))
            return sign_in(self.request, done.sign_in)
        context = {"link": used, "act": self.act, "done": done}
        return render(self.request, "foundation/link_done.html", context)


def _not_usable(request: HttpRequest, found: links.Link | None, state: links.State) -> HttpResponse:
    context = {"link": found, "state": state.value, "sentence": links.SENTENCES[state]}
    return render(request, "foundation/link_over.html", context, status=_STATUS.get(state, 410))


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def link_refuse(request: HttpRequest, token: str) -> HttpResponse:
    """Answer "Nicht Sie?": say what to do, and let the link be revoked."""
    at = timezone.now()
    found = queries.link(token=token, at=at)
    if limits.too_many(request, "use_link" if found else "unknown_link"):
        return limits.respond(request)
    if found is None or found.state is not links.State.OPEN:
        return _not_usable(request, found, found.state if found else links.State.UNKNOWN)
    if request.method == "POST":
        actions.revoke_link(token=token, at=at)
        return render(request, "foundation/link_refused.html", {"link": found, "done": True})
    return render(request, "foundation/link_refused.html", {"link": found, "token": token})


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Own name, language, digest, and the ways to sign in."""
    own = queries.account(user_id=_user_id(request))
    if own is None:
        raise Http404
    initial = {"name": own.name, "language": own.language, "digest": own.digest}
    form = ProfileForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.change_profile(user_id=own.user_id, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Gespeichert."))
        return redirect("foundation:profile")
    latest = queries.account_events(user_id=own.user_id, per_page=_LATEST)
    context = {"form": form, "own": own, "latest": latest.rows}
    status = 400 if form.is_bound else 200
    return render(request, "foundation/profile.html", context, status=status)


@signed_in
@never_cache
@require_safe
def account_events(request: HttpRequest) -> HttpResponse:
    """Everything that happened to one's own account."""
    page = queries.account_events(user_id=_user_id(request), page=request.GET.get("page"))
    return render(request, "foundation/account_events.html", {"page": page})


@signed_in
@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End all sessions of the person but this one."""
    actions.sign_out_everywhere(user_id=_user_id(request), at=timezone.now())
    keep_this_session(request)
    messages.success(request, _("Alle anderen Geräte sind abgemeldet."))
    return redirect("foundation:profile")


@signed_in
@never_cache
@require_safe
def second_factor(request: HttpRequest) -> HttpResponse:
    """Explain why a second factor is needed and lead to its set-up."""
    own = queries.account(user_id=_user_id(request))
    if own is None or own.second_factors:
        return redirect("mfa_index")
    return render(request, "foundation/second_factor.html", {"own": own})


@signed_in
@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """What the person was told."""
    page = queries.news_of(user_id=_user_id(request), page=request.GET.get("page"))
    return render(request, "foundation/news.html", {"page": page})


@signed_in
@require_POST
def news_read(request: HttpRequest) -> HttpResponse:
    """Mark all as read."""
    actions.mark_read(user_id=_user_id(request), at=timezone.now())
    return redirect("foundation:news")


@signed_in
@require_POST
def news_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one as read and go where it leads."""
    url = actions.open_news(user_id=_user_id(request), pk=pk, at=timezone.now())
    if url is None:
        raise Http404
    inside = url_has_allowed_host_and_scheme(url, {request.get_host()})
    return redirect(url if inside else "foundation:news")


@csrf_exempt
@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the digest without signing in; mail programs post here by themselves (RFC 8058)."""
    if limits.too_many(request, "unsubscribe"):
        return limits.respond(request)
    try:
        user_id = signing.loads(token, salt=UNSUBSCRIBE_SALT)
    except signing.BadSignature:
        raise Http404 from None
    if request.method == "POST":
        actions.stop_digest(user_id=user_id, at=timezone.now())
    return render(request, "foundation/unsubscribe.html", {"done": request.method == "POST"})


def _user_id(request: HttpRequest) -> int:
    return request.user.pk or 0
