"""The evaluated round as a workbook: a sheet for every question one brings to it."""

from collections.abc import Iterator
from decimal import Decimal

from wirknetz.cli.evaluating_words import answer_hint, open_sentence
from wirknetz.cli.say import gettext as _
from wirknetz.core.evaluation import Evaluated, IndicatorResult, Total
from wirknetz.core.evaluation.evaluating import states
from wirknetz.core.files.leaving import Plain, Sheet
from wirknetz.core.measures import PRECISION, rounded
from wirknetz.core.values import Missing, State

Rows = Iterator[tuple[Plain, ...]]


def sheets(evaluated: Evaluated) -> tuple[Sheet, ...]:
    """Network, indicators, organisations, breakdowns, single values, what is open, files."""
    dimensions = tuple(one.name for one in evaluated.round.dimensions)
    behind = (_("Organisationen"), _("von"))
    measure = (_("Code"), _("Messgröße"))
    values = (_("Organisation"), *measure, *dimensions, _("Anzahl"), _("Stelle"), _("Bemerkung"))
    return (
        _sheet(_("Netzwerk"), (*measure, _("Summe"), *behind, _("Hinweis")), _network(evaluated)),
        _sheet(
            _("Indikatoren"),
            (_("Code"), _("Indikator"), _("Wert"), _("Formel"), *behind, _("Hinweis")),
            map(_indicator, evaluated.indicators),
        ),
        _sheet(
            _("Organisationen"),
            (_("Organisation"), *measure, _("Summe"), _("statt einer Zahl")),
            _organisations(evaluated),
        ),
        _sheet(
            _("Aufgeteilt"), (*measure, *dimensions, _("Summe"), *behind), _cells(evaluated)
        ),
        _sheet(_("Einzelwerte"), values, _values(evaluated)),
        _sheet(
            _("Offen"), (_("Organisation"), _("Datei"), _("Was"), _("Antwort")), _open(evaluated)
        ),
        _sheet(
            _("Dateien"), (_("Organisation"), _("Datei"), _("Prüfsumme (SHA-256)")),
            ((one.organisation, one.file, one.sha256) for one in evaluated.gathered),
        ),
    )  # fmt: skip


def _sheet(name: str, header: tuple[str, ...], rows: Iterator[tuple[Plain, ...]]) -> Sheet:
    return Sheet(name, header, tuple(rows))


def _name(code: str, evaluated: Evaluated) -> str:
    return next(one.name for one in evaluated.round.measures if one.code == code)


def _plain(amount: Decimal | None) -> Decimal | None:
    return None if amount is None else rounded(amount, PRECISION).normalize()


def _network(evaluated: Evaluated) -> Rows:
    for one in evaluated.totals:
        hint = _("Doppelzählungen möglich") if one.persons_doubled else ""
        name = _name(one.measure, evaluated)
        yield one.measure, name, _plain(one.amount), one.organisations, one.expected, hint


def _indicator(one: IndicatorResult) -> tuple[Plain, ...]:
    hint = missing_words()[one.missing] if one.missing else ""
    found = one.indicator
    value = _plain(one.value)
    return found.code, found.name, value, found.formula, one.organisations, one.expected, hint


def missing_words() -> dict[Missing, str]:
    """Why an indicator has no value."""
    return {
        Missing.NOT_REPORTED: _("nicht gemeldet"),
        Missing.NO_AMOUNT: _("keine Zahl gemeldet"),
        Missing.NOT_TOGETHER: _("niemand hat alle Teile gemeldet"),
        Missing.DIVISION_BY_ZERO: _("Teilung durch null"),
    }


def state_words() -> dict[State, str]:
    """What stands in place of a number."""
    return {
        State.AMOUNT: "",
        State.NOT_APPLICABLE: _("nicht zutreffend"),
        State.NOT_COLLECTED: _("nicht erhoben"),
        State.REFUSED: _("keine Angabe"),
    }


def _organisations(evaluated: Evaluated) -> Rows:
    amounts = {(one.organisation, one.measure): one.amount for one in evaluated.by_organisation}
    for gathered in evaluated.gathered:
        said = dict(states(gathered))
        for measure in evaluated.round.measures:
            amount = amounts.get((gathered.organisation, measure.code))
            why = _why(amount, said.get(measure.code))
            yield gathered.organisation, measure.code, measure.name, _plain(amount), why


def _why(amount: Decimal | None, state: State | None) -> str:
    if amount is not None:
        return ""
    return state_words()[state] if state else _("nicht gemeldet")


def _cells(evaluated: Evaluated) -> Rows:
    codes = [one.code for one in evaluated.round.dimensions]
    for one in evaluated.cells:
        place = _place(one, codes)
        name = _name(one.measure, evaluated)
        yield one.measure, name, *place, _plain(one.amount), one.organisations, one.expected


def _place(one: Total, codes: list[str]) -> tuple[str, ...]:
    if not one.broken_down:
        return tuple(_("nicht aufgeteilt") for _code in codes)
    return tuple(one.cell.category(code) or "" for code in codes)


def _values(evaluated: Evaluated) -> Rows:
    codes = [one.code for one in evaluated.round.dimensions]
    for gathered in evaluated.gathered:
        for one in gathered.values:
            name = _name(one.measure, evaluated)
            place = (one.cell.category(code) or "" for code in codes)
            where = ", ".join(one.sources)
            amount = _plain(one.value.amount)
            remark = state_words()[one.value.state] or one.remark
            yield gathered.organisation, one.measure, name, *place, amount, where, remark


def _open(evaluated: Evaluated) -> Rows:
    for gathered in evaluated.gathered:
        for one in gathered.open:
            yield gathered.organisation, gathered.file, open_sentence(one), answer_hint(one)
