"""A zip container: members are inflated by us, and every byte that comes out is counted.

The sizes written in a zip's directory are claims. What is read stops when the sum of what was
really inflated passes the limit.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

from wirknetz.core.files.grid import FlawCode, NotReadable
from wirknetz.core.files.reading.limits import MEGABYTE, Limits

_CHUNK: Final = 256 * 1024
_SMALL_PART: Final = 16 * MEGABYTE
_ENTRY: Final = b"PK\x01\x02"
_ENCRYPTED: Final = 1
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
)


class Packed:
    """The members of one container; raises NotReadable only."""

    def __init__(self, content: bytes, limits: Limits) -> None:
        """Read the directory, refuse what no spreadsheet program writes."""
        if content.count(_ENTRY) > limits.members:
            raise NotReadable(FlawCode.UNPACKS_TOO_BIG)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except _BROKEN as error:
            raise NotReadable(FlawCode.DAMAGED) from error
        self._left = limits.unpacked
        infos = self._zip.infolist()
        _check(infos, limits)
        self._names = {info.filename.lower(): info for info in infos}
        if len(self._names) < len(infos):  # which of two would the other program show?
            raise NotReadable(FlawCode.DAMAGED)

    @property
    def names(self) -> frozenset[str]:
        """All member names, in small letters."""
        return frozenset(self._names)

    def __contains__(self, name: object) -> bool:
        """Whether there is such a member, in large or small letters."""
        return isinstance(name, str) and name.lower() in self._names

    def chunks(self, name: str) -> Iterator[bytes]:
        """A member piece by piece; NotReadable if missing, broken or too big."""
        info = self._names.get(name.lower())
        if info is None:
            raise NotReadable(FlawCode.DAMAGED)
        try:
            with self._zip.open(info) as member:
                while chunk := member.read(_CHUNK):
                    self._count(len(chunk))
                    yield chunk
        except NotReadable:
            raise
        except _BROKEN as error:
            raise NotReadable(FlawCode.DAMAGED) from error

    def _count(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            raise NotReadable(FlawCode.UNPACKS_TOO_BIG)

    def part(self, name: str, most: int = _SMALL_PART) -> bytes:
        """A whole member that has no reason to be large."""
        found = bytearray()
        for chunk in self.chunks(name):
            found += chunk
            if len(found) > most:
                raise NotReadable(FlawCode.UNPACKS_TOO_BIG)
        return bytes(found)


def _check(infos: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(infos) > limits.members or sum(info.file_size for info in infos) > limits.unpacked:
        raise NotReadable(FlawCode.UNPACKS_TOO_BIG)
    if any(info.flag_bits & _ENCRYPTED for info in infos):
        raise NotReadable(FlawCode.PASSWORD)
    plain = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    if any(info.compress_type not in plain for info in infos):
        raise NotReadable(FlawCode.DAMAGED)
