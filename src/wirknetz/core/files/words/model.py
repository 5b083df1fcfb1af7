"""What a label can mean, and why we think so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What a label says about the numbers beside or below it.

    The comment says what :attr:`Meaning.code` holds.
    """

    MEASURE = "measure"  # code of the measure
    CATEGORY = "category"  # "gender=w"
    PERIOD = "period"  # "2025Q3", "2025-07"; without a year "-Q3", "-07"; "previous"
    TOTAL = "total"  # "" for a sum over everything around it
    HEADING = "heading"  # names labels or numbers below: "measure", "dimension:gender", "amount",
    #                      "period", "organisation", "remark", "number"
    RATIO = "ratio"  # "": a rate or percentage, never a count
    PLAN = "plan"  # "": a planned or target figure, not what happened
    ORGANISATION = "organisation"  # "own", "other"
    REMARK = "remark"  # "": says something about the file, names nothing to report
    IGNORE = "ignore"  # "": the person said it is to be left aside


class Why(StrEnum):
    """Why a label is understood so. One short German sentence each on the page."""

    TAUGHT = "taught"  # the organisation said so before
    NAME = "name"  # it is the name or code itself
    WORD = "word"  # in the network's vocabulary. params: word
    OTHERS = "others"  # another partner's profile said so
    SIMILAR = "similar"  # params: word (what it resembles)
    LANGUAGE = "language"  # common German: Frauen, Gesamt, Juli
    PART = "part"  # never more than what it is a part of. params: whole
    SIZE = "size"  # fits the organisation's earlier figures. params: earlier
    ONLY_ONE_LEFT = "only_one_left"  # everything else was found
    PLACE = "place"  # stands where its neighbours of the same kind stand


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing a label says. ``sure`` runs from 0 to 1; 1 is said by the person or the name."""

    role: Role
    code: str = ""
    sure: float = 1.0
    why: Why = Why.LANGUAGE
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Understood:
    """A label read: all ``meanings`` hold together (``Frauen 18–29`` says two things).

    ``others`` are different readings of the same label, the likelier first, each complete in
    itself. ``rest`` is the part of the label that nothing explains; ``key`` its normalised
    text, by which it is remembered (periods in it replaced by their kind). ``of_which`` marks
    labels that begin with "davon" and the like: a part of what stands above.
    """

    text: str
    key: str
    meanings: tuple[Meaning, ...] = ()
    others: tuple[tuple[Meaning, ...], ...] = ()
    rest: str = ""
    of_which: bool = False

    def meaning(self, role: Role) -> Meaning | None:
        """The first meaning with this role."""
        return next((m for m in self.meanings if m.role is role), None)

    @property
    def sure(self) -> float:
        """How sure the reading is as a whole: its weakest meaning; 0 if there is none."""
        return min((m.sure for m in self.meanings), default=0.0)


@dataclass(frozen=True, slots=True)
class NumberRead:
    """What one text cell says as a value.

    Exactly one of ``amount`` and ``state`` is given where it can be read; ``doubt`` says what
    has to be asked (``ambiguous``: 1.204 with no evidence of the style; ``below``: "< 3";
    ``range``: "3-5"; ``about``: "ca. 20"; ``unit``: a unit that is not the measure's). Both
    readings of an ambiguous number are in ``amounts``.
    """

    amount: str | None = None  # canonical decimal text
    state: str | None = None  # a State value
    percent: bool = False
    remark: str = ""
    unit: str = ""
    doubt: str = ""
    amounts: tuple[str, ...] = ()
