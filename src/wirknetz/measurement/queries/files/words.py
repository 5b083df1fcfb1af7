"""What recognition says, in the words of the page: targets, labels, marks, reasons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wirknetz.core.files.grid import Address, GridCell
from wirknetz.core.files.recognition.model import (
    Aside,
    AsideCode,
    Mark,
    MarkKind,
    Reading,
    Target,
)
from wirknetz.core.files.words.model import Meaning, Role, Why
from wirknetz.core.values import Period, State
from wirknetz.foundation.language import format_day, language
from wirknetz.measurement.models import Measure
from wirknetz.measurement.queries.collection.sentences import STATE_WORDS, number
from wirknetz.measurement.queries.collection.structure import Asked, dimensions_of

Text = str | Promise

MARKS: Final[Mapping[MarkKind, Text]] = {
    MarkKind.TAKEN: gettext_lazy("erkannt"),
    MarkKind.ASKED: gettext_lazy("Frage dazu"),
    MarkKind.LABEL: gettext_lazy("Beschriftung verstanden"),
    MarkKind.UNKNOWN_LABEL: gettext_lazy("Beschriftung nicht verstanden"),
    MarkKind.SUM: gettext_lazy("Summe stimmt"),
    MarkKind.ASIDE: gettext_lazy("nicht berichtet"),
}

ASIDES: Final[Mapping[AsideCode, Text]] = {
    AsideCode.SUM_AGREES: gettext_lazy("Summe. Sie stimmt und wird nicht noch einmal gezählt."),
    AsideCode.HIDDEN: gettext_lazy("In Ihrer Tabelle ausgeblendet. Wird nicht berichtet."),
    AsideCode.OTHER_PERIOD: gettext_lazy("Anderer Zeitraum (%(found)s). Wird nicht berichtet."),
    AsideCode.OLDER_PAGE: gettext_lazy(
        "Älteres Blatt „%(page)s“ (%(found)s). Wird nicht berichtet."
    ),
    AsideCode.PERCENT: gettext_lazy("Anteil oder Quote, keine Anzahl. Wird nicht berichtet."),
    AsideCode.PLAN: gettext_lazy("Plan oder Ziel, nicht das Erreichte. Wird nicht berichtet."),
    AsideCode.OTHER_ORGANISATION: gettext_lazy("Andere Organisation. Wird nicht berichtet."),
    AsideCode.NOT_ASKED: gettext_lazy("Von Ihnen beiseitegelassen."),
    AsideCode.FINER: gettext_lazy("Feiner aufgeteilt als gefragt. Die Summe wird berichtet."),
    AsideCode.ADDED_UP: gettext_lazy("Monate zusammengezählt: %(months)s."),
    AsideCode.LATEST: gettext_lazy("Ein Bestand: Der letzte Monat wird berichtet."),
    AsideCode.REMARK: gettext_lazy("Eine Bemerkung, keine Zahl zum Berichten."),
}

WHYS: Final[Mapping[Why, Text]] = {
    Why.TAUGHT: gettext_lazy("So haben Sie es schon einmal gesagt."),
    Why.NAME: gettext_lazy("So heißt es im Netzwerk."),
    Why.WORD: gettext_lazy("So heißt es auch im Netzwerk: „%(word)s“."),
    Why.OTHERS: gettext_lazy("Eine andere Organisation nennt es auch so."),
    Why.SIMILAR: gettext_lazy("Das klingt ähnlich wie „%(word)s“."),
    Why.LANGUAGE: gettext_lazy("So sagt man es meistens."),
    Why.PART: gettext_lazy("Die Zahlen sind nie größer als „%(whole)s“."),
    Why.SIZE: gettext_lazy("Die Größe passt zu früher: %(earlier)s."),
    Why.ONLY_ONE_LEFT: gettext_lazy("Alles andere ist schon gefunden."),
    Why.PLACE: gettext_lazy("So steht es auch bei den Nachbarn."),
}

_NEEDS: Final = {
    Why.WORD: "word",
    Why.SIMILAR: "word",
    Why.PART: "whole",
    Why.SIZE: "earlier",
}
"""What each sentence is about; without it a shorter one is said."""
_WITHOUT: Final[Mapping[Why, Text]] = {
    Why.WORD: gettext_lazy("So heißt es auch im Netzwerk."),
    Why.SIMILAR: gettext_lazy("Das klingt ähnlich."),
    Why.PART: gettext_lazy("Die Zahlen sind nie größer als das Ganze."),
    Why.SIZE: gettext_lazy("Die Größe passt zu Ihren früheren Zahlen."),
}

HEADINGS: Final[Mapping[str, Text]] = {
    "measure": gettext_lazy("Messgrößen"),
    "amount": gettext_lazy("Zahlen"),
    "period": gettext_lazy("Zeiträume"),
    "organisation": gettext_lazy("Organisationen"),
    "remark": gettext_lazy("Bemerkungen"),
    "number": gettext_lazy("laufende Nummern"),
}


@dataclass(frozen=True, slots=True)
class Names:
    """Names of measures, dimensions and categories for what recognition knows by code."""

    asked: Asked
    measures: Mapping[str, str]

    @classmethod
    def of(cls, asked: Asked) -> Names:
        """For what one organisation is asked."""
        return cls(asked, {m.code: m.name for m in asked.measures.values()})

    @classmethod
    def of_network(cls, network_id: int) -> Names:
        """For everything the network counts. Two queries."""
        rows = Measure.objects.filter(network_id=network_id).values_list("code", "name")
        return cls(Asked({}, dimensions_of(network_id)), dict(rows))

    def measure(self, code: str) -> str:
        """Its name; the code where it is not known."""
        return self.measures.get(code, code)

    def category(self, code: str) -> str:
        """``Frauen`` for ``gender=w``."""
        dimension, _sign, category = code.partition("=")
        found = self.asked.dimensions.get(dimension)
        named = found.category(category) if found else None
        return named.name if named else category or code

    def target(self, target: Target) -> str:
        """``Begonnene Begleitungen, Frauen, 18–29``."""
        words = self.asked.cell_label(target.cell)
        name = self.measure(target.measure)
        return f"{name}, {words}" if words else name

    def target_key(self, key: str) -> str:
        """The same for ``begonnen|gender=w``; what cannot be read comes back."""
        code, *parts = key.split("|")
        return ", ".join([self.measure(code), *(self.category(part) for part in parts)])

    def dimension(self, code: str) -> str:
        """Its name."""
        return self.asked.dimensions[code].name if code in self.asked.dimensions else code

    def meaning(self, meaning: Meaning) -> str:
        """What a label says, in a few words."""
        match meaning.role:
            case Role.MEASURE:
                return self.measure(meaning.code)
            case Role.CATEGORY:
                return self.category(meaning.code)
            case Role.PERIOD:
                return period_words(meaning.code)
            case Role.HEADING:
                return self._heading(meaning.code)
            case _:
                return str(_ROLES[meaning.role])

    def _heading(self, code: str) -> str:
        kind, _sign, which = code.partition(":")
        what = self.dimension(which) if kind == "dimension" else str(HEADINGS.get(kind, kind))
        return _("Überschrift über: %(what)s") % {"what": what}


_ROLES: Final[Mapping[Role, Text]] = {
    Role.TOTAL: gettext_lazy("Summe"),
    Role.RATIO: gettext_lazy("Anteil oder Quote"),
    Role.PLAN: gettext_lazy("Plan oder Ziel"),
    Role.ORGANISATION: gettext_lazy("Name einer Organisation"),
    Role.REMARK: gettext_lazy("Bemerkung"),
    Role.IGNORE: gettext_lazy("beiseitegelassen"),
}


def period_words(code: str) -> str:
    """``3. Quartal 2025``; without a year ``3. Quartal``."""
    if code == "previous":
        return _("der Zeitraum davor")
    try:
        return Period.parse(code).label(language())
    except ValueError:
        return _without_year(code)


def _without_year(code: str) -> str:
    try:
        label = Period.parse(f"2000{code}").label(language())
    except ValueError:
        return code
    return label.replace(" 2000", "")


def why_words(why: Why | None, params: Mapping[str, str], names: Names) -> str:
    """Why a suggestion is made; empty where nothing is known."""
    if why is None:
        return ""
    if _NEEDS.get(why, "why") not in {*params, "why"}:
        return str(_WITHOUT[why])
    known = {"word": "", "whole": "", "earlier": ""} | dict(params)
    known["whole"] = names.measure(known["whole"])
    return str(WHYS[why]) % known


def aside_words(code: AsideCode, params: Mapping[str, str]) -> str:
    """Why a cell is not reported."""
    known = {"found": "", "page": "", "months": ""} | dict(params)
    known["found"] = ", ".join(period_words(code) for code in known["found"].split(", "))
    return str(ASIDES[code]) % known


def mark_words(mark: Mark, names: Names, aside: Aside | None) -> str:
    """What is to be said of a cell, for reading aloud and for the line under the cursor."""
    head = str(MARKS[mark.kind])
    if mark.aside is not None and mark.kind is not MarkKind.TAKEN:
        return aside_words(mark.aside, aside.params if aside else {})
    if mark.target is not None:
        return f"{head}: {names.target(mark.target)}"
    if mark.label is not None and mark.label.meanings:
        return f"{head}: " + ", ".join(names.meaning(m) for m in mark.label.meanings)
    return head


def aside_at(reading: Reading, place: Address, mark: Mark) -> Aside | None:
    """The word about this very cell, else any of the same kind on its sheet."""
    alike = [a for a in reading.asides if a.code is mark.aside and a.page == place.page]
    here = (a for a in alike if a.area.holds(place.row, place.column))
    return next(here, alike[0] if alike else None)


def says_words(says: str, names: Names) -> str:
    """What a step says, in a few words."""
    return ", ".join(filter(None, (_said(part, names) for part in says.split())))


def _said(part: str, names: Names) -> str:
    kind, _colon, rest = part.partition(":")
    if part in SAID or kind not in _SAYS:
        return str(SAID.get(part, part))
    return _SAYS[kind](rest, names)


_SAYS: Final[Mapping[str, Callable[[str, Names], str]]] = {
    "measure": lambda code, names: names.measure(code),
    "category": lambda code, names: names.category(code),
    "state": lambda state, _names: _("keine Zahl: %(state)s") % {"state": state_words(state)},
    "amount": lambda text, _names: number(text),
    "page": lambda page, _names: _("Blatt „%(page)s“") % {"page": page},
    "period": lambda code, _names: period_words(code),
}
SAID: Final[Mapping[str, Text]] = {
    "total": gettext_lazy("eine Summe, nicht noch einmal zählen"),
    "ignore": gettext_lazy("nicht berichten"),
    "use": gettext_lazy("übernehmen, wie es dasteht"),
    "add": gettext_lazy("zusammenzählen"),
    "parts": gettext_lazy("die Teile gelten"),
    "period:this": gettext_lazy("Zahlen für diesen Zeitraum"),
    "organisation:own": gettext_lazy("unsere Organisation"),
    "heading:amount": gettext_lazy("ändert nichts an den Zahlen"),
}


def runs_of(places: Iterable[Address]) -> list[tuple[str, Address]]:
    """``Blatt „Q3 2025“, Zellen C2 bis C10`` with its first cell: neighbours are one place."""
    runs: list[tuple[Address, Address]] = []
    for place in sorted(dict.fromkeys(places), key=lambda p: (p.page, p.column, p.row)):
        last = runs[-1][1] if runs else None
        if last and last[::2] == place[::2] and last.row + 1 == place.row:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return [(_run_words(first, last), first) for first, last in runs]


def _run_words(first: Address, last: Address) -> str:
    if first == last:
        return _("Blatt „%(page)s“, Zelle %(cell)s") % {"page": first.page, "cell": first.a1}
    ends = {"page": first.page, "first": first.a1, "last": last.a1}
    return _("Blatt „%(page)s“, Zellen %(first)s bis %(last)s") % ends


def cell_words(cell: GridCell) -> str:
    """What stands there, as a German reader expects it."""
    content = cell.content
    if isinstance(content, bool):
        return _("ja") if content else _("nein")
    if isinstance(content, Decimal):
        return f"{number(content * 100)} %" if cell.percent else number(content)
    if isinstance(content, dt.datetime):
        return f"{format_day(content.date())}, {content:%H:%M}"
    if isinstance(content, dt.date):
        return format_day(content)
    return f"{content:%H:%M}" if isinstance(content, dt.time) else str(content)


def state_words(state: str) -> str:
    """``nicht erhoben``."""
    return str(STATE_WORDS[State(state)])
