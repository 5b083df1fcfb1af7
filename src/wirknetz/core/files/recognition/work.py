"""What one recognition works with, from the first cell to the last question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from wirknetz.core.files.asked import Questionnaire
from wirknetz.core.files.grid import Book
from wirknetz.core.files.recognition.deciding.figures import Figure
from wirknetz.core.files.recognition.desk import Desk
from wirknetz.core.files.recognition.geometry.tables import Table
from wirknetz.core.files.recognition.joining.claims import Claim
from wirknetz.core.files.recognition.model import Profile, Step
from wirknetz.core.files.recognition.said import Said
from wirknetz.core.files.recognition.tokens import Sheet
from wirknetz.core.files.words import Lexicon


@dataclass(slots=True)
class Work:
    """Filled from left to right; each stage reads what the ones before it found."""

    book: Book
    questionnaire: Questionnaire
    profile: Profile
    steps: Sequence[Step]
    said: Said
    lexicon: Lexicon
    desk: Desk
    sheets: list[Sheet] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    lost: list[Step] = field(default_factory=list)
    """Steps of the profile about places that look different now."""
    figures: dict[str, list[Figure]] = field(default_factory=dict)

    def sheet(self, name: str) -> Sheet:
        """The sheet with this name."""
        return next(sheet for sheet in self.sheets if sheet.page.name == name)
