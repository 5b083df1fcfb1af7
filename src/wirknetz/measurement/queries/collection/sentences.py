"""Sentences for people: what is wrong with a value, what the check asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from wirknetz.core.values import State, Value
from wirknetz.foundation.language import format_day, format_number
from wirknetz.measurement.queries.collection.structure import Asked, AskedMeasure
from wirknetz.measurement.rules.collection_values import Problem, ProblemCode

STATE_WORDS: Final = {
    State.NOT_APPLICABLE: gettext_lazy("nicht zutreffend"),
    State.NOT_COLLECTED: gettext_lazy("nicht erhoben"),
    State.REFUSED: gettext_lazy("keine Angabe"),
}

PROBLEMS: Final[Mapping[ProblemCode, str | Promise]] = {
    ProblemCode.NOT_A_NUMBER: gettext_lazy(
        "„%(text)s“ ist keine Zahl. Bitte geben Sie nur Ziffern ein, zum Beispiel 12."
    ),
    ProblemCode.AMBIGUOUS: gettext_lazy(
        "Meinen Sie %(first)s oder %(second)s? Bitte schreiben Sie die Zahl ohne Punkt und nur "
        "mit Komma vor den Nachkommastellen."
    ),
    ProblemCode.TOO_LONG: gettext_lazy("Das ist zu lang für eine Zahl. Bitte kürzen Sie."),
    ProblemCode.MEAN_MISSING: gettext_lazy(
        "Sie haben die Zahl der Fälle angegeben, aber keinen Mittelwert. Bitte ergänzen Sie ihn."
    ),
    ProblemCode.N_NOT_WHOLE: gettext_lazy(
        "Die Zahl der Fälle „%(text)s“ ist keine ganze Zahl. Bitte geben Sie zum Beispiel 12 ein."
    ),
    ProblemCode.N_ZERO: gettext_lazy(
        "Bei 0 Fällen gibt es keinen Mittelwert. Bitte wählen Sie „nicht zutreffend“."
    ),
    ProblemCode.NEGATIVE: gettext_lazy("Eine Anzahl kann nicht kleiner als 0 sein."),
    ProblemCode.NOT_WHOLE: gettext_lazy(
        "%(amount)s ist keine ganze Zahl. Hier werden ganze Zahlen gezählt."
    ),
    ProblemCode.DECIMALS: gettext_lazy("Bitte höchstens %(decimals)s Stellen nach dem Komma."),
    ProblemCode.TOO_LARGE: gettext_lazy("Diese Zahl ist zu groß. Bitte prüfen Sie die Eingabe."),
    ProblemCode.NOT_ASKED: gettext_lazy(
        "Nach dieser Messgröße wird Ihre Organisation in dieser Runde nicht gefragt."
    ),
    ProblemCode.UNKNOWN_CATEGORY: gettext_lazy("Die Ausprägung „%(cell)s“ gibt es hier nicht."),
    ProblemCode.NOT_BROKEN_DOWN: gettext_lazy(
        "So fein wird diese Messgröße in dieser Runde nicht erhoben („%(cell)s“)."
    ),
    ProblemCode.TWICE: gettext_lazy("Dieser Wert kommt zwei Mal vor. Bitte lassen Sie nur einen."),
    ProblemCode.CONFLICT: gettext_lazy(
        "%(who)s hat hier inzwischen %(theirs)s eingetragen (%(at)s). Ihr Wert ist noch nicht "
        "gespeichert. Welcher soll gelten?"
    ),
}

FINDINGS: Final[Mapping[str, str | Promise]] = {
    "negative": gettext_lazy("%(amount)s ist kleiner als 0. Das kann keine Anzahl sein."),
    "fraction": gettext_lazy("%(amount)s ist keine ganze Zahl."),
    "too_large": gettext_lazy("%(amount)s ist zu groß. Bitte prüfen Sie die Eingabe."),
    "cases_missing": gettext_lazy(
        "Zum Mittelwert %(amount)s fehlt, für wie viele Fälle er gilt (n)."
    ),
    "rule": gettext_lazy("Diese Regel ist verletzt: %(expression)s."),
    "jump": gettext_lazy(
        "%(amount)s ist weit weg von dem, was Sie sonst melden (üblich sind etwa %(usual)s). "
        "Stimmt das?"
    ),
    "tenfold": gettext_lazy(
        "%(amount)s ist etwa das %(factor)s-Fache von dem, was Sie sonst melden (üblich sind "
        "etwa %(usual)s). Ist eine Null zu viel oder zu wenig?"
    ),
    "very_large": gettext_lazy(
        "%(amount)s ist ungewöhnlich viel (mehr als %(limit)s). Ist eine Null zu viel, oder "
        "stimmt das?"
    ),
    "above_total": gettext_lazy(
        "Aufgeteilt nach %(grain)s sind es zusammen %(sum)s, als Gesamtzahl steht %(total)s. "
        "Die Teile sind mehr als das Ganze."
    ),
    "below_total": gettext_lazy(
        "Aufgeteilt nach %(grain)s sind es zusammen %(sum)s, als Gesamtzahl steht %(total)s. "
        "Woran liegt der Unterschied?"
    ),
    "above_maximum": gettext_lazy(
        "%(amount)s ist mehr, als hier glaubhaft ist (höchstens %(limit)s). Stimmt das?"
    ),
}


def number(value: Decimal | str) -> str:
    """``1.234,5`` in the language of the page."""
    amount = Decimal(value)
    amount = amount.quantize(Decimal(1)) if amount == amount.to_integral() else amount.normalize()
    return format_number(amount)


def value_words(value: Value) -> str:
    """The amount with its unit left out, or the state in words."""
    if value.amount is not None:
        return number(value.amount)
    return str(STATE_WORDS[value.state])


def problem_sentence(problem: Problem) -> str:
    """What is wrong with one value and what to do."""
    params = dict(problem.params)
    if problem.code is ProblemCode.CONFLICT:
        params = _conflict_params(params)
    if problem.code is ProblemCode.NOT_WHOLE:
        params = {"amount": number(params["amount"])}
    return str(PROBLEMS[problem.code]) % {"text": problem.text[:40], **params}


def _conflict_params(params: Mapping[str, str]) -> dict[str, str]:
    theirs, state = params.get("theirs", ""), params.get("state", "")
    if theirs:
        words = number(theirs)
    else:
        words = f"„{STATE_WORDS[State(state)]}“" if state else gettext("nichts")
    return {
        "theirs": words,
        "who": params.get("who") or gettext("Jemand anderes"),
        "at": _clock(params.get("at", "")),
    }


def _clock(text: str) -> str:
    if not text:
        return gettext("gerade eben")
    moment = timezone.localtime(dt.datetime.fromisoformat(text))
    return gettext("am %(day)s um %(time)s Uhr") % {
        "day": format_day(moment, year=False), "time": f"{moment:%H:%M}",
    }  # fmt: skip


def finding_sentence(
    code: str,
    params: Mapping[str, Decimal | str],
    *,
    measure: AskedMeasure,
    asked: Asked,
    own: Mapping[str, str],
) -> str:
    """What the check says. A network's own rule has the network's own sentence."""
    sentence = own.get(str(params.get("rule", "")), "") if code == "rule" else ""
    if sentence:
        return sentence
    shown = {name: _shown(name, value, measure, asked) for name, value in params.items()}
    return str(FINDINGS[code]) % shown


def _shown(name: str, value: Decimal | str, measure: AskedMeasure, asked: Asked) -> str:
    if name == "grain":
        return asked.grain_label(str(value))
    if not isinstance(value, Decimal):
        return str(value)
    return number(round(value, max(measure.decimals, 1 if name == "usual" else 0)))
