"""Answers and reactions about what is reported, and the mailed link for approving."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wirknetz.foundation import links
from wirknetz.foundation.audit import describe
from wirknetz.foundation.doors import Refused
from wirknetz.foundation.providers import (
    Exported,
    ExportOf,
    NavigationEntry,
    NavigationFor,
    Waiting,
    WaitingFor,
)
from wirknetz.measurement.actions import collection as actions
from wirknetz.measurement.actions.collection.telling import APPROVE_LINK
from wirknetz.measurement.queries.collection import contributed
from wirknetz.measurement.queries.collection.pages import Page, page_of
from wirknetz.measurement.queries.collection.waiting import Task, tasks_of
from wirknetz.network.queries import inside
from wirknetz.network.rules import Actor

describe("submission.recorded", _("Werte eingetragen"))
describe("submission.questions_answered", _("Rückfragen beantwortet"))
describe("submission.submitted", _("Meldung eingereicht"))
describe("submission.approved", _("Meldung bestätigt"))
describe("submission.returned", _("Meldung zurückgegeben"))
describe("submission.answered", _("Auf eine Rückgabe geantwortet"))
describe("submission.reopened", _("Korrektur oder Nachmeldung begonnen"))
describe("submission.minutes_told", _("Dauer der Meldung genannt"))
describe("submission.reminded", _("An die Meldung erinnert"))


def waiting(asked: WaitingFor) -> Iterable[Waiting]:
    """What waits for this person."""
    found = inside(asked)
    if found is None:
        return ()
    network, actor = found
    tasks = tasks_of(network=network, actor=actor, at=asked.at)
    return tuple(_waiting(network.slug, task) for task in tasks)


def _waiting(slug: str, task: Task) -> Waiting:
    where: dict[str, Any] = {"slug": slug, "round_id": task.round_id}
    if task.organisation_id is not None:
        where["organisation_id"] = task.organisation_id
    url = reverse(f"measurement:{task.page}", kwargs=where)
    return Waiting(
        title=task.title,
        url=f"{url}?{task.filter}" if task.filter else url,
        asked_by=task.asked_by,
        due=task.due,
        minutes=task.minutes,
        consequence=task.consequence,
        on_behalf=task.on_behalf,
        about=task.about,
    )


def navigation(asked: NavigationFor) -> Iterable[NavigationEntry]:
    """The pages this person may open."""
    found = inside(asked)
    if found is None or not found[1].standings:
        return
    url = reverse("measurement:submissions", kwargs={"slug": found[0].slug})
    yield NavigationEntry("impact", gettext("Meldungen"), url, position=20)


def exported(asked: ExportOf) -> Iterable[Exported]:
    """What this organisation contributed."""
    whose = {"organisation_id": asked.organisation_id, "network_id": asked.scope_id}
    for name, sheet in (
        (gettext("Meldungen"), contributed.reports),
        (gettext("Werte"), contributed.values),
        (gettext("Bestätigungen"), contributed.approvals),
        (gettext("Nachrichten"), contributed.remarks),
    ):
        yield Exported(name, *sheet(**whose))


# ------------------------------------------------------------------ approving from a mail


def _person(link: links.Link) -> Actor:
    """Who the link speaks for, with the rights she has today."""
    scope, user = link.scope_id or 0, link.user_id or 0
    found = inside(NavigationFor(user_id=user, scope_id=scope))
    if found is None:
        raise Refused(gettext("Sie haben in diesem Netzwerk keinen Zugang mehr."))
    return found[1]


def _page(link: links.Link) -> Page:
    page = page_of(
        actor=_person(link),
        round_id=link.payload["round"],
        organisation_id=link.payload["organisation"],
    )
    if page is None:
        raise Http404
    return page


def _show(link: links.Link) -> Mapping[str, Any]:
    page = _page(link)
    return {
        "page": page,
        "round": page.submission.round,
        "organisation": page.submission.organisation,
    }


@links.act(
    APPROVE_LINK,
    title=_("Meldung bestätigen"),
    button=_("Bestätigen"),
    lead=_("Bitte sehen Sie die Werte durch. Sie zählen erst, wenn Sie bestätigen."),
    template="measurement/collection/link_approve.html",
    show=_show,
)
def approve_by_link(link: links.Link, data: Mapping[str, Any], at: dt.datetime) -> links.Done:
    """Approve what was shown, or return it with the reason typed."""
    try:
        which = {
            "by": _person(link),
            "round_id": link.payload["round"],
            "organisation_id": link.payload["organisation"],
            "at": at,
        }
        if data.get("go") == "return":
            actions.return_(**which, reason=str(data.get("reason", "")))
            return links.Done(_("Die Meldung ist zurückgegeben."))
        actions.approve(**which, seen=_seen(data), agreed=data.get("agreed") == "1")
    except (Refused, actions.Unexplained) as refused:
        raise ValidationError(str(refused)) from refused
    return links.Done(_("Danke. Die Meldung ist bestätigt und zählt jetzt."))


def _seen(data: Mapping[str, Any]) -> str:
    """The hash of what the page showed; without one nothing is approved."""
    return str(data.get("seen", "")) or "nothing"
