"""Room for deep calls.

Until Python 3.13 the frames of calls lie in pieces of 16 KB. Templates that call across the end
of a piece thousands of times have each call ask the system for a new piece and give it back
(python/cpython, issue 142183): half of the time of a large form. A frame wider than a piece gets
a piece of its own, and what is called from there has the rest of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse

_WIDTH: Final = 32_768
"""In pointers: just over 256 KB, so that Python makes it 512 KB and the other half is free."""


def _answer(
    get_response: Callable[[HttpRequest], HttpResponse], request: HttpRequest
) -> HttpResponse:
    return get_response(request)


_answer.__code__ = _answer.__code__.replace(co_stacksize=_WIDTH)


class RoomMiddleware:
    """Everything a request calls finds room; stands before all others."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next in line."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        return _answer(self.get_response, request)
