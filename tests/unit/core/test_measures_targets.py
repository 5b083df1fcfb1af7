"""How values stand to targets: a table of cases."""

from __future__ import annotations

from decimal import Decimal

import pytest

from wirknetz.core.measures import Direction, TargetState, judge, progress


def number(text):
    return None if text is None else Decimal(text)


@pytest.mark.parametrize(
    "case",
    [
        ("higher", "80", "80", None, None, "reached"),
        ("higher", "81", "80", None, None, "reached"),
        ("higher", "79.99", "80", None, None, "missed"),
        ("higher", "78", "80", "2", None, "close"),
        ("higher", "77.9", "80", "2", None, "missed"),
        ("higher", "78", "80", "5", "79", "missed"),  # worse than where it began
        ("higher", "79", "80", "5", "79", "close"),
        ("lower", "10", "10", None, None, "reached"),
        ("lower", "12", "10", "2", None, "close"),
        ("lower", "13", "10", "2", None, "missed"),
        ("lower", "11.5", "10", "2", "11", "missed"),
        ("keep", "100", "100", None, None, "reached"),
        ("keep", "95", "100", "5", None, "reached"),
        ("keep", "110", "100", "5", None, "close"),
        ("keep", "111", "100", "5", None, "missed"),
        ("higher", None, "80", "2", None, "open"),
        ("higher", "80", None, None, None, "no_target"),
        ("higher", None, None, None, None, "no_target"),
        ("higher", "0", "0", None, None, "reached"),
        ("higher", "-1", "0", "0", None, "missed"),
    ],
)
def test_a_value_stands_to_its_target(case):
    direction, value, target, tolerance, baseline, state = case
    found = judge(
        number(value),
        target=number(target),
        tolerance=number(tolerance),
        direction=Direction(direction),
        baseline=number(baseline),
    )
    assert found is TargetState(state)


@pytest.mark.parametrize(
    ("value", "target", "baseline", "share"),
    [
        ("60", "80", "40", "0.5"),
        ("30", "20", "40", "0.5"),
        ("90", "80", "40", "1.25"),
        ("30", "80", "40", "-0.25"),
        ("30", "40", "40", None),
        (None, "80", "40", None),
        ("60", None, "40", None),
    ],
)
def test_the_share_of_the_way(value, target, baseline, share):
    found = progress(number(value), target=number(target), baseline=number(baseline))
    assert found == number(share)
