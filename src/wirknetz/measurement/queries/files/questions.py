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
        "Die Summe passt nicht: Die Teile ergeben %(parts)s, in der Summe steht %(total)s "
        "(%(target)s). Was gilt?"
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
    "text target total parts difference found wanted pages dimension part whole earlier now "
    "what amount place"
)
_MISSING: Final = dict.fromkeys(_PARAMS.split(), "…")


MOST_AT_ONCE: Final = 7


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """One possible answer."""

    code: str
    words: str
    why: str
    suggested: bool

    @property
    def likely(self) -> bool:
        """Whether it is shown at once, and not among all the other measures."""
        return self.suggested or bool(self.why) or not self.code.startswith("measure:")


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question as it is asked."""

    key: str
    code: str
    sentence: str
    places: tuple[Address, ...]
    choices: tuple[ChoiceView, ...]
    holds: tuple[str, ...]

    @property
    def first(self) -> tuple[ChoiceView, ...]:
        """Choices that are shown at once: all where they are few."""
        found = tuple(choice for choice in self.choices if choice.likely)
        return found if len(self.choices) > MOST_AT_ONCE else self.choices

    @property
    def rest(self) -> tuple[ChoiceView, ...]:
        """The others."""
        return tuple(choice for choice in self.choices if choice not in self.first)


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
                choice_words(choice, question, names),
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
    if measure := question.params.get("measure"):
        shown["target"] = names.target_key("|".join(filter(None, [measure, _cell(question)])))
    if question.code is QuestionCode.NEGATIVE and question.choices:
        turned = question.choices[0].params.get("amount", "")
        shown.setdefault("text", _amount(f"-{turned}"))
    if question.key.startswith(_SOME_MONTHS):
        return str(_ONLY_SOME) % (_MISSING | shown)
    return str(TITLES[question.code]) % (_MISSING | shown)


def _cell(question: Question) -> str:
    return question.params.get("cell", "")


_ONLY_SOME: Final = gettext_lazy(
    "Die Datei enthält nur einen Teil des Zeitraums: %(found)s. Gefragt ist %(wanted)s. Was war "
    "in den anderen Monaten?"
)


def _param(name: str, text: str, names: Names) -> str:
    if name in ("target", "part", "whole"):
        return names.target_key(text)
    if name == "dimension":
        return names.dimension(text)
    if name in ("total", "parts", "difference", "now", "earlier", "amount"):
        return ", ".join(_amount(one) for one in text.split(", "))
    if name in ("found", "wanted"):
        return ", ".join(period_words(one) for one in text.replace("+", ", ").split(", "))
    return text


def _amount(text: str) -> str:
    try:
        return number(Decimal(text))
    except InvalidOperation:
        return text


# ------------------------------------------------------------------ answers

_PLAIN: Final[Mapping[str, Text]] = {
    "total": gettext_lazy("Eine Summe. Nicht noch einmal zählen."),
    "ignore": gettext_lazy("Weiß ich nicht, oder: nicht berichten"),
    "use": gettext_lazy("Ja, so übernehmen"),
    "add": gettext_lazy("Alle zusammenzählen"),
    "whole": gettext_lazy("%(text)s: die Zahl für den ganzen Zeitraum"),
    "last": gettext_lazy("%(text)s: die Zahl vom Ende des Zeitraums"),
    "organisation:own": gettext_lazy("Ja, das sind unsere Zahlen"),
}
_OF: Final[Mapping[tuple[QuestionCode, str], Text]] = {
    (QuestionCode.SUM, "total"): gettext_lazy("Die Summe gilt: %(total)s"),
    (QuestionCode.SUM, "parts"): gettext_lazy("Die Teile gelten: zusammen %(parts)s"),
    (QuestionCode.PERIOD, "use"): gettext_lazy("Es sind doch die Zahlen für %(wanted)s"),
    (QuestionCode.LABEL, "use"): gettext_lazy("Das ändert nichts: Die Zahl daneben gilt"),
    (QuestionCode.PLAN, "use"): gettext_lazy("Es ist geschehen. Berichten."),
    (QuestionCode.PLAN, "ignore"): gettext_lazy("Es ist nur geplant. Nicht berichten."),
    (QuestionCode.ORGANISATION, "ignore"): gettext_lazy("Nein. Nicht berichten."),
    (QuestionCode.HIDDEN, "use"): gettext_lazy("Ja, berichten"),
    (QuestionCode.SIZE, "use"): gettext_lazy("Ja, die Zahl stimmt"),
    (QuestionCode.PART, "use"): gettext_lazy("Beide Zahlen stimmen so"),
    (QuestionCode.BANDS, "total"): gettext_lazy("Nur die Gesamtzahl berichten"),
    (QuestionCode.CATEGORY, "total"): gettext_lazy("Nur die Gesamtzahl berichten"),
}
_SOME_MONTHS: Final = "months|"


def choice_words(choice: Choice, question: Question, names: Names) -> str:
    """An answer in a few words."""
    shown = {n: _param(n, t, names) for n, t in {**question.params, **choice.params}.items()}
    if question.key.startswith(_SOME_MONTHS) and choice.code == "use":
        return _("In den anderen Monaten war nichts. So übernehmen.")
    found = _OF.get((question.code, choice.code)) or _PLAIN.get(choice.code)
    if found:
        return str(found) % (_MISSING | shown)
    kind, _colon, rest = choice.code.partition(":")
    if kind in _KINDS:
        return _KINDS[kind](rest, shown, names)
    return choice.params.get("name") or shown.get("amount") or shown.get("text") or choice.code


_Shown = Mapping[str, str]
_KINDS: Final[Mapping[str, Callable[[str, _Shown, Names], str]]] = {
    "measure": lambda code, _shown, names: names.measure(code),
    "category": lambda code, _shown, names: names.category(code),
    "state": lambda code, _shown, _names: _("Keine Zahl: %(state)s") % {"state": state_words(code)},
    "period": lambda code, _shown, _names: period_words(code),
    "amount": lambda text, _shown, _names: _amount(text),
    "page": lambda name, shown, _names: _("Blatt „%(page)s“") % {"page": shown.get("page", name)},
    "this": lambda _path, shown, _names: _("%(text)s (Zelle %(place)s)") % {**_MISSING, **shown},
    "by": lambda code, shown, names: (
        _("Nach „%(dimension)s“: zusammen %(amount)s")
        % {"dimension": names.dimension(code), "amount": shown.get("amount", "")}
    ),
}
