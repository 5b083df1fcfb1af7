"""Typing values, saving while typing, checking and submitting."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from wirknetz.foundation.doors import Refused
from wirknetz.measurement.actions import collection as actions
from wirknetz.measurement.forms.collection.fields import posted
from wirknetz.measurement.queries.collection.checking import Remark
from wirknetz.measurement.queries.collection.form import BlockView, FieldView
from wirknetz.measurement.queries.collection.pages import Page
from wirknetz.measurement.queries.files.uploads import taken_before, waiting_of
from wirknetz.measurement.rules.collection import may_report, may_see_board
from wirknetz.measurement.views.collection.common import lead, load, show
from wirknetz.network.doors import NetworkRequest, door

_BUTTONS = ("fill", "take", "keep", "at")


@door(may_see_board)
@require_http_methods(["GET", "POST"])
def submission(request: NetworkRequest, round_id: int, organisation_id: int) -> HttpResponse:
    """The form; its plain button saves everything on the page."""
    if request.method == "POST":
        _record(request, round_id, organisation_id)
        onward = "submission_check" if request.POST.get("go") == "check" else "submission"
        return lead(request, onward, round_id, organisation_id, _anchor(request))
    page = load(request, round_id, organisation_id)
    if not page.may_record:
        return lead(request, "submission_review", round_id, organisation_id)
    waiting = waiting_of(request.actor, page.submission.pk, timezone.now())
    taken = taken_before(page.submission.pk)
    return show(request, "form", page, waiting=waiting, taken=taken)


def _record(request: NetworkRequest, round_id: int, organisation_id: int) -> actions.Recorded:
    read = posted(request.POST, round_id=round_id, language=translation.get_language() or "de")
    return actions.record(
        by=request.actor,
        round_id=round_id,
        organisation_id=organisation_id,
        rows=read.rows,
        choices=read.choices,
        partial=True,
        at=timezone.now(),
    )


def _anchor(request: NetworkRequest) -> str:
    """Where the page was left: the measure whose button was pressed."""
    pressed = next((found for name in _BUTTONS if (found := request.POST.get(name))), "")
    number = pressed.partition(":")[0]
    return f"m{number}" if number.isdecimal() else ""


@door(may_report)
@require_POST
def save(request: NetworkRequest, round_id: int, organisation_id: int) -> HttpResponse:
    """What was typed since the last save; answers with what the page must know."""
    try:
        _record(request, round_id, organisation_id)
    except Refused as refused:
        return JsonResponse({"refused": str(refused)}, status=409)
    page = load(request, round_id, organisation_id)
    return JsonResponse(_news(request, page))


def _news(request: NetworkRequest, page: Page) -> dict[str, Any]:
    form = page.form
    asked = {name.partition(":")[2] for name in request.POST if name.startswith("v:")}
    chosen = {name.partition(":")[2] for name in request.POST if name.startswith("g:")}
    fields = [(b, f) for b in form.blocks for t in b.tables for f in t.fields]
    following = form.next_block
    return {
        "saved": _("Gespeichert um %(time)s Uhr") % {"time": f"{timezone.localtime():%H:%M}"},
        "fields": {f.key: _field(f) for _b, f in fields if f.key in asked},
        "messages": {f.key: _messages(f) for _b, f in fields if _messages(f)},
        "elsewhere": {str(b.measure.id): _said(b.elsewhere) for b in form.blocks if b.elsewhere},
        "blocks": {
            str(b.measure.id): _block(request, page, b)
            for b in form.blocks
            if str(b.measure.id) in chosen
        },
        "done": [b.measure.id for b in form.blocks if b.answered],
        "answered": form.answered,
        "asked": form.asked,
        "wrong": form.wrong,
        "next": f"m{following.measure.id}" if following else "",
    }


def _field(field: FieldView) -> dict[str, str]:
    return {"text": field.text, "n": field.n_text, "seen": field.seen}


def _messages(field: FieldView) -> dict[str, Any]:
    """What is to be said beside a field; empty where nothing is."""
    if not field.problem and not field.remarks:
        return {}
    return {
        "problem": field.problem,
        **_said(field.remarks),
        "theirs": field.theirs,
        "theirs_n": field.theirs_n,
        "their_seen": field.their_seen,
        "conflict": field.conflict,
    }


def _said(remarks: Iterable[Remark]) -> dict[str, list[str]]:
    found = tuple(remarks)
    return {
        "errors": [r.sentence for r in found if r.is_error],
        "questions": [r.sentence for r in found if not r.is_error],
    }


def _block(request: NetworkRequest, page: Page, block: BlockView) -> str:
    return render_to_string(
        "measurement/collection/_block.html", {"block": block, "page": page}, request
    )


@door(may_report)
@require_http_methods(["GET", "POST"])
def check(request: NetworkRequest, round_id: int, organisation_id: int) -> HttpResponse:
    """Errors, questions and gaps; answers to questions are kept by POST."""
    problem, page = "", load(request, round_id, organisation_id)
    if request.method == "POST":
        problem = _answer(request, round_id, organisation_id)
        if not problem and request.POST.get("go") == "submit":
            return submit_now(request, round_id, organisation_id)
        if not problem:
            return lead(request, "submission_check", round_id, organisation_id)
    if not page.may_submit:
        return lead(request, "submission", round_id, organisation_id)
    return show(request, "check", page, problem=problem, status=422 if problem else 200)


def _answer(request: NetworkRequest, round_id: int, organisation_id: int) -> str:
    given = {
        name.partition(":")[2]: str(text)
        for name, text in request.POST.items()
        if name.startswith("answer:")
    }
    if not given:
        return ""
    try:
        actions.answer(
            by=request.actor,
            round_id=round_id,
            organisation_id=organisation_id,
            answers=given,
            at=timezone.now(),
        )
    except actions.Unexplained as wrong:
        return str(wrong)
    return ""


def submit_now(request: NetworkRequest, round_id: int, organisation_id: int) -> HttpResponse:
    """Hand the submission over, or show what is still to be done."""
    try:
        actions.submit(
            by=request.actor, round_id=round_id, organisation_id=organisation_id, at=timezone.now()
        )
    except actions.NotReady:
        page = load(request, round_id, organisation_id)
        return show(request, "check", page, not_ready=True, status=422)
    return lead(request, "submission_review", round_id, organisation_id)


@door(may_report)
@require_POST
def submit(request: NetworkRequest, round_id: int, organisation_id: int) -> HttpResponse:
    """Submit."""
    return submit_now(request, round_id, organisation_id)
