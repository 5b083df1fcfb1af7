"""One file as its person sees it: what was recognised, what is asked, what she said."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from wirknetz.core.files import recognition
from wirknetz.core.files.asked import Questionnaire
from wirknetz.core.files.grid import Book
from wirknetz.core.files.packing import unpack
from wirknetz.core.files.recognition.model import About, Profile, Question, Reading, Step, Taken
from wirknetz.core.values import State
from wirknetz.measurement.models import Upload
from wirknetz.measurement.queries.collection.pages import Page
from wirknetz.measurement.queries.collection.sentences import number
from wirknetz.measurement.queries.collection.structure import AskedMeasure
from wirknetz.measurement.queries.files.questionnaire import questionnaire_of
from wirknetz.measurement.queries.files.uploads import content_of, step_of
from wirknetz.measurement.queries.files.words import Names, state_words


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """What was found of one measure that is asked."""

    measure: AskedMeasure
    values: int
    total: str
    state: str
    grain: str
    waits: bool
    page: str

    @property
    def found(self) -> bool:
        """Whether there is something to report."""
        return bool(self.values)


@dataclass(frozen=True)
class Looking:
    """A file, what it is read for, and what recognition makes of both and of the steps."""

    upload: Upload
    page: Page
    book: Book
    questionnaire: Questionnaire
    profile: Profile
    steps: tuple[Step, ...]
    reading: Reading

    @cached_property
    def names(self) -> Names:
        """Names for what recognition knows by code."""
        return Names.of(self.page.dossier.asked)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """What is asked, in the order of the file."""
        order = {page.name: number for number, page in enumerate(self.book)}

        def place(question: Question) -> tuple[int, int, int]:
            first = min(question.places, key=lambda p: (order.get(p.page, 0), *p[1:]), default=None)
            return (order.get(first.page, 0), first.row, first.column) if first else (-1, 0, 0)

        return tuple(sorted(self.reading.questions, key=place))

    @property
    def answered(self) -> int:
        """How many questions were answered already."""
        return sum(step.about is About.QUESTION for step in self.steps)

    @cached_property
    def measures(self) -> tuple[MeasureRow, ...]:
        """Every measure that is asked, with what was found."""
        return tuple(self._measure(m) for m in self.page.dossier.asked.measures.values())

    @property
    def shown(self) -> tuple[MeasureRow, ...]:
        """Measures found, and those that wait for an answer."""
        return tuple(row for row in self.measures if row.found or row.waits)

    @property
    def not_found(self) -> tuple[MeasureRow, ...]:
        """Measures of which nothing was found."""
        return tuple(row for row in self.measures if not row.found and not row.waits)

    @property
    def found(self) -> int:
        """How many measures have something to report."""
        return sum(row.found for row in self.measures)

    @property
    def ready(self) -> bool:
        """Whether there is something to report and nothing left to ask."""
        return bool(self.reading.taken) and self.reading.ready and not self.book.cut

    @property
    def key(self) -> tuple[int, int, int]:
        """Numbers of the round, the organisation and the upload."""
        submission = self.page.submission
        return submission.round_id, submission.organisation_id, self.upload.pk

    def _measure(self, measure: AskedMeasure) -> MeasureRow:
        taken = [one for one in self.reading.taken if one.target.measure == measure.code]
        grains = sorted({one.target.cell.grain for one in taken}, key=lambda g: (g.count(","), g))
        return MeasureRow(
            measure=measure,
            values=len(taken),
            total=_total(taken, measure, grains[0]) if taken else "",
            state=_state(taken),
            grain=" · ".join(self.names.asked.grain_label(g) for g in grains if g),
            waits=any(t.measure == measure.code for q in self.questions for t in q.holds),
            page=taken[0].sources[0].page if taken and taken[0].sources else "",
        )


def _total(taken: list[Taken], measure: AskedMeasure, grain: str) -> str:
    """The sum over the coarsest breakdown; empty for a mean that is broken down."""
    amounts = [
        one.value.amount
        for one in taken
        if one.target.cell.grain == grain and one.value.amount is not None
    ]
    if not amounts or (measure.is_mean and len(amounts) > 1):
        return ""
    return number(sum(amounts, Decimal(0)))


def _state(taken: list[Taken]) -> str:
    """The state in words where nothing but one is said."""
    states = {one.value.state for one in taken}
    return state_words(states.pop()) if len(states) == 1 and State.AMOUNT not in states else ""


def looking_at(page: Page, upload: Upload) -> Looking:
    """Recognise what waits. Five queries besides those of the submission's page."""
    steps = tuple(map(step_of, upload.steps))
    book, asked = unpack(bytes(upload.book)), questionnaire_of(page.dossier)
    profile = content_of(upload.profile)
    reading = recognition.recognise(book, asked, profile=profile, steps=steps)
    return Looking(upload, page, book, asked, profile, steps, reading)
