"""XML from strangers: expat, without document types, entities or any look outside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final
from xml.parsers import expat

from wirknetz.core.files.grid import FlawCode, NotReadable
from wirknetz.core.files.reading.limits import MEGABYTE

Attributes = dict[str, str]
OnStart = Callable[[str, Attributes], None]
_LONGEST_TEXT: Final = 4 * MEGABYTE
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")


class Locals(dict[str, str]):
    """The name of an element without its prefix, remembered."""

    def __missing__(self, name: str) -> str:
        """Work it out once."""
        self[name] = local = name.rpartition(":")[2]
        return local


def parser() -> expat.XMLParserType:
    """A parser that refuses what only attackers write."""
    made = expat.ParserCreate("utf-8")  # whatever it claims: the reader of values does the same
    made.buffer_text = True
    made.StartDoctypeDeclHandler = _refuse
    made.EntityDeclHandler = _refuse
    made.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    return made


def _refuse(*_: object) -> None:
    raise NotReadable(FlawCode.DAMAGED)


def only_utf8(head: bytes) -> None:
    """Refuse other encodings, which no spreadsheet program writes."""
    if head.startswith(_UTF16):
        raise NotReadable(FlawCode.DAMAGED)


def feed(made: expat.XMLParserType, chunks: Iterable[bytes]) -> None:
    """Run the parser to the end; NotReadable for what is not XML."""
    try:
        for chunk in chunks:
            made.Parse(chunk, False)
        made.Parse(b"", True)
    except expat.ExpatError as error:
        raise NotReadable(FlawCode.DAMAGED) from error


def elements(content: bytes, wanted: frozenset[str]) -> list[tuple[str, Attributes]]:
    """The start tags with these local names, in order."""
    found: list[tuple[str, Attributes]] = []
    local = Locals()

    def start(name: str, attributes: Attributes) -> None:
        if (plain := local[name]) in wanted:
            found.append((plain, attributes))

    only_utf8(content[:2])
    made = parser()
    made.StartElementHandler = start
    feed(made, (content,))
    return found


def whole_tags(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes, each piece but the last ending with a tag."""
    left = b""
    for chunk in chunks:
        joined = left + chunk
        end = joined.rfind(b">") + 1
        left = joined[end:]
        if len(left) > _LONGEST_TEXT:
            raise NotReadable(FlawCode.DAMAGED)
        if end:
            yield joined[:end]
    if left:
        yield left
