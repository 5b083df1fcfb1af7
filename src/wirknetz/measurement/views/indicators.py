"""Pages about indicators: definitions and targets."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wirknetz.core.values import Period
from wirknetz.foundation.language import language
from wirknetz.measurement.actions import indicators as actions
from wirknetz.measurement.forms import explaining
from wirknetz.measurement.forms.indicators import (
    AdoptionForm,
    IndicatorForm,
    TargetFormSet,
    VersionForm,
    initial_of,
    target_drafts,
    target_rows,
)
from wirknetz.measurement.models import Indicator, IndicatorVersion
from wirknetz.measurement.queries import indicators as queries
from wirknetz.measurement.queries.measures import measure_codes
from wirknetz.measurement.queries.rounds import proposal
from wirknetz.measurement.rules.definitions import may_define, may_see_definitions
from wirknetz.measurement.rules.sentences import FormulaProblemError, read_formula
from wirknetz.measurement.views.parts import act_or_say, address, done, found, posted, went
from wirknetz.network.doors import NetworkRequest, door


@door(may_see_definitions)
@require_safe
def indicators(request: NetworkRequest) -> HttpResponse:
    """All indicators and how they are defined."""
    context = {
        "indicators": queries.indicators(request.network.pk),
        "has_measures": bool(measure_codes(request.network.pk)),
        "may_define": may_define(request.actor),
    }
    return render(request, "measurement/indicators/list.html", context)


@door(may_see_definitions)
@require_safe
def indicator(request: NetworkRequest, pk: int) -> HttpResponse:
    """What an indicator means now, meant before, and aims at."""
    page = found(queries.indicator_page(request.network.pk, pk))
    context = {
        "page": page,
        "targets": _sentences(page.targets, page.shown),
        "ways": dict(IndicatorVersion.Accumulate.choices),
        "directions": dict(IndicatorVersion.Direction.choices),
        "may_define": may_define(request.actor),
    }
    return render(request, "measurement/indicators/indicator.html", context)


@door(may_define)
@require_http_methods(["GET", "POST"])
def indicator_new(request: NetworkRequest) -> HttpResponse:
    """Add an indicator with its first definition."""
    codes = measure_codes(request.network.pk)
    data = posted(request)
    form = IndicatorForm(data, taken=queries.codes(request.network.pk))
    begin = proposal(request.network.pk, timezone.localdate()).period
    version = VersionForm(data, initial={"valid_from": begin}, codes=codes)
    valid = data is not None and form.is_valid() & version.is_valid()
    if (
        valid
        and not _checking(request)
        and went(
            form,
            lambda: actions.create_indicator(
                by=request.actor, draft=form.draft(), version=version.draft(), at=timezone.now()
            ),
        )
    ):
        return done(
            request,
            gettext("Der Indikator ist als Entwurf angelegt. Er zählt, sobald er gilt."),
            "indicators",
        )
    if _checking(request):
        form.errors.clear()
    context = {"form": form, **_version_context(request, version, codes)}
    return render(request, "measurement/indicators/new.html", context)


@door(may_define)
@require_http_methods(["GET", "POST"])
def indicator_edit(request: NetworkRequest, pk: int) -> HttpResponse:
    """Change name and goal."""
    one = found(queries.indicator(request.network.pk, pk))
    initial = {name: getattr(one, name) for name in ("name", "code", "goal", "position")}
    form = IndicatorForm(
        posted(request), initial=initial, taken=queries.codes(request.network.pk) - {one.code}
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and went(
            form,
            lambda: actions.change_indicator(
                by=request.actor, indicator_id=pk, draft=form.draft(), at=timezone.now()
            ),
        )
    ):
        return done(request, gettext("Die Änderung ist gespeichert."), "indicator", pk=pk)
    return render(request, "measurement/indicators/edit.html", {"form": form, "indicator": one})


@door(may_define)
@require_POST
def indicator_retire(request: NetworkRequest, pk: int) -> HttpResponse:
    """Stop following it, or follow it again."""
    one = found(queries.indicator(request.network.pk, pk))
    if one.retired_on is None:
        act, said = actions.retire_indicator, gettext("Der Indikator wird nicht mehr verfolgt.")
    else:
        act, said = actions.restore_indicator, gettext("Der Indikator wird wieder verfolgt.")
    act_or_say(request, lambda: act(by=request.actor, indicator_id=pk, at=timezone.now()), said)
    return redirect(address(request, "indicator", pk=pk))


@door(may_define)
@require_http_methods(["GET", "POST"])
def version_edit(request: NetworkRequest, pk: int) -> HttpResponse:
    """Begin a new definition, or go on with its draft."""
    one = found(queries.indicator(request.network.pk, pk))
    codes = measure_codes(request.network.pk)
    form = _version_form(request, one, codes)
    if (
        request.method == "POST"
        and not _checking(request)
        and form.is_valid()
        and went(
            form,
            lambda: actions.save_version_draft(
                by=request.actor, indicator_id=pk, draft=form.draft(), at=timezone.now()
            ),
        )
    ):
        return done(
            request,
            gettext("Der Entwurf ist gespeichert. Er zählt, sobald er gilt."),
            "indicator",
            pk=pk,
        )
    context = {"indicator": one, **_version_context(request, form, codes)}
    return render(request, "measurement/indicators/version.html", context)


@door(may_define)
@require_POST
def version_discard(request: NetworkRequest, pk: int) -> HttpResponse:
    """Throw the draft away."""
    found(queries.indicator(request.network.pk, pk))
    act_or_say(
        request,
        lambda: actions.discard_version_draft(by=request.actor, indicator_id=pk, at=timezone.now()),
        gettext("Der Entwurf ist verworfen."),
    )
    return redirect(address(request, "indicator", pk=pk))


@door(may_define)
@require_http_methods(["GET", "POST"])
def version_in_force(request: NetworkRequest, pk: int, number: int) -> HttpResponse:
    """Ask once, then let a definition count."""
    version = found(queries.version(request.network.pk, pk, number))
    form = AdoptionForm(posted(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and went(
            form,
            lambda: actions.put_in_force(
                by=request.actor,
                indicator_id=pk,
                number=number,
                adopted_label=form.cleaned_data["adopted_label"],
                at=timezone.now(),
            ),
        )
    ):
        return done(request, gettext("Diese Fassung gilt jetzt."), "indicator", pk=pk)
    last = queries.last_in_force(version.indicator)
    context = {
        "version": version,
        "period": Period.parse(version.valid_from),
        "last": last,
        "form": form,
    }
    return render(request, "measurement/indicators/in_force.html", context)


@door(may_define)
@require_safe
def formula_check(request: NetworkRequest) -> HttpResponse:
    """Whether a formula can be read, and what it does; a piece of the form's page."""
    text, percent = request.GET.get("formula", ""), "percent" in request.GET
    checked = _check(text, measure_codes(request.network.pk), percent=percent)
    return render(request, "measurement/indicators/formula.html", checked)


@door(may_define)
@require_http_methods(["GET", "POST"])
def targets(request: NetworkRequest, pk: int) -> HttpResponse:
    """Aims per period, several at once."""
    one = found(queries.indicator(request.network.pk, pk))
    version = queries.latest_version(one)
    percent = version.percent if version else False
    first = proposal(request.network.pk, timezone.localdate()).period
    rows = TargetFormSet(
        posted(request),
        initial=target_rows(queries.targets(one), percent=percent, first=first),
        prefix="z",
        form_kwargs={"percent": percent},
    )
    if request.method == "POST" and rows.is_valid():
        actions.set_targets(
            by=request.actor,
            indicator_id=pk,
            targets=target_drafts(rows, percent=percent),
            at=timezone.now(),
        )
        if "weiter" in request.POST:
            return done(request, gettext("Die Ziele sind gespeichert."), "targets", pk=pk)
        return done(request, gettext("Die Ziele sind gespeichert."), "indicator", pk=pk)
    context = {
        "indicator": one,
        "version": version,
        "rows": rows,
        "unit": "%" if percent else (version.unit if version else ""),
        "sentences": _sentences(queries.targets(one), version),
    }
    return render(request, "measurement/indicators/targets.html", context)


def _sentences(rows: tuple[queries.TargetRow, ...], version: explaining.Shown | None) -> list[str]:
    return [
        explaining.target_sentence(
            period=t.period, value=t.value, tolerance=t.tolerance, version=version
        )
        for t in rows
    ]


def _checking(request: NetworkRequest) -> bool:
    """Whether somebody without JavaScript only wants to see what the formula does."""
    return "pruefen" in request.POST


def _version_form(request: NetworkRequest, one: Indicator, codes: dict[str, str]) -> VersionForm:
    last = queries.last_in_force(one)
    begun = queries.draft_of(one) or queries.latest_version(one)
    initial = initial_of(begun) if begun else {}
    after = Period.parse(last.valid_from) if last else None
    if after and begun == last:
        following = proposal(one.network_id, timezone.localdate()).period
        initial |= {"reason": "", "valid_from": max(following, after.shift(1))}
    return VersionForm(posted(request), initial=initial, codes=codes, after=after)


def _version_context(
    request: NetworkRequest, form: VersionForm, codes: dict[str, str]
) -> dict[str, object]:
    text = str(form["formula"].value() or "")
    checked = _check(text, codes, percent=bool(form["percent"].value())) if text else {}
    if _checking(request):
        form.errors.clear()
    return {
        "version_form": form,
        "codes": codes,
        "ways": explaining.accumulate_examples(),
        "example_periods": [Period.parse(f"2026Q{n}").label(language()) for n in (1, 2, 3, 4)],
        **checked,
    }


def _check(text: str, codes: dict[str, str], *, percent: bool) -> dict[str, object]:
    if not text.strip():
        return {}
    try:
        formula = read_formula(text, codes)
    except FormulaProblemError as problem:
        return {"problem": str(problem)}
    return {
        "formula": str(formula),
        "used": [(code, codes[code]) for code in formula.names()],
        "how": explaining.how_it_adds(formula),
        "calculation": explaining.calculation(formula, percent=percent),
    }
