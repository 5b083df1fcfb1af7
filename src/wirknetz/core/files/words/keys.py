"""The key under which a label is remembered: the same next quarter, though it names a period."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from wirknetz.core.files.words.normal import plain, squeezed
from wirknetz.core.files.words.periods import Found, periods_in

_KINDS: Final = (
    (re.compile(r"^\d{4}Q\d$|^-Q\d$"), "§quarter"),
    (re.compile(r"^\d{4}H\d$|^-H\d$"), "§half"),
    (re.compile(r"^\d{4}-\d\d$"), "§month"),
    (re.compile(r"^\d{4}$"), "§year"),
    (re.compile(r"^day$"), "§day"),
)


@lru_cache(maxsize=8192)
def label_key(text: str) -> str:
    """A label without case, footnotes and spelling of umlauts, its periods by their kind.

    A month without a year stays: months stand beside each other and are told apart by it.
    """
    source = plain(text)
    for found in reversed(_whole(periods_in(text))):
        kind = next((name for pattern, name in _KINDS if pattern.match(found.code)), None)
        if kind:
            source = f"{source[: found.start]} {kind} {source[found.end :]}"
    return squeezed(source)


def page_key(text: str) -> str:
    """The key of a sheet's name; ``Tabelle1`` and the like stay what they are."""
    return label_key(text) or text.strip()


def _whole(found: tuple[Found, ...]) -> list[Found]:
    """Of two readings of the same place, the first."""
    kept: list[Found] = []
    for one in found:
        if not kept or kept[-1].end <= one.start:
            kept.append(one)
    return sorted(kept, key=lambda f: f.start)
