"""Pages about rounds: planning them, opening and closing them."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from wirknetz.foundation.refusal import Refused
from wirknetz.measurement.actions import rounds as actions
from wirknetz.measurement.forms.rounds import (
    RoundForm,
    initial_from,
    initial_of,
    read_measures,
    read_pairs,
)
from wirknetz.measurement.models import Round
from wirknetz.measurement.queries import rounds as queries
from wirknetz.measurement.rules.rounds import (
    RoundState,
    is_early,
    may_change,
    may_discard,
    may_follow,
    may_plan,
    may_see_rounds,
)
from wirknetz.measurement.views.parts import act_or_say, address, done, found, posted, went
from wirknetz.network.doors import NetworkRequest, door


@door(may_see_rounds)
@require_safe
def rounds(request: NetworkRequest) -> HttpResponse:
    """All rounds, the newest first."""
    today = timezone.localdate()
    plans = may_plan(request.actor)
    context = {
        "rounds": queries.rounds(request.network.pk),
        "unprepared": queries.unprepared_period(request.network.pk, today) if plans else None,
        "may_plan": plans,
        "today": today,
    }
    return render(request, "measurement/rounds/list.html", context)


@door(may_see_rounds)
@require_safe
def round_page(request: NetworkRequest, pk: int) -> HttpResponse:
    """One round: what it asks, whom, until when."""
    page = found(queries.round_page(request.network.pk, pk))
    state, plans = page.row.state, may_plan(request.actor)
    context = {
        "page": page,
        "round": page.row,
        "mine": [o for o in page.organisations if request.actor.belongs_to(o.id)],
        "may_plan": plans,
        "may_change": plans and may_change(state),
        "may_open": plans and may_follow(state, RoundState.OPEN),
        "may_close": plans and may_follow(state, RoundState.CLOSED),
        "may_discard": plans and may_discard(state),
        "untold": _untold(request, page) if plans and may_change(state) else (),
        "early": state is RoundState.PLANNED and is_early(page.row.period, page.row.opens_on),
        "today": timezone.localdate(),
    }
    return render(request, "measurement/rounds/round.html", context)


@door(may_plan)
@require_http_methods(["GET", "POST"])
def round_new(request: NetworkRequest) -> HttpResponse:
    """Plan a round; everything has a sensible beginning."""
    today = timezone.localdate()
    proposed = queries.proposal(request.network.pk, today)
    form = RoundForm(
        posted(request), initial=initial_from(proposed), today=today, last=proposed.like
    )
    if request.method == "POST" and form.is_valid():
        like = actions.Like(form.cleaned_data["like"])
        made: list[int] = []
        if went(
            form,
            lambda: made.append(
                actions.create_round(
                    by=request.actor, draft=form.draft(), like=like, at=timezone.now()
                )
            ),
        ):
            said = gettext("Die Runde ist geplant. Prüfen Sie jetzt, was wen gefragt wird.")
            return done(request, said, "round", pk=made[0])
    return render(request, "measurement/rounds/form.html", {"form": form, "round": None})


@door(may_plan)
@require_http_methods(["GET", "POST"])
def round_edit(request: NetworkRequest, pk: int) -> HttpResponse:
    """Change days, title and note."""
    one = _changeable(request, pk)
    form = RoundForm(
        posted(request),
        initial=initial_of(one),
        today=timezone.localdate(),
        state=queries.state(one),
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and went(
            form,
            lambda: actions.change_round(
                by=request.actor, round_id=pk, draft=form.draft(), at=timezone.now()
            ),
        )
    ):
        return done(request, gettext("Die Änderung ist gespeichert."), "round", pk=pk)
    return render(request, "measurement/rounds/form.html", {"form": form, "round": one})


@door(may_plan)
@require_http_methods(["GET", "POST"])
def round_measures(request: NetworkRequest, pk: int) -> HttpResponse:
    """Which measures it asks for, and broken down by what."""
    one = _changeable(request, pk)
    choices = queries.measure_choices(one)
    if request.method == "POST":
        asked = read_measures(request.POST, choices)
        if act_or_say(
            request,
            lambda: actions.set_measures(
                by=request.actor, round_id=pk, asked=asked, at=timezone.now()
            ),
            gettext("Die Messgrößen dieser Runde sind gespeichert."),
        ):
            return redirect(address(request, "round", pk=pk))
        return redirect(address(request, "round_measures", pk=pk))
    context = {"round": one, "choices": choices, "reported": queries.row_of(one).reported}
    return render(request, "measurement/rounds/measures.html", context)


@door(may_plan)
@require_http_methods(["GET", "POST"])
def round_matrix(request: NetworkRequest, pk: int) -> HttpResponse:
    """Who reports what."""
    one = _changeable(request, pk)
    if request.method == "POST":
        if act_or_say(
            request,
            lambda: actions.set_expectations(
                by=request.actor, round_id=pk, pairs=_pairs(request), at=timezone.now()
            ),
            gettext("Gespeichert ist, wer was meldet."),
        ):
            return redirect(address(request, "round", pk=pk))
        return redirect(address(request, "round_matrix", pk=pk))
    context = {"round": one, "matrix": queries.matrix(one), "state": queries.state(one)}
    return render(request, "measurement/rounds/matrix.html", context)


@door(may_plan)
@require_http_methods(["GET", "POST"])
def round_open(request: NetworkRequest, pk: int) -> HttpResponse:
    """Ask once, then open it now."""
    page = found(queries.round_page(request.network.pk, pk))
    if request.method == "POST":
        act_or_say(
            request,
            lambda: actions.open_round(by=request.actor, round_id=pk, at=timezone.now()),
            gettext("Die Runde ist offen. Die Meldenden bekommen jetzt eine Nachricht."),
        )
        return redirect(address(request, "round", pk=pk))
    people = queries.reporters(request.network.pk, [o.id for o in page.organisations])
    context = {
        "page": page,
        "title": gettext("„%(title)s“ jetzt öffnen?") % {"title": page.row.title},
        "consequences": _of_opening(page, people),
        "untold": _untold(request, page),
        "early": is_early(page.row.period, timezone.localdate()),
        "confirm_label": gettext("Runde öffnen"),
        "cancel_url": address(request, "round", pk=pk),
    }
    return render(request, "measurement/rounds/open.html", context)


@door(may_plan)
@require_http_methods(["GET", "POST"])
def round_close(request: NetworkRequest, pk: int) -> HttpResponse:
    """Say who is missing, ask once, then close it."""
    page = found(queries.round_page(request.network.pk, pk))
    if request.method == "POST":
        act_or_say(
            request,
            lambda: actions.close_round(by=request.actor, round_id=pk, at=timezone.now()),
            gettext("Die Runde ist geschlossen."),
        )
        return redirect(address(request, "round", pk=pk))
    context = {
        "page": page,
        "title": gettext("„%(title)s“ jetzt schließen?") % {"title": page.row.title},
        "consequences": [
            gettext("Niemand kann mehr etwas eintragen oder ändern."),
            gettext("Was später kommt, ist eine Korrektur und braucht einen Grund."),
            gettext(
                "Partner und Förderung sehen solche Änderungen erst, wenn sich genug "
                "Organisationen geändert haben oder die Organisation zustimmt."
            ),
            gettext("Die Runde lässt sich nicht wieder öffnen."),
        ],
        "confirm_label": gettext("Runde schließen"),
        "danger": True,
        "cancel_url": address(request, "round", pk=pk),
    }
    return render(request, "measurement/rounds/close.html", context)


@door(may_plan)
@require_http_methods(["GET", "POST"])
def round_discard(request: NetworkRequest, pk: int) -> HttpResponse:
    """Ask once, then throw a planned round away."""
    one = found(queries.round_of(request.network.pk, pk))
    if request.method == "POST":
        if act_or_say(
            request,
            lambda: actions.discard_round(by=request.actor, round_id=pk, at=timezone.now()),
            gettext("Die geplante Runde ist verworfen."),
        ):
            return redirect(address(request, "rounds"))
        return redirect(address(request, "round", pk=pk))
    context = {
        "title": gettext("„%(title)s“ verwerfen?") % {"title": one.title},
        "consequences": [gettext("Die geplante Runde verschwindet. Gemeldet wurde noch nichts.")],
        "confirm_label": gettext("Runde verwerfen"),
        "danger": True,
        "cancel_url": address(request, "round", pk=pk),
    }
    return render(request, "web/confirm.html", context)


def _untold(request: NetworkRequest, page: queries.RoundPage) -> tuple[queries.Untold, ...]:
    return queries.untold(request.network.pk, {o.id: o.name for o in page.organisations})


def _changeable(request: NetworkRequest, pk: int) -> Round:
    one = found(queries.round_of(request.network.pk, pk))
    if not may_change(queries.state(one)):
        raise Refused(gettext("Diese Runde ist geschlossen. Was jetzt kommt, ist eine Korrektur."))
    return one


def _pairs(request: NetworkRequest) -> frozenset[tuple[int, int]]:
    try:
        return read_pairs(request.POST)
    except ValidationError as error:
        raise Refused(error.messages[0]) from error


def _of_opening(page: queries.RoundPage, people: dict[int, tuple[int, ...]]) -> list[str]:
    asked = len({user_id for user_ids in people.values() for user_id in user_ids})
    return [
        ngettext(
            "%(count)s Organisation kann ab sofort melden.",
            "%(count)s Organisationen können ab sofort melden.",
            len(page.organisations),
        )
        % {"count": len(page.organisations)},
        ngettext(
            "%(count)s Person bekommt eine E-Mail.",
            "%(count)s Personen bekommen eine E-Mail.",
            asked,
        )
        % {"count": asked},
    ]
