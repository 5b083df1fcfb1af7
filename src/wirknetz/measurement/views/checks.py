"""Pages about validation rules."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from wirknetz.measurement.actions import checks as actions
from wirknetz.measurement.forms.indicators import CheckForm
from wirknetz.measurement.models import ValidationRule
from wirknetz.measurement.queries import checks as queries
from wirknetz.measurement.queries.measures import measure_codes
from wirknetz.measurement.rules.definitions import may_define, may_see_definitions
from wirknetz.measurement.rules.sentences import FormulaProblemError, read_rule
from wirknetz.measurement.views.parts import done, found, posted, went
from wirknetz.network.doors import NetworkRequest, door

_FIELDS = ("expression", "severity", "message", "position", "active")


@door(may_see_definitions)
@require_safe
def checks(request: NetworkRequest) -> HttpResponse:
    """All validation rules."""
    context = {
        "checks": queries.checks(request.network.pk),
        "may_define": may_define(request.actor),
    }
    return render(request, "measurement/checks/list.html", context)


@door(may_define)
@require_http_methods(["GET", "POST"])
def check_new(request: NetworkRequest) -> HttpResponse:
    """Add a validation rule."""
    return _edit(request, None)


@door(may_define)
@require_http_methods(["GET", "POST"])
def check_edit(request: NetworkRequest, pk: int) -> HttpResponse:
    """Change a validation rule, or stop applying it."""
    return _edit(request, found(queries.check(request.network.pk, pk)))


@door(may_define)
@require_safe
def check_try(request: NetworkRequest) -> HttpResponse:
    """What a rule would have said in the last round; a piece of the form's page."""
    text = request.GET.get("expression", "")
    return render(request, "measurement/checks/trial.html", _trial(request, text))


def _edit(request: NetworkRequest, one: ValidationRule | None) -> HttpResponse:
    codes = measure_codes(request.network.pk)
    initial = {name: getattr(one, name) for name in _FIELDS} if one else {}
    form = CheckForm(posted(request), initial=initial, codes=codes)
    trying = "probieren" in request.POST
    if (
        request.method == "POST"
        and not trying
        and form.is_valid()
        and went(
            form,
            lambda: actions.save_check(
                by=request.actor,
                check_id=one.pk if one else None,
                draft=form.draft(),
                at=timezone.now(),
            ),
        )
    ):
        return done(request, gettext("Die Prüfregel ist gespeichert."), "checks")
    text = str(form["expression"].value() or "")
    if trying:
        form.errors.clear()
    context = {
        "form": form,
        "check": one,
        "codes": codes,
        **(_trial(request, text) if text else {}),
    }
    return render(request, "measurement/checks/form.html", context)


def _trial(request: NetworkRequest, text: str) -> dict[str, object]:
    if not text.strip():
        return {}
    try:
        rule = read_rule(text, measure_codes(request.network.pk))
    except FormulaProblemError as problem:
        return {"problem": str(problem)}
    return {"trial": queries.trial(request.network.pk, rule), "tried": True}
