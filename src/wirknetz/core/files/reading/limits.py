"""How much of a file is read before it is refused or cut."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MEGABYTE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What a reader accepts.

    ``file`` and ``unpacked`` are bytes, ``text`` signs or bytes kept, ``area`` rows × columns
    of what is kept (a lonely cell far away makes a sheet large), ``cells`` the filled cells
    kept, ``columns`` the widest sheet. The child of
    :func:`~wirknetz.core.files.reading.read_apart` is bound by ``memory`` (bytes), ``seconds`` of
    work, and ``patience``: seconds on the clock, more than those of work, so that a busy machine
    does not refuse good files.
    """

    file: int = 25 * MEGABYTE
    unpacked: int = 256 * MEGABYTE
    members: int = 2_000
    pages: int = 256
    columns: int = 1_024
    cells: int = 250_000
    area: int = 2_000_000
    text: int = 48 * MEGABYTE
    seconds: int = 20
    patience: float = 60.0
    memory: int = 256 * MEGABYTE


DEFAULT: Final = Limits()
"""What the web server reads of an upload."""

LISTS: Final = Limits(
    file=400 * MEGABYTE,
    unpacked=4_096 * MEGABYTE,
    cells=20_000_000,
    area=40_000_000,
    text=1_024 * MEGABYTE,
)
"""What a partner's own machine reads of its own list."""
