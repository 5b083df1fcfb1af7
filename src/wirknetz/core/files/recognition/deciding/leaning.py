"""Numbers whose measure or place rests on what stands further up: confirmed by sums, or asked."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from wirknetz.core.files.asked import Wanted
from wirknetz.core.files.grid import Address
from wirknetz.core.files.recognition.deciding.figures import Figure, Parts
from wirknetz.core.files.recognition.desk import Desk
from wirknetz.core.files.recognition.geometry.paths import Side
from wirknetz.core.files.recognition.joining.claims import Claim
from wirknetz.core.files.recognition.model import AsideCode, Choice, QuestionCode
from wirknetz.core.files.words import Role


@dataclass(frozen=True, slots=True)
class Leaning:
    """Looks at the figures of one measure."""

    wanted: Wanted
    desk: Desk

    def confirm(self, figures: Iterable[Figure], agreeing: Collection[Parts]) -> None:
        """Ask about those that no sum confirms."""
        for figure in figures:
            sums = any(parts <= figure.parts for parts in agreeing)
            for claim in figure.claims:
                asked = any(need.startswith("sum|") for need in figure.needs)
                if claim.leaning and not asked and not sums and not _is_of_which(claim):
                    self._ask(figure, claim)

    def _ask(self, figure: Figure, claim: Claim) -> None:
        """One question for all rows of a table that lean on the same label."""
        by = claim.by
        text = by.token.text if by else ""
        key = f"leans|{claim.spot.table.sheet.key}|{self.wanted.code}|{claim.key}"
        choices = (
            Choice(f"{Role.MEASURE.value}:{self.wanted.code}", {"name": self.wanted.name}),
            Choice("ignore"),
        )
        answer = self.desk.ask(
            QuestionCode.LABEL, key, self._places(claim), choices,
            params={"text": _own_text(claim) or text}, suggested=0,
        )  # fmt: skip
        if not answer:
            figure.needs.add(key)
        elif answer == "ignore":
            figure.value = None
            self.desk.aside(AsideCode.NOT_ASKED, claim.address)

    @staticmethod
    def _places(claim: Claim) -> list[Address]:
        rows = [link.token.address(claim.address.page) for link in claim.spot.by_row]
        return rows[-1:] or [claim.address]


def _is_of_which(claim: Claim) -> bool:
    """Whether the row itself says that it is part of the one above."""
    return any(link.side is Side.ROW and link.said.of_which for link in claim.spot.by_row)


def _own_text(claim: Claim) -> str:
    return claim.spot.by_row[-1].token.text if claim.spot.by_row else ""
