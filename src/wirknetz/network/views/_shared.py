"""What the pages of the room have in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from wirknetz.foundation.refusal import Refused
from wirknetz.network.doors import NetworkRequest

Made = TypeVar("Made")


def attempt(form: forms.Form, act: Callable[[], Made]) -> Made | None:
    """Do it and return what it made; where it cannot be, put the sentence on the form: None."""
    try:
        return act()
    except ValidationError as error:
        _put_on(form, error)
        return None


def succeeds(form: forms.Form, act: Callable[[], object]) -> bool:
    """Do it; where it cannot be, put the sentence on the form: False."""
    try:
        act()
    except ValidationError as error:
        _put_on(form, error)
        return False
    return True


def _put_on(form: forms.Form, error: ValidationError) -> None:
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for field, errors in error.error_dict.items():
        for each in errors:
            form.add_error(field if field in form.fields else None, each)


def only(allowed: bool, sentence: str = "") -> None:
    """Refuse the page unless it is allowed."""
    if not allowed:
        raise Refused(sentence or _("Das ist Ihnen in diesem Netzwerk nicht möglich."))


def to(name: str, request: NetworkRequest, *args: object) -> HttpResponse:
    """Lead to a page of the same network."""
    return redirect(name, request.network.slug, *args)


def url_of(name: str, request: NetworkRequest, *args: object) -> str:
    """The address of a page of the same network."""
    return reverse(f"network:{name}", args=[request.network.slug, *args])


def form_page(
    request: NetworkRequest,
    form: forms.Form,
    *,
    title: str,
    up: Sequence[tuple[str, str]],
    lead: str = "",
    preline: str = "",
    notes: Sequence[str] = (),
    save: str = "",
    further: tuple[str, str] | None = None,
) -> HttpResponse:
    """A page with one form. ``up`` are label and address of the pages above; the last leads back.

    ``further`` is label and address of a page beside it.
    """
    context = {
        "form": form,
        "title": title,
        "lead": lead,
        "preline": preline,
        "notes": notes,
        "save_label": save or _("Speichern"),
        "back": up[-1][1],
        "crumbs": [{"label": label, "url": url} for label, url in (*up, (title, ""))],
        "further": {"label": further[0], "url": further[1]} if further else None,
    }
    return render(request, "network/form.html", context)
