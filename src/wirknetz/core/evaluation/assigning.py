"""Which file is whose."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from wirknetz.core.evaluation.definition import Partner, Round


@dataclass(frozen=True, slots=True)
class Assigned:
    """Files by organisation; ``unclear`` files belong to none or to several."""

    files: dict[str, Path]
    unclear: tuple[tuple[Path, tuple[str, ...]], ...] = ()
    twice: tuple[tuple[str, tuple[Path, ...]], ...] = ()


def assign(paths: Iterable[Path], round_: Round) -> Assigned:
    """Give every file to the one organisation whose pattern or name fits its name."""
    found: dict[str, list[Path]] = {}
    unclear = []
    for path in paths:
        fitting = _fitting(path.name, round_)
        if len(fitting) == 1:
            found.setdefault(fitting[0], []).append(path)
        else:
            unclear.append((path, fitting))
    twice = tuple((name, tuple(files)) for name, files in found.items() if len(files) > 1)
    return Assigned({name: files[0] for name, files in found.items()}, tuple(unclear), twice)


def _fitting(file: str, round_: Round) -> tuple[str, ...]:
    patterned = tuple(one.name for one in round_.partners if _by_pattern(file, one))
    return patterned or tuple(one.name for one in round_.partners if _by_name(file, one))


def _by_pattern(file: str, partner: Partner) -> bool:
    return any(fnmatchcase(_plain(file), _plain(pattern)) for pattern in partner.files)


def _by_name(file: str, partner: Partner) -> bool:
    if partner.files:
        return False
    names = map(_letters, (partner.name, *partner.names))
    return any(name and name in _letters(file) for name in names)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", _plain(text))
