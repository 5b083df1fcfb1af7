"""Five organisations, three quarters, one ratio: small enough to add up in one's head."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

import pytest

from tests import world as made
from wirknetz.core.values import Cell as CoreCell
from wirknetz.core.values import Period
from wirknetz.measurement.models import (
    Category,
    Cell,
    CellCategory,
    Dimension,
    Entry,
    Indicator,
    IndicatorVersion,
    Measure,
    MeasureDimension,
    Round,
    Submission,
    Target,
)
from wirknetz.network.models import Organisation

APPROVED = dt.datetime(2026, 10, 20, 12, tzinfo=dt.UTC)


@dataclass
class Field:
    """A world with measures, rounds and an indicator `quote = fertig / begonnen`."""

    world: made.World
    organisations: list[Organisation]
    measures: dict[str, Measure]
    gender: Dimension
    indicator: Indicator
    rounds: dict[str, Round] = field(default_factory=dict)

    def report(
        self, place, period, measure, amount, *, cell="", at=APPROVED, state="amount", **more
    ):
        """An approved value, as it stands after the collection; returns the row."""
        organisation = self.organisations[place]
        submission = Submission.objects.get(round=self.rounds[period], organisation=organisation)
        core = CoreCell.parse(cell)
        row, _ = Cell.objects.get_or_create(
            network=self.world.network, key=core.key, defaults={"grain": core.grain}
        )
        for dimension, category in core.items:
            found = Category.objects.get(dimension__code=dimension, code=category)
            CellCategory.objects.get_or_create(
                cell=row, dimension=found.dimension, defaults={"category": found}
            )
        return Entry.objects.create(
            submission=submission,
            organisation=organisation,
            measure=self.measures[measure],
            cell=row,
            period=Period.parse(period).ordinal,
            state=state,
            amount=None if amount is None else Decimal(amount),
            revision=1,
            recorded_at=at,
            counted_from=at,
            **more,
        )

    def both(self, place, period, done, begun, **more):
        """Numerator and denominator of the ratio."""
        self.report(place, period, "fertig", done, **more)
        self.report(place, period, "begonnen", begun, **more)


@pytest.fixture
def plot(world):
    """The field before anybody reported: three quarters, the last one still running."""
    more = [made.add_organisation(f"Haus {name}", world.network) for name in ("Ahorn", "Buche")]
    organisations = [world.own, world.shared, world.third, *more]
    measures = {code: made.add_measure(world.network, code) for code in ("fertig", "begonnen")}
    gender = Dimension.objects.create(network=world.network, code="gender", name="Geschlecht")
    for place, (code, name) in enumerate((("w", "Frauen"), ("m", "Männer"))):
        Category.objects.create(dimension=gender, code=code, name=name, position=place)
    for measure in measures.values():
        MeasureDimension.objects.create(measure=measure, dimension=gender)
    indicator = Indicator.objects.create(
        network=world.network, code="quote", name="Abschlussquote", goal="Menschen kommen an"
    )
    made_field = Field(world, organisations, measures, gender, indicator)
    add_version(indicator, "fertig / begonnen", "2026Q1")
    for period, closed in (("2026Q1", True), ("2026Q2", True), ("2026Q3", False)):
        made_field.rounds[period] = made.add_round(
            world.network,
            period,
            measures=tuple(measures.values()),
            organisations=tuple(organisations),
            closed_at=APPROVED if closed else None,
        )
    Target.objects.create(
        indicator=indicator,
        period="2026Q2",
        period_ordinal=Period.parse("2026Q2").ordinal,
        value=Decimal("0.5"),
        tolerance=Decimal("0.05"),
    )
    return made_field


def add_version(indicator, formula, valid_from, **fields):
    """A definition in force from this period."""
    given = {
        "number": indicator.versions.count() + 1,
        "state": "in_force",
        "definition": "Anteil der abgeschlossenen Begleitungen.",
        "percent": True,
        "decimals": 1,
        "direction": "up",
        "created_at": made.AT,
        "in_force_at": made.AT,
    }
    return IndicatorVersion.objects.create(
        indicator=indicator,
        formula=formula,
        valid_from=valid_from,
        valid_from_ordinal=Period.parse(valid_from).ordinal,
        **given | fields,
    )
