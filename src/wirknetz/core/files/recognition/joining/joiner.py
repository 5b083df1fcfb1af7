"""From labels to claims: one pass over the numbers of a table, row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from wirknetz.core.files.recognition.geometry.paths import Link, Side, Spot
from wirknetz.core.files.recognition.geometry.tables import Table, dimension_of
from wirknetz.core.files.recognition.joining.against import scale_said, spoken_against
from wirknetz.core.files.recognition.joining.claims import UNKNOWN, Claim, Timing
from wirknetz.core.files.recognition.joining.measures import Named, named_by, options_of
from wirknetz.core.files.recognition.joining.timing import (
    Context,
    period_codes,
    timing_of,
    timing_of_sum,
)
from wirknetz.core.files.words import ASKED, Lexicon, Role, Understood

_INSIDE: Final = (Side.ROW, Side.COLUMN, Side.SECTION)


@dataclass(slots=True)
class Joiner:
    """Joins the labels of all numbers of one table."""

    table: Table
    lexicon: Lexicon
    context: Context
    constant: frozenset[int] = frozenset()
    last: Named = field(default_factory=Named)
    beside: dict[tuple[Side, int], list[Link]] = field(default_factory=dict)
    dimensions: dict[tuple[Side, int], tuple[str, ...]] = field(default_factory=dict)

    def claims(self, spots: Sequence[Spot]) -> Iterator[Claim]:
        """What each number claims to be."""
        self.constant = _constant(spots)
        self.beside = _beside(spots)
        for spot in spots:
            yield self._claim(spot)

    def _claim(self, spot: Spot) -> Claim:
        links = self._links(spot)
        named = named_by(links, self.lexicon)
        by_row = named.by is not None and named.by.side is Side.ROW
        leaning = self._is_bare(spot) or spot.loose or (spot.over_bare and not by_row)
        if not _is_named_in_table(named) and not _names_in_row(spot, named):
            named, leans = self._lean(spot, named, links)
            leaning = leaning or leans
        elif by_row:
            self.last = named
        claim = Claim(
            spot, spot.token.address(self.table.sheet.page.name), named.options, named.by,
            named.key, leaning=leaning, read=spot.token.read,
        )  # fmt: skip
        self._read_parts(claim, links, named)
        near = [link for link in links if link.side in _INSIDE]
        outer = [link for link in links if link.side is Side.TITLE]
        claim.timing = self._over_periods(claim) or timing_of(near, outer, self.context)
        claim.scale = scale_said((*(link.said for link in links), *self.context.top))
        claim.aside, claim.params = spoken_against(claim, links, self.context.page)
        return claim

    def _links(self, spot: Spot) -> list[Link]:
        """The labels that count: not those of a column that says the same in every row."""
        return [
            link
            for link in spot.links
            if link.side is not Side.KEPT
            and not (link.side is Side.ROW and link.level in self.constant and _is_idle(link))
        ]

    def _lean(self, spot: Spot, named: Named, links: Sequence[Link]) -> tuple[Named, bool]:
        """A row that names a category or "davon" belongs to the measure above it."""
        rows = [link for link in links if link.side is Side.ROW]
        speaks = [link for link in rows if _is_part(link.said)]
        if not speaks or len(speaks) < len(rows) or not self.last.options:
            return self._of_page(spot, named)
        same = bool(named.options) and named.options[0].code == self.last.options[0].code
        return (named, False) if same else (self.last, True)

    def _of_page(self, spot: Spot, named: Named) -> tuple[Named, bool]:
        """Without a label of its own a number is what its sheet is named after."""
        if named.options:
            return named, False
        page = self.context.page
        options = options_of(page)
        if options and options[0].sure >= ASKED:
            return Named(options, None, page.key), False
        return _kept(spot), True

    def _is_bare(self, spot: Spot) -> bool:
        """Whether a number lacks the label that the others of its table have."""
        has_rows = any(side is Side.ROW for side, _ in self.beside)
        has_heads = any(side is Side.COLUMN for side, _ in self.beside)
        return (has_rows and not spot.by_row) or (has_heads and not spot.by_column)

    def _over_periods(self, claim: Claim) -> Timing | None:
        """A sum among months is the sum of those months."""
        for link in claim.sums:
            others = self.beside.get((link.side, link.level), [])
            if len([o for o in others if period_codes(o.said)]) > 1:
                return timing_of_sum(others, self.context)
        return None

    def _read_parts(self, claim: Claim, links: Sequence[Link], named: Named) -> None:
        """Categories, sums and labels nobody knows; the nearest label counts."""
        unknown = list(named.against)
        for link in reversed(links):
            self._read_categories(claim, link, unknown)
        for link in links:
            if link.said.meaning(Role.TOTAL):
                claim.sums += (link,)
            elif self._is_strange(link, named) and not self._is_category(claim, link):
                unknown.append(link)
        claim.unknown = tuple(dict.fromkeys(unknown))
        sure = [link.said.sure for link in named.used if link.said.meanings]
        claim.sure = min([*sure, *(o.sure for o in claim.options[:1])], default=0.0)

    def _is_strange(self, link: Link, named: Named) -> bool:
        return link.side in _INSIDE and link not in named.used and self._is_unknown(link)

    def _read_categories(self, claim: Claim, link: Link, unknown: list[Link]) -> None:
        for meaning in link.said.meanings:
            if meaning.role is not Role.CATEGORY:
                continue
            dimension = dimension_of(meaning.code)
            code = meaning.code.removeprefix(dimension).removeprefix("=")
            if claim.parts.setdefault(dimension, code) != code and link.side in _INSIDE:
                unknown.append(link)

    def _is_category(self, claim: Claim, link: Link) -> bool:
        """Whether an unknown label stands among categories, and is one of them nobody knows.

        A label may name one category and leave another open: "divers (k. A.) 18–29".
        """
        if any(meaning.role is not Role.CATEGORY for meaning in link.said.meanings):
            return False
        dimension = headed_dimension(link) or self._dimension_beside(link, claim.parts)
        if not dimension or dimension in claim.parts:
            dimension = self._dimension_narrowed(link)
        if not dimension:
            return False
        claim.parts[dimension] = UNKNOWN + link.said.key
        claim.strange += (link,)
        return True

    def _dimension_narrowed(self, link: Link) -> str:
        """The dimension of a category the label names together with words nobody knows."""
        named = [dimension_of(m.code) for m in link.said.meanings if m.role is Role.CATEGORY]
        self._dimension_beside(link, {})
        beside = self.dimensions[link.side, link.level]
        return next((name for name in named if link.said.rest and name in beside), "")

    def _dimension_beside(self, link: Link, known: Mapping[str, str]) -> str:
        """The first dimension the labels beside this one speak of, and its own number lacks."""
        line = (link.side, link.level)
        if line not in self.dimensions:
            self.dimensions[line] = _dimensions_of(self.beside.get(line, []))
        return next((name for name in self.dimensions[line] if name not in known), "")

    def _is_unknown(self, link: Link) -> bool:
        """Whether a label says something that nobody here knows."""
        said = link.said
        if not said.meanings:
            wordless = said.of_which or not any(sign.isalpha() for sign in said.text)
            return bool(said.rest) or not (wordless or self._is_only_column(link))
        roles = {meaning.role for meaning in said.meanings}
        if Role.MEASURE in roles:
            return not self._is_only_column(link)
        return bool(said.rest) and roles <= {Role.CATEGORY, Role.TOTAL}

    def _is_only_column(self, link: Link) -> bool:
        return link.side is Side.COLUMN and len(self.table.columns.values) == 1


def _constant(spots: Sequence[Spot]) -> frozenset[int]:
    """Columns of labels that say the same beside every number."""
    texts: dict[int, set[str]] = {}
    rows: dict[int, set[int]] = {}
    for spot in spots:
        for link in spot.by_row:
            texts.setdefault(link.level, set()).add(link.token.text)
            rows.setdefault(link.level, set()).add(spot.token.row)
    every = {spot.token.row for spot in spots}
    return frozenset(
        c for c, found in texts.items() if len(found) == 1 and len(every) > 1 and rows[c] == every
    )


def _dimensions_of(links: Sequence[Link]) -> tuple[str, ...]:
    """The dimensions at least every second of some labels speaks of, the commonest first."""
    counted = Counter(
        dimension
        for link in links
        for dimension in {
            dimension_of(m.code) for m in link.said.meanings if m.role is Role.CATEGORY
        }
    )
    return tuple(name for name, times in counted.most_common() if 2 * times >= len(links) - 1)


def _is_idle(link: Link) -> bool:
    return not link.said.meanings


def _beside(spots: Sequence[Spot]) -> dict[tuple[Side, int], list[Link]]:
    """The labels of each line of headings and of each column of labels, every one once."""
    found: dict[tuple[Side, int], list[Link]] = {}
    seen: set[tuple[int, int]] = set()
    for spot in spots:
        for link in (*spot.by_row, *spot.by_column):
            place = (link.token.row, link.token.column)
            if place not in seen:
                seen.add(place)
                found.setdefault((link.side, link.level), []).append(link)
    return found


def _is_named_in_table(named: Named) -> bool:
    return named.sure and named.by is not None and named.by.side in _INSIDE


def _names_in_row(spot: Spot, named: Named) -> bool:
    return named.by is not None and named.by.side is Side.ROW and bool(options_of(named.by.said))


def _is_part(said: Understood) -> bool:
    """Whether a label only says which part: "davon Frauen", "18–29", "darunter"."""
    roles = {meaning.role for meaning in said.meanings}
    return bool(said.of_which and not said.rest) or (bool(roles) and roles <= {Role.CATEGORY})


def _kept(spot: Spot) -> Named:
    """The measure of an earlier title, if nothing nearer names one."""
    for link in reversed([link for link in spot.titles if link.side is Side.KEPT]):
        options = options_of(link.said)
        if options:
            return Named(options, link, link.said.key, (link,))
    return Named()


def headed_dimension(link: Link) -> str:
    """The dimension that heads the column of labels this one stands in."""
    heading = link.stub.said.meaning(Role.HEADING) if link.stub else None
    if heading is None or not heading.code.startswith("dimension:"):
        return ""
    return heading.code.removeprefix("dimension:")
