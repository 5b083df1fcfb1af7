"""What a cell says as a value; what is not plain is asked."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from wirknetz.core.files.asked import Questionnaire
from wirknetz.core.files.recognition.desk import Desk, digest
from wirknetz.core.files.recognition.joining.claims import Claim
from wirknetz.core.files.recognition.model import AsideCode, Choice, QuestionCode
from wirknetz.core.files.recognition.styles import Styles
from wirknetz.core.files.recognition.tokens import Kind
from wirknetz.core.files.words import NumberRead, Style, label_key
from wirknetz.core.values import State, Value

IGNORE: Final = Choice("ignore")
_NOT_COLLECTED: Final = Choice("state:not_collected")
_SIGNS: Final = {"thousands:.": Style(",", "."), "decimal:.": Style(".", ",")}
_SIGNS_COMMA: Final = {"decimal:,": Style(",", "."), "thousands:,": Style(".", ",")}
STYLES: Final = {**_SIGNS, **_SIGNS_COMMA}


@dataclass(frozen=True, slots=True)
class Valuer:
    """Reads the values of claims whose measure is known."""

    desk: Desk
    styles: Styles
    questionnaire: Questionnaire

    def value(self, claim: Claim) -> None:
        """Fill in value and read, or note the question the claim waits for."""
        sheet = claim.spot.table.sheet
        whole = self.questionnaire.measure(claim.measure).decimals == 0
        if claim.spot.token.kind is not Kind.ERROR:
            claim.read = self.styles.read(claim.spot.token, sheet, whole=whole)
        if claim.read.percent:
            claim.aside = AsideCode.PERCENT
        elif claim.read.amount is not None:
            claim.value = Value(State.AMOUNT, Decimal(claim.read.amount) * self._scale(claim))
        elif claim.read.state is not None:
            claim.value = Value(State(claim.read.state))
        else:
            self._ask(claim, claim.read)

    def _scale(self, claim: Claim) -> int:
        """1000 where the person said that the numbers of a sheet stand for thousands."""
        if not claim.scale:
            return 1
        key = f"unit|{claim.spot.table.sheet.key}|{label_key(claim.scale)}"
        answer = self.desk.ask(
            QuestionCode.NUMBER_STYLE, key, [claim.address],
            (Choice("times:1000"), Choice("use")), params={"text": claim.scale},
        )  # fmt: skip
        if not answer:
            claim.needs.add(key)
        return 1000 if answer == "times:1000" else 1

    def _ask(self, claim: Claim, read: NumberRead) -> None:
        if read.doubt == "dash":
            self._ask_dash(claim)
        elif read.doubt == "ambiguous":
            self._ask_style(claim)
        else:
            self._ask_text(claim, read)

    def _ask_dash(self, claim: Claim) -> None:
        """One question for all dashes of a sheet: who writes them means one thing."""
        sheet, text = claim.spot.table.sheet, claim.spot.token.text
        key = f"dash|{sheet.key}|{text}"
        answer = self.desk.ask(
            QuestionCode.STATE, key, [claim.address],
            (Choice("amount:0"), _NOT_COLLECTED, IGNORE),
            params={"text": text}, suggested=0 if claim.parts else None,
        )  # fmt: skip
        self._answered(claim, key, answer, "amount:0")

    def _ask_style(self, claim: Claim) -> None:
        sheet, text = claim.spot.table.sheet, claim.spot.token.text
        key = f"style|{sheet.key}"
        codes = _SIGNS if "." in text else _SIGNS_COMMA
        read = {c: self.styles.read_as(claim.spot.token, style) for c, style in codes.items()}
        choices = tuple(Choice(code, {"text": text, "amount": read[code]}) for code in codes)
        self.desk.ask(
            QuestionCode.NUMBER_STYLE, key, [claim.address], choices, params={"text": text}
        )
        claim.needs.add(key)

    def _ask_text(self, claim: Claim, read: NumberRead) -> None:
        text = claim.spot.token.text
        code = QuestionCode.ERROR if read.doubt == "error" else QuestionCode.TEXT_NUMBER
        key = f"{code.value}|{digest(claim.address, text)}"
        amounts = tuple(Choice(f"amount:{amount}", {"amount": amount}) for amount in read.amounts)
        near = 0 if read.doubt in {"word", "about"} and len(amounts) == 1 else None
        answer = self.desk.ask(
            code, key, [claim.address], (*amounts, _NOT_COLLECTED, IGNORE),
            params={"text": text}, suggested=near,
        )  # fmt: skip
        self._answered(claim, key, answer, amounts[0].code if near == 0 else "")

    def _answered(self, claim: Claim, key: str, answer: str, likely: str) -> None:
        """Take the answer; without one, keep the likely value for what is proposed."""
        if not answer:
            claim.needs.add(key)
        apply_value(claim, answer or likely)


def apply_value(claim: Claim, says: str) -> None:
    """A value said by a person: ``amount:12``, ``state:not_collected``, ``ignore``."""
    kind, _, code = says.partition(":")
    if kind == "amount":
        claim.value = Value(State.AMOUNT, Decimal(code))
    elif kind == "state":
        claim.value = Value(State(code))
    elif kind == "ignore":
        claim.aside = AsideCode.NOT_ASKED
