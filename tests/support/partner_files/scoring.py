"""How well a composed file is recognised: without help, with suggestions, once it was taught."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tests.support.partner_files.compose import Made
from tests.support.partner_files.truth import GRAINS, expected, questionnaire
from wirknetz.core.files.asked import Questionnaire
from wirknetz.core.files.grid import Book
from wirknetz.core.files.reading import read
from wirknetz.core.files.recognition import recognise
from wirknetz.core.files.recognition.model import About, Profile, Question, Reading, Step
from wirknetz.core.files.words import label_key
from wirknetz.core.values import State

MOST_STEPS = 60


@dataclass(frozen=True, slots=True)
class Score:
    """Of ``wanted`` cells: taken rightly, taken wrongly, waiting for an answer.

    ``wrong`` counts every number taken without a question that is not the truth, at any grain.
    """

    wanted: int
    right: int
    wrong: int
    asked: int
    known: int = 0
    """Of ``wanted``: taken rightly, or marked with the right place in the questionnaire while a
    question about the number waits."""
    wrongly: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """A file read once, with what is asked."""

    made: Made
    book: Book
    asked: Questionnaire

    @classmethod
    def of(cls, made: Made) -> Case:
        """Read the file."""
        own = (made.choices.carrier.name,)
        asked = questionnaire(made.truth, made.before, own_names=own)
        return cls(made, read(made.content, name=made.name), asked)

    def reading(self, *, steps: Sequence[Step] = (), profile: Profile | None = None) -> Reading:
        """What recognition says."""
        return recognise(self.book, self.asked, profile=profile, steps=tuple(steps))

    def score(self, reading: Reading) -> Score:
        """How right it is."""
        truth = self._everything()
        wanted = {
            k for k in expected(self.made.truth, self.made.grain) if k not in self.made.spoiled
        }
        taken = {t.target.key: t.value for t in reading.taken}
        wrongly = tuple(
            key
            for key, value in taken.items()
            if (value.state is not State.AMOUNT and key not in self.made.spoiled)
            or (
                value.amount is not None
                and (value.amount != truth.get(key) or self._is_other_period())
            )
        )
        right = sum(key in taken and key not in wrongly for key in wanted)
        known = sum(
            (key in taken and key not in wrongly) or self._is_marked(reading, key) for key in wanted
        )
        held = {t.key for q in reading.questions for t in q.holds}
        asked = len(wanted & held - set(taken))
        return Score(len(wanted), right, len(wrongly), asked, known, wrongly)

    def _is_marked(self, reading: Reading, key: str) -> bool:
        """Whether every cell of a target is marked as this target, or as a part of it."""
        page = self.book.pages[0].name  # a text file has no sheet names of its own
        places = self.made.places[key]
        marks = [reading.marks.get(p) or reading.marks.get(p._replace(page=page)) for p in places]
        return all(m is not None and m.target is not None and m.target.key == key for m in marks)

    def _everything(self) -> Mapping[str, Decimal]:
        return {
            key: Decimal(amount)
            for grain in GRAINS
            for key, amount in expected(self.made.truth, grain).items()
        }

    def _is_other_period(self) -> bool:
        return self.made.choices.defect == "other_period" and bool(self.made.spoiled)

    def taught(self) -> tuple[Step, ...]:
        """What a practitioner of this office says of her words, once."""
        words = self.made.choices.carrier
        said = {words.measures[code]: f"measure:{code}" for code in words.measures}
        said |= {words.genders[code]: f"category:gender={code}" for code in words.genders}
        said |= {words.ages[code]: f"category:age={code}" for code in words.ages}
        return tuple(Step(About.LABEL, label_key(text), says) for text, says in said.items())

    def suggested(self) -> Reading:
        """After every suggestion was accepted as it stands."""
        steps: list[Step] = []
        reading = self.reading()
        for _ in range(MOST_STEPS):
            step = next(
                (s for q in reading.questions if (s := _accepted(q)) and s not in steps), None
            )
            if step is None:
                break
            steps.append(step)
            reading = self.reading(steps=steps)
        return reading

    def answered(self, *, profile: Profile | None = None) -> tuple[Reading, int]:
        """After somebody who knows the truth answered; the number of her answers."""
        steps = [] if profile else list(self.taught())
        reading, answers, tried = self.reading(steps=steps, profile=profile), 0, set[str]()
        while answers < MOST_STEPS:
            question = next((q for q in reading.questions if q.key not in tried), None)
            if question is None:
                break
            tried.add(question.key)
            best = self._best(question, steps, profile)
            if best is not None:
                steps.append(best)
                reading, answers = self.reading(steps=steps, profile=profile), answers + 1
        return reading, answers

    def _best(self, question: Question, steps: list[Step], profile: Profile | None) -> Step | None:
        """The answer after which most is right and nothing is wrong."""
        now = self.score(self.reading(steps=steps, profile=profile))
        found: tuple[int, Step | None] = (now.right, None)
        for choice in question.choices:
            step = Step(About.QUESTION, question.key, choice.code)
            after = self.score(self.reading(steps=[*steps, step], profile=profile))
            if after.wrong <= now.wrong and after.right >= found[0]:
                found = (
                    (after.right + 1, step)
                    if after.right > found[0]
                    else (found[0], found[1] or step)
                )
        return found[1]


def _accepted(question: Question) -> Step | None:
    if question.suggested is None:
        return None
    return Step(About.QUESTION, question.key, question.choices[question.suggested].code)
