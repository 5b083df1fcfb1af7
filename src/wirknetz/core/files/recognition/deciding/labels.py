"""Labels nobody is sure of: what they are likeliest to mean, and the question to the person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from wirknetz.core.files.asked import Questionnaire
from wirknetz.core.files.recognition.desk import Desk
from wirknetz.core.files.recognition.joining.claims import Claim, When
from wirknetz.core.files.recognition.model import Choice, QuestionCode
from wirknetz.core.files.recognition.said import LABEL_KEY
from wirknetz.core.files.words import ASKED, Meaning, Role, Why

_CERTAIN: Final = frozenset({Why.TAUGHT, Why.NAME, Why.WORD})
_RIVAL: Final = 0.25
"""So much less sure a second label for the same measure may be, and still be asked about."""
_MOST: Final = 12


@dataclass(slots=True)
class Labels:
    """Settles which unsure label is suggested for which measure."""

    desk: Desk
    questionnaire: Questionnaire
    found: dict[str, Claim] = field(default_factory=dict)

    def settle(self, claims: Iterable[Claim]) -> None:
        """Give every claim at most one measure; note the questions of unsure ones."""
        every = [claim for claim in claims if claim.aside is None]
        sure = [c for c in every if c.options and _is_sure(c) and not c.unknown]
        for claim in sure:
            if claim.timing.when is not When.OTHER:
                known = self.found.setdefault(claim.measure, claim)
                if claim.options[0].sure > known.options[0].sure:
                    self.found[claim.measure] = claim
        unsure: dict[str, list[Claim]] = {}
        for claim in every:
            if claim.options and not _is_sure(claim):
                unsure.setdefault(claim.key, []).append(claim)
        self._assign(unsure)

    def _assign(self, unsure: dict[str, list[Claim]]) -> None:
        """The likeliest label first; a measure that is found already is no longer free."""
        taken = set(self.found)
        ranked = sorted(unsure.items(), key=lambda item: -item[1][0].options[0].sure)
        for key, claims in ranked:
            options = [o for o in claims[0].options if o.code not in taken or self._rivals(o)]
            for claim in claims:
                claim.options = tuple(options)
            if options:
                taken.add(options[0].code)
                self._ask(key, claims, options)

    def _rivals(self, option: Meaning) -> bool:
        """Whether a second label comes close to one that was found by likeness only."""
        found = self.found.get(option.code)
        if found is None or found.options[0].why in _CERTAIN:
            return False
        return option.sure >= ASKED - _RIVAL and found.options[0].sure - option.sure < _RIVAL

    def _ask(self, key: str, claims: Sequence[Claim], options: Sequence[Meaning]) -> None:
        live = [c for c in claims if c.timing.when is not When.OTHER and not c.spot.token.hidden]
        if not live:
            return
        by = claims[0].by
        places = [link.token.address(c.address.page) for c in live if (link := c.by)]
        text = by.token.text if by else ""
        self.desk.ask(
            QuestionCode.LABEL, LABEL_KEY + key, places, tuple(self._choices(options)),
            params={"text": text}, suggested=0,
        )  # fmt: skip
        for claim in claims:
            claim.needs.add(LABEL_KEY + key)

    def _choices(self, options: Sequence[Meaning]) -> Iterator[Choice]:
        for option in options:
            yield self._choice(option.code, option.why)
        named = {option.code for option in options}
        for measure in self.questionnaire.measures:
            if measure.code not in named and measure.code not in self.found:
                yield self._choice(measure.code, None)
        yield Choice("ignore")

    def _choice(self, code: str, why: Why | None) -> Choice:
        name = self.questionnaire.measure(code).name
        return Choice(f"{Role.MEASURE.value}:{code}", {"name": name}, why)


def _is_sure(claim: Claim) -> bool:
    return bool(claim.options) and claim.options[0].sure >= ASKED
