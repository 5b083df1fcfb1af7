"""What a plain importer reaches: one header row, known synonyms, one table on the first sheet.

It is generous where it can be: its synonyms are exactly the words of the offices that made the
files, and it finds the header row by itself. It looks at nothing else.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any, Final

import pandas as pd

from tests.support.partner_files.compose import Made
from tests.support.partner_files.words import CARRIERS

ENGINES: Final = {"xlsx": "openpyxl", "ods": "odf"}
_LEAST: Final = 2


def _synonyms() -> dict[str, tuple[str, str]]:
    known: dict[str, tuple[str, str]] = {}
    for carrier in CARRIERS:
        for role, words in (
            ("measure", carrier.measures), ("gender", carrier.genders), ("age", carrier.ages),
        ):  # fmt: skip
            known |= {text.casefold(): (role, code) for code, text in words.items()}
        for role, heading in (
            ("measure?", carrier.heading_measure), ("gender?", carrier.heading_gender),
            ("age?", carrier.heading_age), ("amount", carrier.heading_amount),
        ):  # fmt: skip
            known.setdefault(heading.casefold(), (role, ""))
    return known


KNOWN: Final[Mapping[str, tuple[str, str]]] = _synonyms()


def imported(made: Made) -> dict[str, float]:
    """Amounts by target key, as far as the importer understands the file."""
    try:
        frame = _frame(made)
    except (ValueError, UnicodeError, pd.errors.ParserError):
        return {}
    rows = [[_meaning(value) for value in line] for line in frame.itertuples(index=False)]
    header = next((i for i, r in enumerate(rows) if sum(m is not None for m in r) >= _LEAST), None)
    if header is None:
        return {}
    return dict(_cells(frame, rows, header))


def _frame(made: Made) -> pd.DataFrame:
    ending = made.name.rpartition(".")[2]
    if ending in ENGINES:
        return pd.read_excel(io.BytesIO(made.content), header=None, engine=ENGINES[ending])  # type: ignore[arg-type]
    for encoding in ("utf-8", "cp1252"):
        try:
            return pd.read_csv(
                io.BytesIO(made.content), header=None, sep=None, engine="python", dtype=str,
                encoding=encoding,
            )  # fmt: skip
        except UnicodeError:
            continue
    return pd.DataFrame()


def _meaning(value: Any) -> tuple[str, str] | None:
    return KNOWN.get(value.strip().casefold()) if isinstance(value, str) else None


def _cells(
    frame: pd.DataFrame, rows: list[list[tuple[str, str] | None]], header: int
) -> Iterator[tuple[str, float]]:
    heads = rows[header]
    for i in range(header + 1, len(rows)):
        said = dict(m for m in rows[i] if m is not None)
        for j, head in enumerate(heads):
            amount = _number(frame.iat[i, j])
            if amount is None or head is None or head[0].endswith("?"):
                continue
            place = said | ({head[0]: head[1]} if head[0] != "amount" else {})
            if "measure" in place:
                parts = [f"{d}={place[d]}" for d in ("age", "gender") if d in place]
                yield "|".join([place["measure"], *parts]), amount


def _number(value: Any) -> float | None:
    if isinstance(value, str):
        text = value.strip()
        if "," in text:  # the German way
            text = text.replace(".", "").replace(",", ".")
        try:
            return float(text)
        except ValueError:
            return None
    return None if pd.isna(value) else float(value)
