"""The evaluated round as JSON, for other programs. Nothing about a person stands in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from wirknetz.core.evaluation.evaluating import Evaluated, IndicatorResult, Total, states
from wirknetz.core.evaluation.model import Gathered, Open

FORMAT: Final = 1


def as_json(evaluated: Evaluated, *, version: str) -> bytes:
    """Totals, cells, states, indicators and what is open, with hashes of everything read.

    ``complete`` says that every organisation has a file and nothing is open. Amounts are
    numbers; cells are keyed as ``age=18-29|gender=w``.
    """
    round_ = evaluated.round
    said = {
        "format": FORMAT,
        "wirknetz": version,
        "name": round_.name,
        "period": round_.period.code,
        "definition_sha256": round_.sha256,
        "complete": evaluated.settled and evaluated.everybody,
        "organisations": {
            one.organisation: _organisation(one, evaluated) for one in evaluated.gathered
        },
        "network": {one.measure: _network(one, evaluated) for one in evaluated.totals},
        "indicators": {one.indicator.code: _indicator(one) for one in evaluated.indicators},
    }
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()


def plain(amount: Decimal | None) -> int | float | None:
    """A number as JSON has it."""
    if amount is None:
        return None
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def _organisation(one: Gathered, evaluated: Evaluated) -> dict[str, Any]:
    own = (total for total in evaluated.by_organisation if total.organisation == one.organisation)
    cells: dict[str, dict[str, Any]] = {}
    for value in one.values:
        if value.cell.items:
            cells.setdefault(value.measure, {})[value.cell.key] = plain(value.value.amount)
    return {
        "file": one.file,
        "sha256": one.sha256,
        "totals": {t.measure: plain(t.amount) for t in own if t.amount is not None},
        "cells": cells,
        "states": {measure: state.value for measure, state in states(one)},
        "open": [_open(point) for point in one.open],
    }


def _open(one: Open) -> dict[str, Any]:
    return {
        "kind": one.kind.value,
        "code": one.code,
        "params": dict(one.params),
        "places": list(one.places),
        "key": one.key,
        "choices": list(one.choices),
        "measures": list(one.measures),
    }


def _network(total: Total, evaluated: Evaluated) -> dict[str, Any]:
    cells = dict(_cells(total.measure, evaluated))
    return {
        "total": plain(total.amount),
        "organisations": total.organisations,
        "of": total.expected,
        "persons_doubled": total.persons_doubled,
        **({"cells": cells} if cells else {}),
    }


def _cells(measure: str, evaluated: Evaluated) -> Iterator[tuple[str, Any]]:
    for one in evaluated.cells:
        if one.measure == measure and one.amount is not None:
            key = one.cell.key if one.broken_down else "not_broken_down"
            yield key, plain(one.amount)


def _indicator(one: IndicatorResult) -> dict[str, Any]:
    return {
        "value": plain(one.value),
        "organisations": one.organisations,
        "of": one.expected,
        "missing": one.missing.value if one.missing else None,
    }
