"""In which encoding a text was saved: umlauts decide.

Encodings of one byte per sign cannot be told apart by rules alone: every byte is a sign in each.
What tells them apart is where signs stand. An ``ä`` between letters is German, a ``‰`` there is
not. charset-normalizer is asked where nothing looks German.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

_CANDIDATES: Final = ("cp1252", "iso8859_15", "cp1254", "cp1250", "cp850", "mac_roman")
"""In this order where they read the same: the first is what German offices use."""
_BOMS: Final = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_HIGH_BYTES: Final = bytes(range(0x80, 0x100))
_HIGH: Final = re.compile(rb"[\x80-\xff]")
_MOST_LOOKED_AT: Final = 8_000
_SAMPLE: Final = 256 * 1024
_OFTEN: Final = 20
_REPLACED: Final = "\ufffd"
_UMLAUTS: Final = frozenset("äöüÄÖÜß")
_VOWELS: Final = frozenset("aeiouyäöüAEIOUYÄÖÜ")
_FRIENDLY: Final = frozenset("éèêëáàâíìîïóòôúùûçñãõåøæœžšěřůęąłńśćźżőűğışĞİŞÉÁÓÅØČčĆŻŁŚŠŽ")
_STRANGE_LETTERS: Final = frozenset("ðþýÐÞÝÿŸ¥ªºƒ")
_BESIDE_NUMBERS: Final = frozenset("€–—\u00a0°′±×½¼¾²³¹µ")
_AFTER_VOWEL: Final = {"a": 0, "o": 0, "u": 1, "A": 0, "O": 0, "U": 1}
"""How likely an umlaut is right after one: only in words put together, as in *Neuübernahme*."""
_OPENING: Final = frozenset("„‚«‹“‘§•·–—→")
_CLOSING: Final = frozenset("“”’‘»›…®™°²³¹€–—†‡")
_DOUBLE: Final = re.compile("Ã[\u0080-\u00bf¤¶¼Ÿ„–œžŸ€‹Š\u0178]|â€|Â[ §°²³\u00a0]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text, and how it was encoded."""

    text: str
    encoding: str


def decode(content: bytes) -> Decoded:
    """The text of a file of any encoding German offices produce; signs that are none are U+FFFD."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return Decoded(content[len(mark) :].decode(encoding, errors="replace"), encoding)
    if wide := _wide(content):
        return Decoded(content.decode(wide, errors="replace"), wide)
    return _utf8(content) or _one_byte(content)


def _wide(content: bytes) -> str | None:
    """UTF-16 without a mark: every second byte of most signs is zero."""
    head = content[: _SAMPLE & ~1]
    pairs = len(head) // 2
    if head.count(0) < 0.3 * pairs:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > 0.4 * pairs and even < 0.1 * odd + 1:
        return "utf-16-le"
    if even > 0.4 * pairs and odd < 0.1 * even + 1:
        return "utf-16-be"
    return None


def _utf8(content: bytes) -> Decoded | None:
    try:
        return _undoubled(content.decode())
    except UnicodeDecodeError:
        text = content.decode(errors="replace")
    wrong = text.count(_REPLACED)
    right = len(content) - len(content.translate(None, _HIGH_BYTES)) - wrong
    return Decoded(text, "utf-8") if wrong * 20 < right else None


def _undoubled(text: str) -> Decoded:
    """Undo what happens when UTF-8 is opened as cp1252 and saved as UTF-8 again."""
    if _DOUBLE.search(text) and not _UMLAUTS & set(text):
        try:
            return Decoded(text.encode("cp1252").decode(), "utf-8-twice")
        except UnicodeError:
            pass
    return Decoded(text, "utf-8")


def _one_byte(content: bytes) -> Decoded:
    places = Counter(_surroundings(content))
    scores = [(_score(places, name), name) for name in _CANDIDATES]
    best, encoding = max(scores, key=lambda scored: scored[0])  # the first of equal ones
    if best < 0:
        encoding = _asked(content) or encoding
    return Decoded(content.decode(encoding, errors="replace"), encoding)


def _surroundings(content: bytes) -> list[tuple[bytes, bytes, bytes]]:
    """Each high byte with the one before and the one after."""
    found = []
    for number, match in enumerate(_HIGH.finditer(content)):
        if number >= _MOST_LOOKED_AT:
            break
        at = match.start()
        found.append((content[max(0, at - 1) : at], content[at : at + 1], content[at + 1 : at + 2]))
    return found


def _score(places: Counter[tuple[bytes, bytes, bytes]], encoding: str) -> float:
    """How German the text looks in this encoding."""
    total = 0.0
    for (before, sign, after), times in places.items():
        one, two, three = (
            part.decode(encoding, errors="replace") for part in (before, sign, after)
        )
        total += min(times, _OFTEN) * _plausible(one, two, three)
    return total


def _plausible(before: str, sign: str, after: str) -> float:
    """From 3 for an umlaut in its place to -10 for no sign at all."""
    if sign == _REPLACED or "\x7f" <= sign < "\xa0":
        return -10
    return _letter(before, sign, after) if sign.isalpha() else _other(before, sign, after)


def _letter(before: str, sign: str, after: str) -> float:
    if not (before.isalpha() or after.isalpha()):
        return -2
    if sign.isupper() and (before.islower() or (before.isalpha() and after.islower())):
        return -3
    if sign == "ß":
        return 3 if before in _VOWELS else -1
    if sign in _UMLAUTS:
        return _AFTER_VOWEL.get(before, 3)
    return 0.5 if sign in _FRIENDLY else -1 if sign in _STRANGE_LETTERS else 0


def _other(before: str, sign: str, after: str) -> float:
    if before.isalpha() and after.isalpha():
        return -0.5 if sign in "–’\u00ad·" else -3
    if sign in _BESIDE_NUMBERS and (before.isdigit() or after.isdigit()):
        return 1
    if sign in _BESIDE_NUMBERS and before == " ":
        return 0.8
    if sign == "§" and not before.isalnum():
        return 0.6 if before == " " else 1.1
    fits = (sign in _OPENING and not before.isalnum()) or (sign in _CLOSING and not after.isalnum())
    return 1 if fits else -2


def _asked(content: bytes) -> str | None:
    from charset_normalizer import from_bytes  # rarely needed, and not small

    best = from_bytes(content[:_SAMPLE]).best()
    return best.encoding if best is not None else None
