"""What recognition asks, in whole German sentences with the place in the file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wirknetz.core.files.grid import Address
from wirknetz.core.files.recognition.model import Choice, Question, QuestionCode
from wirknetz.measurement.queries.collection.sentences import number
from wirknetz.measurement.queries.files.words import (
    Names,
    Text,
    period_words,
    state_words,
    why_words,
)

TITLES: Final[Mapping[QuestionCode, Text]] = {
    QuestionCode.LABEL: gettext_lazy("Was bedeutet „%(text)s“?"),
    QuestionCode.TWO_NUMBERS: gettext_lazy(
        "Für „%(target)s“ stehen zwei verschiedene Zahlen in der Datei. Welche gilt?"
    ),
    QuestionCode.SUM: gettext_lazy(
        "Die Summe passt nicht: Die Teile ergeben %(parts)s, in der Summe steht %(total)s. "
        "Was gilt?"
    ),
    QuestionCode.NUMBER_STYLE: gettext_lazy("Welche Zahl ist mit „%(text)s“ gemeint?"),
    QuestionCode.TEXT_NUMBER: gettext_lazy("Welche Zahl ist mit „%(text)s“ gemeint?"),
    QuestionCode.STATE: gettext_lazy("Was bedeutet „%(text)s“ an dieser Stelle?"),
    QuestionCode.PERIOD: gettext_lazy(
        "Die Datei spricht von %(found)s. Gefragt ist %(wanted)s. Was stimmt?"
    ),
    QuestionCode.PAGE: gettext_lazy("Auf welchem Blatt stehen die Zahlen für diesen Zeitraum?"),
    QuestionCode.CATEGORY: gettext_lazy("Was bedeutet „%(text)s“ bei „%(dimension)s“?"),
    QuestionCode.BANDS: gettext_lazy(
        "Die Gruppen in der Datei (%(found)s) passen nicht zu den gefragten (%(wanted)s). "
        "Was soll berichtet werden?"
    ),
    QuestionCode.PART: gettext_lazy(
        "„%(part)s“ ist mehr als „%(whole)s“. Ein Teil kann nicht größer sein als das Ganze. "
        "Was stimmt?"
    ),
    QuestionCode.SIZE: gettext_lazy(
        "%(now)s ist weit weg von dem, was Sie sonst melden (%(earlier)s). Stimmt das?"
    ),
    QuestionCode.NEGATIVE: gettext_lazy(
        "„%(text)s“ ist kleiner als 0. Das kann keine Anzahl sein. Was soll gelten?"
    ),
    QuestionCode.DECIMALS: gettext_lazy(
        "„%(text)s“ ist keine ganze Zahl. Hier werden ganze Zahlen gezählt. Was soll gelten?"
    ),
    QuestionCode.ORGANISATION: gettext_lazy(
        "Hier steht „%(text)s“. Sind das Zahlen Ihrer Organisation?"
    ),
    QuestionCode.PLAN: gettext_lazy("Ist das geplant, oder ist es schon geschehen?"),
    QuestionCode.ERROR: gettext_lazy(
        "In dieser Zelle steht ein Fehler oder eine Formel ohne Ergebnis. Was soll gelten?"
    ),
    QuestionCode.HIDDEN: gettext_lazy(
        "Diese Zahl steht in einer ausgeblendeten Zeile oder Spalte. Soll sie gelten?"
    ),
    QuestionCode.PROFILE: gettext_lazy("Die Datei sieht anders aus als beim letzten Mal: %(what)s"),
}

_PARAMS: Final = (
    "text target total parts difference found wanted pages dimension part whole earlier now what"
)
_MISSING: Final = dict.fromkeys(_PARAMS.split(), "…")


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """One possible answer."""

    code: str
    words: str
    why: str
    suggested: bool


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question as it is asked."""

    key: str
    code: str
    sentence: str
    places: tuple[Address, ...]
    choices: tuple[ChoiceView, ...]
    holds: tuple[str, ...]


def question_view(question: Question, names: Names) -> QuestionView:
    """The question in whole sentences."""
    return QuestionView(
        key=question.key,
        code=question.code.value,
        sentence=question_words(question, names),
        places=question.places,
        choices=tuple(
            ChoiceView(
                choice.code,
                choice_words(choice, names),
                why_words(choice.why, choice.params, names),
                index == question.suggested,
            )
            for index, choice in enumerate(question.choices)
        ),
        holds=tuple(dict.fromkeys(names.target(target) for target in question.holds)),
    )


def question_words(question: Question, names: Names) -> str:
    """What is asked."""
    shown = {name: _param(name, text, names) for name, text in question.params.items()}
    return str(TITLES[question.code]) % (_MISSING | shown)


def _param(name: str, text: str, names: Names) -> str:
    if name in ("target", "part", "whole"):
        return names.target_key(text)
    if name == "dimension":
        return names.dimension(text)
    if name in ("total", "parts", "difference", "now", "earlier"):
        return ", ".join(_amount(one) for one in text.split(", "))
    if name in ("found", "wanted"):
        return ", ".join(period_words(one) for one in text.split(", "))
    return text


def _amount(text: str) -> str:
    try:
        return number(Decimal(text))
    except InvalidOperation:
        return text


# ------------------------------------------------------------------ answers

_PLAIN: Final[Mapping[str, Text]] = {
    "total": gettext_lazy("Eine Summe. Nicht noch einmal zählen."),
    "ignore": gettext_lazy("Nicht berichten"),
    "use": gettext_lazy("Ja, so übernehmen"),
    "period:this": gettext_lazy("Das sind die Zahlen für diesen Zeitraum"),
}


def choice_words(choice: Choice, names: Names) -> str:
    """An answer in a few words."""
    if choice.code in _PLAIN:
        return str(_PLAIN[choice.code])
    parts = [_part(part, choice.params, names) for part in choice.code.split()]
    return ", ".join(dict.fromkeys(filter(None, parts))) or choice.code


def _part(part: str, params: Mapping[str, str], names: Names) -> str:
    kind, _colon, rest = part.partition(":")
    if part in _PLAIN:
        return str(_PLAIN[part])
    if kind in _KINDS:
        return _KINDS[kind](rest, names)
    return params.get("text", part)


_KINDS: Final[Mapping[str, Callable[[str, Names], str]]] = {
    "measure": lambda code, names: names.measure(code),
    "category": lambda code, names: names.category(code),
    "state": lambda code, names: _("Keine Zahl: %(state)s") % {"state": state_words(code)},
    "period": lambda code, _names: period_words(code),
    "amount": lambda text, _names: _amount(text),
    "page": lambda name, _names: _("Blatt „%(page)s“") % {"page": name},
}
