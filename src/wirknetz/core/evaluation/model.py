"""What one partner reported, and what is left open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from wirknetz.core.values import Cell, Value


class OpenKind(StrEnum):
    """Why something is left open. Each has one German sentence."""

    NO_FILE = "no_file"
    UNREADABLE = "unreadable"  # code: a FlawCode
    PERSONS = "persons"  # a list of persons without a guide
    GUIDE = "guide"  # the guide cannot be used
    COUNTING = "counting"  # code: a QuestionCode of counting
    GAP = "gap"  # code: a GapCode of counting
    QUESTION = "question"  # code: a QuestionCode of recognition
    FINDING = "finding"  # code: a FindingCode: the values cannot be right together
    NOT_FOUND = "not_found"  # a measure that is asked and was not found. code: the measure


@dataclass(frozen=True, slots=True)
class Open:
    """One thing left open. ``key`` and ``choices`` say how the definition can answer it.

    ``measures`` are not counted for this organisation as long as it is open.
    """

    kind: OpenKind
    code: str = ""
    params: Mapping[str, str] = field(default_factory=dict)
    places: tuple[str, ...] = ()
    key: str = ""
    choices: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()

    @property
    def asks(self) -> bool:
        """Whether somebody has to answer; a missing file or measure is only said."""
        return self.kind not in {OpenKind.NO_FILE, OpenKind.NOT_FOUND}


@dataclass(frozen=True, slots=True)
class Reported:
    """One value, and where it stands (``Tabelle1!C7``)."""

    measure: str
    cell: Cell
    value: Value
    sources: tuple[str, ...] = ()
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What one organisation's file says."""

    organisation: str
    file: str = ""
    sha256: str = ""
    values: tuple[Reported, ...] = ()
    open: tuple[Open, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether nobody has to answer anything."""
        return bool(self.file) and not any(one.asks for one in self.open)
