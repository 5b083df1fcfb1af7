"""All values of a submission; approving, returning, correcting, and the history of a value."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wirknetz.measurement.actions import collection as actions
from wirknetz.measurement.queries.collection.pages import history_of
from wirknetz.measurement.rules.collection import MINUTES, may_report, may_see_board
from wirknetz.measurement.views.collection.common import lead, load, show
from wirknetz.network.doors import NetworkRequest, door


@door(may_see_board)
@require_GET
def review(request: NetworkRequest, round_id: int, organisation_id: int) -> HttpResponse:
    """All values with their change; buttons for who may approve or return."""
    return show(request, "review", load(request, round_id, organisation_id))


@door(may_report)
@require_POST
def approve(request: NetworkRequest, round_id: int, organisation_id: int) -> HttpResponse:
    """Stand behind what was shown; without a word on what that was, nothing is approved."""
    actions.approve(
        by=request.actor,
        round_id=round_id,
        organisation_id=organisation_id,
        seen=request.POST.get("seen") or "nothing",
        agreed=request.POST.get("agreed") == "1",
        at=timezone.now(),
    )
    messages.success(request, _("Danke. Die Meldung ist bestätigt und zählt jetzt."))
    return lead(request, "submission_review", round_id, organisation_id)


@door(may_see_board)
@require_POST
def return_(request: NetworkRequest, round_id: int, organisation_id: int) -> HttpResponse:
    """Give it back with a reason."""
    reason = request.POST.get("reason", "")
    try:
        actions.return_(
            by=request.actor,
            round_id=round_id,
            organisation_id=organisation_id,
            reason=reason,
            at=timezone.now(),
        )
    except actions.Unexplained as wrong:
        page = load(request, round_id, organisation_id)
        return show(request, "review", page, reason=reason, reason_problem=str(wrong), status=422)
    messages.success(request, _("Die Meldung ist zurückgegeben. Die Organisation hat Bescheid."))
    return lead(request, "submission_review", round_id, organisation_id)


@door(may_report)
@require_POST
def reply(request: NetworkRequest, round_id: int, organisation_id: int) -> HttpResponse:
    """Answer a return."""
    try:
        actions.reply(
            by=request.actor,
            round_id=round_id,
            organisation_id=organisation_id,
            text=request.POST.get("text", ""),
            at=timezone.now(),
        )
    except actions.Unexplained as wrong:
        messages.error(request, str(wrong))
    else:
        messages.success(request, _("Ihre Antwort ist gespeichert."))
    return lead(request, "submission", round_id, organisation_id)


@door(may_report)
@require_POST
def minutes(request: NetworkRequest, round_id: int, organisation_id: int) -> HttpResponse:
    """Keep about how long it took."""
    answer = request.POST.get("minutes", "")
    try:
        actions.tell_minutes(
            by=request.actor,
            round_id=round_id,
            organisation_id=organisation_id,
            minutes=int(answer) if answer in map(str, MINUTES) else 0,
            at=timezone.now(),
        )
    except actions.Unexplained as wrong:
        messages.error(request, str(wrong))
    else:
        messages.success(request, _("Danke. Das hilft, die Runde kurz zu halten."))
    return lead(request, "submission_review", round_id, organisation_id)


@door(may_report)
@require_http_methods(["GET", "POST"])
def correct(request: NetworkRequest, round_id: int, organisation_id: int) -> HttpResponse:
    """Ask for the reason, then open the submission again."""
    page = load(request, round_id, organisation_id)
    reason = request.POST.get("reason", "")
    problem = _correct(request, round_id, organisation_id) if request.method == "POST" else ""
    if request.method == "POST" and not problem:
        return lead(request, "submission", round_id, organisation_id)
    if not page.may_correct:
        return lead(request, "submission_review", round_id, organisation_id)
    status = 422 if problem else 200
    return show(request, "correct", page, status=status, reason=reason, reason_problem=problem)


def _correct(request: NetworkRequest, round_id: int, organisation_id: int) -> str:
    try:
        actions.correct(
            by=request.actor,
            round_id=round_id,
            organisation_id=organisation_id,
            reason=request.POST.get("reason", ""),
            at=timezone.now(),
        )
    except actions.Unexplained as wrong:
        return str(wrong)
    return ""


@door(may_see_board)
@require_GET
def history(
    request: NetworkRequest, round_id: int, organisation_id: int, measure_id: int
) -> HttpResponse:
    """Everything ever said at one place, who said it, and when it counted."""
    page = load(request, round_id, organisation_id)
    found = history_of(page, measure_id=measure_id, key=request.GET.get("zelle", ""))
    if found is None:
        raise Http404
    return show(request, "history", page, history=found)
