"""Reading in a process of its own: what a hostile file breaks is not the server."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from threading import BoundedSemaphore
from typing import Final

from wirknetz.core.files.grid import Book, FlawCode, NotReadable
from wirknetz.core.files.packing import NotPacked, unpack
from wirknetz.core.files.reading.child import BOOK, FLAW, OUT_OF_MEMORY
from wirknetz.core.files.reading.door import refuse_size
from wirknetz.core.files.reading.limits import DEFAULT, Limits

_AT_ONCE: Final = BoundedSemaphore(2)
"""So that many uploads at one moment do not take the server's memory."""
_START: Final = (
    "import sys; sys.path[:] = {paths!r}; "
    "from wirknetz.core.files.reading.child import main; sys.exit(main())"
)
_OF_MEMORY: Final = frozenset({OUT_OF_MEMORY, -6, -9})
_OF_TIME: Final = frozenset({-int(getattr(signal, "SIGXCPU", 24))})


def read_apart(source: bytes | Path, *, name: str, limits: Limits = DEFAULT) -> Book:
    """As :func:`~wirknetz.core.files.reading.read`, in a child that is bound and then ends.

    The child knows this library only, holds at most ``limits.memory`` bytes of data, and is
    ended after ``limits.seconds`` of work or ``limits.patience`` on the clock. Nothing is written
    to a disk. Raises NotReadable; OSError only where the path cannot be opened; RuntimeError only
    where no child can be started.
    """
    content = _content(source, limits)
    if not _AT_ONCE.acquire(timeout=limits.patience):
        raise NotReadable(FlawCode.TOOK_TOO_LONG)
    try:
        code, answer, complaint = _asked(content, name, limits)
    finally:
        _AT_ONCE.release()
    if code:
        raise _unanswered(code, complaint)
    if not answer.startswith(BOOK):
        raise _answered(answer[len(FLAW) :])
    try:
        return unpack(answer[len(BOOK) :])
    except NotPacked as error:
        raise NotReadable(FlawCode.DAMAGED) from error


def _answered(flaw: bytes) -> NotReadable:
    try:
        code, params = json.loads(flaw)
        return NotReadable(FlawCode(code), **params)
    except (ValueError, TypeError):
        return NotReadable(FlawCode.DAMAGED)


def _content(source: bytes | Path, limits: Limits) -> bytes:
    if isinstance(source, bytes):
        refuse_size(len(source), limits)
        return source
    refuse_size(source.stat().st_size, limits)
    return source.read_bytes()


def _asked(content: bytes, name: str, limits: Limits) -> tuple[int, bytes, bytes]:
    paths = [path for path in sys.path if path]
    asked = json.dumps({"name": name, "limits": asdict(limits)}).encode()
    child = subprocess.Popen(  # noqa: S603 – words of our own
        [sys.executable, "-I", "-S", "-B", "-c", _START.format(paths=paths)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with child:
        try:
            answer, complaint = child.communicate(asked + b"\n" + content, timeout=limits.patience)
        except subprocess.TimeoutExpired as error:
            raise NotReadable(FlawCode.TOOK_TOO_LONG) from error
        finally:
            child.kill()
    return child.returncode, answer, complaint


def _unanswered(code: int, complaint: bytes) -> Exception:
    """Why the child ended without an answer."""
    if code in _OF_MEMORY:
        return NotReadable(FlawCode.UNPACKS_TOO_BIG)
    if code in _OF_TIME:
        return NotReadable(FlawCode.TOOK_TOO_LONG)
    if code == 1:  # it did not even start: this is about the installation, not about the file
        return RuntimeError(complaint.decode(errors="replace")[-2000:])
    return NotReadable(FlawCode.DAMAGED)
