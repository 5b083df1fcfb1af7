"""Months and quarters: compared where both stand there, added up where only the months do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wirknetz.core.files.recognition.deciding.figures import Figure, Parts, added
from wirknetz.core.files.recognition.desk import Desk, digest
from wirknetz.core.files.recognition.model import AsideCode, Choice, QuestionCode
from wirknetz.core.values import Adds, Period


@dataclass(frozen=True, slots=True)
class Months:
    """Brings the figures of one measure to the period asked for."""

    wanted: Period
    adds: Adds
    measure: str
    desk: Desk

    def joined(
        self, parts: Parts, whole: Figure | None, within: Mapping[Period, Figure]
    ) -> Figure | None:
        """One figure for the whole period; None where it cannot be told."""
        if not within:
            return whole
        if self.adds is Adds.STOCK:
            return self._latest(parts, whole, within)
        covering = self._covering(within)
        if whole is not None:
            return self._compared(parts, whole, covering, within)
        if self.adds is Adds.MEAN:
            return None
        if covering is None:
            return self._incomplete(parts, within)
        total = added(parts, covering.values())
        self._say(AsideCode.ADDED_UP, covering, months="+".join(p.code for p in covering))
        return total

    def _covering(self, within: Mapping[Period, Figure]) -> dict[Period, Figure] | None:
        """Periods that follow each other through the whole one asked for."""
        found: dict[Period, Figure] = {}
        at, end = self.wanted.ordinal, self.wanted.ordinal + self.wanted.kind.months
        while at < end:
            here = [p for p in within if p.ordinal == at]
            if not here:
                return None
            period = min(here, key=lambda p: p.kind.months)
            found[period] = within[period]
            at += period.kind.months
        return found

    def _compared(
        self,
        parts: Parts,
        whole: Figure,
        covering: Mapping[Period, Figure] | None,
        within: Mapping[Period, Figure],
    ) -> Figure:
        total = added(parts, covering.values()) if covering else None
        if total is None or total.amount is None or whole.amount is None or self.adds is Adds.MEAN:
            self._say(AsideCode.FINER, within)
            return whole
        if total.amount == whole.amount:
            self._say(AsideCode.FINER, within)
            return whole
        places = [c.address for f in (whole, *within.values()) for c in f.claims]
        key = f"sum|{digest(*places, whole.amount, total.amount)}"
        answer = self.desk.ask(
            QuestionCode.SUM, key, places, (Choice("total"), Choice("parts"), Choice("ignore")),
            params={
                "total": f"{whole.amount:f}", "parts": f"{total.amount:f}",
                "difference": f"{abs(whole.amount - total.amount):f}",
            },
        )  # fmt: skip
        if answer == "ignore":
            return Figure(parts, None, whole.claims)
        chosen = total if answer == "parts" else whole
        if not answer:
            chosen.needs.add(key)
        return chosen

    def _latest(
        self, parts: Parts, whole: Figure | None, within: Mapping[Period, Figure]
    ) -> Figure | None:
        """A stock is what it was at the end."""
        end = self.wanted.ordinal + self.wanted.kind.months
        last = max(within, key=lambda p: (p.ordinal + p.kind.months, -p.kind.months))
        figure = within[last]
        earlier = {p: f for p, f in within.items() if p != last}
        if last.ordinal + last.kind.months != end:
            return whole or self._incomplete(parts, within)
        self._say(AsideCode.LATEST, earlier)
        if whole is None:
            return figure
        if whole.amount == figure.amount or figure.amount is None:
            self._say(AsideCode.LATEST, {last: figure})
            return whole
        total = added(parts, within.values())
        if total.amount == whole.amount:
            self._say(AsideCode.LATEST, {self.wanted: whole})
            return figure
        return self._ask_stock(parts, whole, figure)

    def _ask_stock(self, parts: Parts, whole: Figure, last: Figure) -> Figure:
        places = [c.address for f in (whole, last) for c in f.claims]
        key = f"two|{digest(*places, whole.amount, last.amount)}"
        answer = self.desk.ask(
            QuestionCode.TWO_NUMBERS, key, places,
            (_choice("whole", whole), _choice("last", last)),
            params={"measure": self.measure, "cell": ""},
        )  # fmt: skip
        chosen = last if answer == "last" else whole
        if not answer:
            chosen.needs.add(key)
        return chosen

    def _incomplete(self, parts: Parts, within: Mapping[Period, Figure]) -> Figure:
        """Some months are missing: only the person knows whether there was nothing in them."""
        found = "+".join(p.code for p in sorted(within))
        key = f"months|{self.measure}|{'+'.join(p.code[4:] for p in sorted(within))}"
        places = [c.address for f in within.values() for c in f.claims]
        answer = self.desk.ask(
            QuestionCode.PERIOD, key, places, (Choice("use"), Choice("ignore")),
            params={"found": found, "wanted": self.wanted.code},
        )  # fmt: skip
        if answer == "use" and self.adds is Adds.FLOW:
            return added(parts, within.values())
        needs = set() if answer else {key}
        return Figure(parts, None, tuple(c for f in within.values() for c in f.claims), needs)

    def _say(self, code: AsideCode, figures: Mapping[Period, Figure], **params: str) -> None:
        for figure in figures.values():
            for claim in figure.claims:
                self.desk.aside(code, claim.address, **params)


def _choice(code: str, figure: Figure) -> Choice:
    return Choice(code, {"text": str(figure.amount)})
