"""What is wrong with a formula, in a sentence that says where."""

from __future__ import annotations

import re
from collections.abc import Collection
from difflib import get_close_matches
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from wirknetz.core.measures import Formula, FormulaError, RuleExpression, parse_formula, parse_rule

_SENTENCES: Final[dict[str, str | Promise]] = {
    "empty": gettext_lazy("Hier steht noch nichts. Beispiel: integriert / beendet"),
    "too_long": gettext_lazy("Das ist zu lang. Erlaubt sind höchstens %(limit)s Zeichen."),
    "too_deep": gettext_lazy("Hier sind zu viele Klammern ineinander."),
    "unexpected_character": gettext_lazy(
        "Das Zeichen ‚%(found)s‘ passt hier nicht. "
        "Erlaubt sind Kürzel von Messgrößen, Zahlen, + − * / und Klammern."
    ),
    "unexpected_end": gettext_lazy(
        "Hier fehlt etwas: eine Messgröße, eine Zahl oder eine Klammer."
    ),
    "unexpected": gettext_lazy("‚%(found)s‘ passt hier nicht."),
    "comparison_in_formula": gettext_lazy(
        "‚%(found)s‘ vergleicht. Eine Formel rechnet nur. Vergleiche gehören in die Prüfregeln."
    ),
    "comparison_missing": gettext_lazy(
        "Hier fehlt ein Vergleich: <=, >=, <, >, == oder !=. Beispiel: integriert <= beendet"
    ),
    "no_name": gettext_lazy("Hier kommt keine Messgröße vor."),
}
_HINTS: Final[dict[str, str | Promise]] = {
    ",": gettext_lazy("Schreiben Sie Kommazahlen in Formeln mit Punkt: 0.5"),
    "=": gettext_lazy("Schreiben Sie zwei Gleichheitszeichen: =="),
    ":": gettext_lazy("Zum Teilen schreiben Sie /"),
    "÷": gettext_lazy("Zum Teilen schreiben Sie /"),
    "×": gettext_lazy("Zum Malnehmen schreiben Sie *"),
    "·": gettext_lazy("Zum Malnehmen schreiben Sie *"),
    "−": gettext_lazy("Zum Abziehen schreiben Sie den Bindestrich: -"),
    "–": gettext_lazy("Zum Abziehen schreiben Sie den Bindestrich: -"),
    "%": gettext_lazy("Lassen Sie das Prozentzeichen weg. Wählen Sie „als Prozent zeigen“."),
}


class FormulaProblemError(ValueError):
    """A formula or rule that cannot be used; the text is a sentence for people."""


def read_formula(text: str, codes: Collection[str]) -> Formula:
    """A formula that uses only these codes. FormulaProblemError with a sentence otherwise."""
    try:
        formula = parse_formula(text)
    except FormulaError as error:
        raise FormulaProblemError(sentence(error)) from error
    _known(text, formula.names(), codes)
    return formula


def read_rule(text: str, codes: Collection[str]) -> RuleExpression:
    """A rule that uses only these codes. FormulaProblemError with a sentence otherwise."""
    try:
        rule = parse_rule(text)
    except FormulaError as error:
        raise FormulaProblemError(sentence(error)) from error
    _known(text, rule.names(), codes)
    return rule


def sentence(error: FormulaError) -> str:
    """The error for people, with its place and what to do."""
    said = str(_SENTENCES[error.code]) % error.params
    hint = _HINTS.get(str(error.params.get("found", "")))
    if error.code in {"empty", "no_name"}:
        return said
    placed = gettext("An Stelle %(position)s: %(sentence)s") % {
        "position": error.position,
        "sentence": said,
    }
    return f"{placed} {hint}" if hint else placed


def _known(text: str, names: tuple[str, ...], codes: Collection[str]) -> None:
    for name in names:
        if name not in codes:
            raise FormulaProblemError(_unknown(text, name, codes))


def _unknown(text: str, name: str, codes: Collection[str]) -> str:
    found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)
    said = gettext("An Stelle %(position)s: Die Messgröße ‚%(name)s‘ gibt es nicht.") % {
        "position": found.start() + 1 if found else 1,
        "name": name,
    }
    close = get_close_matches(name.lower(), sorted(codes), n=1, cutoff=0.6)
    if close:
        return said + " " + gettext("Meinten Sie ‚%(name)s‘?") % {"name": close[0]}
    return said + " " + gettext("Die Kürzel stehen in der Liste der Messgrößen.")
