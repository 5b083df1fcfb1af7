"""However deep a page is called, calling on costs no memory of the system's."""

from collections.abc import Callable

import pytest

from wirknetz.foundation.stack import RoomMiddleware

resource = pytest.importorskip("resource")

CALLS = 300
DEPTHS = range(1, 200, 3)


def pages_fetched(depth: int) -> int:
    """How many pages of memory the system is asked for by many calls at this depth."""

    def again(left: int) -> int:
        if left:
            return again(left - 1)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
        for _ in range(CALLS):
            small()
        return int(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)

    return again(depth)


def small() -> list[int]:
    return [number for number in (1, 2, 3)]  # noqa: C416 – a frame of its own until Python 3.12


@pytest.fixture
def room() -> Callable[[int], int]:
    return RoomMiddleware(pages_fetched)


def test_calls_at_no_depth_ask_the_system_for_memory(room: Callable[[int], int]) -> None:
    room(max(DEPTHS))
    assert [depth for depth in DEPTHS if room(depth) >= CALLS] == []


def test_what_comes_back_is_passed_on() -> None:
    assert RoomMiddleware(lambda request: request)("asked") == "asked"
