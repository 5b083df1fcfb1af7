"""One place of the file that the person points at: what stands there, what she may say of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from wirknetz.core.files.grid import GridCell, Page, column_name, parse_a1
from wirknetz.core.files.recognition.model import About, Mark, MarkKind
from wirknetz.core.files.words.keys import label_key
from wirknetz.measurement.queries.files.looking import Looking
from wirknetz.measurement.queries.files.words import aside_at, cell_words, mark_words

LABELS = frozenset({MarkKind.LABEL, MarkKind.UNKNOWN_LABEL})


@dataclass(frozen=True, slots=True)
class Scope:
    """What is spoken of: ``value`` is what the form sends."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Offered:
    """A dimension with the categories that may be chosen, and which one stands there now."""

    code: str
    name: str
    options: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A cell, a row or a column that is pointed at."""

    page: Page
    place: str
    title: str
    text: str
    words: str
    scopes: tuple[Scope, ...]
    is_label: bool
    measure: str = ""
    dimensions: tuple[Offered, ...] = ()


def point_at(looking: Looking, page: Page, place: str) -> Point | None:
    """What may be said of ``C7``, the row ``7`` or the column ``C``; None for anything else."""
    row, column = _place(place)
    if row is None and column is None:
        return None
    key = looking.reading.page_keys.get(page.name, page.name)
    if row is not None and column is not None:
        return _cell(looking, page, key, row, column)
    if row is not None:
        label = _("Zeile %(number)s") % {"number": row + 1}
        scope = Scope(f"{About.ROW}|{key}!{row + 1}", _("Diese ganze Zeile"))
    else:
        name = column_name(column or 0)
        label = _("Spalte %(name)s") % {"name": name}
        scope = Scope(f"{About.COLUMN}|{key}!{name}", _("Diese ganze Spalte"))
    offered = _offered(looking, None)
    return Point(page, place, label, "", "", (scope,), is_label=False, dimensions=offered)


def _place(text: str) -> tuple[int | None, int | None]:
    """Row and column from 0; None where the text does not name one."""
    try:
        if text.isdecimal() and 0 < int(text) < 10_000_000:
            return int(text) - 1, None
        if text.isalpha():
            return None, parse_a1(f"{text}1")[1]
        return parse_a1(text)
    except ValueError:
        return None, None


def _cell(looking: Looking, page: Page, key: str, row: int, column: int) -> Point | None:
    address, cell = page.address(row, column), page.cell(row, column)
    mark = looking.reading.marks.get(address)
    if cell is None:
        return None
    is_label = _is_label(mark, cell)
    aside = aside_at(looking.reading, address, mark) if mark else None
    return Point(
        page=page,
        place=address.a1,
        title=_("Zelle %(cell)s") % {"cell": address.a1},
        text=cell_words(cell)[:200],
        words=mark_words(mark, looking.names, aside) if mark else "",
        scopes=tuple(_scopes(mark, cell, key, row, column, is_label=is_label)),
        is_label=is_label,
        measure=_measure(mark),
        dimensions=_offered(looking, mark),
    )


def _is_label(mark: Mark | None, cell: GridCell) -> bool:
    if mark is not None and mark.kind in LABELS:
        return True
    return (mark is None or mark.target is None) and isinstance(cell.content, str)


def _scopes(
    mark: Mark | None, cell: GridCell, key: str, row: int, column: int, *, is_label: bool
) -> Iterator[Scope]:
    a1, name = f"{column_name(column)}{row + 1}", column_name(column)
    if is_label:
        label = mark.label.key if mark and mark.label else label_key(cell.text)
        if label:
            words = _("Überall, wo „%(text)s“ steht") % {"text": cell.text[:60]}
            yield Scope(f"{About.LABEL}|{label}", words)
        yield Scope(f"{About.PLACE}|{key}!{a1}", _("Nur hier, in Zelle %(cell)s") % {"cell": a1})
    else:
        yield Scope(f"{About.CELL}|{key}!{a1}", _("Nur diese Zahl, Zelle %(cell)s") % {"cell": a1})
    yield Scope(f"{About.ROW}|{key}!{row + 1}", _("Die ganze Zeile %(row)s") % {"row": row + 1})
    yield Scope(f"{About.COLUMN}|{key}!{name}", _("Die ganze Spalte %(name)s") % {"name": name})


def _measure(mark: Mark | None) -> str:
    return mark.target.measure if mark and mark.target else ""


def _offered(looking: Looking, mark: Mark | None) -> tuple[Offered, ...]:
    """The dimensions by which anything is asked."""
    asked = looking.page.dossier.asked
    used = {name for measure in asked.measures.values() for name in measure.grain.split(",")}
    now = set(mark.target.cell.items if mark and mark.target else ())
    return tuple(
        Offered(d.code, d.name, tuple((c.code, c.name, (d.code, c.code) in now) for c in d.offered))
        for d in asked.dimensions.values()
        if d.code in used
    )
