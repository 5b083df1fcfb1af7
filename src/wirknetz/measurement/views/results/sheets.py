"""Results as sheets for XLSX and CSV: exactly what the viewer sees on the page, no more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext

from wirknetz.core.files import Plain, Sheet
from wirknetz.core.measures import rounded
from wirknetz.core.values import Period
from wirknetz.foundation.language import format_day, language
from wirknetz.measurement.queries.results import Breakdown, Figure, Group, Result
from wirknetz.measurement.views.results.words import STATES, gap_words, group_label, remarks


@dataclass(frozen=True, slots=True)
class Taken:
    """What is taken along: results, each with its breakdowns, and the day they are as of."""

    results: Sequence[tuple[Result, Sequence[Breakdown]]]
    network: str
    day: dt.date | None = None

    @property
    def own(self) -> str:
        """What the viewer's own organisations are called; empty where she has none."""
        return next((r.own_name for r, _ in self.results if r.own_name), "")

    def groups(self) -> Iterator[tuple[Result, Breakdown, Group]]:
        """Every row of every breakdown."""
        for result, breakdowns in self.results:
            for one in breakdowns:
                for group in one.groups:
                    yield result, one, group


def sheets_of(taken: Taken) -> tuple[Sheet, ...]:
    """A workbook: figures, breakdowns where there are any, definitions."""
    broken_down = (_breakdowns(taken),) if any(taken.groups()) else ()
    return (_figures(taken), *broken_down, _definitions(taken))


def one_sheet_of(taken: Taken) -> Sheet:
    """For a file that holds one table: the rows of breakdowns follow those of the whole.

    Two more columns say by which dimension and category a row is; both are empty for the whole.
    """
    whole, parts = _figures(taken), tuple(_part(taken, *found) for found in taken.groups())
    if not parts:
        return whole
    return Sheet(
        name=whole.name,
        header=(*whole.header, gettext("Merkmal"), gettext("Ausprägung")),
        rows=(*((*row, "", "") for row in whole.rows), *parts),
        notes=(
            *whole.notes,
            gettext(
                "Zeilen mit Merkmal sind Teile von Werten, die weiter oben stehen. "
                "Zählen Sie beides nicht zusammen."
            ),
        ),
    )


def _figures(taken: Taken) -> Sheet:
    """One row per indicator and period."""
    earlier = gettext(
        "Sie sehen den Stand vom %(day)s. Spätere Meldungen und Korrekturen sind nicht enthalten."
    )
    return Sheet(
        name=gettext("Ergebnisse"),
        header=(*_first_columns(), *_further_columns(), *_own_column(taken)),
        rows=tuple(_row(taken, r, f) for r, _ in taken.results for f in r.figures),
        notes=(
            gettext("Netzwerk: %(name)s") % {"name": taken.network},
            gettext("Leer heißt: keine Zahl. Der Grund steht daneben. Leer heißt nie 0."),
            *([earlier % {"day": format_day(taken.day)}] if taken.day else []),
        ),
    )


def _breakdowns(taken: Taken) -> Sheet:
    """One row per indicator, period and category."""
    parts = tuple(_part(taken, *found) for found in taken.groups())
    first, skipped = len(_first_columns()), len(_first_columns()) + len(_further_columns())
    return Sheet(
        name=gettext("Aufschlüsselung"),
        header=(
            *_first_columns(),
            *_own_column(taken),
            gettext("Merkmal"),
            gettext("Ausprägung"),
        ),
        rows=tuple((*row[:first], *row[skipped:]) for row in parts),
    )


def _definitions(taken: Taken) -> Sheet:
    """The definitions behind the figures, every version."""
    return Sheet(
        name=gettext("Definitionen"),
        header=(
            gettext("Kürzel"),
            gettext("Indikator"),
            gettext("Fassung"),
            gettext("gilt ab"),
            gettext("Formel"),
            gettext("Bedeutung"),
            gettext("beschlossen"),
        ),
        rows=tuple(
            (r.code, r.name, v.number, v.valid_from.code, v.formula, v.definition, v.adopted)
            for r, _ in taken.results
            for v in r.versions
        ),
    )


def _first_columns() -> tuple[str, ...]:
    return (
        gettext("Kürzel"),
        gettext("Indikator"),
        gettext("Zeitraum"),
        gettext("Wert des Netzwerks"),
        gettext("Einheit"),
        gettext("Warum kein Wert"),
        gettext("Organisationen"),
    )


def _further_columns() -> tuple[str, ...]:
    """What only a figure of the whole has."""
    return (
        gettext("gefragt"),
        gettext("Ziel"),
        gettext("Stand zum Ziel"),
        gettext("Fassung der Definition"),
        gettext("Hinweise"),
    )


def _own_column(taken: Taken) -> tuple[str, ...]:
    """The column of the viewer's own organisations, where she has any."""
    return (taken.own,) if taken.own else ()


def _row(taken: Taken, result: Result, figure: Figure) -> tuple[Plain, ...]:
    return (
        *_begin(result, figure.period, figure),
        figure.expected,
        figure.target,
        str(STATES[figure.state][0]),
        figure.version,
        " ".join(remarks(figure)),
        *_own(taken, result, figure),
    )


def _part(taken: Taken, result: Result, one: Breakdown, group: Group) -> tuple[Plain, ...]:
    return (
        *_begin(result, one.period, group),
        *(None for _ in _further_columns()),
        *_own(taken, result, group),
        one.dimension,
        group_label(group),
    )


def _begin(result: Result, period: Period, shown: Figure | Group) -> tuple[Plain, ...]:
    return (
        result.code,
        result.name,
        period.label(language()),
        _shown(shown.value, result.decimals),
        result.unit,
        gap_words(shown.gap) if shown.gap else "",
        shown.organisations,
    )


def _own(taken: Taken, result: Result, shown: Figure | Group) -> tuple[Plain, ...]:
    return (_shown(shown.own, result.decimals),) if taken.own else ()


def _shown(value: Decimal | None, decimals: int) -> Decimal | None:
    return None if value is None else rounded(value, decimals)
