"""Thousand and decimal signs, by evidence of a column, then the sheet, then the file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from wirknetz.core.files.recognition.tokens import Kind, Sheet, Token
from wirknetz.core.files.words import NumberRead, Style, read_number, style_of


@dataclass(slots=True)
class Styles:
    """The evidence of one file. ``told`` is what the person said, by page key."""

    whole: bool
    told: dict[str, Style] = field(default_factory=dict)
    columns: dict[tuple[str, int], Style | None] = field(default_factory=dict)
    pages: dict[str, Style | None] = field(default_factory=dict)
    book: Style | None = None

    @classmethod
    def of(cls, sheets: Iterable[Sheet], *, whole: bool, told: dict[str, Style]) -> Styles:
        """Weigh all numbers that were typed as text."""
        styles = cls(whole, told)
        every: list[str] = []
        for sheet in sheets:
            by_column: dict[int, list[str]] = {}
            for token in sheet.tokens.values():
                if _typed(token):
                    by_column.setdefault(token.column, []).append(token.text)
            for column, texts in by_column.items():
                styles.columns[sheet.page.name, column] = style_of(texts, whole=whole)
            texts = [text for found in by_column.values() for text in found]
            styles.pages[sheet.page.name] = style_of(texts, whole=whole)
            every += texts
        styles.book = style_of(every, whole=whole)
        return styles

    def read(self, token: Token, sheet: Sheet, *, whole: bool) -> NumberRead:
        """A value in the light of the evidence."""
        if not isinstance(token.cell.content, str):
            return token.read
        return read_number(token.text, self.style(token, sheet), whole=whole)

    def read_as(self, token: Token, style: Style) -> str:
        """What a number is in one of the two styles, as plain text."""
        return read_number(token.text, style).amount or token.text

    def style(self, token: Token, sheet: Sheet) -> Style | None:
        """The signs that hold for one cell."""
        return (
            self.told.get(sheet.key)
            or self.columns.get((sheet.page.name, token.column))
            or self.pages.get(sheet.page.name)
            or self.book
        )


def _typed(token: Token) -> bool:
    return isinstance(token.cell.content, str) and token.kind in (Kind.NUMBER, Kind.PERCENT)
