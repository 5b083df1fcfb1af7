"""Which measure the labels of a number name: alone, or two of them read together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from wirknetz.core.files.recognition.geometry.paths import Link, Side
from wirknetz.core.files.words import ASKED, Lexicon, Meaning, Role, Understood

_INSIDE: Final = (Side.ROW, Side.COLUMN, Side.SECTION)
_WORTH: Final = 0.25


@dataclass(frozen=True, slots=True)
class Named:
    """The measures a number may be, the likeliest first.

    ``by`` is the label that decides, ``key`` what it is remembered by (two labels read together
    have one key of their own), ``used`` all labels that went into it, ``against`` labels in the
    table that name something else.
    """

    options: tuple[Meaning, ...] = ()
    by: Link | None = None
    key: str = ""
    used: tuple[Link, ...] = ()
    against: tuple[Link, ...] = ()

    @property
    def sure(self) -> bool:
        """Whether it may be taken without asking."""
        return bool(self.options) and self.options[0].sure >= ASKED


def named_by(links: Sequence[Link], lexicon: Lexicon) -> Named:
    """What the labels of one number name; ``links`` from the outermost to the nearest."""
    inside = [link for link in reversed(links) if link.side in _INSIDE]
    titles = [link for link in reversed(links) if link.side is Side.TITLE]
    sure = [link for link in inside if _sure(link)]
    together = _together(inside, titles, lexicon)
    if together and (not sure or together.by in sure or _is_finer(together, sure[0])):
        return together
    if sure:
        return _of_sure(sure, inside)
    weak = [link for link in inside if options_of(link.said)]
    outer = next((link for link in titles if _sure(link)), None)
    if outer is not None:
        return Named(options_of(outer.said), outer, outer.said.key, (outer,), tuple(weak))
    return _of_weak([*weak, *(link for link in titles if options_of(link.said))])


def options_of(said: Understood) -> tuple[Meaning, ...]:
    """All measures a label may mean, the likeliest first."""
    found: dict[str, Meaning] = {}
    for meanings in (said.meanings, *said.others):
        for meaning in meanings:
            if meaning.role is Role.MEASURE:
                found.setdefault(meaning.code, meaning)
    return tuple(found.values())


def _sure(link: Link) -> bool:
    options = options_of(link.said)
    return bool(options) and options[0].sure >= ASKED


def _of_sure(sure: Sequence[Link], inside: Sequence[Link]) -> Named:
    """The nearest label that names a measure; another beside it in the table speaks against."""
    by = sure[0]
    code = options_of(by.said)[0].code
    against = tuple(
        link
        for link in sure[1:]
        if link.side is not Side.SECTION
        and link.side is not by.side
        and options_of(link.said)[0].code != code
    )
    same = tuple(link for link in inside if _names(link, code))
    return Named(options_of(by.said), by, by.said.key, same, against)


def _names(link: Link, code: str) -> bool:
    return any(option.code == code for option in options_of(link.said))


def _of_weak(weak: Sequence[Link]) -> Named:
    worth = [link for link in weak if options_of(link.said)[0].sure >= _WORTH]
    if not worth:
        return Named()
    by = max(worth, key=lambda link: options_of(link.said)[0].sure)
    return Named(options_of(by.said), by, by.said.key, (by,))


def _is_finer(together: Named, alone: Link) -> bool:
    """Together "Übergaben" and "angekommen" name more than "Übergaben" alone."""
    inner = together.used[0]
    nearer = inner.side.value > alone.side.value or (
        inner.side is alone.side and inner.level > alone.level
    )
    return alone in together.used and (nearer or inner.side is Side.COLUMN)


def _together(inside: Sequence[Link], titles: Sequence[Link], lexicon: Lexicon) -> Named | None:
    """Two labels of which neither is enough: "Termine" over "vereinbart"."""
    for inner in inside:
        if _sure(inner) or not options_of(inner.said):
            continue
        for outer in (*inside, *titles):
            if outer is not inner and options_of(outer.said):
                found = _read_together(outer, inner, lexicon)
                if found:
                    return found
    return None


def _read_together(outer: Link, inner: Link, lexicon: Lexicon) -> Named | None:
    for text in _texts(outer.token.text, inner.token.text):
        said = lexicon.understand(text)
        options = options_of(said)
        if options and options[0].sure >= ASKED and not said.rest:
            alone = options_of(outer.said)
            if not (alone and alone[0].sure >= ASKED and alone[0].code == options[0].code):
                return Named(options, inner, said.key, (inner, outer))
    return None


def _texts(outer: str, inner: str) -> Iterator[str]:
    yield f"{outer} {inner}"
    yield f"{inner} {outer}"
