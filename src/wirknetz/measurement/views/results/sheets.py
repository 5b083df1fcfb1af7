"""Results as sheets for XLSX and CSV: exactly what the viewer sees on the page, no more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import get_language, gettext

from wirknetz.core.files import Plain, Sheet
from wirknetz.core.measures import rounded
from wirknetz.foundation.language import format_day
from wirknetz.measurement.queries.results import Figure, Result
from wirknetz.measurement.views.results.words import STATES, gap_words, remarks


def sheet_of(results: Sequence[Result], network: str, day: dt.date | None = None) -> Sheet:
    """One row per indicator and period; ``day`` where they are as of an earlier one."""
    own = next((r.own_name for r in results if r.own_name), "")
    earlier = gettext(
        "Sie sehen den Stand vom %(day)s. Spätere Meldungen und Korrekturen sind nicht enthalten."
    )
    return Sheet(
        name=gettext("Ergebnisse"),
        header=_header(own),
        rows=tuple(_row(r, f, bool(own)) for r in results for f in r.figures),
        notes=(
            gettext("Netzwerk: %(name)s") % {"name": network},
            gettext("Leer heißt: keine Zahl. Der Grund steht daneben. Leer heißt nie 0."),
            *([earlier % {"day": format_day(day)}] if day else []),
        ),
    )


def definitions_sheet(results: Sequence[Result]) -> Sheet:
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
            for r in results
            for v in r.versions
        ),
    )


def _header(own: str) -> tuple[str, ...]:
    names = [
        gettext("Kürzel"),
        gettext("Indikator"),
        gettext("Zeitraum"),
        gettext("Wert des Netzwerks"),
        gettext("Einheit"),
        gettext("Warum kein Wert"),
        gettext("Organisationen"),
        gettext("gefragt"),
        gettext("Ziel"),
        gettext("Stand zum Ziel"),
        gettext("Fassung der Definition"),
        gettext("Hinweise"),
    ]
    return (*names, own) if own else tuple(names)


def _row(result: Result, figure: Figure, with_own: bool) -> tuple[Plain, ...]:
    cells: tuple[Plain, ...] = (
        result.code,
        result.name,
        figure.period.label(get_language() or "de"),
        _shown(figure.value, result.decimals),
        result.unit,
        gap_words(figure.gap) if figure.gap else "",
        figure.organisations,
        figure.expected,
        figure.target,
        str(STATES[figure.state][0]),
        figure.version,
        " ".join(remarks(figure)),
    )
    return (*cells, _shown(figure.own, result.decimals)) if with_own else cells


def _shown(value: Decimal | None, decimals: int) -> Decimal | None:
    return None if value is None else rounded(value, decimals)
