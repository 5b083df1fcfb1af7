"""What is asked of one organisation in one round, and the words to break it down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, product

from django.utils.translation import gettext

from wirknetz.core.values import Adds, Cell, Counts
from wirknetz.measurement.models import Category, Expectation, RoundMeasure


@dataclass(frozen=True, slots=True)
class CategoryView:
    """One category; ``retired`` ones are no longer asked for."""

    id: int
    code: str
    name: str
    retired: bool


@dataclass(frozen=True, slots=True)
class DimensionView:
    """A way to break values down, with its categories in order."""

    id: int
    code: str
    name: str
    categories: tuple[CategoryView, ...]

    def category(self, code: str) -> CategoryView | None:
        """The category with this code."""
        return next((c for c in self.categories if c.code == code), None)

    @property
    def offered(self) -> tuple[CategoryView, ...]:
        """Those still asked for."""
        return tuple(c for c in self.categories if not c.retired)


@dataclass(frozen=True, slots=True)
class AskedMeasure:
    """A measure as it is asked: ``grain`` is the finest breakdown wanted."""

    id: int
    code: str
    name: str
    definition: str
    unit: str
    group: str
    adds: Adds
    counts: Counts
    decimals: int
    maximum: Decimal | None
    grain: str

    @property
    def is_mean(self) -> bool:
        """Whether a number of cases stands behind every amount."""
        return self.adds is Adds.MEAN

    @property
    def grains(self) -> tuple[str, ...]:
        """What may be reported: as asked first, then coarser, the total last."""
        names = [name for name in self.grain.split(",") if name]
        sizes = range(len(names), -1, -1)
        return tuple(",".join(chosen) for size in sizes for chosen in combinations(names, size))


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything asked of one organisation in one round, in the order of the form."""

    measures: Mapping[int, AskedMeasure]
    dimensions: Mapping[str, DimensionView]

    def cells(self, grain: str) -> Iterator[Cell]:
        """All cells of a grain, row by row, without retired categories."""
        found = [self.dimensions[name] for name in grain.split(",") if name]
        for categories in product(*(d.offered for d in found)):
            yield Cell.of((d.code, c.code) for d, c in zip(found, categories, strict=True))

    def knows(self, cell: Cell) -> bool:
        """Whether dimension and category of every part exist in this network."""
        return self.categories().issuperset(cell.items)

    def categories(self) -> frozenset[tuple[str, str]]:
        """Every dimension with each of its categories, by their codes."""
        return frozenset((d.code, c.code) for d in self.dimensions.values() for c in d.categories)

    def cell_label(self, cell: Cell) -> str:
        """``Frauen, 18–29``; empty for the total. Unknown codes come back as they are."""
        return ", ".join(self._category_name(name, code) for name, code in cell.items)

    def grain_label(self, grain: str) -> str:
        """``Alter und Geschlecht``."""
        names = [self.dimensions[n].name if n in self.dimensions else n for n in grain.split(",")]
        return gettext(" und ").join(names)

    def _category_name(self, name: str, code: str) -> str:
        dimension = self.dimensions.get(name)
        category = dimension.category(code) if dimension else None
        return category.name if category else code


def asked_of(*, round_id: int, organisation_id: int, network_id: int) -> Asked:
    """What this organisation is asked in this round. Two queries."""
    expected = Expectation.objects.filter(
        round_id=round_id, organisation_id=organisation_id
    ).values("measure_id")
    rows = (
        RoundMeasure.objects.filter(round_id=round_id, measure_id__in=expected)
        .select_related("measure")
        .order_by("measure__position", "measure__code")
    )
    measures = {row.measure_id: _measure(row) for row in rows}
    return Asked(measures, dimensions_of(network_id))


def decimals_asked(round_id: int) -> dict[int, int]:
    """Decimals of the measures of a round, by number. One query."""
    rows = RoundMeasure.objects.filter(round_id=round_id)
    return dict(rows.values_list("measure_id", "measure__decimals"))


def _measure(row: RoundMeasure) -> AskedMeasure:
    measure = row.measure
    return AskedMeasure(
        id=measure.pk,
        code=measure.code,
        name=measure.name,
        definition=measure.definition,
        unit=measure.unit,
        group=measure.group,
        adds=Adds(measure.adds),
        counts=Counts(measure.counts),
        decimals=measure.decimals,
        maximum=measure.maximum,
        grain=row.grain,
    )


def dimensions_of(network_id: int) -> dict[str, DimensionView]:
    """All dimensions of the network with their categories. One query."""
    rows = (
        Category.objects.filter(dimension__network_id=network_id)
        .order_by("dimension__position", "dimension__code", "position", "code")
        .values_list(
            "dimension_id", "dimension__code", "dimension__name", "id", "code", "name", "retired"
        )
    )
    heads: dict[str, tuple[int, str]] = {}
    found: dict[str, list[CategoryView]] = {}
    for dimension_id, dimension, title, pk, code, name, retired in rows:
        heads[dimension] = (dimension_id, title)
        found.setdefault(dimension, []).append(CategoryView(pk, code, name, retired))
    return {
        code: DimensionView(pk, code, name, tuple(found[code]))
        for code, (pk, name) in heads.items()
    }
