"""People of the network: who acts for whom."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wirknetz.network import actions, queries
from wirknetz.network.doors import NetworkRequest, door
from wirknetz.network.forms import (
    AffiliationForm,
    CorrectPersonForm,
    NewPersonForm,
    PersonFilter,
)
from wirknetz.network.models import SPEAKING
from wirknetz.network.rules import is_partner
from wirknetz.network.views._shared import form_page, only, succeeds, to, url_of


@door(is_partner)
@require_safe
def people(request: NetworkRequest) -> HttpResponse:
    """Everybody who acts for an organisation."""
    narrow = PersonFilter(request.GET)
    wanted = narrow.wanted()
    found = queries.people(
        request.actor,
        search=wanted.get("q", ""),
        state=wanted.get("state", ""),
        page=request.GET.get("page"),
    )
    context = {
        "filter": narrow,
        "found": found,
        "narrowed": any(wanted.values()),
        "manage": any(row.may_manage for row in found.rows),
        "office": [r for r in queries.roles(request.actor) if r.role == "coordinator"],
    }
    return render(request, "network/people.html", context)


@door(is_partner)
@require_http_methods(["GET", "HEAD", "POST"])
def new_person(request: NetworkRequest, pk: int) -> HttpResponse:
    """Let a person act for the organisation."""
    page = queries.organisation(request.actor, pk)
    only(page.may_manage_people)
    can_invite = page.stage in SPEAKING
    form = NewPersonForm(request.POST or None, initial={"invited": can_invite})
    if not can_invite:
        form.fields["invited"].disabled = True
        form.fields["invited"].help_text = _(
            "Einladen geht erst, wenn die Organisation Mitglied ist."
        )
    posted = request.method == "POST" and form.is_valid()
    if posted and succeeds(form, partial(_enter, request, pk, form)):
        messages.success(request, _said(form))
        return to("network:organisation", request, pk)
    return render(request, "network/person_new.html", {"organisation": page, "form": form})


def _said(form: NewPersonForm) -> str:
    if form.cleaned_data["invited"]:
        return _("Die Einladung ist unterwegs.")
    return _("Die Person ist eingetragen.")


def _enter(request: NetworkRequest, pk: int, form: NewPersonForm) -> None:
    values = form.cleaned_data
    actions.add_person(
        organisation_id=pk,
        email=values["email"],
        name=values["name"],
        phone=values["phone"],
        facts=form.affiliation_facts(),
        invited=values["invited"],
        by=request.actor,
        at=timezone.now(),
    )


@door(is_partner)
@require_http_methods(["GET", "HEAD", "POST"])
def change_person(request: NetworkRequest, pk: int, affiliation: int) -> HttpResponse:
    """Change level, function and mandate."""
    page = queries.affiliation(request.actor, pk, affiliation)
    only(page.row.may_manage)
    form = AffiliationForm(request.POST or None, initial=asdict(page.facts))
    if request.method == "POST" and form.is_valid():
        act = partial(
            actions.change_affiliation,
            affiliation_id=affiliation, facts=form.affiliation_facts(),
            by=request.actor, at=timezone.now(),
        )  # fmt: skip
        if succeeds(form, act):
            messages.success(request, _("Die Angaben sind gespeichert."))
            return to("network:organisation", request, pk)
    return _change_page(request, page, form)


def _change_page(
    request: NetworkRequest, page: queries.AffiliationPage, form: AffiliationForm
) -> HttpResponse:
    row = page.row
    correct = url_of("correct_person", request, row.organisation_id, row.affiliation_id)
    return form_page(
        request,
        form,
        title=row.name,
        preline=row.organisation,
        up=_above(request, row),
        further=(_("Name und Telefon berichtigen"), correct) if page.may_correct else None,
    )


def _above(request: NetworkRequest, row: queries.PersonRow) -> list[tuple[str, str]]:
    return [
        (_("Organisationen"), url_of("organisations", request)),
        (row.organisation, url_of("organisation", request, row.organisation_id)),
    ]


@door(is_partner)
@require_http_methods(["GET", "HEAD", "POST"])
def correct_person(request: NetworkRequest, pk: int, affiliation: int) -> HttpResponse:
    """Mend the name of somebody who cannot do so herself yet."""
    page = queries.affiliation(request.actor, pk, affiliation)
    only(
        page.row.may_manage and page.may_correct,
        _("Name und Telefon ändert diese Person selbst in ihrem Profil."),
    )
    form = CorrectPersonForm(
        request.POST or None, initial={"name": page.row.name, "phone": page.row.phone}
    )
    if request.method == "POST" and form.is_valid():
        actions.correct_person(
            affiliation_id=affiliation, **form.cleaned_data, by=request.actor, at=timezone.now()
        )
        messages.success(request, _("Die Angaben sind gespeichert."))
        return to("network:change_person", request, pk, affiliation)
    return form_page(
        request, form, title=_("Name und Telefon berichtigen"), up=_above(request, page.row)
    )


@door(is_partner)
@require_http_methods(["GET", "HEAD", "POST"])
def end_person(request: NetworkRequest, pk: int, affiliation: int) -> HttpResponse:
    """The person does not act for the organisation any more."""
    page = queries.affiliation(request.actor, pk, affiliation)
    only(page.row.may_manage)
    if request.method == "POST":
        actions.end_affiliation(affiliation_id=affiliation, by=request.actor, at=timezone.now())
        messages.success(request, _("Die Zuordnung ist beendet."))
        if page.row.person_id == request.actor.person_id and not request.actor.coordinator:
            return redirect("network:mine")
        return to("network:organisation", request, pk)
    return render(request, "web/confirm.html", _ending(request, page.row))


def _ending(request: NetworkRequest, row: queries.PersonRow) -> dict[str, object]:
    names = {"name": row.name, "organisation": row.organisation}
    return {
        "title": _("%(name)s handelt nicht mehr für %(organisation)s?") % names,
        "consequences": [
            _("%(name)s sieht dieses Netzwerk sofort nicht mehr als %(organisation)s.") % names,
            _("Was %(name)s gemeldet oder bestätigt hat, bleibt stehen.") % names,
            _("Sie können die Person jederzeit wieder eintragen."),
        ],
        "confirm_label": _("Zuordnung beenden"),
        "danger": True,
        "cancel_url": url_of("organisation", request, row.organisation_id),
    }


@door(is_partner)
@require_POST
def invite_person(request: NetworkRequest, person: int) -> HttpResponse:
    """Send the invitation, or send it again."""
    actions.resend_invitation(person_id=person, by=request.actor, at=timezone.now())
    messages.success(request, _("Die Einladung ist unterwegs."))
    return to("network:people", request)


@door(is_partner)
@require_POST
def confirm_person(request: NetworkRequest, pk: int, affiliation: int) -> HttpResponse:
    """Stand by somebody the office entered."""
    actions.confirm_affiliation(affiliation_id=affiliation, by=request.actor, at=timezone.now())
    messages.success(request, _("Danke. Die Person ist bestätigt."))
    return to("network:organisation", request, pk)
