"""Pages about measures."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wirknetz.measurement.actions import measures as actions
from wirknetz.measurement.forms.explaining import adds_example, adds_examples
from wirknetz.measurement.forms.measures import MeasureForm, initial_of
from wirknetz.measurement.models import Measure
from wirknetz.measurement.queries import measures as queries
from wirknetz.measurement.rules.definitions import (
    MeasureUse,
    may_define,
    may_see_definitions,
    may_see_reporters,
)
from wirknetz.measurement.views.parts import act_or_say, address, done, found, posted, went
from wirknetz.network.doors import NetworkRequest, door


@door(may_see_definitions)
@require_safe
def measures(request: NetworkRequest) -> HttpResponse:
    """All measures by impact level."""
    context = {
        "levels": queries.measures_by_level(request.network.pk),
        "may_define": may_define(request.actor),
    }
    return render(request, "measurement/measures/list.html", context)


@door(may_see_definitions)
@require_safe
def measure(request: NetworkRequest, pk: int) -> HttpResponse:
    """One measure: what it means, who reports it, what uses it."""
    one = found(queries.measure(request.network.pk, pk))
    context = {
        "measure": one,
        "dimensions": list(one.dimensions.all()),
        "standing": queries.standing(one),
        "wordings": queries.wordings(one),
        "example": adds_example(one.adds, one.unit),
        "may_define": may_define(request.actor),
        "may_see_reporters": may_see_reporters(request.actor),
    }
    return render(request, "measurement/measures/measure.html", context)


@door(may_define)
@require_http_methods(["GET", "POST"])
def measure_new(request: NetworkRequest) -> HttpResponse:
    """Add a measure, like another one if ``?wie=`` names it."""
    like = queries.measure(request.network.pk, _number(request.GET.get("wie", "")))
    form = _form(request, None, like)
    if (
        request.method == "POST"
        and form.is_valid()
        and went(
            form,
            lambda: actions.create_measure(by=request.actor, draft=form.draft(), at=timezone.now()),
        )
    ):
        return done(request, gettext("Die Messgröße ist angelegt."), "measures")
    return _form_page(request, form, None)


@door(may_define)
@require_http_methods(["GET", "POST"])
def measure_edit(request: NetworkRequest, pk: int) -> HttpResponse:
    """Change a measure as far as its use allows."""
    one = found(queries.measure(request.network.pk, pk))
    form = _form(request, one, None)
    if (
        request.method == "POST"
        and form.is_valid()
        and went(
            form,
            lambda: actions.change_measure(
                by=request.actor, measure_id=pk, draft=form.draft(), at=timezone.now()
            ),
        )
    ):
        return done(request, gettext("Die Änderung ist gespeichert."), "measure", pk=pk)
    return _form_page(request, form, one)


@door(may_define)
@require_POST
def measure_retire(request: NetworkRequest, pk: int) -> HttpResponse:
    """Stop asking for it, or ask again."""
    one = found(queries.measure(request.network.pk, pk))
    if one.retired_on is None:
        act, said = actions.retire_measure, gettext("Neue Runden fragen nicht mehr danach.")
    else:
        act, said = actions.restore_measure, gettext("Neue Runden können wieder danach fragen.")
    act_or_say(request, lambda: act(by=request.actor, measure_id=pk, at=timezone.now()), said)
    return redirect(address(request, "measure", pk=pk))


@door(may_define)
@require_safe
def measure_explain(request: NetworkRequest) -> HttpResponse:
    """How it adds up, with an example; a piece of the form's page."""
    adds, unit = request.GET.get("adds", ""), request.GET.get("unit", "")
    return render(
        request, "measurement/measures/example.html", {"example": adds_example(adds, unit)}
    )


def _form(request: NetworkRequest, one: Measure | None, like: Measure | None) -> MeasureForm:
    use = queries.use_of(one) if one else MeasureUse()
    codes = frozenset(queries.measure_codes(request.network.pk)) - ({one.code} if one else set())
    offered = queries.offered_dimensions(request.network.pk, one)
    shown = one or like
    initial = initial_of(shown) if shown else {}
    if one is None:
        initial |= {"code": "", "name": ""}
    return MeasureForm(posted(request), initial=initial, dimensions=offered, taken=codes, use=use)


def _form_page(request: NetworkRequest, form: MeasureForm, one: Measure | None) -> HttpResponse:
    adds = form["adds"].value() or ""
    context = {
        "form": form,
        "measure": one,
        "fixed": any(field.disabled for field in form.fields.values()),
        "example": adds_example(str(adds), str(form["unit"].value() or "")),
        "examples": adds_examples(),
        "units": queries.measure_units(request.network.pk),
        "sections": queries.form_sections(request.network.pk),
    }
    return render(request, "measurement/measures/form.html", context)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0
