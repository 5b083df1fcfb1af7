"""How many cells of partners' files are recognised, by layout, beside a plain importer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from benchmarks.plain_importer import imported
from tests.support.partner_files.compose import Made, choose, composed, make
from tests.support.partner_files.scoring import Case, Score
from tests.support.partner_files.truth import GRAINS, expected

FILES: Final = 504
TAUGHT_EVERY: Final = 5
"""Teaching a file once means answering everything; every fifth file is enough for a share."""


@dataclass(slots=True)
class Tally:
    """Cells of one layout."""

    files: int = 0
    wanted: int = 0
    right: int = 0
    known: int = 0
    suggested: int = 0
    wrong: int = 0
    plain_right: int = 0
    plain_wrong: int = 0
    next_wanted: int = 0
    next_right: int = 0
    next_wrong: int = 0
    answers: list[int] = field(default_factory=list)
    wrongly: list[str] = field(default_factory=list)

    def add(self, made: Made, alone: Score, accepted: Score) -> None:
        """Count one file."""
        self.files += 1
        self.wanted += alone.wanted
        self.right += alone.right
        self.known += alone.known
        self.suggested += accepted.right
        self.wrong += alone.wrong
        self.wrongly += [f"{made.choices.layout} {made.choices.seed}: {k}" for k in alone.wrongly]
        self._add_plain(made)

    def _add_plain(self, made: Made) -> None:
        found = imported(made)
        truth = {k: v for grain in GRAINS for k, v in expected(made.truth, grain).items()}
        wanted = expected(made.truth, made.grain).keys() - made.spoiled
        self.plain_right += sum(found.get(key) == truth[key] for key in wanted)
        self.plain_wrong += sum(amount != truth.get(key) for key, amount in found.items())


def run(say: Callable[[str], None], *, files: int = FILES) -> dict[str, Tally]:
    """Tallies by layout."""
    tallies: dict[str, Tally] = {}
    for number, made in enumerate(composed(files)):
        tally = tallies.setdefault(made.choices.layout, Tally())
        case = Case.of(made)
        tally.add(made, case.score(case.reading()), case.score(case.suggested()))
        if number % TAUGHT_EVERY == 0:
            _teach(tally, case)
        if number % 100 == 99:
            say(f"{number + 1} files")
    return tallies


def _teach(tally: Tally, case: Case) -> None:
    """Map this file once; then the next quarter's file of the same office, nothing else said."""
    reading, answers = case.answered()
    after = make(choose(case.made.choices.seed), quarter=1, defect="none")
    following = Case.of(after)
    score = following.score(following.reading(profile=reading.learned))
    tally.answers.append(answers)
    tally.next_wanted += score.wanted
    tally.next_right += score.right
    tally.next_wrong += score.wrong


def rows(tallies: dict[str, Tally]) -> Iterator[list[str]]:
    """Lines of the table, everything together last."""
    for layout, t in [*tallies.items(), ("**together**", together(tallies))]:
        yield [
            layout.replace("_", " "), str(t.files), str(t.wanted), share(t.known, t.wanted),
            share(t.right, t.wanted), share(t.suggested, t.wanted), str(t.wrong),
            share(t.next_right, t.next_wanted),
            str(t.next_wrong), share(t.plain_right, t.wanted), str(t.plain_wrong),
        ]  # fmt: skip


def together(tallies: dict[str, Tally]) -> Tally:
    """All layouts added up."""
    total = Tally()
    for tally in tallies.values():
        for name in Tally.__dataclass_fields__:
            setattr(total, name, getattr(total, name) + getattr(tally, name))
    return total


def share(part: int, whole: int) -> str:
    """``93.2 %``."""
    return f"{100 * part / whole:.1f} %" if whole else "–"
