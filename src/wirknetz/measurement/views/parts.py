"""What the pages about definitions and rounds share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from wirknetz.foundation.refusal import Refused
from wirknetz.network.doors import NetworkRequest

Found = TypeVar("Found")


def posted(request: NetworkRequest) -> QueryDict | None:
    """What a form was sent with, even if that is nothing; None where it is only shown."""
    return request.POST if request.method == "POST" else None


def found(one: Found | None) -> Found:
    """What was looked for; 404 where the network has no such thing."""
    if one is None:
        raise Http404
    return one


def went(form: BaseForm, act: Callable[[], object]) -> bool:
    """Do it; where the rules refuse it, say why on the form and return False."""
    try:
        act()
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def address(request: NetworkRequest, name: str, **values: object) -> str:
    """An address of this room in this network."""
    return reverse(f"measurement:{name}", kwargs={"slug": request.network.slug, **values})


def done(request: NetworkRequest, sentence: str, name: str, **values: object) -> HttpResponse:
    """Say that it is done and show where it is."""
    messages.success(request, sentence)
    return redirect(address(request, name, **values))


def act_or_say(request: NetworkRequest, act: Callable[[], object], sentence: str) -> bool:
    """For pages of one button: do it and say so, or say why not."""
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, sentence)
    return True
