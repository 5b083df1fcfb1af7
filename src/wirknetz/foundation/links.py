"""What mailed personal links are for: rooms register what a link shows and what it does.

    @links.act("submission.approve", title=_("Meldung bestätigen"), button=_("Bestätigen"),
               template="measurement/link_approve.html", show=the_submission)
    def approve(link: Link, data: Mapping[str, Any], at: datetime) -> Done:
        actions.approve(..., by=link, at=at)
        return Done(_("Danke. Die Meldung ist bestätigt."))

A GET shows who the link speaks for and what will happen; only the POST of the page acts, in one
transaction with using the link up.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wirknetz.foundation.queries.links import Link, State

__all__ = [
    "SENTENCES",
    "Act",
    "Done",
    "Link",
    "NotUsable",
    "State",
    "act",
    "act_for",
    "purposes",
]

SENTENCES: Final = MappingProxyType(
    {
        State.USED: _("Dieser Link wurde schon benutzt. Jeder Link gilt nur ein Mal."),
        State.REVOKED: _("Dieser Link wurde zurückgezogen. Er gilt nicht mehr."),
        State.EXPIRED: _("Dieser Link ist abgelaufen."),
        State.UNKNOWN: _("Diesen Link kennen wir nicht. Vielleicht fehlt ein Stück der Adresse."),
    }
)


class NotUsable(Exception):  # noqa: N818
    """The link cannot be used; ``state`` says why."""

    def __init__(self, state: State) -> None:
        """Keep the reason."""
        super().__init__(str(SENTENCES.get(state, "")))
        self.state = state


@dataclass(frozen=True, slots=True)
class Done:
    """What to say after the act, and where to lead. ``sign_in`` names a user to let in."""

    message: str | Promise
    url: str = ""
    url_label: str | Promise = ""
    sign_in: int | None = None


Do = Callable[[Link, Mapping[str, Any], dt.datetime], Done]
Show = Callable[[Link], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Act:
    """What a link of one purpose shows and does."""

    purpose: str
    title: str | Promise
    button: str | Promise
    do: Do
    template: str = "foundation/link.html"
    lead: str | Promise = ""
    show: Show | None = None
    form: Callable[..., forms.Form] | None = None
    form_options: Show | None = None
    context: Mapping[str, Any] = field(default_factory=dict)


_acts: dict[str, Act] = {}


def act(
    purpose: str,
    *,
    title: str | Promise,
    button: str | Promise,
    template: str = "foundation/link.html",
    lead: str | Promise = "",
    show: Show | None = None,
    form: Callable[..., forms.Form] | None = None,
    form_options: Show | None = None,
) -> Callable[[Do], Do]:
    """Register the decorated function as what links of this purpose do.

    ``template`` extends ``foundation/link.html`` and fills its block ``act``; ``show`` gives its
    context. With ``form`` the page asks, and the function gets the cleaned values; without, what
    was posted. ``form_options(link)`` gives further arguments of the form (``initial``). A
    ValidationError of the function is shown on the page, and the link stays open.
    """

    def register(do: Do) -> Do:
        _acts[purpose] = Act(purpose, title, button, do, template, lead, show, form, form_options)
        return do

    return register


def act_for(purpose: str) -> Act:
    """The act of this purpose; KeyError if no room registered one."""
    return _acts[purpose]


def purposes() -> tuple[str, ...]:
    """All registered purposes."""
    return tuple(sorted(_acts))
