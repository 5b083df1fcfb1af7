"""What speaks against taking a number at all: a rate, a plan, a remark, another organisation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from wirknetz.core.files.recognition.geometry.paths import Link, Side
from wirknetz.core.files.recognition.joining.claims import Claim
from wirknetz.core.files.recognition.model import AsideCode
from wirknetz.core.files.recognition.tokens import Kind
from wirknetz.core.files.words import Meaning, Role, Understood
from wirknetz.core.files.words.normal import plain

_IN_TABLE: Final = {
    Role.IGNORE: AsideCode.NOT_ASKED,
    Role.RATIO: AsideCode.PERCENT,
    Role.PLAN: AsideCode.PLAN,
}
_NO_NUMBERS: Final = frozenset({"number", "remark", "organisation"})

_SCALE: Final = re.compile(
    r"\b(?:in|je|pro)\s+(?:tsd|tausend|hundert|mio|millionen)\b|\btsd\b|\bt€|\bteur\b"
)

Against = tuple[AsideCode | None, Mapping[str, str]]


def spoken_against(claim: Claim, links: Sequence[Link], page: Understood) -> Against:
    """Why a number is left aside; None where nothing says so."""
    if claim.spot.token.kind is Kind.PERCENT:
        return AsideCode.PERCENT, {}
    for link in links:
        for meaning in link.said.meanings:
            code = _of_label(link, meaning)
            if code is not None:
                return code, {"label": link.token.text}
    return _of_page(page)


def _of_label(link: Link, meaning: Meaning) -> AsideCode | None:
    if link.side is not Side.TITLE and meaning.role in _IN_TABLE:
        return _IN_TABLE[meaning.role]
    if meaning.role is Role.REMARK and link.side in (Side.ROW, Side.COLUMN):
        return AsideCode.REMARK
    if meaning.role is Role.HEADING and link.side is Side.COLUMN and meaning.code in _NO_NUMBERS:
        return AsideCode.REMARK
    return _of_title(meaning)


def _of_title(meaning: Meaning) -> AsideCode | None:
    if meaning.role is Role.PLAN:
        return AsideCode.PLAN
    if meaning.role is Role.ORGANISATION and meaning.code == "other":
        return AsideCode.OTHER_ORGANISATION
    return None


def _of_page(page: Understood) -> Against:
    """A sheet of plans, or of another organisation."""
    for meaning in page.meanings:
        code = _of_title(meaning)
        if code is not None:
            return code, {"label": page.text}
    return None, {}


def scale_said(texts: Iterable[Understood]) -> str:
    """The text that says that numbers stand for thousands; empty where none does."""
    return next((said.text for said in texts if _is_scale(said.text)), "")


@lru_cache(maxsize=4096)
def _is_scale(text: str) -> bool:
    return bool(_SCALE.search(plain(text)))
