"""The process that reads one file and ends: a line of JSON and the bytes in, a packed book out.

It bounds itself before it looks at the first byte: memory, time, and that it writes no file and
opens next to nothing. What the bytes make of it then ends with it.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Final

from wirknetz.core.files.grid import NotReadable
from wirknetz.core.files.packing import pack
from wirknetz.core.files.reading.door import read_bound
from wirknetz.core.files.reading.limits import Limits

OUT_OF_MEMORY: Final = 3
BOOK: Final = b"B"
FLAW: Final = b"F"


def main() -> int:
    """Read standard input; 0 with an answer, :data:`OUT_OF_MEMORY` without."""
    asked = json.loads(sys.stdin.buffer.readline())
    limits = Limits(**asked["limits"])
    bound(limits)
    try:
        answer = _answer(asked["name"], limits)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)  # tidying up without memory can hang
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()
    return 0


def _answer(name: str, limits: Limits) -> bytes:
    try:
        book = read_bound(sys.stdin.buffer.read(), name=name, limits=limits)
    except NotReadable as flaw:
        return FLAW + json.dumps([flaw.code.value, flaw.params]).encode()
    return BOOK + pack(book, level=1)


def bound(limits: Limits) -> None:
    """Bound this process; where the system cannot (Windows), sizes are all that binds."""
    try:
        import resource
    except ImportError:
        return
    for what, soft, hard in (
        (resource.RLIMIT_DATA, limits.memory, limits.memory),
        (resource.RLIMIT_CPU, limits.seconds, limits.seconds + 1),  # first the signal that says why
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        resource.setrlimit(what, (soft, hard))
