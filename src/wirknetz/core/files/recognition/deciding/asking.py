"""What is still missing in the end, and what in the file might be it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from wirknetz.core.files.asked import Wanted
from wirknetz.core.files.recognition.deciding.figures import Figure
from wirknetz.core.files.recognition.desk import Desk, digest
from wirknetz.core.files.recognition.geometry.paths import Link, Side
from wirknetz.core.files.recognition.joining.claims import Claim, When
from wirknetz.core.files.recognition.model import AsideCode, Choice, QuestionCode
from wirknetz.core.files.recognition.said import LABEL_KEY
from wirknetz.core.files.recognition.work import Work
from wirknetz.core.files.words import Role, Why
from wirknetz.core.values import State, Value

_USE: Final = (Choice("use"), Choice("ignore"))
_MOST: Final = 12
_OWN: Final = (Choice("organisation:own"), Choice("ignore"))


@dataclass(frozen=True, slots=True)
class Asking:
    """Questions about measures of which nothing was found."""

    work: Work
    current: frozenset[int]

    @classmethod
    def of(cls, work: Work) -> Asking:
        """Note which tables hold numbers of the period asked for."""
        return cls(work, frozenset(id(c.spot.table) for c in work.claims if _is_now(c)))

    def ask(self) -> None:
        """First what was set aside, then labels nobody knows."""
        missing = [m for m in self.work.questionnaire.measures if not self.work.figures[m.code]]
        for measure in missing:
            claims = [c for c in self.work.claims if c.measure == measure.code]
            if not any(is_asked(claim) for claim in claims):
                self._ask_aside(claims)
        missing = [m for m in missing if not self._is_somewhere(m)]
        if missing:
            self._ask_unknown(missing)
        self._ask_hidden_parts()

    def _ask_aside(self, claims: Sequence[Claim]) -> None:
        for code, ask in (
            (None, self._ask_labels),
            (AsideCode.PLAN, self._ask_plan),
            (AsideCode.OTHER_ORGANISATION, self._ask_organisation),
            (AsideCode.HIDDEN, self._ask_hidden),
            (AsideCode.OTHER_PERIOD, self._ask_period),
            (AsideCode.OLDER_PAGE, self._ask_period),
        ):
            found = [claim for claim in claims if claim.aside is code]
            if found:
                for claim in found:
                    ask(claim)
                return

    def _ask_labels(self, claim: Claim) -> None:
        """Labels that say something of its numbers that nobody knows."""
        for link in claim.unknown:
            house = _names_house(link)
            self.work.desk.ask(
                QuestionCode.ORGANISATION if house else QuestionCode.LABEL,
                LABEL_KEY + link.said.key, [link.token.address(claim.address.page)],
                _OWN if house else (*_USE, Choice("total")), params={"text": link.token.text},
            )  # fmt: skip

    def _ask_plan(self, claim: Claim) -> None:
        self._ask_link(claim, Role.PLAN, QuestionCode.PLAN, _USE)

    def _ask_organisation(self, claim: Claim) -> None:
        self._ask_link(claim, Role.ORGANISATION, QuestionCode.ORGANISATION, _OWN)

    def _ask_link(
        self, claim: Claim, role: Role, code: QuestionCode, choices: tuple[Choice, ...]
    ) -> None:
        for link in claim.spot.links:
            if link.said.meaning(role):
                self.work.desk.ask(
                    code, LABEL_KEY + link.said.key, [link.token.address(claim.address.page)],
                    choices, params={"text": link.token.text},
                )  # fmt: skip

    def _ask_hidden(self, claim: Claim) -> None:
        self.work.desk.ask(
            QuestionCode.HIDDEN, claim.hidden_key, [claim.address], _USE,
            params={"measure": claim.measure},
        )  # fmt: skip

    def _ask_hidden_parts(self) -> None:
        """Hidden numbers that are the only ones for a part of what is taken."""
        for claim in self.work.claims:
            if claim.aside is not AsideCode.HIDDEN or not claim.measure or claim.unknown:
                continue
            if claim.cell is None:  # in a category nobody asks for
                continue
            figures = self.work.figures[claim.measure]
            parts = frozenset(claim.parts.items())
            grains = {figure.dimensions for figure in figures}
            found = any(figure.parts == parts for figure in figures)
            now = claim.timing.when in (When.THIS, When.WITHIN) and claim.spot.token.amount
            if now and not found and frozenset(claim.parts) in grains:
                self._ask_hidden(claim)

    def _ask_period(self, claim: Claim) -> None:
        """Only where the whole table or sheet is of another period."""
        if id(claim.spot.table) not in self.current:
            ask_period(self.work, claim)

    def _is_somewhere(self, measure: Wanted) -> bool:
        return any(c.measure == measure.code and c.aside is None for c in self.work.claims)

    # Labels nobody knows

    def _ask_unknown(self, missing: Sequence[Wanted]) -> None:
        found: dict[str, list[tuple[Link, Claim]]] = {}
        for claim in self.work.claims:
            link = _naming(claim)
            if link is not None and is_open(claim):
                found.setdefault(link.said.key, []).append((link, claim))
        ranked = sorted(found.items(), key=lambda item: _rank(item[1], missing))
        alone = len(found) == len(missing) == 1
        for key, pairs in ranked[:_MOST]:
            self._ask_label(key, pairs, missing, alone=alone)

    def _ask_label(
        self,
        key: str,
        pairs: Sequence[tuple[Link, Claim]],
        missing: Sequence[Wanted],
        *,
        alone: bool,
    ) -> None:
        amount = _amount(claim for _, claim in pairs)
        fitting = sorted(missing, key=lambda m: _distance(amount, m))
        choices = tuple(_choice(m, amount, alone=alone) for m in fitting)
        places = [link.token.address(claim.address.page) for link, claim in pairs]
        near = bool(choices) and choices[0].why is not None
        self.work.desk.ask(
            QuestionCode.LABEL, LABEL_KEY + key, places, (*choices, Choice("ignore")),
            params={"text": pairs[0][0].token.text}, suggested=0 if near else None,
        )  # fmt: skip


def ask_period(work: Work, claim: Claim) -> str:
    """Whether numbers of another period are meant after all."""
    wanted = work.questionnaire.period.code
    return work.desk.ask(
        QuestionCode.PERIOD, claim.period_key, [claim.address], _USE,
        params={"found": claim.timing.found, "wanted": wanted},
    )  # fmt: skip


def ask_gap(figure: Figure, desk: Desk) -> None:
    """A sum of which one part is "k. A.": the rest may be all there is, or say nothing."""
    if not figure.added or figure.value is not None or figure.needs:
        return
    known = [c for c in figure.claims if c.value is not None and c.value.amount is not None]
    empty = [c for c in figure.claims if c not in known]
    key = f"gap|{digest(*(c.address for c in figure.claims))}"
    rest = sum((c.value.amount for c in known if c.value and c.value.amount), Decimal(0))
    answer = desk.ask(
        QuestionCode.STATE, key, [c.address for c in (*empty, *known)],
        (Choice("rest", {"amount": f"{rest:f}"}), Choice("state:not_collected"), Choice("ignore")),
        params={"text": empty[0].spot.token.text if empty else ""},
    )  # fmt: skip
    if answer == "rest":
        figure.value = Value(State.AMOUNT, rest)
    elif answer.startswith("state:"):
        figure.value = Value(State(answer.removeprefix("state:")))
    elif not answer:
        figure.needs.add(key)


def is_asked(claim: Claim) -> bool:
    """Whether something about it is asked already."""
    return bool(claim.needs)


def is_open(claim: Claim) -> bool:
    """Whether nothing but its labels keeps a number from being taken."""
    return claim.aside is None and not claim.options and claim.spot.token.amount is not None


def _is_now(claim: Claim) -> bool:
    return claim.timing.when in (When.THIS, When.WITHIN) and claim.aside is None


def _names_house(link: Link) -> bool:
    """Whether a label stands in a column of organisations."""
    heading = link.stub.said.meaning(Role.HEADING) if link.stub else None
    return heading is not None and heading.code == "organisation"


def _naming(claim: Claim) -> Link | None:
    """The unknown label that would name the measure: that of the row, else the nearest."""
    rows = [link for link in claim.unknown if link.side is Side.ROW]
    links = rows or list(claim.unknown)
    return links[-1] if links else None


def _amount(claims: Iterable[Claim]) -> Decimal:
    """The size of what a label stands for: its total, or all its numbers."""
    found = list(claims)
    sums = [c.spot.token.amount for c in found if c.sums and c.spot.token.amount is not None]
    every = [c.spot.token.amount for c in found if c.spot.token.amount is not None]
    return max(sums) if sums else sum(every, Decimal(0))


def _distance(amount: Decimal, wanted: Wanted) -> float:
    """How far an amount lies from the organisation's own history, as a factor; 99 without one."""
    if not wanted.history:
        return 99.0
    usual = float(sorted(wanted.history)[len(wanted.history) // 2]) + 1
    factor = (float(amount) + 1) / usual
    return max(factor, 1 / factor) if factor > 0 else 99.0


def _rank(pairs: Sequence[tuple[Link, Claim]], missing: Sequence[Wanted]) -> float:
    amount = _amount(claim for _, claim in pairs)
    return min((_distance(amount, measure) for measure in missing), default=99.0)


def _choice(wanted: Wanted, amount: Decimal, *, alone: bool) -> Choice:
    why = Why.ONLY_ONE_LEFT if alone else Why.SIZE if _distance(amount, wanted) < 1.5 else None
    return Choice(f"{Role.MEASURE.value}:{wanted.code}", {"name": wanted.name}, why)
