"""Where tables end: regions of a sheet between empty rows and columns.

Empty rows cut first, then empty columns, and so on inside each piece (the recursive XY cut of
Nagy and Seth, 1984). A piece whose numbers have no labels of their own belongs to the piece on
its left: an empty column stood between labels and numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from wirknetz.core.files.grid import Area
from wirknetz.core.files.recognition.tokens import Sheet, Token


def regions_of(sheet: Sheet) -> list[Area]:
    """The regions of a sheet, from top to bottom and from left to right."""
    found = _cut(list(sheet.tokens.values()), sheet)
    return sorted((_hull(piece) for piece in found), key=lambda a: (a.top, a.left, a.bottom))


def _cut(tokens: Sequence[Token], sheet: Sheet) -> list[Sequence[Token]]:
    bands = _split(tokens, lambda token: (token.row, token.row))
    found: list[Sequence[Token]] = []
    for band in bands:
        pieces = _joined(_split(band, lambda token: _width(token, sheet)))
        if len(pieces) == 1:
            found.append(pieces[0])
            continue
        for piece in pieces:
            found.extend(_cut(piece, sheet))
    return found


def _width(token: Token, sheet: Sheet) -> tuple[int, int]:
    """The columns a token fills: its merged area, unless it is a title over all that is below."""
    area = sheet.reach(token)
    wide = area.right > area.left and len(sheet.rows[token.row]) > 1
    return (area.left, area.right if wide else area.left)


def _split(
    tokens: Iterable[Token], span: Callable[[Token], tuple[int, int]]
) -> list[Sequence[Token]]:
    """Groups of tokens between which nothing stands."""
    groups: list[list[Token]] = []
    end = -1
    for (first, last), token in sorted(
        ((span(token), token) for token in tokens), key=lambda pair: pair[0]
    ):
        if not groups or first > end + 1:
            groups.append([])
        groups[-1].append(token)
        end = max(end, last)
    return [*groups]


def _joined(pieces: list[Sequence[Token]]) -> list[Sequence[Token]]:
    """Pieces without labels of their own put together with what stands left of them."""
    found: list[Sequence[Token]] = []
    for piece in pieces:
        if found and (not _labels_itself(piece) or not _has_values(found[-1])):
            found[-1] = [*found[-1], *piece]
        else:
            found.append(piece)
    return found


def _has_values(piece: Sequence[Token]) -> bool:
    return any(token.is_value for token in piece)


def _labels_itself(piece: Sequence[Token]) -> bool:
    """Whether most rows with numbers have a label left of the first number."""
    first_value: dict[int, int] = {}
    first_label: dict[int, int] = {}
    for token in piece:
        firsts = first_value if token.is_value else first_label
        firsts[token.row] = min(token.column, firsts.get(token.row, token.column))
    if not first_value:
        return False
    labelled = sum(first_label.get(row, column + 1) < column for row, column in first_value.items())
    return 2 * labelled >= len(first_value)


def _hull(tokens: Sequence[Token]) -> Area:
    rows = [token.row for token in tokens]
    columns = [token.column for token in tokens]
    return Area(min(rows), min(columns), max(rows), max(columns))
