"""The pages."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from wirknetz.core import files
from wirknetz.core.values import Period
from wirknetz.foundation.language import language
from wirknetz.measurement.forms.results import Choice, read_choice
from wirknetz.measurement.queries import results as queries
from wirknetz.measurement.queries.files.sources import sources_of
from wirknetz.measurement.queries.results import Breakdown, Figure, Look, Result
from wirknetz.measurement.rules.results import Sight, may_choose_moment, sight_of
from wirknetz.measurement.views.results import pictures, sheets
from wirknetz.measurement.views.results.words import (
    STATES,
    coverage_words,
    gap_words,
    remarks,
)
from wirknetz.network.doors import NetworkRequest, door
from wirknetz.network.rules import is_coordinator, is_inside


@door(is_inside)
@require_safe
def overview(request: NetworkRequest) -> HttpResponse:
    """All indicators at a glance."""
    sight, choice = _asked(request)
    results = queries.overview(request.network, sight, as_of=choice.as_of)
    cards = [
        {
            "result": r,
            "spark": pictures.sparkline(r, f"s{r.pk}") if r.figures else "",
            **_current(r),
        }
        for r in results
    ]
    return render(request, "measurement/results/overview.html", {"cards": cards, "choice": choice})


@door(is_inside)
@require_safe
def result(request: NetworkRequest, code: str) -> HttpResponse:
    """One indicator: value, target, series, breakdown."""
    sight, choice = _asked(request)
    look = _look(request, sight, code, choice)
    found = look.result(choice.period)
    shown = found.current if sight.breakdowns else None
    context = {
        "result": found,
        "choice": choice,
        "chart": pictures.picture(pictures.line(found), "reihe") if found.figures else None,
        "may_choose_moment": may_choose_moment(sight),
        "tabs": _tabs(look, choice, shown) if shown else [],
        **_current(found),
        **(_broken_down(look, choice, found, shown) if shown and choice.by else {}),
    }
    return render(request, "measurement/results/result.html", context)


@door(is_inside)
@require_safe
def provenance(request: NetworkRequest, code: str, period: str) -> HttpResponse:
    """Where a figure comes from."""
    sight, choice = _asked(request)
    found = queries.provenance(
        request.network, sight, code, period=_period(period), as_of=choice.as_of
    )
    if found is None:
        raise Http404
    figure = found.figure
    context = {
        "provenance": found,
        "code": code,
        "choice": choice,
        "gap": gap_words(figure.gap) if figure.gap else "",
        "coverage": coverage_words(figure),
        "remarks": remarks(figure),
        "sources": sources_of(found, sight),
    }
    return render(request, "measurement/results/provenance.html", context)


@door(is_coordinator)
@require_safe
def by_organisation(request: NetworkRequest, code: str) -> HttpResponse:
    """The series of every organisation, for the coordinating office."""
    sight, choice = _asked(request)
    found = _look(request, sight, code, choice).result(choice.period)
    rows = queries.by_organisation(request.network, code, as_of=choice.as_of)
    chart = pictures.picture(pictures.multiples(found, rows), "orgs") if rows else None
    context = {"result": found, "chart": chart, "choice": choice}
    return render(request, "measurement/results/by_organisation.html", context)


@door(is_inside)
@require_safe
def download(request: NetworkRequest, kind: str) -> HttpResponse:
    """All indicators as XLSX or CSV, broken down for the period their pages begin with."""
    sight, choice = _asked(request)
    looks = queries.looks(request.network, sight, as_of=choice.as_of)
    results = [(look, look.result()) for look in looks]
    found = [(r, _parts(look, r.current)) for look, r in results]
    return _file(request, found, choice, kind, "ergebnisse")


@door(is_inside)
@require_safe
def download_one(request: NetworkRequest, code: str, kind: str) -> HttpResponse:
    """One indicator as XLSX or CSV, broken down for all its periods."""
    sight, choice = _asked(request)
    look = _look(request, sight, code, choice)
    found = look.result(choice.period)
    return _file(request, [(found, _parts(look, *found.figures))], choice, kind, code)


def _asked(request: NetworkRequest) -> tuple[Sight, Choice]:
    sight = sight_of(request.actor, request.network)
    return sight, read_choice(request.GET, moments=may_choose_moment(sight), now=timezone.now())


def _look(request: NetworkRequest, sight: Sight, code: str, choice: Choice) -> Look:
    found = queries.look(request.network, sight, code, as_of=choice.as_of)
    if found is None:
        raise Http404
    return found


def _current(result: Result) -> dict[str, object]:
    figure = result.current
    if figure is None:
        return {"figure": None}
    words, kind = STATES[figure.state]
    return {
        "figure": figure,
        "gap": gap_words(figure.gap) if figure.gap else "",
        "coverage": coverage_words(figure),
        "remarks": remarks(figure),
        "state": words,
        "state_kind": kind,
    }


def _tabs(look: Look, choice: Choice, shown: Figure) -> list[dict[str, object]]:
    return [
        {
            "label": dimension.name,
            "url": f"?{urlencode(choice.query() | {'nach': dimension.code})}#nach",
            "current": dimension.code == choice.by,
        }
        for dimension in look.dimensions(shown.period)
    ]


def _broken_down(look: Look, choice: Choice, found: Result, shown: Figure) -> dict[str, object]:
    breakdown = look.breakdown(choice.by, shown.period)
    if breakdown is None:
        return {}
    drawn = pictures.picture(pictures.bars(found, breakdown), "nach") if breakdown.groups else None
    return {
        "breakdown": breakdown,
        "breakdown_chart": drawn,
        "breakdown_gap": gap_words(breakdown.gap) if breakdown.gap else "",
    }


def _parts(look: Look, *figures: Figure | None) -> tuple[Breakdown, ...]:
    """What the pages of these figures show broken down."""
    return look.breakdowns(figure.period for figure in figures if figure)


def _file(
    request: NetworkRequest,
    found: Sequence[tuple[Result, Sequence[Breakdown]]],
    choice: Choice,
    kind: str,
    name: str,
) -> HttpResponse:
    taken = sheets.Taken(found, request.network.name, choice.day)
    if kind == "csv":
        body = files.to_csv(sheets.one_sheet_of(taken), language=language())
        media = files.MEDIA_TYPE_CSV
    else:
        body = files.to_xlsx(sheets.sheets_of(taken), language=language())
        media = files.MEDIA_TYPE_XLSX
    filename = f"{slugify(request.network.slug)}-{slugify(name)}-{choice.day or _today()}.{kind}"
    return HttpResponse(
        body,
        content_type=media,
        headers={"Content-Disposition": f'attachment; filename="{filename}"'},
    )


def _today() -> str:
    return f"{timezone.localdate():%Y-%m-%d}"


def _period(code: str) -> Period:
    try:
        return Period.parse(code)
    except ValueError:
        raise Http404 from None
