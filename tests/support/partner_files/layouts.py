"""Layouts: the same truth as fourteen offices would lay it out.

Each layout is a function of a :class:`Hand` (who writes, with what words) and returns what it
wrote where. Nothing here knows how files are recognised.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.support.partner_files.sheets import Cell, Draft
from tests.support.partner_files.truth import AGES, BROKEN_DOWN, GENDERS, SINGLE, Truth, dice
from tests.support.partner_files.words import Carrier
from wirknetz.core.values import Period

Place = tuple[int, int, int]
"""Sheet, row, column."""
MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni",
    "Juli", "August", "September", "Oktober", "November", "Dezember",
)  # fmt: skip

LINES = (
    *((m, g, a) for m in BROKEN_DOWN for g in GENDERS for a in AGES),
    *((m, "", "") for m in SINGLE),
)
"""Every number there is: measure, gender, age."""


@dataclass(slots=True)
class Laid:
    """What was written: sheets, and where each target stands. ``grain``: of the parts."""

    drafts: list[Draft]
    grain: str
    places: dict[str, list[Place]] = field(default_factory=dict)
    totals: list[Place] = field(default_factory=list)
    text_only: bool = True
    """Whether a text file can hold it: one sheet, nothing merged, hidden or in two tables."""

    def put(self, target: str, row: int, column: int, value: Cell, *, sheet: int = 0) -> None:
        """Write the amount of a target and remember where."""
        self.drafts[sheet].put(row, column, value)
        self.places.setdefault(target, []).append((sheet, row, column))

    def total(self, row: int, column: int, value: Cell, *, sheet: int = 0) -> None:
        """Write a sum of what stands around it."""
        self.drafts[sheet].put(row, column, value)
        self.totals.append((sheet, row, column))


@dataclass(slots=True)
class Hand:
    """Who writes: the truth, the words, the dice; the dice of the layout stay between quarters."""

    truth: Truth
    carrier: Carrier
    rng: random.Random

    @property
    def period(self) -> Period:
        """The period asked."""
        return self.truth.period

    def start(self, name: str = "", *, titled: bool | None = None) -> tuple[Laid, int, int]:
        """A sheet with or without lines above the table; first free row and column."""
        label = f"Q{self.period.number} {self.period.year}"
        draft = Draft(name or self.rng.choice(("Tabelle1", label, "Meldung", "Statistik")))
        left = self.rng.choice((0, 0, 1))
        top = 0
        if self.rng.random() < 0.7 if titled is None else titled:
            title = self.rng.choice((
                f"Quartalsmeldung {self.period.number}/{self.period.year} – {self.carrier.name}",
                f"{self.carrier.name} – Statistik {self.period.label()}",
                f"Auswertung {self.period.number}. Quartal {self.period.year}",
            ))  # fmt: skip
            draft.put(0, left, title)
            if self.rng.random() < 0.5:
                draft.put(1, left, "Ansprechperson: Sozialdienst, Tel. 0231 000-0")
            top = len(draft.rows) + 1
        return Laid([draft], ""), top, left

    def foot(self, laid: Laid, left: int) -> Laid:
        """A line below everything."""
        if self.rng.random() < 0.4:
            draft = laid.drafts[0]
            draft.put(len(draft.rows) + 1, left, self.rng.choice((
                "* Angaben ohne Gewähr", "Erstellt: Verwaltung, Stand 12.10.2025",
                "Hinweis: vorläufige Zahlen",
            )))  # fmt: skip
        return laid

    def months(self, amount: int, salt: str) -> list[int]:
        """The amount spread over three months, the same way for the same label."""
        same = dice(f"{salt}{amount}")
        first = same.randint(0, amount)
        second = same.randint(0, amount - first)
        return [first, second, amount - first - second]

    def month_names(self) -> list[str]:
        """The names of the months of the period."""
        start = (self.period.number - 1) * 3
        return list(MONTHS[start : start + 3])


def key(measure: str, gender: str = "", age: str = "") -> str:
    """A target's key."""
    parts = [f"age={age}" if age else "", f"gender={gender}" if gender else ""]
    return "|".join([measure, *filter(None, parts)])


def singles(hand: Hand, laid: Laid, row: int, column: int, *, gap: int = 1) -> int:
    """One labelled number per line; the next free row."""
    for measure in SINGLE:
        laid.drafts[0].put(row, column, hand.carrier.measures[measure])
        laid.put(measure, row, column + gap, hand.truth.single[measure])
        row += 1
    return row


def blocks(hand: Hand) -> Laid:
    """A titled block per measure: ages down, genders across, sums at both ends."""
    laid, row, left = hand.start()
    words, merge = hand.carrier, hand.rng.random() < 0.6
    laid.grain, laid.text_only = "age,gender", not merge
    for measure in BROKEN_DOWN:
        laid.drafts[0].put(row, left, words.measures[measure])
        if merge:
            laid.drafts[0].merged.append((row, left, row, left + 4))
        header = [words.heading_age, *(words.genders[g] for g in GENDERS), words.total]
        for i, text in enumerate(header):
            laid.drafts[0].put(row + 1, left + i, text)
        for i, age in enumerate(AGES, 2):
            laid.drafts[0].put(row + i, left, words.ages[age])
            for j, gender in enumerate(GENDERS, 1):
                laid.put(
                    key(measure, gender, age),
                    row + i,
                    left + j,
                    hand.truth.by(measure, gender, age),
                )
            laid.total(row + i, left + 4, hand.truth.by(measure, "", age))
        laid.drafts[0].put(row + 5, left, words.grand_total)
        for j, gender in enumerate(GENDERS, 1):
            laid.total(row + 5, left + j, hand.truth.by(measure, gender))
        laid.total(row + 5, left + 4, hand.truth.by(measure))
        row += 7
    singles(hand, laid, row, left)
    return hand.foot(laid, left)


def long_list(hand: Hand) -> Laid:
    """One line per number with the period beside it, as a program exports it."""
    laid, row, left = hand.start(titled=False)
    words, laid.grain = hand.carrier, "age,gender"
    period = hand.rng.choice(("Q{n}/{y}", "{y}Q{n}", "{n}. Quartal {y}")).format(
        n=hand.period.number, y=hand.period.year
    )
    whose = hand.rng.random() < 0.5
    header = [words.heading_organisation] * whose + [
        words.heading_period, words.heading_measure, words.heading_gender, words.heading_age,
        words.heading_amount,
    ]  # fmt: skip
    laid.drafts[0].add(*header, at=left)
    for measure, gender, age in LINES:
        row += 1
        texts = [words.name] * whose + [
            period, words.measures[measure], words.genders.get(gender), words.ages.get(age),
        ]  # fmt: skip
        for i, text in enumerate(texts):
            if text is not None:
                laid.drafts[0].put(row, left + i, text)
        amount = hand.truth.by(measure, gender, age) if gender else hand.truth.single[measure]
        laid.put(key(measure, gender, age), row, left + len(texts), amount)
    return laid


def months_across(hand: Hand, *, quarter: bool | None = None) -> Laid:
    """Months as columns, with or without the quarter beside them; last quarter on a sheet."""
    laid, row, left = hand.start(f"{hand.period.number}. Quartal {hand.period.year}")
    words, laid.grain = hand.carrier, "age,gender"
    whole = hand.rng.random() < 0.6 if quarter is None else quarter
    header = [words.heading_measure, words.heading_gender, words.heading_age, *hand.month_names()]
    for i, text in enumerate([*header, *(["Quartal"] if whole else [])]):
        laid.drafts[0].put(row, left + i, text)
    for measure, gender, age in LINES:
        row += 1
        _labels(hand, laid, row, left, (measure, gender, age))
        _month_cells(hand, laid, row, left + 3, (measure, gender, age), whole=whole)
    if hand.rng.random() < 0.5:
        laid.drafts.append(_older(laid.drafts[0]))
        laid.text_only = False
    return laid


def _labels(hand: Hand, laid: Laid, row: int, left: int, line: tuple[str, str, str]) -> None:
    words, (measure, gender, age) = hand.carrier, line
    for i, text in enumerate(
        (words.measures[measure], words.genders.get(gender), words.ages.get(age))
    ):
        if text is not None:
            laid.drafts[0].put(row, left + i, text)


def _month_cells(
    hand: Hand, laid: Laid, row: int, column: int, line: tuple[str, str, str], *, whole: bool
) -> None:
    measure, gender, age = line
    amount = hand.truth.by(measure, gender, age) if gender else hand.truth.single[measure]
    spread = hand.months(amount, measure + gender + age)
    if measure == "laufend":
        spread = [amount + 3, amount + 1, amount]
    for i, part in enumerate(spread):
        laid.drafts[0].put(row, column + i, part)
    if whole:
        laid.put(key(measure, gender, age), row, column + 3, amount)
    else:
        first = 2 if measure == "laufend" else 0
        laid.places[key(measure, gender, age)] = [(0, row, column + i) for i in range(first, 3)]


def _older(draft: Draft) -> Draft:
    """Last quarter's sheet, as it was copied for this one."""
    rows: list[list[Cell]] = [
        [value + 7 if isinstance(value, int) else value for value in line] for line in draft.rows
    ]
    return Draft("Vorquartal", rows)


def combined_heads(hand: Hand) -> Laid:
    """Measures down, every gender and age across in one heading of two lines."""
    laid, row, left = hand.start(titled=False)
    words, laid.grain = hand.carrier, "age,gender"
    glue = hand.rng.choice(("\n", " ", ", "))
    laid.drafts[0].put(row, left, words.heading_measure)
    columns = [(g, a) for g in GENDERS for a in AGES]
    for i, (gender, age) in enumerate(columns, 1):
        laid.drafts[0].put(row, left + i, f"{words.genders[gender]}{glue}{words.ages[age]}")
    last = left + len(columns) + 1
    laid.drafts[0].put(row, last, words.grand_total)
    for measure in (*BROKEN_DOWN, *SINGLE):
        row += 1
        laid.drafts[0].put(row, left, words.measures[measure])
        if measure in SINGLE:
            laid.put(measure, row, last, hand.truth.single[measure])
            continue
        for i, (gender, age) in enumerate(columns, 1):
            laid.put(key(measure, gender, age), row, left + i, hand.truth.by(measure, gender, age))
        laid.total(row, last, hand.truth.by(measure))
    return hand.foot(laid, left)


def two_line_heads(hand: Hand) -> Laid:
    """Genders merged over their ages, a sum after each gender."""
    laid, row, left = hand.start()
    words, laid.grain, laid.text_only = hand.carrier, "age,gender", False
    sums = hand.rng.random() < 0.5
    width = len(AGES) + sums
    laid.drafts[0].put(row + 1, left, words.heading_measure)
    for i, gender in enumerate(GENDERS):
        start = left + 1 + i * width
        laid.drafts[0].put(row, start, words.genders[gender])
        laid.drafts[0].merged.append((row, start, row, start + width - 1))
        for j, text in enumerate(
            [*(words.ages[a] for a in AGES), *([words.total] if sums else [])]
        ):
            laid.drafts[0].put(row + 1, start + j, text)
    for line, measure in enumerate(BROKEN_DOWN, row + 2):
        laid.drafts[0].put(line, left, words.measures[measure])
        for i, gender in enumerate(GENDERS):
            start = left + 1 + i * width
            for j, age in enumerate(AGES):
                laid.put(
                    key(measure, gender, age), line, start + j, hand.truth.by(measure, gender, age)
                )
            if sums:
                laid.total(line, start + len(AGES), hand.truth.by(measure, gender))
    singles(hand, laid, row + 3 + len(BROKEN_DOWN), left)
    return hand.foot(laid, left)


def side_by_side(hand: Hand) -> Laid:
    """Gender only, and a second small table beside the first; a hidden column of one's own."""
    laid, row, left = hand.start()
    words, laid.grain, laid.text_only = hand.carrier, "gender", False
    hide = hand.rng.random() < 0.5
    shift = 1 if hide else 0
    header = [
        words.heading_measure,
        *(["intern"] if hide else []),
        *(words.genders[g] for g in GENDERS),
    ]
    for i, text in enumerate(header):
        laid.drafts[0].put(row, left + i, text)
    for line, measure in enumerate(BROKEN_DOWN, row + 1):
        laid.drafts[0].put(line, left, words.measures[measure])
        if hide:
            laid.drafts[0].put(line, left + 1, 999)
        for j, gender in enumerate(GENDERS, 1):
            laid.put(key(measure, gender), line, left + shift + j, hand.truth.by(measure, gender))
    if hide:
        laid.drafts[0].hidden_columns.add(left + 1)
    right = left + shift + 6
    laid.drafts[0].put(row, right, "Sonstiges")
    laid.drafts[0].put(row, right + 1, words.heading_amount)
    singles(hand, laid, row + 1, right)
    return laid


def measures_across(hand: Hand) -> Laid:
    """Gender and age down, measures across; labels not repeated; sub-totals after each gender."""
    laid, row, left = hand.start()
    words, laid.grain = hand.carrier, "age,gender"
    subtotals, repeat = hand.rng.random() < 0.6, hand.rng.random() < 0.4
    header = [words.heading_gender, words.heading_age, *(words.measures[m] for m in BROKEN_DOWN)]
    for i, text in enumerate(header):
        laid.drafts[0].put(row, left + i, text)
    for gender in GENDERS:
        for i, age in enumerate(AGES):
            row += 1
            if i == 0 or repeat:
                laid.drafts[0].put(row, left, words.genders[gender])
            laid.drafts[0].put(row, left + 1, words.ages[age])
            for j, m in enumerate(BROKEN_DOWN, 2):
                laid.put(key(m, gender, age), row, left + j, hand.truth.by(m, gender, age))
        if subtotals:
            row += 1
            _sum_line(hand, laid, row, left, gender)
    _sum_line(hand, laid, row + 1, left, "")
    singles(hand, laid, row + 3, left, gap=2)
    return hand.foot(laid, left)


def _sum_line(hand: Hand, laid: Laid, row: int, left: int, gender: str) -> None:
    words = hand.carrier
    label = f"{words.total} {words.genders[gender]}" if gender else words.grand_total
    laid.drafts[0].put(row, left, label)
    for j, measure in enumerate(BROKEN_DOWN, 2):
        laid.total(row, left + j, hand.truth.by(measure, gender))


def pivot(hand: Hand) -> Laid:
    """Measure, gender and age down, each named once; one column of numbers."""
    laid, row, left = hand.start(titled=False)
    words, laid.grain = hand.carrier, "age,gender"
    header = [words.heading_measure, words.heading_gender, words.heading_age, words.heading_amount]
    for i, text in enumerate(header):
        laid.drafts[0].put(row, left + i, text)
    for measure in BROKEN_DOWN:
        for i, gender in enumerate(GENDERS):
            for j, age in enumerate(AGES):
                row += 1
                if i == j == 0:
                    laid.drafts[0].put(row, left, words.measures[measure])
                if j == 0:
                    laid.drafts[0].put(row, left + 1, words.genders[gender])
                laid.drafts[0].put(row, left + 2, words.ages[age])
                laid.put(
                    key(measure, gender, age), row, left + 3, hand.truth.by(measure, gender, age)
                )
        row += 1
        laid.drafts[0].put(row, left, f"{words.total} {words.measures[measure]}")
        laid.total(row, left + 3, hand.truth.by(measure))
    singles(hand, laid, row + 1, left, gap=3)
    return laid


def one_by_one(hand: Hand) -> Laid:
    """Totals only: a label and its number, nothing else."""
    laid, row, left = hand.start()
    for measure in (*BROKEN_DOWN, *SINGLE):
        laid.drafts[0].put(row, left, hand.carrier.measures[measure])
        laid.put(measure, row, left + 1, hand.truth.total(measure))
        row += 1 + (hand.rng.random() < 0.2)
    return hand.foot(laid, left)


def with_last_quarter(hand: Hand) -> Laid:
    """Totals of last quarter and of this one side by side."""
    laid, row, left = hand.start()
    before = hand.period.shift(-1)
    for i, text in enumerate((
        hand.carrier.heading_measure, f"Q{before.number} {before.year}",
        f"Q{hand.period.number} {hand.period.year}",
    )):  # fmt: skip
        laid.drafts[0].put(row, left + i, text)
    for line, measure in enumerate((*BROKEN_DOWN, *SINGLE), row + 1):
        amount = hand.truth.total(measure)
        laid.drafts[0].put(line, left, hand.carrier.measures[measure])
        laid.drafts[0].put(line, left + 1, max(0, amount + dice(measure).randint(-9, 9)))
        laid.put(measure, line, left + 2, amount)
    return hand.foot(laid, left)


def with_plan(hand: Hand) -> Laid:
    """Planned, achieved and their ratio."""
    laid, row, left = hand.start()
    for i, text in enumerate((hand.carrier.heading_measure, "Soll", "Ist", "Erreicht in %")):
        laid.drafts[0].put(row, left + i, text)
    for line, measure in enumerate((*BROKEN_DOWN, *SINGLE), row + 1):
        amount = hand.truth.total(measure)
        plan = round(amount, -1) + 10
        laid.drafts[0].put(line, left, hand.carrier.measures[measure])
        laid.drafts[0].put(line, left + 1, plan)
        laid.put(measure, line, left + 2, amount)
        laid.drafts[0].put(line, left + 3, round(amount / plan, 3))
        laid.drafts[0].percent.add((line, left + 3))
    return laid


def of_which(hand: Hand) -> Laid:
    """A total and below it "davon" by gender."""
    laid, row, left = hand.start()
    words, laid.grain = hand.carrier, "gender"
    prefix = hand.rng.choice(("davon ", "– ", "darunter "))
    for measure in BROKEN_DOWN:
        laid.drafts[0].put(row, left, words.measures[measure])
        laid.total(row, left + 1, hand.truth.by(measure))
        for i, gender in enumerate(GENDERS, 1):
            laid.drafts[0].put(row + i, left, prefix + words.genders[gender])
            laid.put(key(measure, gender), row + i, left + 1, hand.truth.by(measure, gender))
        row += len(GENDERS) + 1
    singles(hand, laid, row, left)
    return hand.foot(laid, left)


def month_sheets(hand: Hand) -> Laid:
    """A sheet per month; a stock is that of the last one."""
    names = hand.month_names()
    laid = Laid([Draft(name) for name in names], "gender", text_only=False)
    words = hand.carrier
    header = (words.heading_measure, *(words.genders[g] for g in GENDERS), words.total)
    for draft in laid.drafts:
        for i, text in enumerate(header):
            draft.put(0, i, text)
    for row, measure in enumerate((*BROKEN_DOWN, *SINGLE), 1):
        for draft in laid.drafts:
            draft.put(row, 0, words.measures[measure])
        (_single_months if measure in SINGLE else _gender_months)(hand, laid, row, measure)
    return laid


def _single_months(hand: Hand, laid: Laid, row: int, measure: str) -> None:
    amount = hand.truth.single[measure]
    stock = [amount + 2, amount + 1, amount]
    spread = stock if measure == "laufend" else hand.months(amount, measure)
    for sheet, part in enumerate(spread):
        laid.put(measure, row, 4, part, sheet=sheet)


def _gender_months(hand: Hand, laid: Laid, row: int, measure: str) -> None:
    spreads = {g: hand.months(hand.truth.by(measure, g), measure + g) for g in GENDERS}
    for sheet in range(len(laid.drafts)):
        for j, gender in enumerate(GENDERS, 1):
            laid.put(key(measure, gender), row, j, spreads[gender][sheet], sheet=sheet)
        laid.total(row, 4, sum(spreads[g][sheet] for g in GENDERS), sheet=sheet)


def finer_ages(hand: Hand) -> Laid:
    """Ages in narrower bands than asked, which add up to those asked."""
    laid, row, left = hand.start()
    words, laid.grain = hand.carrier, "age"
    bands = {"18-29": ("18-24", "25-29"), "30-49": ("30-39", "40-49"), "50+": ("50-59", "60+")}
    header = [
        words.heading_measure,
        *(b for pair in bands.values() for b in pair),
        words.grand_total,
    ]
    for i, text in enumerate(header):
        laid.drafts[0].put(row, left + i, f"{text} Jahre" if text[:1].isdigit() else text)
    for line, measure in enumerate(BROKEN_DOWN, row + 1):
        laid.drafts[0].put(line, left, words.measures[measure])
        for i, age in enumerate(bands):
            amount = hand.truth.by(measure, "", age)
            part = dice(f"{measure}{age}{amount}").randint(0, amount)
            laid.put(key(measure, "", age), line, left + 1 + 2 * i, part)
            laid.put(key(measure, "", age), line, left + 2 + 2 * i, amount - part)
        laid.total(line, left + 7, hand.truth.by(measure))
    singles(hand, laid, row + 5, left)
    return hand.foot(laid, left)


LAYOUTS: dict[str, Callable[[Hand], Laid]] = {
    f.__name__: f
    for f in (
        blocks, long_list, months_across, combined_heads, two_line_heads, side_by_side,
        measures_across, pivot, one_by_one, with_last_quarter, with_plan, of_which, month_sheets,
        finer_ages,
    )
}  # fmt: skip
