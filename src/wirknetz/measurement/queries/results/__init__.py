"""What came out: indicators as series, by dimension, and where every figure comes from."""

from wirknetz.measurement.queries.results.figures import Breakdown, Figure, Gap, Group, Result
from wirknetz.measurement.queries.results.look import Look, breakdown, look, looks, result
from wirknetz.measurement.queries.results.provenance import Provenance, provenance
from wirknetz.measurement.queries.results.series import by_organisation, overview

__all__ = [
    "Breakdown",
    "Figure",
    "Gap",
    "Group",
    "Look",
    "Provenance",
    "Result",
    "breakdown",
    "by_organisation",
    "look",
    "looks",
    "overview",
    "provenance",
    "result",
]
