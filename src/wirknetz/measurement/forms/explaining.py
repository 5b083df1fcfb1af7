"""What a definition means, said back in sentences with an example."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, Protocol

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, gettext_lazy, pgettext

from wirknetz.core.measures import DivisionByZeroError, Formula
from wirknetz.core.values import Period
from wirknetz.foundation.language import format_number
from wirknetz.measurement.models import IndicatorVersion, Measure

_SAMPLE: Final = (9, 20, 5, 8, 4, 6)


def number(value: Decimal | None, decimals: int | None = None) -> str:
    """``1.234,5`` as the language wants it; a dash for nothing."""
    if value is None:
        return "–"
    if decimals is not None:
        return format_number(round(value, decimals).quantize(Decimal(1).scaleb(-decimals)))
    return format_number(value.normalize() if value % 1 else value.quantize(Decimal(1)))


def amount(value: Decimal | None, *, percent: bool, unit: str, decimals: int | None = None) -> str:
    """With its unit: ``45 %``, ``12 Personen``."""
    if value is None:
        return "–"
    if percent:
        return f"{number(value * 100, decimals)}\u202f%"
    return f"{number(value, decimals)} {unit}".strip()


_ADDS: Final[dict[str, Promise]] = {
    Measure.Adds.FLOW: gettext_lazy(
        "Zwei Organisationen melden 5 und 7 %(unit)s. Im Netzwerk sind das 12. "
        "Kommen im nächsten Quartal wieder 12 dazu, sind es im Halbjahr 24."
    ),
    Measure.Adds.STOCK: gettext_lazy(
        "Zwei Organisationen melden 5 und 7 %(unit)s. Im Netzwerk sind das 12. "
        "Sind es am Ende des nächsten Quartals wieder 12, bleiben es im Halbjahr 12: "
        "Der letzte Stand gilt."
    ),
    Measure.Adds.MEAN: gettext_lazy(
        "Eine Organisation meldet 10 %(unit)s bei 20 Fällen, eine andere 20 %(unit)s bei "
        "80 Fällen. Im Netzwerk sind das 18 %(unit)s, nicht 15: Wo mehr Fälle sind, "
        "zählt der Wert mehr."
    ),
}


def adds_example(adds: str, unit: str = "") -> str:
    """How a measure of this kind adds up, with numbers; empty for no kind."""
    if adds not in _ADDS:
        return ""
    mean = adds == Measure.Adds.MEAN
    usual = gettext("Wochen") if mean else pgettext("Einheit", "Personen")
    return str(_ADDS[adds]) % {"unit": unit.strip()[:30] or usual}


def adds_examples(unit: str = "") -> tuple[tuple[str, str], ...]:
    """All three ways, to compare."""
    words = {
        Measure.Adds.FLOW: pgettext("Messgröße", "Zugang"),
        Measure.Adds.STOCK: gettext("Bestand"),
        Measure.Adds.MEAN: gettext("Mittelwert"),
    }
    return tuple((word, adds_example(adds, unit)) for adds, word in words.items())


def accumulate_examples() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """The three ways a series is made, on the same four quarters: name, sentence, row."""
    way = IndicatorVersion.Accumulate
    return (
        (
            str(way.PER_PERIOD.label),
            gettext("Jeder Zeitraum steht für sich."),
            ("10", "5", "–", "8"),
        ),
        (
            str(way.CUMULATIVE.label),
            gettext("Alles seit Beginn zusammen. Gut für Zusagen über mehrere Jahre."),
            ("10", "15", "15", "23"),
        ),
        (
            str(way.LATEST.label),
            gettext("Fehlt ein Zeitraum, steht dort der letzte bekannte Wert."),
            ("10", "5", "5", "8"),
        ),
    )


def how_it_adds(formula: Formula) -> str:
    """How the network's result is made of what the organisations report."""
    if formula.additive:
        return gettext("Das Ergebnis im Netzwerk ist die Summe über alle Organisationen.")
    return gettext(
        "Im Netzwerk wird jede Messgröße erst über die Organisationen addiert, dann wird "
        "gerechnet. Es zählen nur Organisationen, die alle Teile gemeldet haben."
    )


def calculation(formula: Formula, *, percent: bool = False) -> str:
    """The formula tried with small numbers; empty where it divides by zero."""
    names = formula.names()
    sample = {name: Decimal(_SAMPLE[i % len(_SAMPLE)]) for i, name in enumerate(names)}
    try:
        value = formula.value(sample)
    except DivisionByZeroError:
        return ""
    given = ", ".join(f"{name} = {value}" for name, value in sample.items())
    decimals = 0 if value == value.to_integral_value() else 2  # type: ignore[union-attr]
    shown = amount(value, percent=percent, unit="", decimals=0 if percent else decimals)
    return gettext("Probe: Mit %(given)s ergibt sich %(value)s.") % {
        "given": given,
        "value": shown,
    }


class Shown(Protocol):
    """A definition, as far as showing an amount needs it."""

    @property
    def percent(self) -> bool: ...
    @property
    def unit(self) -> str: ...
    @property
    def direction(self) -> str: ...


def target_sentence(
    *,
    period: Period,
    value: Decimal,
    tolerance: Decimal,
    version: Shown | None,
) -> str:
    """A target said back: ``1. Quartal 2027: mindestens 45 %, knapp verfehlt ab 42 %``."""
    percent = version.percent if version else False
    unit = version.unit if version else ""
    direction = version.direction if version else IndicatorVersion.Direction.UP

    def show(one: Decimal) -> str:
        return amount(one, percent=percent, unit=unit)

    words = {"period": period.label(get_language() or "de"), "value": show(value)}
    if direction == IndicatorVersion.Direction.NEUTRAL:
        said = gettext("%(period)s: %(value)s") % words
        near = gettext("erreicht von %(low)s bis %(high)s") % {
            "low": show(value - tolerance),
            "high": show(value + tolerance),
        }
    elif direction == IndicatorVersion.Direction.DOWN:
        said = gettext("%(period)s: höchstens %(value)s") % words
        near = gettext("knapp verfehlt bis %(edge)s") % {"edge": show(value + tolerance)}
    else:
        said = gettext("%(period)s: mindestens %(value)s") % words
        near = gettext("knapp verfehlt ab %(edge)s") % {"edge": show(value - tolerance)}
    return f"{said}, {near}" if tolerance else said
