"""The file as its person knows it, with what was recognised; what is asked; what she says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wirknetz.measurement.actions import files as actions
from wirknetz.measurement.forms import files as forms
from wirknetz.measurement.queries.files.flaws import note_words
from wirknetz.measurement.queries.files.looking import Looking
from wirknetz.measurement.queries.files.pointing import Point, point_at
from wirknetz.measurement.queries.files.questions import QuestionView, question_view
from wirknetz.measurement.queries.files.table import sheet_of
from wirknetz.measurement.queries.files.words import runs_of
from wirknetz.measurement.rules.collection import may_report
from wirknetz.measurement.views.collection.common import lead
from wirknetz.measurement.views.files.common import here, look, number_of, show, where_stands
from wirknetz.network.doors import NetworkRequest, door


@door(may_report)
@require_GET
def table(
    request: NetworkRequest, round_id: int, organisation_id: int, upload_id: int
) -> HttpResponse:
    """The file with its marks, the next question, what was said; ``ort`` points at a place."""
    looking = look(request, round_id, organisation_id, upload_id)
    if not looking.page.may_record:
        return lead(request, "submission_review", round_id, organisation_id)
    if request.headers.get("HX-Target") == "zeigen":
        return show(request, "_point", looking, **_pointing(request, looking))
    return show(request, "look", looking, **_context(request, looking))


def _context(request: NetworkRequest, looking: Looking) -> dict[str, Any]:
    number = _sheet_number(request, looking)
    sheet = looking.book.pages[number - 1]
    return {
        "sheet": sheet_of(
            sheet, looking.reading, looking.names,
            part=number_of(request.GET, "teil"), window=number_of(request.GET, "spalten"),
        ),
        "number": number,
        "sheets": _tabs(request, looking, number),
        "asked": _asked(looking),
        "said": _said(looking),
        "notes": [note_words(note) for note in looking.book.notes],
        "differences": [_question(looking, q) for q in looking.reading.differences],
        **_pointing(request, looking),
    }  # fmt: skip


def _sheet_number(request: NetworkRequest, looking: Looking) -> int:
    """Which sheet: the one named, else where the next question stands, else the first block."""
    if "blatt" in request.GET:
        return min(number_of(request.GET, "blatt"), len(looking.book.pages)) or 1
    names = [page.name for page in looking.book]
    spots = [q.places[0].page for q in looking.questions if q.places]
    blocks = [block.page for block in looking.reading.blocks]
    return next((names.index(name) + 1 for name in (*spots, *blocks) if name in names), 1)


def _tabs(request: NetworkRequest, looking: Looking, current: int) -> list[dict[str, Any]]:
    address = here(request, "upload_look", looking)
    asked = [place.page for q in looking.questions for place in q.places[:1]]
    return [
        {
            "label": f"{page.name} ({_('ausgeblendet')})" if page.hidden else page.name,
            "url": f"{address}?blatt={number}#tabelle",
            "current": number == current,
            "count": asked.count(page.name) or None,
        }
        for number, page in enumerate(looking.book, start=1)
    ]


MOST_PLACES = 8


@dataclass(frozen=True, slots=True)
class Asked:
    """The question that is asked now."""

    question: QuestionView
    number: int
    of: int
    places: tuple[tuple[str, str], ...]
    can_skip_all: bool


def _asked(looking: Looking) -> Asked | None:
    if not looking.questions:
        return None
    first = _question(looking, looking.questions[0])
    return Asked(
        question=first.question,
        number=looking.answered + 1,
        of=looking.answered + len(looking.questions),
        places=first.places,
        can_skip_all=len(looking.questions) > 2 and any(forms.all_ignored(looking)),
    )


@dataclass(frozen=True, slots=True)
class Placed:
    """A question with links to where it stands."""

    question: QuestionView
    places: tuple[tuple[str, str], ...]


def _question(looking: Looking, question: Any) -> Placed:
    runs = runs_of(question.places)[:MOST_PLACES]
    return Placed(
        question_view(question, looking.names),
        tuple((words, where_stands(looking, spot)) for words, spot in runs),
    )


@dataclass(frozen=True, slots=True)
class SaidRow:
    """One thing the person said, with what takes it back."""

    number: int
    words: str
    about: str
    where: str
    says: str


def _said(looking: Looking) -> list[SaidRow]:
    rows = enumerate(zip(looking.steps, looking.upload.steps, strict=True))
    return [
        SaidRow(number, raw.get("words", ""), step.about.value, step.where, step.says)
        for number, (step, raw) in rows
    ]


def _pointing(request: NetworkRequest, looking: Looking) -> dict[str, Any]:
    number = _sheet_number(request, looking)
    point = _point(looking, number, request.GET.get("ort", ""))
    return {"point": point, "number": number, "part": number_of(request.GET, "teil"),
            "window": number_of(request.GET, "spalten")}  # fmt: skip


def _point(looking: Looking, number: int, place: str) -> Point | None:
    if not 1 <= number <= len(looking.book.pages) or not place:
        return None
    return point_at(looking, looking.book.pages[number - 1], place)


@door(may_report)
@require_POST
def say(
    request: NetworkRequest, round_id: int, organisation_id: int, upload_id: int
) -> HttpResponse:
    """Keep an answer, or what a place means; then the next question."""
    looking = look(request, round_id, organisation_id, upload_id)
    steps = _steps(request, looking)
    if not steps:
        messages.error(request, _("Bitte wählen Sie eine Antwort."))
        return redirect(_back(request, looking))
    actions.say(
        by=request.actor, round_id=round_id, organisation_id=organisation_id,
        upload_id=upload_id, steps=steps, at=timezone.now(),
    )  # fmt: skip
    return redirect(_back(request, looking))


def _steps(request: NetworkRequest, looking: Looking) -> list[forms.Said]:
    if request.POST.get("go") == "rest":
        return list(forms.all_ignored(looking))
    if "question" in request.POST:
        found = forms.answered(request.POST, looking)
        return [found] if found else []
    point = _point(looking, number_of(request.POST, "blatt"), request.POST.get("ort", ""))
    if point is None:
        raise Http404
    found = forms.pointed(request.POST, looking, point)
    return [found] if found else []


def _back(request: NetworkRequest, looking: Looking) -> str:
    """To the next question; after pointing, to the place pointed at."""
    address = here(request, "upload_look", looking)
    if "ort" not in request.POST:
        return f"{address}#frage"
    query = "&".join(f"{name}={number_of(request.POST, name)}" for name in ("blatt", "teil"))
    return f"{address}?{query}&spalten={number_of(request.POST, 'spalten')}#tabelle"


@door(may_report)
@require_POST
def take_back(
    request: NetworkRequest, round_id: int, organisation_id: int, upload_id: int
) -> HttpResponse:
    """Leave out one thing that was said."""
    looking = look(request, round_id, organisation_id, upload_id)
    shown = forms.step_shown(request.POST)
    done = shown is not None and actions.take_back(
        by=request.actor, round_id=round_id, organisation_id=organisation_id,
        upload_id=upload_id, number=shown[0], step=shown[1], at=timezone.now(),
    )  # fmt: skip
    if done:
        messages.success(request, _("Zurückgenommen."))
    else:
        messages.error(request, _("Das war schon zurückgenommen."))
    return redirect(f"{here(request, 'upload_look', looking)}#gesagt")
