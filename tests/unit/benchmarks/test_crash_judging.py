"""The judge of the crash measurement sees every way in which a promise can break."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.crash import VALUES, Attempt, sentences
from benchmarks.load import Person
from benchmarks.load_browser import Browser

THERE = {
    "rows": VALUES, "least": 7, "most": 7, "recorded": 1, "submitted": 1, "mails": 1,
    "state": "submitted",
}  # fmt: skip
NOTHING = {
    "rows": 0, "least": None, "most": None, "recorded": 0, "submitted": 0, "mails": 0,
    "state": "open",
}  # fmt: skip


def attempt(*confirmed: str, failed: list[int] | None = None) -> Attempt:
    person = Person(1, Browser(0, ""))
    return Attempt(person, 1, 7, confirmed=set(confirmed), failed=failed or [])


@pytest.mark.parametrize("confirmed", [(), ("values",), ("values", "submit")])
def test_what_is_fully_there_is_well_whether_confirmed_or_not(confirmed: tuple[str, ...]) -> None:
    assert list(sentences(attempt(*confirmed), THERE)) == []


def test_what_had_no_answer_may_be_missing_altogether() -> None:
    assert list(sentences(attempt(), NOTHING)) == []


@pytest.mark.parametrize(
    ("confirmed", "row", "found"),
    [
        ((), THERE | {"rows": VALUES - 1}, "half of a post is stored"),
        ((), THERE | {"rows": VALUES * 2}, "half of a post is stored"),
        ((), THERE | {"most": 8}, "not the values posted"),
        ((), THERE | {"recorded": 0}, "audit trail and values differ"),
        ((), THERE | {"recorded": 2}, "audit trail and values differ"),
        ((), NOTHING | {"recorded": 1}, "audit trail and values differ"),
        ((), THERE | {"state": "draft", "mails": 0}, "audit trail and state differ"),
        ((), THERE | {"mails": 0}, "the second person is not asked exactly once"),
        ((), THERE | {"mails": 2}, "the second person is not asked exactly once"),
        (("values",), NOTHING, "confirmed values are lost"),
        (
            ("values", "submit"),
            THERE | {"state": "draft", "submitted": 0, "mails": 0},
            "a confirmed submission is lost",
        ),
    ],
)
def test_every_broken_promise_is_named(
    confirmed: tuple[str, ...], row: dict[str, Any], found: str
) -> None:
    assert list(sentences(attempt(*confirmed), row)) == [found]


def test_an_error_of_the_site_is_named() -> None:
    assert list(sentences(attempt(failed=[500]), THERE)) == ["the site answered [500]"]
