"""Parsing what people say about their file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from django.http import QueryDict

from wirknetz.core.files.recognition.model import About, Question, Step
from wirknetz.measurement.queries.files.looking import Looking
from wirknetz.measurement.queries.files.pointing import Point
from wirknetz.measurement.queries.files.questions import choice_words, question_words
from wirknetz.measurement.queries.files.words import says_words

Said = tuple[Step, str]
"""A step and how it reads."""

PLAIN: Final = ("total", "ignore", "period:this")
STATES: Final = ("state:not_collected", "state:not_applicable", "state:refused")


def answered(data: QueryDict, looking: Looking) -> Said | None:
    """The answer to one question; None where it is not asked or the answer is none of those."""
    question = next((q for q in looking.questions if q.key == data.get("question")), None)
    return _answer(question, data.get("choice", ""), looking) if question else None


def _answer(question: Question, code: str, looking: Looking) -> Said | None:
    choice = next((choice for choice in question.choices if choice.code == code), None)
    if choice is None:
        return None
    sentence = question_words(question, looking.names)
    words = f"{sentence} → {choice_words(choice, question, looking.names)}"
    return Step(About.QUESTION, question.key, choice.code), words


def all_ignored(looking: Looking) -> Iterator[Said]:
    """To leave aside, as the answer to every question that may be answered so."""
    for question in looking.questions:
        if said := _answer(question, "ignore", looking):
            yield said


def pointed(data: QueryDict, looking: Looking, point: Point) -> Said | None:
    """What was said of a place; None where the form was not filled in."""
    scope = next((s for s in point.scopes if s.value == data.get("scope")), None)
    says = _says(data, looking)
    if scope is None or not says:
        return None
    about, _bar, where = scope.value.partition("|")
    words = f"{scope.label}: {says_words(says, looking.names)}"
    return Step(About(about), where, says), words


def _says(data: QueryDict, looking: Looking) -> str:
    what = data.get("what", "")
    if what in (*PLAIN, *STATES):
        return what
    if what != "means":
        return ""
    return " ".join(_meanings(data, looking))


def _meanings(data: QueryDict, looking: Looking) -> Iterator[str]:
    """The measure and the categories chosen, as far as they exist."""
    asked = looking.page.dossier.asked
    if (code := data.get("measure", "")) in {m.code for m in asked.measures.values()}:
        yield f"measure:{code}"
    for dimension in asked.dimensions.values():
        code = data.get(f"category:{dimension.code}", "")
        if dimension.category(code):
            yield f"category:{dimension.code}={code}"


def step_shown(data: QueryDict) -> tuple[int, Step] | None:
    """Which step is taken back: its number, and what it said when the page was made."""
    number = data.get("number", "")
    try:
        raw: Mapping[str, Any] = {name: data.get(name, "") for name in ("about", "where", "says")}
        return (int(number), Step.from_dict(raw)) if number.isdecimal() else None
    except ValueError:
        return None


def measures_chosen(data: QueryDict, offered: Iterable[int]) -> frozenset[int]:
    """The measures that are ticked, of those offered."""
    ticked = {int(text) for text in data.getlist("take") if text.isdecimal() and len(text) < 12}
    return frozenset(ticked & set(offered))
