"""Files composed of independent choices: whose words, which layout, which kind, which defect."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tests.support.partner_files.layouts import LAYOUTS, Hand, Laid
from tests.support.partner_files.sheets import NumberStyle, to_ods, to_text, to_xlsx
from tests.support.partner_files.truth import Truth, dice, invent
from tests.support.partner_files.words import CARRIERS, Carrier
from wirknetz.core.files.grid import Address
from wirknetz.core.values import Period

STYLES = {
    "plain": NumberStyle(),
    "point": NumberStyle(thousands=".", as_text=True),
    "space": NumberStyle(thousands=" ", as_text=True),
    "quote": NumberStyle(thousands="'", as_text=True),
    "comma": NumberStyle(thousands=".", decimal=",", decimals=2, as_text=True),
    "english": NumberStyle(thousands=",", decimal=".", decimals=2, as_text=True),
}
ENCODINGS = ("utf-8-sig", "utf-8", "cp1252", "utf-16", "cp850")
DELIMITERS = {";": "csv", "\t": "tsv", ",": "csv", "|": "txt"}
DEFECTS = (
    "none", "none", "none", "remark", "footnote", "unit", "below", "about", "dash", "empty",
    "no_answer", "wrong_sum", "tenfold", "negative", "swapped", "fraction", "other_period",
)  # fmt: skip
"""``none`` more often: most files have nothing wrong."""


@dataclass(frozen=True, slots=True)
class Choices:
    """How a file is made; the same choices make next quarter's file of the same office."""

    layout: str
    carrier: Carrier
    kind: str
    style: str
    defect: str
    encoding: str
    delimiter: str
    seed: int


@dataclass(frozen=True, slots=True)
class Made:
    """A file with its truth. ``spoiled`` are targets whose number in the file is not true."""

    name: str
    content: bytes
    truth: Truth
    before: Truth
    grain: str
    spoiled: frozenset[str]
    choices: Choices
    places: Mapping[str, tuple[Address, ...]]
    """Where each target stands in the file."""


def choose(seed: int) -> Choices:
    """The choices of one file; every combination comes up sooner or later."""
    rng = dice(seed)
    layouts = list(LAYOUTS)
    return Choices(
        layout=layouts[seed % len(layouts)],
        carrier=CARRIERS[seed // len(layouts) % len(CARRIERS)],
        kind=rng.choice(("xlsx", "xlsx", "ods", "text")),
        style=rng.choice(list(STYLES)),
        defect=rng.choice(DEFECTS),
        encoding=rng.choice(ENCODINGS),
        delimiter=rng.choice(list(DELIMITERS)),
        seed=seed,
    )


def make(choices: Choices, *, quarter: int = 0, defect: str | None = None) -> Made:
    """The file of a quarter (0: the first; 1: the next, in the same layout)."""
    period = Period.parse("2025Q3").shift(quarter)
    before = invent(dice(f"{choices.seed}-{quarter - 1}"), period.shift(-1), size=_size(choices))
    truth = _near(before, period, dice(f"{choices.seed}-{quarter}"))
    laid = LAYOUTS[choices.layout](Hand(truth, choices.carrier, dice(choices.seed)))
    spoiled = _spoil(laid, choices, defect or choices.defect, dice(f"{choices.seed}!{quarter}"))
    name, content = _bytes(laid, choices, period)
    places = {
        target: tuple(Address(laid.drafts[sheet].name, row, column) for sheet, row, column in found)
        for target, found in laid.places.items()
    }
    return Made(name, content, truth, before, laid.grain, spoiled, choices, places)


def composed(number: int, *, start: int = 0) -> Iterator[Made]:
    """So many different files."""
    return (make(choose(seed)) for seed in range(start, start + number))


def _size(choices: Choices) -> float:
    return dice(choices.carrier.name).choice((0.5, 1, 2))


def _near(before: Truth, period: Period, rng: random.Random) -> Truth:
    """Amounts near those of the quarter before, as they are in life."""
    truth = Truth(period)
    for measure, whole in (("begonnen", None), ("beendet", "begonnen"), ("integriert", "beendet")):
        truth.cells[measure] = {
            place: _moved(amount, rng, truth.cells[whole][place] if whole else None)
            for place, amount in before.cells[measure].items()
        }
    parts = {"termine_wahrgenommen": "termine_vereinbart", "uebergaben_angekommen": "uebergaben"}
    for measure, amount in before.single.items():
        whole = truth.single.get(parts.get(measure, ""))
        truth.single[measure] = _moved(amount, rng, whole)
    return truth


def _moved(amount: int, rng: random.Random, most: int | None) -> int:
    moved = max(0, round(amount * rng.uniform(0.75, 1.3)) + rng.randint(-1, 1))
    return min(moved, most) if most is not None else moved


def _spoil(laid: Laid, choices: Choices, defect: str, rng: random.Random) -> frozenset[str]:
    """Write one thing as offices do; returns targets whose number is no longer the truth."""
    if defect == "none":
        return frozenset()
    if defect == "wrong_sum":
        return _wrong_sum(laid, rng)
    if defect == "other_period":
        return _other_period(laid, choices)
    alone = sorted(_candidates(laid, defect))
    if not alone:
        return frozenset()
    target = rng.choice(alone)
    sheet, row, column = place = laid.places[target][0]
    amount = _amount(laid, place)
    if amount is None:
        return frozenset()
    written, spoils = _written(defect, amount, rng)
    laid.drafts[sheet].put(row, column, written)
    return frozenset({target}) if spoils else frozenset()


def _candidates(laid: Laid, defect: str) -> set[str]:
    """Targets whose number could be noticed: by a sum, or by the organisation's own history."""
    alone = {
        target
        for target, places in laid.places.items()
        if len(places) == 1 and _amount(laid, places[0]) is not None
    }
    if defect == "swapped":
        return {t for t in alone if "|" in t} if laid.totals else set()
    if defect == "tenfold" and not laid.totals:
        return {t for t in alone if "|" not in t}
    return alone


def _amount(laid: Laid, place: tuple[int, int, int]) -> int | None:
    sheet, row, column = place
    value = laid.drafts[sheet].rows[row][column]
    return value if isinstance(value, int) else None


def _written(defect: str, amount: int, rng: random.Random) -> tuple[str | int | float | None, bool]:
    """What stands there instead, and whether it may not be taken for the number."""
    style = NumberStyle(thousands=".")
    return {
        "remark": (f"{style.text(amount)} (vorläufig)", False),
        "footnote": (f"{style.text(amount)}*", False),
        "unit": (f"{style.text(amount)} TN", False),
        "below": (f"< {amount + 1}", True),
        "about": (f"ca. {amount + 2}", True),
        "dash": ("–", amount != 0),
        "empty": (None, True),
        "no_answer": ("k. A.", True),
        "tenfold": (amount * 10 if amount > 5 else 10**9, True),
        "negative": (-amount - 1, True),
        "swapped": (_swapped(amount), _swapped(amount) != amount),
        "fraction": (amount + 0.5, True),
    }[defect]


def _swapped(amount: int) -> int:
    """Two digits the wrong way round, the mistake of retyping."""
    text = str(amount)
    return int(text[:-2] + text[-1] + text[-2]) if len(text) > 1 else amount


def _wrong_sum(laid: Laid, rng: random.Random) -> frozenset[str]:
    if not laid.totals:
        return frozenset()
    sheet, row, column = rng.choice(laid.totals)
    value = laid.drafts[sheet].rows[row][column]
    laid.drafts[sheet].put(row, column, (value if isinstance(value, int) else 0) + 1)
    return frozenset()


def _other_period(laid: Laid, choices: Choices) -> frozenset[str]:
    """The file of another quarter, sent by mistake: nothing in it may be taken."""
    changed = False
    for draft in laid.drafts[:1]:
        for line in draft.rows:
            for i, value in enumerate(line):
                if (
                    isinstance(value, str)
                    and "2025" in value
                    and choices.layout != "with_last_quarter"
                ):
                    line[i] = value.replace("2025", "2023")
                    changed = True
        if "2025" in draft.name:
            draft.name = draft.name.replace("2025", "2023")
            changed = True
    return frozenset(laid.places) if changed else frozenset()


def _bytes(laid: Laid, choices: Choices, period: Period) -> tuple[str, bytes]:
    stem, style = f"meldung-{period.code}", STYLES[choices.style]
    if choices.kind == "text" and laid.text_only:
        style = NumberStyle(style.thousands, style.decimal, style.decimals, as_text=True)
        if choices.delimiter == "," and "," in style.decimal + style.thousands:
            style = NumberStyle(as_text=True)
        encoding = choices.encoding
        content = to_text(laid.drafts[0], style, delimiter=choices.delimiter, encoding=encoding)
        return f"{stem}.{DELIMITERS[choices.delimiter]}", content
    if choices.kind == "ods":
        return f"{stem}.ods", to_ods(laid.drafts, style)
    return f"{stem}.xlsx", to_xlsx(laid.drafts, style)
