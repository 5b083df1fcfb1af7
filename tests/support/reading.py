"""What a person reads on a page, and in which language it is.

`texts(html)` gives every piece of text a person sees or hears: what stands between tags, and the
attributes that are read out. `leftovers` names the pieces that are in the wrong language.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterable, Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import wirknetz

LOCALE = Path(wirknetz.__file__).parent / "locale"
READ_OUT = ("aria-label", "title", "alt", "placeholder", "data-label")
UNREAD = ("script", "style")


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text))


VOID = _words("area base br col embed hr img input link meta source track wbr")
GERMAN_WORDS = _words(
    """aber als am auf aus bei bis bitte das dem den der des diese dieser dieses durch ein eine
    einen einer für gibt haben hier ihr ihre ihrem ihren im ist kein keine können mit nach nicht
    noch nur oder ohne schon sich sie sind um und vom von vor war werden wie wird zu zum zur über"""
)
ENGLISH_WORDS = _words(
    """and are been by can cannot enter for from has have invalid is must not of or please required
    that the there this to too with you your"""
)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.unread: list[str] = []  # open elements of which nothing counts

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        foreign = tag != "html" and "lang" in given
        if tag not in VOID and (self.unread or foreign or tag in UNREAD):
            self.unread.append(tag)
        elif not self.unread:
            self.found += [given[name] or "" for name in READ_OUT if name in given]
            is_sentence = (v for k, v in attrs if k.startswith("data-") and v and " " in v)
            self.found += [value for value in is_sentence if not value.startswith(("{", "["))]

    def handle_endtag(self, tag: str) -> None:
        if self.unread and self.unread[-1] == tag:
            self.unread.pop()

    def handle_data(self, data: str) -> None:
        if not self.unread and data.strip():
            self.found.append(data)


def texts(page: str) -> list[str]:
    """Every piece of text, in order; what is marked as another language (`lang`) is left out."""
    reader = _Reader()
    reader.feed(page)
    return [" ".join(text.split()) for text in reader.found]


@cache
def catalogue() -> dict[str, str]:
    """German sentence to English, of those with a number the singular; contexts left away."""
    with (LOCALE / "en" / "LC_MESSAGES" / "django.mo").open("rb") as file:
        pairs = vars(gettext.GNUTranslations(file))["_catalog"].items()
    one = ((key, text) for key, text in pairs if not isinstance(key, tuple))
    counted = ((key[0], text) for key, text in pairs if isinstance(key, tuple) and key[1] == 0)
    return {german.split("\x04")[-1]: english for german, english in (*one, *counted) if german}


@cache
def _only_german() -> frozenset[str]:
    english = set(catalogue().values())
    return frozenset(" ".join(german.split()) for german in catalogue() if german not in english)


@cache
def _only_english() -> frozenset[str]:
    return frozenset(" ".join(e.split()) for e in catalogue().values() if e not in catalogue())


def german_left(page: str, entered: Iterable[str] = ()) -> Iterator[str]:
    """Pieces of an English page that are German; what people entered themselves does not count."""
    yield from _left(page, entered, _only_german(), GERMAN_WORDS)


def english_left(page: str, entered: Iterable[str] = ()) -> Iterator[str]:
    """Pieces of a German page that are English."""
    yield from _left(page, entered, _only_english(), ENGLISH_WORDS)


def _left(
    page: str, entered: Iterable[str], sentences: frozenset[str], words: frozenset[str]
) -> Iterator[str]:
    own = sorted((text for text in entered if text), key=len, reverse=True)
    for text in texts(page):
        rest = re.sub(r"https?://\S+", " ", text)  # its token may spell a word
        for content in own:
            rest = rest.replace(content, " ")
        rest = " ".join(rest.split())
        if rest in sentences or words & set(re.findall(r"[a-zäöüß]+", rest.lower())):
            yield text
