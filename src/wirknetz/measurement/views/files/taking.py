"""Looking through what would be reported, taking it over, taking that back."""

from __future__ import annotations

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from wirknetz.measurement.actions import files as actions
from wirknetz.measurement.actions.collection import NotRecorded
from wirknetz.measurement.forms import files as forms
from wirknetz.measurement.queries.files.looking import Looking
from wirknetz.measurement.queries.files.review import Review, review_of
from wirknetz.measurement.queries.files.uploads import TakenBefore, taken_before
from wirknetz.measurement.rules.collection import may_report
from wirknetz.measurement.rules.files import may_see_sources
from wirknetz.measurement.views.collection.common import lead, load, place
from wirknetz.measurement.views.files.common import here, look, show
from wirknetz.measurement.views.parts import address
from wirknetz.network.doors import NetworkRequest, door


@door(may_report)
@require_http_methods(["GET", "POST"])
def review(
    request: NetworkRequest, round_id: int, organisation_id: int, upload_id: int
) -> HttpResponse:
    """Everything that would be reported; the POST reports it."""
    looking = look(request, round_id, organisation_id, upload_id)
    if not looking.page.may_record:
        return lead(request, "submission_review", round_id, organisation_id)
    if not looking.ready:
        messages.info(request, _("Bitte beantworten Sie zuerst die offenen Fragen."))
        return redirect(f"{here(request, 'upload_look', looking)}#frage")
    if request.method == "POST":
        return _take_over(request, looking)
    return show(request, "review", looking, review=review_of(looking))


def _take_over(request: NetworkRequest, looking: Looking) -> HttpResponse:
    whole = review_of(looking)
    chosen = forms.measures_chosen(request.POST, {b.measure.id for b in whole.blocks})
    found = review_of(looking, measures=chosen)
    if not chosen:
        return _again(request, found, _("Bitte wählen Sie mindestens eine Messgröße."), chosen)
    if any(block.wrong for block in found.chosen(chosen)) or found.errors:
        sentence = _("So kann es nicht stimmen. Bitte sehen Sie die Fehler an.")
        return _again(request, found, sentence, chosen)
    try:
        actions.take_over(
            by=request.actor,
            review=found,
            measures=chosen,
            seen=request.POST.get("seen", ""),
            profile_name=request.POST.get("name", "").strip() or found.name,
            at=timezone.now(),
        )
    except (actions.ChangedMeanwhile, NotRecorded):
        fresh = look(request, *looking.key)
        sentence = _("Inzwischen hat sich etwas geändert. Bitte sehen Sie noch einmal durch.")
        return _again(request, review_of(fresh), sentence, chosen)
    messages.success(request, _("Übernommen. Die Werte stehen jetzt als Entwurf in Ihrer Meldung."))
    return lead(request, "submission", *looking.key[:2])


def _again(
    request: NetworkRequest, review_: Review, problem: str, chosen: frozenset[int]
) -> HttpResponse:
    return show(
        request, "review", review_.looking, review=review_, problem=problem, chosen=chosen,
        again=True, status=422,
    )  # fmt: skip


@door(may_report)
@require_http_methods(["GET", "POST"])
def undo(
    request: NetworkRequest, round_id: int, organisation_id: int, take_over_id: int
) -> HttpResponse:
    """Put back what stood there before a file was taken over; a GET asks."""
    page = load(request, round_id, organisation_id)
    found = _found(request, page.submission.pk, organisation_id, take_over_id)
    if request.method == "POST":
        done = actions.undo(
            by=request.actor, round_id=round_id, organisation_id=organisation_id,
            take_over_id=take_over_id, at=timezone.now(),
        )  # fmt: skip
        messages.success(request, _undone(done))
        return lead(request, "submission", round_id, organisation_id)
    where = place(request, round_id, organisation_id)
    context = {
        "title": _("Werte aus dieser Datei zurücknehmen?"),
        "lead": found.name,
        "consequences": [
            _("In Ihrer Meldung steht wieder, was vorher da stand."),
            _("Was inzwischen jemand geändert hat, bleibt."),
            _("Die Zuordnung bleibt gespeichert."),
        ],
        "confirm_label": _("Zurücknehmen"),
        "danger": True,
        "cancel_url": address(request, "submission", **where),
    }
    return render(request, "web/confirm.html", context)


def _undone(done: actions.Undone) -> str:
    sentence = _("Zurückgenommen. Es steht wieder da, was vorher da stand.")
    if not done.left:
        return sentence
    left = ngettext(
        "Ein Wert war inzwischen geändert und bleibt.",
        "%(count)s Werte waren inzwischen geändert und bleiben.",
        done.left,
    ) % {"count": done.left}
    return f"{sentence} {left}"


def _found(
    request: NetworkRequest, submission_id: int | None, organisation_id: int, take_over_id: int
) -> TakenBefore:
    """The take-over of one's own organisation, or 404."""
    if not may_see_sources(request.actor, organisation_id):
        raise Http404
    rows = taken_before(submission_id)
    found = next((row for row in rows if row.id == take_over_id), None)
    if found is None:
        raise Http404
    return found


@door(may_report)
@require_GET
def kept_file(
    request: NetworkRequest, round_id: int, organisation_id: int, take_over_id: int
) -> HttpResponseBase:
    """The file itself, where the network keeps files: to the own organisation, to be saved."""
    page = load(request, round_id, organisation_id)
    found = _found(request, page.submission.pk, organisation_id, take_over_id)
    if not found.kept or not default_storage.exists(found.kept):
        raise Http404
    return FileResponse(
        default_storage.open(found.kept),
        as_attachment=True,
        filename=found.name,
        content_type="application/octet-stream",
    )
