"""Short codes made from names, so that nobody has to invent one."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

_GERMAN: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_LENGTH: Final = 40
_RESERVED: Final = frozenset({"and", "min", "max"})


def code_from(name: str, taken: Collection[str] = ()) -> str:
    """A code such as ``neue_stelle`` for "Neue Stelle"; with a number where it is taken."""
    plain = re.sub(r"[^a-z0-9]+", "_", name.lower().translate(_GERMAN)).strip("_")
    if not plain or not plain[0].isalpha() or plain in _RESERVED:
        plain = f"x_{plain}".strip("_")
    return _free(plain, taken)


def category_code_from(name: str, taken: Collection[str] = ()) -> str:
    """A code such as ``50+`` or ``keine_angabe`` for a category."""
    plain = re.sub(r"[=|,]+", "", re.sub(r"\s+", "_", name.lower().strip()))
    return _free(plain or "x", taken)


def _free(plain: str, taken: Collection[str]) -> str:
    wanted, number = plain[:_LENGTH].rstrip("_"), 2
    while wanted in taken:
        end = f"_{number}"
        wanted, number = plain[: _LENGTH - len(end)].rstrip("_") + end, number + 1
    return wanted


def is_reserved(code: str) -> bool:
    """Whether formulas already use this word for something else."""
    return code in _RESERVED
