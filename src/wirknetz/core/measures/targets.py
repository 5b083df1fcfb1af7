"""Targets: how a value stands to what the partners wanted."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from wirknetz.core.measures.definition import Direction, rounded


class TargetState(StrEnum):
    """How a value stands to its target."""

    REACHED = "reached"
    CLOSE = "close"  # not reached, but within the tolerance
    MISSED = "missed"
    OPEN = "open"  # there is a target, but no value yet
    NO_TARGET = "no_target"


def judge(
    value: Decimal | None,
    *,
    target: Decimal | None,
    tolerance: Decimal | None = None,
    direction: Direction = Direction.HIGHER,
    baseline: Decimal | None = None,
) -> TargetState:
    """How the value stands to the target.

    ``tolerance`` is in the unit of the value and reaches to the wrong side only; with
    ``Direction.KEEP`` a value is reached within the tolerance on either side and close within
    twice the tolerance. Where a ``baseline`` is given, a value that is worse than the baseline
    is missed, however wide the tolerance: going backwards is not being close.
    """
    if target is None:
        return TargetState.NO_TARGET
    if value is None:
        return TargetState.OPEN
    allowed, short = tolerance or Decimal(0), _short(value, target, direction)
    if direction is Direction.KEEP:
        return _graded(short - allowed, allowed)
    worse = baseline is not None and _short(value, baseline, direction) > 0
    return _graded(short, Decimal(0) if worse else allowed)


def progress(
    value: Decimal | None, *, target: Decimal | None, baseline: Decimal | None
) -> Decimal | None:
    """The share of the way from baseline to target, 0 at the baseline and 1 at the target.

    Below 0 or above 1 outside; None where a number is missing or baseline and target agree.
    """
    if value is None or target is None or baseline is None or target == baseline:
        return None
    return rounded((value - baseline) / (target - baseline))


def _short(value: Decimal, target: Decimal, direction: Direction) -> Decimal:
    """By how much the value falls short; negative if it is better than the target."""
    if direction is Direction.KEEP:
        return abs(value - target)
    return target - value if direction is Direction.HIGHER else value - target


def _graded(short: Decimal, allowed: Decimal) -> TargetState:
    if short <= 0:
        return TargetState.REACHED
    return TargetState.CLOSE if short <= allowed else TargetState.MISSED
