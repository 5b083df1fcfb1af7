"""The door of recognition."""

from __future__ import annotations

from collections.abc import Sequence

from wirknetz.core.files.asked import Questionnaire
from wirknetz.core.files.grid import Book
from wirknetz.core.files.recognition.deciding.decide import decide
from wirknetz.core.files.recognition.desk import Desk
from wirknetz.core.files.recognition.gathering import gather
from wirknetz.core.files.recognition.learning.learn import learn
from wirknetz.core.files.recognition.model import Profile, Reading, Step
from wirknetz.core.files.recognition.reporting import report
from wirknetz.core.files.recognition.said import Said
from wirknetz.core.files.recognition.work import Work
from wirknetz.core.files.words import Lexicon


def recognise(
    book: Book,
    questionnaire: Questionnaire,
    *,
    profile: Profile | None = None,
    steps: Sequence[Step] = (),
) -> Reading:
    """Which numbers of a book are which values asked for, and what has to be asked.

    The same book, questionnaire, profile and steps give the same reading. Nothing that could
    mean two things is taken: it is a question with its place. A book that holds more than was
    read gives nothing.
    """
    profile = profile or Profile()
    if book.cut:
        missing = tuple(measure.code for measure in questionnaire.measures)
        return Reading((), (), (), (), {}, missing, learned=profile)
    said = Said.of((*profile.steps, *steps))
    lexicon = Lexicon.of(questionnaire, said.labels)
    work = Work(book, questionnaire, profile, steps, said, lexicon, Desk(said))
    gather(work)
    decide(work)
    return learn(work, steps, report(work))
