"""A network of the wanted size in the real tables of the site. Needs Django set up.

Everything follows from the plan: the same plan gives the same rows. Closed quarters hold what
`benchmarks.generate` makes, approved and counted; the rounds after them are open.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import product
from typing import Any, Final

from django.db import connection, transaction

from benchmarks.generate import AGES, CELLS, FIRST_QUARTER, GENDERS, facts
from benchmarks.site_plan import ASKED, SLUG, Plan
from wirknetz.core.values import Cell as CoreCell
from wirknetz.core.values import Period, PeriodKind
from wirknetz.foundation.models import User
from wirknetz.measurement.models import (
    Approval,
    Category,
    Cell,
    CellCategory,
    Dimension,
    Expectation,
    Indicator,
    IndicatorVersion,
    Measure,
    MeasureDimension,
    Round,
    RoundMeasure,
    Submission,
    Target,
)
from wirknetz.network.models import Affiliation, Membership, Network, NetworkRole, Organisation
from wirknetz.network.models import Person as PersonRow

AT: Final = dt.datetime(2026, 11, 2, 9, 0, tzinfo=dt.UTC)
GRAIN: Final = "age,gender"
BATCH: Final = 2000
COLUMNS: Final = (
    "submission_id", "organisation_id", "measure_id", "cell_id", "period", "state", "amount",
    "n", "base", "revision", "reason", "source", "recorded_at", "recorded_by_id",
    "superseded_at", "superseded_by_id", "counted_from", "counted_until",
)  # fmt: skip


@dataclass(slots=True)
class World:
    """The rows others refer to, in order."""

    plan: Plan
    network: Network
    organisations: list[Organisation] = field(default_factory=list)
    practitioners: list[User] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    closed: list[Round] = field(default_factory=list)
    open: list[Round] = field(default_factory=list)
    submissions: dict[tuple[int, int], int] = field(default_factory=dict)


def fill(plan: Plan) -> World:
    """Write it all in one transaction into an empty database with tables."""
    with transaction.atomic():
        world = World(plan, _network())
        _add_organisations(world)
        _add_people(world)
        _add_measures(world)
        _add_indicators(world)
        _add_rounds(world)
        _add_submissions(world)
        _add_entries(_counted(world) if plan.size.quarters else ())
        if plan.begun:
            _begin(world)
    _settle()
    return world


def _network() -> Network:
    return Network.objects.create(
        slug=SLUG, name="Messnetz", backbone_name="Koordination Messnetz", created_at=AT
    )


def _add_organisations(world: World) -> None:
    world.organisations = Organisation.objects.bulk_create(
        Organisation(
            name=f"Haus Nummer {n:03}", short_name=f"Haus {n:03}", sector="civil", created_at=AT
        )
        for n in range(1, world.plan.size.sites + 1)
    )
    Membership.objects.bulk_create(
        Membership(network=world.network, organisation=o, stage="member", stage_since=AT)
        for o in world.organisations
    )


def _add_people(world: World) -> None:
    """A practitioner and a leader for each organisation, one coordinator."""
    houses = world.organisations
    world.practitioners = _users(f"praxis-{o.pk}" for o in houses)
    leaders = _users(f"leitung-{o.pk}" for o in houses)
    office = _persons(_users(["koordination"]))[0]
    NetworkRole.objects.create(network=world.network, person=office, role="coordinator", since=AT)
    for users, level in ((world.practitioners, "operative"), (leaders, "leadership")):
        Affiliation.objects.bulk_create(
            Affiliation(
                network=world.network, person=person, organisation=house, level=level,
                mandate=level == "leadership", since=AT,
            )
            for person, house in zip(_persons(users), houses, strict=True)
        )  # fmt: skip


def _users(names: Iterable[str]) -> list[User]:
    return User.objects.bulk_create(
        User(email=f"{name}@example.org", name=f"Person {name}", password=f"!{name}", joined_at=AT)
        for name in names
    )


def _persons(users: Sequence[User]) -> list[PersonRow]:
    return PersonRow.objects.bulk_create(
        PersonRow(user=u, name=u.name, email=u.email, created_at=AT) for u in users
    )


def _add_measures(world: World) -> None:
    network, dimensions = world.network, {}
    for code, name, categories in (("age", "Alter", AGES), ("gender", "Geschlecht", GENDERS)):
        made = dimensions[code] = Dimension.objects.create(network=network, code=code, name=name)
        Category.objects.bulk_create(
            Category(dimension=made, code=c, name=c, position=n) for n, c in enumerate(categories)
        )
    world.measures = Measure.objects.bulk_create(
        Measure(
            network=network, code=f"m{n:02}", name=f"Messgröße {n}", unit="Personen",
            definition="Gezählt wird, wer im Zeitraum begonnen hat.", group=f"Teil {(n + 9) // 10}",
            level="output", counts="persons", adds="flow", position=n,
        )
        for n in range(1, ASKED + 1)
    )  # fmt: skip
    MeasureDimension.objects.bulk_create(
        MeasureDimension(measure=m, dimension=d)
        for m, d in product(world.measures, dimensions.values())
    )
    _add_cells(world)


def _add_cells(world: World) -> None:
    """In the order in which the generator numbers them."""
    keys = [
        CoreCell.of({"age": AGES[n // len(GENDERS)], "gender": GENDERS[n % len(GENDERS)]})
        for n in range(CELLS)
    ]
    world.cells = Cell.objects.bulk_create(
        Cell(network=world.network, key=k.key, grain=k.grain) for k in keys
    )
    known = {(c.dimension.code, c.code): c for c in Category.objects.select_related("dimension")}
    CellCategory.objects.bulk_create(
        CellCategory(cell=cell, dimension=known[item].dimension, category=known[item])
        for cell, key in zip(world.cells, keys, strict=True)
        for item in key.items
    )


def _add_indicators(world: World) -> None:
    """One ratio, nine totals, a target for every second quarter."""
    first = Period.from_ordinal(PeriodKind.QUARTER, FIRST_QUARTER)
    formulas = ["m01 / m02", *(f"m{n:02}" for n in range(2, 11))]
    for position, formula in enumerate(formulas):
        ratio = "/" in formula
        made = Indicator.objects.create(
            network=world.network, code="quote" if ratio else formula, position=position,
            name=f"Indikator {position + 1}", goal="Menschen kommen an",
        )  # fmt: skip
        IndicatorVersion.objects.create(
            indicator=made, number=1, state="in_force", formula=formula, percent=ratio,
            definition="Wie viele beginnen.", decimals=1 if ratio else 0, direction="up",
            valid_from=first.code, valid_from_ordinal=first.ordinal, created_at=AT, in_force_at=AT,
        )  # fmt: skip
        Target.objects.bulk_create(
            Target(indicator=made, period=_quarter(o).code, period_ordinal=o, value=Decimal(1))
            for o in world.plan.size.periods[::2]
        )


def _quarter(ordinal: int) -> Period:
    return Period.from_ordinal(PeriodKind.QUARTER, ordinal)


def _add_rounds(world: World) -> None:
    quarters = world.plan.size.quarters
    rounds = [_round(world, n, closed=True) for n in range(quarters)]
    rounds += [_round(world, quarters + n, closed=False) for n in range(world.plan.open_rounds)]
    made = Round.objects.bulk_create(rounds)
    world.closed, world.open = made[:quarters], made[quarters:]
    RoundMeasure.objects.bulk_create(
        (
            RoundMeasure(round=r, measure=m, grain=GRAIN)
            for r in made
            for m in _asked(world, r)
        ),
        batch_size=BATCH,
    )  # fmt: skip


def _asked(world: World, of: Round) -> list[Measure]:
    return world.measures[: world.plan.size.measures] if of.closed_at else world.measures


def _round(world: World, number: int, *, closed: bool) -> Round:
    period = _quarter(FIRST_QUARTER + 3 * number)
    opened = AT - dt.timedelta(days=30)
    return Round(
        network=world.network, period_code=period.code, period_ordinal=period.ordinal,
        title=f"Erhebung {period.label()}", opens_on=opened.date(), due_on=dt.date(2100, 1, 1),
        closes_on=dt.date(2100, 2, 1), opened_at=opened, closed_at=AT if closed else None,
        created_at=opened,
    )  # fmt: skip


def _add_submissions(world: World) -> None:
    rounds = [*world.closed, *world.open]
    made = Submission.objects.bulk_create(
        (_submission(r, o) for r in rounds for o in world.organisations), batch_size=BATCH
    )
    world.submissions = {(s.round_id, s.organisation_id): s.pk for s in made}
    Approval.objects.bulk_create(
        (
            Approval(submission=s, revision=1, at=AT, by=world.practitioners[0], content={})
            for s in made
            if s.approved_at
        ),
        batch_size=BATCH,
    )
    Expectation.objects.bulk_create(
        (
            Expectation(round=r, organisation=o, measure=m)
            for r in rounds
            for o in world.organisations
            for m in _asked(world, r)
        ),
        batch_size=BATCH,
    )


def _submission(of: Round, organisation: Organisation) -> Submission:
    if of.closed_at is None:
        return Submission(round=of, organisation=organisation)
    moments = dict.fromkeys(("changed_at", "submitted_at", "first_submitted_at", "approved_at"), AT)
    return Submission(round=of, organisation=organisation, state="approved", **moments)


# ------------------------------------------------------------------------------- entries


def _counted(world: World) -> Iterator[tuple[Any, ...]]:
    """The generated facts as rows of the table, approved."""
    table = facts(world.plan.size).table
    rounds = {r.period_ordinal: r.pk for r in world.closed}
    names = ("organisation", "period", "measure", "amount", "state")
    columns = [table.column(name).to_pylist() for name in names]
    at = _moment(AT)
    for number, (site, period, measure, amount, state) in enumerate(zip(*columns, strict=True)):
        house = world.organisations[site - 1].pk
        submission = world.submissions[rounds[period], house]
        cell = world.cells[number % CELLS].pk
        yield (submission, house, world.measures[measure - 1].pk, cell, period, state, amount,
               *_rest(world, site - 1, at, counted=at))  # fmt: skip


def _rest(world: World, site: int, at: Any, *, counted: Any) -> tuple[Any, ...]:
    by = world.practitioners[site].pk
    return (None, True, 1, "", None, at, by, None, None, counted, None)


def _begin(world: World) -> None:
    """Three quarters of the organisations have reported into the first open round."""
    quarter, round_ = len(world.organisations) // 4, world.open[0]
    for part, state in enumerate(("approved", "submitted", "draft")):
        sites = range(part * quarter, (part + 1) * quarter)
        houses = [world.organisations[site] for site in sites]
        _add_entries(
            row for site in sites for row in _begun(world, site, approved=state == "approved")
        )
        moments = {"changed_at": AT} | ({} if state == "draft" else {"submitted_at": AT})
        Submission.objects.filter(round=round_, organisation__in=houses).update(
            state=state, **moments
        )


def _begun(world: World, site: int, *, approved: bool) -> Iterator[tuple[Any, ...]]:
    house, round_, at = world.organisations[site].pk, world.open[0], _moment(AT)
    submission = world.submissions[round_.pk, house]
    for measure, cell in product(world.measures, world.cells):
        amount = (site * 31 + measure.position * 7 + cell.pk) % 90
        yield (submission, house, measure.pk, cell.pk, round_.period_ordinal, "amount", amount,
               *_rest(world, site, at, counted=at if approved else None))  # fmt: skip


def _moment(at: dt.datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(at)


def _add_entries(rows: Iterable[tuple[Any, ...]]) -> None:
    """As fast as the engine takes them; nothing is checked here, constraints are."""
    table = f"measurement_entry ({', '.join(COLUMNS)})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(COLUMNS))
        cursor.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)


def _settle() -> None:
    """PostgreSQL gathers its statistics by itself, after a while; here at once."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
