"""What came out: indicators as series, by dimension, and where every figure comes from."""

from wirknetz.measurement.queries.results.breakdown import breakdown, breakdowns
from wirknetz.measurement.queries.results.figures import Breakdown, Figure, Gap, Group, Result
from wirknetz.measurement.queries.results.provenance import Provenance, provenance
from wirknetz.measurement.queries.results.series import by_organisation, overview, result

__all__ = [
    "Breakdown",
    "Figure",
    "Gap",
    "Group",
    "Provenance",
    "Result",
    "breakdown",
    "breakdowns",
    "by_organisation",
    "overview",
    "provenance",
    "result",
]
