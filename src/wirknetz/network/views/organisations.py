"""Organisations of the network: list, page, taking in, changing, moving on."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wirknetz.network import actions, queries
from wirknetz.network.doors import NetworkRequest, door
from wirknetz.network.forms import (
    NewOrganisationForm,
    OrganisationFilter,
    OrganisationForm,
    RegionChoiceForm,
    StageForm,
)
from wirknetz.network.models import Membership
from wirknetz.network.rules import (
    is_coordinator,
    is_inside,
    is_partner,
    sees_addresses,
    visible_stages,
)
from wirknetz.network.stages import stage_badge, stage_steps
from wirknetz.network.views._shared import attempt, form_page, only, succeeds, to, url_of

_LEFT = Membership.Stage.LEFT


@door(is_inside)
@require_safe
def organisations(request: NetworkRequest) -> HttpResponse:
    """The list, searched and narrowed."""
    narrow = OrganisationFilter(request.GET, stages=visible_stages(request.actor))
    wanted = narrow.wanted()
    found = queries.organisations(
        request.actor,
        search=wanted.get("q", ""),
        stage=wanted.get("stage", ""),
        sector=wanted.get("sector", ""),
        access=wanted.get("access", ""),
        page=request.GET.get("page"),
    )
    rows = [(row, stage_badge(row.stage)) for row in found.rows]
    context = {"filter": narrow, "found": found, "rows": rows, "narrowed": any(wanted.values())}
    return render(request, "network/organisations.html", context)


@door(is_inside)
@require_safe
def organisation(request: NetworkRequest, pk: int) -> HttpResponse:
    """One organisation."""
    page = queries.organisation(request.actor, pk)
    people = queries.people_of(request.actor, pk)
    context = {
        "organisation": page,
        "people": people,
        "unconfirmed": any(row.unconfirmed for row in people),
        "badge": stage_badge(page.stage),
        "steps": stage_steps(page.stage) if request.actor.coordinator else [],
        "see_addresses": sees_addresses(request.actor, pk),
    }
    return render(request, "network/organisation.html", context)


@door(is_coordinator)
@require_http_methods(["GET", "HEAD", "POST"])
def new_organisation(request: NetworkRequest) -> HttpResponse:
    """Take an organisation in; one that another network knows is asked about first."""
    form = NewOrganisationForm(
        request.POST or None, regions=queries.region_choices(request.network.pk)
    )
    if request.method == "POST" and form.is_valid():
        pk = attempt(form, partial(_take_in, request, form))
        if pk is not None:
            messages.success(request, _("Die Organisation ist aufgenommen."))
            return to("network:organisation", request, pk)
    known = None
    if form.has_error("name", "known"):
        known = queries.known_organisation(form.cleaned_data.get("name") or form.data["name"])
    return render(request, "network/organisation_new.html", {"form": form, "known": known})


def _take_in(request: NetworkRequest, form: NewOrganisationForm) -> int:
    return actions.add_organisation(
        facts=form.facts(),
        stage=form.cleaned_data["stage"],
        region_id=form.cleaned_data["region"],
        reuse=form.cleaned_data["reuse"],
        by=request.actor,
        at=timezone.now(),
    )


@door(is_partner)
@require_http_methods(["GET", "HEAD", "POST"])
def change_organisation(request: NetworkRequest, pk: int) -> HttpResponse:
    """Change the facts."""
    page = queries.organisation(request.actor, pk)
    shared = _(
        "Diese Organisation gehört auch zu einem anderen Netzwerk. "
        "Ihre Angaben ändert deshalb nur ihre eigene Leitung."
    )
    elsewhere = _(
        "Diese Organisation gehört auch zu einem anderen Netzwerk. "
        "Ihre Angaben ändert ihre Leitung in dem Netzwerk, das sie zuerst aufgenommen hat."
    )
    office = request.actor.coordinator
    only(page.may_change_facts, (shared if office else elsewhere) if page.shared else "")
    form = OrganisationForm(request.POST or None, initial=asdict(page.facts))
    if request.method == "POST" and form.is_valid():
        act = partial(
            actions.change_organisation,
            organisation_id=pk, facts=form.facts(), by=request.actor, at=timezone.now(),
        )  # fmt: skip
        if succeeds(form, act):
            messages.success(request, _("Die Angaben sind gespeichert."))
            return to("network:organisation", request, pk)
    lead = _("Diese Angaben sehen alle Netzwerke, in denen Ihre Organisation mitmacht.")
    return form_page(
        request, form, title=_("Angaben ändern"), lead=lead if page.shared else "",
        preline=page.facts.name, up=above(request, page),
    )  # fmt: skip


@door(is_partner)
@require_http_methods(["GET", "HEAD", "POST"])
def move_stage(request: NetworkRequest, pk: int) -> HttpResponse:
    """Bring the membership to its next stage."""
    page = queries.organisation(request.actor, pk)
    only(bool(page.next_stages), _("Den Stand ändert die Koordinierungsstelle."))
    only_one = page.next_stages[0] if len(page.next_stages) == 1 else None
    form = StageForm(request.POST or None, stages=page.next_stages, initial={"stage": only_one})
    if request.method == "POST" and form.is_valid():
        stage = form.cleaned_data["stage"]
        act = partial(
            actions.move_stage,
            organisation_id=pk, stage=stage, by=request.actor, at=timezone.now(),
        )  # fmt: skip
        if succeeds(form, act):
            messages.success(request, _("Der Stand ist geändert."))
            return _after_move(request, pk, stage)
    return _stage_page(request, page, form)


def _stage_page(
    request: NetworkRequest, page: queries.OrganisationPage, form: StageForm
) -> HttpResponse:
    leaves = not request.actor.coordinator
    return form_page(
        request,
        form,
        title=_("Aus dem Netzwerk austreten") if leaves else _("Stand ändern"),
        lead="" if leaves else _("Jetzt: %(stage)s.") % {"stage": page.stage_label},
        preline=page.facts.name,
        notes=(
            _("Nur Mitglieder und ruhende Mitglieder sehen das Netzwerk von innen."),
            _(
                "Wer austritt, verliert den Zugang sofort. "
                "Was die Organisation gemeldet hat, bleibt in den Ergebnissen."
            ),
        ),
        save=_("Austreten") if leaves else "",
        up=above(request, page),
        further=(_("Vorher alles mitnehmen"), url_of("take_along", request, page.pk))
        if page.own
        else None,
    )


def above(request: NetworkRequest, page: queries.OrganisationPage) -> list[tuple[str, str]]:
    """The pages above a page about this organisation."""
    return [
        (_("Organisationen"), url_of("organisations", request)),
        (page.facts.name, url_of("organisation", request, page.pk)),
    ]


def _after_move(request: NetworkRequest, pk: int, stage: str) -> HttpResponse:
    """Whoever has just left her network would find the page closed."""
    if stage == _LEFT and not request.actor.coordinator:
        return redirect("network:mine")
    return to("network:organisation", request, pk)


@door(is_coordinator)
@require_http_methods(["GET", "HEAD", "POST"])
def choose_region(request: NetworkRequest, pk: int) -> HttpResponse:
    """Say where the organisation works."""
    page = queries.organisation(request.actor, pk)
    regions = queries.region_choices(request.network.pk)
    form = RegionChoiceForm(
        request.POST or None, regions=regions, initial={"region": page.region_id}
    )
    if request.method == "POST" and form.is_valid():
        region = form.cleaned_data["region"]
        act = partial(
            actions.choose_region,
            organisation_id=pk, region_id=region, by=request.actor, at=timezone.now(),
        )  # fmt: skip
        if succeeds(form, act):
            messages.success(request, _("Die Region ist gespeichert."))
            return to("network:organisation", request, pk)
    lead = _("Wo in Ihrem Netzwerk arbeitet diese Organisation?")
    return form_page(
        request, form, title=_("Region zuordnen"), lead=lead,
        preline=page.facts.name, up=above(request, page),
    )  # fmt: skip
