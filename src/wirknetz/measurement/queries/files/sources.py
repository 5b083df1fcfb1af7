"""Which of the values behind a figure came from files, as far as the viewer may know."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from wirknetz.core import measures as core
from wirknetz.measurement.models import Entry
from wirknetz.measurement.queries.cells import cell_labels
from wirknetz.measurement.queries.collection.sources import Source, cell_words
from wirknetz.measurement.queries.results.provenance import Provenance
from wirknetz.measurement.rules.results import Sight


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One value of the viewer's own organisation and the place in its file."""

    organisation: str
    measure: str
    label: str
    file: str
    where: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Sources:
    """``own`` values with their places; of ``others`` only that there was a file."""

    own: tuple[SourceRow, ...]
    others: tuple[str, ...]


def sources_of(found: Provenance, sight: Sight) -> Sources:
    """What stands behind this figure and came from files. Two queries, none for observers."""
    names = {c.organisation_id: c.organisation for c in found.contributing}
    if not names:
        return Sources((), ())
    rows = _entries(found, names).values_list(
        "organisation_id", "measure__name", "cell_id", "source"
    )
    own = [row for row in rows if row[0] in sight.own]
    others = {names[row[0]]: None for row in rows if row[0] not in sight.own}
    labels = cell_labels(cell_id for _pk, _name, cell_id, _source in own)
    return Sources(
        tuple(
            _row(names[pk], measure, labels.get(cell_id, ""), source)
            for pk, measure, cell_id, source in own
            if source is not None
        ),
        tuple(sorted(others)),
    )


def _entries(found: Provenance, organisations: Iterable[int]) -> QuerySet[Entry]:
    counted = Q(counted_from__isnull=False, counted_until__isnull=True)
    if found.as_of is not None:
        counted = Q(counted_from__lte=found.as_of) & (
            Q(counted_until__isnull=True) | Q(counted_until__gt=found.as_of)
        )
    return Entry.objects.filter(
        counted,
        submission__round__in={c.round_id for c in found.contributing},
        organisation__in=list(organisations),
        measure__code__in=core.parse_formula(found.version.formula).names(),
        source__isnull=False,
    ).order_by("organisation__name", "measure__position", "measure__code", "cell__key")


def _row(organisation: str, measure: str, label: str, source: Source) -> SourceRow:
    return SourceRow(
        organisation=organisation,
        measure=measure,
        label=label,
        file=str(source.get("file", "")),
        where=cell_words(source),
        sha256=str(source.get("sha256", "")),
    )
