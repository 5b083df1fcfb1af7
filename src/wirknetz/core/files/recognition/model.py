"""What recognition says about a file, and what a person says to it.

A :class:`Reading` is worked out anew from the book, the questionnaire and all steps a person
took, so undoing a step is leaving it out. Steps that speak of labels and places, not of
single numbers, are what an organisation's :class:`Profile` remembers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from wirknetz.core.files.grid import Address, Area
from wirknetz.core.files.words.model import Understood, Why
from wirknetz.core.values import Cell, Value

PROFILE_FORMAT: Final = 1


class About(StrEnum):
    """What a step speaks of. The comment says what :attr:`Step.where` holds."""

    LABEL = "label"  # the key of a label, wherever it stands
    PLACE = "place"  # a label at one place only: "page key!C7"
    ROW = "row"  # "page key!7"
    COLUMN = "column"  # "page key!C"
    CELL = "cell"  # a value cell: "page key!C7"
    PAGE = "page"  # page key
    QUESTION = "question"  # key of a question


@dataclass(frozen=True, slots=True)
class Step:
    """One thing a person said.

    ``says`` is what it means, one or several joined by a space: ``measure:begonnen``,
    ``category:gender=w``, ``total``, ``period:this``, ``ignore``, ``use``,
    ``state:not_collected``; for a question the code of the choice.
    """

    about: About
    where: str
    says: str

    def as_dict(self) -> dict[str, str]:
        """For storage."""
        return {"about": self.about.value, "where": self.where, "says": self.says}

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> Step:
        """From storage; ValueError for anything else."""
        parts = [raw.get(name) for name in ("about", "where", "says")]
        if len(raw) != len(parts) or not all(isinstance(part, str) for part in parts):
            raise ValueError("not a step")
        return cls(About(raw["about"]), raw["where"], raw["says"])


@dataclass(frozen=True, slots=True)
class Profile:
    """What an organisation taught us about its file.

    ``steps`` hold for every file of this layout; ``layout`` describes it (page keys, blocks,
    labels in order) so that differences can be pointed out.
    """

    steps: tuple[Step, ...] = ()
    layout: Mapping[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """For storage, as JSON."""
        return {
            "format": PROFILE_FORMAT,
            "steps": [step.as_dict() for step in self.steps],
            "layout": dict(self.layout),
        }

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> Profile:
        """From storage; ValueError for anything else."""
        if raw.get("format") != PROFILE_FORMAT:
            raise ValueError("not a profile of this format")
        steps = tuple(Step.from_dict(step) for step in raw.get("steps", ()))
        return cls(steps, dict(raw.get("layout", {})))


@dataclass(frozen=True, slots=True)
class Target:
    """A place in the questionnaire: a measure and where in its breakdown."""

    measure: str
    cell: Cell = field(default=Cell())

    @property
    def key(self) -> str:
        """``begonnen``, ``begonnen|age=18-29|gender=w``."""
        return f"{self.measure}|{self.cell.key}" if self.cell.items else self.measure


@dataclass(frozen=True, slots=True)
class Taken:
    """One value that would be reported, and where it stands in the file.

    Several ``sources`` where it is a sum (three months, rows the file splits further).
    ``text`` is what stands there, ``remark`` what stood beside the number ("vorläufig").
    ``sure`` is the weakest link of everything it rests on.
    """

    target: Target
    value: Value
    sources: tuple[Address, ...]
    text: str
    remark: str = ""
    sure: float = 1.0


class QuestionCode(StrEnum):
    """What has to be asked. Each has one German sentence, and names its places."""

    LABEL = "label"  # what does this label mean? params: text
    TWO_NUMBERS = "two_numbers"  # two different numbers for one target. params: target
    SUM = "sum"  # parts and total disagree. params: total, parts, difference
    NUMBER_STYLE = "number_style"  # 1.204: thousand or decimal? params: text
    TEXT_NUMBER = "text_number"  # "< 3", "ca. 20", "zwölf": which number? params: text
    STATE = "state"  # "–", "": zero, or not collected? params: text
    PERIOD = "period"  # the file speaks of another period. params: found, wanted
    PAGE = "page"  # which of several sheets holds this period's figures? params: pages
    CATEGORY = "category"  # an unknown category. params: text, dimension
    BANDS = "bands"  # age bands that do not fit those asked. params: found, wanted
    PART = "part"  # a part is more than its whole. params: part, whole
    SIZE = "size"  # far from the own history. params: earlier, now
    NEGATIVE = "negative"
    DECIMALS = "decimals"  # 12.5 persons. params: text
    ORGANISATION = "organisation"  # the row names another organisation. params: text
    PLAN = "plan"  # planned or achieved?
    ERROR = "error"  # the cell shows #BEZUG! or was never calculated
    HIDDEN = "hidden"  # the only number stands in a hidden row or column
    PROFILE = "profile"  # the layout differs from what was taught. params: what


@dataclass(frozen=True, slots=True)
class Choice:
    """One possible answer. ``code`` is what a step says; ``params`` fill its sentence."""

    code: str
    params: Mapping[str, str] = field(default_factory=dict)
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """Something only the person knows; ``holds`` are the targets that wait for the answer.

    ``suggested`` is the likeliest choice (an index into ``choices``), None where we do not
    dare. ``key`` is the same as long as layout and numbers concerned are the same.
    """

    key: str
    code: QuestionCode
    places: tuple[Address, ...]
    choices: tuple[Choice, ...]
    params: Mapping[str, str] = field(default_factory=dict)
    holds: tuple[Target, ...] = ()
    suggested: int | None = None


class AsideCode(StrEnum):
    """Why something in the file is not taken, or what was checked with it."""

    SUM_AGREES = "sum_agrees"  # a total of what is taken; compared, not added
    HIDDEN = "hidden"
    OTHER_PERIOD = "other_period"  # params: found
    OLDER_PAGE = "older_page"  # params: page, found
    PERCENT = "percent"
    PLAN = "plan"
    OTHER_ORGANISATION = "other_organisation"
    NOT_ASKED = "not_asked"  # a label the person or the profile set aside
    FINER = "finer"  # finer than asked; its sum is taken
    ADDED_UP = "added_up"  # months added up to the period asked. params: months
    LATEST = "latest"  # of a stock the last month is taken
    REMARK = "remark"


@dataclass(frozen=True, slots=True)
class Aside:
    """A word about cells that are not taken."""

    code: AsideCode
    page: str
    area: Area
    params: Mapping[str, str] = field(default_factory=dict)


class MarkKind(StrEnum):
    """How a cell is marked on the page."""

    TAKEN = "taken"
    ASKED = "asked"
    LABEL = "label"  # understood
    UNKNOWN_LABEL = "unknown_label"
    SUM = "sum"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class Mark:
    """What was recognised in one cell. ``target`` for values, ``label`` for labels."""

    kind: MarkKind
    target: Target | None = None
    label: Understood | None = None
    question: str = ""  # key
    aside: AsideCode | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A group of value cells read together, for the words above the table.

    ``measures`` are those found in it, ``dimensions`` those that run over it.
    """

    page: str
    area: Area
    measures: tuple[str, ...]
    dimensions: tuple[str, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything recognition can say about a file."""

    taken: tuple[Taken, ...]
    questions: tuple[Question, ...]
    asides: tuple[Aside, ...]
    blocks: tuple[Block, ...]
    marks: Mapping[Address, Mark]
    missing: tuple[str, ...] = ()
    """Measures that are asked and were not found."""
    page_keys: Mapping[str, str] = field(default_factory=dict)
    """By page name: the key under which steps and profiles speak of it."""
    learned: Profile = field(default_factory=Profile)
    """What to remember of this file."""
    differences: tuple[Question, ...] = ()
    """Where the layout differs from the profile's; each also stands among the questions if
    it concerns a number."""
    proposed: tuple[Taken, ...] = ()
    """What would be taken if every question were answered as suggested; each waits for at
    least one, whose ``holds`` names it."""

    @property
    def ready(self) -> bool:
        """Whether nothing has to be asked any more."""
        return not self.questions
