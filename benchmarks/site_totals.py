"""Recording a submission beside bare inserts, and the network's total right after it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Any, Final

from django.db import connection, transaction
from django.utils import timezone

from benchmarks.site_plan import SLUG
from benchmarks.site_times import in_turn, line, seconds
from wirknetz.core.values import Cell, Value
from wirknetz.measurement.actions import collection as actions
from wirknetz.measurement.models import Cell as CellRow
from wirknetz.measurement.models import Entry, Measure, Round, Submission
from wirknetz.measurement.queries import results
from wirknetz.measurement.queries.results.definitions import defined
from wirknetz.measurement.queries.results.facts import Scope, evaluate
from wirknetz.measurement.queries.results.remembered import forget
from wirknetz.measurement.rules.results import Sight
from wirknetz.network import queries as network_queries
from wirknetz.network.models import Affiliation, Network
from wirknetz.network.rules import Actor

SUBMISSIONS: Final = 12
RUNS: Final = 5
INSERTS: Final = 3.0
BARE_QUERY: Final = 1.5
WHOLE: Final = "all an indicator's page asks: definition, series, targets, who was asked"


@dataclass(frozen=True, slots=True)
class Field:
    """What every measurement here needs."""

    network: Network
    round: Round
    measures: list[int]
    cells: dict[int, Cell]
    size: str


def measure(size: str) -> list[dict[str, Any]]:
    """Submissions one after another; after each one, the totals."""
    field = _field(size)
    untouched = list(Submission.objects.filter(round=field.round, state="open").order_by("pk"))
    recorded: list[tuple[float, float]] = []
    totals: dict[str, list[list[float]]] = {}
    for own, bare in list(zip(untouched[::2], untouched[1::2], strict=False))[: SUBMISSIONS + 1]:
        recorded.append(_one(field, own, bare, own_first=len(recorded) % 2 == 0))
        for name, sides in _sides(field).items():
            totals.setdefault(name, []).append(in_turn(sides, runs=RUNS))
    return [_recorded(recorded[1:], size), *_totals(totals, size)]


def _recorded(times: list[tuple[float, float]], size: str) -> dict[str, Any]:
    ours, bare = (median(side) for side in zip(*times, strict=True))
    name = "300 values recorded, checked, submitted, audited"
    return line(name, ours, bare, size=size, target=INSERTS, note="bulk inserts, one transaction")


def _totals(times: dict[str, list[list[float]]], size: str) -> list[dict[str, Any]]:
    lines = []
    for name, found in times.items():
        ours, peer = (median(side) for side in zip(*found[1:], strict=True))
        target = None if name == WHOLE else BARE_QUERY
        note = f"{(ours - peer) * 1000:+.1f} ms for building the query and finishing the figures"
        lines.append(line(name, ours, peer, size=size, target=target, note=note))
    return lines


def _field(size: str) -> Field:
    network = Network.objects.get(slug=SLUG)
    round_ = Round.objects.get(network=network, closed_at__isnull=True)
    measures = Measure.objects.filter(network=network).order_by("position")
    cells = CellRow.objects.filter(network=network).exclude(key="")
    return Field(
        network, round_, [m.pk for m in measures], {c.pk: Cell.parse(c.key) for c in cells}, size
    )


# --------------------------------------------------------------------------- submissions


def _one(
    field: Field, own: Submission, bare: Submission, *, own_first: bool
) -> tuple[float, float]:
    """Seconds of our way and of bare inserts of the same values; then ours is approved."""
    values = _plausible(field, own.organisation_id)
    rows = _entries(field, bare, values)
    by = _actor(field, own.organisation_id, "operative")
    sides: list[Callable[[], Any]] = [
        lambda: _submit(field, own.organisation_id, values, by),
        lambda: _insert(rows),
    ]
    if own_first:
        times = [seconds(side) for side in sides]
    else:
        times = [seconds(side) for side in reversed(sides)][::-1]
    _approve(field, own.organisation_id)
    return times[0], times[1]


def _plausible(field: Field, organisation_id: int) -> dict[tuple[int, int], int]:
    """By measure and cell the middle of what was said before: nothing to ask about."""
    before: dict[tuple[int, int], list[Decimal]] = {}
    rows = Entry.objects.filter(
        organisation=organisation_id, counted_from__isnull=False, amount__isnull=False
    )
    for measure, cell, amount in rows.values_list("measure_id", "cell_id", "amount"):
        before.setdefault((measure, cell), []).append(amount)
    places = [(m, c) for m in field.measures for c in field.cells]
    return {place: int(median(before.get(place, [Decimal(5)]))) for place in places}


def _submit(
    field: Field, organisation_id: int, values: dict[tuple[int, int], int], by: Actor
) -> None:
    where = _where(field, organisation_id)
    rows = [
        actions.Row(m, field.cells[c], Value(amount=Decimal(amount)))
        for (m, c), amount in values.items()
    ]
    actions.record(by=by, rows=rows, at=timezone.now(), **where)
    actions.submit(by=by, at=timezone.now(), **where)


def _approve(field: Field, organisation_id: int) -> None:
    by = _actor(field, organisation_id, "leadership")
    actions.approve(by=by, at=timezone.now(), **_where(field, organisation_id))


def _where(field: Field, organisation_id: int) -> dict[str, int]:
    return {"round_id": field.round.pk, "organisation_id": organisation_id}


def _actor(field: Field, organisation_id: int, level: str) -> Actor:
    chosen = Affiliation.objects.filter(organisation=organisation_id, level=level)
    person = chosen.select_related("person__user").get().person
    return network_queries.acting(network_queries.actor_in(field.network, person), None)


def _entries(
    field: Field, submission: Submission, values: dict[tuple[int, int], int]
) -> list[Entry]:
    at = timezone.now()
    return [
        Entry(
            submission=submission, organisation_id=submission.organisation_id, measure_id=m,
            cell_id=c, period=field.round.period_ordinal, amount=Decimal(amount), revision=1,
            recorded_at=at,
        )
        for (m, c), amount in values.items()
    ]  # fmt: skip


@transaction.atomic
def _insert(rows: list[Entry]) -> None:
    Entry.objects.bulk_create(rows)


# -------------------------------------------------------------------------------- totals

_COUNTED = "base AND counted_from IS NOT NULL AND counted_until IS NULL"
_ANSWER = "SUM(amount), COUNT(amount), COUNT(CASE WHEN amount IS NOT NULL AND gaps > 0 THEN 1 END)"


def _sides(field: Field) -> dict[str, list[Callable[[], Any]]]:
    """Our public call, then by hand: the total, who stands behind it, whose report has gaps."""
    single = defined(field.network.pk, code="m03")[0].versions[0]
    number, period = next(iter(single.measure_ids)), field.round.period_ordinal
    rounds = Round.objects.filter(network=field.network)
    quarters = tuple(rounds.values_list("period_ordinal", flat=True))
    return {
        "total of the running quarter": [
            lambda: evaluate(single.definition, Scope((period,))),
            lambda: _run(_total(number, (period,))),
        ],
        "total by quarter, all quarters": [
            lambda: evaluate(single.definition, Scope(quarters), by=("period",)),
            lambda: _run(_by_quarter(number, quarters)),
        ],
        WHOLE: [
            lambda: _fresh(field.network),
            lambda: (_run(_by_quarter(number, quarters)), _run(_asked(field.network.pk, number))),
        ],
    }


def _fresh(network: Network) -> Any:
    """As the first one who looks after an approval: nothing is remembered."""
    forget()
    return results.result(network, Sight(True, True, (), 3), "m03")


def _houses(measure: int, quarters: tuple[int, ...]) -> str:
    wanted = ", ".join(map(str, quarters))
    return (
        "(SELECT period, SUM(amount) AS amount, COUNT(*) - COUNT(amount) AS gaps"
        f" FROM measurement_entry WHERE measure_id = {measure} AND period IN ({wanted})"
        f" AND {_COUNTED} GROUP BY period, organisation_id) AS houses"
    )


def _total(measure: int, quarters: tuple[int, ...]) -> str:
    return f"SELECT {_ANSWER} FROM {_houses(measure, quarters)}"


def _by_quarter(measure: int, quarters: tuple[int, ...]) -> str:
    return f"SELECT period, {_ANSWER} FROM {_houses(measure, quarters)} GROUP BY period"


def _asked(network: int, measure: int) -> str:
    return (
        "SELECT r.period_ordinal, COUNT(*) FROM measurement_expectation e"
        f" JOIN measurement_round r ON r.id = e.round_id WHERE r.network_id = {network}"
        f" AND r.opened_at IS NOT NULL AND e.measure_id = {measure} GROUP BY 1"
    )


def _run(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()
